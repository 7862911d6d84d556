#include "due.h"

#include "fault.h"

/* Told within three working days, for two calendar months at most (3.6; APPC art. 76
 * (3)). */
#define NOTICE_DAYS 3
#define EXTENSION_MONTHS 2

void
due_clear(Due *due)
{
	g_clear_pointer(&due->why, g_free);
}

static void
add_line(GString *why, Day from, Day until, const char *what)
{
	g_autofree char *first = day_format(from), *last = day_format(until);

	if (why->len > 0)
		g_string_append_c(why, '\n');
	g_string_append(why, first);
	if (until != from)
		g_string_append_printf(why, "..%s", last);
	g_string_append_printf(why, " %s", what);
}

/* The days off from `from` on, as one line; returns the day after them. */
static Day
add_rest(GString *why, const Calendar *calendar, Day from)
{
	g_autoptr(GString) reasons = g_string_new(NULL);
	g_autofree char *what = NULL;
	const char *previous = NULL;
	Day day = from;

	for (; !calendar_is_working_day(calendar, day); day++) {
		const char *reason = calendar_reason(calendar, day);

		if (reason != NULL && g_strcmp0(reason, previous) != 0)
			g_string_append_printf(
			    reasons, "%s%s", reasons->len > 0 ? ", " : "", reason);
		if (reason != NULL)
			previous = reason;
	}
	what = reasons->len > 0 ? g_strconcat("off ", reasons->str, NULL)
				: g_strdup("weekend");
	add_line(why, from, day - 1, what);
	return day;
}

/* Days with a line of their own: the first, the last, and a working weekend day. */
static gboolean
is_special(Day day, Day first, Day due)
{
	return day == first || day == due || day_is_weekend(day);
}

/* The working days in a row from `from` on, as one line; returns the day after them. */
static Day
add_work(GString *why, const Calendar *calendar, Day from, const Due *due, int *number)
{
	g_autofree char *what = NULL;
	Day day = from + 1;

	if (!is_special(from, due->day1, due->due))
		while (calendar_is_working_day(calendar, day) &&
		    !is_special(day, due->day1, due->due))
			day++;
	if (day - from > 1)
		what = g_strdup_printf(
		    "day %d..%d", *number, *number + (int)(day - from) - 1);
	else
		what = g_strdup_printf(
		    "day %d%s", *number, day_is_weekend(from) ? " worked" : "");
	add_line(why, from, day - 1, what);
	*number += (int)(day - from);
	return day;
}

static char *
explain_span(const Calendar *calendar, const Due *due)
{
	g_autoptr(GString) why = g_string_new(NULL);
	int number = 1, seconds = due->received_seconds;
	Day day = due->received;

	if (due->registered != due->received) {
		gboolean works = calendar_is_working_day(calendar, due->received);
		g_autofree char *what =
		    g_strdup_printf("%s %02d:%02d:%02d", works ? "late" : "received",
			seconds / 3600, seconds / 60 % 60, seconds % 60);

		add_line(why, day, day, what);
		if (works)
			day++;
		if (day < due->registered)
			add_rest(why, calendar, day);
	}
	add_line(why, due->registered, due->registered, "registered");
	for (day = due->registered + 1; day <= due->due;)
		day = calendar_is_working_day(calendar, day)
		    ? add_work(why, calendar, day, due, &number)
		    : add_rest(why, calendar, day);
	return g_string_free(g_steal_pointer(&why), FALSE);
}

gboolean
due_count(const Calendar *calendar, const DueRule *rule, GTimeZone *zone,
    gint64 received_at, Due *ret_due, GError **error)
{
	Due due = { 0 };
	gboolean late;

	due.received = day_of_instant(received_at, zone, &due.received_seconds);
	if (!calendar_covers(calendar, due.received, error))
		return FALSE;
	late = due.received_seconds > rule->closing * 60;
	due.registered = calendar_working_day(calendar, due.received,
	    late && calendar_is_working_day(calendar, due.received) ? 1 : 0, error);
	if (due.registered != 0)
		due.day1 = calendar_working_day(calendar, due.registered, 1, error);
	if (due.day1 != 0)
		due.due = calendar_working_day(
		    calendar, due.registered, rule->term_days, error);
	if (due.due == 0)
		return FALSE;
	due.strict_due = calendar_working_day(calendar, due.due, -1, NULL);
	due.notice_by = calendar_working_day(calendar, due.due, NOTICE_DAYS, NULL);
	due.extended_max = calendar_working_day(
	    calendar, day_add_months(due.due, EXTENSION_MONTHS), 0, NULL);
	due.why = explain_span(calendar, &due);
	*ret_due = due;
	return TRUE;
}
