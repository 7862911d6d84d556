/* What becomes of each letter, over a real store: the moves, exactly the notices owed,
 * and nothing twice. */
#include "alarm.h"
#include "case.h"
#include "choose.h"
#include "clock.h"
#include "event.h"
#include "fault.h"
#include "message-id.h"
#include "notice.h"
#include "owe.h"
#include "route.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DATA TEST_SOURCE_ROOT "/router/data"
#define DOMAIN "abai.example"
/* Fri 20 March 2026, 15:00 in Almaty */
#define NOW G_GINT64_CONSTANT(1774000800)

static const char *const settings_text =
    "[store]\npath = rector.db\n"
    "[university]\nname.kk = КК\nname.ru = РУ\nname.en = EN\n"
    "address = rector@" DOMAIN "\nmoderator = moderator@" DOMAIN "\n"
    "administrator = admin@" DOMAIN "\n"
    "[official academic]\nname = Ахметов Серик Болатович\n"
    "post = проректор по учебной работе;vice-rector for academic affairs\n"
    "address = academic@" DOMAIN
    "\nlanguage = ru\ntopics = academic;research;international\n"
    "deputy = campus\ndeputy_from = 2026-07-01\ndeputy_until = 2026-07-31\n"
    "[official campus]\nname = Тоқтаров Ерлан Жұмабайұлы\n"
    "address = campus@" DOMAIN "\nlanguage = kk\n"
    "topics = social;infrastructure;digital;general\n";

typedef struct {
	char *folder, *path, *config;
	Store *fetcher, *classifier, *router, *notifier, *queue;
	Settings *settings;
	University university;
	Router *rules;
	gint64 uid;
} House;

static Store *
open_as(House *house, Room room)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(house->path, room, &error);

	g_assert_no_error(error);
	return store;
}

static Router *
load_router(House *house, const char *more, GError **error)
{
	g_autofree char *text = g_strconcat(settings_text, more, NULL);

	settings_group_clear(university_settings, &house->university);
	g_clear_pointer(&house->settings, settings_free);
	g_assert_true(g_file_set_contents(house->config, text, -1, NULL));
	house->settings = settings_load(house->config, NULL);
	g_assert_nonnull(house->settings);
	g_assert_true(settings_group(house->settings, "university", university_settings,
	    &house->university, NULL));
	return router_load(house->settings, &house->university, DATA, error);
}

static void
set_up(House *house, gconstpointer more)
{
	g_autoptr(GError) error = NULL;

	house->folder = g_dir_make_tmp("route-XXXXXX", NULL);
	house->path = g_build_filename(house->folder, "rector.db", NULL);
	house->config = g_build_filename(house->folder, "rector.conf", NULL);
	house->fetcher = open_as(house, ROOM_FETCHER);
	house->classifier = open_as(house, ROOM_CLASSIFIER);
	house->router = open_as(house, ROOM_ROUTER);
	house->notifier = open_as(house, ROOM_NOTIFIER);
	house->queue = open_as(house, ROOM_QUEUE);
	house->rules = load_router(house, more != NULL ? more : "", &error);
	g_assert_no_error(error);
}

static void
remove_folder(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			remove_folder(path);
		else
			g_unlink(path);
	}
	g_clear_pointer(&dir, g_dir_close);
	g_rmdir(folder);
}

static void
tear_down(House *house, gconstpointer data)
{
	router_free(house->rules);
	settings_group_clear(university_settings, &house->university);
	settings_free(house->settings);
	store_close(house->fetcher);
	store_close(house->classifier);
	store_close(house->router);
	store_close(house->notifier);
	store_close(house->queue);
	remove_folder(house->folder);
	g_free(house->folder);
	g_free(house->path);
	g_free(house->config);
}

/* --- letters --- */

typedef struct {
	Outcome outcome;
	int rule; /* one more than the Rule, so that 0 is none */
	guint32 more_rules;
	Topic topic;
	gboolean unsure, urgent, confidential, oversize;
	Kind kind;
	Language language;
	const char *subject, *text, *from, *name, *message_id, *references, *no_answer,
	    *missing;
	gint64 received_at; /* 0: NOW */
} Spec;

