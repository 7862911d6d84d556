/* The clock of 3.6: from the moment a letter reached the server to the last day of its
 * term (APPC art. 62 (2), 64 (3), 76).
 *
 * Registered on the local day of receipt, or on the next working day when it came after
 * the closing hour or on a day that is not worked; day 1 is the working day after, and
 * the 15th is the due date, to its last second. */
#pragma once

#include "calendar.h"

typedef struct {
	int term_days; /* 15 */
	int closing;   /* minutes after midnight; that very second still counts */
} DueRule;

typedef struct {
	Day received; /* the local day */
	int received_seconds;
	Day registered, day1, due;
	Day strict_due;   /* were the day of receipt day 1: a warning level, never the due
			     date */
	Day notice_by;    /* were it extended on the due date: the citizen is told by this
			     day, */
	Day extended_max; /* and answered by this one; each 0 beyond the calendar */

	/* Why, a line for each day or span of days; the first and the last have their
	 * own: 2026-02-02 late 18:00:01        received after the closing hour 2026-02-07
	 * received 14:14:01    received on a day that is not worked 2026-03-20 registered
	 *   2026-03-21..2026-03-25 off Nauryz
	 *   2026-03-26 day 1
	 *   2026-03-28..2026-03-29 weekend
	 *   2026-03-30..2026-04-03 day 3..7
	 *   2024-05-04 day 7 worked         a working weekend day */
	char *why;
} Due;

void due_clear(Due *due);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Due, due_clear)

/* FAULT_SETUP where the calendar ends before the term does. */
gboolean due_count(const Calendar *calendar, const DueRule *rule, GTimeZone *zone,
    gint64 received_at, Due *ret_due, GError **error);

/* The lines of `why` in English: "21-25 March Nauryz, not counted".  Free with
 * g_strfreev(). */
char **due_explain(const Due *due);

/* What --due prints, ending in a newline: text, or one JSON object. */
char *due_text(const Due *due, const Calendar *calendar);
char *due_json(const Due *due, const Calendar *calendar);
