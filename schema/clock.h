/* Instants and their spelling.  An instant is UTC seconds (gint64); a day is an ISO date
 * in the university's own time zone ("2026-12-11").  Time is an argument everywhere: only
 * clock_now() looks at the machine's clock. */
#pragma once

#include <glib.h>

gint64 clock_now(void);

/* RFC 3339 with a zone ("2026-03-20T17:59:59+05:00", "…Z") to UTC seconds.  FAULT_SETUP.
 */
gboolean clock_parse(const char *text, gint64 *ret_at, GError **error);

/* "2026-03-20T12:59:59Z"; with a zone name, its local time and offset. */
char *clock_format(gint64 at);
char *clock_format_zone(gint64 at, const char *zone);