/* Returns the id of the first; a fresh store numbers letters as we number UIDs. */
static gint64
receive(House *house, gint64 received_at, gboolean whole, guint count)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Mailbox) mailbox = store_mailbox(house->fetcher, "import", &error);
	g_autofree Arrival *arrivals = g_new0(Arrival, count);
	Spool *spool = store_spool(house->fetcher);
	guint new = 0;

	for (guint i = 0; i < count; i++) {
		Arrival *arrival = &arrivals[i];
		g_autofree char *bytes =
		    g_strdup_printf("Letter %" G_GINT64_FORMAT, ++house->uid);

		*arrival = (Arrival){ .uid = house->uid,
			.received_at = received_at + i,
			.size = 7,
			.whole = whole };
		g_assert_true(spool_begin(spool, &error) &&
		    spool_write(spool, bytes, strlen(bytes), &error) &&
		    spool_end(spool, &arrival->place, arrival->digest, &error));
	}
	store_letters_receive(house->fetcher, mailbox->id, 1, arrivals, count, house->uid,
	    received_at, &new, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(new, ==, count);
	return arrivals[0].uid;
}

/* NULL: the usual; empty: none. */
static char *
given_or(const char *given, const char *usual)
{
	return given == NULL ? g_strdup(usual) : *given != '\0' ? g_strdup(given) : NULL;
}

static Reading *
make_reading(const Spec *spec)
{
	Reading *reading = reading_new();

	reading->subject = g_strdup(spec->subject);
	reading->text = given_or(spec->text, "Прошу помочь с расписанием.");
	reading->from_address = given_or(spec->from, "anna@student.example");
	reading->name = given_or(spec->name, "Иванова Анна");
	reading->message_id = given_or(spec->message_id, "<m1@student.example>");
	reading->references = g_strdup(spec->references);
	reading->no_answer = g_strdup(spec->no_answer);
	reading->kind = spec->kind;
	reading->language = spec->language;
	reading->confidential = spec->confidential;
	reading_add_attachment(reading, "a.pdf", "application/pdf", 10);
	return reading;
}

static Verdict *
make_verdict(const Spec *spec)
{
	Verdict *verdict = verdict_new();

	verdict->outcome = spec->outcome;
	verdict->rule = spec->rule - 1;
	verdict->rules = (spec->rule > 0 ? 1u << (spec->rule - 1) : 0) | spec->more_rules;
	verdict->topic = spec->topic;
	verdict->second_topic = TOPIC_GENERAL;
	verdict->topic_sure = !spec->unsure;
	verdict->urgent = spec->urgent;
	verdict->missing = g_strdup(spec->missing);
	verdict->version = g_strdup("test");
	verdict_add_finding(verdict, N_RULES, topic_names[spec->topic], 0.5, "стипендия",
	    "text", "it speaks for it");
	return verdict;
}

/* Letters of one kind, a second apart; returns the id of the first. */
static gint64
judge_many(House *house, const Spec *spec, guint count)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Reading) reading = make_reading(spec);
	g_autoptr(Verdict) verdict = make_verdict(spec);
	gint64 at = spec->received_at != 0 ? spec->received_at : NOW;
	gint64 id = receive(house, at, !spec->oversize, count);
	g_autoptr(GArray) claimed =
	    store_letters_claim(house->classifier, count, 3, at, &error);
	g_autoptr(Txn) txn = store_begin(house->classifier, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(claimed->len, ==, count);
	for (guint i = 0; i < count; i++) {
		gint64 letter = g_array_index(claimed, LetterBytes, i).id;

		store_letter_judge(
		    house->classifier, letter, reading, verdict, NULL, at, &error);
		g_assert_no_error(error);
	}
	g_assert_true(store_commit(txn, &error));
	return id;
}

static gint64
judge(House *house, const Spec *spec)
{
	return judge_many(house, spec, 1);
}

static void
pass_at(House *house, gint64 now)
{
	g_autoptr(GError) error = NULL;

	route_pass(house->router, house->rules, now, &error);
	g_assert_no_error(error);
}

static char *
state_of(House *house, gint64 id)
{
	g_autoptr(Letter) letter = store_letter_get(house->queue, id, NULL);

	return g_strdup(letter->state);
}

