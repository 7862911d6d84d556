#include "row.h"

#include <string.h>

#define MOST_DIGITS 9

/* Marks belong to the letter before them; what shows nothing parts no words. */
static gboolean
is_part(gunichar letter)
{
	return g_unichar_isalpha(letter) || g_unichar_ismark(letter) || letter == 0xad ||
	    (letter >= 0x200b && letter <= 0x200d) || letter == 0x2060 ||
	    letter == 0xfeff;
}

static void
add_word(Row *row, const char *start, const char *end)
{
	Span span = { .start = (gsize)(start - row->text),
		.end = (gsize)(end - row->text),
		.digits = g_ascii_isdigit(*start) };
	Word word = { .fold = word_fold(start, end - start) };

	if (*word.fold == '\0') {
		g_free(word.fold);
		return;
	}
	g_array_append_val(row->words, word);
	g_array_append_val(row->spans, span);
}

static void
clear_word(gpointer data)
{
	g_free(((Word *)data)->fold);
}

Row *
row_split(const char *text, gsize start, gsize end)
{
	Row *row = g_new0(Row, 1);
	const char *at = text + start, *stop = text + end;

	row->text = text;
	row->words = g_array_new(FALSE, FALSE, sizeof(Word));
	row->spans = g_array_new(FALSE, FALSE, sizeof(Span));
	g_array_set_clear_func(row->words, clear_word);
	while (at < stop) {
		const char *begin = at;
		gboolean digits = g_ascii_isdigit(*at);

		while (at < stop &&
		    (digits ? g_ascii_isdigit(*at) : is_part(g_utf8_get_char(at))))
			at = g_utf8_next_char(at);
		if (at > begin)
			add_word(row, begin, at);
		else
			at = g_utf8_next_char(at);
	}
	return row;
}

void
row_free(Row *row)
{
	if (row == NULL)
		return;
	g_array_unref(row->words);
	g_array_unref(row->spans);
	g_free(row);
}

guint
row_length(const Row *row)
{
	return row->words->len;
}

const Span *
row_span(const Row *row, guint at)
{
	return &g_array_index(row->spans, Span, at);
}

gsize
row_digits(const Row *row, guint at)
{
	const Span *span = at < row_length(row) ? row_span(row, at) : NULL;

	return span != NULL && span->digits ? span->end - span->start : 0;
}

int
row_number(const Row *row, guint at)
{
	gsize digits = row_digits(row, at);
	int value = 0;

	if (digits == 0 || digits > MOST_DIGITS)
		return -1;
	for (gsize i = 0; i < digits; i++)
		value = value * 10 + row->text[row_span(row, at)->start + i] - '0';
	return value;
}

static const char *
gap(const Row *row, guint at, const char **ret_end)
{
	*ret_end = row->text + row_span(row, at + 1)->start;
	return row->text + row_span(row, at)->end;
}

gboolean
row_gap_is(const Row *row, guint at, const char *marks)
{
	const char *end, *mark;

	if (at + 1 >= row_length(row))
		return FALSE;
	for (mark = gap(row, at, &end); mark < end; mark = g_utf8_next_char(mark)) {
		gunichar letter = g_utf8_get_char(mark);

		if (g_utf8_strchr(marks, -1, g_unichar_isspace(letter) ? ' ' : letter) ==
		    NULL)
			return FALSE;
	}
	return TRUE;
}

gboolean
row_gap_has(const Row *row, guint at, const char *marks)
{
	const char *end, *mark;

	if (at + 1 >= row_length(row))
		return FALSE;
	for (mark = gap(row, at, &end); mark < end; mark = g_utf8_next_char(mark))
		if (g_utf8_strchr(marks, -1, g_utf8_get_char(mark)) != NULL)
			return TRUE;
	return FALSE;
}

gboolean
row_is_shouted(const Row *row, guint from, guint until)
{
	guint letters = 0;

	for (guint i = from; i < until; i++) {
		const char *at = row->text + row_span(row, i)->start;
		const char *end = row->text + row_span(row, i)->end;

		for (; at < end; at = g_utf8_next_char(at), letters++)
			if (!g_unichar_isupper(g_utf8_get_char(at)))
				return FALSE;
	}
	return letters > 1;
}

guint
row_skip(const Row *row, const Phrases *phrases, guint group, guint at)
{
	guint behind =
	    at < row_length(row) ? phrases_match(phrases, group, row->words, at) : 0;

	return behind != 0 ? behind : at;
}
