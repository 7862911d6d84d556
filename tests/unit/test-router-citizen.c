/* A citizen's later letters about his case. */
#include "citizen.h"
#include "talk-house.h"

#define REPLY "\"reply_to\":\"rector+c1.*@" DOMAIN "\""

/* --- what it says --- */

typedef enum { ADDITION, OBJECTION, THANKS, STATUS } Expected; /* as FollowUp */

static const struct {
	const char *label, *text;
	Expected open, answered; /* before the answer, after it */
} texts[] = {
	{ "thanks, Kazakh", "Көп рахмет!", THANKS, THANKS },
	{ "thanks, Russian", "Спасибо большое за быстрый ответ. Анна", THANKS, THANKS },
	{ "thanks, English", "Thank you very much for your help.", THANKS, THANKS },
	{ "thanks for an answer to a question", "Сұрағыма жауап бергеніңіз үшін рахмет.",
	    THANKS, THANKS },
	{ "thanks, but", "Спасибо, но расписание всё ещё старое.", ADDITION, ADDITION },
	{ "thanks and a question", "Спасибо. А когда начнётся сессия?", ADDITION,
	    ADDITION },
	{ "thanks and a request", "Рахмет, қосымша анықтама сұраймын.", ADDITION,
	    ADDITION },
	{ "status, Kazakh", "Өтінішім қай сатыда?", STATUS, STATUS },
	{ "status, Russian", "На какой стадии моё обращение?", STATUS, STATUS },
	{ "status, Russian, when", "Здравствуйте! Когда будет ответ?", STATUS, STATUS },
	{ "status, English", "What is the status of my appeal?", STATUS, STATUS },
	{ "objection, Kazakh", "Бұл жауап емес, мәселе шешілмеді.", ADDITION, OBJECTION },
	{ "objection, Kazakh, nothing came", "Сұрағыма жауап берілмеді.", ADDITION,
	    OBJECTION },
	{ "objection, Russian", "Вы не ответили на мой вопрос.", ADDITION, OBJECTION },
	{ "objection, Russian, an empty answer", "Это отписка, я с ней не согласна.",
	    ADDITION, OBJECTION },
	{ "objection, English", "You did not answer my question.", ADDITION, OBJECTION },
	{ "objection with thanks before it",
	    "Спасибо, но проблема не решена: ничего не изменилось.", ADDITION,
	    OBJECTION },
	{ "answered to the point, and thanks", "Ответили по существу, спасибо.", THANKS,
	    THANKS },
	{ "no objection", "Не возражаю против переноса занятия.", ADDITION, ADDITION },
	{ "an addition", "Прилагаю копию справки и номер группы.", ADDITION, ADDITION },
	{ "nothing", "", ADDITION, ADDITION },
};

static void
test_texts(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Phrases) words = citizen_words_load(DATA "/reply.txt", &error);

	g_assert_no_error(error);
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		const Spec spec = { .text = texts[i].text, .bare = TRUE };
		g_autoptr(Reading) reading = make_reading(&spec);

		g_test_message("%s", texts[i].label);
		g_assert_cmpint(
		    (int)citizen_read(words, reading, FALSE), ==, (int)texts[i].open);
		g_assert_cmpint(
		    (int)citizen_read(words, reading, TRUE), ==, (int)texts[i].answered);
	}
}

/* A file wants to be seen; a long letter says more than thanks. */
static void
test_not_thanks_alone(void)
{
	g_autoptr(Phrases) words = citizen_words_load(DATA "/reply.txt", NULL);
	const Spec with_file = { .text = "Спасибо!" };
	g_autoptr(Reading) file = make_reading(&with_file);
	g_autoptr(GString) text = g_string_new("Спасибо!");
	g_autoptr(Reading) lengthy = NULL;

	for (int i = 0; i < 40; i++)
		g_string_append(text, " Расписание висит на стене.");
	{
		const Spec spec = { .text = text->str, .bare = TRUE };

		lengthy = make_reading(&spec);
	}
	g_assert_cmpint((int)citizen_read(words, file, FALSE), ==, ADDITION);
	g_assert_cmpint((int)citizen_read(words, lengthy, FALSE), ==, ADDITION);
}

/* "Thanks for the quick answer" looks like a question about the answer to a machine. */
static void
test_thanks_for_an_answer(void)
{
	g_autoptr(Phrases) words = citizen_words_load(DATA "/reply.txt", NULL);
	const Spec spec = { .text = "Спасибо за быстрый ответ, действительно чисто!",
		.kind = KIND_STATUS,
		.bare = TRUE };
	g_autoptr(Reading) reading = make_reading(&spec);

	g_assert_cmpint((int)citizen_read(words, reading, TRUE), ==, THANKS);
}

