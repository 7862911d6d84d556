/* The notifier's pass: what is due is worded, kept, sent, and its fate written down.
 *
 * A mail's bytes and its delivery are on the disk before a connection sees it, and what
 * became of it is on the disk before the next ones go: one transaction completes what
 * came back and opens what goes next.  Many connections work at once; the store is
 * touched here alone. */
#pragma once

#include "crew.h"
#include "packer.h"
#include "post.h"

typedef struct Notifier Notifier;

/* Reads the settings and every text; FAULT_SETUP in the common form. */
Notifier *notifier_new(
    const Settings *settings, const University *university, GError **error);
void notifier_free(Notifier *notifier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Notifier, notifier_free)

const Post *notifier_post(const Notifier *notifier);

/* Sends all that is due; `fixed_now` as in Program.  A notice that cannot go is put off
 * or set aside and the next one goes.  FAULT_RETRY: the server is away, the queue is
 * kept, and notifier_wake_at() says when the next pass may try.  FAULT_SETUP: an alarm
 * has been raised and a person must change something. */
gboolean notify_pass(Notifier *notifier, Store *store, gint64 fixed_now, GError **error);

/* The last pass failed since the server is away: one may wait for it. */
gboolean notifier_server_is_away(const Notifier *notifier);

/* When the next pass has something to do at the latest; 0 for never. */
gint64 notifier_wake_at(const Notifier *notifier);
