/* The notifier's half of the notices: what is due, and each try. */
#include "event.h"
#include "notice-private.h"

#define MOST_DELIVERY_TEXT 200

const char *const delivery_names[] = { "sent", "retry", "unknown", "refused", NULL };

GPtrArray *
store_notices_due(Store *store, gint64 now, guint limit, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS
	    " FROM notices n WHERE n.state = 'waiting' AND n.next_at <= ?1 "
	    "AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.notice = n.id "
	    "AND d.outcome IS NULL) ORDER BY n.next_at, n.id LIMIT ?2",
	    "ii", now, (gint64)limit);

	return notice_read_all(rows, error);
}

gint64
store_notices_next(Store *store, GError **error)
{
	gint64 next = 0;

	statement_number(store, error, &next, 0,
	    "SELECT min(next_at) FROM notices n WHERE n.state = 'waiting' AND NOT EXISTS "
	    "(SELECT 1 FROM deliveries d WHERE d.notice = n.id AND d.outcome IS NULL)",
	    "");
	return next;
}

static gboolean
begin_one(Store *store, Notice *notice, gint64 now, gint64 *ret_delivery, GError **error)
{
	int changes;

	*ret_delivery = 0;
	if (!statement_run(store, error, &changes,
		"UPDATE notices SET attempts = attempts + 1, spool_file = ?2, "
		"spool_offset = ?3, "
		"spool_length = ?4 WHERE id = ?1 AND state = 'waiting' AND NOT EXISTS "
		"(SELECT 1 "
		"FROM deliveries d WHERE d.notice = ?1 AND d.outcome IS NULL)",
		"iiii", notice->id, notice->mail.file, notice->mail.offset,
		notice->mail.length))
		return FALSE;
	if (changes != 1)
		return TRUE;
	if (!statement_run(store, error, NULL,
		"INSERT INTO deliveries (notice, begun_at) VALUES (?1, ?2)", "ii",
		notice->id, now))
		return FALSE;
	*ret_delivery = sqlite3_last_insert_rowid(store_db(store));
	return TRUE;
}

gboolean
store_deliveries_begin(Store *store, Notice *const *notices, guint n_notices, gint64 now,
    gint64 *ret_deliveries, GError **error)
{
	g_autoptr(Txn) txn = NULL;

	if (n_notices == 0)
		return TRUE;
	if (!spool_sync(store_spool(store), error) || !store_join(store, &txn, error))
		return FALSE;
	for (guint i = 0; i < n_notices; i++)
		if (!begin_one(store, notices[i], now, &ret_deliveries[i], error))
			return FALSE;
	return store_part(&txn, error);
}

static gboolean
end_one(Store *store, const DeliveryResult *result, gint64 now, GError **error)
{
	g_autofree char *code =
	    result->code != 0 ? g_strdup_printf("%d", result->code) : NULL;
	g_autofree char *text =
	    result->text != NULL ? g_utf8_make_valid(result->text, -1) : NULL;
	EventAbout about;
	int changes;

	if (text != NULL && g_utf8_strlen(text, -1) > MOST_DELIVERY_TEXT)
		*g_utf8_offset_to_pointer(text, MOST_DELIVERY_TEXT) = '\0';
	if (!statement_run(store, error, &changes,
		"UPDATE deliveries SET outcome = ?2, code = nullif(?3, 0), text = ?4, "
		"ended_at = ?5 "
		"WHERE id = ?1 AND outcome IS NULL",
		"ititi", result->delivery, delivery_names[result->outcome],
		(gint64)result->code, text, now))
		return FALSE;
	if (changes != 1)
		return TRUE;
	if (!statement_run(store, error, NULL,
		"UPDATE notices SET state = CASE ?2 WHEN 'sent' THEN 'sent' WHEN "
		"'refused' "
		"THEN 'refused' ELSE state END, state_at = ?3, next_at = max(next_at, "
		"?4) "
		"WHERE id = ?1 AND state = 'waiting'",
		"itii", result->notice, delivery_names[result->outcome], now,
		result->next_at))
		return FALSE;
	return notice_find_about(store, result->notice, &about, error) &&
	    store_event(store, now, delivery_names[result->outcome], about, error, "code",
		code, "answer", result->outcome == DELIVERY_SENT ? NULL : text, NULL);
}

