/* Alarms: what an administrator must hear once, and once more when it is over.  A room
 * raises and clears; the router owes the notices. */
#pragma once

#include "store.h"
#include <glib.h>

typedef struct {
	gint64 id;
	char *kind; /* "imap-login", "imap-silent", "smtp-login", "breaker", "reconcile" …
		     */
	char *detail;                 /* one English sentence, no personal data */
	gint64 raised_at, cleared_at; /* 0: still on */
} Alarm;
void alarm_free(Alarm *alarm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Alarm, alarm_free)

/* Raises the alarm unless one of this kind is on; clears the one that is on.  Neither
 * writes anything when there is nothing to change. */
gboolean store_alarm_raise(
    Store *store, const char *kind, const char *detail, gint64 now, GError **error);
gboolean store_alarm_clear(Store *store, const char *kind, gint64 now, GError **error);

/* Those whose raising or clearing nobody has been told, and the mark that they now are.
 */
GPtrArray *store_alarms_untold(Store *store, GError **error);
gboolean store_alarm_told(Store *store, const Alarm *alarm, gint64 now, GError **error);
/* Those that are on. */
GPtrArray *store_alarms_on(Store *store, GError **error);
