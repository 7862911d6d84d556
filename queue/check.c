/* check: what the rooms' own programs say; each knows its own settings, data and server,
 * so nothing is checked by another.  The store is everybody's, and looked at here. */
#include "line.h"
#include "queue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
	gint64 free_space; /* bytes */
} QueueGroup;

static const Setting queue_settings[] = {
	{ "free_space", SETTING_BYTES, "1 G", offsetof(QueueGroup, free_space), 0,
	    G_MAXINT64 },
	{ NULL },
};

static QueueGroup group;

gboolean
queue_settings_load(const Program *program, GError **error)
{
	return settings_group(program->settings, "queue", queue_settings, &group, error);
}

/* --- results --- */

static void
print_result(const char *what, const char *result, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	line_print("%-18s %s", what, result);
	for (char **line = lines; *line != NULL; line++)
		if (**line != '\0')
			line_print("  %s", *line);
}

/* Keeps the worse: what a person must mend comes before what may mend itself. */
static void
count_failure(int status, int *worst)
{
	if (status != 0)
		*worst = MAX(*worst, status == FAULT_RETRY ? FAULT_RETRY : FAULT_SETUP);
}

/* --- the programs --- */

static gboolean
check_room(
    Program *program, const char *name, gboolean has_login, int *worst, GError **error)
{
	g_autofree char *path = program_sibling(name);
	g_autofree char *out = NULL, *said = NULL;
	g_autoptr(GError) failure = NULL;
	char *argv[] = { path, (char *)"--config",
		(char *)settings_file(program->settings), (char *)"--check",
		has_login ? (char *)"--login" : NULL, NULL };
	int wait_status = 0, status;

	if (!g_spawn_sync(NULL, argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
		&out, &said, &wait_status, &failure)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", failure->message);
		return FALSE;
	}
	status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : FAULT_SETUP;
	print_result(name, status == 0 ? "ok" : "FAILED", said);
	if (WIFSIGNALED(wait_status))
		line_print("  it was ended by signal %d", WTERMSIG(wait_status));
	fflush(stdout);
	count_failure(status, worst);
	return TRUE;
}

/* Without its group there is no mailbox: letters come by --import. */
static gboolean
has_mailbox(const Program *program)
{
	g_autoptr(GKeyFile) file = g_key_file_new();

	return !g_key_file_load_from_file(
		   file, settings_file(program->settings), G_KEY_FILE_NONE, NULL) ||
	    g_key_file_has_group(file, "fetcher");
}

static gboolean
check_rooms(Program *program, int *worst, GError **error)
{
	if (!has_mailbox(program))
		print_result("rector-fetcher", "no mailbox",
		    "without a group [fetcher] letters come by --import only");
	else if (!check_room(program, "rector-fetcher", TRUE, worst, error))
		return FALSE;
	return check_room(program, "rector-classifier", FALSE, worst, error) &&
	    check_room(program, "rector-router", FALSE, worst, error) &&
	    check_room(program, "rector-notifier", TRUE, worst, error);
}

/* --- the store --- */

static gboolean
open_store(const char *path, GError **error)
{
	g_autoptr(Store) store = NULL;
	g_autoptr(Txn) txn = NULL;

	if (access(path, R_OK | W_OK) < 0)
		return fault_set_errno(error, errno, "%s", path);
	store = store_open(path, ROOM_QUEUE, error);
	if (store == NULL)
		return FALSE;
	txn = store_begin(store, error); /* a lock is a write */
	return txn != NULL;
}

static void
check_store(const char *path, const char *folder, int *worst)
{
	g_autoptr(GError) error = NULL;

	if (access(folder, R_OK | W_OK | X_OK) < 0)
		fault_set_errno(&error, errno, "%s", folder);
	else if (access(path, F_OK) < 0 && errno == ENOENT)
		print_result("store", "none yet", "the first program to start makes it");
	else if (open_store(path, &error))
		print_result("store", "ok", "");
	if (error == NULL)
		return;
	print_result("store", "FAILED", error->message);
	count_failure(fault_exit_status(error), worst);
}

static void
check_disk(const char *folder, gint64 limit)
{
	struct statvfs disk;
	g_autofree char *text = NULL, *size = NULL;
	guint64 space;

	if (statvfs(folder, &disk) < 0)
		return; /* check_store() has said that the folder is not there */
	space = (guint64)disk.f_bavail * disk.f_frsize;
	size = g_format_size_full(space, G_FORMAT_SIZE_IEC_UNITS);
	text = g_strdup_printf("%s free for %s", size, folder);
	print_result("disk", space < (guint64)limit ? "WARNING" : "ok", text);
}

/* --- the commands --- */

gboolean
queue_check(Program *program, char **argv, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(program->store_path);
	int worst = 0;

	if (!check_rooms(program, &worst, error))
		return FALSE;
	check_store(program->store_path, folder, &worst);
	check_disk(folder, group.free_space);
	if (!line_finish(error))
		return FALSE;
	if (worst == 0)
		return TRUE;
	g_set_error_literal(error, FAULT, worst,
	    worst == FAULT_RETRY ? "not everything could be checked; try again later"
				 : "not everything is well; what to mend stands above");
	return FALSE;
}
