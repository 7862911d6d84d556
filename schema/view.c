#include "view.h"

#include "statement.h"

#define TEXT(column) ((const char *)sqlite3_column_text(rows, column))

static gboolean
propagate(GError *failure, GError **error)
{
	if (failure != NULL)
		g_propagate_error(error, failure);
	return failure == NULL;
}

/* Not closed is the common question and has an index of its own. */
#define CASES                                                                            \
	"SELECT number, state, topic, official, due_on, registered_on, language, "       \
	"confidential, "                                                                 \
	"letter, received_at FROM cases WHERE "
#define CASE_WISHES                                                                      \
	"AND (?1 IS NULL OR official = ?1) AND (?2 IS NULL OR topic = ?2) "              \
	"AND (?3 IS NULL OR due_on <= ?3) ORDER BY due_on, id LIMIT ?4"

static Statement *
open_cases(Store *store, const CaseFilter *filter, GError **error)
{
	gint64 limit = filter->limit > 0 ? filter->limit : -1;

	if (filter->state == NULL)
		return statement_open(store, error,
		    CASES "state IN ('open', 'extended') " CASE_WISHES, "ttti",
		    filter->official, filter->topic, filter->due_by, limit);
	return statement_open(store, error, CASES "state = ?5 " CASE_WISHES, "tttit",
	    filter->official, filter->topic, filter->due_by, limit, filter->state);
}

gboolean
view_cases(Store *store, const CaseFilter *filter, CaseRowFunc each, gpointer data,
    GError **error)
{
	g_autoptr(Statement) rows = open_cases(store, filter, error);
	g_autoptr(GError) failure = NULL;
	gboolean more = rows != NULL;

	if (rows == NULL)
		return FALSE;
	while (more && statement_step(rows, &failure)) {
		CaseRow row = { TEXT(0), TEXT(1), TEXT(2), TEXT(3), TEXT(4), TEXT(5),
			TEXT(6), statement_int(rows, 7) != 0, statement_int(rows, 8),
			statement_int(rows, 9) };

		more = each(&row, data);
	}
	return propagate(g_steal_pointer(&failure), error);
}

gboolean
view_held(Store *store, HeldRowFunc each, gpointer data, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT l.id, l.received_at, l.state, l.state_why, v.outcome, v.rules, "
	    "v.topic, "
	    "r.language, r.kind, coalesce(v.urgent, 0) FROM letters l "
	    "LEFT JOIN verdicts v ON v.letter = l.id LEFT JOIN readings r ON r.letter = "
	    "l.id "
	    "WHERE l.state IN ('held', 'stuck') "
	    "ORDER BY coalesce(v.urgent, 0) DESC, l.received_at, l.id",
	    "");
	g_autoptr(GError) failure = NULL;
	gboolean more = rows != NULL;

	if (rows == NULL)
		return FALSE;
	while (more && statement_step(rows, &failure)) {
		HeldRow row = { statement_int(rows, 0), statement_int(rows, 1), TEXT(2),
			TEXT(3), TEXT(4), TEXT(5), TEXT(6), TEXT(7), TEXT(8),
			statement_int(rows, 9) != 0 };

		more = each(&row, data);
	}
	return propagate(g_steal_pointer(&failure), error);
}

gboolean
view_notices(
    Store *store, gint64 letter, NoticeRowFunc each, gpointer data, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT n.id, n.created_at, n.state_at, n.attempts, n.next_at, n.kind, "
	    "n.role, "
	    "n.language, n.state, n.message_id, n.recipient, d.outcome, d.text, d.code "
	    "FROM notices n LEFT JOIN deliveries d ON d.id = (SELECT max(id) FROM "
	    "deliveries "
	    "WHERE notice = n.id) WHERE n.letter = ?1 ORDER BY n.id",
	    "i", letter);
	g_autoptr(GError) failure = NULL;
	gboolean more = rows != NULL;

	if (rows == NULL)
		return FALSE;
	while (more && statement_step(rows, &failure)) {
		NoticeRow row = { statement_int(rows, 0), statement_int(rows, 1),
			statement_int(rows, 2), statement_int(rows, 3),
			statement_int(rows, 4), TEXT(5), TEXT(6), TEXT(7), TEXT(8),
			TEXT(9), TEXT(10), TEXT(11), TEXT(12), statement_int(rows, 13) };

		more = each(&row, data);
	}
	return propagate(g_steal_pointer(&failure), error);
}

gboolean
view_counts(Store *store, CountFunc each, gpointer data, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT 'letters', state, count(*) FROM letters GROUP BY state "
	    "UNION ALL SELECT 'verdicts', outcome, count(*) FROM verdicts GROUP BY "
	    "outcome "
	    "UNION ALL SELECT 'refusals', v.rule, count(*) FROM verdicts v "
	    "JOIN letters l ON l.id = v.letter WHERE l.state_why = 'rejected' "
	    "AND v.rule IS NOT NULL GROUP BY v.rule "
	    "UNION ALL SELECT 'cases', state, count(*) FROM cases GROUP BY state "
	    "UNION ALL SELECT 'topics', topic, count(*) FROM cases GROUP BY topic "
	    "UNION ALL SELECT 'officials', official, count(*) FROM cases "
	    "WHERE state IN ('open', 'extended') GROUP BY official "
	    "UNION ALL SELECT 'notices', state, count(*) FROM notices GROUP BY state "
	    "UNION ALL SELECT 'deliveries', coalesce(outcome, 'under way'), count(*) "
	    "FROM deliveries GROUP BY outcome "
	    "UNION ALL SELECT 'alarms', kind, count(*) FROM alarms WHERE cleared_at IS "
	    "NULL "
	    "GROUP BY kind",
	    "");
	g_autoptr(GError) failure = NULL;
	gboolean more = rows != NULL;

	if (rows == NULL)
		return FALSE;
	while (more && statement_step(rows, &failure))
		more = each(TEXT(0), TEXT(1), statement_int(rows, 2), data);
	return propagate(g_steal_pointer(&failure), error);
}

GArray *
view_events_about(Store *store, gint64 letter, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id FROM events WHERE letter = ?1 UNION SELECT e.id FROM events e "
	    "JOIN cases c ON c.id = e.case_id WHERE c.letter = ?1 ORDER BY 1",
	    "i", letter);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		gint64 id = statement_int(rows, 0);

		g_array_append_val(ids, id);
	}
	return propagate(g_steal_pointer(&failure), error) ? g_steal_pointer(&ids) : NULL;
}

gboolean
view_integrity(Store *store, GError **error)
{
	g_autoptr(Statement) rows =
	    statement_open(store, error, "PRAGMA integrity_check", "");
	g_autoptr(GError) failure = NULL;

	if (rows == NULL)
		return FALSE;
	if (statement_step(rows, &failure) && g_strcmp0(TEXT(0), "ok") != 0)
		g_set_error(&failure, FAULT, FAULT_SETUP,
		    "store %s: %s; restore it from a backup", store_path(store), TEXT(0));
	return propagate(g_steal_pointer(&failure), error);
}
