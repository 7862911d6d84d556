/* Waking when another program has changed the store.
 *
 * PRAGMA data_version, looked at fifty times a second (some microseconds a look), says
 * that another connection committed.  A pass also runs every minute regardless, and at
 * `at_latest`, so a missed change costs latency only. */
#pragma once

#include "store.h"

/* Returns when another connection has changed the store since *seen, when a minute has
 * passed, when the instant `at_latest` (UTC seconds, 0 for none) has come, or when a
 * signal asks to stop.  Take *seen from store_data_version() before the pass whose end
 * you wait at: a change during the pass then wakes at once. */
void watch_wait(Store *store, gint64 at_latest, gint64 *seen);
