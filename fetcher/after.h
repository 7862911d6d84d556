/* What becomes of a letter in the mailbox once it is in the store: left alone, marked as
 * seen, or moved.  A letter that was too large stays as it is: its original is the only
 * whole copy.
 *
 * A failure here loses nothing; it is logged, and the letter stays where it was. */
#pragma once

#include "fetch.h"

void after_letters(Session *session, const Arrival *arrivals, guint n);

/* A crash between the commit and the mark loses the mark: sets it for those of the last
 * batch that lack it.  Once a process. */
gboolean after_repeat(Fetcher *fetcher, GError **error);
