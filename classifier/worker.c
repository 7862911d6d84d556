#include "worker-private.h"

#include "fault.h"
#include "program.h"
#include "read.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define READ_SIZE (64 << 10)
#define MOST_ANSWER (32u << 20)
#define MOST_LETTER (G_MAXUINT32 / 2)
/* Letters that the child has been given and not answered: enough that it never waits. */
#define MOST_AHEAD 32
/* Bytes of letters that go to its pipe at once. */
#define MOST_LETTERS (64 << 10)

/* One call of worker_run(). */
typedef struct {
	guint n;
	WorkerFeed feed;
	gpointer data;
	WorkerResult *results;
	guint next;      /* the next letter to give */
	guint alone_end; /* those before it are given one by one */
	GQueue *given;   /* indices that the child owes an answer for */
	gint64 deadline; /* of the first given, monotonic microseconds */
} Run;

void
worker_result_clear(WorkerResult *result)
{
	g_clear_pointer(&result->reading, reading_free);
	g_clear_pointer(&result->verdict, verdict_free);
	g_clear_pointer(&result->detail, g_free);
	result->failure = NULL;
}

static gboolean
judge_bytes(
    GBytes *raw, gboolean whole, gpointer data, GByteArray *answer, GError **error)
{
	const Worker *worker = data;
	g_autoptr(Reading) reading = letter_read(raw, whole, worker->quotes, error);
	g_autoptr(Verdict) verdict = NULL;

	if (reading == NULL)
		return FALSE;
	verdict = judge_reading(worker->judge, reading);
	if (!whole)
		judge_partial(verdict);
	reading_pack(reading, verdict, answer);
	return TRUE;
}

Worker *
worker_new_for(WorkerJob job, gpointer data, guint seconds_per_letter, GBytes *canary)
{
	Worker *worker = g_new0(Worker, 1);

	worker->job = job;
	worker->job_data = data;
	worker->seconds = seconds_per_letter;
	worker->canary = g_bytes_ref(canary);
	worker->letters = g_byte_array_new();
	worker->answers = g_byte_array_new();
	return worker;
}

Worker *
worker_new(
    const Judge *judge, const Quotes *quotes, guint seconds_per_letter, GBytes *canary)
{
	Worker *worker = worker_new_for(judge_bytes, NULL, seconds_per_letter, canary);

	letter_read_prepare();
	worker->job_data = worker;
	worker->judge = judge;
	worker->quotes = quotes;
	return worker;
}

void
worker_free(Worker *worker)
{
	if (worker == NULL)
		return;
	worker_child_end(worker, TRUE);
	g_byte_array_unref(worker->letters);
	g_byte_array_unref(worker->answers);
	g_bytes_unref(worker->canary);
	g_free(worker);
}

/* --- a run --- */

static void
restart_deadline(const Worker *worker, Run *run)
{
	run->deadline = g_get_monotonic_time() + (gint64)worker->seconds * G_USEC_PER_SEC;
}

static gboolean
has_one_suspect(const Run *run)
{
	return g_queue_get_length(run->given) == 1;
}

/* A child holds answers back, so of several letters any one may have been its death: the
 * next child gets them one by one.  The letters behind are given again, too. */
static void
fail_given(Run *run, const char *failure)
{
	guint first = GPOINTER_TO_UINT(g_queue_peek_head(run->given));

	if (has_one_suspect(run)) {
		run->results[first].failure = failure;
		run->next = first + 1;
	} else {
		run->alone_end = run->next;
		run->next = first;
	}
	g_queue_clear(run->given);
}

static gboolean
is_resolved(const WorkerResult *result)
{
	return result->reading != NULL || result->failure != NULL;
}