/* --- what comes of it --- */

static gint64
write_number(
    House *house, const char *text, Kind kind, const char *no_answer, gint64 received_at)
{
	const Spec spec = { .text = text,
		.kind = kind,
		.language = LANGUAGE_RU,
		.no_answer = no_answer,
		.case_number = "2026-000001",
		.message_id = "<later@student.example>",
		.received_at = received_at,
		.bare = TRUE };

	return write_mail(house, &spec);
}

static const struct {
	const char *label, *text;
	Kind kind;
	const char *no_answer;
	const char *steps, *told;
} letters[] = {
	{ "an addition", "Прилагаю номер группы: 301.", KIND_APPEAL, NULL,
	    "addition citizen - -",
	    "addition official " ACADEMIC
	    " {\"due\":\"2026-04-15\",\"whole\":true,\"urgent\":false,"
	    "\"confidential\":false,\"attachments\":0," REPLY "}\njoined citizen " CITIZEN
	    " {}" },
	{ "an addition that wants no answer", "Прилагаю номер группы: 301.", KIND_APPEAL,
	    "suppress", "addition citizen - -",
	    "addition official " ACADEMIC
	    " {\"due\":\"2026-04-15\",\"whole\":true,\"urgent\":false,"
	    "\"confidential\":false,\"attachments\":0," REPLY "}" },
	{ "thanks", "Спасибо!", KIND_THANKS, NULL, "thanks citizen - -", "" },
	{ "a question by its kind", "Что там с делом?", KIND_STATUS, NULL,
	    "status citizen - -",
	    "status citizen " CITIZEN " {\"state\":\"open\",\"due\":\"2026-04-15\"}" },
	{ "an objection before the answer", "Вы не ответили на мой вопрос.", KIND_APPEAL,
	    NULL, "addition citizen - -",
	    "addition official " ACADEMIC
	    " {\"due\":\"2026-04-15\",\"whole\":true,\"urgent\":false,"
	    "\"confidential\":false,\"attachments\":0," REPLY "}\njoined citizen " CITIZEN
	    " {}" },
};

static void
test_letters(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(letters); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *list = NULL, *steps = NULL, *state = NULL;
		gint64 id;

		g_test_message("%s", letters[i].label);
		set_up(&house, NULL);
		to = open_case(&house, NULL);
		id = write_number(
		    &house, letters[i].text, letters[i].kind, letters[i].no_answer, 0);

		list = told(&house);
		steps = steps_of(&house);
		state = state_why(&house, id);
		g_assert_cmpstr(list, ==, letters[i].told);
		g_assert_cmpstr(steps, ==, letters[i].steps);
		g_assert_cmpstr(state, ==, "closed joined");
		tear_down(&house, NULL);
	}
}

static void
answer_case(House *house)
{
	g_autofree char *to = open_case(house, NULL);

	write_as(house, ACADEMIC, to, GOOD_ANSWER);
	send_all(house, NOW);
	pass_at(house, NOW + 100);
}

/* Friday 10 April 2026: a new term of 15 working days. */
#define OBJECTED_AT (NOW + 21 * DAY_SECONDS)

