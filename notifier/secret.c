#include "secret.h"

#include <string.h>
#include <sys/wait.h>

#include "fault.h"

void
secret_wipe(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	g_free(secret);
}

/* One line, not empty; takes `text`. */
static char *
first_line(char *text, const char *from, GError **error)
{
	gsize length = strcspn(text, "\r\n");

	if (length > 0 && text[length + strspn(text + length, "\r\n")] == '\0') {
		text[length] = '\0';
		return text;
	}
	g_set_error(error, FAULT, FAULT_SETUP,
	    "[notifier] %s: one line with the secret is expected", from);
	secret_wipe(text);
	return NULL;
}

static char *
read_file(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	char *text;

	if (!g_file_get_contents(path, &text, NULL, &cause)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
		return NULL;
	}
	return first_line(text, path, error);
}

static char *
run_command(const char *name, const char *command, GError **error)
{
	g_auto(GStrv) argv = NULL;
	g_autoptr(GError) cause = NULL;
	char *text = NULL;
	int status;

	if (!g_shell_parse_argv(command, NULL, &argv, &cause) ||
	    !g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
		&status, &cause)) {
		g_set_error(
		    error, FAULT, FAULT_SETUP, "[notifier] %s: %s", name, cause->message);
		return NULL;
	}
	if (!g_spawn_check_wait_status(status, &cause)) {
		g_set_error(
		    error, FAULT, FAULT_RETRY, "[notifier] %s: %s", name, cause->message);
		secret_wipe(text);
		return NULL;
	}
	return first_line(text, name, error);
}

char *
secret_get(const Post *post, GError **error)
{
	const char *folder = g_getenv("CREDENTIALS_DIRECTORY");
	g_autofree char *path = NULL;

	if (post->user == NULL)
		return NULL;
	if (post->token_command != NULL)
		return run_command("token_command", post->token_command, error);
	if (post->password_command != NULL)
		return run_command("password_command", post->password_command, error);
	if (post->password_file != NULL)
		return read_file(post->password_file, error);
	if (folder == NULL) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "[notifier] user: its password is expected in password_file, "
		    "password_command, "
		    "token_command or the credential %s",
		    post->credential);
		return NULL;
	}
	path = g_build_filename(folder, post->credential, NULL);
	return read_file(path, error);
}
