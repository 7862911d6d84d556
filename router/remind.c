#include "remind.h"

#include "notice.h"
#include "owe-clock.h"

gint64
remind_opening(const Router *router, Day day)
{
	return day_instant(day, router->clock.office_from, router->zone);
}

gboolean
remind_case_over(const Desk *desk, const Case *item, const char *why, GError **error)
{
	return store_notices_cancel(desk->store, item->id, NULL, why, desk->now, error);
}

static Day
today(const Desk *desk)
{
	return day_of_instant(desk->now, desk->router->zone, NULL);
}

/* The first working day from `day` on whose opening is still ahead; 0 beyond the
 * calendar. */
static Day
next_opening(const Desk *desk, Day day)
{
	const Router *router = desk->router;
	Day next = calendar_working_day(router->calendar, MAX(day, today(desk)), 0, NULL);

	if (next != 0 && remind_opening(router, next) <= desk->now)
		next = calendar_working_day(router->calendar, next, 1, NULL);
	return next;
}

/* How many working days after the due date a day is. */
static int
days_late(const Router *router, Day due, Day day)
{
	int late = 0;

	while (++due <= day)
		late += calendar_is_working_day(router->calendar, due);
	return late;
}

static gboolean
write_overdue(const Desk *desk, const Case *item, Day due, Day day, GError **error)
{
	gint64 at = remind_opening(desk->router, day);
	gboolean office =
	    days_late(desk->router, due, day) >= desk->router->clock.overdue_office;

	return owe_overdue(desk, item, at, error) &&
	    owe_overdue_copy(desk, item, at, error) &&
	    (!office || owe_escalation(desk, item, at, error));
}

gboolean
remind_overdue(const Desk *desk, const Case *item, GError **error)
{
	Day due = day_parse(item->due_on);
	Day day = next_opening(desk, due + 1);

	return day == 0 || write_overdue(desk, item, due, day, error);
}

/* One of the reminders before the due date, unless its time is past. */
static gboolean
write_reminder(const Desk *desk, const Case *item, Day due, int before, GError **error)
{
	Day day = calendar_working_day(desk->router->calendar, due, -before, NULL);
	gint64 at = day != 0 ? remind_opening(desk->router, day) : 0;

	return at <= desk->now || owe_reminder(desk, item, at, error);
}

gboolean
remind_case(const Desk *desk, const Case *item, GError **error)
{
	const ClockRule *rule = &desk->router->clock;
	Day due = day_parse(item->due_on);

	if (!remind_case_over(desk, item, "renewed", error))
		return FALSE;
	for (guint i = 0; i < rule->n_reminders; i++)
		if (!write_reminder(desk, item, due, rule->reminders[i], error))
			return FALSE;
	return remind_overdue(desk, item, error);
}
