/* The days that the law gives each year, against which a calendar is linted. */
#pragma once

#include "day.h"

typedef struct {
	int month, day;
	int from, until;  /* years; 0: always, without end */
	gboolean carried; /* over from a weekend: a holiday, not merely a rest day */
	char *name;
} Holiday;

/* An array of Holiday from a file of month-day, first year, last year, carried or stays,
 * name. FAULT_SETUP. */
GArray *holidays_load(const char *file, GError **error);
/* The holiday on that day, or NULL. */
const Holiday *holidays_on(GArray *holidays, Day day);
