#include "view.h"

#include "statement.h"

#include <string.h>

#define TEXT(column) ((const char *)sqlite3_column_text(rows, column))

/* The open ones are the common question and have an index of their own, which holds all
 * that a row shows. */
#define CASES                                                                            \
	"SELECT number, state, topic, official, due_on, registered_on, language, "       \
	"confidential, "                                                                 \
	"letter, received_at FROM cases WHERE "
#define CASE_WISHES                                                                      \
	"AND (?1 IS NULL OR official = ?1) AND (?2 IS NULL OR topic = ?2) "              \
	"AND due_on <= coalesce(?3, '9999-12-31') AND (?5 IS NULL OR state = ?5) "       \
	"ORDER BY due_on, id LIMIT ?4"
#define OPEN_CASES CASES "state IN ('open', 'extended') " CASE_WISHES
#define DONE_CASES CASES "state IN ('answered', 'closed') " CASE_WISHES

static gboolean
is_done(const char *state)
{
	return g_strcmp0(state, "answered") == 0 || g_strcmp0(state, "closed") == 0;
}

static Statement *
choose_cases(Store *store, const CaseFilter *filter, GError **error)
{
	return statement_open(store, error,
	    is_done(filter->state) ? DONE_CASES : OPEN_CASES, "tttit", filter->official,
	    filter->topic, filter->due_by, filter->limit > 0 ? filter->limit : -1,
	    filter->state);
}

gboolean
view_cases(Store *store, const CaseFilter *filter, CaseRowFunc each, gpointer data,
    GError **error)
{
	g_autoptr(Statement) rows = choose_cases(store, filter, error);
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
	return fault_hand_on(g_steal_pointer(&failure), error);
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
	return fault_hand_on(g_steal_pointer(&failure), error);
}

gboolean
view_why(
    Store *store, gint64 letter, char **ret_why, char **ret_complains_of, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT state_why, (SELECT json_extract(facts, '$.complains_of') FROM "
	    "notices "
	    "WHERE letter = letters.id AND kind = 'held' ORDER BY id DESC LIMIT 1) "
	    "FROM letters WHERE id = ?1",
	    "i", letter);
	g_autoptr(GError) failure = NULL;

	*ret_why = *ret_complains_of = NULL;
	if (row == NULL)
		return FALSE;
	if (statement_step(row, &failure)) {
		*ret_why = statement_text(row, 0);
		*ret_complains_of = statement_text(row, 1);
	}
	return fault_hand_on(g_steal_pointer(&failure), error);
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
	return fault_hand_on(g_steal_pointer(&failure), error);
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
	return fault_hand_on(g_steal_pointer(&failure), error);
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
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&ids)
							       : NULL;
}

GArray *
view_stored(Store *store, gint64 after, guint limit, GError **error)
{
	g_autoptr(GArray) letters = g_array_new(FALSE, FALSE, sizeof(StoredLetter));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id, spool_file, spool_offset, spool_length, digest FROM letters "
	    "WHERE id > ?1 AND spool_length >= 0 ORDER BY id LIMIT ?2",
	    "ii", after, (gint64)limit);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		StoredLetter letter = { .letter = statement_int(rows, 0),
			.place = statement_place(rows, 1) };

		memcpy(letter.digest, sqlite3_column_blob(rows, 4), SPOOL_DIGEST_LENGTH);
		g_array_append_val(letters, letter);
	}
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&letters)
							       : NULL;
}

gboolean
view_count_stored(Store *store, gint64 *ret_count, GError **error)
{
	return statement_number(store, error, ret_count, 0,
	    "SELECT count(*) FROM letters WHERE spool_length >= 0", "");
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
	return fault_hand_on(g_steal_pointer(&failure), error);
}
