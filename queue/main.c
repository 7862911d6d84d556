#include "queue.h"

#include "case.h"

#include <stdio.h>
#include <string.h>

QueueOptions queue_options;

static const GOptionEntry options[] = {
	{ "json", 'j', 0, G_OPTION_ARG_NONE, &queue_options.json,
	    "JSON, an object a line", NULL },
	{ "follow", 'f', 0, G_OPTION_ARG_NONE, &queue_options.follow,
	    "log: stay and print what comes", NULL },
	{ "personal", 0, 0, G_OPTION_ARG_NONE, &queue_options.personal,
	    "show: also names, addresses, phones, subjects", NULL },
	{ "official", 0, 0, G_OPTION_ARG_STRING, &queue_options.official,
	    "list: of this official; accept: to this official", "KEY" },
	{ "topic", 0, 0, G_OPTION_ARG_STRING, &queue_options.topic,
	    "list: of this topic; accept: as this topic", "TOPIC" },
	{ "state", 0, 0, G_OPTION_ARG_STRING, &queue_options.state,
	    "list: in this state (open and extended)", "STATE" },
	{ "due-by", 0, 0, G_OPTION_ARG_STRING, &queue_options.due_by,
	    "list: due on this day or before", "DAY" },
	{ "limit", 'n', 0, G_OPTION_ARG_INT64, &queue_options.limit,
	    "list, log: at most so many (log: the last ones)", "N" },
	{ "reason", 0, 0, G_OPTION_ARG_STRING, &queue_options.reason,
	    "accept, reject: why, for the log", "TEXT" },
	{ "by", 0, 0, G_OPTION_ARG_STRING, &queue_options.by,
	    "accept, reject: who decides (the person logged in)", "NAME" },
	{ NULL },
};

static const struct {
	const char *name;
	QueueCommand run;
	const char *does;
} commands[] = {
	{ "list", queue_list, "the cases, by due date" },
	{ "show", queue_show, "the whole story of a case or letter" },
	{ "log", queue_log, "the queue log" },
	{ "held", queue_held, "letters that wait for a person" },
	{ "accept", queue_accept, "accept a held letter" },
	{ "reject", queue_reject, "reject a held letter on a ground" },
	{ "stats", queue_stats, "how many of what" },
	{ "verify", queue_verify, "nobody edited the events, the file is sound" },
	{ "check", queue_check, "settings, data files, a login to IMAP and SMTP" },
	{ "explain", queue_explain, "what the classifier makes of a file" },
};

static QueueCommand
find_command(const char *name, GError **error)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
		if (g_strcmp0(commands[i].name, name) == 0)
			return commands[i].run;
		g_string_append_printf(
		    names, "\n  %-8s %s", commands[i].name, commands[i].does);
	}
	g_set_error(error, FAULT, FAULT_SETUP, "%s%s; the commands are:%s",
	    name != NULL ? "no such command: " : "a command is needed",
	    name != NULL ? name : "", names->str);
	return NULL;
}

/* A wrong command is said before any settings are read; explain needs none. */
static gboolean
standalone(Program *program, GError **error)
{
	QueueCommand command = find_command(program->arguments[0], error);

	if (command == queue_explain)
		return command(program, program->arguments, error);
	return command == NULL;
}

static gboolean
run_command(Program *program, GError **error)
{
	QueueCommand command = find_command(program->arguments[0], error);

	return command != NULL && command(program, program->arguments, error);
}

gboolean
queue_letter(Program *program, const char *text, gint64 *ret_letter, GError **error)
{
	g_autoptr(Case) item = NULL;
	char *end;

	*ret_letter = g_ascii_strtoll(text, &end, 10);
	if (*text != '\0' && *end == '\0')
		return TRUE;
	item = store_case_by_number(program->store, text, error);
	if (item == NULL)
		return FALSE;
	*ret_letter = item->letter;
	return TRUE;
}

const char *
queue_time(const Program *program, gint64 at, char buffer[QUEUE_TIME_SIZE])
{
	static GTimeZone *zone;
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	g_autoptr(GDateTime) local = NULL;

	if (zone == NULL)
		zone = g_time_zone_new_identifier(program->university.timezone);
	local = zone != NULL && utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
	if (local == NULL)
		g_strlcpy(buffer, "?", QUEUE_TIME_SIZE);
	else
		g_snprintf(buffer, QUEUE_TIME_SIZE, "%04d-%02d-%02d %02d:%02d:%02d",
		    g_date_time_get_year(local), g_date_time_get_month(local),
		    g_date_time_get_day_of_month(local), g_date_time_get_hour(local),
		    g_date_time_get_minute(local), g_date_time_get_second(local));
	return buffer;
}

int
main(int argc, char **argv)
{
	Program program = {
		.name = "rector-queue",
		.summary = "The administrators' window on the rector's mailbox.",
		.usage = "COMMAND [ARGUMENT…]",
		.room = ROOM_QUEUE,
		.options = options,
		.standalone = standalone,
		.pass = run_command,
	};

	return program_run(&program, argc, argv);
}
