/* The fetcher's moves: the mailbox position, and the ledger of what stood where. */
#include "event.h"
#include "letter.h"
#include "statement.h"

#define TOUCH_EVERY_S 60

void
mailbox_free(Mailbox *mailbox)
{
	if (mailbox == NULL)
		return;
	g_free(mailbox->reconciled_on);
	g_free(mailbox);
}

static Mailbox *
find_mailbox(Store *store, const char *name, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT id, uidvalidity, last_uid, fetched_at, reconciled_on FROM mailboxes "
	    "WHERE name = ?1",
	    "t", name);
	Mailbox *mailbox;

	if (row == NULL || !statement_step(row, error))
		return NULL;
	mailbox = g_new0(Mailbox, 1);
	mailbox->id = statement_int(row, 0);
	mailbox->uidvalidity = statement_int(row, 1);
	mailbox->last_uid = statement_int(row, 2);
	mailbox->fetched_at = statement_int(row, 3);
	mailbox->reconciled_on = statement_text(row, 4);
	return mailbox;
}

Mailbox *
store_mailbox(Store *store, const char *name, GError **error)
{
	g_autoptr(GError) failure = NULL;
	Mailbox *mailbox = find_mailbox(store, name, &failure);

	if (mailbox == NULL && failure == NULL &&
	    statement_run(store, &failure, NULL,
		"INSERT INTO mailboxes (name) VALUES (?1) ON CONFLICT DO NOTHING", "t",
		name))
		mailbox = find_mailbox(store, name, &failure);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	return mailbox;
}

gboolean
store_mailbox_revalidate(
    Store *store, gint64 mailbox, gint64 uidvalidity, gint64 now, GError **error)
{
	g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT, uidvalidity);
	g_autoptr(Txn) txn = NULL;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, NULL,
		"UPDATE mailboxes SET uidvalidity = ?2, last_uid = 0 WHERE id = ?1", "ii",
		mailbox, uidvalidity) &&
	    store_event(store, now, "uidvalidity", (EventAbout){ 0 }, error,
		"uidvalidity", value, NULL) &&
	    store_part(&txn, error);
}

/* A letter with these bytes that the ledger does not yet hold under this UIDVALIDITY; the
 * oldest one, so that equal letters are matched in their order. */
static gboolean
find_known(Store *store, gint64 mailbox, gint64 uidvalidity, const Arrival *arrival,
    gint64 *ret_letter, GError **error)
{
	return statement_number(store, error, ret_letter, 0,
	    "SELECT l.id FROM letters l WHERE l.digest = ?1 AND EXISTS (SELECT 1 FROM "
	    "sources s "
	    "WHERE s.letter = l.id AND s.mailbox = ?2) AND NOT EXISTS (SELECT 1 FROM "
	    "sources s "
	    "WHERE s.letter = l.id AND s.mailbox = ?2 AND s.uidvalidity = ?3) ORDER BY "
	    "l.id LIMIT 1",
	    "bii", arrival->digest, (gsize)SPOOL_DIGEST_LENGTH, mailbox, uidvalidity);
}

static gboolean
is_in_ledger(Store *store, gint64 mailbox, gint64 uidvalidity, gint64 uid,
    gint64 *ret_letter, GError **error)
{
	return statement_number(store, error, ret_letter, 0,
	    "SELECT letter FROM sources WHERE mailbox = ?1 AND uidvalidity = ?2 AND uid "
	    "= ?3",
	    "iii", mailbox, uidvalidity, uid);
}

static gboolean
insert_letter(
    Store *store, const Arrival *arrival, gint64 now, gint64 *ret_letter, GError **error)
{
	g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT, arrival->size);
	EventAbout about = { 0 };

	if (!statement_run(store, error, NULL,
		"INSERT INTO letters (received_at, fetched_at, size, whole, digest, "
		"spool_file, "
		"spool_offset, spool_length, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
		"?8, "
		"'received')",
		"iiiibiii", arrival->received_at, now, arrival->size,
		(gint64)arrival->whole, arrival->digest, (gsize)SPOOL_DIGEST_LENGTH,
		arrival->place.file, arrival->place.offset, arrival->place.length))
		return FALSE;
	about.letter = *ret_letter = sqlite3_last_insert_rowid(store_db(store));
	return store_event(store, now, "received", about, error, "size", size, "whole",
	    arrival->whole ? NULL : "no", NULL);
}

