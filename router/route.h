/* One pass over every judged letter: it becomes a case, a refusal, a question to the
 * moderator, or ends without a notice; and over every alarm that nobody was told of. */
#pragma once

#include "router.h"
#include "store.h"

/* A letter moves together with all notices that this owes, or not at all; an idle pass
 * writes nothing.  A letter whose term the calendar does not reach stays judged, the
 * alarm "calendar" says so, and the rest goes on. */
gboolean route_pass(Store *store, const Router *router, gint64 now, GError **error);
