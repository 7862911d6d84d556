/* One FETCH: from the wire into the spool.
 *
 * The bytes go straight into the spool as they come, so a letter may be larger than
 * memory.  A letter counts only when its UID was asked for, its body was there and whole,
 * and its INTERNALDATE can be read; the server's "OK" alone proves nothing (and
 * libetpan's still less). */
#pragma once

#include "letter.h"
#include "session.h"

/* A letter we want. */
typedef struct {
	guint32 uid;
	gint64 size; /* as the server says; -1: it did not say */
} Wanted;

/* Fills in the sizes that the server tells.  FALSE only when the session can't go on. */
gboolean take_sizes(Session *session, GArray *wanted, GError **error);

typedef enum {
	TAKE_ALL,     /* every letter came */
	TAKE_PARTLY,  /* something is strange or missing: look at each letter alone */
	TAKE_STOPPED, /* the spool can't take it; *error is set */
} TakeResult;

/* Fetches n letters, or with `whole` FALSE the beginning of one, and adds an Arrival for
 * each that came well.  After TAKE_PARTLY the session may be broken. */
TakeResult take_letters(Session *session, Spool *spool, const Wanted *wanted, guint n,
    gboolean whole, GArray *arrivals, GError **error);

/* Sends the command for these letters before its time, so that the server works while the
 * last ones are put on the disk.  The next command must then be take_letters() for the
 * same. */
void take_early(Session *session, const Wanted *wanted, guint n);

/* A set of UIDs: runs become intervals, also over gaps of up to `gap` others. */
#define TAKE_GAP                                                                         \
	8 /* where an answer that nobody asked for costs less than a longer command */
struct mailimap_set *take_set(const Wanted *wanted, guint n, guint32 gap);

/* UTC seconds of a server's date, or -1 for one that can't be. */
gint64 take_date(const struct mailimap_date_time *date);
