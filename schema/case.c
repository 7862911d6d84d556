#include "case.h"

#include "event.h"
#include "statement.h"

void
case_free(Case *item)
{
	if (item == NULL)
		return;
	g_free(item->number);
	g_free(item->state);
	g_free(item->official);
	g_free(item->official_name);
	g_free(item->official_address);
	g_free(item->official_why);
	g_free(item->registered_on);
	g_free(item->day1);
	g_free(item->due_on);
	g_free(item->due_why);
	g_free(item->calendar);
	g_free(item->extended_on);
	g_free(item->extended_max);
	g_free(item);
}

/* Numbers run by the year of registration; the counter moves with the case or not at all.
 */
static gboolean
take_number(Store *store, Case *item, GError **error)
{
	gint64 year = g_ascii_strtoll(item->registered_on, NULL, 10), last;

	if (!statement_run(store, error, NULL,
		"INSERT INTO counters (year, last) VALUES (?1, 1) "
		"ON CONFLICT (year) DO UPDATE SET last = last + 1",
		"i", year) ||
	    !statement_number(store, error, &last, 0,
		"SELECT last FROM counters WHERE year = ?1", "i", year))
		return FALSE;
	g_free(item->number);
	item->number =
	    g_strdup_printf("%" G_GINT64_FORMAT "-%06" G_GINT64_FORMAT, year, last);
	return TRUE;
}

static gboolean
insert(Store *store, const Case *item, GError **error)
{
	return statement_run(store, error, NULL,
	    "INSERT INTO cases (number, letter, state, topic, official, official_name, "
	    "official_address, official_language, official_why, received_at, "
	    "registered_on, day1, "
	    "due_on, due_why, calendar, confidential, language, opened_at) VALUES (?1, "
	    "?2, 'open', "
	    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
	    "tittttttitttttiti", item->number, item->letter, topic_names[item->topic],
	    item->official, item->official_name, item->official_address,
	    language_names[item->official_language], item->official_why,
	    item->received_at, item->registered_on, item->day1, item->due_on,
	    item->due_why, item->calendar, (gint64)(item->confidential != 0),
	    language_names[item->language], item->opened_at);
}

static gboolean
route_letter(Store *store, gint64 letter, GError **error)
{
	int changes;

	if (!statement_run(store, error, &changes,
		"UPDATE letters SET state = 'routed', state_why = NULL WHERE id = ?1 "
		"AND state = 'judged'",
		"i", letter))
		return FALSE;
	if (changes == 1)
		return TRUE;
	g_set_error(error, FAULT, FAULT_LETTER,
	    "letter %" G_GINT64_FORMAT " is not judged any more", letter);
	return FALSE;
}

gboolean
store_case_open(Store *store, Case *item, gint64 now, GError **error)
{
	EventAbout about = { .letter = item->letter };
	g_autoptr(Txn) txn = NULL;

	item->opened_at = now;
	if (!store_join(store, &txn, error) ||
	    !route_letter(store, item->letter, error) ||
	    !take_number(store, item, error) || !insert(store, item, error))
		return FALSE;
	about.case_id = item->id = sqlite3_last_insert_rowid(store_db(store));
	g_free(item->state);
	item->state = g_strdup("open");
	return store_event(store, now, "opened", about, error, "number", item->number,
		   "official", item->official, "topic", topic_names[item->topic],
		   "registered", item->registered_on, "due", item->due_on, "calendar",
		   item->calendar, NULL) &&
	    store_part(&txn, error);
}

#define CASE_COLUMNS                                                                     \
	"id, number, letter, state, topic, official, official_name, official_address, "  \
	"official_language, official_why, received_at, registered_on, day1, due_on, "    \
	"due_why, "                                                                      \
	"calendar, confidential, language, opened_at, extended_on, extended_max, "       \
	"sequence, reopened, coalesce(ended_at, 0)"

static int
column_index(Statement *row, int column, const char *const *names)
{
	return MAX(name_index(names, (const char *)sqlite3_column_text(row, column)), 0);
}

