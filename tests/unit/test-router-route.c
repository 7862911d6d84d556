/* What becomes of each letter, over a real store: the moves, exactly the notices owed,
 * and nothing twice. */
#include "alarm.h"
#include "case.h"
#include "fault.h"
#include "message-id.h"
#include "route-house.h"

/* --- what becomes of a letter --- */

static const struct {
	const char *label;
	Spec spec;
	const char *state, *owed, *event, *detail;
} outcomes[] = {
	{ "accepted",
	    { .outcome = OUTCOME_ACCEPT, .topic = TOPIC_SOCIAL, .language = LANGUAGE_RU },
	    "routed",
	    "forward official campus@" DOMAIN " kk\n"
	    "acknowledgement citizen anna@student.example ru",
	    "opened",
	    "{\"number\":\"2026-000001\",\"official\":\"campus\",\"topic\":\"social\","
	    "\"registered\":\"2026-03-20\",\"due\":\"2026-04-15\",\"calendar\":\"%s\"}" },
	{ "accepted, no answer wanted",
	    { .outcome = OUTCOME_ACCEPT,
		.topic = TOPIC_RESEARCH,
		.no_answer = "noreply" },
	    "routed", "forward official academic@" DOMAIN " ru", "no-notice",
	    "{\"notice\":\"acknowledgement\",\"why\":\"noreply\"}" },
	{ "accepted, an address that is none",
	    { .outcome = OUTCOME_ACCEPT, .from = "a@b.example>\r\nBcc: x@y.example" },
	    "routed", "forward official academic@" DOMAIN " ru", "no-notice",
	    "{\"notice\":\"acknowledgement\",\"why\":\"no-address\"}" },
	{ "accepted, not sure of the topic",
	    { .outcome = OUTCOME_ACCEPT, .unsure = TRUE }, "held", HELD_NOTICE, "held",
	    "{\"why\":\"topic\"}" },
	{ "accepted, a complaint of the official",
	    { .outcome = OUTCOME_ACCEPT,
		.text = "Проректор Ахметов С.Б. вымогает деньги." },
	    "held", HELD_NOTICE, "held", "{\"why\":\"complaint-of-official\"}" },
	{ "accepted, a complaint of another official",
	    { .outcome = OUTCOME_ACCEPT, .text = "Токтаров Е.Ж. вымогает деньги." },
	    "routed",
	    "forward official academic@" DOMAIN " ru\n"
	    "acknowledgement citizen anna@student.example kk",
	    NULL, NULL },
	{ "rejected",
	    { .outcome = OUTCOME_REJECT,
		.rule = RULE_CAPITALS + 1,
		.language = LANGUAGE_EN },
	    "closed", "rejection citizen anna@student.example en", "rejected", "{}" },
	{ "rejected, an advertisement",
	    { .outcome = OUTCOME_REJECT, .rule = RULE_COMMERCIAL + 1 }, "closed", "",
	    "rejected", "{\"no-notice\":\"spam\"}" },
	{ "rejected, an advertisement whose author is missing",
	    { .outcome = OUTCOME_REJECT,
		.rule = RULE_ANONYMOUS + 1,
		.more_rules = 1u << RULE_COMMERCIAL },
	    "closed", "", "rejected", "{\"no-notice\":\"spam\"}" },
	{ "rejected, forged",
	    { .outcome = OUTCOME_REJECT,
		.rule = RULE_OBSCENE + 1,
		.no_answer = "forged" },
	    "closed", "", "rejected", "{\"no-notice\":\"forged\"}" },
	{ "rejected, nowhere to answer",
	    { .outcome = OUTCOME_REJECT, .rule = RULE_ANONYMOUS + 1, .from = "" },
	    "closed", "", "rejected", "{\"no-notice\":\"no-address\"}" },
	{ "to be rejected, but his mail program asks for no answers",
	    { .outcome = OUTCOME_REJECT,
		.rule = RULE_OBSCENE + 1,
		.no_answer = "suppress" },
	    "held", HELD_NOTICE, "held", "{\"why\":\"unanswerable\"}" },
	{ "held", { .outcome = OUTCOME_HOLD }, "held", HELD_NOTICE, "held",
	    "{\"why\":\"verdict\"}" },
	{ "held, urgent", { .outcome = OUTCOME_HOLD, .urgent = TRUE }, "held",
	    HELD_NOTICE, "held", "{\"why\":\"urgent\"}" },
	{ "held, too large", { .outcome = OUTCOME_HOLD, .oversize = TRUE }, "held",
	    HELD_NOTICE, "held", "{\"why\":\"oversize\"}" },
	{ "ignored, automatic",
	    { .outcome = OUTCOME_IGNORE, .kind = KIND_AUTO, .no_answer = "list" },
	    "closed", "", "ignored", "{\"no-notice\":\"list\"}" },
	{ "ignored, a bounce without marks",
	    { .outcome = OUTCOME_IGNORE, .kind = KIND_BOUNCE }, "closed", "", "ignored",
	    "{\"no-notice\":\"bounce\"}" },
};

