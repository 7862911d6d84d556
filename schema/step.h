/* Steps: each thing that a person or the calendar did to a case after its forward, in the
 * order in which it was done.  Steps are never changed. */
#pragma once

#include "store.h"

typedef enum {
	STEP_EXTENSION,
	STEP_REASSIGNMENT,
	STEP_REMARK, /* of an official; never reaches the citizen */
	STEP_ANSWER,
	STEP_APPROVAL,
	STEP_RETURN,
	STEP_ADDITION, /* of the citizen */
	STEP_THANKS,
	STEP_OBJECTION,
	STEP_STATUS, /* the citizen asked for it */
	STEP_RECOUNT,
	STEP_CLOSING,
	N_STEPS
} StepKind;
extern const char *const step_names[]; /* "extension" … "closing", NULL */

typedef struct {
	gint64 id;
	gint64 case_id;
	gint64 letter; /* the mail that asked for it, 0 for none */
	StepKind kind;
	const char *who;  /* an official's key, "moderator", "citizen", "calendar", or the
			   * person at the terminal */
	const char *day;  /* the due date from then on, or NULL */
	const char *text; /* reason or remark; it may name people, so no log shows it */
	gint64 at;
} Step;
void step_free(Step *step); /* of store_steps() */

/* Keeps a step that changes nothing else (remark, addition, thanks, status), with an
 * event of the kind's name. */
gboolean store_step(Store *store, const Step *step, gint64 now, GError **error);

/* All steps of a case, oldest first. */
GPtrArray *store_steps(Store *store, gint64 case_id, GError **error);
