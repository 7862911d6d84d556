#include "event-line.h"

#include "line.h"
#include "queue.h"

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
event_line_add(JsonBuilder *builder, const Program *program, const Event *event)
{
	JsonNode *detail = parse_detail(event);
	char time[QUEUE_TIME_SIZE];

	line_add_json(builder, "id", 'i', event->id, "at", 'i', event->at, "time", 't',
	    queue_time(program, event->at, time), "room", 't', event->room, "event", 't',
	    event->kind, NULL);
	if (event->letter != 0)
		line_add_json(builder, "letter", 'i', event->letter, NULL);
	if (event->number != NULL)
		line_add_json(builder, "case", 't', event->number, NULL);
	if (event->notice != 0)
		line_add_json(builder, "notice", 'i', event->notice, NULL);
	json_builder_set_member_name(builder, "detail");
	if (detail != NULL)
		json_builder_add_value(builder, detail);
	else
		json_builder_add_null_value(builder);
}

static void
print_json(const Program *program, const Event *event)
{
	JsonBuilder *builder = json_builder_new();

	json_builder_begin_object(builder);
	event_line_add(builder, program, event);
	json_builder_end_object(builder);
	line_print_built(builder);
}

void
event_line_print(const Program *program, const Event *event)
{
	if (queue_options.json)
		print_json(program, event);
	else
		print_text(program, event);
}
