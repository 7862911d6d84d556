/* JSON as text: one value after the other into a string, without a tree in between.  The
 * commas come by themselves. */
#pragma once

#include <glib.h>

/* `bracket` is one of {}[]. */
void json_text_open(GString *json, char bracket);
void json_text_close(GString *json, char bracket);
/* What follows is the value of this member. */
void json_text_name(GString *json, const char *name);
/* NULL is "". */
void json_text_string(GString *json, const char *text);
void json_text_integer(GString *json, gint64 value);
void json_text_number(GString *json, double value);
void json_text_boolean(GString *json, gboolean value);
void json_text_null(GString *json);
