/* show --json: one object, with what the text says. */
#include "event-line.h"
#include "line.h"
#include "queue.h"
#include "show.h"
#include "view.h"

static void
begin(JsonBuilder *builder, const char *name)
{
	json_builder_set_member_name(builder, name);
	json_builder_begin_object(builder);
}

static void
add_case(JsonBuilder *builder, const Story *story)
{
	const Case *item = story->item;
	JsonNode *why;

	if (item == NULL)
		return;
	begin(builder, "case");
	line_add_json(builder, "number", 't', item->number, "state", 't', item->state,
	    "topic", 't', topic_names[item->topic], "official", 't', item->official,
	    "registered", 't', item->registered_on, "day1", 't', item->day1, "due", 't',
	    item->due_on, "days_left", 'i',
	    (gint64)queue_days_left(story->program, item->due_on), "due_why", 't',
	    item->due_why, "calendar", 't', item->calendar, "confidential", 'b',
	    item->confidential, NULL);
	why = json_from_string(
	    item->official_why != NULL ? item->official_why : "{}", NULL);
	json_builder_set_member_name(builder, "official_why");
	json_builder_add_value(
	    builder, why != NULL ? why : json_node_new(JSON_NODE_NULL));
	json_builder_end_object(builder);
}

static void
add_reading(JsonBuilder *builder, const Reading *reading)
{
	line_add_json(builder, "kind", 't', kind_names[reading->kind], "language", 't',
	    language_names[reading->language], "confidential", 'b', reading->confidential,
	    "no_answer", 't', reading->no_answer, NULL);
	if (queue_options.personal)
		line_add_json(builder, "from", 't', reading->from_address, "reply_to",
		    't', reading->reply_to, "name", 't', reading->name, "email", 't',
		    reading->email, "phone", 't', reading->phone, "subject", 't',
		    reading->subject, NULL);
}

static void
add_letter(JsonBuilder *builder, const Story *story)
{
	const Letter *letter = story->letter;
	char time[QUEUE_TIME_SIZE];

	begin(builder, "letter");
	line_add_json(builder, "id", 'i', letter->id, "state", 't', letter->state, "why",
	    't', story->why, "complains_of", 't', story->complains_of, "received", 't',
	    queue_time(story->program, letter->received_at, time), "size", 'i',
	    letter->size, "whole", 'b', letter->whole, "decided_by", 't',
	    letter->decided_by, "reason", 't', letter->decided_reason, NULL);
	if (letter->reading != NULL)
		add_reading(builder, letter->reading);
	json_builder_end_object(builder);
}

static void
add_finding(JsonBuilder *builder, const Finding *finding)
{
	json_builder_begin_object(builder);
	line_add_json(builder, "test", 't', finding->test, "where", 't', finding->where,
	    "why", 't', finding->why, NULL);
	json_builder_set_member_name(builder, "score");
	json_builder_add_double_value(builder, finding->score);
	if (queue_options.personal)
		line_add_json(builder, "words", 't', finding->words, NULL);
	json_builder_end_object(builder);
}

static void
add_verdict(JsonBuilder *builder, const Verdict *verdict)
{
	g_autofree char *rules = NULL;

	if (verdict == NULL)
		return;
	rules = verdict_rules_text(verdict);
	begin(builder, "verdict");
	line_add_json(builder, "outcome", 't', outcome_names[verdict->outcome], "rules",
	    't', rules, "missing", 't', verdict->missing, "urgent", 'b', verdict->urgent,
	    "topic", 't', topic_names[verdict->topic], "version", 't', verdict->version,
	    NULL);
	json_builder_set_member_name(builder, "findings");
	json_builder_begin_array(builder);
	for (guint i = 0; i < verdict->findings->len; i++)
		add_finding(builder, verdict->findings->pdata[i]);
	json_builder_end_array(builder);
	json_builder_end_object(builder);
}

typedef struct {
	JsonBuilder *builder;
	const Program *program;
} Mails;

static gboolean
add_notice(const NoticeRow *row, gpointer data)
{
	const Mails *mails = data;
	char owed[QUEUE_TIME_SIZE], next[QUEUE_TIME_SIZE];

	json_builder_begin_object(mails->builder);
	line_add_json(mails->builder, "notice", 'i', row->notice, "kind", 't', row->kind,
	    "role", 't', row->role, "language", 't', row->language, "state", 't',
	    row->state, "owed", 't', queue_time(mails->program, row->created_at, owed),
	    "tries", 'i', row->attempts, "next", 't',
	    queue_time(mails->program, row->next_at, next), "outcome", 't', row->outcome,
	    "code", 'i', row->code, "answer", 't', row->answer, NULL);
	if (queue_options.personal)
		line_add_json(mails->builder, "recipient", 't', row->recipient, NULL);
	json_builder_end_object(mails->builder);
	return TRUE;
}

static gboolean
add_notices(JsonBuilder *builder, const Story *story, GError **error)
{
	Mails mails = { builder, story->program };
	gboolean done;

	json_builder_set_member_name(builder, "mails");
	json_builder_begin_array(builder);
	done = view_notices(
	    story->program->store, story->letter->id, add_notice, &mails, error);
	json_builder_end_array(builder);
	return done;
}

static gboolean
add_events(JsonBuilder *builder, const Story *story, GError **error)
{
	Store *store = story->program->store;
	g_autoptr(GArray) ids = view_events_about(store, story->letter->id, error);

	json_builder_set_member_name(builder, "events");
	json_builder_begin_array(builder);
	for (guint i = 0; ids != NULL && i < ids->len; i++) {
		g_autoptr(GPtrArray) one =
		    store_events(store, g_array_index(ids, gint64, i) - 1, 1, error);

		if (one == NULL)
			return FALSE;
		if (one->len != 1)
			continue;
		json_builder_begin_object(builder);
		event_line_add(builder, story->program, one->pdata[0]);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	return ids != NULL;
}

gboolean
show_json(const Story *story, GError **error)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();

	json_builder_begin_object(builder);
	add_case(builder, story);
	add_letter(builder, story);
	add_verdict(builder, story->letter->verdict);
	if (!add_notices(builder, story, error) || !add_events(builder, story, error))
		return FALSE;
	json_builder_end_object(builder);
	line_print_built(g_steal_pointer(&builder));
	return TRUE;
}
