/* 5.5, 5.6: does the author ask that his data be kept back?  The sheet says what counts;
 * a request that is only quoted is somebody else's. */
#include "identity-private.h"

static gboolean
has_own(const Sight *sight, guint sentence)
{
	const TextSentence *range = &sight->text->sentences[sentence];

	return sight_find_within(sight, sight->identity->confidential, "mine",
		   range->first_word, range->end_word) != NULL;
}

/* Does a sentence say both what should not be told and that it is his own? */
static gboolean
has_pair(const Sight *sight)
{
	guint n;
	const Find *hide = sight_finds(
	    sight, sight->identity->confidential, "hide", 0, sight->text->n_words, &n);

	for (guint i = 0; i < n; i++)
		if (!hide[i].quoted &&
		    has_own(sight, sight->text->words[hide[i].first].sentence))
			return TRUE;
	return FALSE;
}

void
confidential_fill(Sight *sight)
{
	static const char *const whole[] = { "data", "secret" };
	const Sheet *sheet = sight->identity->confidential;
	double score = 0;

	for (guint i = 0; i < G_N_ELEMENTS(whole); i++) {
		guint n;
		const Find *find =
		    sight_finds(sight, sheet, whole[i], 0, sight->text->n_words, &n);

		for (guint k = 0; k < n; k++)
			if (!find[k].quoted)
				score += sheet_signal(sheet, whole[i])->weight;
	}
	if (has_pair(sight))
		score += sheet_signal(sheet, "pair")->weight;
	sight->reading->confidential = score >= sheet->hold;
}
