/* The clock's round: what time alone brings about.  Cases that are overdue, letters that
 * nobody decided, notices of the law that do not leave, a calendar that has changed, the
 * digest and the report, and what an outage swallowed. */
#pragma once

#include "router.h"
#include "store.h"

/* At most once a minute; *next, 0 at first, is when it is due again. */
gboolean round_pass(
    Store *store, const Router *router, gint64 now, gint64 *next, GError **error);
