/* What an official's mail does to his case: state, steps, and every notice with its
 * facts. */
#include "talk-house.h"

#define REPLY "\"reply_to\":\"rector+c1.*@" DOMAIN "\""
#define REFUSED "command-refused official " ACADEMIC " "

/* Each on a case that is due on 15 April 2026; the mail comes on 20 March. */
static const struct {
	const char *label, *text;
	const char *state, *steps, *told; /* "-": none */
} commands[] = {
	{ "extend", "ПРОДЛИТЬ 30.04.2026 нужна справка из архива", "extended 2026-04-30",
	    "extension academic 2026-04-30 нужна справка из архива",
	    "extension citizen " CITIZEN
	    " {\"due\":\"2026-04-30\",\"old_due\":\"2026-04-15\","
	    "\"reason\":\"нужна справка из архива\"}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"extend\",\"due\":\"2026-04-30\",\"calendar\":\"request\","
	    "\"sequence\":1," REPLY "}" },
	{ "extend to a Saturday: the next working day",
	    "EXTEND 2026-04-25 the archive has to answer", "extended 2026-04-27",
	    "extension academic 2026-04-27 the archive has to answer",
	    "extension citizen " CITIZEN
	    " {\"due\":\"2026-04-27\",\"old_due\":\"2026-04-15\","
	    "\"reason\":\"the archive has to answer\"}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"extend\",\"due\":\"2026-04-27\",\"asked\":\"2026-04-25\","
	    "\"calendar\":\"request\","
	    "\"sequence\":1," REPLY "}" },
	{ "extend to the last possible day", "ҰЗАРТУ 20 мамыр мұрағат",
	    "extended 2026-05-20", "extension academic 2026-05-20 мұрағат",
	    "extension citizen " CITIZEN
	    " {\"due\":\"2026-05-20\",\"old_due\":\"2026-04-15\","
	    "\"reason\":\"мұрағат\"}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"extend\",\"due\":\"2026-05-20\",\"calendar\":\"request\","
	    "\"sequence\":1," REPLY "}" },
	{ "extend beyond it", "ПРОДЛИТЬ 21.05.2026 справка", "open 2026-04-15", "",
	    REFUSED
	    "{\"command\":\"extend\",\"why\":\"beyond-limit\",\"max\":\"2026-05-20\","
	    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "extend to the same day", "ПРОДЛИТЬ 15.04.2026 справка", "open 2026-04-15", "",
	    REFUSED
	    "{\"command\":\"extend\",\"why\":\"not-later\",\"max\":\"2026-05-20\","
	    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "extend to an impossible day", "ПРОДЛИТЬ 31.04.2026 справка", "open 2026-04-15",
	    "",
	    REFUSED
	    "{\"command\":\"extend\",\"why\":\"impossible-date\",\"max\":\"2026-05-20\","
	    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "extend without a reason", "продлить 30.04.2026", "open 2026-04-15", "",
	    REFUSED
	    "{\"command\":\"extend\",\"why\":\"no-reason\",\"max\":\"2026-05-20\","
	    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "extend without a date", "Ұзарту.", "open 2026-04-15", "",
	    REFUSED "{\"command\":\"extend\",\"why\":\"no-date\",\"max\":\"2026-05-20\","
		    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "the reason is one line and hides nothing",
	    "EXTEND 2026-04-30 the\u202earchive\n\thas\ato answer", "extended 2026-04-30",
	    "extension academic 2026-04-30 thearchive has to answer",
	    "extension citizen " CITIZEN
	    " {\"due\":\"2026-04-30\",\"old_due\":\"2026-04-15\","
	    "\"reason\":\"thearchive has to answer\"}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"extend\",\"due\":\"2026-04-30\",\"calendar\":\"request\","
	    "\"sequence\":1," REPLY "}" },
	{ "hand over", "ПЕРЕДАТЬ social это общежитие", "open 2026-04-15",
	    "reassignment academic 2026-04-15 это общежитие",
	    "forward official " CAMPUS
	    " {\"topic\":\"academic\",\"second_topic\":\"general\",\"whole\":true,"
	    "\"urgent\":false,\"confidential\":false,\"attachments\":1,"
	    "\"calendar\":\"request\",\"sequence\":1," REPLY "}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"reassign\",\"topic\":\"social\","
	    "\"to\":\"Тоқтаров Ерлан Жұмабайұлы\",\"calendar\":\"cancel\","
	    "\"sequence\":1," REPLY "}" },
	{ "hand over to oneself", "БЕРУ research", "open 2026-04-15", "",
	    REFUSED "{\"command\":\"reassign\",\"why\":\"same-official\","
		    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "hand over to a topic that is none", "REASSIGN astronomy", "open 2026-04-15",
	    "",
	    REFUSED "{\"command\":\"reassign\",\"why\":\"unknown-topic\","
		    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "a remark", "ЗАМЕТКА позвонить в деканат", "open 2026-04-15",
	    "remark academic - позвонить в деканат",
	    "remark moderator " MODERATOR " {}\n"
	    "confirmation official " ACADEMIC " {\"command\":\"remark\"," REPLY "}" },
	{ "the moderator's command", "ОДОБРИТЬ", "open 2026-04-15", "",
	    REFUSED "{\"command\":\"approve\",\"why\":\"not-yours\","
		    "\"by\":\"Ахметов Серик Болатович\",\"due\":\"2026-04-15\"," REPLY
		    "}" },
	{ "a command misspelt", "ПРАДЛИТЬ 30.04.2026 справка", "open 2026-04-15", "",
	    REFUSED "{\"command\":\"unknown\",\"why\":\"unknown-command\","
		    "\"due\":\"2026-04-15\"," REPLY "}" },
	{ "an answer", GOOD_ANSWER, "open 2026-04-15", "",
	    "approval moderator " MODERATOR
	    " {\"leaks\":[],\"reply_to\":\"rector+a1.*@" DOMAIN "\"}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"answer\",\"pending\":true," REPLY "}" },
	{ "an answer that begins like a command",
	    "Продлить срок невозможно, так как набор закрыт.", "open 2026-04-15", "",
	    "approval moderator " MODERATOR
	    " {\"leaks\":[],\"reply_to\":\"rector+a1.*@" DOMAIN "\"}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"answer\",\"pending\":true," REPLY "}" },
	{ "an answer that is empty", "Здравствуйте!\n\n-- \nАхметов С.Б.",
	    "open 2026-04-15", "return guard - empty",
	    "answer-returned official " ACADEMIC
	    " {\"why\":\"empty\",\"due\":\"2026-04-15\"," REPLY "}" },
	{ "an answer of one word", "Нет.", "open 2026-04-15", "return guard - short",
	    "answer-returned official " ACADEMIC
	    " {\"why\":\"short\",\"due\":\"2026-04-15\"," REPLY "}" },
};