static Case *
read_row(Statement *row)
{
	Case *item = g_new0(Case, 1);

	item->id = statement_int(row, 0);
	item->number = statement_text(row, 1);
	item->letter = statement_int(row, 2);
	item->state = statement_text(row, 3);
	item->topic = (Topic)column_index(row, 4, topic_names);
	item->official = statement_text(row, 5);
	item->official_name = statement_text(row, 6);
	item->official_address = statement_text(row, 7);
	item->official_language = (Language)column_index(row, 8, language_names);
	item->official_why = statement_text(row, 9);
	item->received_at = statement_int(row, 10);
	item->registered_on = statement_text(row, 11);
	item->day1 = statement_text(row, 12);
	item->due_on = statement_text(row, 13);
	item->due_why = statement_text(row, 14);
	item->calendar = statement_text(row, 15);
	item->confidential = statement_int(row, 16) != 0;
	item->language = (Language)column_index(row, 17, language_names);
	item->opened_at = statement_int(row, 18);
	item->extended_on = statement_text(row, 19);
	item->extended_max = statement_text(row, 20);
	item->sequence = statement_int(row, 21);
	item->reopened = statement_int(row, 22) != 0;
	item->ended_at = statement_int(row, 23);
	return item;
}

static Case *
read_case(Statement *row, const char *what, GError **error)
{
	g_autoptr(GError) failure = NULL;

	if (row == NULL)
		return NULL;
	if (statement_step(row, &failure))
		return read_row(row);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	else
		g_set_error(error, FAULT, FAULT_LETTER, "there is no case %s", what);
	return NULL;
}

static GPtrArray *
read_cases(Statement *rows, GError **error)
{
	g_autoptr(GPtrArray) cases =
	    g_ptr_array_new_with_free_func((GDestroyNotify)case_free);
	g_autoptr(GError) failure = NULL;

	while (rows != NULL && statement_step(rows, &failure))
		g_ptr_array_add(cases, read_row(rows));
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_steal_pointer(&cases)
	    : NULL;
}

Case *
store_case_get(Store *store, gint64 id, GError **error)
{
	g_autofree char *what = g_strdup_printf("with id %" G_GINT64_FORMAT, id);
	g_autoptr(Statement) row = statement_open(
	    store, error, "SELECT " CASE_COLUMNS " FROM cases WHERE id = ?1", "i", id);

	return read_case(row, what, error);
}

Case *
store_case_by_number(Store *store, const char *number, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " CASE_COLUMNS " FROM cases WHERE number = ?1", "t", number);

	return read_case(row, number, error);
}

Case *
store_case_by_letter(Store *store, gint64 letter, GError **error)
{
	g_autofree char *what = g_strdup_printf("of letter %" G_GINT64_FORMAT, letter);
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " CASE_COLUMNS " FROM cases WHERE letter = ?1", "i", letter);

	return read_case(row, what, error);
}

GPtrArray *
store_cases_open(Store *store, gint64 after, guint limit, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " CASE_COLUMNS " FROM cases WHERE id > ?1 AND state IN ('open', "
	    "'extended') ORDER BY id LIMIT ?2",
	    "ii", after, (gint64)limit);

	return read_cases(rows, error);
}

GPtrArray *
store_cases_answered(Store *store, gint64 after, guint limit, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " CASE_COLUMNS " FROM cases WHERE id > ?1 AND state = 'answered' "
	    "ORDER BY id LIMIT ?2",
	    "ii", after, (gint64)limit);

	return read_cases(rows, error);
}

GPtrArray *
store_cases_unreminded(
    Store *store, const char *today, gint64 after, guint limit, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " CASE_COLUMNS
	    " FROM cases c WHERE state IN ('open', 'extended') AND "
	    "due_on < ?1 AND id > ?2 AND NOT EXISTS (SELECT 1 FROM notices n WHERE "
	    "n.case_id = c.id AND n.series = 'reminder' AND n.state = 'waiting') ORDER "
	    "BY "
	    "id LIMIT ?3",
	    "tii", today, after, (gint64)limit);

	return read_cases(rows, error);
}

GArray *
store_cases_due_between(Store *store, const char *from, const char *until, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id FROM cases WHERE state IN ('open', 'extended') AND due_on BETWEEN "
	    "?1 "
	    "AND ?2 ORDER BY due_on, id",
	    "tt", from, until);

	while (rows != NULL && statement_step(rows, &failure)) {
		gint64 id = statement_int(rows, 0);

		g_array_append_val(ids, id);
	}
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_steal_pointer(&ids)
	    : NULL;
}