/* Loads the next letter that is to be given. */
static gboolean
load_next(Worker *worker, Run *run, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(GBytes) letter = NULL;
	gboolean whole = TRUE;
	gconstpointer bytes;
	gsize length = 0;
	Frame frame;

	letter = run->feed(run->data, run->next, &whole, &failure);
	if (letter == NULL && !g_error_matches(failure, FAULT, FAULT_LETTER)) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return FALSE;
	}
	bytes = letter != NULL ? g_bytes_get_data(letter, &length) : NULL;
	if (letter == NULL || length > MOST_LETTER) {
		run->results[run->next].failure = "unreadable";
		run->results[run->next++].detail = g_strdup(
		    failure != NULL ? failure->message : "the letter is too large");
		return TRUE;
	}
	frame = (Frame){ (guint32)length, whole };
	g_byte_array_append(worker->letters, (const guint8 *)&frame, sizeof frame);
	g_byte_array_append(worker->letters, bytes, (guint)length);
	if (g_queue_is_empty(run->given))
		restart_deadline(worker, run);
	g_queue_push_tail(run->given, GUINT_TO_POINTER(run->next++));
	return TRUE;
}

static guint
unsent(const Worker *worker)
{
	return worker->letters->len - worker->sent;
}

/* Writes what the pipe takes.  Of a child that is gone, its answers' pipe tells. */
static void
send_some(Worker *worker)
{
	while (unsent(worker) > 0) {
		ssize_t n = write(
		    worker->in, worker->letters->data + worker->sent, unsent(worker));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return;
		worker->sent += (guint)n;
	}
	g_byte_array_set_size(worker->letters, 0);
	worker->sent = 0;
}

/* One answer; FALSE when it is none that a sound child gives. */
static gboolean
take_answer(Worker *worker, Run *run, const Frame *frame, const guint8 *bytes)
{
	guint first = GPOINTER_TO_UINT(g_queue_peek_head(run->given));
	WorkerResult *result = &run->results[first];

	if (frame->flag != 0) {
		result->failure = "limit";
		result->detail = g_utf8_make_valid(
		    (const char *)bytes, (gssize)MIN(frame->length, 500));
	} else if (!reading_unpack(
		       bytes, frame->length, &result->reading, &result->verdict)) {
		return FALSE;
	}
	g_queue_pop_head(run->given);
	restart_deadline(worker, run);
	return TRUE;
}

/* All answers that have come whole. */
static gboolean
take_answers(Worker *worker, Run *run)
{
	guint done = 0;
	Frame frame;

	while (worker->answers->len - done >= sizeof frame) {
		memcpy(&frame, worker->answers->data + done, sizeof frame);
		if (frame.length > MOST_ANSWER || g_queue_is_empty(run->given))
			return FALSE;
		if (worker->answers->len - done - sizeof frame < frame.length)
			break;
		if (!take_answer(
			worker, run, &frame, worker->answers->data + done + sizeof frame))
			return FALSE;
		done += (guint)sizeof frame + frame.length;
	}
	if (done > 0)
		g_byte_array_remove_range(worker->answers, 0, done);
	return TRUE;
}

typedef enum { CHILD_LIVES, CHILD_DEAD, CHILD_MAD } ChildState;

static ChildState
receive(Worker *worker, Run *run)
{
	static guint8 buffer[READ_SIZE];
	ssize_t n;

	while ((n = read(worker->out, buffer, sizeof buffer)) > 0) {
		g_byte_array_append(worker->answers, buffer, (guint)n);
		if (!take_answers(worker, run))
			return CHILD_MAD;
		if (n < (ssize_t)sizeof buffer)
			return CHILD_LIVES;
	}
	return n == 0 || (errno != EAGAIN && errno != EINTR) ? CHILD_DEAD : CHILD_LIVES;
}