static void
test_commands(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *list = NULL, *steps = NULL, *state = NULL;
		g_autoptr(Case) item = NULL;

		g_test_message("%s", commands[i].label);
		set_up(&house, NULL);
		to = open_case(&house, NULL);

		write_as(&house, ACADEMIC, to, commands[i].text);

		list = told(&house);
		steps = steps_of(&house);
		item = the_case(&house);
		state = g_strdup_printf("%s %s", item->state, item->due_on);
		g_assert_cmpstr(list, ==, commands[i].told);
		g_assert_cmpstr(steps, ==, commands[i].steps);
		g_assert_cmpstr(state, ==, commands[i].state);
		tear_down(&house, NULL);
	}
}

/* --- extensions in a row, and in time --- */

#define ALMATY_NOON(day) (NOW + (day)*DAY_SECONDS - 3 * 3600)

static gint64
write_on(House *house, const char *to, const char *text, int days_later)
{
	const Spec spec = { .from = ACADEMIC,
		.recipients = to,
		.text = text,
		.bare = TRUE,
		.received_at = ALMATY_NOON(days_later) };

	return write_mail(house, &spec);
}

static char *
why_refused(House *house)
{
	g_autofree char *list = told(house);
	const char *why = strstr(list, "\"why\":\"");

	return why == NULL ? NULL : g_strndup(why + 7, strcspn(why + 7, "\""));
}

