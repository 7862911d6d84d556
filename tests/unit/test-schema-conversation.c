/* What happens to a case after its forward: each move from each state, with its step. */
#include "answer.h"
#include "applicant.h"
#include "case.h"
#include "mark.h"
#include "route-house.h"
#include "task.h"

static const Step by_official = { .who = "academic", .text = "facts" };
static const Official campus = { .key = (char *)"campus",
	.name = (char *)"Тоқтаров Ерлан",
	.address = (char *)"campus@" DOMAIN,
	.language = LANGUAGE_KK };

static Case *
open_case(House *house)
{
	g_autoptr(GError) error = NULL;
	Case *item;

	judge(house, &(Spec){ .outcome = OUTCOME_ACCEPT, .topic = TOPIC_ACADEMIC });
	pass_at(house, NOW);
	item = store_case_by_number(house->router, "2026-000001", &error);
	g_assert_no_error(error);
	return item;
}

static gboolean
extend(House *house, Case *item, GError **error)
{
	return store_case_extend(house->router, item, "2026-05-20", "2026-04-01",
	    "2026-06-01", &by_official, NOW, error);
}

static gboolean
reassign(House *house, Case *item, GError **error)
{
	return store_case_reassign(
	    house->router, item, &campus, TOPIC_SOCIAL, &by_official, NOW, error);
}

static gboolean
recount(House *house, Case *item, GError **error)
{
	return store_case_recount(house->router, item, "2026-03-20", "2026-03-26",
	    "2026-04-16", "why", "new", &by_official, NOW, error);
}

static gboolean
answer(House *house, Case *item, GError **error)
{
	return store_case_answer(house->router, item, &by_official, NOW, error);
}

static gboolean
end(House *house, Case *item, GError **error)
{
	return store_case_close(house->router, item, &by_official, NOW, error);
}

static gboolean
reopen(House *house, Case *item, GError **error)
{
	return store_case_reopen(
	    house->router, item, "2026-07-01", "why", "new", &by_official, NOW, error);
}

typedef gboolean (*Move)(House *house, Case *item, GError **error);

/* From which states each move goes, and where it ends. */
static const struct {
	const char *name;
	Move move;
	const char *from, *to; /* to NULL: stays */
} moves[] = {
	{ "extend", extend, "open extended", "extended" },
	{ "reassign", reassign, "open extended", NULL },
	{ "recount", recount, "open extended", NULL },
	{ "answer", answer, "open extended", "answered" },
	{ "close", end, "open extended answered", "closed" },
	{ "reopen", reopen, "answered closed", "open" },
};
static const struct {
	const char *state;
	Move way[3];
} states[] = {
	{ "open", { NULL } },
	{ "extended", { extend } },
	{ "answered", { answer } },
	{ "closed", { answer, end } },
};

static void
check_move(House *house, guint state, guint move)
{
	g_autoptr(Case) item = open_case(house), after = NULL;
	g_autoptr(GPtrArray) before = NULL, steps = NULL;
	g_autoptr(GError) error = NULL;
	gboolean may = strstr(moves[move].from, states[state].state) != NULL;

	for (const Move *way = states[state].way; *way != NULL; way++)
		g_assert_true((*way)(house, item, NULL));
	before = store_steps(house->queue, item->id, NULL);
	g_test_message("%s from %s", moves[move].name, states[state].state);
	g_assert_true(moves[move].move(house, item, &error) == may);
	after = store_case_get(house->queue, item->id, NULL);
	steps = store_steps(house->queue, item->id, NULL);
	if (!may) {
		g_assert_error(error, FAULT, FAULT_LETTER);
		g_assert_cmpstr(after->state, ==, states[state].state);
		g_assert_cmpuint(steps->len, ==, before->len);
		return;
	}
	g_assert_no_error(error);
	g_assert_cmpuint(steps->len, ==, before->len + 1);
	g_assert_cmpstr(after->state, ==,
	    moves[move].to != NULL ? moves[move].to : states[state].state);
	/* what the caller holds is what is kept */
	g_assert_cmpstr(after->state, ==, item->state);
	g_assert_cmpstr(after->due_on, ==, item->due_on);
	g_assert_cmpstr(after->official, ==, item->official);
	g_assert_cmpstr(after->extended_max, ==, item->extended_max);
	g_assert_cmpint(after->sequence, ==, item->sequence);
	g_assert_cmpint(after->ended_at, ==, item->ended_at);
	g_assert_true(after->reopened == item->reopened);
}

