/* --explain: what the classifier makes of files; explain-json.c tells it to scripts,
 * explain-text.c to people. */
#include "classify-private.h"
#include "fault.h"
#include "limit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files explained before anything is printed. */
#define BATCH 256
#define READ_SIZE (64 << 10)

/* --- the bytes --- */

static gboolean
refuse_file(GError **error, const char *file, const char *what)
{
	g_set_error(error, FAULT, FAULT_LETTER, "%s: %s", file, what);
	return FALSE;
}

static gboolean
read_descriptor(int fd, const char *file, GByteArray *bytes, GError **error)
{
	guint8 buffer[READ_SIZE];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refuse_file(error, file, g_strerror(errno));
		if (bytes->len + (gsize)n > LIMIT_LETTER)
			return refuse_file(error, file, "larger than any letter may be");
		g_byte_array_append(bytes, buffer, (guint)n);
	}
	return TRUE;
}

static GBytes *
feed_file(gpointer data, guint index, gboolean *ret_whole, GError **error)
{
	const char *file = ((char *const *)data)[index];
	gboolean standard_input = g_str_equal(file, "-");
	int fd = standard_input ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	gboolean done;

	*ret_whole = TRUE;
	if (fd < 0) {
		refuse_file(error, file, g_strerror(errno));
		return NULL;
	}
	done = read_descriptor(fd, file, bytes, error);
	if (!standard_input)
		close(fd);
	return done ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes)) : NULL;
}

/* --- all files --- */

gboolean
classify_explain(
    Classifier *classifier, char *const *files, gboolean as_json, GError **error)
{
	guint left = g_strv_length((char **)files), unreadable = 0;
	gboolean done = TRUE;

	for (; left > 0 && done; files += MIN(left, BATCH), left -= MIN(left, BATCH)) {
		WorkerResult results[BATCH] = { 0 };

		done = worker_run(classifier->worker, MIN(left, BATCH), feed_file,
		    (gpointer)files, results, error);
		for (guint i = 0; i < MIN(left, BATCH); i++) {
			if (results[i].reading == NULL && results[i].failure == NULL)
				continue;
			if (as_json)
				explain_print_json(
				    classifier->judge, files[i], &results[i]);
			else
				explain_print(classifier->judge, files[i], &results[i]);
			unreadable += results[i].failure != NULL;
			worker_result_clear(&results[i]);
		}
	}
	if (done && unreadable > 0)
		g_set_error(error, FAULT, FAULT_LETTER,
		    "%u of the letters could not be read", unreadable);
	return done && unreadable == 0;
}
