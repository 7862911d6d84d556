/* What the moderator and the administrator hear: letters that are stuck, alarms, and the
 * end of the calendar. */
#include "alarm.h"
#include "clock.h"
#include "route-house.h"

/* --- stuck letters and alarms --- */

static void
test_stuck(House *house, gconstpointer data)
{
	g_autoptr(GArray) claimed = NULL;
	g_autofree char *list = NULL, *after = NULL, *state = NULL;
	gint64 id = receive(house, NOW, TRUE, 1);

	claimed = store_letters_claim(house->classifier, 10, 3, NOW, NULL);
	g_assert_true(
	    store_letter_fail(house->classifier, id, "crashed", TRUE, NOW, NULL));
	pass_at(house, NOW);
	pass_at(house, NOW + 60);
	list = owed(house);
	g_assert_cmpstr(list, ==, "stuck moderator moderator@" DOMAIN " ru");

	/* the moderator read it on the server, and accepts it */
	decide(house, id, OUTCOME_ACCEPT, -1, TOPIC_SOCIAL, NULL);
	pass_at(house, NOW + 120);

	after = owed(house);
	state = state_of(house, id);
	g_assert_cmpstr(state, ==, "routed");
	g_assert_cmpstr(after, ==,
	    "stuck moderator moderator@" DOMAIN " ru\nforward official campus@" DOMAIN
	    " kk");
}

static void
test_alarms(House *house, gconstpointer data)
{
	g_autofree char *raised = NULL, *over = NULL;
	g_autoptr(GPtrArray) all = NULL;
	const Notice *first, *second;

	g_assert_true(
	    store_alarm_raise(house->fetcher, "imap-login", "refused", NOW, NULL));
	pass_at(house, NOW);
	pass_at(house, NOW + 60);
	raised = owed(house);
	g_assert_cmpstr(raised, ==, ALARM_NOTICE);
	g_assert_true(store_alarm_clear(house->fetcher, "imap-login", NOW + 90, NULL));
	pass_at(house, NOW + 120);
	pass_at(house, NOW + 180);
	over = owed(house);
	g_assert_cmpstr(over, ==, ALARM_NOTICE "\n" ALARM_NOTICE);

	all = notices(house);
	first = g_ptr_array_index(all, 0);
	second = g_ptr_array_index(all, 1);
	g_assert_cmpstr(first->references, ==, second->references);
	g_assert_cmpstr(first->facts, ==,
	    "{\"alarm\":\"imap-login\",\"detail\":\"refused\",\"raised_at\":1774000800}");
	g_assert_cmpstr(second->facts, ==,
	    "{\"alarm\":\"imap-login\",\"detail\":\"refused\",\"raised_at\":1774000800,"
	    "\"cleared_at\":1774000890}");
}

/* While mails don't leave, none can tell of it; an open breaker lets alarms pass.  One
 * that came and went is told once. */
static void
test_alarms_of_sending(House *house, gconstpointer data)
{
	g_autofree char *silent = NULL, *told = NULL;

	g_assert_true(store_alarm_raise(house->notifier, "smtp-login", "535", NOW, NULL));
	g_assert_true(store_alarm_raise(house->notifier, "breaker", "many", NOW, NULL));
	g_assert_true(store_alarm_raise(house->fetcher, "imap-silent", "x", NOW, NULL));
	g_assert_true(store_alarm_clear(house->fetcher, "imap-silent", NOW + 1, NULL));
	pass_at(house, NOW + 2);
	silent = owed(house);
	g_assert_cmpstr(
	    silent, ==, ALARM_NOTICE "\n" ALARM_NOTICE); /* breaker, imap-silent */
	g_assert_true(store_alarm_clear(house->notifier, "smtp-login", NOW + 10, NULL));
	g_assert_true(store_alarm_clear(house->notifier, "breaker", NOW + 10, NULL));
	pass_at(house, NOW + 20);
	pass_at(house, NOW + 30);

	told = owed(house);
	g_assert_cmpstr(
	    told, ==, ALARM_NOTICE "\n" ALARM_NOTICE "\n" ALARM_NOTICE "\n" ALARM_NOTICE);
}

/* --- where the calendar ends --- */

