#include "fetch.h"

#include "after.h"
#include "alarm.h"
#include "event.h"
#include "fault.h"
#include "keep.h"
#include "take.h"

#define SIZES_AT_ONCE 5000      /* UIDs a command */
#define RUNS_AT_ONCE 700        /* a command's length stays under 8000 bytes */
#define FAILED_IN_ROW 10        /* letters; then it is the server that fails, not they */
#define RETRY_LATER_S (15 * 60) /* a letter that failed all its attempts */

Fetcher *
fetcher_new(const Program *program, const Setup *setup)
{
	Fetcher *fetcher = g_new0(Fetcher, 1);

	fetcher->program = program;
	fetcher->setup = setup;
	fetcher->store = program->store;
	fetcher->ledger = ledger_new();
	fetcher->started_at = program_now(program);
	return fetcher;
}

void
fetcher_free(Fetcher *fetcher)
{
	if (fetcher == NULL)
		return;
	fetch_hang_up(fetcher);
	mailbox_free(fetcher->mailbox);
	ledger_free(fetcher->ledger);
	g_free(fetcher);
}

void
fetch_hang_up(Fetcher *fetcher)
{
	g_clear_pointer(&fetcher->session, session_close);
}

/* The first time, or the folder was made anew: all its UIDs mean other letters. */
static gboolean
meet_uidvalidity(Fetcher *fetcher, GError **error)
{
	gint64 told = fetcher->session->uidvalidity;
	gint64 now = program_now(fetcher->program);

	if (fetcher->mailbox == NULL)
		fetcher->mailbox =
		    store_mailbox(fetcher->store, fetcher->setup->name, error);
	if (fetcher->mailbox == NULL)
		return FALSE;
	if (fetcher->mailbox->uidvalidity == told)
		return TRUE;
	if (!store_mailbox_revalidate(
		fetcher->store, fetcher->mailbox->id, told, now, error))
		return FALSE;
	g_message("mailbox: UIDVALIDITY %" G_GINT64_FORMAT ", was %" G_GINT64_FORMAT,
	    told, fetcher->mailbox->uidvalidity);
	g_clear_pointer(&fetcher->mailbox, mailbox_free);
	ledger_clear(fetcher->ledger);
	fetcher->ledger_loaded = FALSE;
	fetcher->mailbox = store_mailbox(fetcher->store, fetcher->setup->name, error);
	return fetcher->mailbox != NULL;
}

gboolean
fetch_ready(Fetcher *fetcher, GError **error)
{
	if (fetcher->session != NULL && !fetcher->session->broken)
		return TRUE;
	fetch_hang_up(fetcher);
	fetcher->session =
	    session_open(fetcher->setup, program_stop_fd(), &fetcher->alarm, error);
	if (fetcher->session == NULL)
		return FALSE;
	fetcher->alarm = "imap-mailbox";
	if (!session_select(fetcher->session, error))
		return FALSE;
	fetcher->alarm = NULL;
	return meet_uidvalidity(fetcher, error);
}

/* A new session in the middle of a pass: it must be the same folder. */
static gboolean
resume(Fetcher *fetcher, GError **error)
{
	gint64 uidvalidity = fetcher->mailbox->uidvalidity;

	if (program_stopping()) {
		g_set_error_literal(error, FAULT, FAULT_RETRY, "asked to stop");
		return FALSE;
	}
	if (!fetch_ready(fetcher, error))
		return FALSE;
	if (fetcher->mailbox->uidvalidity == uidvalidity)
		return TRUE;
	g_set_error_literal(
	    error, FAULT, FAULT_RETRY, "the folder was made anew meanwhile");
	return FALSE;
}

/* Bytes first, then the row and the position, then the mark on the server. */
static gboolean
commit(Fetcher *fetcher, GArray *arrivals, gint64 reached, GError **error)
{
	gint64 position = ledger_position(fetcher->ledger, reached);
	const Arrival *first = (const Arrival *)(void *)arrivals->data;
	guint new_letters = 0;

	if (!keep_letters(fetcher->store, fetcher->mailbox->id,
		fetcher->mailbox->uidvalidity, arrivals, position,
		program_now(fetcher->program), &new_letters, error))
		return FALSE;
	fetcher->mailbox->last_uid = MAX(fetcher->mailbox->last_uid, position);
	fetcher->n_fetched += arrivals->len;
	if (arrivals->len > 0)
		fetcher->n_failed_in_row = 0;
	for (guint i = 0; i < arrivals->len; i++)
		if (first[i].uid > fetcher->mailbox->last_uid)
			ledger_add(fetcher->ledger, first[i].uid);
	ledger_forget(fetcher->ledger, fetcher->mailbox->last_uid);
	g_info("fetched %u letters, %u new, up to UID %" G_GINT64_FORMAT, arrivals->len,
	    new_letters, fetcher->mailbox->last_uid);
	if (arrivals->len > 0 && !fetcher->session->broken)
		after_letters(fetcher->session, first, arrivals->len);
	return TRUE;
}

