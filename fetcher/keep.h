/* A batch into the store: the last step of both ways in, the mailbox and the files. */
#pragma once

#include "letter.h"

/* store_letters_receive() for an array of Arrival.  When none of them was new (a repeated
 * import, a folder that was made anew), their bytes are given back to the disk. */
gboolean keep_letters(Store *store, gint64 mailbox, gint64 uidvalidity,
    const GArray *arrivals, gint64 last_uid, gint64 now, guint *ret_new, GError **error);