static void
test_objection_reopens_once(House *house, gconstpointer data)
{
	g_autofree char *list = NULL, *again = NULL, *steps = NULL;
	g_autoptr(Case) item = NULL, still = NULL;
	g_autoptr(GPtrArray) all = NULL;

	answer_case(house);
	write_number(
	    house, "Вы не ответили на мой вопрос.", KIND_APPEAL, NULL, OBJECTED_AT);
	list = told(house);
	item = the_case(house);
	all = notices(house);
	g_assert_cmpstr(item->state, ==, "open");
	g_assert_cmpstr(item->due_on, ==, "2026-05-04");
	g_assert_cmpstr(list, ==,
	    "objection official " ACADEMIC
	    " {\"due\":\"2026-05-04\",\"whole\":true,\"urgent\":false,"
	    "\"confidential\":false,\"attachments\":0,\"calendar\":\"request\","
	    "\"sequence\":3," REPLY "}\n"
	    "objection moderator " MODERATOR
	    " {\"due\":\"2026-05-04\",\"whole\":true,\"urgent\":false,"
	    "\"confidential\":false,\"attachments\":0}\n"
	    "objection office office@" DOMAIN
	    " {\"due\":\"2026-05-04\",\"whole\":true,\"urgent\":false,"
	    "\"confidential\":false,\"attachments\":0}\n"
	    "reopened citizen " CITIZEN " {\"due\":\"2026-05-04\"}");
	g_assert_cmpint(((const Notice *)all->pdata[0])->letter, ==, 3);
	g_assert_cmpstr(
	    ((const Notice *)all->pdata[3])->in_reply_to, ==, "<later@student.example>");
	g_assert_cmpuint(count_series(house, "reminder"), >, 0);
	send_all(house, OBJECTED_AT);

	{ /* answered once more, and objected to once more */
		g_autofree char *to = NULL;

		to = reply_address(house, "reminder", "official", "reply_to");
		write_as(house, ACADEMIC, to, GOOD_ANSWER);
		send_all(house, OBJECTED_AT + 100);
		pass_at(house, OBJECTED_AT + 200);
	}
	write_number(
	    house, "Вы не ответили на мой вопрос.", KIND_APPEAL, NULL, OBJECTED_AT + 300);
	still = the_case(house);
	again = told(house);
	steps = steps_of(house);
	g_assert_cmpstr(still->state, ==, "closed");
	g_assert_true(g_str_has_prefix(again, "addition official " ACADEMIC));
	g_assert_cmpstr(steps, ==,
	    "answer academic - -\nclosing rector-router - -\n"
	    "objection citizen 2026-05-04 -\nanswer academic - -\n"
	    "closing rector-router - -\naddition citizen - -");
}

static void
test_status_of_a_closed_case(House *house, gconstpointer data)
{
	g_autofree char *list = NULL;

	answer_case(house);
	write_number(house, "На какой стадии моё обращение?", KIND_STATUS, NULL,
	    NOW + DAY_SECONDS);
	list = told(house);
	g_assert_cmpstr(list, ==,
	    "status citizen " CITIZEN
	    " {\"state\":\"closed\",\"due\":\"2026-04-15\",\"ended\":\"2026-03-20\"}");
}

/* Whose number it is, and whether it is one, is told to nobody else. */
static void
test_status_unknown(House *house, gconstpointer data)
{
	G_GNUC_UNUSED g_autofree char *to = open_case(house, NULL), *list = NULL;
	const char *const numbers[] = { "2026-000001", "2026-000999" };
	g_autoptr(GPtrArray) all = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
		const Spec spec = { .from = "boris@x.example",
			.kind = KIND_STATUS,
			.case_number = numbers[i],
			.message_id = "<ask@x.example>" };

		write_mail(house, &spec);
	}
	list = told(house);
	all = notices(house);
	g_assert_cmpstr(list, ==,
	    "status-unknown citizen boris@x.example {}\n"
	    "status-unknown citizen boris@x.example {}");
	for (guint i = 0; i < all->len; i++)
		g_assert_cmpint(((const Notice *)all->pdata[i])->case_id, ==, 0);
}

/* A new term beyond the calendar is no guess. */
static void
test_objection_beyond_calendar(House *house, gconstpointer data)
{
	g_autofree char *state = NULL;
	g_autoptr(Case) item = NULL;

	answer_case(house);
	state = state_why(house,
	    write_number(house, "Вы не ответили на мой вопрос.", KIND_APPEAL, NULL,
		NOW + (gint64)3650 * DAY_SECONDS));
	item = the_case(house);
	g_assert_cmpstr(state, ==, "held calendar");
	g_assert_cmpstr(item->state, ==, "closed");
}

#define DIRECT "[router]\nanswers = direct\n"
#define ADD_DIRECT(path, function)                                                       \
	g_test_add("/router/citizen/" path, House, DIRECT, set_up, function, tear_down)

static void
set_up_with_office(House *house, gconstpointer data)
{
	set_up(house, DIRECT);
	house->rules->university.office = (char *)"office@" DOMAIN;
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/citizen/texts", test_texts);
	g_test_add_func("/router/citizen/not-thanks-alone", test_not_thanks_alone);
	g_test_add_func(
	    "/router/citizen/thanks-for-an-answer", test_thanks_for_an_answer);
	g_test_add_func("/router/citizen/letters", test_letters);
	g_test_add("/router/citizen/objection-reopens-once", House, NULL,
	    set_up_with_office, test_objection_reopens_once, tear_down);
	ADD_DIRECT("status-of-a-closed-case", test_status_of_a_closed_case);
	ADD("/router/citizen/status-unknown", test_status_unknown);
	ADD_DIRECT("objection-beyond-calendar", test_objection_beyond_calendar);
	return g_test_run();
}
