/* One pass: everything new in the mailbox, oldest first, into the store.
 *
 * Letters come in batches, each one command and one transaction.  After anything strange
 * the letters of that batch are asked for one by one; one that fails alone three times
 * waits for later, raises an alarm, and does not stop those behind it.  Marks on the
 * server come after the commit. */
#pragma once

#include "ledger.h"
#include "letter.h"
#include "program.h"
#include "session.h"

typedef struct {
	const Setup *setup;
	const Program *program;
	Store *store;
	Session *session;
	Mailbox *mailbox;
	Ledger *ledger;
	gboolean ledger_loaded;
	gboolean repeated; /* the marks that a crash may have lost are set */
	const char
	    *alarm; /* the kind for the failure at hand, NULL for none of its own */
	gint64 started_at;
	gboolean calm;         /* no alarm of ours is on */
	guint n_failed_in_row; /* letters, without one that came between */
	guint n_fetched;       /* by this process */
} Fetcher;

Fetcher *fetcher_new(const Program *program, const Setup *setup);
void fetcher_free(Fetcher *fetcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fetcher, fetcher_free)

/* Opens session and folder where that is not done; meets a changed UIDVALIDITY. */
gboolean fetch_ready(Fetcher *fetcher, GError **error);
/* All that is new. */
gboolean fetch_pass(Fetcher *fetcher, GError **error);
/* These UIDs (guint32, ascending, all in the folder). */
gboolean fetch_uids(Fetcher *fetcher, GArray *uids, GError **error);
/* Closes the session, if any. */
void fetch_hang_up(Fetcher *fetcher);
