/* What the moderator's mail decides. */
#include "answer.h"
#include "talk-house.h"

#define REPLY_C "\"reply_to\":\"rector+c1.*@" DOMAIN "\""
#define REPLY_A "\"reply_to\":\"rector+a1.*@" DOMAIN "\""
#define REPLY_H "\"reply_to\":\"rector+h1.*@" DOMAIN "\""
#define CONFIRMED "confirmation moderator " MODERATOR " "
#define REFUSED "command-refused moderator " MODERATOR " "

/* --- answers --- */

static char *
wait_for_approval(House *house)
{
	g_autofree char *to = open_case(house, NULL);
	char *approval;

	write_as(house, ACADEMIC, to, GOOD_ANSWER);
	approval = reply_address(house, "approval", "moderator", "reply_to");
	send_all(house, NOW);
	return approval;
}

static const struct {
	const char *label, *text;
	const char *state, *steps, *told;
} decisions[] = {
	{ "approve", "ОДОБРИТЬ", "answered approved",
	    "approval moderator - -\nanswer academic - -",
	    "answer citizen " CITIZEN " {}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"answer\",\"calendar\":\"cancel\",\"sequence\":1," REPLY_C
	    "}\n" CONFIRMED "{\"command\":\"approve\"}" },
	{ "approve, in Kazakh and politely", "Сәлеметсіз бе!\n\nмақұлдау.",
	    "answered approved", "approval moderator - -\nanswer academic - -",
	    "answer citizen " CITIZEN " {}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"answer\",\"calendar\":\"cancel\",\"sequence\":1," REPLY_C
	    "}\n" CONFIRMED "{\"command\":\"approve\"}" },
	{ "return", "ВЕРНУТЬ укажите кабинет", "open returned",
	    "return moderator - укажите кабинет",
	    "answer-returned official " ACADEMIC
	    " {\"why\":\"remark\",\"remark\":\"укажите кабинет\","
	    "\"due\":\"2026-04-15\"," REPLY_C "}\n" CONFIRMED
	    "{\"command\":\"return\"}" },
	{ "return without a remark", "RETURN", "open waiting", "",
	    REFUSED "{\"command\":\"return\",\"why\":\"no-reason\","
		    "\"due\":\"2026-04-15\"," REPLY_A "}" },
	{ "approve, but", "ОДОБРИТЬ, но исправьте дату", "open waiting", "",
	    REFUSED "{\"command\":\"approve\",\"why\":\"unknown-command\","
		    "\"due\":\"2026-04-15\"," REPLY_A "}" },
	{ "no command", "Хорошо", "open waiting", "",
	    REFUSED "{\"command\":\"unknown\",\"why\":\"unknown-command\","
		    "\"due\":\"2026-04-15\"," REPLY_A "}" },
	{ "a held letter's command", "ПРИНЯТЬ social", "open waiting", "",
	    REFUSED "{\"command\":\"unknown\",\"why\":\"unknown-command\","
		    "\"due\":\"2026-04-15\"," REPLY_A "}" },
};

static void
test_answers(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(decisions); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *list = NULL, *steps = NULL, *state = NULL;
		g_autoptr(Case) item = NULL;
		g_autoptr(Answer) answer = NULL;

		g_test_message("%s", decisions[i].label);
		set_up(&house, NULL);
		to = wait_for_approval(&house);

		write_as(&house, MODERATOR, to, decisions[i].text);

		list = told(&house);
		steps = steps_of(&house);
		item = the_case(&house);
		answer = store_answer_get(house.queue, 1, NULL);
		state =
		    g_strdup_printf("%s %s", item->state, answer_names[answer->state]);
		g_assert_cmpstr(list, ==, decisions[i].told);
		g_assert_cmpstr(steps, ==, decisions[i].steps);
		g_assert_cmpstr(state, ==, decisions[i].state);
		tear_down(&house, NULL);
	}
}

