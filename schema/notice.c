#include "notice.h"

#include "event.h"
#include "notice-private.h"

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
	g_free(notice->series);
	g_free(notice->bounce);
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
gboolean
notice_find_about(Store *store, gint64 notice, EventAbout *ret_about, GError **error)
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
		"state, state_at, next_at, created_at, series, bounce) VALUES "
		"(nullif(?1, "
		"0), nullif(?2, 0), ?3, ?4, "
		"?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'waiting', ?14, ?12, ?14, ?15, "
		"?16)",
		"iitttttttttititt", notice->letter, notice->case_id, notice->kind,
		notice->role, language_names[notice->language], notice->recipient, key,
		notice->recipient_name, notice->message_id, notice->in_reply_to,
		notice->references, notice->not_before,
		notice->facts != NULL ? notice->facts : "{}", now, notice->series,
		notice->bounce))
		return FALSE;
	notice->id = sqlite3_last_insert_rowid(store_db(store));
	return store_event(store, now, "owed", about_notice(notice), error, "notice",
		   notice->kind, "to", notice->role, NULL) &&
	    store_part(&txn, error);
}

/* waiting → another state, with its event; *ret_moved is FALSE when it was not waiting.
 */
gboolean
notice_leave_waiting(Store *store, gint64 notice, const char *state, const char *why,
    gint64 now, gboolean *ret_moved, GError **error)
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
	return notice_find_about(store, notice, &about, error) &&
	    store_event(store, now, state, about, error, "why", why, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_notice_cancel(Store *store, gint64 notice, const char *why, gint64 now,
    gboolean *ret_cancelled, GError **error)
{
	return notice_leave_waiting(
	    store, notice, "cancelled", why, now, ret_cancelled, error);
}

Notice *
notice_read(Statement *row)
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
	notice->series = statement_text(row, 20);
	notice->bounce = statement_text(row, 21);
	return notice;
}

GPtrArray *
notice_read_all(Statement *rows, GError **error)
{
	g_autoptr(GPtrArray) notices =
	    g_ptr_array_new_with_free_func((GDestroyNotify)notice_free);
	g_autoptr(GError) failure = NULL;

	while (rows != NULL && statement_step(rows, &failure))
		g_ptr_array_add(notices, notice_read(rows));
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_steal_pointer(&notices)
	    : NULL;
}

static Notice *
find_by_message_id(Store *store, const char *message_id, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS " FROM notices n WHERE n.message_id = ?1", "t",
	    message_id);

	return row != NULL && statement_step(row, error) ? notice_read(row) : NULL;
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

/* NULL without an error for none. */
static Notice *
read_one(Statement *row, GError **error)
{
	return row != NULL && statement_step(row, error) ? notice_read(row) : NULL;
}

Notice *
store_notice_get(Store *store, gint64 id, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(store, &failure,
	    "SELECT " NOTICE_COLUMNS " FROM notices n WHERE n.id = ?1", "i", id);
	Notice *notice = read_one(row, &failure);

	if (notice == NULL && failure == NULL)
		g_set_error(&failure, FAULT, FAULT_LETTER,
		    "there is no notice %" G_GINT64_FORMAT, id);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	return notice;
}

Notice *
store_notice_bounced(Store *store, const char *bounce, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS " FROM notices n WHERE n.bounce = ?1", "t", bounce);

	return read_one(row, error);
}

Notice *
store_notice_of_case(
    Store *store, gint64 case_id, const char *kind, const char *role, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS
	    " FROM notices n WHERE n.case_id = ?1 AND n.kind = ?2 "
	    "AND n.role = ?3 ORDER BY n.id DESC LIMIT 1",
	    "itt", case_id, kind, role);

	return read_one(row, error);
}

Notice *
store_notice_of_letter(Store *store, gint64 letter, const char *kind, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS
	    " FROM notices n WHERE n.letter = ?1 AND n.kind = ?2 "
	    "ORDER BY n.id DESC LIMIT 1",
	    "it", letter, kind);

	return read_one(row, error);
}

/* Takes back the notices that the rows tell. */
static gboolean
cancel_all(Store *store, GPtrArray *notices, const char *why, gint64 now, GError **error)
{
	gboolean cancelled;

	for (guint i = 0; notices != NULL && i < notices->len; i++)
		if (!store_notice_cancel(store, ((Notice *)notices->pdata[i])->id, why,
			now, &cancelled, error))
			return FALSE;
	return notices != NULL;
}

