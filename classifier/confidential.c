/* 5.5, 5.6: does the author ask that his data be kept back?  The sheet says what counts;
 * a request that is only quoted is somebody else's. */
#include "identity-private.h"

/* Words between what should not be told and what is his own: in a sentence that never
 * ends they have nothing to do with each other. */
#define NEAR 25
#define NEAR_WISH 14
#define MOST_WISH 80 /* words of a sentence in which a wish belongs to what it says */

static gboolean
has_near(const Sight *sight, const Find *hide, const char *signal, guint near)
{
	const Text *text = sight->text;
	const TextSentence *range = &text->sentences[text->words[hide->first].sentence];
	guint first = hide->first > near ? hide->first - near : 0,
	      end = hide->last + near;

	return sight_find_within(sight, sight->identity->confidential, signal,
		   MAX(first, range->first_word), MIN(end, range->end_word)) != NULL;
}

static gboolean
is_endless(const Sight *sight, const Find *find)
{
	const Text *text = sight->text;
	const TextSentence *range = &text->sentences[text->words[find->first].sentence];

	return range->end_word - range->first_word > MOST_WISH;
}

/* Does a sentence say both what should not be told and that it is his own?  Of some words
 * it must say that he wishes it, too. */
static gboolean
has_pair(const Sight *sight, const char *signal, gboolean wished)
{
	guint n;
	const Find *hide = sight_finds(
	    sight, sight->identity->confidential, signal, 0, sight->text->n_words, &n);

	for (guint i = 0; i < n; i++)
		if (!hide[i].quoted &&
		    has_near(sight, &hide[i], "mine", wished ? NEAR_WISH : NEAR) &&
		    (!wished ||
			(!is_endless(sight, &hide[i]) &&
			    has_near(sight, &hide[i], "wish", NEAR_WISH))))
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
	if (has_pair(sight, "hide", FALSE) || has_pair(sight, "tell", TRUE))
		score += sheet_signal(sheet, "pair")->weight;
	sight->reading->confidential = score >= sheet->hold;
}
