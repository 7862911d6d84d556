#include "calendar.h"

#include "datafile.h"
#include "fault.h"
#include "holidays.h"

#include <string.h>

typedef struct {
	Day day;
	gboolean works;
	gboolean forecast;
	char *reason;
} Row;

struct Calendar {
	char *version;
	GArray *rows; /* ascending by day */
	GHashTable *by_day;
	Day first, last;
};

static void
row_clear(gpointer data)
{
	g_free(((Row *)data)->reason);
}

void
calendar_free(Calendar *calendar)
{
	if (calendar == NULL)
		return;
	g_free(calendar->version);
	g_array_unref(calendar->rows);
	g_hash_table_unref(calendar->by_day);
	g_free(calendar);
}

static const Row *
find(const Calendar *calendar, Day day)
{
	return g_hash_table_lookup(calendar->by_day, GUINT_TO_POINTER(day));
}

/* People are told of "Nauryz: rest day carried over from the weekend", "Orthodox
 * Christmas (rest day, not moved)" and "rest day moved here from 2025-01-05 by the
 * ministry" up to those words. */
static char *
shorten(const char *reason)
{
	static const char *const ends[] = { ":", " (", " by " };
	gsize length = strlen(reason);

	for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
		const char *end = strstr(reason, ends[i]);

		if (end != NULL && end > reason)
			length = MIN(length, (gsize)(end - reason));
	}
	return g_strndup(reason, length);
}

static gboolean
read_row(Calendar *calendar, const char *file, int line, const char *text, GError **error)
{
	g_auto(GStrv) columns = g_strsplit(text, "\t", -1);
	guint n_columns = g_strv_length(columns);
	Row row = { 0 };

	if (n_columns < 3 || *columns[2] == '\0')
		return datafile_refuse(error, file, line,
		    "expected date, kind and reason, separated by tabs");
	row.day = day_parse(columns[0]);
	if (row.day == 0)
		return datafile_refuse(
		    error, file, line, "\"%s\" is no date like 2026-03-23", columns[0]);
	row.works = strcmp(columns[1], "work") == 0;
	if (!row.works && strcmp(columns[1], "off") != 0)
		return datafile_refuse(
		    error, file, line, "kind \"%s\" must be off or work", columns[1]);
	if (row.works && !day_is_weekend(row.day))
		return datafile_refuse(error, file, line,
		    "%s is a weekday, so it can't be made a working day", columns[0]);
	if (!row.works && day_is_weekend(row.day))
		return datafile_refuse(error, file, line,
		    "%s is a weekend day, so it can't be made a rest day", columns[0]);
	if (calendar->rows->len > 0) {
		Day previous =
		    g_array_index(calendar->rows, Row, calendar->rows->len - 1).day;

		if (row.day == previous)
			return datafile_refuse(
			    error, file, line, "%s stands here twice", columns[0]);
		if (row.day < previous)
			return datafile_refuse(error, file, line,
			    "%s must stand before the day above it", columns[0]);
	}
	row.forecast = n_columns > 4 && g_str_has_prefix(columns[4], "forecast");
	row.reason = shorten(columns[2]);
	g_array_append_val(calendar->rows, row);
	return TRUE;
}

/* "# covers: 2021-01-01 .. 2027-12-31".  Without it a file covers the whole years of its
 * first and last row. */
static gboolean
read_coverage(
    Calendar *calendar, const char *file, int line, const char *text, GError **error)
{
	g_auto(GStrv) ends = g_strsplit(text, "..", 2);

	if (g_strv_length(ends) == 2) {
		calendar->first = day_parse(g_strstrip(ends[0]));
		calendar->last = day_parse(g_strstrip(ends[1]));
	}
	if (calendar->first == 0 || calendar->last < calendar->first)
		return datafile_refuse(
		    error, file, line, "expected covers: DATE .. DATE");
	return TRUE;
}

static gboolean
read_days(Calendar *calendar, const char *file, char *content, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(content, "\n", -1);

	for (int i = 0; lines[i] != NULL; i++) {
		const char *text = lines[i];
		gboolean good = TRUE;

		if (g_str_has_prefix(text, "# version:") && calendar->version == NULL)
			calendar->version =
			    g_strstrip(g_strdup(text + strlen("# version:")));
		else if (g_str_has_prefix(text, "# covers:"))
			good = read_coverage(
			    calendar, file, i + 1, text + strlen("# covers:"), error);
		else if (*text != '#' && *text != '\0')
			good = read_row(calendar, file, i + 1, text, error);
		if (!good)
			return FALSE;
	}
	if (calendar->rows->len == 0)
		return datafile_refuse(error, file, 0, "no day stands in it");
	return TRUE;
}

static gboolean
settle_coverage(Calendar *calendar, const char *file, GError **error)
{
	Day first = g_array_index(calendar->rows, Row, 0).day;
	Day last = g_array_index(calendar->rows, Row, calendar->rows->len - 1).day;

	if (calendar->first == 0) {
		calendar->first = day_from_ymd(day_year(first), 1, 1);
		calendar->last = day_from_ymd(day_year(last), 12, 31);
	}
	if (first < calendar->first || last > calendar->last)
		return datafile_refuse(
		    error, file, 0, "a day lies outside the dates it says it covers");
	return TRUE;
}

static gboolean
is_off(const Calendar *calendar, Day day)
{
	const Row *row = find(calendar, day);

	return row != NULL && !row->works;
}

