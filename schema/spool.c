/* A folder of files "000001.spool", each an unstructured run of items; the rows that
 * point into it give it meaning.  A writer takes the newest file that is not full and
 * that no other process has locked, or makes the next one.  Nothing is ever written over:
 * a torn tail of a crash is skipped by starting at the file's end. */
#include "spool.h"

#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_FULL (G_GINT64_CONSTANT(1) << 28) /* bytes: 256 MiB, then the next file */
#define BUFFER_SIZE (256 * 1024)

struct Spool {
	char *folder;
	int fd;        /* the file we write, -1 before the first item */
	gint64 file;   /* its number */
	gint64 end;    /* where the next byte goes, buffered ones counted */
	gint64 start;  /* of the item under way */
	gboolean open; /* an item is under way */
	gboolean dirty;
	struct sha256_ctx digest;
	gsize buffered;
	guint8 *buffer;
	int read_fd; /* the file last read from */
	gint64 read_file;
};

static char *
file_path(const Spool *spool, gint64 file)
{
	return g_strdup_printf("%s/%06" G_GINT64_FORMAT ".spool", spool->folder, file);
}

Spool *
spool_open(const char *folder, GError **error)
{
	Spool *spool;

	if (mkdir(folder, 0770) == 0) {
		chmod(folder, 0770); /* whatever the umask */
	} else if (errno != EEXIST) {
		fault_set_errno(error, errno, "%s", folder);
		return NULL;
	}
	spool = g_new0(Spool, 1);
	spool->folder = g_strdup(folder);
	spool->fd = spool->read_fd = -1;
	return spool;
}

void
spool_close(Spool *spool)
{
	if (spool == NULL)
		return;
	if (spool->fd >= 0)
		close(spool->fd);
	if (spool->read_fd >= 0)
		close(spool->read_fd);
	g_free(spool->buffer);
	g_free(spool->folder);
	g_free(spool);
}

static gint64
newest_file(const Spool *spool)
{
	g_autoptr(GDir) dir = g_dir_open(spool->folder, 0, NULL);
	const char *name;
	gint64 newest = 0;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(name, ".spool"))
			newest = MAX(newest, g_ascii_strtoll(name, NULL, 10));
	return newest;
}

static gboolean
sync_folder(const Spool *spool, GError **error)
{
	int fd = open(spool->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	gboolean done = fd >= 0 && fsync(fd) == 0;

	if (!done)
		fault_set_errno(error, errno, "%s", spool->folder);
	if (fd >= 0)
		close(fd);
	return done;
}

/* Opens one file for appending; *ret_fd stays -1 when it is full or another process has
 * it. */
static gboolean
try_file(Spool *spool, gint64 file, int *ret_fd, gint64 *ret_end, GError **error)
{
	g_autofree char *path = file_path(spool, file);
	struct stat status;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);

	*ret_fd = -1;
	if (fd < 0)
		return fault_set_errno(error, errno, "%s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		close(fd);
		return TRUE;
	}
	fchmod(fd,
	    0660); /* the rooms' users share a group, whatever the umask; the owner can */
	if (fstat(fd, &status) < 0 || status.st_size >= FILE_FULL) {
		close(fd);
		return TRUE;
	}
	*ret_fd = fd;
	*ret_end = status.st_size;
	return TRUE;
}

static gboolean
choose_file(Spool *spool, GError **error)
{
	gint64 newest = newest_file(spool);

	for (gint64 file = MAX(newest, 1); file < newest + 1000; file++) {
		if (!try_file(spool, file, &spool->fd, &spool->end, error))
			return FALSE;
		if (spool->fd >= 0) {
			spool->file = file;
			return file <= newest || sync_folder(spool, error);
		}
	}
	g_set_error(error, FAULT, FAULT_RETRY, "%s: no spool file is free to write",
	    spool->folder);
	return FALSE;
}

