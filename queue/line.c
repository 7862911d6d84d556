#include "line.h"

#include "fault.h"

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
add_pairs(JsonBuilder *builder, const char *name, va_list pairs)
{
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
}

void
line_add_json(JsonBuilder *builder, const char *name, ...)
{
	va_list pairs;

	va_start(pairs, name);
	add_pairs(builder, name, pairs);
	va_end(pairs);
}

/* Outside its strings compact JSON is plain, so an escape is right wherever it stands. */
static void
print_escaped(const char *json)
{
	for (const char *p = json; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (is_safe(c))
			fwrite(p, 1, (gsize)(g_utf8_next_char(p) - p), stdout);
		else if (c < 0x10000)
			printf("\\u%04x", c);
		else
			printf("\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
			    0xdc00 + ((c - 0x10000) & 0x3ff));
	}
	putchar('\n');
}

void
line_print_built(JsonBuilder *builder)
{
	g_autoptr(JsonNode) root = json_builder_get_root(builder);
	g_autofree char *text = json_to_string(root, FALSE);
	g_autofree char *json = g_utf8_make_valid(text, -1);

	if (is_plain(json))
		puts(json);
	else
		print_escaped(json);
	g_object_unref(builder);
}

void
line_print_json(const char *name, ...)
{
	JsonBuilder *builder = json_builder_new();
	va_list pairs;

	json_builder_begin_object(builder);
	va_start(pairs, name);
	add_pairs(builder, name, pairs);
	va_end(pairs);
	json_builder_end_object(builder);
	line_print_built(builder);
}
