/* Once a day: every UID that the server holds up to the position must be in the store's
 * ledger. One that is missing raises an alarm, and is fetched. */
#pragma once

#include "fetch.h"

/* Does nothing when the day (in the university's time zone) has been compared. */
gboolean reconcile_daily(Fetcher *fetcher, GError **error);

/* The UIDs of `server` (guint32, ascending) that `stored` (gint64, ascending) lacks. */
GArray *reconcile_missing(const GArray *server, const GArray *stored);