static void
test_outcomes(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++) {
		House house = { 0 };
		g_autofree char *state = NULL, *list = NULL, *detail = NULL,
				*expected = NULL;
		gint64 id;

		g_test_message("%s", outcomes[i].label);
		set_up(&house, NULL);
		id = judge(&house, &outcomes[i].spec);

		pass_at(&house, NOW + 60);

		state = state_of(&house, id);
		list = owed(&house);
		g_assert_cmpstr(state, ==, outcomes[i].state);
		g_assert_cmpstr(list, ==, outcomes[i].owed);
		if (outcomes[i].event != NULL) {
			GString *text = g_string_new(outcomes[i].detail);

			g_string_replace(
			    text, "%s", calendar_version(house.rules->calendar), 0);
			expected = g_string_free(text, FALSE);
			detail = last_event(&house, outcomes[i].event);
			g_assert_cmpstr(detail, ==, expected);
		}
		tear_down(&house, NULL);
	}
}

/* A second pass finds nothing to do and writes nothing, whatever the first one did. */
static void
test_idle_pass_writes_nothing(House *house, gconstpointer data)
{
	gint64 version;

	for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++)
		judge(house, &outcomes[i].spec);
	g_assert_true(
	    store_alarm_raise(house->fetcher, "imap-login", "refused", NOW, NULL));
	g_assert_true(
	    store_alarm_raise(house->fetcher, "breaker", "too many", NOW, NULL));
	pass_at(house, NOW);
	version = store_data_version(house->queue);

	pass_at(house, NOW + 3600);

	g_assert_cmpint(store_data_version(house->queue), ==, version);
}

static void
test_case(House *house, gconstpointer data)
{
	const Spec spec = { .outcome = OUTCOME_ACCEPT,
		.topic = TOPIC_DIGITAL,
		.language = LANGUAGE_EN,
		.confidential = TRUE };
	gint64 id = judge(house, &spec);
	g_autoptr(Case) item = NULL;

	pass_at(house, NOW + 60);

	item = store_case_by_number(house->queue, "2026-000001", NULL);
	g_assert_nonnull(item);
	g_assert_cmpint(item->letter, ==, id);
	g_assert_cmpstr(item->state, ==, "open");
	g_assert_cmpint(item->topic, ==, TOPIC_DIGITAL);
	g_assert_cmpstr(item->official, ==, "campus");
	g_assert_cmpstr(item->official_name, ==, "Тоқтаров Ерлан Жұмабайұлы");
	g_assert_cmpstr(item->official_address, ==, "campus@" DOMAIN);
	g_assert_cmpint(item->official_language, ==, LANGUAGE_KK);
	g_assert_cmpstr(item->official_why, ==,
	    "{\"topic\":\"digital\",\"second\":\"general\",\"reason\":\"the topic is the "
	    "official's\",\"weights\":{\"digital\":0.5}}");
	g_assert_cmpint(item->received_at, ==, NOW);
	g_assert_cmpstr(item->registered_on, ==, "2026-03-20");
	g_assert_cmpstr(item->day1, ==, "2026-03-26");
	g_assert_cmpstr(item->due_on, ==, "2026-04-15");
	g_assert_true(g_str_has_prefix(item->due_why,
	    "2026-03-20 registered\n2026-03-21..2026-03-25 off Nauryz\n2026-03-26 day "
	    "1\n"));
	g_assert_cmpstr(item->calendar, ==, calendar_version(house->rules->calendar));
	g_assert_true(item->confidential);
	g_assert_cmpint(item->language, ==, LANGUAGE_EN);
	g_assert_cmpint(item->opened_at, ==, NOW + 60);
}

