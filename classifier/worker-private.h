/* What the worker and its child share. */
#pragma once

#include "worker.h"
#include <sys/types.h>

/* Both ways a frame is this and then the bytes. */
typedef struct {
	guint32 length;
	/* To the child: the letter is whole.  Back: the letter breaks a limit. */
	guint32 flag;
} Frame;

struct Worker {
	const Judge *judge;
	const Quotes *quotes;
	WorkerJob job;
	gpointer job_data;
	guint seconds;
	GBytes *canary;
	pid_t child;         /* 0: none */
	int in, out;         /* to the child, from the child */
	GByteArray *letters; /* frames on their way to the child */
	guint sent;          /* bytes of them that its pipe has taken */
	GByteArray *answers; /* what has come of the next frame */
};

/* Makes the child, and waits until it has given up its rights. */
gboolean worker_child_start(Worker *worker, GError **error);
/* Ends the child, if there is one, and says what it died of. */
const char *worker_child_end(Worker *worker, gboolean kill_it);
