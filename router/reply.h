/* Letters that are no new matter: an answer to one of our mails, or mail from our own
 * staff. They are never refused by the rules for citizens' letters; what brings the
 * missing name or telephone completes the letter it answers (5.4), and everything else a
 * person reads. */
#pragma once

#include "letter.h"
#include "router.h"

typedef struct {
	const char *hold; /* why a person must read it: "reply", "staff"; or NULL */
	gint64 completes; /* the rejected letter that it completes, or 0 */
} Reply;

/* What the letter is; both members empty for a matter of its own.  FALSE on a store's
 * fault. */
gboolean reply_find(const Router *router, Store *store, const Letter *letter,
    Reply *ret_reply, GError **error);
