/* Data files of phrases: a line is a kind and a phrase, "device sent from my"; "#" begins
 * a remark. */
#pragma once

#include <glib.h>

/* One line's kind and phrase, which may be empty.  FALSE with FAULT_SETUP. */
typedef gboolean (*PhraseLineTaker)(gpointer data, const char *kind, const char *phrase,
    const char *file, guint number, GError **error);

/* Reads the file, which must be UTF-8, line by line.  FAULT_SETUP. */
gboolean phrase_lines_read(
    const char *file, PhraseLineTaker taker, gpointer data, GError **error);
