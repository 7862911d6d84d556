/* Notices and their deliveries. */
#include "notice.h"

#include "event.h"
#include "statement.h"

#define MOST_DELIVERY_TEXT 200

const char *const delivery_names[] = { "sent", "retry", "unknown", "refused", NULL };

Notice *
notice_new(void)
{
	Notice *notice = g_new0(Notice, 1);

	notice->mail.length = -1;
	return notice;
}

void
notice_free(Notice *notice)
{
	if (notice == NULL)
		return;
	g_free(notice->kind);
	g_free(notice->role);
	g_free(notice->recipient);
	g_free(notice->recipient_name);
	g_free(notice->message_id);
	g_free(notice->in_reply_to);
	g_free(notice->references);
	g_free(notice->facts);
	g_free(notice->state);
	g_free(notice);
}

static EventAbout
about_notice(const Notice *notice)
{
	return (EventAbout){ notice->letter, notice->case_id, notice->id };
}

/* What an event about this notice is about. */
static gboolean
find_about(Store *store, gint64 notice, EventAbout *ret_about, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT coalesce(letter, 0), coalesce(case_id, 0) FROM notices WHERE id = ?1",
	    "i", notice);

	if (row == NULL)
		return FALSE;
	*ret_about = (EventAbout){ .notice = notice };
	if (statement_step(row, &failure)) {
		ret_about->letter = statement_int(row, 0);
		ret_about->case_id = statement_int(row, 1);
	}
	return fault_hand_on(g_steal_pointer(&failure), error);
}

/* --- the router --- */

gboolean
store_notice_owe(Store *store, Notice *notice, gint64 now, GError **error)
{
	g_autofree char *key = g_utf8_strdown(notice->recipient, -1);
	g_autoptr(Txn) txn = NULL;

	notice->created_at = now;
	notice->next_at = notice->not_before;
	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, NULL,
		"INSERT INTO notices (letter, case_id, kind, role, language, recipient, "
		"recipient_key, recipient_name, message_id, in_reply_to, refs, "
		"not_before, facts, "
		"state, state_at, next_at, created_at) VALUES (nullif(?1, 0), nullif(?2, "
		"0), ?3, ?4, "
		"?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'waiting', ?14, ?12, ?14)",
		"iitttttttttiti", notice->letter, notice->case_id, notice->kind,
		notice->role, language_names[notice->language], notice->recipient, key,
		notice->recipient_name, notice->message_id, notice->in_reply_to,
		notice->references, notice->not_before,
		notice->facts != NULL ? notice->facts : "{}", now))
		return FALSE;
	notice->id = sqlite3_last_insert_rowid(store_db(store));
	return store_event(store, now, "owed", about_notice(notice), error, "notice",
		   notice->kind, "to", notice->role, NULL) &&
	    store_part(&txn, error);
}

/* waiting → another state, with its event; *ret_moved is FALSE when it was not waiting.
 */
static gboolean
leave_waiting(Store *store, gint64 notice, const char *state, const char *why, gint64 now,
    gboolean *ret_moved, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	EventAbout about;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"UPDATE notices SET state = ?2, state_at = ?3 WHERE id = ?1 AND state = "
		"'waiting'",
		"iti", notice, state, now))
		return FALSE;
	*ret_moved = changes == 1;
	if (!*ret_moved)
		return TRUE;
	return find_about(store, notice, &about, error) &&
	    store_event(store, now, state, about, error, "why", why, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_notice_cancel(Store *store, gint64 notice, const char *why, gint64 now,
    gboolean *ret_cancelled, GError **error)
{
	return leave_waiting(store, notice, "cancelled", why, now, ret_cancelled, error);
}

/* --- the notifier --- */

#define NOTICE_COLUMNS                                                                   \
	"n.id, coalesce(n.letter, 0), coalesce(n.case_id, 0), n.kind, n.role, "          \
	"n.language, "                                                                   \
	"n.recipient, n.recipient_name, n.message_id, n.in_reply_to, n.refs, "           \
	"n.not_before, "                                                                 \
	"n.facts, n.state, n.attempts, n.next_at, n.created_at, n.spool_file, "          \
	"n.spool_offset, "                                                               \
	"n.spool_length"

static Notice *
read_notice(Statement *row)
{
	Notice *notice = notice_new();
	g_autofree char *language = statement_text(row, 5);

	notice->id = statement_int(row, 0);
	notice->letter = statement_int(row, 1);
	notice->case_id = statement_int(row, 2);
	notice->kind = statement_text(row, 3);
	notice->role = statement_text(row, 4);
	notice->language = (Language)MAX(name_index(language_names, language), 0);
	notice->recipient = statement_text(row, 6);
	notice->recipient_name = statement_text(row, 7);
	notice->message_id = statement_text(row, 8);
	notice->in_reply_to = statement_text(row, 9);
	notice->references = statement_text(row, 10);
	notice->not_before = statement_int(row, 11);
	notice->facts = statement_text(row, 12);
	notice->state = statement_text(row, 13);
	notice->attempts = statement_int(row, 14);
	notice->next_at = statement_int(row, 15);
	notice->created_at = statement_int(row, 16);
	notice->mail = statement_place(row, 17);
	return notice;
}

static GPtrArray *
read_notices(Statement *rows, GError **error)
{
	g_autoptr(GPtrArray) notices =
	    g_ptr_array_new_with_free_func((GDestroyNotify)notice_free);
	g_autoptr(GError) failure = NULL;

	while (statement_step(rows, &failure))
		g_ptr_array_add(notices, read_notice(rows));
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&notices)
							       : NULL;
}

static Notice *
find_by_message_id(Store *store, const char *message_id, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS " FROM notices n WHERE n.message_id = ?1", "t",
	    message_id);

	return row != NULL && statement_step(row, error) ? read_notice(row) : NULL;
}

Notice *
store_notice_referred(Store *store, const char *message_ids, GError **error)
{
	g_auto(GStrv) ids = g_strsplit(message_ids != NULL ? message_ids : "", " ", -1);
	g_autoptr(GError) failure = NULL;
	Notice *found = NULL;

	for (guint i = g_strv_length(ids); found == NULL && failure == NULL && i > 0; i--)
		if (*ids[i - 1] != '\0')
			found = find_by_message_id(store, ids[i - 1], &failure);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	return found;
}

GPtrArray *
store_notices_due(Store *store, gint64 now, guint limit, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS
	    " FROM notices n WHERE n.state = 'waiting' AND n.next_at <= ?1 "
	    "AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.notice = n.id "
	    "AND d.outcome IS NULL) ORDER BY n.next_at, n.id LIMIT ?2",
	    "ii", now, (gint64)limit);

	return rows != NULL ? read_notices(rows, error) : NULL;
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
	return find_about(store, result->notice, &about, error) &&
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

	return leave_waiting(store, notice, "refused", why, now, &moved, error);
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
		(find_about(store, notice, &about, error) &&
		    store_event(
			store, now, "postponed", about, error, "why", why, NULL))) &&
	    store_part(&txn, error);
}
