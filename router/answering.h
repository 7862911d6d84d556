/* An official's answer: to the citizen, to the moderator, or back to the official. */
#pragma once

#include "answer.h"
#include "case.h"
#include "reply.h"

/* judged → closed.  With `answers = direct` it goes out at once when nothing is to be
 * said against it.  A poor one comes back to the official with the reason, once. */
gboolean answering_take(
    const Desk *desk, const Letter *letter, Case *item, Deed *ret_deed, GError **error);
/* Approved: to the citizen, and the case is answered, unless it was before.  `letter` is
 * the official's. */
gboolean answering_send(const Desk *desk, const Letter *letter, Case *item,
    const char *official, GError **error);

/* Is it abusive, as the classifier judged the mail? */
gboolean answering_is_rude(const Letter *letter);
/* Has the case had its answer? */
gboolean answering_is_over(const Case *item);
