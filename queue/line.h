/* What reaches a terminal or a script from this room, and nothing else does.
 *
 * Letters, servers and settings may hold escape sequences, direction marks and line
 * breaks.  Every function here takes them out of text, and writes them as \u escapes in
 * JSON, so that no command can forget it.  Columns are counted as a terminal shows them:
 * a letter of Kazakh is one, one of Chinese two. */
#pragma once

#include <glib.h>

#define LINE_WIDTH 80

/* FALSE when nobody reads our output any more. */
gboolean line_is_read(void);
/* Hands over what is still buffered.  A reader that went away is no failure; a full disk
 * is. */
gboolean line_finish(GError **error);

/* One line of text. */
void line_print(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* "  name           value": the value goes on below itself where the screen ends.
 * Nothing for a value that is NULL or empty. */
void line_print_field(const char *name, const char *value);

/* The same text, padded with blanks to so many columns, or cut to fit them. */
char *line_fit(const char *text, int columns);

/* JSON is written into a string; commas come by themselves.  A pair is name, 't' and a
 * string (NULL is null), or 'i' and a gint64, 'b' and a gboolean, 'd' and a double, or
 * 'j' and a JSON object as text (null when it is none); the list ends with NULL. */
void line_json_add(GString *json, const char *name, ...) G_GNUC_NULL_TERMINATED;
/* Begins an object or array, "{" or "[", under a name, or without one (NULL); and ends
 * it. */
void line_json_begin(GString *json, const char *name, char bracket);
void line_json_end(GString *json, char bracket);

/* An object of these pairs as one line. */
void line_print_json(const char *name, ...) G_GNUC_NULL_TERMINATED;
