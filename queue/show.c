/* show: a letter's whole story.  Who wrote it and about what only with --personal. */
#include "case.h"
#include "event.h"
#include "letter.h"
#include "line.h"
#include "queue.h"
#include "view.h"

#include <stdio.h>

static void
print_field(const char *name, const char *value)
{
	g_autofree char *clean = line_clean(value, 200);

	if (value != NULL && *value != '\0')
		printf("  %-14s %s\n", name, clean);
}

static void
print_case(Program *program, const Case *item)
{
	char time[QUEUE_TIME_SIZE];

	printf("case %s\n", item->number);
	print_field("state", item->state);
	print_field("received", queue_time(program, item->received_at, time));
	print_field("registered", item->registered_on);
	print_field("due", item->due_on);
	print_field("official", item->official);
	print_field("topic", topic_names[item->topic]);
	print_field("chosen because", item->official_why);
	print_field("calendar", item->calendar);
	if (item->confidential)
		print_field("confidential", "yes: name, address and phone go to nobody");
}

static void
print_person(const Reading *reading)
{
	print_field("name", reading->name);
	print_field(
	    "address", reading->email != NULL ? reading->email : reading->from_address);
	print_field("phone", reading->phone);
	print_field("subject", reading->subject);
}

static void
print_findings(const Verdict *verdict)
{
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];
		g_autofree char *words = line_clean(finding->words, 60);
		g_autofree char *why = line_clean(finding->why, 120);

		printf("    %+6.2f  %-14s %s", finding->score, finding->test, why);
		if (queue_options.personal && *words != '\0')
			printf(" [%s]", words);
		putchar('\n');
	}
}

static void
print_letter(Program *program, const Letter *letter)
{
	g_autofree char *rules =
	    letter->verdict != NULL ? verdict_rules_text(letter->verdict) : NULL;
	char time[QUEUE_TIME_SIZE];

	printf("letter %" G_GINT64_FORMAT "\n", letter->id);
	print_field("state", letter->state);
	print_field("received", queue_time(program, letter->received_at, time));
	if (letter->reading != NULL) {
		print_field("kind", kind_names[letter->reading->kind]);
		print_field("language", language_names[letter->reading->language]);
		print_field("no answer", letter->reading->no_answer);
		if (queue_options.personal)
			print_person(letter->reading);
	}
	print_field("decided by", letter->decided_by);
	print_field("reason", letter->decided_reason);
	if (letter->verdict == NULL)
		return;
	print_field("verdict", outcome_names[letter->verdict->outcome]);
	print_field("rules", rules);
	print_field("urgent", letter->verdict->urgent ? "yes" : NULL);
	print_field("rules version", letter->verdict->version);
	print_findings(letter->verdict);
}

static gboolean
print_notice(const NoticeRow *row, gpointer data)
{
	Program *program = data;
	char time[QUEUE_TIME_SIZE];

	printf("  %s  %-15s to %-13s %-2s %-9s",
	    queue_time(program, row->created_at, time), row->kind, row->role,
	    row->language, row->state);
	if (row->attempts > 0)
		printf(" tries %" G_GINT64_FORMAT, row->attempts);
	if (row->code != 0)
		printf(" code %" G_GINT64_FORMAT, row->code);
	if (queue_options.personal)
		printf(" <%s>", row->recipient);
	putchar('\n');
	return TRUE;
}

static gboolean
print_events(Program *program, gint64 letter, GError **error)
{
	g_autoptr(GArray) ids = view_events_about(program->store, letter, error);

	if (ids == NULL)
		return FALSE;
	for (guint i = 0; i < ids->len; i++) {
		g_autoptr(GPtrArray) one = store_events(
		    program->store, g_array_index(ids, gint64, i) - 1, 1, error);

		if (one == NULL)
			return FALSE;
		if (one->len == 1)
			queue_print_event(program, one->pdata[0]);
	}
	return TRUE;
}

gboolean
queue_show(Program *program, char **argv, GError **error)
{
	g_autoptr(Letter) letter = NULL;
	g_autoptr(Case) item = NULL;
	gint64 id;

	if (g_strv_length(argv) != 2) {
		g_set_error(
		    error, FAULT, FAULT_SETUP, "usage: rector-queue show NUMBER|LETTER");
		return FALSE;
	}
	if (!queue_letter(program, argv[1], &id, error))
		return FALSE;
	if (queue_options.json)
		return print_events(program, id, error);
	letter = store_letter_get(program->store, id, error);
	if (letter == NULL)
		return FALSE;
	item = store_case_by_letter(program->store, id, NULL);
	if (item != NULL)
		print_case(program, item);
	print_letter(program, letter);
	printf("notices\n");
	if (!view_notices(program->store, id, print_notice, program, error))
		return FALSE;
	printf("events\n");
	return print_events(program, id, error);
}
