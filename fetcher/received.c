#include "received.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* The value of the first Received line, unfolded; NULL when the header has none. */
static char *
first_received(const char *bytes, gsize length)
{
	const char *end = bytes + length;
	GString *value = NULL;

	for (const char *line = bytes; line < end;) {
		const char *next = memchr(line, '\n', (gsize)(end - line));
		gsize n = (gsize)((next != NULL ? next : end) - line);

		if (n > 0 && line[n - 1] == '\r')
			n--;
		if (n == 0)
			break;
		if (value != NULL && *line != ' ' && *line != '\t')
			break;
		if (value != NULL)
			g_string_append_len(value, line, (gssize)n);
		else if (n > 9 && g_ascii_strncasecmp(line, "Received:", 9) == 0)
			value = g_string_new_len(line + 9, (gssize)n - 9);
		line = next != NULL ? next + 1 : end;
	}
	return value != NULL ? g_string_free(value, FALSE) : NULL;
}

static gboolean
read_zone(const char *zone, int *ret_seconds)
{
	int hours, minutes;

	*ret_seconds = 0;
	if (strcmp(zone, "GMT") == 0 || strcmp(zone, "UT") == 0 ||
	    strcmp(zone, "UTC") == 0 || strcmp(zone, "Z") == 0)
		return TRUE;
	if ((*zone != '+' && *zone != '-') || strspn(zone + 1, "0123456789") != 4 ||
	    strlen(zone) != 5)
		return FALSE;
	hours = (zone[1] - '0') * 10 + zone[2] - '0';
	minutes = (zone[3] - '0') * 10 + zone[4] - '0';
	*ret_seconds = (hours * 3600 + minutes * 60) * (*zone == '-' ? -1 : 1);
	return hours <= 14 && minutes <= 59;
}

static int
read_month(const char *name)
{
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	for (int i = 0; i < 12; i++)
		if (g_ascii_strcasecmp(name, names[i]) == 0)
			return i;
	return -1;
}

gint64
received_parse_date(const char *text)
{
	struct tm fields = { 0 };
	char month[4], zone[6];
	const char *comma = strchr(text, ',');
	const char *start = comma != NULL ? comma + 1 : text;
	int year, zone_seconds, used = 0;

	if (sscanf(start, " %2d %3[A-Za-z] %4d %2d:%2d%n", &fields.tm_mday, month, &year,
		&fields.tm_hour, &fields.tm_min, &used) != 5)
		return 0;
	start += used;
	if (*start == ':') {
		if (sscanf(start, ":%2d%n", &fields.tm_sec, &used) != 1)
			return 0;
		start += used;
	}
	fields.tm_mon = read_month(month);
	fields.tm_year = year - 1900;
	if (sscanf(start, " %5[A-Z0-9+-]", zone) != 1 ||
	    !read_zone(zone, &zone_seconds) || fields.tm_mon < 0 || year < 1980 ||
	    fields.tm_mday < 1 || fields.tm_mday > 31 || fields.tm_hour < 0 ||
	    fields.tm_hour > 23 || fields.tm_min < 0 || fields.tm_min > 59 ||
	    fields.tm_sec < 0 || fields.tm_sec > 60)
		return 0;
	return (gint64)timegm(&fields) - zone_seconds;
}

gint64
received_at(const char *bytes, gsize length)
{
	g_autofree char *value = first_received(bytes, length);
	const char *date = value != NULL ? strrchr(value, ';') : NULL;

	return date != NULL ? received_parse_date(date + 1) : 0;
}
