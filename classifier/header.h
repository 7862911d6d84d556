/* The letter's header: who sent it, to whom, in which thread, and whether it may be
 * answered automatically.
 *
 * no_answer becomes one of these words, the first that fits: "report" (multipart/report),
 * "null-sender", "auto-submitted", "autoreply" (X-Autoreply and the like), "list", "bulk"
 * (Precedence), "calendar" (an invitation or an answer to one), "noreply" (also
 * mailer-daemon and postmaster), "loop" (more than 50 relays), "forged" (not exactly one
 * sender's address), "suppress" (X-Auto-Response-Suppress: asks for silence, and says
 * nothing about the letter). */
#pragma once

#include "mime.h"
#include "reading.h"

/* Fills the fields under "envelope and header"; `found` is what the parts say. */
void header_read(Reading *reading, GMimeHeaderList *headers, const MimeText *found);

/* The last `most` Message-IDs of a field's value, separated by blanks; NULL when there is
 * none. */
char *header_ids(const char *raw, guint most);
