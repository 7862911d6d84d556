/* What time alone brings about: reminders written ahead, overdue cases, letters nobody
 * decided, an outage, a calendar that changes, digest and report. */
#include "mark.h"
#include "recount.h"
#include "remind.h"
#include "round.h"
#include "route-house.h"

#define DUE_0415 "2026-04-15"

static gint64
at(const char *local)
{
	g_autofree char *text = g_strconcat(local, "+05:00", NULL);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

	g_assert_nonnull(time);
	return g_date_time_to_unix(time);
}

/* A case due on 15 April 2026, with its reminders. */
static Case *
open_case(House *house)
{
	const Desk desk = { house->rules, house->router, NOW };
	g_autoptr(GError) error = NULL;
	Case *item;

	judge(house, &(Spec){ .outcome = OUTCOME_ACCEPT, .topic = TOPIC_ACADEMIC });
	pass_at(house, NOW);
	item = store_case_by_number(house->queue, "2026-000001", &error);
	g_assert_no_error(error);
	g_assert_cmpstr(item->due_on, ==, DUE_0415);
	remind_case(&desk, item, &error);
	g_assert_no_error(error);
	return item;
}

static void
round_at(House *house, const char *local)
{
	g_autoptr(GError) error = NULL;
	gint64 next = 0;

	round_pass(house->router, house->rules, at(local), &next, &error);
	g_assert_no_error(error);
}

/* The notices of the clock that wait: "reminder official 2026-04-08 09:00", a line each.
 */
static char *
ahead(House *house)
{
	g_autoptr(GPtrArray) all =
	    store_notices_due(house->notifier, G_MAXINT64 / 2, 1000, NULL);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = all->pdata[i];
		g_autoptr(GDateTime) utc =
		    g_date_time_new_from_unix_utc(notice->not_before);
		g_autoptr(GDateTime) local =
		    g_date_time_to_timezone(utc, house->rules->zone);
		g_autofree char *when = g_date_time_format(local, "%F %H:%M");

		if (notice->series != NULL)
			g_string_append_printf(
			    text, "%s %s %s\n", notice->kind, notice->role, when);
	}
	return g_string_free(text, FALSE);
}

/* Everything that is due goes out; returns the kinds that went, by blanks, but for the
 * digest and the report. */
static char *
deliver(House *house, const char *local)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) due = NULL;
	GString *kinds = g_string_new(NULL);
	guint late;

	store_notices_overtaken(house->notifier, at(local), &late, &error);
	due = store_notices_due(house->notifier, at(local), 1000, &error);
	for (guint i = 0; i < due->len; i++) {
		Notice *notice = due->pdata[i];
		DeliveryResult result = { .notice = notice->id,
			.outcome = DELIVERY_SENT };

		g_assert_true(store_deliveries_begin(house->notifier, &notice, 1,
				  at(local), &result.delivery, &error) &&
		    store_deliveries_end(house->notifier, &result, 1, at(local), &error));
		if (g_str_equal(notice->kind, "digest") ||
		    g_str_equal(notice->kind, "report"))
			continue;
		g_string_append_printf(kinds, "%s%s>%s", kinds->len > 0 ? " " : "",
		    notice->kind, notice->role);
	}
	g_assert_no_error(error);
	return g_string_free(kinds, FALSE);
}

static void
assert_ahead(House *house, const char *expected)
{
	g_autofree char *list = ahead(house);

	g_assert_cmpstr(list, ==, expected);
}

static void
assert_delivers(House *house, const char *local, const char *expected)
{
	g_autofree char *kinds = deliver(house, local);

	g_test_message("%s", local);
	g_assert_cmpstr(kinds, ==, expected);
}

static gboolean
has_event(House *house, const char *kind)
{
	g_autofree char *detail = last_event(house, kind);

	return detail != NULL;
}

