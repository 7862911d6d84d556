#include "joint.h"

#include <math.h>
#include <string.h>

const char *const joint_names[N_JOINT + 1] = { "anonymous", "secret", "hate",
	"personal-data", "commercial", "unlawful", "obscene", "private", "petition",
	"flood", "unintelligible", "capitals", "unsentenced", "fair", "urgent", NULL };

/* Scores that count as a signal of their own. */
static const double degrees[] = { 0.3, 0.8, 1.5 };

static void
tell_degree(const char *rule, double degree, SignalTaker taker, gpointer data)
{
	g_autofree char *name = g_strdup_printf("%s>%.1f", rule, degree);

	taker(data, name);
}

/* Among the first `n` findings? */
static gboolean
is_told(const Verdict *verdict, const char *test, guint n)
{
	for (guint i = 0; i < n; i++)
		if (g_str_equal(
			((const Finding *)verdict->findings->pdata[i])->test, test))
			return TRUE;
	return FALSE;
}

void
joint_signals(const Verdict *verdict, SignalTaker taker, gpointer data)
{
	for (guint i = 0; i < verdict->findings->len; i++) {
		const char *test = ((const Finding *)verdict->findings->pdata[i])->test;

		if (strchr(test, '/') != NULL && !is_told(verdict, test, i))
			taker(data, test);
	}
	for (int rule = 0; rule < N_RULES; rule++)
		for (guint i = 0; i < G_N_ELEMENTS(degrees); i++)
			if (verdict->scores[rule] >= degrees[i])
				tell_degree(rule_names[rule], degrees[i], taker, data);
}

/* --- one letter --- */

typedef struct {
	const Linear *weights;
	double scores[N_JOINT];
} Sum;

static void
add_signal(gpointer data, const char *name)
{
	Sum *sum = data;

	linear_add_signal(sum->weights, WEIGHTS_RULES, name, sum->scores);
}

static int
best_rule(const Scene *scene, const double *scores)
{
	int best = -1;

	for (int rule = 0; rule < N_RULES; rule++)
		if (scene->judge->modes[rule] != MODE_OFF &&
		    (best < 0 || scores[rule] > scores[best]))
			best = rule;
	return best;
}

static void
report(const Scene *scene, Verdict *verdict, int rule, double margin, const char *why)
{
	g_autofree char *words = seen_explain(scene->seen, WEIGHTS_RULES,
	    rule < 0 ? JOINT_FAIR : (guint)rule, scene->text, 5);

	verdict_add_finding(verdict, rule < 0 ? N_RULES : (Rule)rule, "joint", margin,
	    words != NULL ? words : "", "text", why);
}

/* A rule may have its own threshold: "limit refuse-private 0.6". */
static double
limit_of(const Sheet *sheet, const char *what, int rule, double otherwise)
{
	g_autofree char *name = g_strdup_printf("%s-%s", what, rule_names[rule]);

	return sheet_limit(sheet, name, otherwise);
}

/* What would be refused may speak of danger in words that no list has. */
static void
look_for_danger(const Scene *scene, const double *scores, Verdict *verdict)
{
	g_autofree char *words = NULL;

	if (verdict->urgent ||
	    scores[JOINT_URGENT] < sheet_limit(scene->judge->joint, "urgent", 10))
		return;
	verdict->urgent = TRUE;
	words = seen_explain(scene->seen, WEIGHTS_RULES, JOINT_URGENT, scene->text, 5);
	verdict_add_finding(verdict, N_RULES, "urgent", scores[JOINT_URGENT],
	    words != NULL ? words : "", "text",
	    "together the finds and words speak of danger");
}

/* Who reports a thing uses its words; to hold him takes more. */
static double
hold_from(const Sheet *sheet, const Verdict *verdict, int rule)
{
	g_autofree char *reports = g_strconcat(rule_names[rule], "/reports", NULL);

	return is_told(verdict, reports, verdict->findings->len)
	    ? sheet_limit(sheet, "hold-reported", sheet->hold)
	    : limit_of(sheet, "hold", rule, sheet->hold);
}

static void
name_rule(Verdict *verdict, int rule)
{
	verdict->rule = rule;
	verdict->rules |= 1u << rule;
}

State
joint_decide(const Scene *scene, State state, Verdict *verdict)
{
	const Sheet *sheet = scene->judge->joint;
	Sum sum = { .weights = scene->judge->weights };
	gboolean few;
	double margin;
	int best;

	seen_score(scene->seen, WEIGHTS_RULES, sum.scores);
	joint_signals(verdict, add_signal, &sum);
	best = best_rule(scene, sum.scores);
	if (best < 0)
		return state;
	margin = sum.scores[best] - sum.scores[JOINT_FAIR];
	/* Too little to go by. */
	few = scene->text->n_words < sheet_limit(sheet, "fewest-words", 0);
	if (state == STATE_REJECT && !few)
		look_for_danger(scene, sum.scores, verdict);
	if (state == STATE_NONE && !few && margin >= hold_from(sheet, verdict, best)) {
		name_rule(verdict, best);
		report(
		    scene, verdict, best, margin, "together the finds and words look so");
		if (margin < limit_of(sheet, "alone", best, HUGE_VAL) ||
		    scene->judge->modes[best] != MODE_REJECT)
			return STATE_HOLD;
		look_for_danger(scene, sum.scores, verdict);
		return STATE_REJECT;
	}
	if (state == STATE_HOLD &&
	    margin <
		limit_of(sheet, "fair", verdict->rule, sheet_limit(sheet, "fair", -10))) {
		verdict->rule = -1;
		verdict->rules = 0;
		report(
		    scene, verdict, -1, margin, "together all looks like a fair letter");
		return STATE_NONE;
	}
	if (state == STATE_REJECT &&
	    margin < limit_of(sheet, "refuse", verdict->rule,
			 sheet_limit(sheet, "refuse", -10))) {
		report(scene, verdict, -1, margin,
		    "together it does not look so: a person must look");
		return STATE_HOLD;
	}
	if (state == STATE_HOLD && best == verdict->rule &&
	    margin >= limit_of(sheet, "reject", best, sheet->reject) &&
	    scene->judge->modes[best] == MODE_REJECT) {
		look_for_danger(scene, sum.scores, verdict);
		report(scene, verdict, best, margin,
		    "together the finds and words are sure");
		return STATE_REJECT;
	}
	return state;
}
