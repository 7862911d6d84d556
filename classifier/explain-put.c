#include "explain-private.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS 80u

static char *
clean(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *safe = g_string_sized_new(strlen(valid));

	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		g_string_append_unichar(
		    safe, g_unichar_isprint(c) && !g_unichar_isspace(c) ? c : ' ');
	}
	return g_string_free(safe, FALSE);
}

static guint
width_of(gunichar c)
{
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

/* The end of the first row: behind the last word that fits, or at the edge when not even
 * one does. */
static const char *
end_of_row(const char *text, guint columns)
{
	const char *p = text, *blank = NULL;
	guint width = 0;

	for (; *p != '\0'; p = g_utf8_next_char(p)) {
		width += width_of(g_utf8_get_char(p));
		if (width > columns)
			break;
		if (*p == ' ')
			blank = p;
	}
	if (*p == '\0' || *p == ' ')
		return p;
	if (blank != NULL && blank > text)
		return blank;
	return p > text ? p : g_utf8_next_char(p);
}

void
explain_put(guint indent, guint hang, const char *format, ...)
{
	g_autofree char *raw = NULL, *text = NULL;
	const char *rest;
	va_list values;

	va_start(values, format);
	raw = g_strdup_vprintf(format, values);
	va_end(values);
	text = clean(raw);
	rest = g_strchomp(text);
	do {
		const char *end = end_of_row(rest, COLUMNS - indent);

		printf("%*s%.*s\n", (int)indent, "", (int)(end - rest), rest);
		for (rest = end; *rest == ' ';)
			rest++;
		indent = hang;
	} while (*rest != '\0');
}
