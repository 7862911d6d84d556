#include "program.h"

#include "clock.h"
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#define DEFAULT_CONFIG "/etc/rector-mail/rector.conf"

static const Setting store_settings[] = {
	{ "path", SETTING_PATH, "/var/lib/rector-mail/rector.db",
	    offsetof(Program, store_path) },
	{ NULL },
};

static volatile sig_atomic_t stopping;
static int stop_pipe[2] = { -1, -1 };

gboolean
program_stopping(void)
{
	return stopping != 0;
}

int
program_stop_fd(void)
{
	return stop_pipe[0];
}

static void
on_stop(int number)
{
	int saved = errno;

	stopping = 1;
	if (write(stop_pipe[1], "", 1) < 0)
		stopping = 1; /* a full pipe is readable already */
	errno = saved;
}

/* SIGPIPE ends nobody: a peer that went away is an error of that write. */
static void
catch_signals(void)
{
	struct sigaction stop = { .sa_handler = on_stop };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	if (stop_pipe[0] < 0 && pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		g_error("no pipe: %s", g_strerror(errno));
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

gint64
program_now(const Program *program)
{
	return program->fixed_now != 0 ? program->fixed_now : clock_now();
}

/* --- where things are --- */

static char *
own_folder(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);

	return self != NULL ? g_path_get_dirname(self) : g_strdup(".");
}

char *
program_data_folder(const char *room)
{
	g_autofree char *folder = own_folder();
	char *beside = g_build_filename(folder, "..", room, "data", NULL);

	if (g_file_test(beside, G_FILE_TEST_IS_DIR))
		return beside;
	g_free(beside);
	return g_build_filename(RECTOR_DATADIR, room, NULL);
}

/* In a build tree each program has a folder of its own room's name. */
char *
program_sibling(const char *name)
{
	g_autofree char *folder = own_folder();
	const char *room = g_str_has_prefix(name, "rector-") ? name + 7 : name;
	char *path = g_build_filename(folder, name, NULL);

	if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
		return path;
	g_free(path);
	return g_build_filename(folder, "..", room, name, NULL);
}

/* --- options --- */

static char *now_text;
static gboolean show_version;

static gboolean
parse_options(Program *program, int *argc, char ***argv, GError **error)
{
	const GOptionEntry common[] = {
		{ "config", 'c', 0, G_OPTION_ARG_FILENAME, &program->config,
		    "The settings (" DEFAULT_CONFIG ")", "FILE" },
		{ "check", 0, 0, G_OPTION_ARG_NONE, &program->check,
		    "Check the settings and leave", NULL },
		{ "watch", 'w', 0, G_OPTION_ARG_NONE, &program->watching,
		    "Stay, and wake when there is work", NULL },
		{ "now", 0, 0, G_OPTION_ARG_STRING, &now_text,
		    "The time to work for, as 2026-03-20T17:59:59+05:00", "TIME" },
		{ "version", 0, 0, G_OPTION_ARG_NONE, &show_version,
		    "Print the version and leave", NULL },
		{ NULL },
	};
	g_autoptr(GOptionContext) context = g_option_context_new(program->usage);
	g_autoptr(GError) failure = NULL;

	g_option_context_set_summary(context, program->summary);
	g_option_context_add_main_entries(context, common, NULL);
	if (program->options != NULL)
		g_option_context_add_main_entries(context, program->options, NULL);
	if (!g_option_context_parse(context, argc, argv, &failure)) {
		g_set_error(
		    error, FAULT, FAULT_SETUP, "%s (see --help)", failure->message);
		return FALSE;
	}
	program->arguments = *argv + 1;
	return now_text == NULL || clock_parse(now_text, &program->fixed_now, error);
}

/* --- the run --- */

static gboolean
load_settings(Program *program, GError **error)
{
	program->settings = settings_load(
	    program->config != NULL ? program->config : DEFAULT_CONFIG, error);
	return program->settings != NULL &&
	    settings_group(program->settings, "university", university_settings,
		&program->university, error) &&
	    settings_check_university(program->settings, &program->university, error) &&
	    settings_group(program->settings, "store", store_settings, program, error) &&
	    (program->configure == NULL || program->configure(program, error));
}

/* A failure ends the program; its next start is the recovery. */
static gboolean
watch(Program *program, GError **error)
{
	gint64 seen = 0;

	while (!program_stopping()) {
		if (!program->pass(program, error))
			return FALSE;
		watch_wait(program->store,
		    program->wake_at != NULL ? program->wake_at(program) : 0, &seen);
	}
	return TRUE;
}

static gboolean
work(Program *program, GError **error)
{
	if (load_settings(program, error) && !program->check)
		program->store = store_open(program->store_path, program->room, error);
	if (program->store == NULL)
		return program->check;
	if (!program->watching)
		return program->pass(program, error);
	return program->watch != NULL ? program->watch(program, error)
				      : watch(program, error);
}

static gboolean
run(Program *program, int argc, char **argv, GError **error)
{
	g_autoptr(GError) failure = NULL;

	if (!parse_options(program, &argc, &argv, error))
		return FALSE;
	if (show_version) {
		printf("%s %s\n", program->name, RECTOR_VERSION);
		return TRUE;
	}
	if (program->standalone == NULL || !program->standalone(program, &failure))
		work(program, &failure);
	if (failure == NULL)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&failure));
	return FALSE;
}

/* Warnings and start-up notes for the journal or the terminal.  The moves (g_info) stand
 * in the queue log already; G_MESSAGES_DEBUG=all shows them here too. */
static GLogWriterOutput
write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
	if (g_log_writer_default_would_drop(level, NULL))
		return G_LOG_WRITER_HANDLED;
	if (g_log_writer_is_journald(fileno(stderr)))
		return g_log_writer_journald(level, fields, n_fields, data);
	return g_log_writer_standard_streams(level, fields, n_fields, data);
}

int
program_run(Program *program, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	setlocale(
	    LC_CTYPE, "C.UTF-8"); /* our texts are UTF-8, whatever the terminal says */
	g_set_prgname(program->name);
	g_log_set_writer_func(write_log, NULL, NULL);
	prctl(PR_SET_DUMPABLE, 0); /* no core file with a secret or a letter in it */
	catch_signals();
	run(program, argc, argv, &error);
	if (program->finish != NULL)
		program->finish(program);
	g_clear_pointer(&program->store, store_close);
	settings_group_clear(university_settings, &program->university);
	settings_group_clear(store_settings, program);
	g_clear_pointer(&program->settings, settings_free);
	g_clear_pointer(&program->config, g_free);
	g_clear_pointer(&now_text, g_free);
	if (error != NULL)
		g_printerr("%s: %s\n", program->name, error->message);
	return fault_exit_status(error);
}
