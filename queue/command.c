/* Which commands there are, and what each may be given. */
#include "queue.h"

#include <string.h>

static const QueueRow rows[] = {
	{ "list", queue_list,
	    "[--official KEY] [--topic TOPIC] [--state STATE]\n"
	    "  [--due-by DAY] [--limit N] | --tasks [--personal] [--limit N]",
	    0, 0, "json official topic state due-by limit tasks personal",
	    "the cases, by due date; or what is to do by hand" },
	{ "show", queue_show, "NUMBER [--personal]", 1, 1, "json personal",
	    "the whole story of a case or letter" },
	{ "log", queue_log, "[--follow] [--limit N]", 0, 0, "json follow limit",
	    "the queue log" },
	{ "held", queue_held, "", 0, 0, "json", "letters that wait for a person" },
	{ "accept", queue_accept,
	    "LETTER [--topic TOPIC] [--official KEY] --reason TEXT [--by NAME]", 1, 1,
	    "json topic official reason by", "accept a held letter" },
	{ "reject", queue_reject, "LETTER RULE --reason TEXT [--by NAME]", 2, 2,
	    "json reason by", "reject a held letter on a ground" },
	{ "done", queue_done, "TASK --reason TEXT [--by NAME]", 1, 1, "json reason by",
	    "a task is done: how, and by whom" },
	{ "stats", queue_stats, "", 0, 0, "json", "how many of what" },
	{ "verify", queue_verify, "", 0, 0, "",
	    "nobody edited events or letters, the file is sound" },
	{ "check", queue_check, "", 0, 0, "",
	    "settings, data files, store, a login to IMAP and SMTP" },
	{ "replay", queue_replay, "[--data DIR] [--since DAY] [LETTER...]", 0, G_MAXUINT,
	    "json data since", "what new data files would change about stored letters" },
	{ "export", queue_export, "--labels DIR [--redact]", 0, 0, "json labels redact",
	    "letters that a person decided, to learn from" },
	{ "explain", queue_explain, "FILE... | LETTER --personal", 1, G_MAXUINT,
	    "json personal", "what the classifier makes of a letter, and why" },
};

char *
queue_commands(void)
{
	GString *text = g_string_new("The commands:");

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		g_string_append_printf(text, "\n  %-8s %s", rows[i].name, rows[i].does);
	return g_string_free(text, FALSE);
}

static gboolean
misused(const QueueRow *row, GError **error, const char *what, const char *name)
{
	g_set_error(error, FAULT, FAULT_SETUP, "%s: %s%s\nusage: rector-queue %s%s%s",
	    row->name, what, name, row->name, *row->usage != '\0' ? " " : "", row->usage);
	return FALSE;
}

/* An option that would be passed over in silence misleads. */
static gboolean
check_options(const QueueRow *row, GError **error)
{
	const QueueOptions *given = &queue_options;
	const struct {
		const char *name;
		gboolean given;
	} all[] = {
		{ "json", given->json },
		{ "follow", given->follow },
		{ "personal", given->personal },
		{ "tasks", given->tasks },
		{ "official", given->official != NULL },
		{ "topic", given->topic != NULL },
		{ "state", given->state != NULL },
		{ "due-by", given->due_by != NULL },
		{ "limit", given->limit != 0 },
		{ "reason", given->reason != NULL },
		{ "by", given->by != NULL },
		{ "data", given->data != NULL },
		{ "since", given->since != NULL },
		{ "labels", given->labels != NULL },
		{ "redact", given->redact },
	};
	g_auto(GStrv) wanted = g_strsplit(row->options, " ", -1);

	for (guint i = 0; i < G_N_ELEMENTS(all); i++)
		if (all[i].given &&
		    !g_strv_contains((const char *const *)wanted, all[i].name))
			return misused(row, error, "it takes no --", all[i].name);
	if (given->limit < 0)
		return misused(row, error, "a limit is a number above 0", "");
	return TRUE;
}

const QueueRow *
queue_find(char **argv, GError **error)
{
	const char *name = argv[0];
	g_autofree char *commands = NULL;

	for (guint i = 0; name != NULL && i < G_N_ELEMENTS(rows); i++) {
		const QueueRow *row = &rows[i];
		guint arguments = g_strv_length(argv) - 1;

		if (strcmp(row->name, name) != 0)
			continue;
		if (arguments < row->least)
			misused(row, error, "something is missing", "");
		else if (arguments > row->most)
			misused(row, error, "one word too many: ", argv[row->most + 1]);
		else if (check_options(row, error))
			return row;
		return NULL;
	}
	commands = queue_commands();
	g_set_error(error, FAULT, FAULT_SETUP, "%s%s.  %s",
	    name != NULL ? "no such command: " : "a command is needed",
	    name != NULL ? name : "", commands);
	return NULL;
}
