/* What a person's word makes of a letter that was held, and who stands in for whom. */
#include "case.h"
#include "clock.h"
#include "route-house.h"

static void
test_decided_topic(House *house, gconstpointer data)
{
	const Spec unsure = { .outcome = OUTCOME_ACCEPT, .unsure = TRUE };
	gint64 id = judge(house, &unsure);
	g_autofree char *list = NULL;

	pass_at(house, NOW);
	decide(house, id, OUTCOME_ACCEPT, -1, TOPIC_SOCIAL, NULL);
	pass_at(house, NOW + 200);

	list = owed(house);
	g_assert_cmpstr(list, ==,
	    HELD_NOTICE "\nforward official campus@" DOMAIN " kk\n"
			"acknowledgement citizen anna@student.example kk");
}

/* Accepting a complaint does not send it to him; naming the official does. */
static void
test_decided_complaint(House *house, gconstpointer data)
{
	const Spec complaint = { .outcome = OUTCOME_ACCEPT,
		.text = "Жалоба на проректора по учебной работе." };
	gint64 id = judge(house, &complaint);
	g_autofree char *still = NULL, *list = NULL, *state = NULL;
	g_autoptr(Case) item = NULL;

	pass_at(house, NOW);
	decide(house, id, OUTCOME_ACCEPT, -1, -1, NULL);
	pass_at(house, NOW + 200);
	still = owed(house);
	g_assert_cmpstr(still, ==, HELD_NOTICE "\n" HELD_NOTICE);
	decide(house, id, OUTCOME_ACCEPT, -1, -1, "campus");
	pass_at(house, NOW + 300);

	list = owed(house);
	state = state_of(house, id);
	item = store_case_by_number(house->queue, "2026-000001", NULL);
	g_assert_cmpstr(state, ==, "routed");
	g_assert_cmpstr(list, ==,
	    HELD_NOTICE "\n" HELD_NOTICE "\nforward official campus@" DOMAIN " kk\n"
			"acknowledgement citizen anna@student.example kk");
	g_assert_cmpstr(item->official_why, ==,
	    "{\"topic\":\"academic\",\"reason\":\"a person named the official\","
	    "\"decided_by\":\"moderator\",\"weights\":{\"academic\":0.5}}");
}

static void
test_decided_against_rule(House *house, gconstpointer data)
{
	const Spec complaint = { .outcome = OUTCOME_ACCEPT,
		.text = "Жалоба на проректора по учебной работе." };
	gint64 id = judge(house, &complaint);
	g_autofree char *list = NULL;

	pass_at(house, NOW);
	decide(house, id, OUTCOME_ACCEPT, -1, -1, "academic");
	pass_at(house, NOW + 200);

	list = owed(house);
	g_assert_true(g_str_has_prefix(
	    list, HELD_NOTICE "\nforward official academic@" DOMAIN " ru\n"));
}

static void
test_decided_unknown_official(House *house, gconstpointer data)
{
	const Spec held = { .outcome = OUTCOME_HOLD };
	gint64 id = judge(house, &held);
	g_autofree char *detail = NULL, *state = NULL;

	pass_at(house, NOW);
	decide(house, id, OUTCOME_ACCEPT, -1, -1, "nobody");
	pass_at(house, NOW + 200);

	detail = last_event(house, "held");
	state = state_of(house, id);
	g_assert_cmpstr(state, ==, "held");
	g_assert_cmpstr(detail, ==, "{\"why\":\"official\"}");
}

/* A person who refuses an advertisement wants it told; one who names no paragraph is
 * asked. */
static void
test_decided_rejections(House *house, gconstpointer data)
{
	const Spec advert = { .outcome = OUTCOME_HOLD, .rule = RULE_COMMERCIAL + 1 };
	const Spec plain = { .outcome = OUTCOME_HOLD };
	gint64 first = judge(house, &advert), second = judge(house, &plain);
	g_autofree char *list = NULL, *state = NULL;

	pass_at(house, NOW);
	decide(house, first, OUTCOME_REJECT, RULE_COMMERCIAL, -1, NULL);
	decide(house, second, OUTCOME_REJECT, -1, -1, NULL);
	pass_at(house, NOW + 200);

	list = owed(house);
	state = state_of(house, second);
	g_assert_cmpstr(list, ==,
	    HELD_NOTICE "\n" HELD_NOTICE
			"\nrejection citizen anna@student.example kk\n" HELD_NOTICE);
	g_assert_cmpstr(state, ==, "held");
}

/* --- deputies --- */

static const struct {
	const char *label, *now, *text, *owed;
} deputies[] = {
	{ "the day before", "2026-06-30T23:59:59+05:00", NULL,
	    "forward official academic@" DOMAIN " ru" },
	{ "the first day", "2026-07-01T00:00:00+05:00", NULL,
	    "forward official campus@" DOMAIN " kk" },
	{ "the last day", "2026-07-31T23:59:59+05:00", NULL,
	    "forward official campus@" DOMAIN " kk" },
	{ "the day after", "2026-08-01T00:00:00+05:00", NULL,
	    "forward official academic@" DOMAIN " ru" },
	{ "a complaint of him for whom he stands in", "2026-07-10T12:00:00+05:00",
	    "Ахметов С.Б. вымогает деньги.", HELD_NOTICE },
	{ "a complaint of the deputy", "2026-07-10T12:00:00+05:00",
	    "Токтаров Е.Ж. вымогает деньги.", HELD_NOTICE },
};

static void
test_deputies(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(deputies); i++) {
		House house = { 0 };
		Spec spec = { .outcome = OUTCOME_ACCEPT,
			.no_answer = "list",
			.text = deputies[i].text };
		g_autofree char *list = NULL;
		gint64 now;

		g_test_message("%s", deputies[i].label);
		set_up(&house, NULL);
		g_assert_true(clock_parse(deputies[i].now, &now, NULL));
		judge(&house, &spec);

		pass_at(&house, now);

		list = owed(&house);
		g_assert_cmpstr(list, ==, deputies[i].owed);
		tear_down(&house, NULL);
	}
}

static void
test_deputy_is_explained(House *house, gconstpointer data)
{
	const Spec spec = { .outcome = OUTCOME_ACCEPT };
	g_autoptr(Case) item = NULL;
	gint64 now;

	g_assert_true(clock_parse("2026-07-10T12:00:00+05:00", &now, NULL));
	judge(house, &spec);
	pass_at(house, now);
	item = store_case_by_number(house->queue, "2026-000001", NULL);
	g_assert_cmpstr(item->official_why, ==,
	    "{\"topic\":\"academic\",\"second\":\"general\",\"reason\":\"the topic is "
	    "the "
	    "official's\",\"deputy_for\":\"academic\",\"deputy_until\":\"2026-07-31\","
	    "\"weights\":{\"academic\":0.5}}");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	/* warnings are part of what is tested: letters beyond the calendar */
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
	ADD("/router/route/decided-topic", test_decided_topic);
	ADD("/router/route/decided-complaint", test_decided_complaint);
	ADD("/router/route/decided-against-rule", test_decided_against_rule);
	ADD("/router/route/decided-unknown-official", test_decided_unknown_official);
	ADD("/router/route/decided-rejections", test_decided_rejections);
	g_test_add_func("/router/route/deputies", test_deputies);
	ADD("/router/route/deputy-is-explained", test_deputy_is_explained);
	return g_test_run();
}
