/* What a moderator reads of a verdict: every find with its words, place and reason, and
 * what was looked for in vain. */
#include "classify-private.h"

#include <locale.h>

#define LINE "Кто ответит за эту волокиту?"

static Reading *
a_reading(void)
{
	Reading *reading = reading_new();

	reading->subject = g_strdup("Диплом");
	reading->text = g_strdup("Здравствуйте!\n" LINE "\nЦой Марина");
	reading->name = g_strdup("Цой Марина");
	reading->name_where = g_strdup("signature");
	return reading;
}

static Verdict *
a_verdict(void)
{
	Verdict *verdict = verdict_new();

	verdict->outcome = OUTCOME_HOLD;
	verdict->rule = RULE_HATE;
	verdict->rules = 1u << RULE_HATE;
	verdict->scores[RULE_HATE] = 2.0;
	verdict->topic = TOPIC_ACADEMIC;
	verdict->version = g_strdup("v1");
	verdict->second_topic = TOPIC_GENERAL;
	verdict_add_finding(verdict, RULE_HATE, "hate/threat", 1.3, "ответит за",
	    "text line 2", "threatens a person");
	verdict_add_finding(verdict, RULE_HATE, "hate/learned", 0.4, "волокиту +0.4",
	    "text", "learned from such letters");
	verdict_add_finding(verdict, RULE_HATE, "hate/learned-strongly", 0.3,
	    "волокиту +0.4", "text", "learned, strongly");
	verdict_add_finding(verdict, RULE_PRIVATE, "private/university", -0.7, "Диплом",
	    "subject", "a matter of the university");
	verdict_add_finding(verdict, RULE_PRIVATE, "private/university", -0.35,
	    "волокиту", "text line 2", "a matter of the university");
	verdict_add_finding(verdict, RULE_CAPITALS, "capitals/share", 0.4, "", "text",
	    "the share of capitals");
	verdict_add_finding(
	    verdict, N_RULES, "partial", 0, "", "text", "only the first text is here");
	verdict_add_finding(verdict, RULE_HATE, "joint", 1.7, "ответит +0.3, за +0.0",
	    "text", "together it looks so");
	verdict_add_finding(verdict, N_RULES, "academic", 0.9,
	    "Диплом +0.3, как +0.0, диплом +0.3, зачётка", "text", "the topic");
	verdict_add_finding(
	    verdict, N_RULES, "general", 0.5, "", "text", "the runner-up");
	verdict_add_finding(verdict, N_RULES, "urgent/word", 0.3, "Кто", "text line 9",
	    "a line that is not there");
	return verdict;
}

static void
explain_in_child(WorkerResult *result)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Judge) judge = judge_load(TEST_SOURCE_ROOT "/classifier/data", &error);

	g_assert_no_error(error);
	setlocale(LC_CTYPE, "C.UTF-8");
	explain_print(judge, "letter.eml", result);
}

static void
explain_a_verdict(void)
{
	WorkerResult result = { .reading = a_reading(), .verdict = a_verdict() };

	explain_in_child(&result);
	worker_result_clear(&result);
}