static gboolean
receive(Store *store, gint64 mailbox, gint64 uidvalidity, const Arrival *arrival,
    gint64 now, guint *new_letters, GError **error)
{
	gint64 letter;

	if (!is_in_ledger(store, mailbox, uidvalidity, arrival->uid, &letter, error))
		return FALSE;
	if (letter != 0)
		return TRUE;
	if (!find_known(store, mailbox, uidvalidity, arrival, &letter, error))
		return FALSE;
	if (letter == 0) {
		if (!insert_letter(store, arrival, now, &letter, error))
			return FALSE;
		++*new_letters;
	}
	return statement_run(store, error, NULL,
	    "INSERT INTO sources (mailbox, uidvalidity, uid, letter) VALUES (?1, ?2, ?3, "
	    "?4)",
	    "iiii", mailbox, uidvalidity, arrival->uid, letter);
}

gboolean
store_letters_receive(Store *store, gint64 mailbox, gint64 uidvalidity,
    const Arrival *arrivals, guint n_arrivals, gint64 last_uid, gint64 now,
    guint *ret_new, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	guint new_letters = 0;

	if (!spool_sync(store_spool(store), error) || !store_join(store, &txn, error))
		return FALSE;
	for (guint i = 0; i < n_arrivals; i++)
		if (!receive(store, mailbox, uidvalidity, &arrivals[i], now, &new_letters,
			error))
			return FALSE;
	if (!statement_run(store, error, NULL,
		"UPDATE mailboxes SET last_uid = max(last_uid, ?3), fetched_at = ?4 "
		"WHERE id = ?1 AND uidvalidity = ?2",
		"iiii", mailbox, uidvalidity, last_uid, now) ||
	    !store_part(&txn, error))
		return FALSE;
	*ret_new = new_letters;
	return TRUE;
}

gboolean
store_mailbox_touch(Store *store, gint64 mailbox, gint64 now, GError **error)
{
	gint64 before;

	if (!statement_number(store, error, &before, 0,
		"SELECT fetched_at FROM mailboxes WHERE id = ?1", "i", mailbox))
		return FALSE;
	if (now - before < TOUCH_EVERY_S)
		return TRUE;
	return statement_run(store, error, NULL,
	    "UPDATE mailboxes SET fetched_at = ?2 WHERE id = ?1", "ii", mailbox, now);
}

GArray *
store_mailbox_uids(Store *store, gint64 mailbox, gint64 uidvalidity, GError **error)
{
	g_autoptr(GArray) uids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT uid FROM sources WHERE mailbox = ?1 AND uidvalidity = ?2 ORDER BY "
	    "uid",
	    "ii", mailbox, uidvalidity);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		gint64 uid = statement_int(rows, 0);

		g_array_append_val(uids, uid);
	}
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&uids)
							       : NULL;
}

gboolean
store_mailbox_reconciled(Store *store, gint64 mailbox, const char *day,
    gint64 uidvalidity, gint64 last_uid, gint64 missing, gint64 now, GError **error)
{
	g_autofree char *result = missing == 0
	    ? g_strdup_printf("UIDVALIDITY %" G_GINT64_FORMAT
			      ", UIDs 1..%" G_GINT64_FORMAT ", every one accounted for",
		  uidvalidity, last_uid)
	    : g_strdup_printf("UIDVALIDITY %" G_GINT64_FORMAT
			      ", UIDs 1..%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
			      " not accounted for",
		  uidvalidity, last_uid, missing);
	g_autoptr(Txn) txn = NULL;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, NULL,
		"UPDATE mailboxes SET reconciled_on = ?2 WHERE id = ?1", "it", mailbox,
		day) &&
	    store_event(store, now, "reconciled", (EventAbout){ 0 }, error, "result",
		result, NULL) &&
	    store_part(&txn, error);
}
