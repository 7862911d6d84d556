#include "digest.h"

#include "address.h"
#include "facts.h"
#include "mark.h"
#include "summary.h"

/* Cases named in one mail; the count says how many there are. */
#define MOST_NAMED 30
/* "Due soon": within so many working days. */
#define SOON 3
#define FIRST_DAY "0001-01-01"

/* --- the numbers since the last one --- */

static gboolean
since_last(const Desk *desk, const char *mark, Summary *summary, GError **error)
{
	g_autofree char *name = g_strconcat(mark, "-event", NULL);
	g_autofree char *last = NULL, *now = NULL;

	if (!store_mark(desk->store, name, &last, NULL, error) ||
	    !store_summary(desk->store,
		last != NULL ? g_ascii_strtoll(last, NULL, 10) : 0, desk->router->zone,
		summary, error))
		return FALSE;
	now = g_strdup_printf("%" G_GINT64_FORMAT, summary->last);
	return store_mark_set(desk->store, name, now, desk->now, error);
}

static void
add_summary(JsonBuilder *facts, const Summary *summary)
{
	facts_number(facts, "received", summary->received);
	facts_number(facts, "accepted", summary->opened);
	facts_number(facts, "rejected", summary->rejected);
	facts_number(facts, "ignored", summary->ignored);
	facts_number(facts, "answered", summary->answered);
	facts_number(facts, "late", summary->late);
	facts_number(facts, "extended", summary->extended);
	json_builder_set_member_name(facts, "grounds");
	json_builder_begin_object(facts);
	for (int rule = 0; rule < N_RULES; rule++)
		if (summary->by_rule[rule] > 0)
			facts_number(facts, rule_names[rule], summary->by_rule[rule]);
	json_builder_end_object(facts);
}

/* --- lists of cases --- */

static void
add_pending(JsonBuilder *facts, const Pending *pending)
{
	json_builder_begin_object(facts);
	facts_text(facts, "number", pending->number);
	facts_text(facts, "due", pending->due_on);
	facts_text(facts, "official", pending->official);
	json_builder_end_object(facts);
}

/* NAME and NAME_count. */
static gboolean
add_cases(const Desk *desk, JsonBuilder *facts, const char *name, const char *from,
    const char *until, GError **error)
{
	g_autofree char *counted = g_strconcat(name, "_count", NULL);
	gint64 count;
	g_autoptr(GPtrArray) cases =
	    store_pending(desk->store, from, until, MOST_NAMED, &count, error);

	if (cases == NULL)
		return FALSE;
	facts_number(facts, counted, count);
	json_builder_set_member_name(facts, name);
	json_builder_begin_array(facts);
	for (guint i = 0; i < cases->len; i++)
		add_pending(facts, cases->pdata[i]);
	json_builder_end_array(facts);
	return TRUE;
}

static gboolean
add_all_cases(const Desk *desk, JsonBuilder *facts, const char *today, GError **error)
{
	Day day = day_parse(today);
	Day soon = calendar_working_day(desk->router->calendar, day, SOON, NULL);
	g_autofree char *yesterday = day_format(day - 1);
	g_autofree char *until = day_format(soon != 0 ? soon : day + SOON);
	gint64 open;

	if (!store_count_open(desk->store, &open, error))
		return FALSE;
	facts_number(facts, "open", open);
	return add_cases(desk, facts, "due", today, until, error) &&
	    add_cases(desk, facts, "overdue", FIRST_DAY, yesterday, error);
}

/* --- what waits for the moderator --- */

static gboolean
add_waiting(const Desk *desk, JsonBuilder *facts, GError **error)
{
	gint64 held, urgent, oldest, received_at, approvals, tasks;
	g_auto(GStrv) numbers = NULL;

	if (!store_letters_waiting(desk->store, desk->now + 1, &held, &urgent, &oldest,
		&received_at, error) ||
	    !store_count_tasks(desk->store, &tasks, error))
		return FALSE;
	numbers = store_approvals(desk->store, MOST_NAMED, &approvals, error);
	if (numbers == NULL)
		return FALSE;
	facts_number(facts, "held", held);
	facts_number(facts, "urgent", urgent);
	facts_number(facts, "tasks", tasks);
	facts_number(facts, "approvals_count", approvals);
	json_builder_set_member_name(facts, "approvals");
	json_builder_begin_array(facts);
	for (char **number = numbers; *number != NULL; number++)
		json_builder_add_string_value(facts, *number);
	json_builder_end_array(facts);
	return TRUE;
}

/* --- the two mails --- */

static gboolean
owe_digest(const Desk *desk, const char *kind, const char *role, const char *recipient,
    const char *today, GError **error)
{
	const University *university = &desk->router->university;
	g_autoptr(Notice) notice =
	    owe_to(desk, kind, role, (Language)university->moderator_language, recipient);
	g_autoptr(JsonBuilder) facts = facts_new();
	Summary summary;

	facts_text(facts, "day", today);
	if (!since_last(desk, kind, &summary, error))
		return FALSE;
	add_summary(facts, &summary);
	return add_waiting(desk, facts, error) &&
	    add_all_cases(desk, facts, today, error) &&
	    owe_with(desk, notice, facts, error);
}

/* Its mark and its mail are one transaction.  The first one only begins to count: a house
 * that was set up today has nothing to tell of yesterday. */
static gboolean
owe_once(const Desk *desk, const char *kind, const char *role, const char *recipient,
    const char *today, GError **error)
{
	g_autoptr(Txn) txn = store_begin(desk->store, error);
	g_autofree char *before = NULL;
	Summary summary;

	if (txn == NULL || !store_mark(desk->store, kind, &before, NULL, error) ||
	    !store_mark_set(desk->store, kind, today, desk->now, error))
		return FALSE;
	if (before == NULL || recipient == NULL)
		return since_last(desk, kind, &summary, error) &&
		    store_commit(txn, error);
	return owe_digest(desk, kind, role, recipient, today, error) &&
	    store_commit(txn, error);
}

gboolean
digest_day(const Desk *desk, const char *today, GError **error)
{
	return owe_once(desk, "digest", "moderator", desk->router->university.moderator,
	    today, error);
}

gboolean
digest_week(const Desk *desk, const char *today, GError **error)
{
	return owe_once(
	    desk, "report", "office", desk->router->university.office, today, error);
}
