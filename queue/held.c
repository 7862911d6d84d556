/* held: letters that wait for a person, and why. */
#include "line.h"
#include "queue.h"
#include "view.h"

#include <string.h>

typedef struct {
	const Program *program;
	gint64 rows;
} Held;

const char *
queue_why(const char *code)
{
	static const struct {
		const char *code, *words;
	} all[] = {
		{ "urgent", "it speaks of a crime, violence, danger or self-harm" },
		{ "verdict", "the rules are not sure enough to refuse it" },
		{ "topic", "its topic is not sure" },
		{ "official", "no official could be found for it" },
		{ "complaint-of-official",
		    "it complains of the official whose topic it is" },
		{ "reply", "it answers a mail of ours, and a person must read it" },
		{ "staff", "it comes from the university's own staff" },
		{ "unproven", "it names an official as its sender, and proves nothing" },
		{ "loop", "two machines may be answering each other" },
		{ "unanswerable", "it was to be refused, and nobody can be told" },
		{ "oversize", "too large: only its beginning was taken" },
		{ "other", "the verdict names no paragraph" },
		{ "attempts", "the program could not read it in three tries" },
		{ "crashed", "the program crashed on it" },
		{ "timeout", "reading it took too long" },
		{ "limit", "it is built too large or too deep to read" },
		{ "unreadable", "its bytes could not be read from the disk" },
		{ "memory", "reading it took too much memory" },
		{ "damaged", "what was read of it is damaged" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(all); i++)
		if (g_strcmp0(all[i].code, code) == 0)
			return all[i].words;
	return code != NULL ? code : "";
}

/* "anonymous+1, or social": the main ground and how many more, the topic it would get. */
static char *
guess(const HeldRow *row)
{
	/* The rules are for citizens' letters: of these they know nothing. */
	static const char *const no_matter[] = { "reply", "staff", "unproven", "loop",
		NULL };
	g_auto(GStrv) rules = g_strsplit(row->rules != NULL ? row->rules : "", ",", -1);
	guint n = g_strv_length(rules);
	const char *topic = row->topic != NULL ? row->topic : "";

	if (row->why != NULL && g_strv_contains(no_matter, row->why))
		return g_strdup("-");
	if (n == 0 || *rules[0] == '\0')
		return g_strdup(topic);
	if (n == 1)
		return g_strdup_printf("%s, or %s", rules[0], topic);
	return g_strdup_printf("%s+%u, or %s", rules[0], n - 1, topic);
}

static void
print_text(const HeldRow *row, const char *time)
{
	g_autofree char *what = guess(row);
	gboolean is_stuck = strcmp(row->state, "stuck") == 0;
	const char *why = row->why != NULL ? row->why : "";

	if (strcmp(why, "urgent") == 0)
		why = "";
	line_print("%-7" G_GINT64_FORMAT " %.11s  %s%s%-*s %s", row->letter,
	    time + strlen("2026-"), row->urgent ? "URGENT " : "",
	    is_stuck ? "stuck: " : "", 22 - (row->urgent ? 7 : 0) - (is_stuck ? 7 : 0),
	    why, what);
}

static gboolean
print_row(const HeldRow *row, gpointer data)
{
	Held *held = data;
	char time[QUEUE_TIME_SIZE];

	queue_time(held->program, row->received_at, time);
	if (held->rows++ == 0 && !queue_options.json)
		line_print("%-7s %-11s  %-22s %s", "LETTER", "RECEIVED", "WHY", "GUESS");
	if (!queue_options.json)
		print_text(row, time);
	else
		line_print_json("letter", 'i', row->letter, "received", 't', time,
		    "state", 't', row->state, "why", 't', row->why, "urgent", 'b',
		    row->urgent, "verdict", 't', row->outcome, "rules", 't', row->rules,
		    "topic", 't', row->topic, "language", 't', row->language, "kind", 't',
		    row->kind, NULL);
	return TRUE;
}

gboolean
queue_held(Program *program, char **argv, GError **error)
{
	Held held = { program, 0 };

	if (!view_held(program->store, print_row, &held, error))
		return FALSE;
	if (held.rows == 0 && !queue_options.json)
		line_print("nothing is held");
	return TRUE;
}
