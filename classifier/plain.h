/* Plain text made uniform. */
#pragma once

#include <glib.h>

/* LF lines, no control, direction or invisible characters, no blanks at line ends, at
 * most two blank lines in a row. */
char *plain_normal(const char *text);

/* Joins the lines of format=flowed (RFC 3676); quote marks become "> " each. */
char *plain_unflow(const char *text, gboolean delsp);

/* Nothing but blanks; NULL too. */
gboolean plain_is_blank(const char *text);