static void
test_verdict(void)
{
	if (g_test_subprocess()) {
		explain_a_verdict();
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	g_test_trap_assert_stdout("*hold: a person must look; hate (5.3 (2))\n*");
	g_test_trap_assert_stdout("*decided   together it looks so: hate lies 1.70 above "
				  "a fair*letter\n*refused*learned ответит +0.3\n*");
	g_test_trap_assert_stdout("*decided   partial: only the first text is here\n*");
	g_test_trap_assert_stdout("*name * Цой Марина (signature)\n*");
	g_test_trap_assert_stdout("*phone * not found\n*");
	g_test_trap_assert_stdout("*danger    no: weighs 0.30*not there\n*");
}

static void
test_evidence(void)
{
	if (g_test_subprocess()) {
		explain_a_verdict();
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	g_test_trap_assert_stdout(
	    "*+1.30  threatens a person\n *“ответит за” (text line 2)\n * " LINE "\n*");
	/* The same words in two degrees are one reason. */
	g_test_trap_assert_stdout(
	    "*+0.70  learned from such letters\n *волокиту +0.4\n*");
	g_test_trap_assert_stdout_unmatched("*“волокиту +0.4”*");
	g_test_trap_assert_stdout(
	    "*-1.05  speaks against it: a matter of the university\n"
	    " *“Диплом” (subject) -0.70\n"
	    " *“волокиту” (text line 2) -0.35\n*");
}

/* Every test has its row, whether it found something or not. */
static void
test_tests(void)
{
	static const char *const rows[] = { "anonymous * 0.00 * nothing found",
		"incomplete * 0.00 * nothing found", "secret * 0.00 * nothing found",
		"hate * 2.00 * 0.75 * 1.80  enough to refuse",
		"personal-data * 0.00 * nothing found",
		"commercial * 0.00 * nothing found", "unlawful * 0.00 * nothing found",
		"obscene * 0.00 * nothing found",
		"private * 0.00 * only what speaks against",
		"petition * 0.00 * nothing found", "flood * - * not tested",
		"unintelligible * 0.00 * nothing found", "capitals * 0.40 * not enough",
		"unsentenced * 0.00 * nothing found" };

	if (g_test_subprocess()) {
		explain_a_verdict();
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *row = g_strdup_printf("*\n  %s\n*", rows[i]);

		g_test_trap_assert_stdout(row);
	}
}

static void
test_topic(void)
{
	if (g_test_subprocess()) {
		explain_a_verdict();
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	g_test_trap_assert_stdout(
	    "*topic     academic, not sure: *general,*is 0.40 behind (sure from *)\n*");
	g_test_trap_assert_stdout("*for academic: зачётка; learned Диплом +0.3\n*");
	g_test_trap_assert_stdout("*for general: none of its words\n*");
}

/* A letter's words can't take the terminal, and lines stay on the screen. */
static void
test_screen(void)
{
	if (g_test_subprocess()) {
		WorkerResult result = { .reading = a_reading(), .verdict = a_verdict() };
		g_autofree char *line = g_strnfill(300, 'x');

		g_free(result.reading->name);
		result.reading->name =
		    g_strconcat("A\x1b[2J\xe2\x80\xae", line, " word word\nword", NULL);
		explain_in_child(&result);
		worker_result_clear(&result);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	g_test_trap_assert_stdout_unmatched("*\x1b*");
	g_test_trap_assert_stdout_unmatched("*\xe2\x80\xae*");
	g_test_trap_assert_stdout_unmatched("*xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
					    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx*");
	g_test_trap_assert_stdout("*xxxx word word word (signature)\n*");
}

static void
test_machine(void)
{
	if (g_test_subprocess()) {
		WorkerResult result = { .reading = a_reading(), .verdict = a_verdict() };

		result.verdict->outcome = OUTCOME_IGNORE;
		explain_in_child(&result);
		worker_result_clear(&result);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	g_test_trap_assert_stdout("*ignore: a machine sent it*");
	g_test_trap_assert_stdout_unmatched("*THE TESTS*");
}

static void
test_unreadable(void)
{
	if (g_test_subprocess()) {
		WorkerResult result = { .failure = "timeout" };

		explain_in_child(&result);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	g_test_trap_assert_stdout("letter.eml\n*hold: *not readable: timeout\n*");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/explain/a verdict with its evidence", test_verdict);
	g_test_add_func("/explain/each reason once, with its finds", test_evidence);
	g_test_add_func("/explain/all fourteen tests with weight and limits", test_tests);
	g_test_add_func("/explain/both topics and what lies between", test_topic);
	g_test_add_func("/explain/a hostile name on a screen of 80 columns", test_screen);
	g_test_add_func("/explain/no rules for a machine's letter", test_machine);
	g_test_add_func("/explain/a letter that can't be read", test_unreadable);
	return g_test_run();
}
