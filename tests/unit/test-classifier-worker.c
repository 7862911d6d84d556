/* The reading child: what it may do, and what its death costs. */
#include "fault.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean
good_answer(const char *subject, GByteArray *answer)
{
	g_autoptr(Reading) reading = reading_new();
	g_autoptr(Verdict) verdict = verdict_new();

	reading->subject = g_strdup(subject);
	reading->text = g_strdup("");
	verdict->rule = -1;
	reading_pack(reading, verdict, answer);
	return TRUE;
}

/* What a child without rights is refused, as a word each. */
static gboolean
try_everything(GByteArray *answer)
{
	GString *said = g_string_new(NULL);
	struct rlimit most;
	int fd;

	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
		g_string_append(said, "socket ");
	if (open("/tmp/rector-worker-test", O_WRONLY | O_CREAT, 0600) >= 0)
		g_string_append(said, "create ");
	if (open("/dev/null", O_RDWR) >= 0)
		g_string_append(said, "write ");
	if (unlink("/tmp/rector-worker-test") == 0 || errno == ENOENT)
		g_string_append(said, "unlink ");
	if (fork() >= 0)
		g_string_append(said, "fork ");
	execl("/bin/true", "true", NULL);
	if (errno != EPERM)
		g_string_append(said, "exec ");
	if (kill(getppid(), 0) == 0)
		g_string_append(said, "kill ");
	if (getrlimit(RLIMIT_CPU, &most) < 0 || most.rlim_cur > 100)
		g_string_append(said, "time ");
	if (getrlimit(RLIMIT_CORE, &most) < 0 || most.rlim_max != 0)
		g_string_append(said, "core ");
	for (fd = 5; fd < 1024 && fcntl(fd, F_GETFD) < 0; fd++)
		;
	if (fd < 1024)
		g_string_append(said, "descriptor ");
	g_autofree char *text = g_string_free(said, FALSE);

	return good_answer(text, answer);
}

static GBytes *
canary(void)
{
	return g_bytes_new_static("canary", strlen("canary"));
}

/* The letter says what becomes of the child. */
static gboolean
job(GBytes *raw, gboolean whole, gpointer data, GByteArray *answer, GError **error)
{
	gsize length;
	const char *word = g_bytes_get_data(raw, &length);

	if (length == 5 && strncmp(word, "crash", 5) == 0)
		abort();
	if (length == 4 && strncmp(word, "quit", 4) == 0)
		_exit(0);
	if (length == 4 && strncmp(word, "hang", 4) == 0)
		for (;;)
			poll(NULL, 0, -1);
	if (length == 3 && strncmp(word, "lie", 3) == 0)
		return g_byte_array_append(answer, (const guint8 *)"no", 2) != NULL;
	if (length == 6 && strncmp(word, "refuse", 6) == 0) {
		g_set_error(error, FAULT, FAULT_LETTER, "it is refused");
		return FALSE;
	}
	if (length == 3 && strncmp(word, "try", 3) == 0)
		return try_everything(answer);
	return good_answer(whole ? "whole" : "cut", answer);
}

static GBytes *
feed(gpointer data, guint index, gboolean *ret_whole, GError **error)
{
	const char *word = ((const char *const *)data)[index];

	*ret_whole = !g_str_equal(word, "cut");
	if (g_str_equal(word, "missing"))
		g_set_error(error, FAULT, FAULT_LETTER, "it is missing");
	else if (g_str_equal(word, "disk"))
		g_set_error(error, FAULT, FAULT_RETRY, "the disk is away");
	else if (g_str_equal(word, "large"))
		return g_bytes_new_take(g_malloc0(8 << 20), 8 << 20);
	else
		return g_bytes_new_static(word, strlen(word));
	return NULL;
}

typedef struct {
	const char *label;
	const char *words[8]; /* the letters */
	const char *want[8];  /* subject or failure */
	const char *error;    /* of the run, or NULL */
} Case;

