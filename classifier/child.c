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
#define READ_SIZE (64 << 10)
/* How much of answers, and how long, the child holds back at most. */
#define MOST_HELD (48 << 10)
#define MOST_HELD_US 20000

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

/* Letters come in as many as lie in the pipe, and answers go out together, since each
 * waking of the other side costs as much as reading a short letter. */
typedef struct {
	const Worker *worker;
	char buffer[READ_SIZE];
	gsize at, end;       /* what is left of the buffer */
	GByteArray *answers; /* frames that have not gone yet */
	gint64 since;        /* the first of them lies here; monotonic microseconds */
} Desk;

static gboolean
send_answers(Desk *desk)
{
	gboolean sent = write_all(SANDBOX_OUT, desk->answers->data, desk->answers->len);

	g_byte_array_set_size(desk->answers, 0);
	return sent;
}

/* Who waits for letters holds no answers back. */
static gboolean
fill_buffer(Desk *desk)
{
	ssize_t n;

	if (!send_answers(desk))
		return FALSE;
	while ((n = read(SANDBOX_IN, desk->buffer, sizeof desk->buffer)) < 0 &&
	    errno == EINTR)
		;
	desk->at = 0;
	desk->end = n > 0 ? (gsize)n : 0;
	return n > 0;
}

static gboolean
take_bytes(Desk *desk, void *into, gsize length)
{
	for (char *p = into; length > 0;) {
		gsize n = MIN(length, desk->end - desk->at);

		if (n == 0 && !fill_buffer(desk))
			return FALSE;
		memcpy(p, desk->buffer + desk->at, n);
		desk->at += n;
		p += n;
		length -= n;
	}
	return TRUE;
}

static void
answer(Desk *desk, GBytes *raw, gboolean whole)
{
	const Worker *worker = desk->worker;
	g_autoptr(GError) error = NULL;
	GByteArray *answers = desk->answers;
	guint first = answers->len, start = first + (guint)sizeof(Frame);
	Frame frame = { 0, 0 };

	g_byte_array_append(answers, (const guint8 *)&frame, sizeof frame);
	if (!worker->job(raw, whole, worker->job_data, answers, &error)) {
		frame.flag = 1;
		g_byte_array_set_size(answers, start);
		g_byte_array_append(answers, (const guint8 *)error->message,
		    (guint)strlen(error->message));
	}
	frame.length = answers->len - start;
	memcpy(answers->data + first, &frame, sizeof frame);
}

static GBytes *
take_letter(Desk *desk, gboolean *ret_whole)
{
	g_autofree char *bytes = NULL;
	Frame frame;

	if (!take_bytes(desk, &frame, sizeof frame))
		return NULL;
	bytes = g_malloc(frame.length + 1);
	if (!take_bytes(desk, bytes, frame.length))
		return NULL;
	bytes[frame.length] = '\0';
	*ret_whole = frame.flag != 0;
	return g_bytes_new_take(g_steal_pointer(&bytes), frame.length);
}

static gboolean
holds_enough(Desk *desk, gint64 now)
{
	return desk->answers->len >= MOST_HELD || now - desk->since > MOST_HELD_US;
}

G_GNUC_NORETURN static void
work(const Worker *worker)
{
	static Desk desk;
	gboolean whole;

	desk.worker = worker;
	desk.answers = g_byte_array_new();
	for (;;) {
		g_autoptr(GBytes) raw = take_letter(&desk, &whole);

		if (raw == NULL)
			_exit(0);
		sandbox_allow_seconds(worker->seconds);
		if (desk.answers->len == 0)
			desk.since = g_get_monotonic_time();
		answer(&desk, raw, whole);
		if (holds_enough(&desk, g_get_monotonic_time()) && !send_answers(&desk))
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
	g_byte_array_set_size(worker->letters, 0);
	worker->sent = 0;
	g_byte_array_set_size(worker->answers, 0);
	return TRUE;
}