static void
test_written_ahead(House *house, gconstpointer data)
{
	G_GNUC_UNUSED g_autoptr(Case) item = open_case(house);

	assert_ahead(house,
	    "reminder official 2026-04-08 09:00\n"
	    "reminder official 2026-04-13 09:00\n"
	    "reminder official 2026-04-15 09:00\n"
	    "overdue official 2026-04-16 09:00\n"
	    "overdue moderator 2026-04-16 09:00\n");
}

static void
test_renewed(House *house, gconstpointer data)
{
	g_autoptr(Case) item = open_case(house);
	const Step step = { .who = "academic", .text = "facts" };
	const Desk desk = { house->rules, house->router, at("2026-04-14T12:00:00") };
	g_autoptr(GError) error = NULL;

	store_case_extend(house->router, item, "2026-04-17", "2026-04-14", "2026-06-15",
	    &step, desk.now, &error);
	g_assert_no_error(error);
	g_assert_true(remind_case(&desk, item, &error));

	/* what was five working days before is past */
	assert_ahead(house,
	    "reminder official 2026-04-15 09:00\n"
	    "reminder official 2026-04-17 09:00\n"
	    "overdue official 2026-04-20 09:00\n"
	    "overdue moderator 2026-04-20 09:00\n");

	g_assert_true(remind_case_over(&desk, item, "answered", &error));
	assert_ahead(house, "");
}