static const struct {
	const char *label;
	int days_later; /* than 20 March */
	const char *text, *due, *why;
} in_time[] = {
	{ "on the due date", 26, "ПРОДЛИТЬ 30.04.2026 справка", "2026-04-30", NULL },
	{ "a day too late", 27, "ПРОДЛИТЬ 30.04.2026 справка", "2026-04-15", "too-late" },
	{ "two months from the decision, not from the term", 10,
	    "ПРОДЛИТЬ 01.06.2026 справка", "2026-06-01", NULL },
	{ "a day more than that", 10, "ПРОДЛИТЬ 02.06.2026 справка", "2026-04-15",
	    "beyond-limit" },
};

static void
test_in_time(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(in_time); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *why = NULL;
		g_autoptr(Case) item = NULL;

		g_test_message("%s", in_time[i].label);
		set_up(&house, NULL);
		to = open_case(&house, NULL);
		write_on(&house, to, in_time[i].text, in_time[i].days_later);
		item = the_case(&house);
		why = why_refused(&house);
		g_assert_cmpstr(item->due_on, ==, in_time[i].due);
		g_assert_cmpstr(why, ==, in_time[i].why);
		tear_down(&house, NULL);
	}
}

/* A second extension stays inside the first one's limit, however late it is. */
static void
test_second_extension(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *why = NULL;
	g_autoptr(Case) first = NULL, still = NULL, second = NULL;

	write_on(house, to, "ПРОДЛИТЬ 30.04.2026 справка", 0);
	first = the_case(house);
	g_assert_cmpstr(first->extended_on, ==, "2026-03-20");
	g_assert_cmpstr(first->extended_max, ==, "2026-05-20");
	send_all(house, NOW);
	write_on(house, to, "ПРОДЛИТЬ 25.05.2026 ещё справка", 30);
	still = the_case(house);
	why = why_refused(house);
	g_assert_cmpstr(why, ==, "beyond-limit");
	g_assert_cmpstr(still->due_on, ==, "2026-04-30");
	write_on(house, to, "ПРОДЛИТЬ 20.05.2026 ещё справка", 31);

	second = the_case(house);
	g_assert_cmpstr(second->due_on, ==, "2026-05-20");
	g_assert_cmpstr(second->extended_on, ==, "2026-03-20");
	g_assert_cmpstr(second->extended_max, ==, "2026-05-20");
	g_assert_cmpint(second->sequence, ==, 2);
}

/* extension_limit = both: registration and two months */
static void
test_strict_limit(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *why = NULL;

	write_on(house, to, "ПРОДЛИТЬ 21.05.2026 справка", 10);
	why = why_refused(house);
	g_assert_cmpstr(why, ==, "beyond-limit");
}

static void
test_reminders_follow(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL);
	g_autoptr(GPtrArray) all = NULL;
	guint before = count_series(house, "reminder");

	write_as(house, ACADEMIC, to, "ПРОДЛИТЬ 30.04.2026 справка");

	g_assert_cmpuint(before, >, 0);
	g_assert_cmpuint(count_series(house, "reminder"), ==, before);
	all = store_notices_due(house->notifier, G_MAXINT64 / 2, 10000, NULL);
	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = g_ptr_array_index(all, i);

		if (g_strcmp0(notice->series, "reminder") == 0)
			g_assert_nonnull(strstr(notice->facts, "\"due\":\"2026-04-30\""));
	}
}

/* --- whose case it is --- */

