/* The router's moves: what was judged is held, closed, completed.  Each compares the
 * state it moves from. */
#include "clock.h"
#include "event.h"
#include "letter-private.h"

#include <string.h>

/* A letter whose reading does not unpack must not stop the others. */
static gboolean
set_aside(Store *store, GArray *damaged, GError **error)
{
	for (guint i = 0; i < damaged->len; i++) {
		EventAbout about = { .letter = g_array_index(damaged, gint64, i) };
		g_autoptr(Txn) txn = NULL;

		if (!store_join(store, &txn, error) ||
		    !statement_run(store, error, NULL,
			"UPDATE letters SET state = 'stuck', state_why = 'damaged' WHERE "
			"id = ?1 "
			"AND state = 'judged'",
			"i", about.letter) ||
		    !store_event(store, clock_now(), "stuck", about, error, "why",
			"damaged", NULL) ||
		    !store_part(&txn, error))
			return FALSE;
	}
	return TRUE;
}

GPtrArray *
store_letters_judged(Store *store, guint limit, GError **error)
{
	g_autoptr(GPtrArray) letters =
	    g_ptr_array_new_with_free_func((GDestroyNotify)letter_free);
	g_autoptr(GArray) damaged = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " LETTER_COLUMNS LETTER_TABLES
	    "WHERE l.id IN (SELECT id FROM (SELECT id "
	    "FROM letters WHERE state = 'judged' ORDER BY received_at, id LIMIT ?1) "
	    "UNION ALL "
	    "SELECT id FROM (SELECT id FROM letters WHERE state IN ('held', 'stuck') "
	    "AND state = 'stuck' AND stuck_told = 0 LIMIT ?1)) ORDER BY l.received_at, "
	    "l.id",
	    "i", (gint64)limit);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		Letter *letter = letter_from_row(rows, NULL);
		gint64 id = statement_int(rows, 0);

		if (letter != NULL)
			g_ptr_array_add(letters, letter);
		else
			g_array_append_val(damaged, id);
	}
	g_clear_pointer(&rows, statement_close);
	if (!fault_hand_on(g_steal_pointer(&failure), error) ||
	    !set_aside(store, damaged, error))
		return NULL;
	return g_steal_pointer(&letters);
}

gboolean
store_letter_hold(
    Store *store, gint64 letter, const char *why, gint64 now, GError **error)
{
	EventAbout about = { .letter = letter };
	g_autoptr(Txn) txn = NULL;
	int changes;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &changes,
		"UPDATE letters SET state = 'held', state_why = ?2 WHERE id = ?1 "
		"AND state = 'judged'",
		"it", letter, why) &&
	    letter_moved(changes, letter, "judged", error) &&
	    store_event(store, now, "held", about, error, "why", why, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_letter_repeats(
    Store *store, gint64 letter, gint64 since, gint64 *ret_count, GError **error)
{
	return statement_number(store, error, ret_count, 0,
	    "SELECT count(*) FROM readings r JOIN readings o ON o.letter = ?1 WHERE "
	    "r.author_key = o.author_key AND r.received_at >= ?2 AND r.letter < o.letter "
	    "AND r.text_key IS o.text_key",
	    "ii", letter, since);
}

gboolean
store_letter_close(Store *store, gint64 letter, const char *outcome, const char *silent,
    gint64 now, GError **error)
{
	EventAbout about = { .letter = letter };
	g_autoptr(Txn) txn = NULL;
	int changes;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &changes,
		"UPDATE letters SET state = 'closed', state_why = ?2 WHERE id = ?1 "
		"AND state = 'judged'",
		"it", letter, outcome) &&
	    letter_moved(changes, letter, "judged", error) &&
	    store_event(store, now, outcome, about, error, "no-notice", silent, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_letter_complete(
    Store *store, gint64 first, gint64 reply, gint64 now, GError **error)
{
	EventAbout about_first = { .letter = first }, about_reply = { .letter = reply };
	g_autofree char *first_text = g_strdup_printf("%" G_GINT64_FORMAT, first);
	g_autofree char *reply_text = g_strdup_printf("%" G_GINT64_FORMAT, reply);
	g_autoptr(Txn) txn = NULL;
	int closed, reopened;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &closed,
		"UPDATE letters SET state = 'closed', state_why = 'completion' WHERE id "
		"= ?1 "
		"AND state = 'judged'",
		"i", reply) &&
	    letter_moved(closed, reply, "judged", error) &&
	    statement_run(store, error, &reopened,
		"UPDATE letters SET state = 'received', state_why = NULL, attempts = 0, "
		"completed_by = ?2 WHERE id = ?1 AND state = 'closed' AND state_why = "
		"'rejected'",
		"ii", first, reply) &&
	    letter_moved(reopened, first, "closed as rejected", error) &&
	    store_event(
		store, now, "completion", about_reply, error, "of", first_text, NULL) &&
	    store_event(
		store, now, "completed", about_first, error, "by", reply_text, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_letter_stuck_told(Store *store, gint64 letter, gint64 now, GError **error)
{
	int changes;

	return statement_run(store, error, &changes,
		   "UPDATE letters SET stuck_told = 1 WHERE id = ?1 AND state = 'stuck' "
		   "AND stuck_told = 0",
		   "i", letter) &&
	    letter_moved(changes, letter, "stuck and untold", error);
}

gboolean
store_letters_waiting(Store *store, gint64 before, gint64 *ret_count, gint64 *ret_urgent,
    gint64 *ret_oldest, gint64 *ret_received_at, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT count(*), coalesce(sum(v.urgent), 0), l.id, min(l.received_at) FROM "
	    "letters l LEFT JOIN verdicts v ON v.letter = l.id WHERE l.state IN ('held', "
	    "'stuck') AND l.received_at < ?1",
	    "i", before);

	*ret_count = *ret_urgent = *ret_oldest = *ret_received_at = 0;
	if (row != NULL && statement_step(row, &failure)) {
		*ret_count = statement_int(row, 0);
		*ret_urgent = statement_int(row, 1);
		*ret_oldest = statement_int(row, 2);
		*ret_received_at = statement_int(row, 3);
	}
	return row != NULL && fault_hand_on(g_steal_pointer(&failure), error);
}