static const char year_2028[] =
    "2028-01-03\toff\tNew Year: carried over\n2028-01-04\toff\tNew Year: carried over\n"
    "2028-01-07\toff\tChristmas\n2028-03-08\toff\tWomen's "
    "Day\n2028-03-15\toff\tConstitution\n"
    "2028-03-21\toff\tNauryz\n2028-03-22\toff\tNauryz\n2028-03-23\toff\tNauryz\n"
    "2028-05-01\toff\tUnity Day\n2028-05-08\toff\tDefender Day: carried over\n"
    "2028-05-09\toff\tVictory Day\n2028-07-06\toff\tCapital "
    "Day\n2028-10-25\toff\tRepublic Day\n"
    "2028-12-18\toff\tIndependence Day: carried over\n";

static void
give_next_year(House *house)
{
	g_autofree char *old = NULL,
			*file = g_build_filename(house->folder, "days.tsv", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) days = NULL;

	g_assert_true(g_file_get_contents(DATA "/kz-days.tsv", &old, NULL, NULL));
	days = g_string_new(old);
	g_string_replace(days, ".. 2027-12-31", ".. 2028-12-31", 1);
	g_string_append(days, year_2028);
	g_assert_true(g_file_set_contents(file, days->str, -1, NULL));
	router_free(house->rules);
	house->rules = load_router(house, "[router]\ncalendar = days.tsv\n", &error);
	g_assert_no_error(error);
}

static void
test_calendar_ends(House *house, gconstpointer data)
{
	const Spec late = { .outcome = OUTCOME_ACCEPT, .no_answer = "list" };
	const Spec refused = { .outcome = OUTCOME_REJECT, .rule = RULE_FLOOD + 1 };
	Spec spec = late;
	gint64 now, first, second;
	g_autofree char *list = NULL, *before = NULL, *after = NULL, *other = NULL;
	g_autoptr(GPtrArray) on = NULL, over = NULL;

	g_assert_true(clock_parse("2027-12-20T12:00:00+05:00", &now, NULL));
	spec.received_at = now;
	first = judge(house, &spec);
	spec = refused;
	spec.received_at = now + 1;
	second = judge(house, &spec);
	pass_at(house, now + 60);
	pass_at(house, now + 120);
	before = state_of(house, first);
	other = state_of(house, second);
	on = store_alarms_on(house->queue, NULL);
	g_assert_cmpstr(before, ==, "judged");
	g_assert_cmpstr(other, ==, "closed");
	g_assert_cmpuint(on->len, ==, 1);
	g_assert_cmpstr(((const Alarm *)g_ptr_array_index(on, 0))->kind, ==, "calendar");

	give_next_year(house);
	pass_at(house, now + 180);

	after = state_of(house, first);
	over = store_alarms_on(house->queue, NULL);
	list = owed(house);
	g_assert_cmpstr(after, ==, "routed");
	g_assert_cmpuint(over->len, ==, 0);
	g_assert_cmpstr(list, ==,
	    "rejection citizen anna@student.example kk\n" ALARM_NOTICE
	    "\nforward official academic@" DOMAIN " ru\n" ALARM_NOTICE);
}

/* More letters beyond the calendar than a transaction takes don't stand in the way. */
static void
test_calendar_ends_for_many(House *house, gconstpointer data)
{
	Spec spec = { .outcome = OUTCOME_ACCEPT };
	g_autofree char *list = NULL;
	gint64 now;

	g_assert_true(clock_parse("2027-12-20T12:00:00+05:00", &now, NULL));
	spec.received_at = now;
	judge_many(house, &spec, 230);
	spec = (Spec){ .outcome = OUTCOME_REJECT,
		.rule = RULE_FLOOD + 1,
		.received_at = now + 500 };
	judge(house, &spec);
	pass_at(house, now + 600);
	list = owed(house);
	g_assert_cmpstr(
	    list, ==, "rejection citizen anna@student.example kk\n" ALARM_NOTICE);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	/* warnings are part of what is tested: letters beyond the calendar */
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
	ADD("/router/route/stuck", test_stuck);
	ADD("/router/route/alarms", test_alarms);
	ADD("/router/route/alarms-of-sending", test_alarms_of_sending);
	ADD("/router/route/calendar-ends", test_calendar_ends);
	ADD("/router/route/calendar-ends-for-many", test_calendar_ends_for_many);
	return g_test_run();
}
