/* Cases: accepted letters with a number, an official and a due date.
 *
 *     open ──▶ extended ──▶ answered ──▶ closed
 *      ▲                       │            │
 *      └── an objection, once ─┴────────────┘
 *
 * "answered": the answer to the citizen is owed.  "closed": a server took it. */
#pragma once

#include "letter.h"
#include "official.h"
#include "step.h"
#include "store.h"

typedef struct {
	gint64 id;
	char *number; /* "2026-000123"; the year is that of the registration day */
	gint64 letter;
	char *state;
	Topic topic;
	char *official;                         /* the settings' key */
	char *official_name, *official_address; /* as they were when it was routed */
	Language official_language;
	char *official_why; /* JSON: how the choice was made */
	gint64 received_at;
	char *registered_on, *day1, *due_on; /* ISO days */
	char *due_why;  /* the day-by-day explanation, one line a day or span */
	char *calendar; /* its version */
	gboolean confidential;
	Language language; /* the citizen's */
	gint64 opened_at;
	char *extended_on;  /* the day of the first extension, or NULL */
	char *extended_max; /* and the day beyond which no second one goes, or NULL */
	gint64 sequence;    /* of the official's calendar entry: counts its changes */
	gboolean reopened;  /* by an objection, which is possible once */
	gint64 ended_at;    /* when it was answered or closed, 0 before */
} Case;
void case_free(Case *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

/* judged → routed: numbers the case and keeps it.  Fills id, number and opened_at of
 * `item`; everything else is given.  Call it in a Txn together with the notices that it
 * owes. */
gboolean store_case_open(Store *store, Case *item, gint64 now, GError **error);

Case *store_case_get(Store *store, gint64 id, GError **error);
Case *store_case_by_number(Store *store, const char *number, GError **error);
Case *store_case_by_letter(Store *store, gint64 letter, GError **error);

/* Open and extended cases with id > after, oldest first, at most `limit`. */
GPtrArray *store_cases_open(Store *store, gint64 after, guint limit, GError **error);
/* Answered cases, whose answer is on its way; as above. */
GPtrArray *store_cases_answered(Store *store, gint64 after, guint limit, GError **error);

/* Overdue on that day, and no notice of the series "reminder" is waiting; as above. */
GPtrArray *store_cases_unreminded(
    Store *store, const char *today, gint64 after, guint limit, GError **error);
/* The ids of open cases due on these days, both inclusive. */
GArray *store_cases_due_between(
    Store *store, const char *from, const char *until, GError **error);

/* --- moves; each writes its step and event, and `item` follows.  FAULT_LETTER, naming
 * the state, when the case has moved on.  `step` says who did it, by which mail, why. ---
 */

/* open | extended → extended, due on another day. */
gboolean store_case_extend(Store *store, Case *item, const char *due_on,
    const char *extended_on, const char *extended_max, const Step *step, gint64 now,
    GError **error);
/* Another official has it from now on; its state and due date stay. */
gboolean store_case_reassign(Store *store, Case *item, const Official *official,
    Topic topic, const Step *step, gint64 now, GError **error);
/* The calendar has changed: other days, same term. */
gboolean store_case_recount(Store *store, Case *item, const char *registered_on,
    const char *day1, const char *due_on, const char *due_why, const char *calendar,
    const Step *step, gint64 now, GError **error);
/* open | extended → answered. */
gboolean store_case_answer(
    Store *store, Case *item, const Step *step, gint64 now, GError **error);
/* open | extended | answered → closed. */
gboolean store_case_close(
    Store *store, Case *item, const Step *step, gint64 now, GError **error);
/* answered | closed → open, once: a new term. */
gboolean store_case_reopen(Store *store, Case *item, const char *due_on,
    const char *due_why, const char *calendar, const Step *step, gint64 now,
    GError **error);