static void
test_moves(void)
{
	for (guint state = 0; state < G_N_ELEMENTS(states); state++)
		for (guint move = 0; move < G_N_ELEMENTS(moves); move++) {
			House house = { 0 };

			set_up(&house, NULL);
			check_move(&house, state, move);
			tear_down(&house, NULL);
		}
}

/* Two people act on what they both have seen: the second is told. */
static void
test_stale(House *house, gconstpointer data)
{
	g_autoptr(Case) one = open_case(house);
	g_autoptr(Case) other = store_case_get(house->router, one->id, NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(extend(house, one, NULL));
	g_assert_false(extend(house, other, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
	g_assert_nonnull(strstr(error->message, "due 2026-05-20"));
}

static void
test_reopened_once(House *house, gconstpointer data)
{
	g_autoptr(Case) item = open_case(house);
	g_autoptr(GError) error = NULL;

	g_assert_true(answer(house, item, NULL) && reopen(house, item, NULL) &&
	    answer(house, item, NULL));
	g_assert_false(reopen(house, item, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
}

static void
test_answers(House *house, gconstpointer data)
{
	g_autoptr(Case) item = open_case(house);
	gint64 letter = judge(house, &(Spec){ .outcome = OUTCOME_ACCEPT }), id = 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) all = NULL;

	g_assert_true(store_answer_add(
	    house->router, item->id, letter, "academic", NOW, &id, &error));
	g_assert_true(store_answer_decide(
	    house->router, id, ANSWER_RETURNED, "moderator", NOW, &error));
	g_assert_false(store_answer_decide(
	    house->router, id, ANSWER_APPROVED, "deputy", NOW, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
	g_assert_nonnull(strstr(error->message, "returned by moderator"));
	all = store_answers(house->queue, item->id, NULL);
	g_assert_cmpuint(all->len, ==, 1);
	g_assert_cmpint(((Answer *)all->pdata[0])->state, ==, ANSWER_RETURNED);
}

static void
test_tasks(House *house, gconstpointer data)
{
	g_autoptr(Case) item = open_case(house);
	g_autoptr(GPtrArray) due = notices(house), open = NULL, left = NULL;
	const Notice *notice = due->pdata[0];
	g_autoptr(GError) error = NULL;
	gboolean new;

	for (int times = 0; times < 2; times++) {
		g_assert_true(store_task_add(house->router, "bounced", item->letter,
		    item->id, notice->id, "5.1.1", NOW, &new, &error));
		g_assert_true(new == (times == 0));
	}
	open = store_tasks(house->queue, NULL);
	g_assert_cmpuint(open->len, ==, 1);
	g_assert_cmpstr(((Task *)open->pdata[0])->number, ==, "2026-000001");
	g_assert_true(store_task_done(
	    house->queue, ((Task *)open->pdata[0])->id, "Aigul", "called", NOW, &error));
	g_assert_false(store_task_done(
	    house->queue, ((Task *)open->pdata[0])->id, "Marat", "called", NOW, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
	left = store_tasks(house->queue, NULL);
	g_assert_cmpuint(left->len, ==, 0);
}

static void
test_applicants(House *house, gconstpointer data)
{
	static const struct {
		ApplicantKind kind;
		const char *text;
		gint64 found;
	} asked[] = {
		{ APPLICANT_NAME, "анна  ИВАНОВА", 1 },
		{ APPLICANT_NAME, "Анна", 0 },
		{ APPLICANT_EMAIL, "Anna@Student.Example", 1 },
		{ APPLICANT_EMAIL, "ann@student.example", 0 },
		{ APPLICANT_PHONE, "8 (701) 123-45-67", 1 },
		{ APPLICANT_PHONE, "+77011234568", 0 },
	};
	g_autoptr(Case) item = open_case(house);

	g_assert_true(store_applicant_add(house->router, item->id, "Иванова Анна",
	    "anna@student.example", "+7 701 123 45 67", NULL));
	for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
		g_autofree char *key = applicant_key(asked[i].kind, asked[i].text);
		gint64 other = -1, own = -1;

		g_test_message("%s", asked[i].text);
		if (key == NULL) {
			g_assert_cmpint(asked[i].found, ==, 0);
			continue;
		}
		g_assert_true(store_applicant_other(
		    house->router, asked[i].kind, key, item->id + 1, &other, NULL));
		g_assert_cmpint(other, ==, asked[i].found != 0 ? item->id : 0);
		g_assert_true(store_applicant_other(
		    house->router, asked[i].kind, key, item->id, &own, NULL));
		g_assert_cmpint(own, ==, 0);
	}
}

static void
test_marks(House *house, gconstpointer data)
{
	g_autofree char *none = NULL, *value = NULL;
	gint64 at = -1;

	g_assert_true(store_mark(house->router, "digest", &none, &at, NULL));
	g_assert_true(none == NULL && at == 0);
	g_assert_true(store_mark_set(house->router, "digest", "2026-03-20", NOW, NULL));
	g_assert_true(
	    store_mark_set(house->router, "digest", "2026-03-26", NOW + 1, NULL));
	g_assert_true(store_mark(house->queue, "digest", &value, &at, NULL));
	g_assert_cmpstr(value, ==, "2026-03-26");
	g_assert_cmpint(at, ==, NOW + 1);
}

static void
test_bounced(House *house, gconstpointer data)
{
	G_GNUC_UNUSED g_autoptr(Case) item = open_case(house);
	g_autoptr(GPtrArray) due = notices(house), refused = NULL, without = NULL;
	g_autoptr(GPtrArray) tasks = NULL;
	const Notice *first = due->pdata[0];
	gboolean new, settled = TRUE;

	g_assert_true(store_notice_bounce(house->router, first->id, "5.1.1", NOW, NULL));
	refused = store_notices_refused(house->router, 10, NULL);
	g_assert_cmpuint(refused->len, ==, 1);
	g_assert_cmpint(((Notice *)refused->pdata[0])->id, ==, first->id);
	g_assert_true(store_task_add(house->router, "bounced", first->letter,
	    first->case_id, first->id, "5.1.1", NOW, &new, NULL));
	without = store_notices_refused(house->router, 10, NULL);
	g_assert_cmpuint(without->len, ==, 0);

	g_assert_true(store_task_settled(house->router, first->id, &settled, NULL));
	g_assert_false(settled);
	tasks = store_tasks(house->queue, NULL);
	g_assert_true(store_task_done(
	    house->queue, ((Task *)tasks->pdata[0])->id, "Aigul", "called", NOW, NULL));
	g_assert_true(store_task_settled(house->router, first->id, &settled, NULL));
	g_assert_true(settled);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conversation/each move from each state", test_moves);
	ADD("/conversation/two people, one case", test_stale);
	ADD("/conversation/an objection reopens once", test_reopened_once);
	ADD("/conversation/an answer is decided once", test_answers);
	ADD("/conversation/tasks", test_tasks);
	ADD("/conversation/applicants", test_applicants);
	ADD("/conversation/marks", test_marks);
	ADD("/conversation/a bounce becomes a task once", test_bounced);
	return g_test_run();
}
