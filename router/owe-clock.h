/* The notices that the clock owes, each for an instant ahead (UTC seconds). */
#pragma once

#include "case.h"
#include "owe.h"

/* To the official. */
gboolean owe_reminder(const Desk *desk, const Case *item, gint64 at, GError **error);
gboolean owe_overdue(const Desk *desk, const Case *item, gint64 at, GError **error);
/* The same to the moderator, and to the rector's office. */
gboolean owe_overdue_copy(const Desk *desk, const Case *item, gint64 at, GError **error);
gboolean owe_escalation(const Desk *desk, const Case *item, gint64 at, GError **error);

/* The calendar changed the due date: to the citizen and the official, at once. */
gboolean owe_term_changed(
    const Desk *desk, const Case *item, const char *old_due, GError **error);

/* How many letters wait for a decision, since which day, by number; to the moderator or,
 * `office`, to the rector's office. */
typedef struct {
	gint64 count, urgent;
	const char *since; /* the oldest one's day */
	gint64 oldest;     /* its id */
} Waiting;
gboolean owe_held_reminder(
    const Desk *desk, const Waiting *waiting, gboolean office, GError **error);
