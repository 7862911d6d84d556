/* Ends a program at the n-th point of its run, by SIGKILL, as a power cut would.
 *
 * Preloaded before the program under test.  A point lies before and after each commit of
 * the store, and before and after each system call that writes.  DIE_AT=n kills at the
 * n-th; DIE_COUNT=FILE gets the number of points when the program survives.  Only the
 * process that was started counts, not its children. */
/* pwrite and pwrite64 are two symbols here, and both are watched. */
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long points, die_at;
static pid_t watched;

static void
point(void)
{
	if (getpid() != watched)
		return;
	if (++points == die_at)
		kill(watched, SIGKILL);
}

__attribute__((constructor)) static void
begin(void)
{
	const char *at = getenv("DIE_AT");

	watched = getpid();
	die_at = at != NULL ? atol(at) : 0;
}

__attribute__((destructor)) static void
finish(void)
{
	const char *path = getenv("DIE_COUNT");
	FILE *file;

	if (path == NULL || getpid() != watched)
		return;
	watched = 0;
	file = fopen(path, "w");
	if (file != NULL) {
		fprintf(file, "%ld\n", points);
		fclose(file);
	}
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int
is_commit(sqlite3_stmt *statement)
{
	const char *sql = sqlite3_sql(statement);

	if (sql != NULL && strcmp(sql, "COMMIT") == 0)
		return 1;
	return !sqlite3_stmt_readonly(statement) &&
	    sqlite3_get_autocommit(sqlite3_db_handle(statement));
}

int
sqlite3_step(sqlite3_stmt *statement)
{
	int counts = is_commit(statement), result;

	if (counts)
		point();
	result = REAL(sqlite3_step)(statement);
	if (counts)
		point();
	return result;
}

/* Standard output and error are no state. */
static int
matters(int fd)
{
	return fd > STDERR_FILENO;
}

#define AROUND(result, call)                                                             \
	do {                                                                             \
		point();                                                                 \
		result = call;                                                           \
		point();                                                                 \
	} while (0)

ssize_t
write(int fd, const void *bytes, size_t length)
{
	ssize_t result;

	if (!matters(fd))
		return REAL(write)(fd, bytes, length);
	AROUND(result, REAL(write)(fd, bytes, length));
	return result;
}

ssize_t
pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	ssize_t result;

	AROUND(result, REAL(pwrite)(fd, bytes, length, offset));
	return result;
}

ssize_t
pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
	ssize_t result;

	AROUND(result, REAL(pwrite64)(fd, bytes, length, offset));
	return result;
}

int
fdatasync(int fd)
{
	int result;

	AROUND(result, REAL(fdatasync)(fd));
	return result;
}

int
fsync(int fd)
{
	int result;

	AROUND(result, REAL(fsync)(fd));
	return result;
}

int
ftruncate(int fd, off_t length)
{
	int result;

	AROUND(result, REAL(ftruncate)(fd, length));
	return result;
}

int
rename(const char *from, const char *to)
{
	int result;

	AROUND(result, REAL(rename)(from, to));
	return result;
}

int
link(const char *from, const char *to)
{
	int result;

	AROUND(result, REAL(link)(from, to));
	return result;
}
