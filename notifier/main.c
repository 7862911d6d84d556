/* rector-notifier: words every mail that is owed, and carries it. */
#include "notify.h"
#include "program.h"

static gboolean log_in;

static const GOptionEntry options[] = {
	{ "login", 0, 0, G_OPTION_ARG_NONE, &log_in,
	    "With --check: log in to the server, too", NULL },
	{ NULL },
};

static gboolean
configure(Program *program, GError **error)
{
	Notifier *notifier = notifier_new(program->settings, &program->university, error);

	program->state = notifier;
	return notifier != NULL &&
	    (!program->check || !log_in || carrier_login(notifier_post(notifier), error));
}

/* While watching, a server that is away is waited for. */
static gboolean
pass(Program *program, GError **error)
{
	g_autoptr(GError) failure = NULL;

	if (notify_pass(program->state, program->store, program->fixed_now, &failure))
		return TRUE;
	if (program->watching && notifier_server_is_away(program->state)) {
		g_warning("%s", failure->message);
		return TRUE;
	}
	g_propagate_error(error, g_steal_pointer(&failure));
	return FALSE;
}

static gint64
wake_at(Program *program)
{
	return notifier_wake_at(program->state);
}

static void
finish(Program *program)
{
	notifier_free(program->state);
}

int
main(int argc, char **argv)
{
	Program program = {
		.name = "rector-notifier",
		.summary = "Words every mail that is owed, and carries it by SMTP.",
		.room = ROOM_NOTIFIER,
		.options = options,
		.configure = configure,
		.pass = pass,
		.wake_at = wake_at,
		.finish = finish,
	};

	return program_run(&program, argc, argv);
}
