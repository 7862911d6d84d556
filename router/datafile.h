/* Data files that people edit: a mistake in one reads "file:line: what". */
#pragma once

#include <glib.h>

/* The whole file, or NULL with FAULT_SETUP. */
char *datafile_read(const char *file, GError **error);

/* Sets *error to FAULT_SETUP; line 0 is none.  Returns FALSE, so that a caller can return
 * it straight on. */
gboolean datafile_refuse(GError **error, const char *file, int line, const char *format,
    ...) G_GNUC_PRINTF(4, 5);
