/* What a moderator needs to decide on a letter: why it waits, what the machine would do,
 * and what it saw. */
#include "material-private.h"

#include <stdlib.h>
#include <string.h>

#include "gate.h"

#define MOST_WORDS 80

/* "text line 4" → «текст, строка 4». */
static char *
spell_place(const Filler *filler, const char *where)
{
	static const struct {
		const char *prefix, *word, *bare;
	} places[] = {
		{ "subject", "where-subject", "where-subject" },
		{ "text", "where-text", "where-body" },
		{ "header", "where-header", "where-header" },
		{ "attachment", "where-attachment", "where-body" },
		{ "from", "where-from", "where-from" },
	};
	const char *number = where != NULL ? strpbrk(where, "0123456789") : NULL;
	g_autofree char *line =
	    number != NULL ? g_strdup_printf("%d", atoi(number)) : NULL;

	for (guint i = 0; where != NULL && i < G_N_ELEMENTS(places); i++)
		if (g_ascii_strncasecmp(
			where, places[i].prefix, strlen(places[i].prefix)) == 0)
			return words_phrase(filler->words, "evidence",
			    line != NULL ? places[i].word : places[i].bare, "line", line,
			    NULL);
	return g_strdup(words_find(filler->words, "evidence", "where-body"));
}

static const char *
ground_word(const Filler *filler, Rule rule)
{
	const Verdict *verdict = filler->about->letter->verdict;

	return words_find(
	    filler->words, "grounds", ground_names[ground_of(rule, verdict->missing)]);
}

static char *
spell_finding(const Filler *filler, const Finding *finding)
{
	g_autofree char *words = gate_line(finding->words, MOST_WORDS);
	g_autofree char *where = spell_place(filler, finding->where);
	const char *ground =
	    finding->rule < N_RULES ? ground_word(filler, finding->rule) : NULL;
	const char *sign = g_strcmp0(finding->test, "topic") == 0 ? "sign-topic"
	    : g_strcmp0(finding->test, "urgent") == 0             ? "sign-urgent"
								  : "sign";

	if (words == NULL && ground == NULL)
		return NULL;
	return words_phrase(filler->words, "evidence",
	    ground == NULL      ? sign
		: words == NULL ? "found-bare"
				: "found",
	    "ground", ground != NULL ? ground : "", "where", where, "words",
	    words != NULL ? words : "", NULL);
}

static void
fill_evidence(Filler *filler)
{
	const Verdict *verdict = filler->about->letter->verdict;
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = g_ptr_array_index(verdict->findings, i);
		g_autofree char *item =
		    finding->score >= 0 ? spell_finding(filler, finding) : NULL;
		filler_add_item(list, item);
	}
	filler_set_list(filler, FIELD_EVIDENCE, list);
}

static void
fill_guess(Filler *filler)
{
	const Verdict *verdict = filler->about->letter->verdict;
	const char *topic =
	    words_find(filler->words, "topics", topic_names[verdict->topic]);
	gboolean refused = verdict->rule >= 0 && verdict->outcome != OUTCOME_ACCEPT;

	filler_set_copy(filler, FIELD_TOPIC, topic);
	if (refused)
		filler_set_copy(filler, FIELD_RULE, rule_names[verdict->rule]);
	filler_set(filler, FIELD_GUESS,
	    words_phrase(filler->words, "guesses",
		refused ? "reject" : outcome_names[verdict->outcome], "topic", topic,
		"ground", refused ? ground_word(filler, (Rule)verdict->rule) : "", NULL));
}

void
filler_held(Filler *filler)
{
	const Letter *letter = filler->about->letter;
	const char *reason = filler_fact(filler, "why") != NULL
	    ? filler_fact(filler, "why")
	    : filler_fact(filler, "reason");

	filler_set_copy(
	    filler, FIELD_REASON, filler_word_or(filler, "reasons", reason, "other"));
	filler_author(filler);
	filler_attachments(filler, TRUE);
	if (letter->verdict != NULL) {
		fill_guess(filler);
		fill_evidence(filler);
		if (letter->verdict->urgent)
			filler_set_copy(filler, FIELD_URGENT,
			    words_find(filler->words, "marks", "yes"));
	}
	if (filler_is_confidential(filler->about))
		filler_set_copy(filler, FIELD_CONFIDENTIAL,
		    words_find(filler->words, "marks", "yes"));
	if (material_attaches(filler->wording, filler->about))
		filler_mark(filler, FIELD_ATTACHED);
}
