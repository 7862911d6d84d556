#include "keep.h"

static gboolean
follows(const SpoolPlace *run, const SpoolPlace *place)
{
	return run->file == place->file && run->offset + run->length == place->offset;
}

/* Neighbours go in one piece.  What can't be given back only takes up space. */
static void
give_back(Spool *spool, const Arrival *arrivals, guint n)
{
	for (guint i = 0, end; i < n; i = end) {
		SpoolPlace run = arrivals[i].place;
		g_autoptr(GError) failure = NULL;

		for (end = i + 1; end < n && follows(&run, &arrivals[end].place); end++)
			run.length += arrivals[end].place.length;
		if (!spool_erase(spool, &run, &failure))
			g_info("%s", failure->message);
	}
}

gboolean
keep_letters(Store *store, gint64 mailbox, gint64 uidvalidity, const GArray *arrivals,
    gint64 last_uid, gint64 now, guint *ret_new, GError **error)
{
	const Arrival *first = (const Arrival *)(const void *)arrivals->data;

	if (!store_letters_receive(store, mailbox, uidvalidity, first, arrivals->len,
		last_uid, now, ret_new, error))
		return FALSE;
	if (*ret_new == 0)
		give_back(store_spool(store), first, arrivals->len);
	return TRUE;
}
