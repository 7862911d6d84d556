/* What an administrator must hear of the mailbox: a login, a certificate or a folder that
 * is refused, at once; no successful fetch for `alarm_after`, once; and once when it is
 * over. */
#pragma once

#include "fetch.h"

/* A pass failed so. */
gboolean trouble_tell(Fetcher *fetcher, const GError *failure, GError **error);
/* A pass succeeded. */
gboolean trouble_over(Fetcher *fetcher, GError **error);

/* How long to wait before the n-th new try (from 1), in milliseconds: doubling, with a
 * random part so that many don't come back at once; a refusal waits the longest time from
 * the start, since servers lock out who knocks too often. */
gint64 trouble_wait_ms(const Setup *setup, guint n, gboolean refused);
