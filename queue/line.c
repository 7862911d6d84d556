#include "line.h"

#include <json-glib/json-glib.h>
#include <stdarg.h>
#include <stdio.h>

void
line_print_json(const char *name, ...)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *line = NULL;
	va_list pairs;

	va_start(pairs, name);
	json_builder_begin_object(builder);
	for (; name != NULL; name = va_arg(pairs, const char *)) {
		int type = va_arg(pairs, int);

		json_builder_set_member_name(builder, name);
		if (type == 'i')
			json_builder_add_int_value(builder, va_arg(pairs, gint64));
		else if (type == 'b')
			json_builder_add_boolean_value(builder, va_arg(pairs, gboolean));
		else
			json_builder_add_string_value(
			    builder, va_arg(pairs, const char *));
	}
	json_builder_end_object(builder);
	va_end(pairs);
	root = json_builder_get_root(builder);
	line = json_to_string(root, FALSE);
	puts(line);
}

static gboolean
is_printable(gunichar c)
{
	return g_unichar_isprint(c) && g_unichar_type(c) != G_UNICODE_FORMAT;
}

char *
line_clean(const char *text, int columns)
{
	g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
	GString *clean = g_string_new(NULL);
	int n = 0;

	for (const char *p = valid; *p != '\0' && n < columns;
	     p = g_utf8_next_char(p), n++) {
		gunichar c = g_utf8_get_char(p);

		g_string_append_unichar(clean, is_printable(c) ? c : ' ');
	}
	return g_string_free(clean, FALSE);
}
