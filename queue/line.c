#include "line.h"

#include "fault.h"

#include <json-glib/json-glib.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIELD_COLUMN 17

/* --- what is safe --- */

/* Of the blanks only the plain one: others break lines, or look like what they aren't. */
static gboolean
is_safe(gunichar c)
{
	return g_unichar_isprint(c) && (c == ' ' || !g_unichar_isspace(c));
}

static gboolean
is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < ' ' || *text > '~')
			return FALSE;
	return TRUE;
}

static int
width_of(gunichar c)
{
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

/* A copy in which a blank stands for each character that is not safe. */
static char *
clean(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *safe = g_string_sized_new(strlen(valid));

	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		g_string_append_unichar(safe, is_safe(c) ? c : ' ');
	}
	return g_string_free(safe, FALSE);
}

/* Where a text of at most so many columns ends. */
static const char *
end_of_columns(const char *text, int columns, int *ret_width)
{
	int width = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		int more = width_of(g_utf8_get_char(text));

		if (width + more > columns)
			break;
		width += more;
	}
	*ret_width = width;
	return text;
}

/* --- the output --- */

gboolean
line_is_read(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) <= 0 || (out.revents & POLLERR) == 0;
}

gboolean
line_finish(GError **error)
{
	if ((fflush(stdout) == 0 && !ferror(stdout)) || !line_is_read())
		return TRUE;
	g_set_error_literal(error, FAULT, FAULT_RETRY,
	    "the output could not be written: is a disk full?");
	return FALSE;
}

/* --- text --- */

void
line_print(const char *format, ...)
{
	g_autofree char *line = NULL;
	va_list values;

	va_start(values, format);
	line = g_strdup_vprintf(format, values);
	va_end(values);
	if (!is_plain(line)) {
		char *safe = clean(line);

		g_free(line);
		line = safe;
	}
	puts(line);
}

char *
line_fit(const char *text, int columns)
{
	g_autofree char *safe = clean(text != NULL ? text : "");
	int width;
	const char *end = end_of_columns(safe, columns, &width);

	return g_strdup_printf("%.*s%*s", (int)(end - safe), safe, columns - width, "");
}

/* The end of the first row of a text: behind its last word that fits, or at the edge when
 * not even one word does. */
static const char *
end_of_row(const char *text, int columns)
{
	int width;
	const char *edge = end_of_columns(text, columns, &width);
	const char *blank = edge;

	if (*edge == '\0')
		return edge;
	while (blank > text && *blank != ' ')
		blank--;
	return blank > text ? blank : edge;
}

void
line_print_field(const char *name, const char *value)
{
	g_autofree char *safe = clean(value != NULL ? value : "");
	const char *rest = g_strstrip(safe);

	while (*rest != '\0') {
		const char *end = end_of_row(rest, LINE_WIDTH - FIELD_COLUMN);

		if (end == rest)
			end = g_utf8_next_char(rest);
		line_print("  %-*s%.*s", FIELD_COLUMN - 2, name, (int)(end - rest), rest);
		for (rest = end; *rest == ' ';)
			rest++;
		name = "";
	}
}

/* --- JSON --- */

static void
append_escaped(GString *json, gunichar c)
{
	if (c < 0x10000)
		g_string_append_printf(json, "\\u%04x", c);
	else
		g_string_append_printf(json, "\\u%04x\\u%04x",
		    0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
}

/* The inside of a string; or whole JSON, which is compact and outside its strings plain,
 * so that an escape is right wherever it stands. */
static void
append_safe(GString *json, const char *text, gboolean is_whole)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!is_whole && (c == '"' || c == '\\'))
			g_string_append_c(json, '\\');
		if (c >= ' ' && c <= '~') /* nearly all of them */
			g_string_append_c(json, (char)c);
		else if (is_safe(c))
			g_string_append_len(json, p, g_utf8_next_char(p) - p);
		else
			append_escaped(json, c);
	}
}

static void
append_string(GString *json, const char *text)
{
	g_string_append_c(json, '"');
	append_safe(json, text, FALSE);
	g_string_append_c(json, '"');
}

static void
append_object(GString *json, const char *text)
{
	g_autoptr(JsonNode) node = json_from_string(text != NULL ? text : "", NULL);
	g_autofree char *compact = NULL;

	if (node == NULL || !JSON_NODE_HOLDS_OBJECT(node)) {
		g_string_append(json, "null");
		return;
	}
	compact = json_to_string(node, FALSE);
	append_safe(json, compact, TRUE);
}

/* The comma after what went before, and the name. */
static void
append_name(GString *json, const char *name)
{
	if (json->len > 0 && strchr("{[", json->str[json->len - 1]) == NULL)
		g_string_append_c(json, ',');
	if (name == NULL)
		return;
	append_string(json, name);
	g_string_append_c(json, ':');
}

static void
append_value(GString *json, int type, va_list *values)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE];
	const char *text = NULL;

	if (type == 't' || type == 'j')
		text = va_arg(*values, const char *);
	if (type == 'j')
		append_object(json, text);
	else if (type == 't' && text != NULL)
		append_string(json, text);
	else if (type == 't')
		g_string_append(json, "null");
	else if (type == 'i')
		g_string_append_printf(
		    json, "%" G_GINT64_FORMAT, va_arg(*values, gint64));
	else if (type == 'b')
		g_string_append(json, va_arg(*values, gboolean) ? "true" : "false");
	else
		g_string_append(json,
		    g_ascii_formatd(
			number, sizeof(number), "%.3f", va_arg(*values, double)));
}

static void
append_pairs(GString *json, const char *name, va_list *pairs)
{
	for (; name != NULL; name = va_arg(*pairs, const char *)) {
		int type = va_arg(*pairs, int);

		append_name(json, name);
		append_value(json, type, pairs);
	}
}

void
line_json_add(GString *json, const char *name, ...)
{
	va_list pairs;

	va_start(pairs, name);
	append_pairs(json, name, &pairs);
	va_end(pairs);
}

void
line_json_begin(GString *json, const char *name, char bracket)
{
	append_name(json, name);
	g_string_append_c(json, bracket);
}

void
line_json_end(GString *json, char bracket)
{
	g_string_append_c(json, bracket);
}

void
line_print_json(const char *name, ...)
{
	g_autoptr(GString) json = g_string_new("{");
	va_list pairs;

	va_start(pairs, name);
	append_pairs(json, name, &pairs);
	va_end(pairs);
	g_string_append_c(json, '}');
	puts(json->str);
}
