#include "clock.h"

#include "fault.h"

gint64
clock_now(void)
{
	return g_get_real_time() / G_USEC_PER_SEC;
}

/* RFC 3339 demands a zone; GLib would take a text without one as local time. */
static gboolean
has_zone(const char *text)
{
	return g_regex_match_simple(
	    "^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?"
	    "([Zz]|[+-]\\d\\d:\\d\\d)$",
	    text, 0, 0);
}

gboolean
clock_parse(const char *text, gint64 *ret_at, GError **error)
{
	g_autoptr(GDateTime) time = NULL;

	if (has_zone(text))
		time = g_date_time_new_from_iso8601(text, NULL);
	if (time == NULL) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "\"%s\" is no time: expected RFC 3339 with a zone, as "
		    "2026-03-20T17:59:59+05:00",
		    text);
		return FALSE;
	}
	*ret_at = g_date_time_to_unix(time);
	return TRUE;
}

char *
clock_format(gint64 at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);

	return time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ")
			    : g_strdup("?");
}

char *
clock_format_zone(gint64 at, const char *zone)
{
	g_autoptr(GTimeZone) where = g_time_zone_new_identifier(zone);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	g_autoptr(GDateTime) local = NULL;

	if (where == NULL || utc == NULL)
		return clock_format(at);
	local = g_date_time_to_timezone(utc, where);
	return g_date_time_format(local, "%Y-%m-%dT%H:%M:%S%:z");
}
