/* Takes an mbox file apart, fed in pieces of any size.
 *
 * A message begins at a line "From " at the start of the file or after an empty line; a
 * quoted
 * ">From ", ">>From " … loses one ">" (mboxrd).  Content-Length lines are not believed.
 * The empty line before the next message is not part of the one before. */
#pragma once

#include <glib.h>

typedef struct {
	gboolean (*begin)(gpointer context, GError **error);
	gboolean (*write)(
	    gpointer context, gconstpointer bytes, gsize length, GError **error);
	gboolean (*end)(gpointer context, GError **error);
} MboxSink;

typedef struct Mbox Mbox;

Mbox *mbox_new(const MboxSink *sink, gpointer context);
void mbox_free(Mbox *mbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mbox, mbox_free)

/* TRUE for the first bytes of an mbox. */
gboolean mbox_looks_like(const char *bytes, gsize length);

gboolean mbox_feed(Mbox *mbox, const char *bytes, gsize length, GError **error);
/* The file is over. */
gboolean mbox_finish(Mbox *mbox, GError **error);