static void
test_overdue_each_day(House *house, gconstpointer data)
{
	G_GNUC_UNUSED g_autoptr(Case) item = open_case(house);
	static const struct {
		const char *now, *sent;
	} days[] = {
		{ "2026-04-08T09:00:00",
		    "forward>official acknowledgement>citizen "
		    "reminder>official" },
		{ "2026-04-13T09:00:00", "reminder>official" },
		{ "2026-04-15T09:00:00", "reminder>official" },
		{ "2026-04-16T09:00:00", "overdue>official overdue>moderator" },
		{ "2026-04-17T09:00:00", "overdue>official overdue>moderator" },
		{ "2026-04-18T12:00:00", "" }, /* Saturday */
		{ "2026-04-20T09:00:00",
		    "overdue>official overdue>moderator escalation>office" },
		{ "2026-04-21T09:00:00",
		    "overdue>official overdue>moderator escalation>office" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
		assert_delivers(house, days[i].now, days[i].sent);
		round_at(house, days[i].now);
		round_at(house, days[i].now);
		assert_delivers(house, days[i].now, "");
	}
}

static void
test_outage(House *house, gconstpointer data)
{
	G_GNUC_UNUSED g_autoptr(Case) item = open_case(house);
	g_autofree char *gap = NULL, *missed = NULL;

	round_at(house, "2026-04-07T20:00:00");
	assert_delivers(
	    house, "2026-04-07T20:00:00", "forward>official acknowledgement>citizen");
	/* the house was dark from the 7th to the 22nd */
	round_at(house, "2026-04-22T11:30:00");
	gap = last_event(house, "gap");
	missed = last_event(house, "gap-due");
	g_assert_cmpstr(gap, ==,
	    "{\"from\":\"2026-04-07T15:00:00Z\",\"until\":\"2026-04-22T06:30:00Z\","
	    "\"late\":\"5\"}");
	g_assert_nonnull(missed);
	assert_delivers(
	    house, "2026-04-22T11:30:00", "overdue>official overdue>moderator");
	round_at(house, "2026-04-22T11:31:00");
	assert_delivers(house, "2026-04-22T18:00:00", "");
	assert_delivers(house, "2026-04-23T09:00:00",
	    "overdue>official overdue>moderator escalation>office");
}

static void
test_no_gap_within_the_hour(House *house, gconstpointer data)
{
	round_at(house, "2026-04-22T08:00:00");
	round_at(house, "2026-04-22T08:59:00");
	round_at(house, "2026-04-22T09:59:00");
	g_assert_false(has_event(house, "gap"));
}

static guint
count_owed(House *house, const char *what)
{
	g_autofree char *list = owed(house);
	g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
	guint count = 0;

	for (char **line = lines; *line != NULL; line++)
		count += g_str_has_prefix(*line, what);
	return count;
}

static void
test_held(House *house, gconstpointer data)
{
	gint64 id = judge(house, &(Spec){ .outcome = OUTCOME_HOLD, .urgent = TRUE });

	pass_at(house, NOW); /* Friday before Nauryz */
	round_at(house, "2026-03-26T08:59:00");
	g_assert_cmpuint(count_owed(house, "held-reminder moderator"), ==, 0);
	round_at(house, "2026-03-26T09:00:00");
	round_at(house, "2026-03-26T15:00:00");
	g_assert_cmpuint(count_owed(house, "held-reminder moderator"), ==, 1);
	round_at(house, "2026-03-27T09:00:00");
	round_at(house, "2026-03-28T09:00:00"); /* Saturday */
	g_assert_cmpuint(count_owed(house, "held-reminder moderator"), ==, 2);
	g_assert_cmpuint(count_owed(house, "held-reminder office"), ==, 0);
	round_at(house, "2026-03-30T09:00:00");
	g_assert_cmpuint(count_owed(house, "held-reminder moderator"), ==, 3);
	g_assert_cmpuint(count_owed(house, "held-reminder office"), ==, 1);

	decide(house, id, OUTCOME_ACCEPT, -1, TOPIC_SOCIAL, NULL);
	round_at(house, "2026-03-31T09:00:00");
	g_assert_cmpuint(count_owed(house, "held-reminder"), ==, 4);
}

static void
test_legal_notices(House *house, gconstpointer data)
{
	judge(house, &(Spec){ .outcome = OUTCOME_REJECT, .rule = RULE_OBSCENE + 1 });
	pass_at(house, NOW);
	round_at(house, "2026-03-26T18:00:00"); /* the first working day after */
	g_assert_false(has_event(house, "alarm"));
	round_at(house, "2026-03-27T09:00:00");
	g_assert_true(has_event(house, "alarm"));
	assert_delivers(house, "2026-03-27T09:01:00", "rejection>citizen");
	round_at(house, "2026-03-27T09:02:00");
	g_assert_true(has_event(house, "alarm-over"));
}

/* The calendar with one more day off before the due date. */
static char *
changed_calendar(House *house)
{
	g_autofree char *days = NULL, *changed = NULL;
	char *file = g_build_filename(house->folder, "days.tsv", NULL);
	const char *after = "2026-05-01\t";
	char *place;

	g_assert_true(g_file_get_contents(DATA "/kz-days.tsv", &days, NULL, NULL));
	place = strstr(days, after);
	g_assert_nonnull(place);
	*place = '\0';
	changed = g_strdup_printf("%s2026-04-10\toff\tmoved rest day\tdecree\n%s%s", days,
	    after, place + strlen(after));
	g_assert_true(g_file_set_contents(file, changed, -1, NULL));
	return file;
}

static void
test_recount(House *house, gconstpointer data)
{
	g_autoptr(Case) before = open_case(house), after = NULL;
	g_autofree char *file = NULL, *setting = NULL, *step = NULL;
	g_autoptr(GError) error = NULL;

	round_at(house, "2026-03-27T10:00:00");
	g_assert_cmpuint(count_owed(house, "term-changed"), ==, 0);
	file = changed_calendar(house);
	setting = g_strdup_printf("[router]\ncalendar = %s\n", file);
	router_free(house->rules);
	house->rules = load_router(house, setting, &error);
	g_assert_no_error(error);

	round_at(house, "2026-03-27T10:01:00");
	round_at(house, "2026-03-27T10:02:00");
	after = store_case_get(house->queue, before->id, NULL);
	g_assert_cmpstr(after->due_on, ==, "2026-04-16");
	g_assert_cmpint(after->sequence, ==, before->sequence + 1);
	g_assert_cmpuint(count_owed(house, "term-changed official"), ==, 1);
	g_assert_cmpuint(count_owed(house, "term-changed citizen"), ==, 1);
	step = last_event(house, "recount");
	g_assert_nonnull(step);
	assert_ahead(house,
	    "reminder official 2026-04-08 09:00\n"
	    "reminder official 2026-04-14 09:00\n"
	    "reminder official 2026-04-16 09:00\n"
	    "overdue official 2026-04-17 09:00\n"
	    "overdue moderator 2026-04-17 09:00\n");
}

static void
test_digest(House *house, gconstpointer data)
{
	G_GNUC_UNUSED g_autoptr(Case) item = open_case(house);
	g_autoptr(GPtrArray) all = NULL;
	const Notice *digest = NULL, *report = NULL;

	round_at(house, "2026-04-06T08:30:00"); /* a Monday: begins to count */
	g_assert_cmpuint(count_owed(house, "digest"), ==, 0);
	judge(house, &(Spec){ .outcome = OUTCOME_REJECT, .rule = RULE_OBSCENE + 1 });
	pass_at(house, NOW);
	round_at(house, "2026-04-13T08:29:00"); /* Monday */
	g_assert_cmpuint(count_owed(house, "digest"), ==, 0);
	round_at(house, "2026-04-13T08:30:00");
	round_at(house, "2026-04-13T12:00:00");
	g_assert_cmpuint(count_owed(house, "digest moderator"), ==, 1);
	g_assert_cmpuint(count_owed(house, "report office"), ==, 1);
	round_at(house, "2026-04-14T08:30:00");
	g_assert_cmpuint(count_owed(house, "digest moderator"), ==, 2);
	g_assert_cmpuint(count_owed(house, "report office"), ==, 1);

	all = notices(house);
	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = all->pdata[i];

		if (g_str_equal(notice->kind, "digest"))
			digest = notice;
		if (g_str_equal(notice->kind, "report"))
			report = notice;
	}
	g_assert_true(digest != NULL && report != NULL);
	g_assert_cmpstr(report->facts, ==,
	    "{\"day\":\"2026-04-13\",\"received\":1,\"accepted\":0,\"rejected\":1,"
	    "\"ignored\":0,\"answered\":0,\"late\":0,\"extended\":0,\"grounds\":{"
	    "\"obscene\":1},"
	    "\"held\":0,\"urgent\":0,\"tasks\":0,\"approvals_count\":0,\"approvals\":[],"
	    "\"open\":1,\"due_count\":1,\"due\":[{\"number\":\"2026-000001\",\"due\":"
	    "\"2026-04-15\",\"official\":\"academic\"}],\"overdue_count\":0,\"overdue\":"
	    "[]}");
	g_assert_nonnull(strstr(digest->facts, "\"received\":0"));
}

static void
test_report_after_holiday(House *house, gconstpointer data)
{
	round_at(house, "2026-03-02T08:30:00"); /* a Monday: begins to count */
	round_at(house, "2026-03-09T12:00:00"); /* off: Women's Day carried over */
	g_assert_cmpuint(count_owed(house, "report"), ==, 0);
	round_at(house, "2026-03-10T08:30:00");
	round_at(house, "2026-03-11T08:30:00");
	g_assert_cmpuint(count_owed(house, "report office"), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("/clock/reminders are written ahead", test_written_ahead);
	ADD("/clock/reminders are written anew when the case changes", test_renewed);
	ADD("/clock/overdue is told each working day", test_overdue_each_day);
	ADD("/clock/after an outage one late reminder", test_outage);
	ADD("/clock/a quiet hour is no outage", test_no_gap_within_the_hour);
	ADD("/clock/a held letter is not forgotten", test_held);
	ADD("/clock/a refusal that does not leave is told", test_legal_notices);
	ADD("/clock/a changed calendar moves the due dates", test_recount);
	ADD("/clock/digest and report", test_digest);
	ADD("/clock/a report after a holiday", test_report_after_holiday);
	return g_test_run();
}