static const Case cases[] = {
	{ "letters in their order", { "a", "cut", "b" }, { "whole", "cut", "whole" } },
	{ "a crash costs one letter", { "a", "crash", "b", "c" },
	    { "whole", "crashed", "whole", "whole" } },
	{ "crashes in a row", { "crash", "crash", "crash", "crash", "crash", "a" },
	    { "crashed", "crashed", "crashed", "crashed", "crashed", "whole" } },
	{ "a child that leaves", { "quit", "a" }, { "crashed", "whole" } },
	{ "a child that hangs", { "a", "hang", "b" }, { "whole", "timeout", "whole" } },
	{ "a child that lies", { "a", "lie", "b" }, { "whole", "crashed", "whole" } },
	{ "a letter that is refused", { "refuse", "a" }, { "limit", "whole" } },
	{ "a letter without bytes", { "a", "missing", "b" },
	    { "whole", "unreadable", "whole" } },
	{ "a letter larger than the pipe", { "large", "large", "a" },
	    { "whole", "whole", "whole" } },
	{ "trouble that no letter is to blame for", { "disk", "a" }, { NULL, NULL },
	    "the disk is away" },
	{ "a child may do nothing but compute", { "try" }, { "" } },
};

static void
test_case(gconstpointer data)
{
	const Case *item = data;
	g_autoptr(GBytes) good = canary();
	g_autoptr(Worker) worker = worker_new_for(job, NULL, 1, good);
	g_autoptr(GError) error = NULL;
	WorkerResult results[8] = { 0 };
	guint n = 0;
	gboolean ran;

	while (n < 8 && item->words[n] != NULL)
		n++;
	ran = worker_run(worker, n, feed, (gpointer)item->words, results, &error);

	g_assert_true(ran == (item->error == NULL));
	if (item->error != NULL) {
		g_assert_error(error, FAULT, FAULT_RETRY);
		g_assert_cmpstr(error->message, ==, item->error);
	}
	for (guint i = 0; i < n; i++) {
		g_assert_cmpstr(results[i].reading != NULL ? results[i].reading->subject
							   : results[i].failure,
		    ==, item->want[i]);
		g_assert_true(
		    (results[i].reading != NULL) == (results[i].verdict != NULL));
		worker_result_clear(&results[i]);
	}
}

/* Many letters through one child, and again after a run that failed. */
static void
test_many(void)
{
	enum { N = 3000 };
	g_autoptr(GBytes) good = canary();
	g_autoptr(Worker) worker = worker_new_for(job, NULL, 5, good);
	g_autofree const char **words = g_new(const char *, N);
	g_autofree WorkerResult *results = g_new0(WorkerResult, N);
	guint crashed = 0;

	for (guint round = 0; round < 2; round++) {
		g_autoptr(GError) error = NULL;

		for (guint i = 0; i < N; i++)
			words[i] = i % 1000 == 999 ? "crash" : "letter";
		g_assert_true(worker_run(worker, N, feed, words, results, &error));
		g_assert_no_error(error);
		for (guint i = 0; i < N; i++) {
			g_assert_true((results[i].reading == NULL) == (i % 1000 == 999));
			crashed += results[i].failure != NULL;
			worker_result_clear(&results[i]);
		}
	}
	g_assert_cmpuint(crashed, ==, 6);
}

/* The run ends, without a word against the letter, when the known one fails too. */
static void
test_canary(gconstpointer data)
{
	const char *death = data;
	const char *const words[] = { "a", death, "b" };
	g_autoptr(GBytes) bad = g_bytes_new_static(death, strlen(death));
	g_autoptr(Worker) worker = worker_new_for(job, NULL, 1, bad);
	g_autoptr(GError) error = NULL;
	WorkerResult results[3] = { 0 };

	g_assert_false(worker_run(worker, 3, feed, (gpointer)words, results, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_nonnull(results[0].reading);
	for (guint i = 0; i < 3; i++) {
		g_assert_null(results[i].failure);
		worker_result_clear(&results[i]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	signal(SIGPIPE, SIG_IGN); /* as program_run() does */
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/worker/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_data_func("/worker/every child crashes", "crash", test_canary);
	g_test_add_data_func("/worker/every child leaves", "quit", test_canary);
	g_test_add_data_func("/worker/every child hangs", "hang", test_canary);
	g_test_add_data_func("/worker/every child lies", "lie", test_canary);
	g_test_add_func("/worker/many letters, some deaths", test_many);
	return g_test_run();
}
