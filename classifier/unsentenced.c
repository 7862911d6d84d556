/* 5.3 (12): a text of some length that is not divided into sentences.  A stretch goes on
 * through the line breaks that a mail program makes; it ends at a sentence's mark, at an
 * empty line, and at the lines of a form, a list or a table, which are a division too. */
#include "judge-private.h"

#include <string.h>

/* The lines of a form, a list or a table, and an empty one, divide by themselves. */
static gboolean
divides(const TextLine *line)
{
	return line->kind == LINE_LIST || line->kind == LINE_TABLE ||
	    line->kind == LINE_FIELD || line->kind == LINE_BLANK;
}

static gboolean
is_continued(const TextWord *word)
{
	return word->letter_case == CASE_LOWER || word->script == SCRIPT_DIGIT;
}

/* The mark between two words of a line.  A point after a short word or a number that goes
 * on in small letters is an abbreviation's ("т.ч. по", "12.09.2014 г. а"). */
static gboolean
is_sentence_end(const Text *text, guint before)
{
	const TextWord *word = &text->words[before];

	for (guint i = word->end; i < word[1].start; i++) {
		char c = text->bytes[i];

		if (c == '!' || c == '?' ||
		    (c == '.' &&
			(!is_continued(&word[1]) ||
			    (word->letters > 2 && word->script != SCRIPT_DIGIT &&
				i + 1 < word[1].start))))
			return TRUE;
	}
	return FALSE;
}

/* Whether a new stretch begins at `word`. */
static gboolean
begins(const Text *text, guint word)
{
	const TextWord *this = &text->words[word], *before = this - 1;

	if (word == text->body_word || is_sentence_end(text, word - 1))
		return TRUE;
	if (this->line == before->line)
		return FALSE;
	for (guint line = before->line; line <= this->line; line++)
		if (divides(&text->lines[line]))
			return TRUE;
	return !is_continued(this) &&
	    (text->lines[this->line].kind != LINE_PROSE ||
		text->lines[before->line].kind != LINE_PROSE);
}

void
test_unsentenced(const Scene *scene, Weigh *weigh)
{
	const Text *text = scene->text;
	const Sheet *sheet = weigh_sheet(weigh);
	guint words = 0, longest = 0, at = 0, start = 0, all = 0;
	g_autofree char *remark = NULL, *where = NULL;

	for (guint i = text->body_word; i < text->n_words; i++) {
		if (begins(text, i)) {
			words = 0;
			start = i;
		}
		if (text->words[i].script == SCRIPT_DIGIT || text->words[i].linked)
			continue;
		words++;
		all++;
		if (words > longest) {
			longest = words;
			at = start;
		}
	}
	if (longest < sheet_limit(sheet, "words", 60) ||
	    longest < all * sheet_limit(sheet, "share", 0.7))
		return;
	remark = g_strdup_printf(
	    "%u words on end without a sentence's end, of %u", longest, all);
	where = text_where(text->words[at].line);
	weigh_remark(weigh, "stretch", remark, where);
}
