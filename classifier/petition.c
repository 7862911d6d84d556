/* 5.3 (8): a petition.  The sheet has the words; here is the list of those who signed:
 * three or more numbered lines, or a comma's row, of a name with an initial and nothing
 * else. */
#include "judge-private.h"

static gboolean
is_title(const TextWord *word)
{
	return word->letter_case == CASE_TITLE;
}

/* An initial with its point: "I." */
static gboolean
is_initial(const Text *text, guint word)
{
	return is_title(&text->words[word]) && text->words[word].letters == 1 &&
	    text->bytes[text->words[word].end] == '.';
}

/* "Surname I." or "I. Surname" beginning at `word`. */
static gboolean
is_initialled(const Text *text, guint word, guint end)
{
	return word + 1 < end && text->words[word].line == text->words[word + 1].line &&
	    ((is_initial(text, word) && is_title(&text->words[word + 1]) &&
		 text->words[word + 1].letters > 1) ||
		(is_initial(text, word + 1) && is_title(&text->words[word]) &&
		    text->words[word].letters > 1));
}

/* A numbered line that holds two or three capitalised words and little else. */
static gboolean
is_signer(const Text *text, const TextLine *line)
{
	guint first = line->first_word, titles = 0, others = 0;

	if (first >= line->end_word || text->words[first].script != SCRIPT_DIGIT)
		return FALSE;
	for (guint i = first + 1; i < line->end_word; i++) {
		if (is_title(&text->words[i]))
			titles++;
		else
			others++;
	}
	return titles >= 2 && others <= 3;
}

void
test_petition(const Scene *scene, Weigh *weigh)
{
	const Text *text = scene->text;
	guint lines = 0, row = 0, first = 0;

	for (guint i = 1; i < text->n_lines; i++)
		if (is_signer(text, &text->lines[i])) {
			first = lines == 0 ? text->lines[i].first_word : first;
			lines++;
		}
	for (guint i = text->body_word; i < text->n_words; i++)
		if (is_initialled(text, i, text->n_words)) {
			first = row == 0 && lines == 0 ? i : first;
			row++;
			i++;
		}
	if (lines >= 3 || row >= 4)
		weigh_add(weigh, "list", first, first + 1);
}
