/* What the moderator reads each working day, and the rector's office each week. */
#pragma once

#include "owe.h"

/* `today` is an ISO day; each leaves its mark, so that it goes out once. */
gboolean digest_day(const Desk *desk, const char *today, GError **error);
gboolean digest_week(const Desk *desk, const char *today, GError **error);
