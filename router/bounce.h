/* Mails of ours that did not arrive.  A person must then do by hand what the mail should
 * have done: a task, and a mail to the moderator with whom to call and what to read out.
 *
 * Anybody can write a bounce.  It counts when it came to the notice's secret envelope
 * address or, where secrets stand in subjects, when it names one of our mails and whom
 * that was for.  Only a failure (failed) changes anything; all else is written
 * down. */
#pragma once

#include "letter.h"
#include "owe.h"

/* Is the letter a bounce that came to a secret address, or names a mail of ours? */
gboolean bounce_is_ours(
    const Desk *desk, const Letter *letter, gboolean *ret_ours, GError **error);

/* Does what such a letter asks for, and closes it as "bounce". */
gboolean bounce_take(const Desk *desk, const Letter *letter, GError **error);

/* The same for notices that the notifier gave up, once for each. */
gboolean bounce_take_refused(const Desk *desk, gboolean *ret_any, GError **error);
