/* A letter before the judge, from its words; its author is fully known unless a case says
 * otherwise. */
#pragma once

#include "judge.h"

#include <string.h>

#define AUTHOR "Ерлан Сапаров"
#define AUTHOR_PHONE "+7 701 555 12 34"

static inline Judge *
load_judge(void)
{
	g_autoptr(GError) error = NULL;
	Judge *judge = judge_load(TEST_SOURCE_ROOT "/classifier/data", &error);

	g_assert_no_error(error);
	return judge;
}

static inline Reading *
make_reading(const char *subject, const char *text)
{
	Reading *reading = reading_new();

	reading->from_name = g_strdup(AUTHOR);
	reading->from_address = g_strdup("e.saparov@mail.example");
	reading->subject = g_strdup(subject);
	reading->text = g_strdup(text);
	reading->name = g_strdup(AUTHOR);
	reading->phone = g_strdup(AUTHOR_PHONE);
	reading->email = g_strdup("e.saparov@mail.example");
	return reading;
}

static inline gboolean
breaks(const Verdict *verdict, Rule rule)
{
	return (verdict->rules >> rule & 1) != 0;
}

/* By the rule's own test, not by all tests together. */
static inline gboolean
finds(const Verdict *verdict, Rule rule)
{
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		if (finding->rule == rule && strcmp(finding->test, "joint") == 0)
			return FALSE;
	}
	return breaks(verdict, rule);
}

/* The findings in one line, for the message of a failed case. */
static inline char *
tell(const Verdict *verdict)
{
	g_autoptr(GString) findings = g_string_new(NULL);
	g_autofree char *rules = verdict_rules_text(verdict);

	verdict_add_findings_json(verdict, findings);
	return g_strdup_printf(
	    "%s %s %s", outcome_names[verdict->outcome], rules, findings->str);
}

typedef struct {
	const char *label, *text;
	gboolean found;
} Case;

static inline void
check_case(const Judge *judge, Rule rule, const Case *item)
{
	g_autoptr(Reading) reading = make_reading("Сұрақ / Вопрос", item->text);
	g_autoptr(Verdict) verdict = judge_letter(judge, reading);

	gboolean found = item->found ? breaks(verdict, rule) : finds(verdict, rule);

	if (found != item->found) {
		g_autofree char *told = tell(verdict);

		g_test_message("%s: %s", item->label, told);
	}
	g_assert_cmpint(found, ==, item->found);
}
