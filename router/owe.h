/* The notices that a move owes, in the same transaction: to whom, in whose language, in
 * which thread, with which facts.  Their words are the notifier's. */
#pragma once

#include "alarm.h"
#include "case.h"
#include "choose.h"
#include "letter.h"
#include "router.h"

typedef struct {
	const Router *router;
	Store *store;
	gint64 now;
} Desk;

/* Why nothing goes out to the author ("list", "no-address" …), or NULL when it may. */
const char *owe_no_answer(const Letter *letter);

/* To the author, in his language and in the thread of his letter. */
gboolean owe_acknowledgement(
    const Desk *desk, const Letter *letter, const Case *item, GError **error);
gboolean owe_rejection(const Desk *desk, const Letter *letter, GError **error);

/* To the official: the first mail of the case's thread. */
gboolean owe_forward(const Desk *desk, const Letter *letter, const Case *item,
    const Choice *choice, GError **error);

/* To the moderator, in one thread a letter. */
gboolean owe_held(const Desk *desk, const Letter *letter, const char *why,
    const Choice *choice, GError **error);
gboolean owe_stuck(const Desk *desk, const Letter *letter, GError **error);

/* To the administrator, in one thread an alarm: that it is on, or that it is over. */
gboolean owe_alarm(const Desk *desk, const Alarm *alarm, GError **error);
