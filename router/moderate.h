/* What the moderator's mail decides: an answer, or a held letter.  The same moves as in
 * rector-queue; what somebody has decided is told, and stays. */
#pragma once

#include "reply.h"

/* judged → closed.  Approves or returns this answer. */
gboolean moderate_answer(const Desk *desk, const Letter *letter, gint64 answer,
    Deed *ret_deed, GError **error);
/* judged → closed.  Accepts or rejects this held letter, which is then judged and goes
 * its way in the same pass. */
gboolean moderate_letter(
    const Desk *desk, const Letter *letter, gint64 held, Deed *ret_deed, GError **error);
