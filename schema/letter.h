/* Letters: what citizens sent, from the mailbox to the end.
 *
 *     received ──▶ judged ──▶ routed ──▶ closed
 *         │           ├─────▶ held ──▶ judged (a person's decision)
 *         └─▶ stuck   └─────▶ closed (rejected, ignored)
 *
 * "held": a person must look.  "stuck": the program could not read it, and a person must.
 */
#pragma once

#include "reading.h"
#include "store.h"

/* --- the fetcher's moves --- */

/* Where a mailbox stands.  name is "imap://user@host/INBOX" or "import". */
typedef struct {
	gint64 id;
	gint64 uidvalidity;
	gint64 last_uid;     /* every UID up to here is accounted for */
	gint64 fetched_at;   /* the last successful fetch, 0 for none */
	char *reconciled_on; /* the last day whose ledger was compared, or NULL */
} Mailbox;
void mailbox_free(Mailbox *mailbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mailbox, mailbox_free)

/* Finds the mailbox or makes it (last_uid 0). */
Mailbox *store_mailbox(Store *store, const char *name, GError **error);

/* The server told another UIDVALIDITY: the position starts again, and letters are
 * recognised by their bytes.  Also used for the first one (from 0). */
gboolean store_mailbox_revalidate(
    Store *store, gint64 mailbox, gint64 uidvalidity, gint64 now, GError **error);

/* One letter as it arrived, its bytes already in the spool. */
typedef struct {
	gint64 uid;
	gint64 received_at; /* the server's INTERNALDATE, UTC seconds */
	gint64 size;        /* as the server says; of the whole letter */
	gboolean whole; /* FALSE: too large, only its header and first text are here */
	SpoolPlace place;
	guint8 digest[SPOOL_DIGEST_LENGTH];
} Arrival;

/* Keeps a batch of letters and moves the mailbox position to `last_uid`, in one
 * transaction, after syncing the spool.  A UID that is known is no error.  A letter whose
 * bytes are known under an older UIDVALIDITY, and not yet seen under this one, gets the
 * new UID and is not received again.  *ret_new counts the letters that are new. */
gboolean store_letters_receive(Store *store, gint64 mailbox, gint64 uidvalidity,
    const Arrival *arrivals, guint n_arrivals, gint64 last_uid, gint64 now,
    guint *ret_new, GError **error);

/* A fetch that found nothing still succeeded; written at most once a minute. */
gboolean store_mailbox_touch(Store *store, gint64 mailbox, gint64 now, GError **error);

/* The UIDs the ledger holds for this UIDVALIDITY, ascending, as gint64. */
GArray *store_mailbox_uids(
    Store *store, gint64 mailbox, gint64 uidvalidity, GError **error);
/* Records the day's comparison: the event says "UIDVALIDITY v, UIDs 1..n, every one
 * accounted for" or how many are missing. */
gboolean store_mailbox_reconciled(Store *store, gint64 mailbox, const char *day,
    gint64 uidvalidity, gint64 last_uid, gint64 missing, gint64 now, GError **error);

/* --- the classifier's moves --- */

typedef struct {
	gint64 id;
	gint64 received_at;
	gint64 size;
	gboolean whole;
	gint64 attempts; /* before this one */
	SpoolPlace place;
} LetterBytes;

/* Takes up to `limit` received letters, oldest first, and counts an attempt for each in
 * one transaction; a letter that has failed before comes alone.  Letters with
 * `most_attempts` become stuck instead.  Returns an array of LetterBytes, empty when
 * there is nothing. */
GArray *store_letters_claim(
    Store *store, guint limit, guint most_attempts, gint64 now, GError **error);
/* Takes back the attempt of a letter that was not looked at after all. */
gboolean store_letter_unclaim(Store *store, gint64 letter, GError **error);
/* The attempt failed; `what` is a short code ("crashed", "timeout", "memory").  The third
 * one makes it stuck, and so does `final`. */