static void
test_former_official(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *list = NULL, *next = NULL;
	g_autoptr(Case) item = NULL;

	write_as(house, ACADEMIC, to, "ПЕРЕДАТЬ social");
	next = reply_address(house, "forward", "official", "reply_to");
	send_all(house, NOW);

	write_as(house, ACADEMIC, to, GOOD_ANSWER);

	list = told(house);
	g_assert_cmpstr(list, ==,
	    REFUSED "{\"command\":\"answer\",\"why\":\"not-yours\","
		    "\"by\":\"Тоқтаров Ерлан Жұмабайұлы\",\"due\":\"2026-04-15\"," REPLY
		    "}");
	send_all(house, NOW);
	write_as(house, CAMPUS, next, "ҰЗАРТУ 30.04.2026 мұрағат");
	item = the_case(house);
	g_assert_cmpstr(item->state, ==, "extended");
	g_assert_cmpstr(item->official, ==, "campus");
}

/* A complaint never goes to the official of whom it complains. */
static void
test_never_to_the_accused(House *house, gconstpointer data)
{
	const Spec complaint = { .outcome = OUTCOME_ACCEPT,
		.text = "Токтаров Е.Ж. вымогает деньги." };
	g_autofree char *to = open_case(house, &complaint), *why = NULL;
	g_autoptr(Case) item = NULL;

	write_as(house, ACADEMIC, to, "ПЕРЕДАТЬ social");

	why = why_refused(house);
	item = the_case(house);
	g_assert_cmpstr(why, ==, "no-official");
	g_assert_cmpstr(item->official, ==, "academic");
}

/* --- answers --- */

static void
test_direct_answer(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *list = NULL, *steps = NULL;
	g_autoptr(Case) answered = NULL, closed = NULL;
	g_autoptr(GPtrArray) all = NULL;
	gint64 id = write_as(house, ACADEMIC, to, GOOD_ANSWER);

	list = told(house);
	steps = steps_of(house);
	answered = the_case(house);
	all = notices(house);
	g_assert_cmpstr(list, ==,
	    "answer citizen " CITIZEN " {}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"answer\",\"calendar\":\"cancel\",\"sequence\":1," REPLY "}");
	g_assert_cmpstr(steps, ==, "answer academic - -");
	g_assert_cmpstr(answered->state, ==, "answered");
	g_assert_cmpuint(count_series(house, "reminder"), ==, 0);
	g_assert_cmpint(((const Notice *)all->pdata[0])->letter, ==, id);
	g_assert_cmpstr(
	    ((const Notice *)all->pdata[0])->in_reply_to, ==, "<m1@student.example>");

	send_all(house, NOW + 100);
	pass_at(house, NOW + 200);
	closed = the_case(house);
	g_assert_cmpstr(closed->state, ==, "closed");
	g_assert_cmpint(closed->ended_at, ==, NOW + 200);
}

/* The guards stand before the citizen in direct mode, too. */
static const struct {
	const char *label, *text, *leaks;
} guarded[] = {
	{ "another case's number", "Ответ дан по обращению 2026-000002.", "\"number\"" },
	{ "another applicant's address", "Пишите на petr@mail.example, он поможет.",
	    "\"email\"" },
	{ "two of them", "Как и по 2026-000002, звоните 8 (702) 765-43-21.",
	    "\"number\",\"phone\"" },
};

static void
open_other_case(House *house)
{
	const Spec other = { .outcome = OUTCOME_ACCEPT,
		.from = "petr@mail.example",
		.name = "Сидоров Пётр Ильич",
		.phone = "+7 702 765 43 21",
		.message_id = "<m2@mail.example>" };

	judge(house, &other);
	pass_at(house, NOW);
	send_all(house, NOW);
}

