#include "event-line.h"

#include "line.h"
#include "queue.h"

#include <json-glib/json-glib.h>
#include <string.h>

static JsonNode *
parse_detail(const Event *event)
{
	g_autoptr(JsonNode) root = json_from_string(event->detail, NULL);

	return root != NULL && JSON_NODE_HOLDS_OBJECT(root) ? g_steal_pointer(&root)
							    : NULL;
}

static void
append_pair(JsonObject *object, const char *name, JsonNode *node, gpointer line)
{
	const char *value =
	    JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING
	    ? json_node_get_string(node)
	    : "?";

	g_string_append_printf(
	    line, strchr(value, ' ') != NULL ? " %s=\"%s\"" : " %s=%s", name, value);
}

/* 2026-03-20 17:59:59  router      case 2026-000017 letter 40: opened official=... */
static void
print_text(const Program *program, const Event *event)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autoptr(JsonNode) detail = parse_detail(event);
	char time[QUEUE_TIME_SIZE];

	g_string_append_printf(
	    line, "%s  %-10s ", queue_time(program, event->at, time), event->room);
	if (event->number != NULL)
		g_string_append_printf(line, " case %s", event->number);
	if (event->letter != 0)
		g_string_append_printf(line, " letter %" G_GINT64_FORMAT, event->letter);
	if (event->notice != 0)
		g_string_append_printf(line, " notice %" G_GINT64_FORMAT, event->notice);
	if (event->letter != 0 || event->notice != 0)
		g_string_append_c(line, ':');
	g_string_append_printf(line, " %s", event->kind);
	if (detail != NULL)
		json_object_foreach_member(
		    json_node_get_object(detail), append_pair, line);
	line_print("%s", line->str);
}

void
event_line_add(GString *json, const Program *program, const Event *event)
{
	char time[QUEUE_TIME_SIZE];

	line_json_begin(json, NULL, '{');
	line_json_add(json, "id", 'i', event->id, "at", 'i', event->at, "time", 't',
	    queue_time(program, event->at, time), "room", 't', event->room, "event", 't',
	    event->kind, NULL);
	if (event->letter != 0)
		line_json_add(json, "letter", 'i', event->letter, NULL);
	if (event->number != NULL)
		line_json_add(json, "case", 't', event->number, NULL);
	if (event->notice != 0)
		line_json_add(json, "notice", 'i', event->notice, NULL);
	line_json_add(json, "detail", 'j', event->detail, NULL);
	line_json_end(json, '}');
}

void
event_line_print(const Program *program, const Event *event)
{
	g_autoptr(GString) json = g_string_new(NULL);

	if (!queue_options.json) {
		print_text(program, event);
		return;
	}
	event_line_add(json, program, event);
	line_print("%s", json->str);
}
