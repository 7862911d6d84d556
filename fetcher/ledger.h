/* What is known of UIDs beyond the mailbox position: those that the store has already,
 * and those that failed.  The position never passes a letter that failed, so a failed one
 * is asked for again, by this process or the next, until it comes or is gone; the letters
 * behind it go on. */
#pragma once

#include <glib.h>

#define LEDGER_ATTEMPTS                                                                  \
	3 /* alone; then the letter waits, and an administrator is told                  \
	   */

typedef struct Ledger Ledger;

Ledger *ledger_new(void);
void ledger_free(Ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_free)

/* Forgets all: the folder is another one. */
void ledger_clear(Ledger *ledger);
/* The store has it. */
void ledger_add(Ledger *ledger, gint64 uid);
/* It came, or it is gone from the server. */
void ledger_settle(Ledger *ledger, gint64 uid);
/* It failed alone; it is wanted again at once until LEDGER_ATTEMPTS, then not before
 * `retry_at`. Returns the number of its failures. */
guint ledger_fail(Ledger *ledger, gint64 uid, gint64 retry_at);
/* FALSE for what the store has, and for a failed one whose time has not come. */
gboolean ledger_wants(const Ledger *ledger, gint64 uid, gint64 now);
/* The position after everything up to `reached` was dealt with: before the first failed
 * one. */
gint64 ledger_position(const Ledger *ledger, gint64 reached);
/* What lies before the position needs not be remembered. */
void ledger_forget(Ledger *ledger, gint64 position);
/* How many failed all their attempts, and when the first of them is due (0: none). */
guint ledger_waiting(const Ledger *ledger, gint64 *ret_first_at);
