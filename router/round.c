#include "round.h"

#include "alarm.h"
#include "clock.h"
#include "digest.h"
#include "event.h"
#include "mark.h"
#include "notice.h"
#include "owe-clock.h"
#include "program.h"
#include "recount.h"
#include "remind.h"

#define MINUTE 60
#define HOUR 3600
#define BATCH 100
/* A silence of the router this long is an outage. */
#define GAP (2 * HOUR)
/* The law gives a refusal, a forward and the notice of an extension three working days
 * (APPC art. 64 (7), 65, 76 (3)); the administrator hears on the second. */
#define LEGAL_DAYS 2

/* The working day that many before today; 0 beyond the calendar. */
static Day
days_ago(const Desk *desk, int count)
{
	const Router *router = desk->router;

	return calendar_working_day(router->calendar,
	    day_of_instant(desk->now, router->zone, NULL), -count, NULL);
}

/* --- an outage --- */

/* Which due dates ended while nobody looked. */
static gboolean
tell_missed(const Desk *desk, Day from, Day until, GError **error)
{
	g_autofree char *first = day_format(from), *last = day_format(until - 1);
	g_autoptr(GArray) cases =
	    store_cases_due_between(desk->store, first, last, error);

	for (guint i = 0; cases != NULL && i < cases->len; i++)
		if (!store_event(desk->store, desk->now, "gap-due",
			(EventAbout){ .case_id = g_array_index(cases, gint64, i) }, error,
			NULL))
			return FALSE;
	return cases != NULL;
}

static gboolean
tell_gap(const Desk *desk, gint64 since, GError **error)
{
	const Router *router = desk->router;
	g_autofree char *from = clock_format(since), *until = clock_format(desk->now);
	g_autofree char *late = NULL;
	gint64 notices;

	if (!store_notices_due_between(desk->store, since, desk->now, &notices, error))
		return FALSE;
	late = g_strdup_printf("%" G_GINT64_FORMAT, notices);
	g_message("nobody kept the clock from %s to %s: %s notices go out late", from,
	    until, late);
	return store_event(desk->store, desk->now, "gap", (EventAbout){ 0 }, error,
		   "from", from, "until", until, "late", late, NULL) &&
	    tell_missed(desk, day_of_instant(since, router->zone, NULL),
		day_of_instant(desk->now, router->zone, NULL), error);
}

/* The hour's mark, by which the next start knows how long it was quiet. */
static gboolean
watch_gap(const Desk *desk, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	gint64 since;

	if (!store_mark(desk->store, "round", NULL, &since, error))
		return FALSE;
	if (since != 0 && desk->now < since + HOUR)
		return TRUE;
	txn = store_begin(desk->store, error);
	return txn != NULL &&
	    (since == 0 || desk->now < since + GAP || tell_gap(desk, since, error)) &&
	    store_mark_set(desk->store, "round", "", desk->now, error) &&
	    store_commit(txn, error);
}

/* --- overdue cases --- */

static gboolean
write_overdue(const Desk *desk, GPtrArray *cases, GError **error)
{
	g_autoptr(Txn) txn = store_begin(desk->store, error);

	if (txn == NULL)
		return FALSE;
	for (guint i = 0; i < cases->len; i++)
		if (!remind_overdue(desk, cases->pdata[i], error))
			return FALSE;
	return store_commit(txn, error);
}

/* The last overdue mail has gone and the case is still open: the next one. */
static gboolean
chase_overdue(const Desk *desk, GError **error)
{
	g_autofree char *today =
	    day_format(day_of_instant(desk->now, desk->router->zone, NULL));
	gint64 after = 0;

	while (!program_stopping()) {
		g_autoptr(GPtrArray) cases =
		    store_cases_unreminded(desk->store, today, after, BATCH, error);

		if (cases == NULL)
			return FALSE;
		if (cases->len == 0)
			return TRUE;
		after = ((Case *)cases->pdata[cases->len - 1])->id;
		if (!write_overdue(desk, cases, error))
			return FALSE;
	}
	return TRUE;
}

