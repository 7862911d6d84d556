#include "holidays.h"

#include "datafile.h"

#include <stdlib.h>
#include <string.h>

static void
holiday_clear(gpointer data)
{
	g_free(((Holiday *)data)->name);
}

static gboolean
read_holiday(
    GArray *holidays, const char *file, int line, const char *text, GError **error)
{
	g_auto(GStrv) columns = g_strsplit(text, "\t", -1);
	/* a leap year, so that each day of any year is one */
	g_autofree char *dated = g_strconcat("2024-", columns[0], NULL);
	Day day = day_parse(dated);
	Holiday holiday = { 0 };

	if (g_strv_length(columns) < 5 || day == 0)
		return datafile_refuse(error, file, line,
		    "expected month-day, first year, last year, carried or stays, name");
	holiday.month = day_month(day);
	holiday.day = day_of_month(day);
	holiday.from = atoi(columns[1]);
	holiday.until = atoi(columns[2]);
	holiday.carried = strcmp(columns[3], "carried") == 0;
	holiday.name = g_strdup(columns[4]);
	g_array_append_val(holidays, holiday);
	return TRUE;
}

GArray *
holidays_load(const char *file, GError **error)
{
	g_autoptr(GArray) holidays = g_array_new(FALSE, TRUE, sizeof(Holiday));
	g_autofree char *content = datafile_read(file, error);
	g_auto(GStrv) lines = content != NULL ? g_strsplit(content, "\n", -1) : NULL;

	g_array_set_clear_func(holidays, holiday_clear);
	if (lines == NULL)
		return NULL;
	for (int i = 0; lines[i] != NULL; i++)
		if (*lines[i] != '#' && *lines[i] != '\0' &&
		    !read_holiday(holidays, file, i + 1, lines[i], error))
			return NULL;
	return g_steal_pointer(&holidays);
}

const Holiday *
holidays_on(GArray *holidays, Day day)
{
	int year = day_year(day), month = day_month(day), of_month = day_of_month(day);

	for (guint i = 0; i < holidays->len; i++) {
		const Holiday *holiday = &g_array_index(holidays, Holiday, i);

		if (holiday->month == month && holiday->day == of_month &&
		    year >= holiday->from &&
		    (holiday->until == 0 || year <= holiday->until))
			return holiday;
	}
	return NULL;
}
