/* The child's life: how it comes, what it does, how it goes. */
#include "fault.h"
#include "sandbox.h"
#include "worker-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY (512u << 20)
#define PIPE_SIZE (1 << 20)

/* --- the child --- */

static gboolean
read_all(int fd, void *into, gsize length)
{
	for (char *p = into; length > 0;) {
		ssize_t n = read(fd, p, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FALSE;
		p += n;
		length -= (gsize)n;
	}
	return TRUE;
}

static gboolean
write_all(int fd, const void *from, gsize length)
{
	for (const char *p = from; length > 0;) {
		ssize_t n = write(fd, p, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FALSE;
		p += n;
		length -= (gsize)n;
	}
	return TRUE;
}

static gboolean
answer(GBytes *raw, gboolean whole, const Worker *worker)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) value = worker->job(raw, whole, worker->job_data, &error);
	Frame frame = { 0, value == NULL };
	gconstpointer bytes;

	if (value != NULL)
		g_variant_take_ref(value); /* floating or not */
	bytes = value != NULL ? g_variant_get_data(value) : error->message;
	frame.length =
	    (guint32)(value != NULL ? g_variant_get_size(value) : strlen(error->message));
	return write_all(SANDBOX_OUT, &frame, sizeof frame) &&
	    write_all(SANDBOX_OUT, bytes, frame.length);
}

G_GNUC_NORETURN static void
work(const Worker *worker)
{
	Frame frame;

	for (;;) {
		g_autoptr(GBytes) raw = NULL;
		char *bytes;

		if (!read_all(SANDBOX_IN, &frame, sizeof frame))
			_exit(0);
		bytes = g_malloc(frame.length + 1);
		if (!read_all(SANDBOX_IN, bytes, frame.length))
			_exit(0);
		bytes[frame.length] = '\0';
		raw = g_bytes_new_take(bytes, frame.length);
		sandbox_allow_seconds(worker->seconds);
		if (!answer(raw, frame.flag != 0, worker))
			_exit(0);
	}
}

/* --- the parent --- */

const char *
worker_child_end(Worker *worker, gboolean kill_it)
{
	struct rusage used = { 0 };
	int status = 0;

	if (worker->child == 0)
		return NULL;
	close(worker->in);
	close(worker->out);
	if (kill_it)
		kill(worker->child, SIGKILL);
	while (wait4(worker->child, &status, 0, &used) < 0 && errno == EINTR)
		;
	worker->child = 0;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return "timeout";
	/* SIGTRAP is how GLib ends a process that gets no memory, SIGKILL how the kernel
	 * does. */
	if (WIFSIGNALED(status) &&
	    (WTERMSIG(status) == SIGTRAP || WTERMSIG(status) == SIGKILL ||
		used.ru_maxrss > (long)(MEMORY / 1024 / 4 * 3)))
		return "memory";
	return "crashed";
}

gboolean
worker_child_start(Worker *worker, GError **error)
{
	int down[2] = { -1, -1 }, up[2] = { -1, -1 };
	char ready = 1;

	if (pipe2(down, O_CLOEXEC) < 0 || pipe2(up, O_CLOEXEC) < 0) {
		fault_set_errno(error, errno, "no pipe for the reading child");
		if (down[0] >= 0) {
			close(down[0]);
			close(down[1]);
		}
		return FALSE;
	}
	fcntl(down[1], F_SETPIPE_SZ, PIPE_SIZE);
	fcntl(up[0], F_SETPIPE_SZ, PIPE_SIZE);
	worker->child = fork();
	if (worker->child == 0) {
		if (!sandbox_enter(down[0], up[1], MEMORY) ||
		    !write_all(SANDBOX_OUT, &ready, 1))
			_exit(1);
		work(worker);
	}
	close(down[0]);
	close(up[1]);
	worker->in = down[1];
	worker->out = up[0];
	if (worker->child < 0) {
		worker->child = 0;
		close(worker->in);
		close(worker->out);
		return fault_set_errno(error, errno, "no reading child");
	}
	/* No letter is to blame for a child that can't give up its rights. */
	if (!read_all(worker->out, &ready, 1)) {
		worker_child_end(worker, TRUE);
		g_set_error(error, FAULT, FAULT_SETUP,
		    "the reading child cannot be confined: does this kernel have "
		    "seccomp?");
		return FALSE;
	}
	fcntl(worker->in, F_SETFL, O_NONBLOCK);
	fcntl(worker->out, F_SETFL, O_NONBLOCK);
	g_byte_array_set_size(worker->answers, 0);
	return TRUE;
}
