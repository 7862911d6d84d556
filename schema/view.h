/* What the administrators' window shows: read-only queries, a function called for each
 * row.
 *
 * The strings of a row live until the function returns.  A function that returns FALSE
 * ends the query early. */
#pragma once

#include "store.h"

typedef struct {
	const char *number, *state, *topic, *official, *due_on, *registered_on, *language;
	gboolean confidential;
	gint64 letter, received_at;
} CaseRow;

typedef struct {
	const char *state;    /* NULL: those that are not closed */
	const char *official; /* NULL: everybody's */
	const char *topic;    /* NULL: all */
	const char *due_by;   /* an ISO day, inclusive, or NULL */
	gint64 limit;         /* 0: all */
} CaseFilter;

typedef gboolean (*CaseRowFunc)(const CaseRow *row, gpointer data);
gboolean view_cases(Store *store, const CaseFilter *filter, CaseRowFunc each,
    gpointer data, GError **error);

typedef struct {
	gint64 letter, received_at;
	const char *state, *why; /* held or stuck, and the reason's word */
	const char *outcome, *rules, *topic, *language, *kind;
	gboolean urgent;
} HeldRow;

/* Letters that wait for a person, the urgent ones first, then the oldest. */
typedef gboolean (*HeldRowFunc)(const HeldRow *row, gpointer data);
gboolean view_held(Store *store, HeldRowFunc each, gpointer data, GError **error);

/* Why a letter is in its state, a word; and the key of the official of whom it complains,
 * as it was when it was last held.  Each may be NULL. */
gboolean view_why(
    Store *store, gint64 letter, char **ret_why, char **ret_complains_of, GError **error);

typedef struct {
	gint64 notice, created_at, state_at, attempts, next_at;
	const char *kind, *role, *language, *state, *message_id, *recipient;
	const char *outcome, *answer; /* of the last delivery, or NULL */
	gint64 code;
} NoticeRow;

/* The notices about a letter, and its case. */
typedef gboolean (*NoticeRowFunc)(const NoticeRow *row, gpointer data);
gboolean view_notices(
    Store *store, gint64 letter, NoticeRowFunc each, gpointer data, GError **error);

/* Counts, grouped: "letters"/"held"/3, "refusals"/"obscene"/12 … */
typedef gboolean (*CountFunc)(
    const char *group, const char *name, gint64 count, gpointer data);
gboolean view_counts(Store *store, CountFunc each, gpointer data, GError **error);

/* Ids of the events about a letter and its case, to be read with store_events(). */
GArray *view_events_about(Store *store, gint64 letter, GError **error);

/* Where a letter's bytes lie, and the SHA-256 they had on arrival. */
typedef struct {
	gint64 letter;
	SpoolPlace place;
	guint8 digest[SPOOL_DIGEST_LENGTH];
} StoredLetter;

/* Those with id > after whose bytes are not erased, in the order of ids, at most limit.
 */
GArray *view_stored(Store *store, gint64 after, guint limit, GError **error);
gboolean view_count_stored(Store *store, gint64 *ret_count, GError **error);

/* SQLite's own check of the file's pages; FAULT_SETUP with its first complaint. */
gboolean view_integrity(Store *store, GError **error);