static void
test_guarded_answers(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(guarded); i++) {
		House house = { 0 };
		g_autofree char *to = NULL, *list = NULL, *expected = NULL;
		g_autoptr(Case) item = NULL;

		g_test_message("%s", guarded[i].label);
		set_up(&house, "[router]\nanswers = direct\n");
		to = open_case(&house, NULL);
		open_other_case(&house);

		write_as(&house, ACADEMIC, to, guarded[i].text);

		list = told(&house);
		item = the_case(&house);
		expected = g_strdup_printf(
		    "approval moderator " MODERATOR
		    " {\"leaks\":[%s],\"reply_to\":\"rector+a1.*@" DOMAIN
		    "\"}\nconfirmation official " ACADEMIC
		    " {\"command\":\"answer\",\"pending\":true," REPLY "}",
		    guarded[i].leaks);
		g_assert_cmpstr(list, ==, expected);
		g_assert_cmpstr(item->state, ==, "open");
		tear_down(&house, NULL);
	}
}

/* Nor does an extension's reason tell the citizen of another. */
static void
test_reason_is_guarded(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *why = NULL;
	g_autoptr(Case) item = NULL;

	open_other_case(house);
	write_as(house, ACADEMIC, to, "ПРОДЛИТЬ 30.04.2026 ждём Сидорова Петра");
	why = why_refused(house);
	item = the_case(house);
	g_assert_cmpstr(why, ==, "names-another");
	g_assert_cmpstr(item->state, ==, "open");
}

static gint64
write_rude(House *house, const char *to, const char *text)
{
	const Spec rude = { .outcome = OUTCOME_REJECT,
		.rule = RULE_OBSCENE + 1,
		.from = ACADEMIC,
		.recipients = to,
		.text = text,
		.bare = TRUE };

	return write_mail(house, &rude);
}

/* Returned once with the reason; the second time the moderator sees it, marked. */
static void
test_returned_once(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *first = NULL, *second = NULL;

	write_rude(house, to, "Отстаньте от нас наконец.");
	first = told(house);
	g_assert_cmpstr(first, ==,
	    "answer-returned official " ACADEMIC
	    " {\"why\":\"rude\",\"due\":\"2026-04-15\"," REPLY "}");
	send_all(house, NOW);
	write_as(house, ACADEMIC, to, "Ок");

	second = told(house);
	g_assert_cmpstr(second, ==,
	    "approval moderator " MODERATOR
	    " {\"leaks\":[\"short\"],\"reply_to\":\"rector+a2.*@" DOMAIN "\"}\n"
	    "confirmation official " ACADEMIC
	    " {\"command\":\"answer\",\"pending\":true," REPLY "}");
}

static void
test_rude_reason(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *why = NULL;

	write_rude(house, to, "ПРОДЛИТЬ 30.04.2026 надоели");
	why = why_refused(house);
	g_assert_cmpstr(why, ==, "rude");
}

/* A file may be all of the answer. */
static void
test_attachment_is_an_answer(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *list = NULL;
	const Spec attached = { .from = ACADEMIC, .recipients = to, .text = "Жауап" };

	write_mail(house, &attached);
	list = told(house);
	g_assert_true(g_str_has_prefix(list, "approval moderator"));
}

/* After the answer: nothing more to extend, and a second answer only past the moderator.
 */
static void
test_after_the_answer(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *why = NULL, *list = NULL,
			*state = NULL;
	gint64 id;

	write_as(house, ACADEMIC, to, GOOD_ANSWER);
	send_all(house, NOW);
	pass_at(house, NOW + 100);
	write_as(house, ACADEMIC, to, "ПРОДЛИТЬ 30.04.2026 справка");
	why = why_refused(house);
	g_assert_cmpstr(why, ==, "closed");
	send_all(house, NOW + 100);
	id = write_as(house, ACADEMIC, to, "Дополнение: кабинет 305, второй этаж.");

	list = told(house);
	state = state_why(house, id);
	g_assert_true(g_str_has_prefix(
	    list, "approval moderator " MODERATOR " {\"leaks\":[\"closed\"],"));
	g_assert_cmpstr(state, ==, "closed answer");
}

