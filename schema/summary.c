#include "summary.h"

#include "statement.h"

#include <string.h>

static const struct {
	const char *kind;
	gsize offset;
} counted[] = {
	{ "received", G_STRUCT_OFFSET(Summary, received) },
	{ "opened", G_STRUCT_OFFSET(Summary, opened) },
	{ "rejected", G_STRUCT_OFFSET(Summary, rejected) },
	{ "ignored", G_STRUCT_OFFSET(Summary, ignored) },
	{ "held", G_STRUCT_OFFSET(Summary, held) },
	{ "answer", G_STRUCT_OFFSET(Summary, answered) },
	{ "extension", G_STRUCT_OFFSET(Summary, extended) },
};

static void
count_kind(Summary *summary, const char *kind, gint64 count)
{
	for (guint i = 0; i < G_N_ELEMENTS(counted); i++)
		if (strcmp(kind, counted[i].kind) == 0)
			G_STRUCT_MEMBER(gint64, summary, counted[i].offset) = count;
}

static gboolean
count_kinds(Store *store, gint64 after, Summary *summary, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    /* A letter that brings an answer is closed as one; the answer itself is the
	     * case's. */
	    "SELECT kind, count(*), max(id) FROM events WHERE id > ?1 AND (kind <> "
	    "'answer' OR case_id IS NOT NULL) GROUP BY kind",
	    "i", after);

	while (rows != NULL && statement_step(rows, &failure)) {
		count_kind(summary, (const char *)sqlite3_column_text(rows, 0),
		    statement_int(rows, 1));
		summary->last = MAX(summary->last, statement_int(rows, 2));
	}
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error);
}

/* A person's ground stands before the machine's. */
static gboolean
count_rules(Store *store, gint64 after, Summary *summary, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT coalesce((SELECT rule FROM decisions d WHERE d.letter = e.letter "
	    "ORDER "
	    "BY d.id DESC LIMIT 1), v.rule), count(*) FROM events e JOIN verdicts v ON "
	    "v.letter = e.letter WHERE e.id > ?1 AND e.kind = 'rejected' GROUP BY 1",
	    "i", after);

	while (rows != NULL && statement_step(rows, &failure)) {
		g_autofree char *name = statement_text(rows, 0);
		int rule = name != NULL ? name_index(rule_names, name) : -1;

		if (rule >= 0)
			summary->by_rule[rule] = statement_int(rows, 1);
	}
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error);
}

static gboolean
is_late(gint64 ended_at, const char *due_on, GTimeZone *zone)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(ended_at);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
	g_autofree char *day = g_date_time_format(local, "%F");

	return strcmp(day, due_on) > 0;
}

static gboolean
count_late(Store *store, gint64 after, GTimeZone *zone, Summary *summary, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT e.at, c.due_on FROM events e JOIN cases c ON c.id = e.case_id WHERE "
	    "e.id > ?1 AND e.kind = 'answer'",
	    "i", after);

	while (rows != NULL && statement_step(rows, &failure))
		summary->late += is_late(statement_int(rows, 0),
		    (const char *)sqlite3_column_text(rows, 1), zone);
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error);
}

gboolean
store_summary(
    Store *store, gint64 after, GTimeZone *zone, Summary *ret_summary, GError **error)
{
	*ret_summary = (Summary){ .last = after };
	return count_kinds(store, after, ret_summary, error) &&
	    count_rules(store, after, ret_summary, error) &&
	    count_late(store, after, zone, ret_summary, error);
}

static void
pending_free(gpointer data)
{
	Pending *pending = data;

	g_free(pending->number);
	g_free(pending->official);
	g_free(pending->due_on);
	g_free(pending);
}

GPtrArray *
store_pending(Store *store, const char *from, const char *until, guint limit,
    gint64 *ret_count, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(pending_free);
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT number, official, due_on, count(*) OVER () FROM cases WHERE state IN "
	    "('open', 'extended') AND due_on BETWEEN ?1 AND ?2 ORDER BY due_on, id LIMIT "
	    "?3",
	    "tti", from, until, (gint64)limit);

	*ret_count = 0;
	while (rows != NULL && statement_step(rows, &failure)) {
		Pending *pending = g_new0(Pending, 1);

		pending->number = statement_text(rows, 0);
		pending->official = statement_text(rows, 1);
		pending->due_on = statement_text(rows, 2);
		*ret_count = statement_int(rows, 3);
		g_ptr_array_add(list, pending);
	}
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_steal_pointer(&list)
	    : NULL;
}

char **
store_approvals(Store *store, guint limit, gint64 *ret_count, GError **error)
{
	g_autoptr(GStrvBuilder) numbers = g_strv_builder_new();
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT c.number, count(*) OVER () FROM answers a JOIN cases c ON c.id = "
	    "a.case_id WHERE a.state = 'waiting' ORDER BY a.id LIMIT ?1",
	    "i", (gint64)limit);

	*ret_count = 0;
	while (rows != NULL && statement_step(rows, &failure)) {
		g_strv_builder_add(numbers, (const char *)sqlite3_column_text(rows, 0));
		*ret_count = statement_int(rows, 1);
	}
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_strv_builder_end(numbers)
	    : NULL;
}

gboolean
store_count_open(Store *store, gint64 *ret_count, GError **error)
{
	return statement_number(store, error, ret_count, 0,
	    "SELECT count(*) FROM cases WHERE state IN ('open', 'extended')", "");
}

gboolean
store_count_tasks(Store *store, gint64 *ret_count, GError **error)
{
	return statement_number(store, error, ret_count, 0,
	    "SELECT count(*) FROM tasks WHERE done_at IS NULL", "");
}
