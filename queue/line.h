/* What reaches a terminal or a script from this room, and nothing else does.
 *
 * Letters, servers and settings may hold escape sequences, direction marks and line
 * breaks.  Every function here takes them out of text, and writes them as \u escapes in
 * JSON, so that no command can forget it.  Columns are counted as a terminal shows them:
 * a letter of Kazakh is one, one of Chinese two. */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

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

/* Adds name, value pairs to the object that is open.  A pair is name, 't' and a string
 * (NULL is null), or name, 'i' and a gint64, or name, 'b' and a gboolean; the list ends
 * with NULL. */
void line_add_json(JsonBuilder *builder, const char *name, ...) G_GNUC_NULL_TERMINATED;
/* The finished object as one line; takes the builder. */
void line_print_built(JsonBuilder *builder);
/* An object of these pairs as one line. */
void line_print_json(const char *name, ...) G_GNUC_NULL_TERMINATED;