/* Each holiday on a weekday is off.  One on a weekend makes the first working day after
 * it a rest day; where holidays touch, each takes the next day that is left. */
static gboolean
lint_holidays(
    const Calendar *calendar, const char *file, GArray *holidays, GError **error)
{
	Day taken = 0;

	for (Day day = calendar->first; day <= calendar->last; day++) {
		const Holiday *holiday = holidays_on(holidays, day);
		g_autofree char *text = NULL, *carried = NULL;
		Day after;

		if (holiday == NULL)
			continue;
		text = day_format(day);
		if (!day_is_weekend(day)) {
			if (!is_off(calendar, day))
				return datafile_refuse(error, file, 0,
				    "%s: %s must be off", text, holiday->name);
			continue;
		}
		if (!holiday->carried)
			continue;
		for (after = MAX(day, taken) + 1;
		     day_is_weekend(after) || holidays_on(holidays, after) != NULL;
		     after++)
			;
		taken = after;
		carried = day_format(after);
		if (after <= calendar->last && !is_off(calendar, after))
			return datafile_refuse(error, file, 0,
			    "%s: %s (%s) falls on a weekend, so this day must be off",
			    carried, holiday->name, text);
	}
	return TRUE;
}

static void
finish_version(Calendar *calendar, const char *content)
{
	g_autofree char *digest =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, content, -1);
	g_autofree char *named = g_steal_pointer(&calendar->version);

	calendar->version = g_strdup_printf(
	    "%s%s(%.8s)", named != NULL ? named : "", named != NULL ? " " : "", digest);
}

Calendar *
calendar_load(const char *days_file, const char *holidays_file, GError **error)
{
	g_autoptr(Calendar) calendar = g_new0(Calendar, 1);
	g_autoptr(GArray) holidays = NULL;
	g_autofree char *content = datafile_read(days_file, error);

	calendar->rows = g_array_new(FALSE, TRUE, sizeof(Row));
	g_array_set_clear_func(calendar->rows, row_clear);
	calendar->by_day = g_hash_table_new(NULL, NULL);
	if (content == NULL || !read_days(calendar, days_file, content, error) ||
	    !settle_coverage(calendar, days_file, error))
		return NULL;
	finish_version(calendar, content);
	for (guint i = 0; i < calendar->rows->len; i++) {
		Row *row = &g_array_index(calendar->rows, Row, i);

		g_hash_table_insert(calendar->by_day, GUINT_TO_POINTER(row->day), row);
	}
	holidays = holidays_load(holidays_file, error);
	if (holidays == NULL || !lint_holidays(calendar, days_file, holidays, error))
		return NULL;
	return g_steal_pointer(&calendar);
}

const char *
calendar_version(const Calendar *calendar)
{
	return calendar->version;
}

Day
calendar_first(const Calendar *calendar)
{
	return calendar->first;
}

Day
calendar_last(const Calendar *calendar)
{
	return calendar->last;
}

gboolean
calendar_covers(const Calendar *calendar, Day day, GError **error)
{
	g_autofree char *text = NULL, *first = NULL, *last = NULL;

	if (day >= calendar->first && day <= calendar->last)
		return TRUE;
	text = g_date_valid_julian(day) ? day_format(day) : g_strdup("the day");
	first = day_format(calendar->first);
	last = day_format(calendar->last);
	g_set_error(error, FAULT, FAULT_SETUP,
	    "calendar %s covers %s to %s, so %s can't be counted", calendar->version,
	    first, last, text);
	return FALSE;
}

static gboolean
is_forecast(const Calendar *calendar, int year)
{
	for (guint i = 0; i < calendar->rows->len; i++) {
		const Row *row = &g_array_index(calendar->rows, Row, i);

		if (day_year(row->day) == year && !row->forecast)
			return FALSE;
	}
	return TRUE;
}

char *
calendar_warning(const Calendar *calendar, Day today)
{
	int year = day_year(today), next = year + 1;

	if (calendar->last < day_from_ymd(year, 12, 31))
		return g_strdup_printf("the calendar does not have the year %d", year);
	if (day_month(today) >= 10 && calendar->last < day_from_ymd(next, 12, 31))
		return g_strdup_printf(
		    "the calendar does not have the year %d yet", next);
	if (day_month(today) == 12 && is_forecast(calendar, next))
		return g_strdup_printf(
		    "the calendar's year %d is still a forecast", next);
	return NULL;
}

gboolean
calendar_is_working_day(const Calendar *calendar, Day day)
{
	const Row *row = find(calendar, day);

	return row != NULL ? row->works : !day_is_weekend(day);
}

const char *
calendar_reason(const Calendar *calendar, Day day)
{
	const Row *row = find(calendar, day);

	return row != NULL ? row->reason : NULL;
}

Day
calendar_working_day(const Calendar *calendar, Day day, int count, GError **error)
{
	int step = count < 0 ? -1 : 1;

	if (!calendar_covers(calendar, day, error))
		return 0;
	if (count == 0 && calendar_is_working_day(calendar, day))
		return day;
	for (int left = MAX(ABS(count), 1); left > 0;) {
		day = (Day)((gint64)day + step);
		if (!calendar_covers(calendar, day, error))
			return 0;
		if (calendar_is_working_day(calendar, day))
			left--;
	}
	return day;
}
