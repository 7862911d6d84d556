/* show: a letter's whole story.  Who wrote it and about what only with --personal. */
#include "show.h"

#include "event-line.h"
#include "line.h"
#include "queue.h"
#include "tasks.h"
#include "view.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- the case --- */

static char *
member(JsonObject *object, const char *name)
{
	return g_strdup(json_object_get_string_member_with_default(object, name, NULL));
}

/* "the topic is the official's; second guess research; deputy for science until ..." */
static void
print_choice(const char *official_why)
{
	g_autoptr(JsonNode) root =
	    json_from_string(official_why != NULL ? official_why : "{}", NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *reason = NULL, *second = NULL, *deputy = NULL, *until = NULL;
	JsonObject *why;

	if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
		return;
	why = json_node_get_object(root);
	reason = member(why, "reason");
	second = member(why, "second");
	deputy = member(why, "deputy_for");
	until = member(why, "deputy_until");
	g_string_append(text, reason != NULL ? reason : "");
	if (second != NULL)
		g_string_append_printf(text, "; the next guess was %s", second);
	if (deputy != NULL)
		g_string_append_printf(
		    text, "; deputy of %s until %s", deputy, until != NULL ? until : "?");
	line_print_field("because", text->str);
}

/* The days as they were counted, each line a day or a span of days. */
static void
print_term(const Story *story)
{
	g_auto(GStrv) days = g_strsplit(story->item->due_why, "\n", -1);
	int left = queue_days_left(story->program, story->item->due_on);
	g_autofree char *due = g_strdup_printf("%s, %s %d %s", story->item->due_on,
	    left < 0 ? "over since" : "in", ABS(left), ABS(left) == 1 ? "day" : "days");

	line_print_field("due", due);
	for (char **day = days; *day != NULL; day++)
		line_print_field(day == days ? "counted" : "", *day);
	line_print_field("calendar", story->item->calendar);
}

static void
print_case(const Story *story)
{
	const Case *item = story->item;

	line_print("case %s", item->number);
	line_print_field("state", item->state);
	line_print_field("topic", topic_names[item->topic]);
	line_print_field("official", item->official);
	print_choice(item->official_why);
	print_term(story);
	line_print_field("confidential",
	    item->confidential ? "yes: name, address and phone go to nobody" : NULL);
}

/* --- the letter --- */

static void
print_state(const Story *story)
{
	const Letter *letter = story->letter;
	g_autofree char *by =
	    g_strdup_printf("letter %" G_GINT64_FORMAT, letter->completed_by);
	gboolean waits =
	    strcmp(letter->state, "held") == 0 || strcmp(letter->state, "stuck") == 0;

	line_print_field("state", letter->state);
	line_print_field("why", queue_why(story->why));
	line_print_field("complains of", story->complains_of);
	if (waits)
		line_print_field("what to do",
		    story->complains_of != NULL
			? "rector-queue accept or reject; accept with --official, for it "
			  "never goes to the one of whom it complains"
			: "rector-queue accept or reject");
	if (letter->completed_by != 0)
		line_print_field("completed by", by);
	line_print_field("decided by", letter->decided_by);
	line_print_field("reason", letter->decided_reason);
}

static void
print_reading(const Reading *reading)
{
	line_print_field("kind", kind_names[reading->kind]);
	line_print_field("language", language_names[reading->language]);
	line_print_field("confidential", reading->confidential ? "asked for" : NULL);
	line_print_field("no auto-answer", reading->no_answer);
	if (!queue_options.personal)
		return;
	line_print_field("from", reading->from_address);
	line_print_field("reply to", reading->reply_to);
	line_print_field("name", reading->name);
	line_print_field("e-mail", reading->email);
	line_print_field("phone", reading->phone);
	line_print_field("subject", reading->subject);
}

static void
print_letter(const Story *story)
{
	const Letter *letter = story->letter;
	g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT " bytes%s",
	    letter->size, letter->whole ? "" : ", only its beginning is here");
	char time[QUEUE_TIME_SIZE];

	line_print("letter %" G_GINT64_FORMAT, letter->id);
	print_state(story);
	line_print_field(
	    "received", queue_time(story->program, letter->received_at, time));
	line_print_field("size", size);
	if (letter->reading != NULL)
		print_reading(letter->reading);
}

/* --- the verdict --- */

/* "obscene (5.3 (6)), capitals (5.3 (11))" */
static char *
rules_text(const Verdict *verdict)
{
	g_autofree char *names = verdict_rules_text(verdict);
	g_auto(GStrv) rules = g_strsplit(names, ",", -1);
	GString *text = g_string_new(NULL);

	for (char **rule = rules; *rule != NULL; rule++) {
		int index = name_index(rule_names, *rule);

		if (index >= 0)
			g_string_append_printf(text, "%s%s (%s)",
			    text->len > 0 ? ", " : "", *rule, rule_paragraphs[index]);
	}
	return g_string_free(text, FALSE);
}

