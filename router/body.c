/* What stands around the writer's own words is known by how its lines begin. */
#include "body.h"

#include "command-words.h"

#include <string.h>

#define LONGEST_GREETING 8 /* words */
#define LONGEST_CLOSING 5  /* words of one that stands alone */
#define MOST_TEXT 4000     /* bytes */

static gsize
line_end(const char *text, gsize at)
{
	return at + strcspn(text + at, "\n");
}

static gsize
next_line(const char *text, gsize at)
{
	gsize end = line_end(text, at);

	return text[end] == '\n' ? end + 1 : end;
}

/* "--", "__________": what follows is no text of his. */
static gboolean
is_rule(const char *line, gsize length)
{
	gsize marks = 0;

	for (gsize i = 0; i < length; i++) {
		if (strchr("-_=* \t\r", line[i]) == NULL)
			return FALSE;
		marks += line[i] == '-' || line[i] == '_' || line[i] == '=';
	}
	return marks >= 2;
}

/* The line that mail programs put before a signature, also when nothing else is there. */
static gboolean
is_signature_mark(const char *line, gsize length)
{
	return length >= 2 && strncmp(line, "--", 2) == 0 &&
	    2 + strspn(line + 2, " \t\r") >= length;
}

/* Does the line end his text: a rule, "С уважением,", "Sent from my telephone", the first
 * line of a disclaimer?  What he began with is his own, but for a short farewell. */
static gboolean
ends_text(const Phrases *words, const char *text, gsize at, gsize end, gboolean began)
{
	g_autoptr(Row) row = row_split(text, at, end);

	if (is_signature_mark(text + at, end - at) ||
	    (began && is_rule(text + at, end - at)))
		return TRUE;
	if (row_skip(row, words, WORDS_CLOSING, 0) > 0)
		return began || row_length(row) <= LONGEST_CLOSING;
	return began && row_skip(row, words, WORDS_SIGNATURE, 0) > 0;
}

/* Where signature and disclaimer begin, or the text ends. */
static gsize
find_end(const Phrases *words, const char *text, gsize start)
{
	gboolean began = FALSE;

	for (gsize at = start; text[at] != '\0'; at = next_line(text, at)) {
		gsize end = line_end(text, at);

		if (ends_text(words, text, at, end, began))
			return at;
		began = began || end > at + strspn(text + at, " \t\r");
	}
	return strlen(text);
}

static gboolean
is_command(const Phrases *words, const Row *row, guint at)
{
	for (guint kind = 0; kind < N_COMMANDS; kind++)
		if (row_skip(row, words, kind, at) > at)
			return TRUE;
	return FALSE;
}

/* Does a greeting end behind this word: "Здравствуйте. ПРОДЛИТЬ …", "Hi EXTEND …"? */
static gboolean
is_greeting_end(const Phrases *words, const Row *row, guint at)
{
	return row_gap_has(row, at, " \t\xc2\xa0") &&
	    (row_gap_has(row, at, "!.,") || is_command(words, row, at + 1));
}

/* *ret_behind is where the greeting ends. */
static gboolean
is_greeting(const Phrases *words, const char *text, gsize at, gsize *ret_behind)
{
	gsize end = line_end(text, at);
	g_autoptr(Row) row = row_split(text, at, end);
	guint greeting = row_skip(row, words, WORDS_GREETING, 0);

	if (greeting == 0)
		return FALSE;
	for (guint i = greeting - 1; i + 1 < row_length(row); i++)
		if (is_greeting_end(words, row, i)) {
			*ret_behind = row_span(row, i + 1)->start;
			return i < LONGEST_GREETING;
		}
	*ret_behind = next_line(text, at);
	return row_length(row) <= LONGEST_GREETING;
}

/* "Мария Ивановна!", behind the comma of a greeting. */
static gboolean
is_addressee(const char *text, const Row *row)
{
	guint n = row_length(row);
	char mark = n > 0 ? text[row_span(row, n - 1)->end] : '\0';

	return n <= 3 && (mark == '!' || mark == ',');
}

static gsize
skip_greeting(const Phrases *words, const char *text)
{
	gboolean greeted = FALSE;
	gsize at = 0, behind;

	for (;;) {
		gsize end = line_end(text, at);
		g_autoptr(Row) row = row_split(text, at, end);

		if (row_length(row) == 0) {
			if (text[end] == '\0' || is_signature_mark(text + at, end - at))
				return at;
			at = end + 1;
		} else if (is_greeting(words, text, at, &behind)) {
			at = behind;
			greeted = TRUE;
		} else if (greeted && text[at - 1] != '\n' && is_addressee(text, row)) {
			at = next_line(text, at);
		} else {
			return at;
		}
	}
}

gsize
body_paragraph_end(const Body *body, gsize at)
{
	gboolean began = FALSE;

	for (; at < body->end; at = next_line(body->text, at)) {
		gsize end = line_end(body->text, at);
		gboolean empty = end == at + strspn(body->text + at, " \t\r\xc2\xa0");

		if (empty && began)
			return at;
		began = began || !empty;
	}
	return body->end;
}

char *
body_take(const Body *body, gsize from, gsize until)
{
	g_autoptr(Row) row = row_split(body->text, from, until);
	g_autofree char *text = NULL;
	gsize start, length;

	if (row_length(row) == 0)
		return NULL;
	start = row_span(row, 0)->start;
	while (start > from && strchr("(\"", body->text[start - 1]) != NULL)
		start--;
	length = MIN(until - start, MOST_TEXT);
	while ((body->text[start + length] & 0xc0) == 0x80)
		length--;
	text = g_strchomp(g_strndup(body->text + start, length));
	while (g_str_has_suffix(text, "*"))
		text[strlen(text) - 1] = '\0';
	return g_strdup(g_strchomp(text));
}

Body
body_find(const Phrases *words, const char *text)
{
	Body body = { .text = text != NULL ? text : "" };

	body.start = skip_greeting(words, body.text);
	body.end = find_end(words, body.text, body.start);
	return body;
}

guint
body_count_words(const Body *body)
{
	g_autoptr(Row) row = row_split(body->text, body->start, body->end);

	return row_length(row);
}
