/* Calendar days: whole, local, compared by number.  A term never counts seconds.
 *
 * A Day is the Julian number that GDate uses; 0 stands for none. */
#pragma once

#include <glib.h>

typedef guint32 Day;

/* From "2026-03-20", exactly so; 0 for anything else. */
Day day_parse(const char *text);
Day day_from_ymd(int year, int month, int day); /* 0 when there is no such day */
char *day_format(Day day);

int day_year(Day day);
int day_month(Day day);
int day_of_month(Day day);
GDateWeekday day_weekday(Day day);
gboolean day_is_weekend(Day day);

/* The same day number that many months later, or that month's last day when it is shorter
 * (Civil Code, art. 174 (3)): 31 December + 2 = 28 or 29 February. */
Day day_add_months(Day day, int months);

/* The local day of an instant, and the seconds since its clock showed 00:00. */
Day day_of_instant(gint64 at, GTimeZone *zone, int *ret_seconds);
/* The instant at which that day's local clock shows `minutes` after midnight. */
gint64 day_instant(Day day, int minutes, GTimeZone *zone);
