#include "day.h"

#include <string.h>

Day
day_from_ymd(int year, int month, int day)
{
	GDate date;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
	    !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
		return 0;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
	return g_date_get_julian(&date);
}

static int
number(const char *digits, int length)
{
	int value = 0;

	for (int i = 0; i < length; i++) {
		if (!g_ascii_isdigit(digits[i]))
			return -1;
		value = value * 10 + (digits[i] - '0');
	}
	return value;
}

Day
day_parse(const char *text)
{
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return 0;
	return day_from_ymd(number(text, 4), number(text + 5, 2), number(text + 8, 2));
}

static GDate
split(Day day)
{
	GDate date;

	g_assert(g_date_valid_julian(day));
	g_date_clear(&date, 1);
	g_date_set_julian(&date, day);
	return date;
}

char *
day_format(Day day)
{
	return g_strdup_printf(
	    "%04d-%02d-%02d", day_year(day), day_month(day), day_of_month(day));
}

int
day_year(Day day)
{
	GDate date = split(day);
	return g_date_get_year(&date);
}

int
day_month(Day day)
{
	GDate date = split(day);
	return g_date_get_month(&date);
}

int
day_of_month(Day day)
{
	GDate date = split(day);
	return g_date_get_day(&date);
}

GDateWeekday
day_weekday(Day day)
{
	GDate date = split(day);
	return g_date_get_weekday(&date);
}

gboolean
day_is_weekend(Day day)
{
	return day_weekday(day) >= G_DATE_SATURDAY;
}

Day
day_add_months(Day day, int months)
{
	GDate date = split(day);

	g_date_add_months(&date, (guint)months);
	return g_date_get_julian(&date);
}

Day
day_of_instant(gint64 at, GTimeZone *zone, int *ret_seconds)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	g_autoptr(GDateTime) local =
	    utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

	if (local == NULL)
		return 0;
	if (ret_seconds != NULL)
		*ret_seconds = g_date_time_get_hour(local) * 3600 +
		    g_date_time_get_minute(local) * 60 + g_date_time_get_second(local);
	return day_from_ymd(g_date_time_get_year(local), g_date_time_get_month(local),
	    g_date_time_get_day_of_month(local));
}

gint64
day_instant(Day day, int minutes, GTimeZone *zone)
{
	g_autoptr(GDateTime) local = g_date_time_new(zone, day_year(day), day_month(day),
	    day_of_month(day), minutes / 60, minutes % 60, 0);

	return local != NULL ? g_date_time_to_unix(local) : 0;
}
