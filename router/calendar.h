/* Which days are worked: Monday to Friday, but for the days that a data file names.
 *
 * The file has a row for each weekday that is off and each weekend day that is worked; a
 * second one lists the holidays of the law, against which the first is linted (Law on
 * holidays, art. 5: a holiday on a weekend makes the first working day after it a rest
 * day). Both may be replaced without a new build.  What lies outside the covered years is
 * an error that is said (FAULT_SETUP), never a guess. */
#pragma once

#include "day.h"

typedef struct Calendar Calendar;

/* Reads and lints; a mistake reads "file:line: what" or "file: day: what". */
Calendar *calendar_load(const char *days_file, const char *holidays_file, GError **error);
void calendar_free(Calendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Calendar, calendar_free)

/* "2026-07-23 (3f2a9c1b)": the file's own "# version:" and the start of its SHA-256, so
 * that no two files share one. */
const char *calendar_version(const Calendar *calendar);
Day calendar_first(const Calendar *calendar);
Day calendar_last(const Calendar *calendar);
gboolean calendar_covers(const Calendar *calendar, Day day, GError **error);

/* What a person should do about the calendar on that day, or NULL: from October the next
 * year must be there, in December it must be more than a forecast. */
char *calendar_warning(const Calendar *calendar, Day today);

/* The day must be covered. */
gboolean calendar_is_working_day(const Calendar *calendar, Day day);
/* Why the day is in the file ("Nauryz"), or NULL. */
const char *calendar_reason(const Calendar *calendar, Day day);

/* The count-th working day after `day` (before it, when count is negative); 0 is the day
 * itself when it is worked, else the next one that is.  Returns 0 with FAULT_SETUP
 * outside the calendar. */
Day calendar_working_day(const Calendar *calendar, Day day, int count, GError **error);
