/* --explain for a sceptical moderator: the verdict, then every rule with what speaks for
 * and against it, the words in their line, and what it takes to break it. */
#include "classify-private.h"
#include "judge-private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Letters of the line shown on either side of the words that count. */
#define CONTEXT 40

static const char *const outcome_meanings[] = { "it becomes a case",
	"the regulation refuses it", "a person must look", "a machine sent it" };

G_STATIC_ASSERT(G_N_ELEMENTS(outcome_meanings) == N_OUTCOMES);

static gboolean
is_given(const char *text)
{
	return text != NULL && *text != '\0';
}

/* --- one finding --- */

/* The line that "text line 4" names, as first byte and length. */
static const char *
line_of(const Reading *reading, const char *where, gsize *ret_length)
{
	guint64 n = 0;
	const char *line = reading->text;

	if (!is_given(where) || !g_str_has_prefix(where, "text line ") || line == NULL)
		return NULL;
	n = g_ascii_strtoull(where + strlen("text line "), NULL, 10);
	for (; n > 1 && line != NULL; n--) {
		line = strchr(line, '\n');
		line += line != NULL;
	}
	if (line != NULL)
		*ret_length = strcspn(line, "\n");
	return line;
}

/* "… the words amid their line …", cut between words; NULL when they are the line, or it
 * hasn't got them. */
static char *
context_of(const Reading *reading, const Finding *finding)
{
	gsize length = 0;
	const char *line = line_of(reading, finding->where, &length), *end, *first, *last;
	const char *found =
	    line == NULL ? NULL : g_strstr_len(line, (gssize)length, finding->words);

	if (found == NULL || strlen(finding->words) == length)
		return NULL;
	end = line + length;
	first = found;
	last = found + strlen(finding->words);
	for (guint i = 0; i < CONTEXT && first > line; i++)
		first = g_utf8_prev_char(first);
	for (guint i = 0; i < CONTEXT && last < end; i++)
		last = g_utf8_next_char(last);
	while (first > line && first < found && first[-1] != ' ')
		first++;
	while (last < end && last > found + strlen(finding->words) && *last != ' ')
		last--;
	return g_strdup_printf("%s%.*s%s", first > line ? "… " : "", (int)(last - first),
	    first, last < end ? " …" : "");
}

static gboolean
contains(const char *text, const char *words)
{
	return text != NULL && strstr(text, words) != NULL;
}

/* Only what the letter says stands in quotation marks; the rest is our remark. */
static void
print_finding(const Reading *reading, const Finding *finding)
{
	gboolean own = is_given(finding->words) &&
	    (contains(reading->text, finding->words) ||
		contains(reading->subject, finding->words) ||
		contains(reading->from_name, finding->words));
	g_autofree char *context = own ? context_of(reading, finding) : NULL;

	printf("    %+5.2f  ", finding->score);
	if (is_given(finding->words))
		printf(own ? "“%s”" : "%s", finding->words);
	if (is_given(finding->where))
		printf("%s(%s)", is_given(finding->words) ? " " : "", finding->where);
	if (is_given(finding->why))
		printf(": %s%s", finding->score < 0 ? "speaks against it: " : "",
		    finding->why);
	printf("\n");
	if (context != NULL)
		printf("           %s\n", context);
}

/* --- the rules --- */

static const Sheet *
sheet_of(const Judge *judge, Rule rule)
{
	for (guint i = 0; i < N_TESTS; i++)
		if (g_str_equal(judge->sheets[i]->name, rule_names[rule]))
			return judge->sheets[i];
	return NULL;
}

/* One rule may have two tests, whose finds are not added up. */
static gboolean
has_two_tests(const Verdict *verdict, Rule rule)
{
	const char *test = NULL;

	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (finding->rule != rule)
			continue;
		if (test != NULL && strcspn(test, "/") != strcspn(finding->test, "/"))
			return TRUE;
		test = finding->test;
	}
	return FALSE;
}

/* "1.30; a person must look from 1.00, refused from 1.80". */
static void
print_weight(const Judge *judge, const Verdict *verdict, Rule rule)
{
	const Sheet *sheet = sheet_of(judge, rule);

	printf("weighs %.2f%s", verdict->scores[rule],
	    has_two_tests(verdict, rule) ? ", the weightier of two tests" : "");
	if (sheet != NULL && verdict->scores[rule] > 0) {
		if (sheet->hold < sheet->reject)
			printf("; a person must look from %.2f", sheet->hold);
		if (!isinf(sheet->reject))
			printf("%s refused from %.2f",
			    sheet->hold < sheet->reject ? "," : ";", sheet->reject);
	}
	printf("\n");
}

static gboolean
has_findings(const Verdict *verdict, Rule rule)
{
	for (guint i = 0; i < verdict->findings->len; i++)
		if (((const Finding *)verdict->findings->pdata[i])->rule == rule)
			return TRUE;
	return FALSE;
}

static void
print_rule(const Judge *judge, const Reading *reading, const Verdict *verdict, Rule rule)
{
	printf("  %s %s (%s) ",
	    (verdict->rules & 1u << rule) != 0 ? "broken:    " : "not broken:",
	    rule_names[rule], rule_paragraphs[rule]);
	print_weight(judge, verdict, rule);
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (finding->rule == rule)
			print_finding(reading, finding);
	}
}

