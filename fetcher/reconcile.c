#include "reconcile.h"

#include "alarm.h"
#include "clock.h"

#define DAY_LENGTH 10 /* "2026-11-22" */

GArray *
reconcile_missing(const GArray *server, const GArray *stored)
{
	GArray *missing = g_array_new(FALSE, FALSE, sizeof(guint32));

	for (guint i = 0, j = 0; i < server->len; i++) {
		guint32 uid = g_array_index(server, guint32, i);

		while (j < stored->len && g_array_index(stored, gint64, j) < uid)
			j++;
		if (j == stored->len || g_array_index(stored, gint64, j) != uid)
			g_array_append_val(missing, uid);
	}
	return missing;
}

static GArray *
compare(Fetcher *fetcher, GError **error)
{
	const Mailbox *mailbox = fetcher->mailbox;
	g_autoptr(GArray) server = NULL, stored = NULL;

	if (mailbox->last_uid == 0)
		return g_array_new(FALSE, FALSE, sizeof(guint32));
	server = session_search(
	    fetcher->session, 1, (guint32)mailbox->last_uid, SEARCH_ALL, error);
	if (server == NULL)
		return NULL;
	stored =
	    store_mailbox_uids(fetcher->store, mailbox->id, mailbox->uidvalidity, error);
	return stored != NULL ? reconcile_missing(server, stored) : NULL;
}

static gboolean
record(Fetcher *fetcher, const char *day, guint missing, GError **error)
{
	const Mailbox *mailbox = fetcher->mailbox;
	gint64 now = program_now(fetcher->program);
	g_autofree char *detail = NULL;

	g_message("reconciled: UIDVALIDITY %" G_GINT64_FORMAT
		  ", UIDs 1..%" G_GINT64_FORMAT ", %u missing",
	    mailbox->uidvalidity, mailbox->last_uid, missing);
	if (!store_mailbox_reconciled(fetcher->store, mailbox->id, day,
		mailbox->uidvalidity, mailbox->last_uid, missing, now, error))
		return FALSE;
	if (missing == 0)
		return store_alarm_clear(fetcher->store, "reconcile", now, error);
	detail = g_strdup_printf(
	    "%u letters of the mailbox were missing from the store; they are "
	    "being fetched.",
	    missing);
	return store_alarm_raise(fetcher->store, "reconcile", detail, now, error);
}

/* What was missing is fetched and compared again, so that the alarm ends as soon as it
 * may. */
gboolean
reconcile_daily(Fetcher *fetcher, GError **error)
{
	g_autofree char *day = clock_format_zone(
	    program_now(fetcher->program), fetcher->program->university.timezone);
	g_autoptr(GArray) missing = NULL, still = NULL;

	day[DAY_LENGTH] = '\0';
	if (fetcher->session->broken ||
	    g_strcmp0(fetcher->mailbox->reconciled_on, day) == 0)
		return TRUE;
	missing = compare(fetcher, error);
	if (missing == NULL || !record(fetcher, day, missing->len, error))
		return FALSE;
	g_free(fetcher->mailbox->reconciled_on);
	fetcher->mailbox->reconciled_on = g_strdup(day);
	if (missing->len == 0)
		return TRUE;
	if (!fetch_uids(fetcher, missing, error))
		return FALSE;
	still = compare(fetcher, error);
	return still != NULL && record(fetcher, day, still->len, error);
}
