/* rector-fetcher: letters from the mailbox, or from files, into the store. */
#include "fault.h"
#include "idle.h"
#include "import.h"
#include "trouble.h"

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
try_login(GError **error)
{
	const char *alarm;
	g_autoptr(Session) session =
	    session_open(&setup, program_stop_fd(), &alarm, error);

	return session != NULL && session_select(session, error);
}

static gboolean
configure(Program *program, GError **error)
{
	if (import != (program->arguments[0] != NULL)) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    import ? "--import: which files? (see --help)"
			   : "%s: what is it for? (see --help)",
		    program->arguments[0]);
		return FALSE;
	}
	if (import && program->watching) {
		g_set_error_literal(
		    error, FAULT, FAULT_SETUP, "--import and --watch don't go together");
		return FALSE;
	}
	return setup_load(program->settings, !import, &setup, error) &&
	    (!program->check || !log_in || try_login(error));
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
fetch(Program *program, gboolean (*work)(Fetcher *, GError **), GError **error)
{
	Fetcher fetcher = { .setup = &setup,
		.program = program,
		.store = program->store,
		.ledger = ledger_new(),
		.started_at = program_now(program) };
	g_autoptr(GError) failure = NULL;
	gboolean done =
	    store_hold_room(program->store, error) && work(&fetcher, &failure);

	if (failure != NULL && !program->watching)
		trouble_tell(&fetcher, failure, NULL);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	fetch_hang_up(&fetcher);
	mailbox_free(fetcher.mailbox);
	ledger_free(fetcher.ledger);
	return done;
}

static gboolean
pass(Program *program, GError **error)
{
	return import ? import_all(program, error) : fetch(program, idle_pass, error);
}

static gboolean
watch(Program *program, GError **error)
{
	return fetch(program, idle_run, error);
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
