/* show --json: one object, with what the text says. */
#include "event-line.h"
#include "line.h"
#include "queue.h"
#include "show.h"
#include "tasks.h"
#include "view.h"

static void
add_case(GString *json, const Story *story)
{
	const Case *item = story->item;

	if (item == NULL)
		return;
	line_json_begin(json, "case", '{');
	line_json_add(json, "number", 't', item->number, "state", 't', item->state,
	    "topic", 't', topic_names[item->topic], "official", 't', item->official,
	    "registered", 't', item->registered_on, "day1", 't', item->day1, "due", 't',
	    item->due_on, "days_left", 'i',
	    (gint64)queue_days_left(story->program, item->due_on), "due_why", 't',
	    item->due_why, "calendar", 't', item->calendar, "confidential", 'b',
	    item->confidential, "official_why", 'j', item->official_why, NULL);
	line_json_end(json, '}');
}

static void
add_reading(GString *json, const Reading *reading)
{
	line_json_add(json, "kind", 't', kind_names[reading->kind], "language", 't',
	    language_names[reading->language], "confidential", 'b', reading->confidential,
	    "no_answer", 't', reading->no_answer, NULL);
	if (queue_options.personal)
		line_json_add(json, "from", 't', reading->from_address, "reply_to", 't',
		    reading->reply_to, "name", 't', reading->name, "email", 't',
		    reading->email, "phone", 't', reading->phone, "subject", 't',
		    reading->subject, NULL);
}

static void
add_letter(GString *json, const Story *story)
{
	const Letter *letter = story->letter;
	char time[QUEUE_TIME_SIZE];

	line_json_begin(json, "letter", '{');
	line_json_add(json, "id", 'i', letter->id, "state", 't', letter->state, "why",
	    't', story->why, "complains_of", 't', story->complains_of, "received", 't',
	    queue_time(story->program, letter->received_at, time), "size", 'i',
	    letter->size, "whole", 'b', letter->whole, "decided_by", 't',
	    letter->decided_by, "reason", 't', letter->decided_reason, NULL);
	if (letter->completed_by != 0)
		line_json_add(json, "completed_by", 'i', letter->completed_by, NULL);
	if (letter->reading != NULL)
		add_reading(json, letter->reading);
	line_json_end(json, '}');
}

static void
add_finding(GString *json, const Finding *finding)
{
	line_json_begin(json, NULL, '{');
	line_json_add(json, "test", 't', finding->test, "where", 't', finding->where,
	    "why", 't', finding->why, "score", 'd', finding->score, NULL);
	if (queue_options.personal)
		line_json_add(json, "words", 't', finding->words, NULL);
	line_json_end(json, '}');
}

static void
add_verdict(GString *json, const Verdict *verdict)
{
	g_autofree char *rules = NULL;

	if (verdict == NULL)
		return;
	rules = verdict_rules_text(verdict);
	line_json_begin(json, "verdict", '{');
	line_json_add(json, "outcome", 't', outcome_names[verdict->outcome], "rules", 't',
	    rules, "missing", 't', verdict->missing, "urgent", 'b', verdict->urgent,
	    "topic", 't', topic_names[verdict->topic], "version", 't', verdict->version,
	    NULL);
	line_json_begin(json, "findings", '[');
	for (guint i = 0; i < verdict->findings->len; i++)
		add_finding(json, verdict->findings->pdata[i]);
	line_json_end(json, ']');
	line_json_end(json, '}');
}

typedef struct {
	GString *json;
	const Program *program;
} Mails;

static gboolean
add_notice(const NoticeRow *row, gpointer data)
{
	const Mails *mails = data;
	char owed[QUEUE_TIME_SIZE], next[QUEUE_TIME_SIZE];

	line_json_begin(mails->json, NULL, '{');
	line_json_add(mails->json, "notice", 'i', row->notice, "kind", 't', row->kind,
	    "role", 't', row->role, "language", 't', row->language, "state", 't',
	    row->state, "owed", 't', queue_time(mails->program, row->created_at, owed),
	    "tries", 'i', row->attempts, "next", 't',
	    queue_time(mails->program, row->next_at, next), "outcome", 't', row->outcome,
	    "code", 'i', row->code, "answer", 't', row->answer, NULL);
	if (queue_options.personal)
		line_json_add(mails->json, "recipient", 't', row->recipient, NULL);
	line_json_end(mails->json, '}');
	return TRUE;
}

static gboolean
add_notices(GString *json, const Story *story, GError **error)
{
	Mails mails = { json, story->program };
	gboolean done;

	line_json_begin(json, "mails", '[');
	done = view_notices(
	    story->program->store, story->letter->id, add_notice, &mails, error);
	line_json_end(json, ']');
	return done;
}

static gboolean
add_events(GString *json, const Story *story, GError **error)
{
	Store *store = story->program->store;
	g_autoptr(GArray) ids = view_events_about(store, story->letter->id, error);

	line_json_begin(json, "events", '[');
	for (guint i = 0; ids != NULL && i < ids->len; i++) {
		g_autoptr(GPtrArray) one =
		    store_events(store, g_array_index(ids, gint64, i) - 1, 1, error);

		if (one == NULL)
			return FALSE;
		if (one->len == 1)
			event_line_add(json, story->program, one->pdata[0]);
	}
	line_json_end(json, ']');
	return ids != NULL;
}

gboolean
show_json(const Story *story, GError **error)
{
	g_autoptr(GString) json = g_string_new(NULL);

	line_json_begin(json, NULL, '{');
	add_case(json, story);
	add_letter(json, story);
	add_verdict(json, story->letter->verdict);
	if (!tasks_add_json(story->program, story->letter->id, json, error) ||
	    !add_notices(json, story, error) || !add_events(json, story, error))
		return FALSE;
	line_json_end(json, '}');
	line_print("%s", json->str);
	return TRUE;
}
