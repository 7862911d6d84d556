#include "import.h"

#include "fault.h"
#include "keep.h"
#include "mbox.h"
#include "received.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (64 * 1024)
#define HEADER_MOST (64 * 1024) /* bytes in which a Received line is looked for */

typedef struct {
	Store *store;
	const Setup *setup;
	const Program *program;
	gint64 mailbox, epoch;
	gint64 uid;     /* of the letter under way, or the last one */
	gint64 file_at; /* the file's mtime, 0 for none */
	gint64 bytes;   /* of the batch */
	gint64 length;  /* of the letter so far */
	GByteArray *header;
	GArray *arrivals;
	guint letters, new_letters;
} Import;

static gboolean
commit(Import *import, GError **error)
{
	guint new_letters = 0;
	gint64 now = program_now(import->program);

	if (import->arrivals->len == 0)
		return TRUE;
	if (!keep_letters(import->store, import->mailbox, import->epoch, import->arrivals,
		import->uid, now, &new_letters, error))
		return FALSE;
	import->letters += import->arrivals->len;
	import->new_letters += new_letters;
	import->bytes = 0;
	g_array_set_size(import->arrivals, 0);
	return TRUE;
}

/* --- one letter --- */

static gboolean
letter_begin(gpointer context, GError **error)
{
	Import *import = context;

	import->length = 0;
	g_byte_array_set_size(import->header, 0);
	return spool_begin(store_spool(import->store), error);
}

/* What is beyond max_size is counted, not kept: the letter is then not whole. */
static gboolean
letter_write(gpointer context, gconstpointer bytes, gsize length, GError **error)
{
	Import *import = context;
	gint64 room = MAX(import->setup->max_size - import->length, 0);
	guint head =
	    MIN((guint)length, HEADER_MOST - MIN(import->header->len, HEADER_MOST));

	g_byte_array_append(import->header, bytes, head);
	import->length += (gint64)length;
	return room == 0 ||
	    spool_write(
		store_spool(import->store), bytes, MIN(length, (gsize)room), error);
}

/* Nothing is received in the future. */
static gint64
when_received(const Import *import)
{
	gint64 now = program_now(import->program);
	gint64 at = received_at((const char *)import->header->data, import->header->len);

	if (at == 0 || at > now)
		at = import->file_at;
	return at == 0 || at > now ? now : at;
}

static gboolean
letter_end(gpointer context, GError **error)
{
	Import *import = context;
	Arrival arrival = { .uid = import->uid + 1, .size = import->length };

	arrival.whole = import->length <= import->setup->max_size;
	arrival.received_at = when_received(import);
	if (!spool_end(store_spool(import->store), &arrival.place, arrival.digest, error))
		return FALSE;
	import->uid++;
	import->bytes += arrival.place.length;
	g_array_append_val(import->arrivals, arrival);
	return (import->arrivals->len < import->setup->batch &&
		   import->bytes < import->setup->batch_bytes) ||
	    commit(import, error);
}

static const MboxSink letters = { letter_begin, letter_write, letter_end };

/* --- one file --- */

static ssize_t
read_chunk(int fd, const char *path, char *buffer, GError **error)
{
	ssize_t n;

	if (program_stopping()) {
		g_set_error(error, FAULT, FAULT_RETRY, "%s: asked to stop", path);
		return -1;
	}
	do
		n = read(fd, buffer, CHUNK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		fault_set_errno(error, errno, "%s", path);
	return n;
}

/* The first bytes decide; a pipe may give fewer than that at once. */
static ssize_t
read_start(int fd, const char *path, char *buffer, GError **error)
{
	ssize_t n = read_chunk(fd, path, buffer, error);

	while (n > 0 && n < 5) {
		char more[CHUNK];
		ssize_t m = read_chunk(fd, path, more, error);

		if (m < 0)
			return m;
		if (m == 0)
			break;
		m = MIN(m, CHUNK - n);
		memcpy(buffer + n, more, (gsize)m);
		n += m;
	}
	return n;
}

static gboolean
read_mbox(
    Import *import, int fd, const char *path, char *buffer, ssize_t n, GError **error)
{
	g_autoptr(Mbox) mbox = mbox_new(&letters, import);

	for (; n > 0; n = read_chunk(fd, path, buffer, error))
		if (!mbox_feed(mbox, buffer, (gsize)n, error))
			return FALSE;
	return n == 0 && mbox_finish(mbox, error);
}

static gboolean
read_letter(
    Import *import, int fd, const char *path, char *buffer, ssize_t n, GError **error)
{
	if (!letter_begin(import, error))
		return FALSE;
	for (; n > 0; n = read_chunk(fd, path, buffer, error))
		if (!letter_write(import, buffer, (gsize)n, error))
			return FALSE;
	return n == 0 && letter_end(import, error);
}

static gboolean
read_open_file(
    Import *import, int fd, const char *path, gboolean may_be_mbox, GError **error)
{
	char buffer[CHUNK];
	ssize_t n = read_start(fd, path, buffer, error);
	gboolean done = n == 0;

	if (n > 0 && may_be_mbox && mbox_looks_like(buffer, (gsize)n))
		done = read_mbox(import, fd, path, buffer, n, error);
	else if (n > 0)
		done = read_letter(import, fd, path, buffer, n, error);
	if (!done)
		spool_abandon(store_spool(import->store));
	return done;
}

static gboolean
read_file(Import *import, const char *path, gboolean may_be_mbox, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	gboolean done = FALSE;

	if (fd < 0 || fstat(fd, &status) < 0) {
		fault_set_errno(error, errno, "%s", path);
	} else if (!S_ISREG(status.st_mode)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: is no file", path);
	} else {
		import->file_at = status.st_mtime;
		done = read_open_file(import, fd, path, may_be_mbox, error);
	}
	if (fd >= 0)
		close(fd);
	return done;
}

/* --- folders --- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The paths of a folder's files, by name. */
static GPtrArray *
list_folder(const char *folder, const char *suffix, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, &failure);
	GPtrArray *paths;
	const char *name;

	if (dir == NULL) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", failure->message);
		return NULL;
	}
	paths = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(dir)) != NULL)
		if (name[0] != '.' && g_str_has_suffix(name, suffix))
			g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
	g_ptr_array_sort(paths, compare_names);
	return paths;
}