/* The citizen reads the official's words, and his case closes with their delivery. */
static void
test_approved_answer_closes(House *house, gconstpointer data)
{
	g_autofree char *to = wait_for_approval(house);
	g_autoptr(GPtrArray) all = NULL;
	g_autoptr(Case) item = NULL;

	write_as(house, MODERATOR, to, "APPROVE");
	all = notices(house);
	g_assert_cmpstr(((const Notice *)all->pdata[0])->kind, ==, "answer");
	g_assert_cmpint(((const Notice *)all->pdata[0])->letter, ==, 2);
	g_assert_nonnull(((const Notice *)all->pdata[0])->bounce);
	send_all(house, NOW + 100);
	pass_at(house, NOW + 200);
	item = the_case(house);
	g_assert_cmpstr(item->state, ==, "closed");
	g_assert_cmpuint(count_series(house, "reminder"), ==, 0);
	g_assert_cmpuint(count_series(house, "overdue-copy"), ==, 0);
}

/* The official's clock rests while the moderator has the answer, and runs on after. */
static void
test_reminders_rest(House *house, gconstpointer data)
{
	g_autofree char *to = wait_for_approval(house);

	g_assert_cmpuint(count_series(house, "reminder"), ==, 0);
	write_as(house, MODERATOR, to, "ҚАЙТАРУ кабинетті көрсетіңіз");
	g_assert_cmpuint(count_series(house, "reminder"), >, 0);
}

static void
test_second_decision(House *house, gconstpointer data)
{
	g_autofree char *to = wait_for_approval(house), *list = NULL;
	g_autoptr(Case) item = NULL;

	write_as(house, MODERATOR, to, "ВЕРНУТЬ укажите кабинет");
	send_all(house, NOW);
	write_as(house, MODERATOR, to, "ОДОБРИТЬ");

	list = told(house);
	item = the_case(house);
	g_assert_cmpstr(list, ==,
	    "already-decided moderator " MODERATOR
	    " {\"by\":\"moderator\",\"what\":\"returned\"}");
	g_assert_cmpstr(item->state, ==, "open");
}

/* Two answers to one case: each has its own word, and the citizen gets both. */
static void
test_two_answers(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *first = NULL, *second = NULL,
			*list = NULL;

	write_as(house, ACADEMIC, to, GOOD_ANSWER);
	first = reply_address(house, "approval", "moderator", "reply_to");
	send_all(house, NOW);
	write_as(house, ACADEMIC, to, "Поправка: занятия начнутся в 10:00.");
	second = reply_address(house, "approval", "moderator", "reply_to");
	send_all(house, NOW);
	g_assert_cmpstr(first, !=, second);
	write_as(house, MODERATOR, second, "ОДОБРИТЬ");
	send_all(house, NOW);
	pass_at(house, NOW + 100);
	write_as(house, MODERATOR, first, "ОДОБРИТЬ");

	list = told(house);
	g_assert_true(g_str_has_prefix(list, "answer citizen " CITIZEN));
}

/* Who is moderator no more decides nothing. */
static void
test_former_moderator(House *house, gconstpointer data)
{
	g_autofree char *to = wait_for_approval(house), *state = NULL;

	house->rules->university.moderator = (char *)"chief@" DOMAIN;
	state = state_why(house, write_as(house, MODERATOR, to, "ОДОБРИТЬ"));
	g_assert_cmpstr(state, ==, "held unproven");
}

/* --- held letters --- */

