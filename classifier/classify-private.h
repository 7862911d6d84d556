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
