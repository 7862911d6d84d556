/* What a citizen writes later about his case: a question how far it is, thanks, an
 * objection to the answer, or something to add. */
#pragma once

#include "case.h"
#include "phrases.h"
#include "reply.h"

typedef enum {
	FOLLOW_UP_ADDITION, /* also whatever is not sure to be one of the others */
	FOLLOW_UP_OBJECTION,
	FOLLOW_UP_THANKS,
	FOLLOW_UP_STATUS,
} FollowUp;

/* The words of reply.txt.  FAULT_SETUP. */
Phrases *citizen_words_load(const char *file, GError **error);
/* An objection needs an answer to object to: `answered`. */
FollowUp citizen_read(const Phrases *words, const Reading *reading, gboolean answered);

/* Whether it asks how far a case is, and hardly anything else. */
gboolean citizen_asks_status(const Phrases *words, const Reading *reading);

/* judged → closed: the letter joins the case; both sides are told what that means to
 * them.  An objection to an answer opens the case once more. */
gboolean citizen_join(
    const Desk *desk, const Letter *letter, Case *item, Deed *ret_deed, GError **error);
/* He asks about a number that is not his, or none: the same words in either case. */
gboolean citizen_ask_unknown(
    const Desk *desk, const Letter *letter, Deed *ret_deed, GError **error);
