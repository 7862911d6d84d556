/* A calendar that has changed: every open case's term is counted anew, and whoever was
 * promised another day is told. */
#pragma once

#include "owe.h"

#include <stdio.h>

/* Counts when the calendar's version is another than the last time. */
gboolean recount_if_changed(const Desk *desk, GError **error);

/* Counts now.  Prints a line for each case that moved, its number, the old and the new
 * day, to `list`, unless that is NULL. */
gboolean recount_all(const Desk *desk, FILE *list, GError **error);
