/* What an official's mail does to his case: it extends the term, hands the case over,
 * keeps a remark, or is the answer.  Each is done whole, or not at all and told why. */
#pragma once

#include "case.h"
#include "reply.h"

/* judged → closed, unless *ret_deed says that a person must read it. */
gboolean obey_official(
    const Desk *desk, const Letter *letter, Case *item, Deed *ret_deed, GError **error);
