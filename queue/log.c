/* log: the queue log, a line an event. */
#include "event.h"
#include "line.h"
#include "queue.h"
#include "watch.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <unistd.h>

#define PAGE 1000

static void
print_pair(JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
	g_autofree char *value = line_clean(json_node_get_string(node), 240);

	printf(" %s=%s", name, value);
}

static void
print_detail(const Event *event)
{
	g_autoptr(JsonParser) parser = json_parser_new();

	if (json_parser_load_from_data(parser, event->detail, -1, NULL))
		json_object_foreach_member(
		    json_node_get_object(json_parser_get_root(parser)), print_pair, NULL);
}

/* 2026-03-20 17:59:59  router      case 2026-000017 (letter 40): opened official=… */
static void
print_text(const Program *program, const Event *event)
{
	char time[QUEUE_TIME_SIZE];

	printf("%s  %-10s ", queue_time(program, event->at, time), event->room);
	if (event->number != NULL)
		printf(" case %s", event->number);
	if (event->letter != 0)
		printf(" letter %" G_GINT64_FORMAT, event->letter);
	if (event->notice != 0)
		printf(" notice %" G_GINT64_FORMAT, event->notice);
	printf("%s %s", event->letter != 0 || event->notice != 0 ? ":" : "", event->kind);
	print_detail(event);
	putchar('\n');
}

static void
print_json(const Program *program, const Event *event)
{
	g_autofree char *at = g_strdup_printf("%" G_GINT64_FORMAT, event->at);
	char time[QUEUE_TIME_SIZE];

	printf("{\"id\":%" G_GINT64_FORMAT
	       ",\"at\":%s,\"time\":\"%s\",\"room\":\"%s\",\"event\":\"%s\"",
	    event->id, at, queue_time(program, event->at, time), event->room,
	    event->kind);
	if (event->letter != 0)
		printf(",\"letter\":%" G_GINT64_FORMAT, event->letter);
	if (event->number != NULL)
		printf(",\"case\":\"%s\"", event->number);
	if (event->notice != 0)
		printf(",\"notice\":%" G_GINT64_FORMAT, event->notice);
	printf(",\"detail\":%s}\n", event->detail);
}

void
queue_print_event(const Program *program, const Event *event)
{
	if (queue_options.json)
		print_json(program, event);
	else
		print_text(program, event);
}

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
			queue_print_event(program, events->pdata[i]);
			*after = ((const Event *)events->pdata[i])->id;
		}
		fflush(stdout);
	} while (events->len == PAGE && !program_stopping() && !ferror(stdout));
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
	while (queue_options.follow && !program_stopping() && !ferror(stdout)) {
		watch_wait(program->store, 0, &seen);
		if (!print_from(program, &after, error))
			return FALSE;
	}
	return TRUE;
}
