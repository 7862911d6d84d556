/* A university's settings, a store with all its rooms open, letters judged as a test
 * says, and the notices they lead to, for the router's tests. */
#pragma once

#include "event.h"
#include "folder.h"
#include "letter.h"
#include "notice.h"
#include "route.h"

#include <string.h>

#define DATA TEST_SOURCE_ROOT "/router/data"
#define DOMAIN "abai.example"
#define HELD_NOTICE "held moderator moderator@" DOMAIN " ru"
#define ALARM_NOTICE "alarm administrator admin@" DOMAIN " ru"
/* Fri 20 March 2026, 15:00 in Almaty */
#define NOW G_GINT64_CONSTANT(1774000800)

static const char *const settings_text =
    "[store]\npath = rector.db\n"
    "[university]\nname.kk = КК\nname.ru = РУ\nname.en = EN\n"
    "address = rector@" DOMAIN "\nmoderator = moderator@" DOMAIN "\n"
    "administrator = admin@" DOMAIN "\noffice = office@" DOMAIN "\n"
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

static inline Store *
open_as(House *house, Room room)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(house->path, room, &error);

	g_assert_no_error(error);
	return store;
}

static inline Router *
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

static inline void
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

static inline void
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
	gboolean bare; /* no attachment */
	Kind kind;
	Language language;
	const char *subject, *text, *from, *name, *message_id, *references, *no_answer,
	    *missing;
	const char *recipients, *authentication, *case_number, *phone;
	const char *bounce_action, *bounce_status, *bounce_recipient, *bounce_message_id;
	gint64 received_at; /* 0: NOW */
} Spec;

/* Returns the id of the first; a fresh store numbers letters as we number UIDs. */
static inline gint64
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
static inline char *
given_or(const char *given, const char *usual)
{
	return given == NULL ? g_strdup(usual) : *given != '\0' ? g_strdup(given) : NULL;
}

static inline Reading *
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
	reading->recipients = g_strdup(spec->recipients);
	reading->authentication = g_strdup(spec->authentication);
	reading->case_number = g_strdup(spec->case_number);
	reading->phone = g_strdup(spec->phone);
	reading->bounce_action = g_strdup(spec->bounce_action);
	reading->bounce_status = g_strdup(spec->bounce_status);
	reading->bounce_recipient = g_strdup(spec->bounce_recipient);
	reading->bounce_message_id = g_strdup(spec->bounce_message_id);
	if (!spec->bare)
		reading_add_attachment(reading, "a.pdf", "application/pdf", 10);
	return reading;
}

static inline Verdict *
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
static inline gint64
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

		store_letter_judge(house->classifier, letter, reading, verdict,
		    reading->text, at, &error);
		g_assert_no_error(error);
	}
	g_assert_true(store_commit(txn, &error));
	return id;
}

static inline gint64
judge(House *house, const Spec *spec)
{
	return judge_many(house, spec, 1);
}

static inline void
pass_at(House *house, gint64 now)
{
	g_autoptr(GError) error = NULL;

	route_pass(house->router, house->rules, now, &error);
	g_assert_no_error(error);
}

static inline char *
state_of(House *house, gint64 id)
{
	g_autoptr(Letter) letter = store_letter_get(house->queue, id, NULL);

	return g_strdup(letter->state);
}

/* All notices that wait, in the order in which they were owed; without those of the
 * clock, which are written ahead. */
static inline GPtrArray *
notices(House *house)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *due =
	    store_notices_due(house->notifier, G_MAXINT64 / 2, 10000, &error);

	g_assert_no_error(error);
	for (guint i = due->len; i > 0; i--)
		if (((const Notice *)due->pdata[i - 1])->series != NULL)
			g_ptr_array_remove_index(due, i - 1);
	return due;
}

/* "forward official academic@abai.example ru", a line each. */
static inline char *
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

/* The facts of a notice, its secrets shown as "*"; without the address for its bounces,
 * which is there exactly when the notice waits for them. */
static inline char *
facts_of(const Notice *notice)
{
	g_autoptr(GRegex) secret = g_regex_new("\\.[a-z2-9]{16}", 0, 0, NULL);
	g_autoptr(GRegex) bounce =
	    g_regex_new(",?\"bounce_address\":\"[^\"]*\"", 0, 0, NULL);
	g_autofree char *expected = g_strdup_printf(
	    "\"rector+b.%s@abai.example\"", notice->bounce != NULL ? notice->bounce : "");
	g_autofree char *left = NULL;

	g_assert_cmpint(
	    strstr(notice->facts, expected) != NULL, ==, notice->bounce != NULL);
	left = g_regex_replace_literal(bounce, notice->facts, -1, 0, "", 0, NULL);
	return g_regex_replace_literal(secret, left, -1, 0, ".*", 0, NULL);
}

/* The detail of the last event of this kind, or NULL. */
static inline char *
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

static inline void
decide(
    House *house, gint64 id, Outcome outcome, int rule, int topic, const char *official)
{
	g_autoptr(GError) error = NULL;

	store_letter_decide(house->queue, id, outcome, rule, topic, official, "moderator",
	    "read it", NOW + 100, &error);
	g_assert_no_error(error);
}

/* Each test of a house has its own. */
#define ADD(path, function) g_test_add(path, House, NULL, set_up, function, tear_down)
