/* Guards on everything that leaves: no mail to machines or to ourselves, so many to an
 * address a day, and a breaker for the whole. */
#pragma once

#include "letter.h"
#include "notice.h"
#include "post.h"

typedef struct Guard Guard;

/* `never` is the data file never.txt: patterns of addresses that belong to machines. */
Guard *guard_new(
    const Post *post, const University *university, const char *never, GError **error);
void guard_free(Guard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Guard, guard_free)

typedef enum {
	GUARD_PASS,
	GUARD_REFUSE,   /* never: *ret_why says why */
	GUARD_POSTPONE, /* the cap of this address: later */
	GUARD_STOP,     /* the breaker: nothing more goes now */
	GUARD_FAULT,    /* the store cannot be asked: the error says why */
} GuardWord;

/* Asked before each mail, once; a mail that may pass is counted.  `letter` may be NULL.
 */
GuardWord guard_ask(Guard *guard, Store *store, const Notice *notice,
    const Letter *letter, gint64 now, const char **ret_why, GError **error);

/* The breaker has opened and has not closed yet. */
gboolean guard_is_stopped(const Guard *guard);
/* Alarms go out at any rate. */
gboolean guard_is_exempt(const Notice *notice);