gboolean
spool_begin(Spool *spool, GError **error)
{
	g_assert(!spool->open);
	if (spool->fd >= 0 && spool->end >= FILE_FULL && !spool->dirty) {
		close(spool->fd);
		spool->fd = -1;
	}
	if (spool->fd < 0 && !choose_file(spool, error))
		return FALSE;
	if (spool->buffer == NULL)
		spool->buffer = g_malloc(BUFFER_SIZE);
	sha256_init(&spool->digest);
	spool->start = spool->end;
	spool->open = TRUE;
	return TRUE;
}

static gboolean
write_at(Spool *spool, const guint8 *bytes, gsize length, gint64 offset, GError **error)
{
	while (length > 0) {
		ssize_t n = pwrite(spool->fd, bytes, length, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fault_set_errno(error, errno,
			    "%s/%06" G_GINT64_FORMAT ".spool", spool->folder,
			    spool->file);
		bytes += n;
		length -= (gsize)n;
		offset += n;
	}
	return TRUE;
}

static gboolean
flush(Spool *spool, GError **error)
{
	if (!write_at(spool, spool->buffer, spool->buffered,
		spool->end - (gint64)spool->buffered, error))
		return FALSE;
	spool->buffered = 0;
	return TRUE;
}

gboolean
spool_write(Spool *spool, gconstpointer bytes, gsize length, GError **error)
{
	const guint8 *from = bytes;

	g_assert(spool->open);
	sha256_update(&spool->digest, length, from);
	while (length > 0) {
		gsize n = MIN(length, BUFFER_SIZE - spool->buffered);

		memcpy(spool->buffer + spool->buffered, from, n);
		spool->buffered += n;
		spool->end += (gint64)n;
		from += n;
		length -= n;
		if (spool->buffered == BUFFER_SIZE && !flush(spool, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
spool_end(Spool *spool, SpoolPlace *ret_place, guint8 ret_digest[SPOOL_DIGEST_LENGTH],
    GError **error)
{
	g_assert(spool->open);
	sha256_digest(&spool->digest, SPOOL_DIGEST_LENGTH, ret_digest);
	*ret_place = (SpoolPlace){ spool->file, spool->start, spool->end - spool->start };
	spool->open = FALSE;
	spool->dirty = TRUE;
	return TRUE;
}

/* What is still buffered is taken back; what is already in the file stays there unused,
 * except that the file is cut when nothing after it can be meant. */
void
spool_abandon(Spool *spool)
{
	gint64 written;

	if (!spool->open)
		return;
	written = spool->end - (gint64)spool->buffered;
	if (written <= spool->start) {
		spool->buffered -= (gsize)(spool->end - spool->start);
	} else {
		spool->buffered = 0;
		if (ftruncate(spool->fd, spool->start) < 0)
			g_debug("spool: a torn item stays at the end of file "
				"%" G_GINT64_FORMAT,
			    spool->file);
	}
	spool->end = spool->start;
	spool->open = FALSE;
}

/* After a failed sync the kernel may have dropped pages that it now calls clean: the file
 * is left, and what was ended since the last sync must be appended again. */
gboolean
spool_sync(Spool *spool, GError **error)
{
	if (!spool->dirty)
		return TRUE;
	if (flush(spool, error)) {
		if (fdatasync(spool->fd) == 0) {
			spool->dirty = FALSE;
			return TRUE;
		}
		fault_set_errno(error, errno, "%s/%06" G_GINT64_FORMAT ".spool",
		    spool->folder, spool->file);
	}
	close(spool->fd);
	spool->fd = -1;
	spool->buffered = 0;
	spool->dirty = FALSE;
	return FALSE;
}

static int
open_file(const Spool *spool, gint64 file, GError **error)
{
	g_autofree char *path = file_path(spool, file);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		g_set_error(error, FAULT, errno == ENOENT ? FAULT_LETTER : FAULT_RETRY,
		    "%s: %s", path, g_strerror(errno));
	return fd;
}

static gboolean
is_there(const SpoolPlace *place, GError **error)
{
	if (place->length >= 0)
		return TRUE;
	g_set_error_literal(error, FAULT, FAULT_LETTER, "the bytes are erased");
	return FALSE;
}

/* An item may still be in the writer's buffer: only when the reader is the writer itself.
 */
static gboolean
settle(Spool *spool, const SpoolPlace *place, GError **error)
{
	return place->file != spool->file || spool->buffered == 0 || spool->open ||
	    flush(spool, error);
}

GBytes *
spool_read(Spool *spool, const SpoolPlace *place, GError **error)
{
	g_autofree guint8 *bytes = NULL;
	gint64 got = 0;

	if (!is_there(place, error) || !settle(spool, place, error))
		return NULL;
	if (spool->read_fd < 0 || spool->read_file != place->file) {
		if (spool->read_fd >= 0)
			close(spool->read_fd);
		spool->read_fd = open_file(spool, place->file, error);
		spool->read_file = place->file;
		if (spool->read_fd < 0)
			return NULL;
	}
	bytes = g_malloc((gsize)place->length + 1);
	while (got < place->length) {
		ssize_t n = pread(spool->read_fd, bytes + got,
		    (gsize)(place->length - got), place->offset + got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			g_set_error(error, FAULT, n < 0 ? FAULT_RETRY : FAULT_LETTER,
			    "%s/%06" G_GINT64_FORMAT
			    ".spool: %s at byte %" G_GINT64_FORMAT,
			    spool->folder, place->file,
			    n < 0 ? g_strerror(errno) : "ends early",
			    place->offset + got);
			return NULL;
		}
		got += n;
	}
	bytes[place->length] = '\0';
	return g_bytes_new_take(g_steal_pointer(&bytes), (gsize)place->length);
}

int
spool_open_item(Spool *spool, const SpoolPlace *place, GError **error)
{
	if (!is_there(place, error) || !settle(spool, place, error))
		return -1;
	return open_file(spool, place->file, error);
}

/* FALSE at the end of the file, or on an error of reading. */
static gboolean
digest_item(int fd, const SpoolPlace *place, guint8 ret_digest[SPOOL_DIGEST_LENGTH])
{
	guint8 part[64 * 1024];
	struct sha256_ctx sha;
	gint64 done = 0;

	sha256_init(&sha);
	while (done < place->length) {
		ssize_t n = pread(fd, part,
		    (gsize)MIN((gint64)sizeof(part), place->length - done),
		    place->offset + done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FALSE;
		sha256_update(&sha, (gsize)n, part);
		done += n;
	}
	sha256_digest(&sha, SPOOL_DIGEST_LENGTH, ret_digest);
	return TRUE;
}

gboolean
spool_check(Spool *spool, const SpoolPlace *place,
    const guint8 digest[SPOOL_DIGEST_LENGTH], GError **error)
{
	g_autofree char *path = file_path(spool, place->file);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	guint8 found[SPOOL_DIGEST_LENGTH];
	const char *what = NULL;

	if (fd < 0)
		what = g_strerror(errno);
	else if (!digest_item(fd, place, found))
		what = "the file ends early, or can't be read";
	else if (memcmp(found, digest, SPOOL_DIGEST_LENGTH) != 0)
		what = "other bytes than those that arrived";
	if (fd >= 0)
		close(fd);
	if (what == NULL)
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP, "%s, byte %" G_GINT64_FORMAT ": %s", path,
	    place->offset, what);
	return FALSE;
}

static gboolean
overwrite(int fd, const SpoolPlace *place)
{
	static const guint8 zeros[65536];

	for (gint64 at = 0; at < place->length; at += (gint64)sizeof(zeros)) {
		gint64 n = MIN((gint64)sizeof(zeros), place->length - at);

		if (pwrite(fd, zeros, (gsize)n, place->offset + at) != n)
			return FALSE;
	}
	return TRUE;
}

/* A hole gives the space back; where the file system has none, zeros are written. */
gboolean
spool_erase(Spool *spool, const SpoolPlace *place, GError **error)
{
	g_autofree char *path = file_path(spool, place->file);
	int fd;
	gboolean done;

	if (place->length <= 0)
		return TRUE;
	fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return fault_set_errno(error, errno, "%s", path);
	done = fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, place->offset,
		   place->length) == 0 ||
	    overwrite(fd, place);
	done = done && fdatasync(fd) == 0;
	if (!done)
		fault_set_errno(error, errno, "%s", path);
	close(fd);
	return done;
}
