/* A letter that answers one of our mails, or asks about a case: to whom of the
 * conversation it goes. */
#pragma once

#include "reply.h"

/* Moves a judged letter on, together with all notices that this owes; or says in
 * *ret_deed that a person must read it.  Not for REPLY_NONE and REPLY_COMPLETION. */
gboolean converse(const Desk *desk, const Letter *letter, const Reply *reply,
    Deed *ret_deed, GError **error);
