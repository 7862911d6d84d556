#include "complete.h"

#include <glib.h>

static Verdict *
refusal(const char *missing, guint32 more_rules)
{
	Verdict *verdict = verdict_new();

	verdict->outcome = OUTCOME_REJECT;
	verdict->rule = RULE_ANONYMOUS;
	verdict->rules = 1u << RULE_ANONYMOUS | more_rules;
	verdict->scores[RULE_ANONYMOUS] = 1;
	verdict->scores[RULE_CAPITALS] = more_rules != 0 ? 0.9 : 0;
	verdict->missing = g_strdup(missing);
	verdict_add_finding(verdict, RULE_ANONYMOUS, "incomplete", 1, NULL, "text", "");
	verdict_add_finding(verdict, N_RULES, "topic", 1, NULL, "text", "");
	return verdict;
}

static const struct {
	const char *label, *missing, *name, *phone;
	guint32 more_rules;
	Outcome outcome;
	int rule;
	const char *still_missing;
} cases[] = {
	{ "the telephone was all", "phone", NULL, "+7 701 1", 0, OUTCOME_ACCEPT, -1,
	    NULL },
	{ "name and telephone", "name,phone", "А Б", "8 701", 0, OUTCOME_ACCEPT, -1,
	    NULL },
	{ "one of two", "name,phone", NULL, "8 701", 0, OUTCOME_REJECT, RULE_ANONYMOUS,
	    "name" },
	{ "nothing that was missing", "phone", "А Б", NULL, 0, OUTCOME_REJECT,
	    RULE_ANONYMOUS, "phone" },
	{ "another rule is broken too", "phone", NULL, "8 701", 1u << RULE_CAPITALS,
	    OUTCOME_HOLD, RULE_CAPITALS, NULL },
};

static void
test_cases(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Reading) first = reading_new(), reply = reading_new();
		g_autoptr(Verdict) verdict =
		    refusal(cases[i].missing, cases[i].more_rules);

		g_test_message("%s", cases[i].label);
		reply->name = g_strdup(cases[i].name);
		reply->phone = g_strdup(cases[i].phone);
		complete_verdict(first, verdict, reply);
		g_assert_cmpint(verdict->outcome, ==, cases[i].outcome);
		g_assert_cmpint(verdict->rule, ==, cases[i].rule);
		g_assert_cmpstr(verdict->missing, ==, cases[i].still_missing);
		g_assert_cmpuint(
		    verdict->findings->len, ==, cases[i].still_missing != NULL ? 2 : 1);
	}
}

/* What the first letter said stays, even when the reply says something else. */
static void
test_own_words_stay(void)
{
	g_autoptr(Reading) first = reading_new(), reply = reading_new();
	g_autoptr(Verdict) verdict = refusal("phone", 0);

	first->name = g_strdup("Жумабекова Айгерим");
	reply->name = g_strdup("Другое Имя");
	reply->phone = g_strdup("8 701");
	reply->confidential = TRUE;
	complete_verdict(first, verdict, reply);
	g_assert_cmpstr(first->name, ==, "Жумабекова Айгерим");
	g_assert_cmpstr(first->phone, ==, "8 701");
	g_assert_cmpstr(first->phone_where, ==, "completion");
	g_assert_true(first->confidential);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/complete/cases", test_cases);
	g_test_add_func("/complete/the author's own words stay", test_own_words_stay);
	return g_test_run();
}
