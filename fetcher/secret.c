#include "secret.h"

#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LONGEST 16384 /* bytes; tokens run to a few thousand */

void
secret_free(Secret *secret)
{
	if (secret == NULL)
		return;
	if (secret->text != NULL)
		explicit_bzero(secret->text, strlen(secret->text));
	g_free(secret->text);
	g_free(secret);
}

/* Reads to the end or the deadline; FALSE when it is too long, too late, or fails. */
static gboolean
read_all(int fd, char *buffer, gint64 deadline_us, const char **why)
{
	gsize length = 0;

	for (;;) {
		struct pollfd wait = { fd, POLLIN, 0 };
		gint64 left_us = deadline_us - g_get_monotonic_time();
		ssize_t n;

		*why = "it takes too long";
		if (left_us <= 0 || poll(&wait, 1, (int)(left_us / 1000) + 1) == 0)
			return FALSE;
		n = read(fd, buffer + length, LONGEST - length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			break;
		*why = n < 0 ? g_strerror(errno) : "it is too long";
		if (n < 0 || (length += (gsize)n) >= LONGEST)
			return FALSE;
	}
	buffer[length] = '\0';
	*why = "it has a zero byte";
	return strlen(buffer) == length;
}

static gboolean
load_file(const char *path, char *buffer, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *why = NULL;
	gboolean done;

	if (fd < 0) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", path, g_strerror(errno));
		return FALSE;
	}
	done = read_all(fd, buffer, g_get_monotonic_time() + 10 * G_USEC_PER_SEC, &why);
	if (!done)
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", path, why);
	close(fd);
	return done;
}

static gboolean
end_child(GPid pid, gboolean done, const char **why)
{
	int status;

	if (!done)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (done && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
		*why = "it failed";
		return FALSE;
	}
	return done;
}

/* What the command prints is the secret; it may fail for a while (a token service is
 * away), so a failure is worth a later try. */
static gboolean
run_command(
    const char *name, const char *command, gint64 timeout_s, char *buffer, GError **error)
{
	g_auto(GStrv) argv = NULL;
	g_autoptr(GError) failure = NULL;
	const char *why = NULL;
	GPid pid;
	int fd;
	gboolean done;

	if (!g_shell_parse_argv(command, NULL, &argv, &failure) ||
	    !g_spawn_async_with_pipes(NULL, argv, NULL,
		G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
		&fd, NULL, &failure)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", name, failure->message);
		return FALSE;
	}
	done = read_all(
	    fd, buffer, g_get_monotonic_time() + timeout_s * G_USEC_PER_SEC, &why);
	close(fd);
	done = end_child(pid, done, &why);
	if (!done)
		g_set_error(error, FAULT, FAULT_RETRY, "%s: %s", name, why);
	return done;
}

static gboolean
load(const Setup *setup, char *buffer, GError **error)
{
	const char *folder = g_getenv("CREDENTIALS_DIRECTORY");
	g_autofree char *path = NULL;

	if (setup->token_command != NULL)
		return run_command(
		    "token_command", setup->token_command, setup->timeout, buffer, error);
	if (setup->password_command != NULL)
		return run_command("password_command", setup->password_command,
		    setup->timeout, buffer, error);
	if (setup->password_file != NULL)
		return load_file(setup->password_file, buffer, error);
	if (folder == NULL) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "[fetcher] needs password_file, password_command or token_command");
		return FALSE;
	}
	path = g_build_filename(folder, "imap-password", NULL);
	return load_file(path, buffer, error);
}

/* One line end at the end is the editor's; any other stays and is refused. */
static void
drop_line_end(char *text)
{
	gsize length = strlen(text);

	if (length > 0 && text[length - 1] == '\n')
		text[--length] = '\0';
	if (length > 0 && text[length - 1] == '\r')
		text[length - 1] = '\0';
}

Secret *
secret_load(const Setup *setup, GError **error)
{
	char buffer[LONGEST + 1];
	g_autoptr(Secret) secret = g_new0(Secret, 1);

	if (load(setup, buffer, error)) {
		drop_line_end(buffer);
		secret->is_token = setup->token_command != NULL;
		secret->text = g_strdup(buffer);
	}
	explicit_bzero(buffer, sizeof(buffer));
	if (secret->text == NULL)
		return NULL;
	if (*secret->text != '\0' && setup_is_clean(secret->text))
		return g_steal_pointer(&secret);
	g_set_error(error, FAULT, FAULT_SETUP,
	    "[fetcher]: the secret is empty, is not UTF-8 or has control characters");
	return NULL;
}
