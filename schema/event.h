/* Events: the queue log.  Each move writes one in its own transaction; each holds the
 * SHA-256 of the one before, so that nobody edits them unseen.  No personal data: ids,
 * codes, counts, durations. */
#pragma once

#include "store.h"

typedef struct {
	gint64 id;
	gint64 at;
	char *room;
	char *kind; /* "received", "judged", "held", "opened", "owed", "sent" … */
	gint64 letter, case_id, notice; /* 0 for none */
	char *number;                   /* the case's, or NULL */
	char *detail;                   /* a flat JSON object of strings */
} Event;
void event_free(Event *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Event, event_free)

typedef struct {
	gint64 letter, case_id, notice;
} EventAbout;

/* Writes one event inside the open transaction.  The detail is name, value pairs of
 * strings, ended by NULL; a pair whose value is NULL is left out.  Moves of the nouns do
 * this by themselves; rooms call it for what is no move ("connected", "reconciled"). */
gboolean store_event(Store *store, gint64 at, const char *kind, EventAbout about,
    GError **error, ...) G_GNUC_NULL_TERMINATED;

/* Events with id > after, oldest first, at most limit. */
GPtrArray *store_events(Store *store, gint64 after, guint limit, GError **error);

/* The id after which the last `count` events come. */
gboolean store_events_last(Store *store, gint64 count, gint64 *ret_after, GError **error);

/* Recomputes the chain.  *ret_checked counts; FAULT_SETUP names the first event that
 * doesn't fit.  May be interrupted by program_stopping(). */
gboolean store_events_verify(Store *store, gint64 *ret_checked, GError **error);
