/* What people write, and times as they read them. */
#include "case.h"
#include "queue.h"

#include <string.h>

QueueOptions queue_options;

static gboolean
is_case_number(const char *text)
{
	return strlen(text) >= 6 && strspn(text, "0123456789") == 4 && text[4] == '-' &&
	    strspn(text + 5, "0123456789") == strlen(text + 5);
}

gboolean
queue_letter(Program *program, const char *text, gint64 *ret_letter, GError **error)
{
	g_autoptr(Case) item = NULL;

	if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, ret_letter, NULL))
		return TRUE;
	if (!is_case_number(text)) {
		g_set_error_literal(error, FAULT, FAULT_SETUP,
		    "expected a letter's number, as 17, or a case's, as 2026-000123");
		return FALSE;
	}
	item = store_case_by_number(program->store, text, error);
	if (item == NULL)
		return FALSE;
	*ret_letter = item->letter;
	return TRUE;
}

const char *
queue_time(const Program *program, gint64 at, char buffer[QUEUE_TIME_SIZE])
{
	static GTimeZone *zone;
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
	g_autoptr(GDateTime) local = NULL;

	if (zone == NULL)
		zone = g_time_zone_new_identifier(program->university.timezone);
	local = zone != NULL && utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
	if (local == NULL)
		g_strlcpy(buffer, "?", QUEUE_TIME_SIZE);
	else
		g_snprintf(buffer, QUEUE_TIME_SIZE, "%04d-%02d-%02d %02d:%02d:%02d",
		    g_date_time_get_year(local), g_date_time_get_month(local),
		    g_date_time_get_day_of_month(local), g_date_time_get_hour(local),
		    g_date_time_get_minute(local), g_date_time_get_second(local));
	return buffer;
}

gboolean
queue_day(const char *text, GDate *ret_day)
{
	gboolean has_form = strlen(text) == 10 && strspn(text, "0123456789") == 4 &&
	    text[4] == '-' && strspn(text + 5, "0123456789") == 2 && text[7] == '-' &&
	    strspn(text + 8, "0123456789") == 2;
	gint64 number[3];

	for (int i = 0; has_form && i < 3; i++)
		number[i] = g_ascii_strtoll(text + (int[]){ 0, 5, 8 }[i], NULL, 10);
	g_date_clear(ret_day, 1);
	if (!has_form ||
	    !g_date_valid_dmy(
		(GDateDay)number[2], (GDateMonth)number[1], (GDateYear)number[0]))
		return FALSE;
	g_date_set_dmy(
	    ret_day, (GDateDay)number[2], (GDateMonth)number[1], (GDateYear)number[0]);
	return TRUE;
}

int
queue_days_left(const Program *program, const char *day)
{
	static GDate today;
	char time[QUEUE_TIME_SIZE];
	GDate until;

	if (!g_date_valid(&today)) {
		queue_time(program, program_now(program), time);
		time[10] = '\0';
		queue_day(time, &today);
	}
	return queue_day(day, &until) && g_date_valid(&today)
	    ? g_date_days_between(&today, &until)
	    : 0;
}