static void
print_finding(const Finding *finding)
{
	g_autofree char *score = g_strdup_printf("%+.2f", finding->score);
	g_autoptr(GString) text = g_string_new(finding->test);

	if (finding->why != NULL && *finding->why != '\0')
		g_string_append_printf(text, ": %s", finding->why);
	if (finding->where != NULL && *finding->where != '\0')
		g_string_append_printf(text, " (%s)", finding->where);
	if (queue_options.personal && finding->words != NULL && *finding->words != '\0')
		g_string_append_printf(text, " [%s]", finding->words);
	line_print_field(score, text->str);
}

static void
print_verdict(const Letter *letter)
{
	const Verdict *verdict = letter->verdict;
	g_autofree char *rules = rules_text(verdict);

	line_print("verdict");
	line_print_field("outcome", outcome_names[verdict->outcome]);
	line_print_field("decided",
	    letter->decided_by != NULL ? "by a person, over what the rules found" : NULL);
	line_print_field("grounds", rules);
	line_print_field("missing", verdict->missing);
	line_print_field("urgent",
	    verdict->urgent ? "yes: a crime, violence, danger or self-harm" : NULL);
	line_print_field("topic", topic_names[verdict->topic]);
	line_print_field("rules version", verdict->version);
	for (guint i = 0; i < verdict->findings->len; i++)
		print_finding(verdict->findings->pdata[i]);
}

/* --- mails and events --- */

static gboolean
print_notice(const NoticeRow *row, gpointer data)
{
	const Story *story = data;
	g_autoptr(GString) text = g_string_new(NULL);
	gboolean is_waiting = strcmp(row->state, "waiting") == 0;
	char time[QUEUE_TIME_SIZE];

	line_print("  %.16s  %-15s to %-13s %s  %s",
	    queue_time(story->program, row->created_at, time), row->kind, row->role,
	    row->language, row->state);
	if (queue_options.personal)
		line_print_field("", row->recipient);
	if (is_waiting && row->attempts > 0)
		g_string_append_printf(text,
		    "%" G_GINT64_FORMAT " tries, the next at %s; ", row->attempts,
		    queue_time(story->program, row->next_at, time));
	if (row->outcome != NULL && strcmp(row->outcome, "sent") != 0)
		g_string_append_printf(text, "the server: %" G_GINT64_FORMAT " %s",
		    row->code, row->answer != NULL ? row->answer : "");
	line_print_field("", text->str);
	return TRUE;
}

static gboolean
print_events(const Story *story, GError **error)
{
	Store *store = story->program->store;
	g_autoptr(GArray) ids = view_events_about(store, story->letter->id, error);

	if (ids == NULL)
		return FALSE;
	for (guint i = 0; i < ids->len; i++) {
		g_autoptr(GPtrArray) one =
		    store_events(store, g_array_index(ids, gint64, i) - 1, 1, error);

		if (one == NULL)
			return FALSE;
		if (one->len == 1)
			event_line_print(story->program, one->pdata[0]);
	}
	return TRUE;
}

static gboolean
print_story(const Story *story, GError **error)
{
	if (story->item != NULL)
		print_case(story);
	print_letter(story);
	if (story->letter->verdict != NULL)
		print_verdict(story->letter);
	if (!tasks_print(story->program, story->letter->id, error))
		return FALSE;
	line_print("mails");
	if (!view_notices(story->program->store, story->letter->id, print_notice,
		(gpointer)story, error))
		return FALSE;
	line_print("events");
	return print_events(story, error);
}

/* --- the command --- */

static gboolean
load(Story *story, gint64 id, GError **error)
{
	Store *store = story->program->store;
	g_autoptr(GError) failure = NULL;

	story->letter = store_letter_get(store, id, error);
	if (story->letter == NULL ||
	    !view_why(store, id, &story->why, &story->complains_of, error))
		return FALSE;
	story->item = store_case_by_letter(store, id, &failure);
	if (story->item != NULL || g_error_matches(failure, FAULT, FAULT_LETTER))
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&failure));
	return FALSE;
}

gboolean
queue_show(Program *program, char **argv, GError **error)
{
	Story story = { .program = program };
	gint64 id;
	gboolean done = queue_letter(program, argv[1], &id, error) &&
	    load(&story, id, error) &&
	    (queue_options.json ? show_json : print_story)(&story, error);

	letter_free(story.letter);
	case_free(story.item);
	g_free(story.why);
	g_free(story.complains_of);
	return done;
}
