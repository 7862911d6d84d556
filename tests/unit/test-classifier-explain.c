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
	verdict->scores[RULE_HATE] = 1.3;
	verdict->version = g_strdup("v1");
	verdict->second_topic = TOPIC_GENERAL;
	verdict_add_finding(verdict, RULE_HATE, "hate/threat", 1.3, "ответит за",
	    "text line 2", "threatens a person");
	verdict_add_finding(verdict, RULE_HATE, "hate/learned", 0.4, "волокиту +0.4",
	    "text", "learned from such letters");
	verdict_add_finding(verdict, RULE_PRIVATE, "private/university", -0.7, "Диплом",
	    "subject", "a matter of the university");
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
test_verdict(void)
{
	if (g_test_subprocess()) {
		WorkerResult result = { .reading = a_reading(), .verdict = a_verdict() };

		explain_in_child(&result);
		worker_result_clear(&result);
		return;
	}
	g_test_trap_subprocess(NULL, 0, 0);

	g_test_trap_assert_passed();
	g_test_trap_assert_stdout("*hold: a person must look; hate (5.3 (2))\n*");
	g_test_trap_assert_stdout("*broken: * hate (5.3 (2)) weighs 1.30; *from*\n*");
	g_test_trap_assert_stdout("*+1.30 *“ответит за” (text line 2): threatens*\n*");
	g_test_trap_assert_stdout("*\n * " LINE "\n*");
	g_test_trap_assert_stdout("*+0.40 *волокиту +0.4 (text): learned*\n*");
	g_test_trap_assert_stdout_unmatched("*“волокиту +0.4”*");
	g_test_trap_assert_stdout("*not broken: private*-0.70 *“Диплом” (subject): "
				  "speaks against it: a matter*");
	g_test_trap_assert_stdout("*no danger*+0.30*not there\n*");
	g_test_trap_assert_stdout("*nothing found: anonymous, secret, personal-data, *");
	g_test_trap_assert_stdout("*not tested: flood*");
	g_test_trap_assert_stdout("*name * Цой Марина (signature)\n*");
	g_test_trap_assert_stdout("*phone * not found\n*");
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
	g_test_trap_assert_stdout_unmatched("*broken*");
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
	g_test_trap_assert_stdout("letter.eml\n*hold: *not readable: timeout\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/explain/a verdict with its evidence", test_verdict);
	g_test_add_func("/explain/no rules for a machine's letter", test_machine);
	g_test_add_func("/explain/a letter that can't be read", test_unreadable);
	return g_test_run();
}
