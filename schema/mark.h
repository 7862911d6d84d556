/* Marks: what the router did last, and when; "digest" is the day of the last digest. */
#pragma once

#include "store.h"

/* *ret_value is NULL and *ret_at 0 when there is none yet; either may be NULL. */
gboolean store_mark(
    Store *store, const char *name, char **ret_value, gint64 *ret_at, GError **error);
/* Writes no event. */
gboolean store_mark_set(
    Store *store, const char *name, const char *value, gint64 now, GError **error);
