/* Letters that are no new matter: what answers one of our mails, what asks about a case,
 * and mail from our own staff.  They are never refused by the rules for citizens'
 * letters.
 *
 * A secret counts only together with the sender to whom it was written (and with the
 * server's word on DMARC, where it is asked for); without it a mail changes nothing. */
#pragma once

#include "letter.h"
#include "owe.h"

typedef enum {
	REPLY_NONE,      /* a matter of its own */
	REPLY_BOUNCE,    /* a mail of ours came back, or somebody says so */
	REPLY_AUTOMATIC, /* a machine's, in a thread of ours: no answer, and none to it */
	REPLY_OFFICIAL,  /* about case `id`: a command or an answer */
	REPLY_APPROVAL,  /* the moderator's, about answer `id` */
	REPLY_DECISION,  /* the moderator's, about held letter `id` */
	REPLY_COMPLETION, /* of the rejected letter `id` (5.4) */
	REPLY_FOLLOW_UP,  /* a citizen's, about his case `id` */
	REPLY_ASKS,       /* how far a case is that is not his, or none */
	REPLY_HOLD,       /* a person must read it: `hold` */
} ReplyKind;

typedef struct {
	ReplyKind kind;
	gint64 id;
	const char *hold; /* "unproven", "staff", "reply" */
} Reply;

/* What the letter is; FALSE on a store's fault. */
gboolean reply_find(
    const Desk *desk, const Letter *letter, Reply *ret_reply, GError **error);

/* Does the topmost Authentication-Results, if it is this server's, say that DMARC passed?
 */
gboolean reply_is_authentic(const char *authentication, const char *authserv_id);

/* What became of it: a word for the log; or a person must read it after all. */
typedef struct {
	const char *done;
	const char *hold;
} Deed;
