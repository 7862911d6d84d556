/* A case's reminders: written ahead as notices of one series, and written anew by
 * whatever changes its term or its official.
 *
 * To the official some working days before the due date, then each working day after it
 * with a copy to the moderator, from some day on with one to the rector's office; all in
 * office hours.  Of two that are due only the newest goes out
 * (store_notices_overtaken()). */
#pragma once

#include "case.h"
#include "owe.h"

/* Takes back what is waiting and writes the reminders that are still ahead.  A day beyond
 * the calendar is left out; the round adds it when the calendar knows it. */
gboolean remind_case(const Desk *desk, const Case *item, GError **error);
/* Takes them back: answered, closed. */
gboolean remind_case_over(
    const Desk *desk, const Case *item, const char *why, GError **error);
/* The case is overdue and nothing is waiting: writes the next mail, for the first office
 * opening after now. */
gboolean remind_overdue(const Desk *desk, const Case *item, GError **error);

/* The instant at which the office opens on that day. */
gint64 remind_opening(const Router *router, Day day);