static void
test_threads(House *house, gconstpointer data)
{
	const Spec spec = { .outcome = OUTCOME_ACCEPT,
		.references = "<r0@x.example> broken <r1@x.example> <a b@c>" };
	const Spec nameless = { .outcome = OUTCOME_REJECT,
		.rule = RULE_FLOOD + 1,
		.message_id = "<evil@x>\r\nBcc: y@z.example" };
	g_autoptr(GPtrArray) all = NULL;
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	const Notice *forward, *acknowledgement, *rejection;

	judge(house, &spec);
	judge(house, &nameless);
	pass_at(house, NOW);
	all = notices(house);
	g_assert_cmpuint(all->len, ==, 3);
	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = g_ptr_array_index(all, i);

		g_assert_true(message_id_is_valid(notice->message_id));
		g_assert_true(g_str_has_suffix(notice->message_id, "@" DOMAIN ">"));
		g_assert_true(g_hash_table_add(ids, notice->message_id));
		g_assert_cmpint(notice->not_before, ==, NOW);
	}
	forward = g_ptr_array_index(all, 0);
	acknowledgement = g_ptr_array_index(all, 1);
	rejection = g_ptr_array_index(all, 2);
	g_assert_null(forward->in_reply_to);
	g_assert_null(forward->references);
	g_assert_cmpstr(forward->recipient_name, ==, "Ахметов Серик Болатович");
	g_assert_cmpint(forward->case_id, ==, acknowledgement->case_id);
	g_assert_cmpstr(acknowledgement->in_reply_to, ==, "<m1@student.example>");
	g_assert_cmpstr(acknowledgement->references, ==,
	    "<r0@x.example> <r1@x.example> <m1@student.example>");
	g_assert_cmpstr(acknowledgement->recipient_name, ==, "Иванова Анна");
	g_assert_null(rejection->in_reply_to);
	g_assert_null(rejection->references);
	g_assert_cmpint(rejection->case_id, ==, 0);
}

static void
test_facts(House *house, gconstpointer data)
{
	static const char *const expected[] = {
		/* forward, acknowledgement */
		"{\"topic\":\"academic\",\"second_topic\":\"general\",\"whole\":true,"
		"\"urgent\":false,\"confidential\":true,\"attachments\":1,"
		"\"calendar\":\"request\",\"sequence\":0,"
		"\"reply_to\":\"rector+c1.*@abai.example\"}",
		"{\"whole\":true,\"urgent\":false,\"confidential\":true,\"attachments\":"
		"1}",
		/* rejection: the main rule first */
		"{\"rule\":\"obscene\",\"paragraph\":\"5.3 "
		"(6)\",\"rules\":[{\"rule\":\"obscene\","
		"\"paragraph\":\"5.3 "
		"(6)\",\"score\":0.0},{\"rule\":\"anonymous\",\"paragraph\":"
		"\"5.2, "
		"5.4\",\"score\":0.0}],\"missing\":\"phone\",\"whole\":true,\"urgent\":"
		"false,"
		"\"confidential\":false,\"attachments\":1}",
		/* held: the best guess, and of whom it complains */
		"{\"why\":\"complaint-of-official\",\"guess\":\"accept\",\"topic\":"
		"\"academic\","
		"\"second_topic\":\"general\",\"official\":\"academic\",\"complains_of\":"
		"\"academic\",\"complains_how\":\"deed\",\"rules\":[],\"whole\":true,"
		"\"urgent\":true,\"confidential\":false,\"attachments\":1,"
		"\"reply_to\":\"rector+h3.*@abai.example\"}",
	};
	const Spec confidential = { .outcome = OUTCOME_ACCEPT, .confidential = TRUE };
	const Spec refused = { .outcome = OUTCOME_REJECT,
		.rule = RULE_OBSCENE + 1,
		.more_rules = 1u << RULE_ANONYMOUS,
		.missing = "phone" };
	const Spec complaint = { .outcome = OUTCOME_ACCEPT,
		.urgent = TRUE,
		.text = "Ахметов С.Б. вымогает деньги." };
	g_autoptr(GPtrArray) all = NULL;

	judge(house, &confidential);
	judge(house, &refused);
	judge(house, &complaint);
	pass_at(house, NOW);
	all = notices(house);
	g_assert_cmpuint(all->len, ==, G_N_ELEMENTS(expected));
	for (guint i = 0; i < all->len; i++) {
		g_autofree char *facts = facts_of(g_ptr_array_index(all, i));

		g_assert_cmpstr(facts, ==, expected[i]);
	}
}

/* --- many --- */

static void
test_numbers_run_on(House *house, gconstpointer data)
{
	const Spec spec = { .outcome = OUTCOME_ACCEPT, .no_answer = "list" };
	g_autoptr(GPtrArray) all = NULL;
	g_autoptr(Case) last = NULL;
	g_autoptr(Case) none = NULL;

	judge_many(house, &spec, 250);
	pass_at(house, NOW);
	all = notices(house);
	last = store_case_by_number(house->queue, "2026-000250", NULL);
	none = store_case_by_number(house->queue, "2026-000251", NULL);
	g_assert_cmpuint(all->len, ==, 250);
	g_assert_nonnull(last);
	g_assert_null(none);
}

static void
test_one_router_at_a_time(House *house, gconstpointer data)
{
	g_autoptr(Store) second = open_as(house, ROOM_ROUTER);
	g_autoptr(GError) error = NULL;

	pass_at(house, NOW);
	g_assert_false(route_pass(second, house->rules, NOW, &error));
	g_assert_error(error, FAULT, FAULT_RETRY);
}

/* --- settings --- */