gboolean
store_notices_cancel(Store *store, gint64 case_id, const char *series, const char *why,
    gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	g_autoptr(GPtrArray) notices = NULL;

	if (!store_join(store, &txn, error))
		return FALSE;
	{
		g_autoptr(Statement) rows = statement_open(store, error,
		    "SELECT " NOTICE_COLUMNS " FROM notices n WHERE n.case_id = ?1 AND "
		    "n.series IS NOT NULL AND (?2 IS NULL OR n.series = ?2) AND n.state "
		    "= "
		    "'waiting'",
		    "it", case_id, series);

		notices = notice_read_all(rows, error);
	}
	return cancel_all(store, notices, why, now, error) && store_part(&txn, error);
}

gboolean
store_notices_cancel_letter(
    Store *store, gint64 letter, const char *why, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	g_autoptr(GPtrArray) notices = NULL;

	if (!store_join(store, &txn, error))
		return FALSE;
	{
		g_autoptr(Statement) rows = statement_open(store, error,
		    "SELECT " NOTICE_COLUMNS " FROM notices n WHERE n.letter = ?1 AND "
		    "n.case_id IS NULL AND n.series IS NOT NULL AND n.state = 'waiting'",
		    "i", letter);

		notices = notice_read_all(rows, error);
	}
	return cancel_all(store, notices, why, now, error) && store_part(&txn, error);
}

gboolean
store_notices_exchanged(Store *store, gint64 case_id, gint64 letter, const char *address,
    gint64 since, gint64 *ret_count, GError **error)
{
	g_autofree char *key = g_utf8_strdown(address, -1);

	if (case_id != 0)
		return statement_number(store, error, ret_count, 0,
		    "SELECT count(*) FROM notices WHERE case_id = ?1 AND recipient_key = "
		    "?2 AND created_at >= ?3 AND series IS NULL",
		    "iti", case_id, key, since);
	return statement_number(store, error, ret_count, 0,
	    "SELECT count(*) FROM notices WHERE letter = ?1 AND recipient_key = ?2 AND "
	    "created_at >= ?3 AND series IS NULL",
	    "iti", letter, key, since);
}

gboolean
store_notices_overtaken(Store *store, gint64 now, guint *ret_late, GError **error)
{
	g_autoptr(GPtrArray) notices = NULL;
	g_autoptr(Txn) txn = NULL;

	{
		g_autoptr(Statement) rows = statement_open(store, error,
		    "SELECT " NOTICE_COLUMNS
		    " FROM notices n WHERE n.state = 'waiting' AND "
		    "n.series IS NOT NULL AND n.next_at <= ?1 AND EXISTS (SELECT 1 FROM "
		    "notices o WHERE o.case_id IS n.case_id AND (n.case_id IS NOT NULL "
		    "OR o.letter IS n.letter) AND o.series = n.series AND o.state = "
		    "'waiting' AND o.not_before > n.not_before AND o.not_before <= ?1)",
		    "i", now);

		notices = notice_read_all(rows, error);
	}
	*ret_late = notices != NULL ? notices->len : 0;
	if (*ret_late == 0)
		return notices != NULL;
	return store_join(store, &txn, error) &&
	    cancel_all(store, notices, "overtaken", now, error) &&
	    store_part(&txn, error);
}

gboolean
store_notice_bounce(
    Store *store, gint64 notice, const char *code, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	EventAbout about;
	int changes;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &changes,
		"UPDATE notices SET state = 'refused', state_at = ?2 WHERE id = ?1 AND "
		"state IN ('waiting', 'sent')",
		"ii", notice, now) &&
	    (changes == 0 ||
		(notice_find_about(store, notice, &about, error) &&
		    store_event(
			store, now, "bounced", about, error, "code", code, NULL))) &&
	    store_part(&txn, error);
}

GPtrArray *
store_notices_refused(Store *store, guint limit, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " NOTICE_COLUMNS
	    " FROM notices n WHERE n.state = 'refused' AND n.role "
	    "IN ('citizen', 'official') AND NOT EXISTS (SELECT 1 FROM tasks t WHERE "
	    "t.notice = n.id) ORDER BY n.id LIMIT ?1",
	    "i", (gint64)limit);

	return notice_read_all(rows, error);
}

gboolean
store_notices_due_between(
    Store *store, gint64 from, gint64 until, gint64 *ret_count, GError **error)
{
	return statement_number(store, error, ret_count, 0,
	    "SELECT count(*) FROM notices WHERE state = 'waiting' AND not_before BETWEEN "
	    "?1 "
	    "AND ?2",
	    "ii", from, until);
}

gboolean
store_notices_stuck(Store *store, gint64 before, gint64 *ret_count, GError **error)
{
	return statement_number(store, error, ret_count, 0,
	    "SELECT count(*) FROM notices WHERE state = 'waiting' AND kind IN "
	    "('rejection', "
	    "'forward', 'extension') AND created_at < ?1",
	    "i", before);
}
