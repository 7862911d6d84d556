/* One line of JSON from name, value pairs; and text made safe for a terminal. */
#pragma once

#include <glib.h>

/* Prints {"name":"value",…}\n.  A pair is name, 't' and a string (NULL is null), or name,
 * 'i' and a gint64, or name, 'b' and a gboolean; the list ends with NULL. */
void line_print_json(const char *name, ...) G_GNUC_NULL_TERMINATED;

/* A copy without control and direction characters, at most `columns` characters. */
char *line_clean(const char *text, int columns);
