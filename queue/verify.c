/* verify: the file is sound, and nobody edited the events. */
#include "event.h"
#include "queue.h"
#include "view.h"

#include <stdio.h>

gboolean
queue_verify(Program *program, char **argv, GError **error)
{
	gint64 checked = 0;

	if (!view_integrity(program->store, error) ||
	    !store_events_verify(program->store, &checked, error))
		return FALSE;
	printf("%" G_GINT64_FORMAT " events, an unbroken chain; the file is sound\n",
	    checked);
	return TRUE;
}
