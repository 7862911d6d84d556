/* What a line is, from its form and place alone. */
#include "text-private.h"

#include <string.h>

static gboolean
is_list_item(const char *at, gsize length)
{
	guint step = 0;
	gsize i = 0;

	if (length < 3)
		return FALSE;
	if (*at == '*' || *at == '-' || *at == '+')
		return at[1] == ' ' || at[1] == '\t';
	if ((guchar)*at >= 0x80) {
		gunichar c = g_utf8_get_char(at);

		if (c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0xb7 ||
		    c == 0x25cf || c == 0x25aa)
			return TRUE;
	}
	while (i < 3 && i < length && g_ascii_isdigit(at[i]))
		i++;
	if (i == 0 && fold_is_letter(fold_next(at, &step)))
		return step < length && at[step] == ')';
	return i > 0 && i + 1 < length && (at[i] == ')' || at[i] == '.') &&
	    (at[i + 1] == ' ' || at[i] == ')');
}

static gboolean
is_table_row(const char *at, gsize length)
{
	guint bars = 0, gaps = 0;

	for (gsize i = 0; i + 3 < length; i++) {
		bars += at[i] == '|';
		gaps +=
		    at[i] == '\t' || (at[i] != ' ' && strncmp(at + i + 1, "   ", 3) == 0);
	}
	return bars >= 2 || gaps >= 2 || (gaps == 1 && bars == 1) ||
	    memchr(at, '\t', length) != NULL;
}

/* "Name: value": one to five words before a colon, something after it. */
static gboolean
is_field(const Parser *parser, const TextLine *line)
{
	const char *bytes = parser->text->bytes;
	const char *colon = memchr(bytes + line->start, ':', line->end - line->start);
	guint words = 0;

	if (colon == NULL || colon + 1 >= bytes + line->end || colon[1] == '/')
		return FALSE;
	for (guint n = line->first_word; n < line->end_word; n++) {
		const TextWord *word = &g_array_index(parser->words, TextWord, n);

		if (bytes + word->start > colon)
			break;
		if (word->script == SCRIPT_DIGIT)
			return FALSE;
		words++;
	}
	return words >= 1 && words <= 5 &&
	    memchr(bytes + line->start, ',', (gsize)(colon - bytes - line->start)) ==
	    NULL;
}

static char
last_mark(const Parser *parser, const TextLine *line)
{
	const char *bytes = parser->text->bytes;
	gsize end = line->end;

	while (end > line->start && strchr(")\"»", bytes[end - 1]) != NULL)
		end--;
	if (end >= line->start + 3 && memcmp(bytes + end - 3, "…", 3) == 0)
		return '.';
	return end > line->start ? bytes[end - 1] : '\0';
}

static gboolean
is_short(const Parser *parser, guint n)
{
	return g_array_index(parser->words, TextWord, n).letters <= 2;
}

static gboolean
all_capital(const Parser *parser, const TextLine *line)
{
	for (guint n = line->first_word; n < line->end_word; n++)
		if (g_array_index(parser->words, TextWord, n).letter_case == CASE_LOWER)
			return FALSE;
	return TRUE;
}

/* A line of a signature: few words, no end of a sentence ("." after a name or initials
 * aside). */
static gboolean
may_sign(const Parser *parser, const TextLine *line)
{
	guint words = line->end_word - line->first_word;
	char mark = last_mark(parser, line);

	if (words == 0 || words > 16 || line->kind == LINE_TABLE ||
	    line->end - line->start > 180)
		return FALSE;
	if (mark == '.')
		return words <= 4 &&
		    (is_short(parser, line->end_word - 1) || all_capital(parser, line));
	return strchr("!?:", mark) == NULL || mark == '\0';
}

static void
mark_signature(Parser *parser)
{
	TextLine *lines = (TextLine *)(void *)parser->lines->data;
	const char *bytes = parser->text->bytes;
	guint first, n_lines = parser->lines->len, taken = 0, body = 0;

	for (guint n = 1; n < n_lines; n++) {
		if (lines[n].end - lines[n].start == 2 &&
		    memcmp(bytes + lines[n].start, "--", 2) == 0) {
			for (guint m = n; m < n_lines; m++)
				if (lines[m].kind != LINE_BLANK)
					lines[m].kind = LINE_SIGNATURE;
			n_lines = n;
		}
		body += lines[n].kind != LINE_BLANK;
	}
	for (first = n_lines; first > 1 && taken < 8; first--) {
		TextLine *line = &lines[first - 1];

		if (line->kind == LINE_BLANK)
			continue;
		if (!may_sign(parser, line) || taken + 1 >= body)
			break;
		/* After a blank line above, only what is still short belongs to it. */
		if (taken > 0 && lines[first].kind == LINE_BLANK &&
		    (line->end_word - line->first_word > 5 || line->kind == LINE_LIST))
			break;
		if (line->kind != LINE_LIST || taken == 0)
			line->kind = LINE_SIGNATURE;
		taken++;
	}
}

void
text_find_line_kinds(Parser *parser)
{
	const char *bytes = parser->text->bytes;
	guint filled = 0;

	for (guint n = 0; n < parser->lines->len; n++) {
		TextLine *line = &g_array_index(parser->lines, TextLine, n);
		guint words = line->end_word - line->first_word;
		char mark;

		if (n == 0)
			line->kind = LINE_SUBJECT;
		if (n == 0 || line->kind == LINE_BLANK)
			continue;
		filled++;
		mark = last_mark(parser, line);
		if (is_table_row(bytes + line->start, line->end - line->start))
			line->kind = LINE_TABLE;
		else if (is_list_item(bytes + line->start, line->end - line->start))
			line->kind = LINE_LIST;
		else if (filled <= 3 && words <= 9 && (mark == '!' || mark == ','))
			line->kind = LINE_GREETING;
		else if (is_field(parser, line))
			line->kind = LINE_FIELD;
		else if (words <= 8 && (mark == ':' || strchr(".!?,;", mark) == NULL) &&
		    n + 1 < parser->lines->len)
			line->kind = LINE_HEADING;
	}
	mark_signature(parser);
}
