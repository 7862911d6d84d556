/* Notices: what must be told, to whom, from when.  The router owes them, the notifier
 * words and carries them.
 *
 *     waiting ──▶ sent | refused | cancelled
 *
 * A delivery is one try.  It is kept before the connection is used and completed after,
 * so a crash leaves a try without an outcome: "unknown", repeated later with the same
 * Message-ID. */
#pragma once

#include "regulation.h"
#include "store.h"

typedef struct {
	gint64 id;
	gint64 letter, case_id; /* 0 for none */
	char *kind; /* the template: "acknowledgement", "forward", "held" … */
	char *role; /* of the recipient: "citizen", "official", "moderator",
		     * "administrator", "office" */
	Language language;
	char *recipient;      /* one bare address */
	char *recipient_name; /* or NULL */
	char *message_id;     /* final, with brackets */
	char *in_reply_to;    /* or NULL */
	char *references;     /* or NULL */
	gint64 not_before;    /* UTC seconds */
	char *series; /* or NULL: of one case's notices of a series only the newest that
		       * is due goes out */
	char
	    *bounce; /* the secret in its envelope sender, or NULL: it has the null one */
	char *facts; /* JSON object: what the template needs besides case and reading */
	char *state;
	gint64 attempts;
	gint64 next_at;    /* not before this either: the retry's time */
	gint64 created_at; /* when it was owed; the retries end counting from here */
	SpoolPlace mail;   /* the exact bytes, once rendered; length < 0 before */
} Notice;
Notice *notice_new(void);
void notice_free(Notice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Notice, notice_free)

/* --- the router --- */

/* Owes a notice; fills its id.  A Message-ID that exists is a bug and FAULT_SETUP. */
gboolean store_notice_owe(Store *store, Notice *notice, gint64 now, GError **error);
/* Takes back a waiting notice; one that has gone is left alone and *ret_cancelled is
 * FALSE. */
gboolean store_notice_cancel(Store *store, gint64 notice, const char *why, gint64 now,
    gboolean *ret_cancelled, GError **error);

/* Takes back what is waiting of a case's series; all its series, when that is NULL. */
gboolean store_notices_cancel(Store *store, gint64 case_id, const char *series,
    const char *why, gint64 now, GError **error);
/* The same for what waits about a letter that is no case yet. */
gboolean store_notices_cancel_letter(
    Store *store, gint64 letter, const char *why, gint64 now, GError **error);
/* FAULT_LETTER: none. */
Notice *store_notice_get(Store *store, gint64 id, GError **error);
/* The notice with this secret in its envelope sender; NULL without an error for none. */
Notice *store_notice_bounced(Store *store, const char *bounce, GError **error);
/* The case's newest notice of a kind to a role; NULL without an error for none. */
Notice *store_notice_of_case(
    Store *store, gint64 case_id, const char *kind, const char *role, GError **error);
/* The newest of a kind about a letter; as above. */
Notice *store_notice_of_letter(
    Store *store, gint64 letter, const char *kind, GError **error);
/* waiting or sent → refused: it came back. */
gboolean store_notice_bounce(
    Store *store, gint64 notice, const char *code, gint64 now, GError **error);
/* How many waiting notices should have gone between these instants. */
gboolean store_notices_due_between(
    Store *store, gint64 from, gint64 until, gint64 *ret_count, GError **error);
/* How many notices that the law wants (rejection, forward, extension) were owed before
 * that instant and are still waiting. */
gboolean store_notices_stuck(
    Store *store, gint64 before, gint64 *ret_count, GError **error);
/* Notices that went to refused and have no task yet, to whom it matters ("citizen",
 * "official"), oldest first. */
GPtrArray *store_notices_refused(Store *store, guint limit, GError **error);

/* Why a refused notice was: the server's last code ("550"), or the word of
 * store_notice_refuse(); "unknown" when nobody wrote it down. */
char *store_notice_refusal(Store *store, gint64 notice, GError **error);

/* How many mails this address was owed since about a case or (`case_id` 0) a letter,
 * without those of a series: an exchange of machines shows in it. */
gboolean store_notices_exchanged(Store *store, gint64 case_id, gint64 letter,
    const char *address, gint64 since, gint64 *ret_count, GError **error);

/* The notice with one of these Message-IDs (separated by blanks), the newest; NULL
 * without an error when none is ours. */
Notice *store_notice_referred(Store *store, const char *message_ids, GError **error);

/* --- the notifier --- */

/* Takes back what a later notice of its series overtook: after an outage one reminder
 * goes out, not five.  Call it before store_notices_due().  *ret_late counts. */
gboolean store_notices_overtaken(
    Store *store, gint64 now, guint *ret_late, GError **error);
/* What is due at `now`, no try of it under way, the longest owed first. */
GPtrArray *store_notices_due(Store *store, gint64 now, guint limit, GError **error);
/* The instant when the next waiting notice becomes due, 0 for none. */
gint64 store_notices_next(Store *store, GError **error);
/* Keeps the rendered bytes' place (synced here) and opens a delivery for each of the
 * notices, in one transaction.  A notice that is no longer wanted gets delivery id 0. */
gboolean store_deliveries_begin(Store *store, Notice *const *notices, guint n_notices,
    gint64 now, gint64 *ret_deliveries, GError **error);

typedef enum {
	DELIVERY_SENT,
	DELIVERY_RETRY,   /* temporary: again at next_at */
	DELIVERY_UNKNOWN, /* accepted or not, nobody knows: again at next_at, same
			     Message-ID */
	DELIVERY_REFUSED, /* permanent: the notice is refused */
} DeliveryOutcome;
extern const char *const delivery_names[];

typedef struct {
	gint64 delivery, notice;
	DeliveryOutcome outcome;
	int code; /* the server's, 0 for none */
	const char
	    *text; /* the server's answer, no personal data: at most 200 characters */
	gint64 next_at; /* RETRY, UNKNOWN */
} DeliveryResult;

/* Completes deliveries, in one transaction. */
gboolean store_deliveries_end(Store *store, const DeliveryResult *results,
    guint n_results, gint64 now, GError **error);
/* The tries that a crash left without an outcome become UNKNOWN, again at `next_at`. Call
 * it once, after store_hold_room(). */
gboolean store_deliveries_recover(
    Store *store, gint64 now, gint64 next_at, guint *ret_recovered, GError **error);
/* Mails sent to this address (folded to lower case) since; all, when address is NULL. */
gint64 store_notices_sent_since(
    Store *store, const char *address, gint64 since, GError **error);
/* How many of a notice's tries ended in doubt. */
gint64 store_notice_unknowns(Store *store, gint64 notice, GError **error);
/* waiting → refused without a try: a cap, a bad address, the retries are over. */
gboolean store_notice_refuse(
    Store *store, gint64 notice, const char *why, gint64 now, GError **error);
/* Puts a waiting notice off without a try (cap per day). */
gboolean store_notice_postpone(Store *store, gint64 notice, const char *why,
    gint64 next_at, gint64 now, GError **error);
