/* held: letters that wait for a person, and why. */
#include "line.h"
#include "queue.h"
#include "view.h"

#include <stdio.h>

typedef struct {
	const Program *program;
	gint64 rows;
} Held;

static gboolean
print_row(const HeldRow *row, gpointer data)
{
	Held *held = data;
	char time[QUEUE_TIME_SIZE];

	queue_time(held->program, row->received_at, time);
	if (queue_options.json) {
		line_print_json("letter", 'i', row->letter, "received", 't', time,
		    "state", 't', row->state, "why", 't', row->why, "urgent", 'b',
		    row->urgent, "verdict", 't', row->outcome, "rules", 't', row->rules,
		    "topic", 't', row->topic, "language", 't', row->language, "kind", 't',
		    row->kind, NULL);
		return TRUE;
	}
	if (held->rows++ == 0)
		printf("LETTER  RECEIVED          STATE  WHY         GUESS\n");
	printf("%-7" G_GINT64_FORMAT " %.16s  %-6s %-11s %s%s%s%s%s\n", row->letter, time,
	    row->state, row->why != NULL ? row->why : "", row->urgent ? "URGENT " : "",
	    row->rules != NULL && *row->rules != '\0' ? "reject " : "",
	    row->rules != NULL && *row->rules != '\0' ? row->rules : "",
	    row->rules != NULL && *row->rules != '\0' ? ", or " : "",
	    row->topic != NULL ? row->topic : "");
	return TRUE;
}

gboolean
queue_held(Program *program, char **argv, GError **error)
{
	Held held = { program, 0 };

	if (!view_held(program->store, print_row, &held, error))
		return FALSE;
	if (held.rows == 0 && !queue_options.json)
		printf("nothing is held\n");
	return TRUE;
}
