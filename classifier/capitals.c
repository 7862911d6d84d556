/* 5.3 (11): wholly or mostly in capitals.  What counts is the share of the letters that
 * stand in words of capitals, over the body without links; a heading, an abbreviation, a
 * signature or a single shouted word never make it. */
#include "judge-private.h"

void
test_capitals(const Scene *scene, Weigh *weigh)
{
	const Text *text = scene->text;
	const Sheet *sheet = weigh_sheet(weigh);
	guint capitals = 0, letters = 0, words = 0, first = G_MAXUINT;
	g_autofree char *remark = NULL;

	for (guint i = text->body_word; i < text->n_words; i++) {
		const TextWord *word = &text->words[i];

		if (word->linked || word->script == SCRIPT_DIGIT ||
		    word->script == SCRIPT_OTHER)
			continue;
		letters += word->letters;
		if (word->letter_case != CASE_UPPER || word->letters < 2)
			continue;
		capitals += word->letters;
		words++;
		first = MIN(first, i);
	}
	if (words < sheet_limit(sheet, "words", 5) ||
	    capitals < sheet_limit(sheet, "letters", 30) ||
	    capitals < letters * sheet_limit(sheet, "share", 0.5))
		return;
	remark = g_strdup_printf(
	    "%u of %u letters stand in words of capitals", capitals, letters);
	weigh_remark(weigh, "share", remark, "text");
}