static int
compare_base_names(gconstpointer a, gconstpointer b)
{
	const char *one = strrchr(*(const char *const *)a, '/');
	const char *other = strrchr(*(const char *const *)b, '/');

	return strcmp(one, other);
}

static gboolean
read_files(Import *import, GPtrArray *paths, GError **error)
{
	for (guint i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);

		if (program_stopping())
			break;
		if (!g_file_test(path, G_FILE_TEST_IS_DIR) &&
		    !read_file(import, path, FALSE, error))
			return FALSE;
	}
	return TRUE;
}

/* The oldest first: the names begin with the second of the delivery. */
static gboolean
read_maildir(Import *import, const char *path, GError **error)
{
	g_autofree char *seen = g_build_filename(path, "cur", NULL);
	g_autofree char *new = g_build_filename(path, "new", NULL);
	g_autoptr(GPtrArray) paths = list_folder(seen, "", error);
	g_autoptr(GPtrArray) more = paths != NULL ? list_folder(new, "", error) : NULL;

	if (more == NULL)
		return FALSE;
	g_ptr_array_extend_and_steal(paths, g_steal_pointer(&more));
	g_ptr_array_sort(paths, compare_base_names);
	return read_files(import, paths, error);
}

static gboolean
read_path(Import *import, const char *path, GError **error)
{
	g_autofree char *seen = g_build_filename(path, "cur", NULL);
	g_autoptr(GPtrArray) paths = NULL;

	import->file_at = 0;
	if (strcmp(path, "-") == 0)
		return read_open_file(
		    import, STDIN_FILENO, "standard input", TRUE, error);
	if (!g_file_test(path, G_FILE_TEST_IS_DIR))
		return read_file(import, path, TRUE, error);
	if (g_file_test(seen, G_FILE_TEST_IS_DIR))
		return read_maildir(import, path, error);
	paths = list_folder(path, ".eml", error);
	return paths != NULL && read_files(import, paths, error);
}

/* A fresh epoch, taken in one transaction so that two imports never share one. */
static gboolean
begin_epoch(Import *import, GError **error)
{
	g_autoptr(Txn) txn = store_begin(import->store, error);
	g_autoptr(Mailbox) mailbox =
	    txn != NULL ? store_mailbox(import->store, "import", error) : NULL;

	if (mailbox == NULL)
		return FALSE;
	import->mailbox = mailbox->id;
	import->epoch = mailbox->uidvalidity + 1;
	return store_mailbox_revalidate(import->store, mailbox->id, import->epoch,
		   program_now(import->program), error) &&
	    store_commit(txn, error);
}

gboolean
import_paths(Store *store, const Setup *setup, char *const *paths, const Program *program,
    guint *ret_letters, guint *ret_new, GError **error)
{
	g_autoptr(GByteArray) header = g_byte_array_new();
	g_autoptr(GArray) arrivals = g_array_new(FALSE, FALSE, sizeof(Arrival));
	g_autoptr(GError) failure = NULL;
	Import import = { .store = store,
		.setup = setup,
		.program = program,
		.header = header,
		.arrivals = arrivals };

	if (!begin_epoch(&import, error))
		return FALSE;
	for (; *paths != NULL && failure == NULL && !program_stopping(); paths++)
		read_path(&import, *paths, &failure);
	if (!commit(&import, failure == NULL ? &failure : NULL))
		g_warning("import: the last batch could not be kept");
	*ret_letters = import.letters;
	*ret_new = import.new_letters;
	if (failure == NULL)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&failure));
	return FALSE;
}
