/* What a moderator needs to decide on a letter: why it waits, what the machine would do,
 * and what it saw. */
#include "material-private.h"

static void
fill_guess(Filler *filler)
{
	const Verdict *verdict = filler->about->letter->verdict;
	const char *topic =
	    words_find(filler->words, "topics", topic_names[verdict->topic]);
	/* Of what speaks of danger nobody shall be led to a refusal. */
	gboolean refused =
	    verdict->rule >= 0 && verdict->outcome != OUTCOME_ACCEPT && !verdict->urgent;

	filler_set_copy(filler, FIELD_TOPIC, topic);
	if (refused)
		filler_set_copy(filler, FIELD_RULE, rule_names[verdict->rule]);
	filler_set(filler, FIELD_GUESS,
	    words_phrase(filler->words, "guesses",
		refused               ? "reject"
		    : verdict->urgent ? "hold"
				      : outcome_names[verdict->outcome],
		"topic", topic, "ground",
		refused ? filler_ground_word(filler, (Rule)verdict->rule) : "", NULL));
}

gboolean
filler_held(Filler *filler, GError **error)
{
	const Letter *letter = filler->about->letter;
	const char *reason = filler_fact(filler, "why") != NULL
	    ? filler_fact(filler, "why")
	    : filler_fact(filler, "reason");

	filler_set_copy(
	    filler, FIELD_REASON, filler_word_or(filler, "reasons", reason, "other"));
	/* Never to the one it is about. */
	if (g_strcmp0(reason, "complaint-of-official") == 0)
		filler_mark(filler, FIELD_OFFICIAL);
	filler_author(filler);
	filler_attachments(filler, TRUE);
	if (letter->verdict != NULL) {
		fill_guess(filler);
		filler_evidence(filler);
		if (letter->verdict->urgent)
			filler_mark(filler, FIELD_URGENT);
	}
	if (filler_is_confidential(filler->about))
		filler_mark(filler, FIELD_CONFIDENTIAL);
	if (material_attaches(filler->wording, filler->about))
		filler_mark(filler, FIELD_ATTACHED);
	filler_codes(filler);
	return TRUE;
}
