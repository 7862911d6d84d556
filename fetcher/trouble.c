#include "trouble.h"

#include "alarm.h"
#include "fault.h"

static const char *const kinds[] = { "imap-certificate", "imap-login", "imap-mailbox",
	"imap-silent" };

static gboolean
is_silent(Fetcher *fetcher, gint64 now, gboolean *ret_silent, GError **error)
{
	gint64 since = fetcher->started_at;

	if (fetcher->mailbox == NULL)
		fetcher->mailbox =
		    store_mailbox(fetcher->store, fetcher->setup->name, error);
	if (fetcher->mailbox == NULL)
		return FALSE;
	if (fetcher->mailbox->fetched_at > 0)
		since = fetcher->mailbox->fetched_at;
	*ret_silent = now - since >= fetcher->setup->alarm_after;
	return TRUE;
}

gboolean
trouble_tell(Fetcher *fetcher, const GError *failure, GError **error)
{
	gint64 now = program_now(fetcher->program);
	gboolean silent = FALSE;
	g_autofree char *detail = NULL;

	fetcher->calm = FALSE;
	if (g_error_matches(failure, FAULT, FAULT_SETUP) && fetcher->alarm != NULL &&
	    !store_alarm_raise(
		fetcher->store, fetcher->alarm, failure->message, now, error))
		return FALSE;
	if (!is_silent(fetcher, now, &silent, error))
		return FALSE;
	if (!silent)
		return TRUE;
	detail = g_strdup_printf("No successful fetch for %" G_GINT64_FORMAT
				 " minutes; the last "
				 "failure: %s.",
	    fetcher->setup->alarm_after / 60, failure->message);
	return store_alarm_raise(fetcher->store, "imap-silent", detail, now, error);
}

gboolean
trouble_over(Fetcher *fetcher, GError **error)
{
	gint64 now = program_now(fetcher->program);

	fetcher->mailbox->fetched_at = now;
	if (!store_mailbox_touch(fetcher->store, fetcher->mailbox->id, now, error))
		return FALSE;
	if (fetcher->calm)
		return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (!store_alarm_clear(fetcher->store, kinds[i], now, error))
			return FALSE;
	fetcher->calm = TRUE;
	return TRUE;
}

gint64
trouble_wait_ms(const Setup *setup, guint n, gboolean refused)
{
	gint64 most_ms = setup->retry_most * 1000, wait_ms = setup->retry_least * 1000;

	while (--n > 0 && wait_ms < most_ms)
		wait_ms *= 2;
	wait_ms = refused ? most_ms : MIN(wait_ms, most_ms);
	return wait_ms / 2 + (gint64)(g_random_double() * (double)wait_ms / 2);
}
