/* --explain --json: a letter as one JSON object a line. */
#include "classify-private.h"
#include "explain-private.h"
#include "json-text.h"

#include <math.h>
#include <stdio.h>

static void
add_string(GString *json, const char *name, const char *value)
{
	json_text_name(json, name);
	json_text_string(json, value);
}

static void
add_boolean(GString *json, const char *name, gboolean value)
{
	json_text_name(json, name);
	json_text_boolean(json, value);
}

/* The main one first, as in the verdict's own text. */
static void
add_rules(GString *json, const Verdict *verdict)
{
	g_autofree char *text = verdict_rules_text(verdict);
	g_auto(GStrv) rules = g_strsplit(text, ",", -1);

	json_text_name(json, "rule");
	if (verdict->rule >= 0)
		json_text_string(json, rule_names[verdict->rule]);
	else
		json_text_null(json);
	json_text_name(json, "rules");
	json_text_open(json, '[');
	for (char **rule = rules; *rule != NULL; rule++)
		if (**rule != '\0')
			json_text_string(json, *rule);
	json_text_close(json, ']');
}

static void
add_scores(GString *json, const Verdict *verdict)
{
	json_text_name(json, "scores");
	json_text_open(json, '{');
	for (guint rule = 0; rule < N_RULES; rule++) {
		json_text_name(json, rule_names[rule]);
		json_text_number(json, verdict->scores[rule]);
	}
	json_text_close(json, '}');
}

static void
add_number(GString *json, const char *name, double value)
{
	json_text_name(json, name);
	if (isinf(value))
		json_text_null(json);
	else
		json_text_number(json, round(value * 1000) / 1000);
}

/* All fourteen, with what each weighs and takes: null is never. */
static void
add_tests(GString *json, const Judge *judge, const Verdict *verdict)
{
	TestResult results[N_RESULTS];

	explain_tests(judge, verdict, results);
	json_text_name(json, "tests");
	json_text_open(json, '[');
	for (guint i = 0; i < N_RESULTS; i++) {
		json_text_open(json, '{');
		add_string(json, "test", results[i].name);
		add_string(json, "rule", rule_names[results[i].rule]);
		add_string(json, "paragraph", rule_paragraphs[results[i].rule]);
		add_number(json, "weight", results[i].weight);
		add_number(json, "hold", results[i].hold);
		add_number(json, "reject", results[i].reject);
		add_string(json, "result", test_state_names[results[i].state]);
		json_text_close(json, '}');
	}
	json_text_close(json, ']');
}

/* The tests seen together; `ahead` of a fair letter is known where that decided. */
static void
add_together(GString *json, const Judge *judge, const Verdict *verdict)
{
	double ahead = HUGE_VAL;

	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (explain_is_of(finding, judge->joint->name))
			ahead = finding->score;
	}
	json_text_name(json, "together");
	json_text_open(json, '{');
	add_number(json, "ahead", ahead);
	add_number(json, "hold", judge->joint->hold);
	add_number(json, "reject", judge->joint->reject);
	add_number(
	    json, "refuse_not_below", sheet_limit(judge->joint, "refuse", HUGE_VAL));
	add_number(json, "hold_not_below", sheet_limit(judge->joint, "fair", HUGE_VAL));
	json_text_close(json, '}');
}

static void
add_topics(GString *json, const Judge *judge, const Verdict *verdict)
{
	const Finding *best = explain_topic(verdict, verdict->topic);
	const Finding *second = explain_topic(verdict, verdict->second_topic);

	add_string(json, "topic", topic_names[verdict->topic]);
	add_string(json, "second_topic", topic_names[verdict->second_topic]);
	add_boolean(json, "topic_sure", verdict->topic_sure);
	add_number(json, "topic_ahead",
	    best != NULL && second != NULL ? best->score - second->score : 0);
	add_number(json, "topic_sure_from", explain_topic_margin(judge));
}

static void
add_attachments(GString *json, const Reading *reading)
{
	json_text_name(json, "attachments");
	json_text_open(json, '[');
	for (guint i = 0; i < reading->attachments->len; i++) {
		const Attachment *attachment = reading->attachments->pdata[i];

		json_text_open(json, '{');
		add_string(json, "name", attachment->name);
		add_string(json, "type", attachment->type);
		json_text_name(json, "size");
		json_text_integer(json, attachment->size);
		json_text_close(json, '}');
	}
	json_text_close(json, ']');
}

static void
add_result(
    GString *json, const Judge *judge, const Reading *reading, const Verdict *verdict)
{
	add_string(json, "kind", kind_names[reading->kind]);
	add_string(json, "language", language_names[reading->language]);
	add_string(json, "verdict", outcome_names[verdict->outcome]);
	add_rules(json, verdict);
	add_boolean(json, "urgent", verdict->urgent);
	add_topics(json, judge, verdict);
	add_boolean(json, "confidential", reading->confidential);
	add_string(json, "name", reading->name);
	add_string(json, "name_where", reading->name_where);
	add_string(json, "email", reading->email);
	add_string(json, "email_where", reading->email_where);
	add_string(json, "phone", reading->phone);
	add_string(json, "phone_where", reading->phone_where);
	add_string(json, "missing", verdict->missing);
	add_string(json, "case_number", reading->case_number);
	add_string(json, "charset", reading->charset);
	add_string(json, "no_answer", reading->no_answer);
	add_string(json, "version", verdict->version);
	add_string(json, "subject", reading->subject);
	add_string(json, "text", reading->text);
	add_string(json, "quoted", reading->quoted);
	add_attachments(json, reading);
	add_scores(json, verdict);
	add_tests(json, judge, verdict);
	add_together(json, judge, verdict);
}

/* What can't be read is for a person to look at. */
static void
add_failure(GString *json, const Judge *judge, const WorkerResult *result)
{
	g_autoptr(Verdict) verdict = verdict_new();
	g_autoptr(Reading) reading = reading_new();

	verdict->outcome = OUTCOME_HOLD;
	verdict->rule = -1;
	verdict->topic = verdict->second_topic = TOPIC_GENERAL;
	add_result(json, judge, reading, verdict);
	add_string(
	    json, "error", result->detail != NULL ? result->detail : result->failure);
}

void
explain_print_json(const Judge *judge, const char *file, const WorkerResult *result)
{
	g_autoptr(GString) json = g_string_sized_new(4096);
	g_autoptr(Verdict) none = verdict_new();
	g_autofree char *name = g_filename_display_name(file);

	json_text_open(json, '{');
	add_string(json, "file", name);
	if (result->reading != NULL)
		add_result(json, judge, result->reading, result->verdict);
	else
		add_failure(json, judge, result);
	json_text_name(json, "evidence");
	verdict_add_findings_json(result->verdict != NULL ? result->verdict : none, json);
	json_text_close(json, '}');
	puts(json->str);
}