/* Waits for the child to take or give.  What it died of, else NULL. */
static const char *
exchange(Worker *worker, Run *run)
{
	struct pollfd fds[] = { { worker->out, POLLIN, 0 },
		{ unsent(worker) > 0 ? worker->in : -1, POLLOUT, 0 } };
	gint64 left = (run->deadline - g_get_monotonic_time()) / 1000;
	ChildState state = CHILD_LIVES;
	int ready = poll(fds, G_N_ELEMENTS(fds), (int)CLAMP(left, 0, G_MAXINT));

	if (ready < 0)
		return NULL; /* a signal: the loop looks whether to stop */
	if (ready == 0) {
		worker_child_end(worker, TRUE);
		return "timeout";
	}
	if (fds[0].revents != 0)
		state = receive(worker, run);
	if (state == CHILD_LIVES && fds[1].revents != 0)
		send_some(worker);
	if (state == CHILD_LIVES)
		return NULL;
	if (state == CHILD_DEAD)
		return worker_child_end(worker, FALSE);
	worker_child_end(worker, TRUE);
	return "crashed";
}

static gboolean
may_give(const Worker *worker, Run *run)
{
	guint most;

	while (run->next < run->n && is_resolved(&run->results[run->next]))
		run->next++;
	most = run->next < run->alone_end ? 1 : MOST_AHEAD;
	return run->next < run->n && !program_stopping() &&
	    unsent(worker) < MOST_LETTERS && g_queue_get_length(run->given) < most;
}

/* Gives as many letters ahead as are small enough for the pipe. */
static gboolean
give(Worker *worker, Run *run, GError **error)
{
	while (may_give(worker, run))
		if (!load_next(worker, run, error))
			return FALSE;
	send_some(worker);
	return TRUE;
}

static gboolean check_child(Worker *worker, GError **error);

/* No letter is blamed before the next child has read one that is known to be good: when a
 * library or the kernel fails, they would all be blamed, one after the other. */
static gboolean
run_letters(Worker *worker, Run *run, gboolean is_canary, GError **error)
{
	const char *failure;

	for (;;) {
		if ((worker->child == 0 && !worker_child_start(worker, error)) ||
		    !give(worker, run, error))
			return FALSE;
		if (g_queue_is_empty(run->given))
			return TRUE;
		failure = exchange(worker, run);
		if (failure == NULL)
			continue;
		if (!is_canary && has_one_suspect(run) && !check_child(worker, error))
			return FALSE;
		/* Whoever ends us may have ended the child. */
		if (program_stopping())
			return TRUE;
		fail_given(run, failure);
	}
}

static gboolean
run_to_end(Worker *worker, Run *run, gboolean is_canary, GError **error)
{
	gboolean done;

	run->given = g_queue_new();
	done = run_letters(worker, run, is_canary, error);
	/* A child in the middle of something is of no use to the next run. */
	if (!g_queue_is_empty(run->given))
		worker_child_end(worker, TRUE);
	g_queue_free(run->given);
	return done;
}

static GBytes *
feed_canary(gpointer data, guint index, gboolean *ret_whole, GError **error)
{
	const Worker *worker = data;

	return g_bytes_ref(worker->canary);
}

static gboolean
check_child(Worker *worker, GError **error)
{
	WorkerResult result = { 0 };
	Run run = { .n = 1, .feed = feed_canary, .data = worker, .results = &result };
	gboolean sound = run_to_end(worker, &run, TRUE, error);

	if (sound && result.failure != NULL) {
		gboolean memory = g_str_equal(result.failure, "memory");

		sound = FALSE;
		/* The machine may have no memory left for a while. */
		g_set_error(error, FAULT, memory ? FAULT_RETRY : FAULT_SETUP,
		    "the reading child fails on a letter that is known to be good (%s): "
		    "no letter is to blame; is a library or the data broken?",
		    result.failure);
	}
	worker_result_clear(&result);
	return sound;
}

gboolean
worker_run(Worker *worker, guint n, WorkerFeed feed, gpointer data, WorkerResult *results,
    GError **error)
{
	Run run = { .n = n, .feed = feed, .data = data, .results = results };

	return run_to_end(worker, &run, FALSE, error);
}
