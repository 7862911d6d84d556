/* explain: what the classifier makes of a letter, in a file or in the store. */
#include "letter.h"
#include "queue.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The classifier takes this process's place. */
static gboolean
become_classifier(char **files, GError **error)
{
	g_autofree char *path = program_sibling("rector-classifier");
	g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(args, g_strdup(path));
	g_ptr_array_add(args, g_strdup("--explain"));
	if (queue_options.json)
		g_ptr_array_add(args, g_strdup("--json"));
	/* A name that looks like an option is none. */
	for (; *files != NULL; files++)
		g_ptr_array_add(args,
		    g_strconcat(
			**files == '-' && (*files)[1] != '\0' ? "./" : "", *files, NULL));
	g_ptr_array_add(args, NULL);
	execv(path, (char **)args->pdata);
	return fault_set_errno(error, errno, "%s", path);
}

gboolean
queue_explain_is_of_letter(void)
{
	return queue_options.personal;
}

/* A number is taken for a letter's where no file has that name. */
static gboolean
check_files(char **files, GError **error)
{
	for (; *files != NULL; files++)
		if (strspn(*files, "0123456789-") == strlen(*files) &&
		    strcmp(*files, "-") != 0 && access(*files, F_OK) < 0) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "there is no file \"%s\"; of a stored letter explain shows "
			    "the "
			    "words and the author: add --personal",
			    *files);
			return FALSE;
		}
	return TRUE;
}

/* The bytes as a file without a name, on standard input. */
static gboolean
put_on_input(GBytes *bytes, GError **error)
{
	gsize size;
	const char *from = g_bytes_get_data(bytes, &size);
	int fd = memfd_create("letter", MFD_CLOEXEC);
	gboolean done = fd >= 0;

	while (done && size > 0) {
		ssize_t n = write(fd, from, size);

		done = n > 0 || errno == EINTR;
		from += MAX(n, 0);
		size -= (gsize)MAX(n, 0);
	}
	done = done && lseek(fd, 0, SEEK_SET) == 0 && dup2(fd, STDIN_FILENO) >= 0;
	return done || fault_set_errno(error, errno, "no memory for the letter");
}

gboolean
queue_explain(Program *program, char **argv, GError **error)
{
	char *input[] = { (char *)"-", NULL };
	g_autoptr(Letter) letter = NULL;
	g_autoptr(GBytes) bytes = NULL;
	gint64 id;

	if (!queue_explain_is_of_letter())
		return check_files(argv + 1, error) && become_classifier(argv + 1, error);
	if (argv[2] != NULL) {
		g_set_error_literal(error, FAULT, FAULT_SETUP,
		    "explain --personal takes one letter at a time");
		return FALSE;
	}
	if (!queue_letter(program, argv[1], &id, error))
		return FALSE;
	letter = store_letter_get(program->store, id, error);
	if (letter == NULL)
		return FALSE;
	bytes = spool_read(store_spool(program->store), &letter->place, error);
	return bytes != NULL && put_on_input(bytes, error) &&
	    become_classifier(input, error);
}