/* Only the beginning of it is here: a person decides. */
static void
test_oversize_answer(House *house, gconstpointer data)
{
	g_autofree char *to = open_case(house, NULL), *state = NULL;
	const Spec large = {
		.from = ACADEMIC, .recipients = to, .text = GOOD_ANSWER, .oversize = TRUE
	};
	gint64 id = write_mail(house, &large);

	state = state_why(house, id);
	g_assert_cmpstr(state, ==, "held oversize");
}

/* Whom no mail can reach, a person must tell. */
static void
test_nowhere_to_answer(House *house, gconstpointer data)
{
	const Spec nowhere = { .outcome = OUTCOME_ACCEPT, .no_answer = "noreply" };
	g_autofree char *to = open_case(house, &nowhere), *list = NULL, *silent = NULL;
	g_autoptr(GPtrArray) tasks = NULL;

	write_as(house, ACADEMIC, to, GOOD_ANSWER);
	list = told(house);
	silent = last_event(house, "no-notice");
	tasks = store_tasks(house->queue, NULL);
	g_assert_null(strstr(list, "answer citizen"));
	g_assert_cmpstr(silent, ==, "{\"notice\":\"answer\",\"why\":\"noreply\"}");
	g_assert_cmpuint(tasks->len, ==, 1);
	g_assert_cmpstr(((const Task *)tasks->pdata[0])->detail, ==, "noreply");
}

/* The law wants it told, though his mail program asks for silence. */
static void
test_answer_in_spite_of_suppress(House *house, gconstpointer data)
{
	const Spec quiet = { .outcome = OUTCOME_ACCEPT, .no_answer = "suppress" };
	g_autofree char *to = open_case(house, &quiet), *list = NULL;

	write_as(house, ACADEMIC, to, GOOD_ANSWER);
	list = told(house);
	g_assert_true(g_str_has_prefix(list, "answer citizen " CITIZEN));
}

/* With the secret in the subject. */
static void
test_subject_form(House *house, gconstpointer data)
{
	g_autofree char *tag = open_case(house, NULL);
	g_autofree char *subject = g_strdup_printf("Re: Өтініш %s", tag);
	const Spec spec = { .from = ACADEMIC,
		.subject = subject,
		.text = "ПРОДЛИТЬ 30.04.2026 справка" };
	g_autoptr(Case) item = NULL;

	write_mail(house, &spec);
	item = the_case(house);
	g_assert_cmpstr(item->state, ==, "extended");
}

#define DIRECT "[router]\nanswers = direct\n"
#define ADD_WITH(path, more, function)                                                   \
	g_test_add("/router/obey/" path, House, more, set_up, function, tear_down)

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/obey/commands", test_commands);
	g_test_add_func("/router/obey/in-time", test_in_time);
	ADD("/router/obey/second-extension", test_second_extension);
	ADD_WITH("strict-limit", "[router]\nextension_limit = both\n", test_strict_limit);
	ADD("/router/obey/reminders-follow", test_reminders_follow);
	ADD("/router/obey/former-official", test_former_official);
	ADD("/router/obey/never-to-the-accused", test_never_to_the_accused);
	ADD_WITH("direct-answer", DIRECT, test_direct_answer);
	g_test_add_func("/router/obey/guarded-answers", test_guarded_answers);
	ADD("/router/obey/reason-is-guarded", test_reason_is_guarded);
	ADD_WITH("returned-once", DIRECT, test_returned_once);
	ADD("/router/obey/rude-reason", test_rude_reason);
	ADD("/router/obey/attachment-is-an-answer", test_attachment_is_an_answer);
	ADD_WITH("after-the-answer", DIRECT, test_after_the_answer);
	ADD("/router/obey/oversize-answer", test_oversize_answer);
	ADD_WITH("nowhere-to-answer", DIRECT, test_nowhere_to_answer);
	ADD_WITH("answer-in-spite-of-suppress", DIRECT, test_answer_in_spite_of_suppress);
	ADD_WITH(
	    "subject-form", "[router]\nreply_address = subject\n", test_subject_form);
	return g_test_run();
}