static const struct {
	const char *label, *more, *expected;
} bad_settings[] = {
	{ "a term too short to have a day 1", "[router]\nterm_days = 1\n",
	    "[router] term_days:" },
	{ "an hour that is none", "[router]\nclosing = 25:00\n", "[router] closing:" },
	{ "an unknown name", "[router]\nclosing_hour = 18:00\n",
	    "[router] closing_hour:" },
	{ "a calendar that is not there", "[router]\ncalendar = none.tsv\n", "none.tsv" },
	{ "a choice that is none", "[router]\nunsure_topic = maybe\n",
	    "[router] unsure_topic:" },
	{ "words that are not there", "[router]\ncomplaint_words = none.txt\n",
	    "none.txt" },
	{ "commands that are not there", "[router]\ncommand_words = none.txt\n",
	    "none.txt" },
	{ "follow-ups that are not there", "[router]\nreply_words = none.txt\n",
	    "none.txt" },
	{ "a reply key that is not there", "[router]\nreply_key = none.key\n",
	    "none.key" },
	{ "an old key without an end", "[router]\nreply_key_old = old.key\n",
	    "[router] reply_key_old:" },
	{ "an end that is no day", "[router]\nreply_key_old_until = soon\n",
	    "[router] reply_key_old_until:" },
	{ "a form of reply address that is none", "[router]\nreply_address = minus\n",
	    "[router] reply_address:" },
};

static void
test_bad_settings(House *house, gconstpointer data)
{
	for (guint i = 0; i < G_N_ELEMENTS(bad_settings); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", bad_settings[i].label);
		g_assert_null(load_router(house, bad_settings[i].more, &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
		g_assert_nonnull(strstr(error->message, bad_settings[i].expected));
	}
}

static void
test_settings_count(House *house, gconstpointer data)
{
	const Spec spec = { .outcome = OUTCOME_ACCEPT, .unsure = TRUE };
	g_autoptr(Case) item = NULL;

	judge(house, &spec);
	pass_at(house, NOW);
	item = store_case_by_number(house->queue, "2026-000001", NULL);
	g_assert_nonnull(item);                                 /* unsure_topic = guess */
	g_assert_cmpstr(item->registered_on, ==, "2026-03-26"); /* closing = 14:59 */
	g_assert_cmpstr(item->due_on, ==, "2026-04-02");        /* term_days = 5 */
}

static const struct {
	const char *label, *id;
	gboolean valid;
} ids[] = {
	{ "plain", "<a@b.example>", TRUE },
	{ "without brackets", "a@b.example", FALSE },
	{ "without an at", "<ab>", FALSE },
	{ "nothing before the at", "<@b.example>", FALSE },
	{ "nothing behind the at", "<a@>", FALSE },
	{ "a blank", "<a b@c.example>", FALSE },
	{ "a line end", "<a@b.example\n>", FALSE },
	{ "a second bracket", "<a>@b.example>", FALSE },
	{ "not ASCII", "<ә@b.example>", FALSE },
	{ "none", NULL, FALSE },
};

static void
test_message_ids(void)
{
	g_autoptr(GString) many = g_string_new(NULL);
	g_autofree char *kept = NULL;
	g_auto(GStrv) parts = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		g_test_message("%s", ids[i].label);
		g_assert_cmpint(message_id_is_valid(ids[i].id), ==, ids[i].valid);
	}
	for (int i = 0; i < 100; i++)
		g_string_append_printf(many, "<r%d@x.example> ", i);
	kept = message_id_references(many->str, "<own@x.example>");
	parts = g_strsplit(kept, " ", -1);
	g_assert_cmpuint(g_strv_length(parts), ==, 20);
	g_assert_cmpstr(parts[0], ==, "<r0@x.example>");
	g_assert_cmpstr(parts[18], ==, "<r99@x.example>");
	g_assert_cmpstr(parts[19], ==, "<own@x.example>");
	g_assert_null(message_id_references(many->str, NULL));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	/* warnings are part of what is tested: letters beyond the calendar */
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
	g_test_add_func("/router/route/outcomes", test_outcomes);
	ADD("/router/route/idle-pass-writes-nothing", test_idle_pass_writes_nothing);
	ADD("/router/route/case", test_case);
	ADD("/router/route/threads", test_threads);
	ADD("/router/route/facts", test_facts);
	ADD("/router/route/numbers-run-on", test_numbers_run_on);
	ADD("/router/route/one-router-at-a-time", test_one_router_at_a_time);
	ADD("/router/route/bad-settings", test_bad_settings);
	g_test_add("/router/route/settings-count", House,
	    "[router]\nunsure_topic = guess\nclosing = 14:59\nterm_days = 5\n", set_up,
	    test_settings_count, tear_down);
	g_test_add_func("/router/route/message-ids", test_message_ids);
	return g_test_run();
}
