/* 5.3 (9): many messages of little content by one author.  The first letters of a run are
 * judged by themselves; from the third on, the history tells. */
#include "judge-private.h"

#include <string.h>

static guint
count_words(const char *text)
{
	g_autoptr(Text) parsed = text_parse(NULL, text);

	return parsed->n_words - parsed->body_word;
}

static void
find(const Judge *judge, Verdict *verdict, const char *name, gint64 before, double *score)
{
	const Signal *signal = sheet_signal(judge->flood, name);
	g_autofree char *words =
	    g_strdup_printf("%" G_GINT64_FORMAT " before this one", before);
	g_autofree char *test = g_strconcat("flood/", name, NULL);

	verdict_add_finding(
	    verdict, RULE_FLOOD, test, signal->weight, words, "history", signal->why);
	*score += signal->weight;
}

static gboolean
is_partial(const Verdict *verdict)
{
	for (guint i = 0; i < verdict->findings->len; i++)
		if (g_str_equal(
			((const Finding *)verdict->findings->pdata[i])->test, "partial"))
			return TRUE;
	return FALSE;
}

void
judge_flood(
    const Judge *judge, const Reading *reading, const History *history, Verdict *verdict)
{
	const Sheet *sheet = judge->flood;
	double score = 0;
	gboolean rejects;

	if (verdict->outcome == OUTCOME_IGNORE || judge->modes[RULE_FLOOD] == MODE_OFF)
		return;
	if (history->alike >= sheet_limit(sheet, "alike", 2))
		find(judge, verdict, "repeated", history->alike, &score);
	if (history->low_content >= sheet_limit(sheet, "low-content", 2) &&
	    count_words(reading->text) <= sheet_limit(sheet, "few-words", 20))
		find(judge, verdict, "low-content", history->low_content, &score);
	if (history->letters >= sheet_limit(sheet, "many", 9))
		find(judge, verdict, "many", history->letters, &score);
	verdict->scores[RULE_FLOOD] = score;
	if (score < sheet->hold)
		return;
	verdict->rules |= 1u << RULE_FLOOD;
	rejects = score >= sheet->reject && !is_partial(verdict) &&
	    judge->modes[RULE_FLOOD] == MODE_REJECT && !verdict->urgent;
	if (verdict->outcome != OUTCOME_REJECT ||
	    (rejects && score > verdict->scores[verdict->rule]))
		verdict->rule = RULE_FLOOD;
	if (rejects)
		verdict->outcome = OUTCOME_REJECT;
	else if (verdict->outcome == OUTCOME_ACCEPT)
		verdict->outcome = OUTCOME_HOLD;
}

void
judge_flood_window(const Judge *judge, gint64 *ret_seconds, gint64 *ret_few_words)
{
	*ret_seconds = (gint64)sheet_limit(judge->flood, "seconds", 86400);
	*ret_few_words = (gint64)sheet_limit(judge->flood, "few-words", 20);
}