gboolean store_letter_fail(Store *store, gint64 letter, const char *what, gboolean final,
    gint64 now, GError **error);
/* received → judged, with reading, verdict and event.  `text_key` is a folded key of the
 * new text, for later histories.  May be called many times within one Txn. */
gboolean store_letter_judge(Store *store, gint64 letter, const Reading *reading,
    const Verdict *verdict, const char *text_key, gint64 now, GError **error);

/* What the author sent before this letter, for flood: letters of the same address
 * received in the `seconds` before it; those of at most `few_words` words are of low
 * content. */
typedef struct {
	gint64 letters;     /* all */
	gint64 low_content; /* of these, few words */
	gint64 alike;       /* of these, with the same folded text */
} History;
gboolean store_letter_history(Store *store, gint64 letter, const char *address,
    const char *text_key, gint64 received_at, gint64 seconds, gint64 few_words,
    History *ret_history, GError **error);

/* Letters that wait with what was missing (store_letter_complete()), at most `limit` ids;
 * a claim never takes them. */
GArray *store_letters_completed(Store *store, guint limit, GError **error);

/* --- the router's moves (more in case.h) --- */

/* A letter with its reading and its effective verdict: the machine's, or the person's
 * decision over it. */
typedef struct {
	gint64 id;
	gint64 received_at;
	gint64 size;
	gboolean whole;
	gint64 attempts;
	char *state, *state_why;
	SpoolPlace place;
	gint64 completed_by; /* the reply that brought what was missing, 0 for none */
	gint64 completed_at; /* when that reply was received, 0 for none */
	Reading *reading;    /* NULL for one that is stuck */
	Verdict *verdict;
	char *decided_by; /* the person, or NULL for the machine */
	char *decided_reason;
	char *
	    decided_official; /* the key of the official whom the person chose, or NULL */
} Letter;
void letter_free(Letter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Letter, letter_free)

/* Judged letters, and stuck ones whose moderator has not been told, oldest first. */
GPtrArray *store_letters_judged(Store *store, guint limit, GError **error);
Letter *store_letter_get(
    Store *store, gint64 id, GError **error); /* FAULT_LETTER: none */

/* judged → held, with the reason ("verdict", "topic", "complaint-of-official" …). */
gboolean store_letter_hold(
    Store *store, gint64 letter, const char *why, gint64 now, GError **error);
/* Held and stuck letters received before that instant: how many, how many of them urgent,
 * the oldest one's id and receipt.  All 0 for none. */
gboolean store_letters_waiting(Store *store, gint64 before, gint64 *ret_count,
    gint64 *ret_urgent, gint64 *ret_oldest, gint64 *ret_received_at, GError **error);
/* How often the author of a letter wrote the same text since, before it. */
gboolean store_letter_repeats(
    Store *store, gint64 letter, gint64 since, gint64 *ret_count, GError **error);
/* judged → closed: rejected or ignored.  `silent` is why no notice goes out, or NULL. */
gboolean store_letter_close(Store *store, gint64 letter, const char *outcome,
    const char *silent, gint64 now, GError **error);
/* The reply brings what a rejected letter missed (5.4): the reply closes, and the first
 * letter goes back to be judged with it.  FAULT_LETTER when either has moved on. */
gboolean store_letter_complete(
    Store *store, gint64 first, gint64 reply, gint64 now, GError **error);
/* stuck, and the moderator has a notice of it. */
gboolean store_letter_stuck_told(Store *store, gint64 letter, gint64 now, GError **error);

/* --- a person's decision --- */

/* held or stuck → judged, as `outcome` (accept or reject) with `rule` (reject) or `topic`
 * (accept; -1 keeps the guess), a reason and who.  FAULT_LETTER when the letter is in
 * another state: the text says which, and who decided. */
gboolean store_letter_decide(Store *store, gint64 letter, Outcome outcome, int rule,
    int topic, const char *official, const char *who, const char *reason, gint64 now,
    GError **error);
