/* The end of a case: its answer was accepted for delivery. */
#pragma once

#include "owe.h"

/* answered → closed, for each case whose newest answer a server took.  *ret_closed
 * counts.
 */
gboolean finish_cases(const Desk *desk, guint *ret_closed, GError **error);