static const struct {
	const char *label;
	Spec held;
	const char *text;
	const char *state, *reason, *told;
} held_letters[] = {
	{ "accept", { .outcome = OUTCOME_HOLD }, "ПРИНЯТЬ", "routed -", "by mail",
	    CONFIRMED "{\"command\":\"accept\"}\n"
		      "forward official " ACADEMIC "\nacknowledgement citizen " CITIZEN },
	{ "accept as a topic", { .outcome = OUTCOME_HOLD },
	    "ҚАБЫЛДАУ social жатақхана туралы", "routed -", "жатақхана туралы",
	    CONFIRMED "{\"command\":\"accept\",\"topic\":\"social\"}\n"
		      "forward official " CAMPUS "\nacknowledgement citizen " CITIZEN },
	{ "accept for an official", { .outcome = OUTCOME_HOLD }, "ACCEPT campus",
	    "routed -", "by mail",
	    CONFIRMED "{\"command\":\"accept\",\"to\":\"Тоқтаров Ерлан Жұмабайұлы\"}\n"
		      "forward official " CAMPUS "\nacknowledgement citizen " CITIZEN },
	{ "reject", { .outcome = OUTCOME_HOLD }, "БАС ТАРТУ obscene", "closed rejected",
	    "by mail",
	    CONFIRMED "{\"command\":\"reject\",\"rule\":\"obscene\"}\n"
		      "rejection citizen " CITIZEN },
	{ "reject without a rule", { .outcome = OUTCOME_HOLD }, "ОТКЛОНИТЬ",
	    "held verdict", NULL,
	    REFUSED "{\"command\":\"reject\",\"why\":\"unknown-rule\"," REPLY_H "}" },
	{ "accept as what?", { .outcome = OUTCOME_HOLD }, "ПРИНЯТЬ астрономия",
	    "held verdict", NULL,
	    REFUSED "{\"command\":\"accept\",\"why\":\"unknown-topic\"," REPLY_H "}" },
	{ "accept a complaint without naming who gets it",
	    { .outcome = OUTCOME_ACCEPT,
		.text = "Проректор Ахметов С.Б. вымогает деньги." },
	    "ПРИНЯТЬ", "held complaint-of-official", NULL,
	    REFUSED "{\"command\":\"accept\",\"why\":\"no-official\"," REPLY_H "}" },
	{ "accept a complaint for another official",
	    { .outcome = OUTCOME_ACCEPT,
		.text = "Проректор Ахметов С.Б. вымогает деньги." },
	    "ПРИНЯТЬ campus", "routed -", "by mail",
	    CONFIRMED "{\"command\":\"accept\",\"to\":\"Тоқтаров Ерлан Жұмабайұлы\"}\n"
		      "forward official " CAMPUS "\nacknowledgement citizen " CITIZEN },
};

/* Facts only of what goes to the moderator: the rest is route's. */
static char *
told_in_short(House *house)
{
	g_autofree char *list = told(house);
	g_auto(GStrv) lines = g_strsplit(list, "\n", -1);

	for (int i = 0; lines[i] != NULL; i++)
		if (strstr(lines[i], " moderator ") == NULL)
			*strstr(lines[i], " {") = '\0';
	return g_strjoinv("\n", lines);
}

static char *
hold_letter(House *house, const Spec *spec)
{
	char *to;

	judge(house, spec);
	pass_at(house, NOW);
	to = reply_address(house, "held", "moderator", "reply_to");
	send_all(house, NOW);
	return to;
}

static void
test_held(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(held_letters); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *list = NULL, *state = NULL;
		g_autoptr(Letter) letter = NULL;

		g_test_message("%s", held_letters[i].label);
		set_up(&house, NULL);
		to = hold_letter(&house, &held_letters[i].held);

		write_as(&house, MODERATOR, to, held_letters[i].text);

		list = told_in_short(&house);
		state = state_why(&house, 1);
		letter = store_letter_get(house.queue, 1, NULL);
		g_assert_cmpstr(list, ==, held_letters[i].told);
		g_assert_cmpstr(state, ==, held_letters[i].state);
		g_assert_cmpstr(letter->decided_reason, ==, held_letters[i].reason);
		tear_down(&house, NULL);
	}
}

static void
test_held_decided_before(House *house, gconstpointer data)
{
	const Spec spec = { .outcome = OUTCOME_HOLD };
	g_autofree char *to = hold_letter(house, &spec), *list = NULL, *state = NULL;

	decide(house, 1, OUTCOME_REJECT, RULE_OBSCENE, -1, NULL);
	pass_at(house, NOW + 200);
	send_all(house, NOW + 200);
	write_as(house, MODERATOR, to, "ПРИНЯТЬ");

	list = told(house);
	state = state_why(house, 1);
	g_assert_cmpstr(list, ==,
	    "already-decided moderator " MODERATOR
	    " {\"by\":\"moderator\",\"what\":\"reject\"}");
	g_assert_cmpstr(state, ==, "closed rejected");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/moderate/answers", test_answers);
	ADD("/router/moderate/approved-answer-closes", test_approved_answer_closes);
	ADD("/router/moderate/reminders-rest", test_reminders_rest);
	ADD("/router/moderate/second-decision", test_second_decision);
	ADD("/router/moderate/two-answers", test_two_answers);
	ADD("/router/moderate/former-moderator", test_former_moderator);
	g_test_add_func("/router/moderate/held", test_held);
	ADD("/router/moderate/held-decided-before", test_held_decided_before);
	return g_test_run();
}
