#include "recount.h"

#include "mark.h"
#include "owe-clock.h"
#include "program.h"
#include "remind.h"

#define BATCH 50

static gboolean
start_of(const Desk *desk, const Step *objection, gint64 *ret_start, GError **error)
{
	g_autoptr(Letter) letter = NULL;

	*ret_start = objection->at;
	if (objection->letter == 0)
		return TRUE;
	letter = store_letter_get(desk->store, objection->letter, error);
	if (letter != NULL)
		*ret_start = letter->received_at;
	return letter != NULL;
}

/* The instant that the present term began with: the objection's, or the letter's own. */
static gboolean
find_start(const Desk *desk, const Case *item, gint64 *ret_start, GError **error)
{
	g_autoptr(GPtrArray) steps = NULL;

	*ret_start = item->received_at;
	if (!item->reopened)
		return TRUE;
	steps = store_steps(desk->store, item->id, error);
	for (guint i = steps != NULL ? steps->len : 0; i > 0; i--) {
		const Step *step = steps->pdata[i - 1];

		if (step->kind == STEP_OBJECTION)
			return start_of(desk, step, ret_start, error);
	}
	return steps != NULL;
}

/* A day that a person chose stays, unless it is no working day any more. */
static char *
new_due(const Desk *desk, const Case *item, const Due *due)
{
	Day chosen = day_parse(item->due_on);

	if (item->extended_on == NULL)
		return day_format(due->due);
	chosen = calendar_working_day(desk->router->calendar, chosen, 0, NULL);
	return chosen != 0 ? day_format(chosen) : g_strdup(item->due_on);
}

static gboolean
move(const Desk *desk, Case *item, const Due *due, const char *due_on, FILE *list,
    GError **error)
{
	g_autofree char *registered =
	    item->reopened ? g_strdup(item->registered_on) : day_format(due->registered);
	g_autofree char *day1 =
	    item->reopened ? g_strdup(item->day1) : day_format(due->day1);
	g_autofree char *old_due = g_strdup(item->due_on);
	const char *version = calendar_version(desk->router->calendar);
	const Step step = { .who = "calendar", .text = version };

	if (!store_case_recount(desk->store, item, registered, day1, due_on, due->why,
		version, &step, desk->now, error))
		return FALSE;
	if (list != NULL)
		fprintf(list, "%s  %s -> %s\n", item->number, old_due, due_on);
	return owe_term_changed(desk, item, old_due, error) &&
	    remind_case(desk, item, error);
}

static gboolean
recount(const Desk *desk, Case *item, FILE *list, GError **error)
{
	const Router *router = desk->router;
	g_auto(Due) due = { 0 };
	g_autofree char *due_on = NULL;
	g_autoptr(GError) beyond = NULL;
	gint64 start;

	if (!find_start(desk, item, &start, error))
		return FALSE;
	if (!due_count(
		router->calendar, &router->rule, router->zone, start, &due, &beyond)) {
		g_warning("case %s stays due on %s: %s", item->number, item->due_on,
		    beyond->message);
		return TRUE;
	}
	due_on = new_due(desk, item, &due);
	return g_str_equal(due_on, item->due_on) ||
	    move(desk, item, &due, due_on, list, error);
}

static gboolean
recount_batch(const Desk *desk, GPtrArray *cases, FILE *list, GError **error)
{
	g_autoptr(Txn) txn = store_begin(desk->store, error);

	if (txn == NULL)
		return FALSE;
	for (guint i = 0; i < cases->len; i++)
		if (!recount(desk, cases->pdata[i], list, error))
			return FALSE;
	return store_commit(txn, error);
}

gboolean
recount_all(const Desk *desk, FILE *list, GError **error)
{
	gint64 after = 0;

	while (!program_stopping()) {
		g_autoptr(GPtrArray) cases =
		    store_cases_open(desk->store, after, BATCH, error);

		if (cases == NULL)
			return FALSE;
		if (cases->len == 0)
			return store_mark_set(desk->store, "calendar",
			    calendar_version(desk->router->calendar), desk->now, error);
		after = ((Case *)cases->pdata[cases->len - 1])->id;
		if (!recount_batch(desk, cases, list, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
recount_if_changed(const Desk *desk, GError **error)
{
	const char *version = calendar_version(desk->router->calendar);
	g_autofree char *known = NULL;

	if (!store_mark(desk->store, "calendar", &known, NULL, error))
		return FALSE;
	return g_strcmp0(known, version) == 0 || recount_all(desk, NULL, error);
}
