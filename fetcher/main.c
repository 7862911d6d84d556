/* rector-fetcher: letters from the mailbox, or from files, into the store. */
#include "fault.h"
#include "idle.h"
#include "import.h"
#include "session.h"

#include <signal.h>
#include <stdio.h>

static gboolean import, log_in;
static Setup setup;

static const GOptionEntry options[] = {
	{ "import", 0, 0, G_OPTION_ARG_NONE, &import,
	    "Take letters from files: .eml, mbox, Maildir, a folder of .eml, or - for a "
	    "pipe",
	    NULL },
	{ "login", 0, 0, G_OPTION_ARG_NONE, &log_in,
	    "With --check: log in to the server, too", NULL },
	{ NULL },
};

static gboolean
refuse(GError **error, const char *what)
{
	g_set_error_literal(error, FAULT, FAULT_SETUP, what);
	return FALSE;
}

static gboolean
configure(Program *program, GError **error)
{
	if (import && program->arguments[0] == NULL)
		return refuse(error, "--import: which files? (see --help)");
	if (!import && program->arguments[0] != NULL)
		return refuse(error, "files are for --import (see --help)");
	if (import && program->watching)
		return refuse(error, "--import and --watch don't go together");
	return setup_load(program->settings, !import, &setup, error) &&
	    (!program->check || !log_in || session_try(&setup, program_stop_fd(), error));
}

static gboolean
import_all(Program *program, GError **error)
{
	guint letters = 0, new_letters = 0;
	gboolean done = import_paths(program->store, &setup, program->arguments, program,
	    &letters, &new_letters, error);

	printf("%u letters, %u of them new\n", letters, new_letters);
	return done;
}

static gboolean
pass(Program *program, GError **error)
{
	return import ? import_all(program, error) : idle_once(program, &setup, error);
}

static gboolean
watch(Program *program, GError **error)
{
	return idle_run(program, &setup, error);
}

static void
finish(Program *program)
{
	setup_clear(&setup);
}

int
main(int argc, char **argv)
{
	Program program = { .name = "rector-fetcher",
		.summary =
		    "Takes letters from the IMAP mailbox, or from files, into the store.",
		.usage = "[FILE…]",
		.room = ROOM_FETCHER,
		.options = options,
		.configure = configure,
		.pass = pass,
		.watch = watch,
		.finish = finish };

	signal(SIGPIPE, SIG_IGN);
	return program_run(&program, argc, argv);
}
