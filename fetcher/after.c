#include "after.h"

#include "take.h"

static struct mailimap_store_att_flags *
flags(gboolean deleted)
{
	struct mailimap_flag_list *list = mailimap_flag_list_new_empty();

	mailimap_flag_list_add(list, mailimap_flag_new_seen());
	if (deleted)
		mailimap_flag_list_add(list, mailimap_flag_new_deleted());
	return mailimap_store_att_flags_new_add_flags_silent(list);
}

static int
mark(Session *session, struct mailimap_set *set, gboolean deleted)
{
	struct mailimap_store_att_flags *what = flags(deleted);
	int code;

	session_begin(session, 0);
	code = mailimap_uid_store(session->imap, set, what);
	mailimap_store_att_flags_free(what);
	return code;
}

static int
carry(Session *session, struct mailimap_set *set)
{
	session_begin(session, 0);
	return session->can_move
	    ? mailimap_uid_move(session->imap, set, session->setup->folder)
	    : mailimap_uid_copy(session->imap, set, session->setup->folder);
}

/* Without MOVE the letter is copied and marked for deletion; nobody expunges here, a
 * person's mail program does. */
static int
move(Session *session, struct mailimap_set *set)
{
	int code = carry(session, set);

	if (code == MAILIMAP_ERROR_UID_MOVE || code == MAILIMAP_ERROR_UID_COPY) {
		session_begin(session, 0);
		if (mailimap_create(session->imap, session->setup->folder) ==
		    MAILIMAP_NO_ERROR)
			code = carry(session, set);
	}
	return code == MAILIMAP_NO_ERROR && !session->can_move ? mark(session, set, TRUE)
							       : code;
}

static gboolean
is_refusal(int code)
{
	return code == MAILIMAP_ERROR_UID_MOVE || code == MAILIMAP_ERROR_UID_COPY ||
	    code == MAILIMAP_ERROR_UID_STORE;
}

static void
settle(Session *session, const Wanted *letters, guint n)
{
	struct mailimap_set *set;
	int code;

	if (n == 0 || session->setup->then == AFTER_LEAVE)
		return;
	set = take_set(letters, n, 0);
	code = session->setup->then == AFTER_SEEN ? mark(session, set, FALSE)
						  : move(session, set);
	mailimap_set_free(set);
	if (code == MAILIMAP_NO_ERROR)
		return;
	g_warning("%u letters are stored, but could not be %s on the server (%d)", n,
	    session->setup->then == AFTER_SEEN ? "marked" : "moved", code);
	session->broken = !is_refusal(code);
}

void
after_letters(Session *session, const Arrival *arrivals, guint n)
{
	g_autofree Wanted *letters = g_new(Wanted, n);
	guint kept = 0;

	for (guint i = 0; i < n; i++)
		if (arrivals[i].whole)
			letters[kept++] =
			    (Wanted){ (guint32)arrivals[i].uid, arrivals[i].size };
	settle(session, letters, kept);
}

/* The last UIDs of the store, at most a batch of them: where they begin in the array. */
static guint
last_batch(const Fetcher *fetcher, const GArray *stored)
{
	return stored->len > fetcher->setup->batch
	    ? stored->len - (guint)fetcher->setup->batch
	    : 0;
}

static int
compare_stored(gconstpointer a, gconstpointer b)
{
	gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

	return (one > other) - (one < other);
}

/* Of the unmarked, those that the store has and that were taken whole. */
static gboolean
settle_stored(Fetcher *fetcher, const GArray *unmarked, GArray *stored, GError **error)
{
	g_autoptr(GArray) letters = g_array_new(FALSE, FALSE, sizeof(Wanted));
	guint kept = 0;

	for (guint i = 0; i < unmarked->len; i++) {
		gint64 uid = g_array_index(unmarked, guint32, i);
		Wanted one = { (guint32)uid, -1 };

		if (g_array_binary_search(stored, &uid, compare_stored, NULL))
			g_array_append_val(letters, one);
	}
	if (letters->len == 0)
		return TRUE;
	if (!take_sizes(fetcher->session, letters, error))
		return FALSE;
	for (guint i = 0; i < letters->len; i++) {
		Wanted one = g_array_index(letters, Wanted, i);

		if (one.size >= 0 && one.size <= fetcher->setup->max_size)
			g_array_index(letters, Wanted, kept++) = one;
	}
	settle(fetcher->session, (const Wanted *)(void *)letters->data, kept);
	return TRUE;
}

gboolean
after_repeat(Fetcher *fetcher, GError **error)
{
	g_autoptr(GArray) stored = NULL, unmarked = NULL;
	guint start;

	if (fetcher->repeated || fetcher->setup->then == AFTER_LEAVE ||
	    fetcher->session->broken)
		return TRUE;
	stored = store_mailbox_uids(
	    fetcher->store, fetcher->mailbox->id, fetcher->mailbox->uidvalidity, error);
	if (stored == NULL)
		return FALSE;
	fetcher->repeated = TRUE;
	if (stored->len == 0)
		return TRUE;
	start = last_batch(fetcher, stored);
	unmarked = session_search(fetcher->session,
	    (guint32)g_array_index(stored, gint64, start),
	    (guint32)g_array_index(stored, gint64, stored->len - 1),
	    fetcher->setup->then == AFTER_SEEN ? SEARCH_UNSEEN : SEARCH_UNDELETED, error);
	return unmarked != NULL && settle_stored(fetcher, unmarked, stored, error);
}
