/* What the pass and --explain share. */
#pragma once

#include "classify.h"
#include "worker.h"

struct Classifier {
	Judge *judge;
	Quotes *quotes;
	Worker *worker;
	guint max_attempts;
};

/* What the classifier makes of a letter, for a sceptical moderator. */
void explain_print(const Judge *judge, const char *file, const WorkerResult *result);
/* The same for scripts: one JSON object, on a line of its own. */
void explain_print_json(const Judge *judge, const char *file, const WorkerResult *result);
