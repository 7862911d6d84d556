/* check, explain: what the rooms' own programs say; each knows its own settings, data and
 * server, so nothing is checked by another. */
#include "queue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const rooms[] = { "rector-fetcher", "rector-classifier",
	"rector-router", "rector-notifier" };

/* Runs one program and waits; its messages go to our own streams. */
static gboolean
run_program(char **argv, int *ret_status, GError **error)
{
	g_autoptr(GError) failure = NULL;
	int wait_status = 0;

	if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
		NULL, NULL, &wait_status, &failure)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", failure->message);
		return FALSE;
	}
	*ret_status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 1;
	return TRUE;
}

static gboolean
check_room(Program *program, const char *name, int *worst, GError **error)
{
	g_autofree char *path = program_sibling(name);
	gboolean has_login =
	    strcmp(name, "rector-fetcher") == 0 || strcmp(name, "rector-notifier") == 0;
	char *argv[] = { path, (char *)"--config",
		(char *)settings_file(program->settings), (char *)"--check",
		has_login ? (char *)"--login" : NULL, NULL };
	int status;

	fflush(stdout);
	if (!run_program(argv, &status, error))
		return FALSE;
	printf("%-18s %s\n", name, status == 0 ? "ok" : "FAILED");
	*worst = MAX(*worst, status);
	return TRUE;
}

gboolean
queue_check(Program *program, char **argv, GError **error)
{
	int worst = 0;

	for (guint i = 0; i < G_N_ELEMENTS(rooms); i++)
		if (!check_room(program, rooms[i], &worst, error))
			return FALSE;
	if (worst == 0)
		return TRUE;
	g_set_error(error, FAULT, worst == FAULT_RETRY ? FAULT_RETRY : FAULT_SETUP,
	    "not everything is well; what to mend stands above");
	return FALSE;
}

gboolean
queue_explain(Program *program, char **argv, GError **error)
{
	g_autofree char *path = program_sibling("rector-classifier");
	g_autoptr(GPtrArray) args = g_ptr_array_new();

	g_ptr_array_add(args, path);
	g_ptr_array_add(args, (char *)"--explain");
	if (queue_options.json)
		g_ptr_array_add(args, (char *)"--json");
	for (char **arg = argv + 1; *arg != NULL; arg++)
		g_ptr_array_add(args, *arg);
	g_ptr_array_add(args, NULL);
	execv(path, (char **)args->pdata);
	return fault_set_errno(error, errno, "%s", path);
}
