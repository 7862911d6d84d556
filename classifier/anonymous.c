/* 5.2: no name at all.  The author's name is found in identity; whoever has a name that
 * was not recognised as one must not be refused for it, so what could be a name where
 * names stand (the header From, the first and the last lines) makes a person look
 * instead. */
#include "judge-private.h"

#define EDGE_LINES 3

static gboolean
is_capitalised(const TextWord *word)
{
	return word->letters >= 3 && word->script != SCRIPT_DIGIT && !word->linked &&
	    (word->letter_case == CASE_TITLE || word->letter_case == CASE_UPPER);
}

/* Two capitalised words side by side in a line: the first of them, or `end`. */
static guint
find_pair(const Text *text, const TextLine *line, guint end)
{
	for (guint i = line->first_word; i + 1 < line->end_word; i++)
		if (is_capitalised(&text->words[i]) &&
		    is_capitalised(&text->words[i + 1]) &&
		    text->words[i + 1].start - text->words[i].end == 1)
			return i;
	return end;
}

static gboolean
is_edge(const Text *text, guint line)
{
	guint before = 0, after = 0;

	for (guint i = 1; i < text->n_lines; i++) {
		if (text->lines[i].kind == LINE_BLANK)
			continue;
		before += i < line;
		after += i > line;
	}
	return before < EDGE_LINES || after < EDGE_LINES;
}

static gboolean
is_two_words(const char *name)
{
	g_autoptr(Text) text = text_parse(NULL, name);
	guint long_words = 0;

	for (guint i = text->body_word; i < text->n_words; i++)
		long_words +=
		    text->words[i].letters >= 3 && text->words[i].script != SCRIPT_DIGIT;
	return long_words >= 2;
}

void
test_anonymous(const Scene *scene, Weigh *weigh)
{
	const Text *text = scene->text;

	if (scene->reading->name != NULL)
		return;
	weigh_remark(
	    weigh, "no-name", "no full name was found", "text, signature, header From");
	if (scene->reading->from_name != NULL &&
	    is_two_words(scene->reading->from_name)) {
		weigh_remark(
		    weigh, "maybe-name", scene->reading->from_name, "header From");
		return;
	}
	for (guint i = 1; i < text->n_lines; i++) {
		guint pair = find_pair(text, &text->lines[i], text->n_words);

		if (pair == text->n_words || !is_edge(text, i))
			continue;
		weigh_add(weigh, "maybe-name", pair, pair + 1);
		return;
	}
}
