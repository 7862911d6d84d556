/* From a notice to the exact bytes of a mail.
 *
 * The text stands first, the same as HTML beside it; an original goes along
 * with its bytes untouched, since writing a stranger's message anew may change it or
 * never end: as message/rfc822, or as a file when mail cannot carry its lines.  All lines
 * end in CRLF and have at most 998 bytes; every value has passed the gate. */
#pragma once

#include "material.h"

/* Once, before any other call. */
void compose_init(void);

/* `original` is the letter's bytes when material_attaches() says that they go along or
 * material_encloses() that its files do, else NULL.  `now` is the Date.
 * FAULT_LETTER when the notice cannot be worded or breaks a rule of mail. */
GBytes *compose_mail(const Wording *wording, const About *about, GBytes *original,
    gint64 now, GError **error);

/* Automatic mail to a citizen, which no machine should answer and nobody of our own
 * reads.
 */
gboolean compose_is_automatic(const Notice *notice);