/* --- letters that nobody decided --- */

static gboolean
remind_held(const Desk *desk, const char *today, GError **error)
{
	const Router *router = desk->router;
	Day asked = days_ago(desk, router->clock.held_after);
	Day escalated = days_ago(desk, router->clock.held_after + LEGAL_DAYS);
	g_autoptr(Txn) txn = NULL;
	g_autofree char *since = NULL;
	Waiting waiting = { 0 };
	gint64 received_at;

	if (asked == 0 ||
	    !store_letters_waiting(desk->store, day_instant(asked + 1, 0, router->zone),
		&waiting.count, &waiting.urgent, &waiting.oldest, &received_at, error))
		return asked == 0;
	txn = store_begin(desk->store, error);
	if (txn == NULL || !store_mark_set(desk->store, "held", today, desk->now, error))
		return FALSE;
	if (waiting.count > 0) {
		Day oldest = day_of_instant(received_at, router->zone, NULL);

		waiting.since = since = day_format(oldest);
		if (!owe_held_reminder(desk, &waiting, FALSE, error) ||
		    (oldest <= escalated &&
			!owe_held_reminder(desk, &waiting, TRUE, error)))
			return FALSE;
	}
	return store_commit(txn, error);
}

/* --- notices of the law --- */

static gboolean
watch_legal(const Desk *desk, GError **error)
{
	Day day = days_ago(desk, LEGAL_DAYS);
	g_autofree char *detail = NULL;
	gint64 late = 0;

	if (day != 0 &&
	    !store_notices_stuck(
		desk->store, day_instant(day + 1, 0, desk->router->zone), &late, error))
		return FALSE;
	if (late == 0)
		return store_alarm_clear(desk->store, "legal-notice", desk->now, error);
	detail = g_strdup_printf("%" G_GINT64_FORMAT
				 " notices that the law wants within three working days "
				 "are not delivered after %d; see rector-queue list "
				 "--tasks and the alarms about SMTP",
	    late, LEGAL_DAYS);
	return store_alarm_raise(desk->store, "legal-notice", detail, desk->now, error);
}

/* --- once a working day --- */

typedef gboolean (*Daily)(const Desk *desk, const char *today, GError **error);

/* The Monday before or on a day; 0 for no day. */
static Day
monday_of(Day day)
{
	return day == 0 ? 0 : day - (Day)(day_weekday(day) - G_DATE_MONDAY);
}

/* Does it from that minute of a working day on, unless it was done today; `weekly`: this
 * week, so that a holiday on Monday puts it off to Tuesday. */
static gboolean
once_a_day(const Desk *desk, const char *mark, int from, gboolean weekly, Daily work,
    GError **error)
{
	const Router *router = desk->router;
	int seconds;
	Day day = day_of_instant(desk->now, router->zone, &seconds), last;
	g_autofree char *today = day_format(day), *done = NULL;

	if (seconds < from * 60 || !calendar_covers(router->calendar, day, NULL) ||
	    !calendar_is_working_day(router->calendar, day))
		return TRUE;
	if (!store_mark(desk->store, mark, &done, NULL, error))
		return FALSE;
	last = done != NULL ? day_parse(done) : 0;
	if (weekly ? monday_of(last) >= monday_of(day) : last >= day)
		return TRUE;
	return work(desk, today, error);
}

gboolean
round_pass(Store *store, const Router *router, gint64 now, gint64 *next, GError **error)
{
	const Desk desk = { .router = router, .store = store, .now = now };

	if (now < *next)
		return TRUE;
	*next = now + MINUTE;
	return watch_gap(&desk, error) && recount_if_changed(&desk, error) &&
	    chase_overdue(&desk, error) && watch_legal(&desk, error) &&
	    once_a_day(
		&desk, "held", router->clock.office_from, FALSE, remind_held, error) &&
	    once_a_day(&desk, "digest", router->clock.digest, FALSE, digest_day, error) &&
	    once_a_day(&desk, "report", router->clock.report, TRUE, digest_week, error);
}
