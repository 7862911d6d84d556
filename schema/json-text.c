#include "json-text.h"

#include <string.h>

static void
separate(GString *json)
{
	if (json->len > 0 && strchr("{[:", json->str[json->len - 1]) == NULL)
		g_string_append_c(json, ',');
}

void
json_text_open(GString *json, char bracket)
{
	separate(json);
	g_string_append_c(json, bracket);
}

void
json_text_close(GString *json, char bracket)
{
	g_string_append_c(json, bracket);
}

static void
append_escaped(GString *json, guchar c)
{
	static const char short_forms[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	for (guint i = 0; short_forms[i] != '\0'; i += 2)
		if (c == (guchar)short_forms[i]) {
			g_string_append_c(json, '\\');
			g_string_append_c(json, short_forms[i + 1]);
			return;
		}
	g_string_append_printf(json, "\\u%04x", c);
}

static void
append_quoted(GString *json, const char *text)
{
	const char *plain = text;

	g_string_append_c(json, '"');
	for (; *text != '\0'; text++) {
		guchar c = (guchar)*text;

		if (c >= ' ' && c != '"' && c != '\\' && c != 0x7f)
			continue;
		g_string_append_len(json, plain, text - plain);
		append_escaped(json, c);
		plain = text + 1;
	}
	g_string_append_len(json, plain, text - plain);
	g_string_append_c(json, '"');
}

void
json_text_name(GString *json, const char *name)
{
	separate(json);
	append_quoted(json, name);
	g_string_append_c(json, ':');
}

void
json_text_string(GString *json, const char *text)
{
	separate(json);
	append_quoted(json, text != NULL ? text : "");
}

void
json_text_integer(GString *json, gint64 value)
{
	separate(json);
	g_string_append_printf(json, "%" G_GINT64_FORMAT, value);
}

void
json_text_number(GString *json, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE] = "0";

	separate(json);
	if (value != 0)
		g_ascii_dtostr(text, sizeof text, value);
	g_string_append(json, text);
	/* A reader should see that it is no whole number by kind. */
	if (text[strspn(text, "-0123456789")] == '\0')
		g_string_append(json, ".0");
}

void
json_text_boolean(GString *json, gboolean value)
{
	separate(json);
	g_string_append(json, value ? "true" : "false");
}

void
json_text_null(GString *json)
{
	separate(json);
	g_string_append(json, "null");
}
