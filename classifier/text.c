/* Four steps, each over what the one before found: lines, links, words, sentences; then
 * the kinds of lines, which need all of them.  The arrays are sized from the bytes at the
 * start, and all folded spellings share one buffer, so that no word costs an allocation.
 */
#include "text-private.h"

#include <string.h>

static const char *
skip_blanks(const char *at, const char *end)
{
	while (at < end) {
		if (*at == ' ' || *at == '\t' || *at == '\r')
			at++;
		else if (end - at >= 2 && memcmp(at, "\xc2\xa0", 2) == 0)
			at += 2;
		else
			break;
	}
	return at;
}

static const char *
skip_blanks_back(const char *start, const char *end)
{
	while (end > start) {
		if (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')
			end--;
		else if (end - start >= 2 && memcmp(end - 2, "\xc2\xa0", 2) == 0)
			end -= 2;
		else
			break;
	}
	return end;
}

static void
find_lines(Parser *parser)
{
	const Text *text = parser->text;
	const char *at = text->bytes, *whole_end = text->bytes + text->length;

	while (at <= whole_end) {
		const char *feed = memchr(at, '\n', (gsize)(whole_end - at));
		const char *end = feed != NULL ? feed : whole_end;
		const char *start = skip_blanks(at, end);
		TextLine line = { 0 };

		line.start = (guint32)(start - text->bytes);
		line.end = (guint32)(skip_blanks_back(start, end) - text->bytes);
		line.kind = line.start == line.end ? LINE_BLANK : LINE_PROSE;
		g_array_append_val(parser->lines, line);
		at = end + 1;
	}
}

/* Quotation marks and brackets that stand open at a place. */
typedef struct {
	guint guillemets, curly, brackets;
	gboolean straight;
} Open;

static void
note_mark(Open *open, gunichar c)
{
	switch (c) {
	case 0xab: /* « */
		open->guillemets++;
		break;
	case 0xbb:
		open->guillemets -= open->guillemets > 0;
		break;
	case 0x201e: /* „ */
		open->curly++;
		break;
	case 0x201c: /* “ opens in English and closes in German style */
		if (open->curly > 0)
			open->curly--;
		else
			open->curly++;
		break;
	case 0x201d:
		open->curly -= open->curly > 0;
		break;
	case '"':
		open->straight = !open->straight;
		break;
	case '(':
	case '[':
		open->brackets++;
		break;
	case ')':
	case ']':
		open->brackets -= open->brackets > 0;
		break;
	default:
		break;
	}
}

static gboolean
is_apostrophe(gunichar c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc || c == 0x2018 || c == '`';
}

static gsize
word_end(const char *bytes, gsize at, gsize end)
{
	guint step, next;

	while (at < end) {
		gunichar c = fold_next(bytes + at, &step);

		if (fold_is_letter(c))
			at += step;
		else if (is_apostrophe(c) && c != '`' && at + step < end &&
		    fold_is_letter(fold_next(bytes + at + step, &next)))
			at += step + next;
		else
			break;
	}
	return at;
}

/* Where the digits of any script end; each is written to ret_digits as 0 to 9. */
static gsize
digits_end(const char *bytes, gsize at, gsize end, char *ret_digits)
{
	guint step;

	for (; at < end; at += step) {
		gunichar c = fold_next(bytes + at, &step);
		int value =
		    c < 0x80 ? g_ascii_digit_value((char)c) : g_unichar_digit_value(c);

		if (value < 0)
			break;
		*ret_digits++ = (char)('0' + value);
	}
	*ret_digits = '\0';
	return at;
}

static gboolean
is_digit(gunichar c)
{
	return c < 0x80 ? g_ascii_isdigit((char)c) : g_unichar_isdigit(c);
}

static void
add_word(Parser *parser, gsize start, gsize end, guint line, gboolean joined,
    const Open *open, gboolean linked)
{
	const char *bytes = parser->text->bytes;
	TextWord word = { .start = (guint32)start, .end = (guint32)end, .line = line };
	guint step;

	word.folded = parser->folded;
	if (is_digit(fold_next(bytes + start, &step))) {
		gsize length;

		digits_end(bytes, start, end, parser->folded);
		length = strlen(parser->folded);
		word.folded_length = (guint16)MIN(length, G_MAXUINT16);
		word.letters = word.folded_length;
		word.script = SCRIPT_DIGIT;
		parser->folded += length + 1;
	} else {
		FoldedWord seen;
		gsize length =
		    fold_word(bytes + start, end - start, parser->folded, &seen);

		word.folded_length = (guint16)MIN(length, G_MAXUINT16);
		word.letters = (guint16)MIN(seen.letters, G_MAXUINT16);
		word.script = (guint8)seen.script;
		word.letter_case = (guint8)seen.letter_case;
		word.kazakh = seen.kazakh;
		word.cyrillic = seen.cyrillic;
		parser->folded += length + 1;
		if (!seen.cyrillic && seen.script != SCRIPT_OTHER && !linked) {
			word.second = parser->folded;
			length = fold_latin(bytes + start, end - start, parser->folded);
			word.second_length = (guint16)length;
			parser->folded += length + 1;
		}
	}
	word.joined = joined;
	word.quoted = open->guillemets > 0 || open->curly > 0 || open->straight;
	word.bracketed = open->brackets > 0;
	word.linked = linked;
	g_array_append_val(parser->words, word);
}

static gboolean
is_in_link(const Parser *parser, gsize at, guint *link)
{
	while (*link < parser->links->len &&
	    g_array_index(parser->links, TextLink, *link).end <= at)
		(*link)++;
	return *link < parser->links->len &&
	    g_array_index(parser->links, TextLink, *link).start <= at;
}

/* Words of one line; quotation marks stay open over lines, but not over a blank one. */
static void
find_line_words(Parser *parser, guint n, Open *open, guint *link)
{
	const char *bytes = parser->text->bytes;
	TextLine *line = &g_array_index(parser->lines, TextLine, n);
	gsize last_end = 0;
	guint step;

	line->first_word = parser->words->len;
	for (gsize i = line->start; i < line->end;) {
		gunichar c = fold_next(bytes + i, &step);
		gsize end = i;
		gboolean hyphen;

		if (fold_is_letter(c))
			end = word_end(bytes, i, line->end);
		else if (is_digit(c))
			end = digits_end(bytes, i, line->end, parser->folded);
		if (end == i) {
			note_mark(open, c);
			i += step;
			continue;
		}
		hyphen = last_end > 0 && last_end + 1 == i && bytes[last_end] == '-';
		if (last_end > 0 && last_end != i && !hyphen) {
			TextWord *before = &g_array_index(
			    parser->words, TextWord, parser->words->len - 1);

			before->ends =
			    *skip_blanks(bytes + last_end, bytes + i) != bytes[i];
		}
		add_word(parser, i, end, n, (last_end > 0 && last_end == i) || hyphen,
		    open, is_in_link(parser, i, link));
		i = last_end = end;
	}
	line->end_word = parser->words->len;
	if (line->end_word > line->first_word)
		g_array_index(parser->words, TextWord, line->end_word - 1).ends = TRUE;
}

static void
find_words(Parser *parser)
{
	Open open = { 0 };
	guint link = 0;

	for (guint n = 0; n < parser->lines->len; n++) {
		if (g_array_index(parser->lines, TextLine, n).kind == LINE_BLANK ||
		    n == 1)
			open = (Open){ 0 };
		find_line_words(parser, n, &open, &link);
	}
}

static gboolean
is_word_at(const Parser *parser, guint n)
{
	return n < parser->words->len;
}

/* A full stop ends a sentence unless it belongs to initials ("А. Б."), a short form
 * before a small letter or a digit ("т.е.", "тел. 8 …"), a number or a link. */
static gboolean
stop_ends(const Parser *parser, guint n, gsize mark)
{
	const TextWord *word = &g_array_index(parser->words, TextWord, n), *next;
	const char *bytes = parser->text->bytes;
	const TextLine *line = &g_array_index(parser->lines, TextLine, word->line);
	gsize after = mark + 1;

	if (!is_word_at(parser, n + 1))
		return TRUE;
	next = word + 1;
	if (next->line == word->line && after == next->start)
		return word->letters > 3 && word->script != SCRIPT_DIGIT &&
		    next->letter_case == CASE_TITLE && !word->linked;
	if (word->letters == 1 && word->script != SCRIPT_DIGIT &&
	    next->line == word->line)
		return FALSE;
	if (word->script == SCRIPT_DIGIT && word->start == line->start)
		return FALSE;
	if (next->line != word->line || bytes[after] == '.')
		return TRUE;
	if (next->script == SCRIPT_DIGIT)
		return word->letters > 4;
	return next->letter_case != CASE_LOWER;
}

/* The mark between word n and what follows it that ends a sentence there, or '\0'. */
static char
end_mark(const Parser *parser, guint n, gsize limit, gsize *ret_end)
{
	const char *bytes = parser->text->bytes;
	const TextWord *word = &g_array_index(parser->words, TextWord, n);
	guint step;

	if (word->linked && is_word_at(parser, n + 1) && word[1].linked &&
	    memchr(bytes + word->end, ' ', limit - word->end) == NULL)
		return '\0';
	for (gsize i = word->end; i < limit; i += step) {
		gunichar c = fold_next(bytes + i, &step);
		char mark = c == 0x2026                ? '.'
		    : c == '?' || c == '!' || c == '.' ? (char)c
						       : '\0';

		if (mark == '\0' || (c == '.' && !stop_ends(parser, n, i)))
			continue;
		for (*ret_end = i + step;
		     *ret_end < limit && strchr(".!?)\"", bytes[*ret_end]) != NULL;)
			(*ret_end)++;
		return mark;
	}
	return '\0';
}

/* Does a sentence go on over the end of this line?  In text wrapped by the mail program:
 * a long line, a small letter at the start of the next. */
static gboolean
goes_on(const Parser *parser, guint n)
{
	const TextLine *line = &g_array_index(parser->lines, TextLine, n),
		       *next = line + 1;

	if (n == 0 || n + 1 >= parser->lines->len || next->kind == LINE_BLANK ||
	    next->first_word == next->end_word)
		return FALSE;
	return g_utf8_strlen(parser->text->bytes + line->start, line->end - line->start) >
	    40 &&
	    g_array_index(parser->words, TextWord, next->first_word).start ==
	    next->start &&
	    g_array_index(parser->words, TextWord, next->first_word).letter_case ==
	    CASE_LOWER;
}

static void
find_sentences(Parser *parser)
{
	TextSentence sentence = { 0 };
	gboolean begun = FALSE;

	for (guint n = 0; n < parser->words->len; n++) {
		TextWord *word = &g_array_index(parser->words, TextWord, n);
		TextLine *line = &g_array_index(parser->lines, TextLine, word->line);
		gboolean last = n + 1 == line->end_word;
		gsize limit = last ? line->end : (word + 1)->start, end = word->end;

		if (!begun)
			sentence = (TextSentence){
				.start = word->start, .first_word = n, .line = word->line
			};
		begun = TRUE;
		word->sentence = parser->sentences->len;
		sentence.mark = end_mark(parser, n, limit, &end);
		if (sentence.mark == '\0' && (!last || goes_on(parser, word->line)))
			continue;
		sentence.end = (guint32)end;
		sentence.end_word = n + 1;
		g_array_append_val(parser->sentences, sentence);
		begun = FALSE;
	}
}

static void
hand_over(Parser *parser)
{
	Text *text = parser->text;

	text->n_lines = parser->lines->len;
	text->n_sentences = parser->sentences->len;
	text->n_words = parser->words->len;
	text->n_links = parser->links->len;
	text->lines = (TextLine *)(void *)g_array_free(parser->lines, FALSE);
	text->sentences = (TextSentence *)(void *)g_array_free(parser->sentences, FALSE);
	text->words = (TextWord *)(void *)g_array_free(parser->words, FALSE);
	text->links = (TextLink *)(void *)g_array_free(parser->links, FALSE);
	text->body_word = text->lines[0].end_word;
	text->body_sentence = text->body_word < text->n_words
	    ? text->words[text->body_word].sentence
	    : text->n_sentences;
}

Text *
text_parse(const char *subject, const char *body)
{
	g_autofree char *one_line = g_strdup(subject != NULL ? subject : "");
	Text *text = g_new0(Text, 1);
	Parser parser = { .text = text };
	gsize space;

	text->bytes = g_strconcat(
	    g_strdelimit(one_line, "\r\n", ' '), "\n", body != NULL ? body : "", NULL);
	text->length = strlen(text->bytes);
	text->body = strlen(one_line) + 1;
	/* Both foldings of one-letter words and their ends, at worst. */
	space = 8 * text->length + 64;
	text->folded = parser.folded = g_malloc(space);
	parser.lines = g_array_sized_new(FALSE, FALSE, sizeof(TextLine), 64);
	parser.links = g_array_sized_new(FALSE, FALSE, sizeof(TextLink), 4);
	parser.words = g_array_sized_new(
	    FALSE, FALSE, sizeof(TextWord), (guint)(text->length / 8 + 16));
	parser.sentences = g_array_sized_new(FALSE, FALSE, sizeof(TextSentence), 32);
	find_lines(&parser);
	text_find_links(&parser);
	find_words(&parser);
	find_sentences(&parser);
	text_find_line_kinds(&parser);
	hand_over(&parser);
	return text;
}

void
text_free(Text *text)
{
	if (text == NULL)
		return;
	g_free(text->bytes);
	g_free(text->lines);
	g_free(text->sentences);
	g_free(text->words);
	g_free(text->links);
	g_free(text->folded);
	g_free(text);
}

char *
text_where(guint line)
{
	return line == 0 ? g_strdup("subject") : g_strdup_printf("text line %u", line);
}

char *
text_copy(const Text *text, gsize start, gsize end)
{
	g_assert(start <= end && end <= text->length);
	return g_strndup(text->bytes + start, end - start);
}

char *
text_copy_words(const Text *text, guint first, guint end)
{
	g_assert(first < end && end <= text->n_words);
	return text_copy(text, text->words[first].start, text->words[end - 1].end);
}