/* Is it still in the folder? */
static gboolean
look_for(Fetcher *fetcher, guint32 uid, gboolean *ret_there, GError **error)
{
	g_autoptr(GArray) found = NULL;

	if (!resume(fetcher, error))
		return FALSE;
	found = session_search(fetcher->session, uid, uid, SEARCH_ALL, error);
	*ret_there = found != NULL && found->len > 0;
	return found != NULL;
}

/* One letter alone, up to its number of attempts. */
static gboolean
fetch_alone(Fetcher *fetcher, const Wanted *wanted, GError **error)
{
	gboolean whole = wanted->size <= fetcher->setup->max_size, there = TRUE;
	gint64 now = program_now(fetcher->program);
	guint failures = 0;

	while (failures < LEDGER_ATTEMPTS) {
		g_autoptr(GArray) arrivals = g_array_new(FALSE, FALSE, sizeof(Arrival));
		TakeResult result;

		if (!resume(fetcher, error))
			return FALSE;
		result = take_letters(fetcher->session, store_spool(fetcher->store),
		    wanted, 1, whole, arrivals, error);
		if (result == TAKE_STOPPED)
			return FALSE;
		if (arrivals->len == 1) {
			ledger_settle(fetcher->ledger, wanted->uid);
			return commit(fetcher, arrivals, wanted->uid, error);
		}
		if (!fetcher->session->broken &&
		    !look_for(fetcher, wanted->uid, &there, error))
			return FALSE;
		if (!there) {
			g_info("UID %u vanished before it was fetched", wanted->uid);
			ledger_settle(fetcher->ledger, wanted->uid);
			return TRUE;
		}
		failures = ledger_fail(fetcher->ledger, wanted->uid, now + RETRY_LATER_S);
	}
	g_warning("UID %u failed %u times: it waits, those behind it go on", wanted->uid,
	    failures);
	if (++fetcher->n_failed_in_row < FAILED_IN_ROW)
		return TRUE;
	fetcher->n_failed_in_row = 0;
	g_set_error(error, FAULT, FAULT_RETRY, "%s: %u letters in a row failed",
	    fetcher->setup->host, FAILED_IN_ROW);
	return FALSE;
}

static gboolean
is_among(const GArray *arrivals, guint32 uid)
{
	for (guint i = 0; i < arrivals->len; i++)
		if (g_array_index(arrivals, Arrival, i).uid == uid)
			return TRUE;
	return FALSE;
}

/* How many of them one command may ask for: bounded in number and bytes; one that is too
 * large, or whose size is not told, goes alone. */
static guint
batch_length(const Setup *setup, const Wanted *wanted, guint n)
{
	gint64 bytes = 0;
	guint i;

	for (i = 0; i < n && i < setup->batch; i++) {
		if (wanted[i].size < 0 || wanted[i].size > setup->max_size)
			break;
		bytes += wanted[i].size;
		if (i > 0 && bytes > setup->batch_bytes)
			break;
	}
	return i;
}

/* The batch behind is asked for before this one is committed; not where marks come
 * between. */
static void
ask_early(Fetcher *fetcher, const Wanted *wanted, guint n_behind)
{
	guint n = batch_length(fetcher->setup, wanted, n_behind);

	if (n > 1 && !program_stopping())
		take_early(fetcher->session, wanted, n);
}

static gboolean
fetch_batch(
    Fetcher *fetcher, const Wanted *wanted, guint n, guint n_behind, GError **error)
{
	g_autoptr(GArray) arrivals = g_array_sized_new(FALSE, FALSE, sizeof(Arrival), n);
	TakeResult result;

	if (!resume(fetcher, error))
		return FALSE;
	result = take_letters(fetcher->session, store_spool(fetcher->store), wanted, n,
	    TRUE, arrivals, error);
	if (result == TAKE_STOPPED)
		return FALSE;
	if (result == TAKE_ALL && fetcher->setup->then == AFTER_LEAVE)
		ask_early(fetcher, &wanted[n], n_behind);
	if (result == TAKE_ALL)
		return commit(fetcher, arrivals, wanted[n - 1].uid, error);
	if (!commit(fetcher, arrivals, wanted[0].uid - 1, error))
		return FALSE;
	for (guint i = 0; i < n; i++)
		if (!is_among(arrivals, wanted[i].uid) &&
		    !fetch_alone(fetcher, &wanted[i], error))
			return FALSE;
	g_array_set_size(arrivals, 0);
	return commit(fetcher, arrivals, wanted[n - 1].uid, error);
}

