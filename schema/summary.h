/* What happened since an event, in numbers: for the digest and the report. */
#pragma once

#include "regulation.h"
#include "store.h"

typedef struct {
	gint64 last; /* the newest event's id: the next summary begins after it */
	gint64 received, opened, rejected, ignored, held, answered, extended;
	gint64 late;             /* of those answered, after the due date */
	gint64 by_rule[N_RULES]; /* refusals */
} Summary;

/* Events with id > after.  The due date ends at local midnight of `timezone`. */
gboolean store_summary(
    Store *store, gint64 after, GTimeZone *zone, Summary *ret_summary, GError **error);

/* A case that is open, as a line of a list. */
typedef struct {
	char *number, *official, *due_on;
} Pending;
/* Open cases due from one day to another, both inclusive, the earliest first, at most
 * `limit`; *ret_count counts all of them. */
GPtrArray *store_pending(Store *store, const char *from, const char *until, guint limit,
    gint64 *ret_count, GError **error);

/* The numbers of cases whose answer waits for approval, at most `limit`. */
char **store_approvals(Store *store, guint limit, gint64 *ret_count, GError **error);
/* How many cases are open or extended. */
gboolean store_count_open(Store *store, gint64 *ret_count, GError **error);
/* How many tasks are to do. */
gboolean store_count_tasks(Store *store, gint64 *ret_count, GError **error);
