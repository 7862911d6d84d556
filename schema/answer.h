/* Answers: what an official wrote to be sent to the citizen.
 *
 *     waiting ──▶ approved | returned
 *
 * An answer that needs no approval is approved by "direct" at once. */
#pragma once

#include "store.h"

typedef enum { ANSWER_WAITING, ANSWER_APPROVED, ANSWER_RETURNED, N_ANSWERS } AnswerState;
extern const char *const answer_names[]; /* "waiting", "approved", "returned", NULL */

typedef struct {
	gint64 id;
	gint64 case_id;
	gint64 letter;  /* the official's mail: its text and attachments are the answer */
	char *official; /* his key */
	AnswerState state;
	char *decided_by; /* or NULL */
	gint64 decided_at;
	gint64 at;
} Answer;
void answer_free(Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answer, answer_free)

/* Keeps a waiting answer; *ret_id is its id.  The official's letter may be in any state.
 */
gboolean store_answer_add(Store *store, gint64 case_id, gint64 letter,
    const char *official, gint64 now, gint64 *ret_id, GError **error);
Answer *store_answer_get(
    Store *store, gint64 id, GError **error); /* FAULT_LETTER: none */
/* waiting → approved or returned.  FAULT_LETTER when it is decided: the text says by
 * whom. */
gboolean store_answer_decide(Store *store, gint64 id, AnswerState state,
    const char *decided_by, gint64 now, GError **error);
/* All answers to a case, oldest first. */
GPtrArray *store_answers(Store *store, gint64 case_id, GError **error);