/* All notices that wait, in the order in which they were owed. */
static GPtrArray *
notices(House *house)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *due =
	    store_notices_due(house->notifier, G_MAXINT64 / 2, 10000, &error);

	g_assert_no_error(error);
	return due;
}

/* "forward official academic@abai.example ru", a line each. */
static char *
owed(House *house)
{
	g_autoptr(GPtrArray) all = notices(house);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < all->len; i++) {
		const Notice *notice = g_ptr_array_index(all, i);

		g_string_append_printf(text, "%s%s %s %s %s", i > 0 ? "\n" : "",
		    notice->kind, notice->role, notice->recipient,
		    language_names[notice->language]);
	}
	return g_string_free(text, FALSE);
}

/* The detail of the last event of this kind, or NULL. */
static char *
last_event(House *house, const char *kind)
{
	g_autoptr(GPtrArray) events = store_events(house->queue, 0, 100000, NULL);
	char *detail = NULL;

	for (guint i = 0; i < events->len; i++) {
		const Event *event = g_ptr_array_index(events, i);

		if (strcmp(event->kind, kind) == 0) {
			g_free(detail);
			detail = g_strdup(event->detail);
		}
	}
	return detail;
}

/* --- what becomes of a letter --- */

#define HELD_NOTICE "held moderator moderator@" DOMAIN " ru"

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
		"\"urgent\":false,\"confidential\":true,\"attachments\":1}",
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
		"\"urgent\":true,\"confidential\":false,\"attachments\":1}",
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
	for (guint i = 0; i < all->len; i++)
		g_assert_cmpstr(
		    ((const Notice *)g_ptr_array_index(all, i))->facts, ==, expected[i]);
}

/* --- a person's word --- */

static void
decide(
    House *house, gint64 id, Outcome outcome, int rule, int topic, const char *official)
{
	g_autoptr(GError) error = NULL;

	store_letter_decide(house->queue, id, outcome, rule, topic, official, "moderator",
	    "read it", NOW + 100, &error);
	g_assert_no_error(error);
}

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

#define ALARM_NOTICE "alarm administrator admin@" DOMAIN " ru"

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

/* While mails don't leave, none can tell of it; an open breaker lets alarms pass.  One that
 * came and went is told once. */
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
	g_assert_cmpstr(silent, ==, ALARM_NOTICE "\n" ALARM_NOTICE); /* breaker, imap-silent */
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
#define ADD(path, function) g_test_add(path, House, NULL, set_up, function, tear_down)
	g_test_add_func("/router/route/outcomes", test_outcomes);
	ADD("/router/route/idle-pass-writes-nothing", test_idle_pass_writes_nothing);
	ADD("/router/route/case", test_case);
	ADD("/router/route/threads", test_threads);
	ADD("/router/route/facts", test_facts);
	ADD("/router/route/decided-topic", test_decided_topic);
	ADD("/router/route/decided-complaint", test_decided_complaint);
	ADD("/router/route/decided-against-rule", test_decided_against_rule);
	ADD("/router/route/decided-unknown-official", test_decided_unknown_official);
	ADD("/router/route/decided-rejections", test_decided_rejections);
	g_test_add_func("/router/route/deputies", test_deputies);
	ADD("/router/route/deputy-is-explained", test_deputy_is_explained);
	ADD("/router/route/stuck", test_stuck);
	ADD("/router/route/alarms", test_alarms);
	ADD("/router/route/alarms-of-sending", test_alarms_of_sending);
	ADD("/router/route/calendar-ends", test_calendar_ends);
	ADD("/router/route/calendar-ends-for-many", test_calendar_ends_for_many);
	ADD("/router/route/numbers-run-on", test_numbers_run_on);
	ADD("/router/route/one-router-at-a-time", test_one_router_at_a_time);
	ADD("/router/route/bad-settings", test_bad_settings);
	g_test_add("/router/route/settings-count", House,
	    "[router]\nunsure_topic = guess\nclosing = 14:59\nterm_days = 5\n", set_up,
	    test_settings_count, tear_down);
	g_test_add_func("/router/route/message-ids", test_message_ids);
	return g_test_run();
}
