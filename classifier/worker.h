/* A child process that reads and judges letters, many one after the other, with no rights
 * but to compute (sandbox.h).  What it answers is not trusted.  A child that crashes,
 * hangs or grows too large costs the letter in hand: it is replaced, and the other
 * letters go on.  Before a letter is blamed, the next child must read the canary,
 * a letter known to be good: when it can't, no letter is to blame, and the run ends. */
#pragma once

#include "judge.h"
#include "quotes.h"
#include "reading.h"

typedef struct Worker Worker;

/* What became of a letter: reading and verdict; or a failure; or none of them, when the
 * run was asked to stop before its turn. */
typedef struct {
	Reading *reading;
	Verdict *verdict;
	const char
	    *failure; /* "crashed", "timeout", "memory", "limit", "unreadable", or NULL */
	char *detail; /* of "limit" and "unreadable": one English sentence */
} WorkerResult;
void worker_result_clear(WorkerResult *result);

/* The bytes of letter `index`; NULL with FAULT_LETTER when this one has none, with any
 * other error when the run must end. */
typedef GBytes *(*WorkerFeed)(
    gpointer data, guint index, gboolean *ret_whole, GError **error);

/* `judge` and `quotes` must outlive the worker.  The child is made at the first run. */
Worker *worker_new(
    const Judge *judge, const Quotes *quotes, guint seconds_per_letter, GBytes *canary);
void worker_free(Worker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Worker, worker_free)

/* Fills results[0..n-1] (zeroed by the caller).  FALSE only when no letter is to blame
 * (FAULT_SETUP: the canary died): the results so far are good. */
gboolean worker_run(Worker *worker, guint n, WorkerFeed feed, gpointer data,
    WorkerResult *results, GError **error);

/* For tests: what the child does with a letter, instead of reading and judging it.  What
 * it adds to `answer` is what reading_pack() makes. */
typedef gboolean (*WorkerJob)(
    GBytes *raw, gboolean whole, gpointer data, GByteArray *answer, GError **error);
Worker *worker_new_for(
    WorkerJob job, gpointer data, guint seconds_per_letter, GBytes *canary);