gboolean
store_deliveries_end(Store *store, const DeliveryResult *results, guint n_results,
    gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;

	if (n_results == 0)
		return TRUE;
	if (!store_join(store, &txn, error))
		return FALSE;
	for (guint i = 0; i < n_results; i++)
		if (!end_one(store, &results[i], now, error))
			return FALSE;
	return store_part(&txn, error);
}

static GArray *
find_open(Store *store, gint64 next_at, GError **error)
{
	g_autoptr(GArray) open = g_array_new(FALSE, TRUE, sizeof(DeliveryResult));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id, notice FROM deliveries WHERE outcome IS NULL ORDER BY id", "");

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		DeliveryResult result = { .delivery = statement_int(rows, 0),
			.notice = statement_int(rows, 1),
			.outcome = DELIVERY_UNKNOWN,
			.text = "the program ended before the server's answer was kept",
			.next_at = next_at };

		g_array_append_val(open, result);
	}
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&open)
							       : NULL;
}

gboolean
store_deliveries_recover(
    Store *store, gint64 now, gint64 next_at, guint *ret_recovered, GError **error)
{
	g_autoptr(GArray) open = find_open(store, next_at, error);

	if (open == NULL)
		return FALSE;
	*ret_recovered = open->len;
	return store_deliveries_end(
	    store, (const DeliveryResult *)(gpointer)open->data, open->len, now, error);
}

gint64
store_notices_sent_since(Store *store, const char *address, gint64 since, GError **error)
{
	g_autofree char *key = address != NULL ? g_utf8_strdown(address, -1) : NULL;
	gint64 count = 0;

	if (key != NULL)
		statement_number(store, error, &count, 0,
		    "SELECT count(*) FROM notices WHERE recipient_key = ?1 AND state = "
		    "'sent' "
		    "AND state_at >= ?2",
		    "ti", key, since);
	else
		statement_number(store, error, &count, 0,
		    "SELECT count(*) FROM notices WHERE state = 'sent' AND state_at >= "
		    "?1",
		    "i", since);
	return count;
}

gint64
store_notice_unknowns(Store *store, gint64 notice, GError **error)
{
	gint64 count = 0;

	statement_number(store, error, &count, 0,
	    "SELECT count(*) FROM deliveries WHERE notice = ?1 AND outcome = 'unknown'",
	    "i", notice);
	return count;
}

gboolean
store_notice_refuse(
    Store *store, gint64 notice, const char *why, gint64 now, GError **error)
{
	gboolean moved;

	return notice_leave_waiting(store, notice, "refused", why, now, &moved, error);
}

gboolean
store_notice_postpone(Store *store, gint64 notice, const char *why, gint64 next_at,
    gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	EventAbout about;
	int changes;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &changes,
		"UPDATE notices SET next_at = ?2 WHERE id = ?1 AND state = 'waiting'",
		"ii", notice, next_at) &&
	    (changes != 1 ||
		(notice_find_about(store, notice, &about, error) &&
		    store_event(
			store, now, "postponed", about, error, "why", why, NULL))) &&
	    store_part(&txn, error);
}

char *
store_notice_refusal(Store *store, gint64 notice, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT coalesce((SELECT CAST(code AS TEXT) FROM deliveries WHERE notice = "
	    "n.id AND outcome = 'refused' ORDER BY id DESC LIMIT 1), (SELECT "
	    "json_extract(detail, '$.why') FROM events e WHERE (e.letter = n.letter OR "
	    "e.case_id = n.case_id) AND e.notice = n.id AND e.kind = 'refused' ORDER BY "
	    "e.id DESC LIMIT 1), 'unknown') FROM notices n WHERE n.id = ?1",
	    "i", notice);

	return row != NULL && statement_step(row, error) ? statement_text(row, 0) : NULL;
}
