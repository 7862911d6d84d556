/* --explain for a sceptical moderator: the verdict; who wrote, and about what; all
 * fourteen tests with what each weighs and what it takes; then the evidence, what speaks
 * for a rule and what against. */
#include "classify-private.h"
#include "explain-private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FIELD 12 /* the column where values begin */

static const char *const outcome_meanings[] = { "it becomes a case",
	"the regulation refuses it", "a person must look", "a machine sent it" };

G_STATIC_ASSERT(G_N_ELEMENTS(outcome_meanings) == N_OUTCOMES);

/* --- who and what --- */

static void
print_verdict(const Verdict *verdict)
{
	g_autofree char *text = verdict_rules_text(verdict);
	g_auto(GStrv) rules = g_strsplit(text, ",", -1);
	g_autoptr(GString) line = g_string_new(NULL);

	g_string_append_printf(line, "verdict   %s: %s", outcome_names[verdict->outcome],
	    outcome_meanings[verdict->outcome]);
	for (guint i = 0; rules[i] != NULL && *rules[i] != '\0'; i++) {
		int rule = name_index(rule_names, rules[i]);

		g_string_append_printf(line, "%s %s (%s)", i == 0 ? ";" : ",", rules[i],
		    rule >= 0 ? rule_paragraphs[rule] : "?");
	}
	if (verdict->urgent)
		g_string_append(line, "; urgent, never refused by a machine");
	explain_put(2, FIELD, "%s", line->str);
}

static void
print_author(const char *what, const char *value, const char *where)
{
	if (value == NULL)
		explain_put(2, FIELD, "%-9s not found", what);
	else
		explain_put(
		    2, FIELD, "%-9s %s (%s)", what, value, where != NULL ? where : "?");
}

static void
print_letter(const Reading *reading)
{
	explain_put(2, FIELD, "letter    %s, %s%s, decoded as %s",
	    kind_names[reading->kind], language_names[reading->language],
	    reading->confidential ? ", confidentiality asked for" : "",
	    reading->charset != NULL ? reading->charset : "nothing");
	if (reading->attachments->len > 0)
		explain_put(
		    2, FIELD, "files     %u, not looked into", reading->attachments->len);
	print_author("name", reading->name, reading->name_where);
	print_author("e-mail", reading->email, reading->email_where);
	print_author("phone", reading->phone, reading->phone_where);
	if (reading->no_answer != NULL)
		explain_put(
		    2, FIELD, "answer    none automatically: %s", reading->no_answer);
}

/* --- the topic --- */

/* "exam +0.3", as learned weights are told; other words are concepts of the topic. */
static gboolean
is_learned(const char *item)
{
	const char *weight = strrchr(item, ' ');

	return weight != NULL && (weight[1] == '+' || weight[1] == '-') &&
	    g_ascii_isdigit(weight[2]);
}

/* The items of one sort, each once, without what weighs nothing. */
static char *
topic_words(const Finding *finding, gboolean learned)
{
	g_auto(GStrv) each = g_strsplit(
	    finding != NULL && finding->words != NULL ? finding->words : "", ", ", -1);
	g_autoptr(GHashTable) seen =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GString *words = g_string_new(NULL);

	for (guint i = 0; each[i] != NULL; i++) {
		g_autofree char *key = g_utf8_casefold(each[i], -1);

		if (is_learned(each[i]) == learned &&
		    !g_str_has_suffix(each[i], " +0.0") &&
		    g_hash_table_add(seen, g_steal_pointer(&key)))
			g_string_append_printf(
			    words, "%s%s", words->len > 0 ? ", " : "", each[i]);
	}
	return g_string_free(words, FALSE);
}

static void
print_words(const Verdict *verdict, Topic topic)
{
	const Finding *finding = explain_topic(verdict, topic);
	g_autofree char *concepts = topic_words(finding, FALSE);
	g_autofree char *learned = topic_words(finding, TRUE);

	explain_put(FIELD, FIELD + 2, "for %s: %s%s%s", topic_names[topic],
	    *concepts != '\0' ? concepts : "none of its words",
	    *learned != '\0' ? "; learned " : "", learned);
}

/* The two topics, how far the first is ahead and must be, and the words of both. */
static void
print_topic(const Judge *judge, const Verdict *verdict)
{
	const Finding *best = explain_topic(verdict, verdict->topic);
	const Finding *second = explain_topic(verdict, verdict->second_topic);
	double ahead = best != NULL && second != NULL ? best->score - second->score : 0;

	explain_put(2, FIELD,
	    "topic     %s%s; the second choice, %s, is %.2f behind (sure from %.2f on)",
	    topic_names[verdict->topic],
	    verdict->topic_sure ? "" : ", not sure: a person may choose",
	    topic_names[verdict->second_topic], ahead, explain_topic_margin(judge));
	print_words(verdict, verdict->topic);
	print_words(verdict, verdict->second_topic);
}

/* --- the tests --- */

