#include "line.h"
#include "queue.h"

static const GOptionEntry options[] = {
	{ "json", 'j', 0, G_OPTION_ARG_NONE, &queue_options.json,
	    "JSON, an object a line", NULL },
	{ "follow", 'f', 0, G_OPTION_ARG_NONE, &queue_options.follow,
	    "log: stay and print what comes", NULL },
	{ "personal", 0, 0, G_OPTION_ARG_NONE, &queue_options.personal,
	    "show, list: names, addresses; explain: of a letter", NULL },
	{ "tasks", 0, 0, G_OPTION_ARG_NONE, &queue_options.tasks,
	    "list: what a person must do by hand", NULL },
	{ "official", 0, 0, G_OPTION_ARG_STRING, &queue_options.official,
	    "list: his cases; accept: to him", "KEY" },
	{ "topic", 0, 0, G_OPTION_ARG_STRING, &queue_options.topic,
	    "list: of this topic; accept: as this topic", "TOPIC" },
	{ "state", 0, 0, G_OPTION_ARG_STRING, &queue_options.state,
	    "list: in this state (open and extended)", "STATE" },
	{ "due-by", 0, 0, G_OPTION_ARG_STRING, &queue_options.due_by,
	    "list: due on this day or before", "DAY" },
	{ "limit", 'n', 0, G_OPTION_ARG_INT64, &queue_options.limit,
	    "list: so many; log: start with the last N", "N" },
	{ "reason", 0, 0, G_OPTION_ARG_STRING, &queue_options.reason,
	    "accept, reject, done: why; no names in it", "TEXT" },
	{ "by", 0, 0, G_OPTION_ARG_STRING, &queue_options.by,
	    "accept, reject, done: who decides (you)", "NAME" },
	{ "data", 0, 0, G_OPTION_ARG_FILENAME, &queue_options.data,
	    "replay: the classifier's data files to try", "DIR" },
	{ "since", 0, 0, G_OPTION_ARG_STRING, &queue_options.since,
	    "replay: letters received on this day or later", "DAY" },
	{ "labels", 0, 0, G_OPTION_ARG_FILENAME, &queue_options.labels,
	    "export: the folder of labelled letters", "DIR" },
	{ "redact", 0, 0, G_OPTION_ARG_NONE, &queue_options.redact,
	    "export: with invented names, numbers and addresses", NULL },
	{ NULL },
};

static const QueueRow *command;

/* A wrong command is said before any settings are read; explain of files needs none, and
 * check must not make a store. */
static gboolean
standalone(Program *program, GError **error)
{
	if (program->check && program->arguments[0] == NULL)
		return FALSE;
	if (program->watching) {
		g_set_error_literal(error, FAULT, FAULT_SETUP,
		    "--watch is for the other programs; see log --follow");
		return TRUE;
	}
	command = queue_find(program->arguments, error);
	if (command == NULL)
		return TRUE;
	if (command->run == queue_explain && !queue_explain_is_of_letter())
		return command->run(program, program->arguments, error) || TRUE;
	program->check = program->check || command->run == queue_check;
	return FALSE;
}

static gboolean
configure(Program *program, GError **error)
{
	if (!queue_settings_load(program, error))
		return FALSE;
	return command == NULL || command->run != queue_check ||
	    queue_check(program, program->arguments, error);
}

static gboolean
run_command(Program *program, GError **error)
{
	return command->run(program, program->arguments, error) && line_finish(error);
}

static void
finish(Program *program)
{
	QueueOptions *given = &queue_options;
	char *texts[] = { given->official, given->topic, given->state, given->due_by,
		given->by, given->reason, given->data, given->since, given->labels };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
}

int
main(int argc, char **argv)
{
	g_autofree char *commands = queue_commands();
	g_autofree char *summary = g_strdup_printf(
	    "The administrators' window on the rector's mailbox.  %s", commands);
	Program program = {
		.name = "rector-queue",
		.summary = summary,
		.usage = "COMMAND [ARGUMENT...]",
		.room = ROOM_QUEUE,
		.options = options,
		.standalone = standalone,
		.configure = configure,
		.pass = run_command,
		.finish = finish,
	};

	return program_run(&program, argc, argv);
}
