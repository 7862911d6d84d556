/* Cases: accepted letters with a number, an official and a due date.
 *
 *     open ──▶ extended ──▶ answered ──▶ closed */
#pragma once

#include "letter.h"
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