static const char *
threshold(double value, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
	return isinf(value)
	    ? "never"
	    : g_ascii_formatd(buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.2f", value);
}

/* What a test found weighs as much as its sum; what speaks against can't make it less
 * than nothing. */
static void
print_row(const TestResult *result)
{
	char weight[G_ASCII_DTOSTR_BUF_SIZE], hold[G_ASCII_DTOSTR_BUF_SIZE],
	    reject[G_ASCII_DTOSTR_BUF_SIZE];

	explain_put(2, FIELD, "%-15s %-9s %6s %6s %7s  %s", result->name,
	    result->rule < N_RULES ? rule_paragraphs[result->rule] : "",
	    result->state == TEST_UNTESTED
		? "-"
		: g_ascii_formatd(weight, sizeof weight, "%.2f", MAX(result->weight, 0)),
	    result->hold < result->reject ? threshold(result->hold, hold) : "-",
	    threshold(result->reject, reject), test_state_names[result->state]);
}

static void
print_tests(const Judge *judge, const Verdict *verdict)
{
	TestResult results[N_RESULTS];

	explain_tests(judge, verdict, results);
	printf("\n  %-15s %-9s %6s %6s %7s\n", "THE TESTS", "PARAGRAPH", "WEIGHT", "HOLD",
	    "REJECT");
	for (guint i = 0; i < N_RESULTS; i++)
		print_row(&results[i]);
	explain_put(2, 2,
	    "Weights are added up; of one signal the second find counts half, the third "
	    "a quarter.  At HOLD a person must look, at REJECT the machine refuses.  "
	    "All tests are weighed together, too, which is told above where it decides; "
	    "learned words are those that labelled letters of that kind have most.  "
	    "flood needs the author's other letters, which are not here.");
}

/* --- the evidence --- */

static gboolean
has_evidence(const Verdict *verdict, const char *test)
{
	for (guint i = 0; i < verdict->findings->len; i++)
		if (explain_is_of(verdict->findings->pdata[i], test))
			return TRUE;
	return FALSE;
}

static int
compare_results(gconstpointer a, gconstpointer b)
{
	const TestResult *x = a, *y = b;

	if (x->state != y->state)
		return (int)y->state - (int)x->state;
	return x->weight < y->weight ? 1 : x->weight > y->weight ? -1 : 0;
}

/* The test that decided first, then what came near, then what only speaks against. */
static void
print_evidence(const Judge *judge, const Reading *reading, const Verdict *verdict)
{
	TestResult results[N_RESULTS];
	gboolean headed = FALSE;

	explain_tests(judge, verdict, results);
	qsort(results, N_RESULTS, sizeof results[0], compare_results);
	for (guint i = 0; i < N_RESULTS; i++) {
		if (!has_evidence(verdict, results[i].name))
			continue;
		if (!headed)
			printf("\n  THE EVIDENCE\n");
		headed = TRUE;
		explain_put(2, FIELD, "%s: %s", results[i].name,
		    test_state_names[results[i].state]);
		explain_evidence(reading, verdict, results[i].name);
	}
}

/* Danger outweighs every rule: its signs come before them. */
static void
print_danger(const Judge *judge, const Reading *reading, const Verdict *verdict)
{
	const char *test = judge->urgent->name;
	double weight = 0;

	if (!has_evidence(verdict, test))
		return;
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		weight += explain_is_of(finding, test) ? finding->score : 0;
	}
	explain_put(2, FIELD, "danger    %s: weighs %.2f, urgent from %.2f",
	    verdict->urgent ? "yes" : "no", weight, judge->urgent->hold);
	explain_evidence(reading, verdict, test);
}

static gboolean
is_of_a_test(const Judge *judge, const Finding *finding)
{
	for (guint i = 0; i < N_TESTS; i++)
		if (explain_is_of(finding, judge->sheets[i]->name))
			return TRUE;
	return explain_is_of(finding, judge->flood->name) ||
	    explain_is_of(finding, judge->urgent->name) ||
	    name_index(topic_names, finding->test) >= 0;
}

/* The tests seen together, which is told where that decided. */
static void
print_joint(const Sheet *joint, const Finding *finding)
{
	g_autofree char *words = topic_words(finding, TRUE);

	explain_put(2, FIELD, "decided   %s: %s lies %.2f %s a fair letter", finding->why,
	    finding->rule < N_RULES ? rule_names[finding->rule] : "the likeliest rule",
	    fabs(finding->score), finding->score < 0 ? "below" : "above");
	explain_put(FIELD, FIELD + 2,
	    "a person must look from %.2f on; where a test asks for one, refused from "
	    "%.2f on; below %.2f not refused, below %.2f not held",
	    joint->hold, joint->reject, sheet_limit(joint, "refuse", -HUGE_VAL),
	    sheet_limit(joint, "fair", -HUGE_VAL));
	if (*words != '\0')
		explain_put(FIELD, FIELD + 2, "learned %s", words);
}

/* What decides beside the tests: all of them together, a letter of nothing but files, our
 * own address … */
static void
print_others(const Judge *judge, const Verdict *verdict)
{
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (is_of_a_test(judge, finding))
			continue;
		if (explain_is_of(finding, judge->joint->name))
			print_joint(judge->joint, finding);
		else
			explain_put(
			    2, FIELD, "decided   %s: %s", finding->test, finding->why);
	}
}

void
explain_print(const Judge *judge, const char *file, const WorkerResult *result)
{
	const Reading *reading = result->reading;
	const Verdict *verdict = result->verdict;
	g_autofree char *name = g_filename_display_name(file);

	explain_put(0, 0, "%s", name);
	if (reading == NULL) {
		explain_put(2, FIELD,
		    "verdict   hold: a person must look; not readable: %s",
		    result->detail != NULL ? result->detail : result->failure);
		return;
	}
	print_verdict(verdict);
	print_others(judge, verdict);
	print_letter(reading);
	print_topic(judge, verdict);
	explain_put(2, FIELD, "data      version %s",
	    verdict->version != NULL ? verdict->version : "?");
	print_danger(judge, reading, verdict);
	/* The regulation binds people. */
	if (verdict->outcome != OUTCOME_IGNORE) {
		print_tests(judge, verdict);
		print_evidence(judge, reading, verdict);
	}
	printf("\n");
}
