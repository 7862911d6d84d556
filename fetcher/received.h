/* When a letter that lies in a file was received: the date of its topmost Received line,
 * which the university's own server wrote.  A Date line is the sender's word and is never
 * used. */
#pragma once

#include <glib.h>

/* UTC seconds from the header at the start of the bytes, or 0 when there is no such line
 * or its date can't be read. */
gint64 received_at(const char *bytes, gsize length);

/* "Fri, 20 Mar 2026 17:59:59 +0500 (comment)" to UTC seconds, or 0. */
gint64 received_parse_date(const char *text);