static gboolean
fetch_wanted(Fetcher *fetcher, GArray *wanted, GError **error)
{
	const Wanted *all = (const Wanted *)(void *)wanted->data;

	for (guint i = 0; i < wanted->len;) {
		guint n = batch_length(fetcher->setup, &all[i], wanted->len - i);
		gboolean done = n > 1
		    ? fetch_batch(fetcher, &all[i], n, wanted->len - i - n, error)
		    : fetch_alone(fetcher, &all[i], error);

		if (!done)
			return FALSE;
		i += MAX(n, 1);
	}
	return TRUE;
}

/* As many as one command may ask the sizes of. */
static GArray *
cut_window(const GArray *uids, guint start)
{
	GArray *wanted = g_array_new(FALSE, FALSE, sizeof(Wanted));
	guint32 before = 0;
	guint runs = 0;

	for (guint i = start; i < uids->len && wanted->len < SIZES_AT_ONCE; i++) {
		Wanted one = { g_array_index(uids, guint32, i), -1 };

		runs += one.uid - before > TAKE_GAP + 1;
		if (runs > RUNS_AT_ONCE)
			break;
		g_array_append_val(wanted, one);
		before = one.uid;
	}
	return wanted;
}

gboolean
fetch_uids(Fetcher *fetcher, GArray *uids, GError **error)
{
	for (guint start = 0; start < uids->len;) {
		g_autoptr(GArray) wanted = cut_window(uids, start);

		start += wanted->len;
		if (!resume(fetcher, error) ||
		    !take_sizes(fetcher->session, wanted, error) ||
		    !fetch_wanted(fetcher, wanted, error))
			return FALSE;
	}
	return TRUE;
}

/* What this process has not seen stored itself may still be there: beyond a letter that
 * failed. */
static gboolean
load_ledger(Fetcher *fetcher, GError **error)
{
	g_autoptr(GArray) uids = NULL;

	if (fetcher->ledger_loaded)
		return TRUE;
	uids = store_mailbox_uids(
	    fetcher->store, fetcher->mailbox->id, fetcher->mailbox->uidvalidity, error);
	if (uids == NULL)
		return FALSE;
	for (guint i = uids->len; i > 0; i--) {
		gint64 uid = g_array_index(uids, gint64, i - 1);

		if (uid <= fetcher->mailbox->last_uid)
			break;
		ledger_add(fetcher->ledger, uid);
	}
	fetcher->ledger_loaded = TRUE;
	return TRUE;
}

static void
drop_unwanted(Fetcher *fetcher, GArray *uids)
{
	gint64 now = program_now(fetcher->program);
	guint kept = 0;

	for (guint i = 0; i < uids->len; i++) {
		guint32 uid = g_array_index(uids, guint32, i);

		if (ledger_wants(fetcher->ledger, uid, now))
			g_array_index(uids, guint32, kept++) = uid;
	}
	g_array_set_size(uids, kept);
}

static gboolean
tell_waiting(Fetcher *fetcher, GError **error)
{
	gint64 first_at, now = program_now(fetcher->program);
	guint waiting = ledger_waiting(fetcher->ledger, &first_at);
	g_autofree char *detail = NULL;

	if (waiting == 0)
		return store_alarm_clear(fetcher->store, "imap-letter", now, error);
	detail = g_strdup_printf(
	    "The server does not give out %u letters (see the fetcher's log "
	    "for their UIDs); the others are fetched.",
	    waiting);
	return store_alarm_raise(fetcher->store, "imap-letter", detail, now, error);
}

gboolean
fetch_pass(Fetcher *fetcher, GError **error)
{
	gboolean fresh = fetcher->session == NULL || fetcher->session->broken;
	g_autoptr(GArray) uids = NULL;

	if (!fetch_ready(fetcher, error) ||
	    (!fresh && !session_nudge(fetcher->session, NULL, error)))
		return FALSE;
	uids = session_search(fetcher->session, (guint32)fetcher->mailbox->last_uid + 1,
	    0, SEARCH_ALL, error);
	if (uids == NULL || (uids->len > 0 && !load_ledger(fetcher, error)))
		return FALSE;
	drop_unwanted(fetcher, uids);
	if (fetch_uids(fetcher, uids, error))
		return tell_waiting(fetcher, error);
	tell_waiting(fetcher, NULL);
	return FALSE;
}