/* The broken rules, the main one first; what came near; what nothing spoke for. */
static void
print_rules(const Judge *judge, const Reading *reading, const Verdict *verdict)
{
	g_autofree char *text = verdict_rules_text(verdict);
	g_auto(GStrv) broken = g_strsplit(text, ",", -1);
	g_autoptr(GString) silent = g_string_new(NULL);

	for (guint i = 0; broken[i] != NULL; i++) {
		int rule = name_index(rule_names, broken[i]);

		if (rule >= 0)
			print_rule(judge, reading, verdict, (Rule)rule);
	}
	for (Rule rule = 0; rule < N_RULES; rule++) {
		if ((verdict->rules & 1u << rule) != 0 || rule == RULE_FLOOD)
			continue;
		if (has_findings(verdict, rule))
			print_rule(judge, reading, verdict, rule);
		else
			g_string_append_printf(silent, "%s%s",
			    silent->len > 0 ? ", " : "", rule_names[rule]);
	}
	if (silent->len > 0)
		printf("  nothing found: %s\n", silent->str);
	printf("  not tested: %s (it needs the author's other letters)\n",
	    rule_names[RULE_FLOOD]);
}

/* --- the whole --- */

static void
print_author(const char *what, const char *value, const char *where)
{
	if (value == NULL)
		printf("  %-9s not found\n", what);
	else
		printf("  %-9s %s (%s)\n", what, value, where != NULL ? where : "?");
}

static const Finding *
topic_finding(const Verdict *verdict, Topic topic)
{
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (finding->rule == N_RULES &&
		    g_strcmp0(finding->test, topic_names[topic]) == 0)
			return finding;
	}
	return NULL;
}

/* The two topics with their words, and how far the first is ahead. */
static void
print_topic(const Verdict *verdict)
{
	const Finding *best = topic_finding(verdict, verdict->topic);
	const Finding *second = topic_finding(verdict, verdict->second_topic);

	printf("  topic     %s%s", topic_names[verdict->topic],
	    verdict->topic_sure ? "" : ", not sure: a person may choose");
	if (best != NULL && is_given(best->words))
		printf(": %s", best->words);
	printf("\n            ");
	if (best != NULL && second != NULL)
		printf("ahead by %.2f of ", best->score - second->score);
	else
		printf("ahead of ");
	printf("%s", topic_names[verdict->second_topic]);
	if (second != NULL && is_given(second->words))
		printf(": %s", second->words);
	printf("\n");
}

static gboolean
is_of_danger(const Finding *finding)
{
	return g_str_has_prefix(finding->test, "urgent");
}

/* Signs of danger, and what decides beside the rules: a letter of nothing but files … */
static void
print_others(const Judge *judge, const Reading *reading, const Verdict *verdict)
{
	gboolean headed = FALSE;

	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (finding->rule < N_RULES || is_of_danger(finding) ||
		    name_index(topic_names, finding->test) >= 0)
			continue;
		printf("  decided by: %s\n", finding->test);
		print_finding(reading, finding);
	}
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (finding->rule < N_RULES || !is_of_danger(finding))
			continue;
		if (!headed)
			printf("  %s urgent from %.2f\n",
			    verdict->urgent ? "danger:    " : "no danger: ",
			    judge->urgent->hold);
		headed = TRUE;
		print_finding(reading, finding);
	}
}

static void
print_verdict(const Verdict *verdict)
{
	g_autofree char *text = verdict_rules_text(verdict);
	g_auto(GStrv) rules = g_strsplit(text, ",", -1);

	printf("  verdict   %s: %s", outcome_names[verdict->outcome],
	    outcome_meanings[verdict->outcome]);
	for (guint i = 0; rules[i] != NULL && *rules[i] != '\0'; i++) {
		int rule = name_index(rule_names, rules[i]);

		printf("%s %s (%s)", i == 0 ? ";" : ",", rules[i],
		    rule >= 0 ? rule_paragraphs[rule] : "?");
	}
	printf("%s\n", verdict->urgent ? "; urgent, never refused by a machine" : "");
}

void
explain_print(const Judge *judge, const char *file, const WorkerResult *result)
{
	const Reading *reading = result->reading;
	const Verdict *verdict = result->verdict;
	g_autofree char *name = g_filename_display_name(file);

	printf("%s\n", name);
	if (reading == NULL) {
		printf("  verdict   hold: a person must look; not readable: %s\n",
		    result->detail != NULL ? result->detail : result->failure);
		return;
	}
	print_verdict(verdict);
	printf("  letter    %s, %s%s, decoded as %s\n", kind_names[reading->kind],
	    language_names[reading->language],
	    reading->confidential ? ", confidentiality asked for" : "",
	    reading->charset != NULL ? reading->charset : "nothing");
	if (reading->attachments->len > 0)
		printf("  files     %u, not looked into\n", reading->attachments->len);
	print_author("name", reading->name, reading->name_where);
	print_author("e-mail", reading->email, reading->email_where);
	print_author("phone", reading->phone, reading->phone_where);
	print_topic(verdict);
	if (reading->no_answer != NULL)
		printf("  answer    none automatically: %s\n", reading->no_answer);
	print_others(judge, reading, verdict);
	/* The regulation binds people. */
	if (verdict->outcome != OUTCOME_IGNORE)
		print_rules(judge, reading, verdict);
	printf("  data      version %s\n",
	    verdict->version != NULL ? verdict->version : "?");
}
