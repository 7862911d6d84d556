/* log: the queue log, a line an event. */
#include "clock.h"
#include "event-line.h"
#include "line.h"
#include "queue.h"
#include "watch.h"

#include <stdio.h>

#define PAGE 1000
#define LOOK_FOR_READER_S 1

static gboolean
print_from(Program *program, gint64 *after, GError **error)
{
	g_autoptr(GPtrArray) events = NULL;

	do {
		g_clear_pointer(&events, g_ptr_array_unref);
		events = store_events(program->store, *after, PAGE, error);
		if (events == NULL)
			return FALSE;
		for (guint i = 0; i < events->len; i++) {
			event_line_print(program, events->pdata[i]);
			*after = ((const Event *)events->pdata[i])->id;
		}
		fflush(stdout);
	} while (events->len == PAGE && !program_stopping() && line_is_read());
	return TRUE;
}

gboolean
queue_log(Program *program, char **argv, GError **error)
{
	gint64 after = 0, seen = store_data_version(program->store);

	if (queue_options.limit > 0 &&
	    !store_events_last(program->store, queue_options.limit, &after, error))
		return FALSE;
	if (!print_from(program, &after, error))
		return FALSE;
	while (queue_options.follow && !program_stopping() && line_is_read()) {
		watch_wait(program->store, clock_now() + LOOK_FOR_READER_S, &seen);
		if (!print_from(program, &after, error))
			return FALSE;
	}
	return TRUE;
}
