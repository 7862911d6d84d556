/* 5.3 (9): only the history makes a flood. */
#include "judge-sample.h"

#include <string.h>

typedef struct {
	const char *label, *text;
	History history;
	Outcome outcome;
	gboolean found;
} Run;

#define LONG_TEXT                                                                                                                                           \
	"Прошу разъяснить порядок перезачёта кредитов после семестра в Польше. Учебное " \
	"соглашение подписано деканом в августе, оригинал транскрипта я сдала в "               \
	"деканат "                                                                                                                                   \
	"вместе с заявлением. Ответа нет второй месяц, сессия начинается в понедельник."

static const Run runs[] = {
	{ "the first short letter is judged by itself",
	    "Ректор, почему вы мне не отвечаете?", { 0, 0, 0 }, OUTCOME_ACCEPT, FALSE },
	{ "one before is no flood", "Ректор, почему вы мне не отвечаете?", { 1, 1, 0 },
	    OUTCOME_ACCEPT, FALSE },
	{ "two short ones before", "Ректор, почему вы мне не отвечаете?", { 2, 2, 0 },
	    OUTCOME_REJECT, TRUE },
	{ "the same text the third time", LONG_TEXT, { 2, 0, 2 }, OUTCOME_REJECT, TRUE },
	{ "a real letter after two short ones", LONG_TEXT, { 2, 2, 0 }, OUTCOME_ACCEPT,
	    FALSE },
	{ "very many letters make a person look", LONG_TEXT, { 12, 0, 0 }, OUTCOME_HOLD,
	    TRUE },
	{ "danger among them is held", "Помогите, он с ножом, собирается избить соседа!",
	    { 5, 5, 0 }, OUTCOME_HOLD, TRUE },
};

static void
check_run(gconstpointer data)
{
	const Run *run = data;
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading = make_reading("Сұрақ / Вопрос", run->text);
	g_autoptr(Verdict) verdict = judge_letter(judge, reading);

	judge_flood(judge, reading, &run->history, verdict);

	g_assert_cmpstr(outcome_names[verdict->outcome], ==, outcome_names[run->outcome]);
	g_assert_cmpint(breaks(verdict, RULE_FLOOD), ==, run->found);
	if (run->outcome == OUTCOME_REJECT)
		g_assert_cmpint(verdict->rule, ==, RULE_FLOOD);
}

static void
obey_mode(void)
{
	const History history = { 5, 5, 5 };
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading =
	    make_reading("Сұрақ / Вопрос", "Ректор, почему вы мне не отвечаете?");
	g_autoptr(Verdict) held = judge_letter(judge, reading);
	g_autoptr(Verdict) off = judge_letter(judge, reading);

	judge_set_mode(judge, RULE_FLOOD, MODE_HOLD);
	judge_flood(judge, reading, &history, held);
	judge_set_mode(judge, RULE_FLOOD, MODE_OFF);
	judge_flood(judge, reading, &history, off);

	g_assert_cmpint(held->outcome, ==, OUTCOME_HOLD);
	g_assert_cmpint(off->outcome, ==, OUTCOME_ACCEPT);
}

static void
ignore_robots(void)
{
	const History history = { 9, 9, 9 };
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading = make_reading("Автоответ", "Я в отпуске.");
	g_autoptr(Verdict) verdict = NULL;

	reading->kind = KIND_AUTO;
	verdict = judge_letter(judge, reading);
	judge_flood(judge, reading, &history, verdict);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_IGNORE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(runs); i++) {
		g_autofree char *path = g_strconcat("/flood/", runs[i].label, NULL);

		g_test_add_data_func(path, &runs[i], check_run);
	}
	g_test_add_func("/flood/the setting holds or switches off", obey_mode);
	g_test_add_func("/flood/an automatic reply floods nobody", ignore_robots);
	return g_test_run();
}
