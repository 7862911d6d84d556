#include "watch.h"

#include "clock.h"
#include "program.h"

#include <poll.h>

#define LOOK_MS 20
#define PASS_REGARDLESS_S 60

static gboolean
rest(void)
{
	struct pollfd stop = { .fd = program_stop_fd(), .events = POLLIN };

	poll(&stop, 1, LOOK_MS);
	return !program_stopping();
}

void
watch_wait(Store *store, gint64 at_latest, gint64 *seen)
{
	gint64 start = g_get_monotonic_time();

	while (!program_stopping()) {
		gint64 version = store_data_version(store);

		if (version != *seen) {
			*seen = version;
			return;
		}
		if (g_get_monotonic_time() - start > PASS_REGARDLESS_S * G_USEC_PER_SEC ||
		    (at_latest > 0 && clock_now() >= at_latest))
			return;
		if (!rest())
			return;
	}
}
