/* A store in a folder of its own, and letters, cases and notices to put into it, for the
 * tests of schema/. */
#pragma once

#include "case.h"
#include "folder.h"
#include "letter.h"
#include "notice.h"
#include "store.h"

#include <sqlite3.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT(1795000000)

typedef struct {
	char *folder, *path;
} Place;

static inline void
place_setup(Place *place, gconstpointer data)
{
	place->folder = g_dir_make_tmp("store-XXXXXX", NULL);
	place->path = g_build_filename(place->folder, "rector.db", NULL);
}

static inline void
place_teardown(Place *place, gconstpointer data)
{
	remove_folder(place->folder);
	g_free(place->folder);
	g_free(place->path);
}

static inline Store *
open_as(Place *place, Room room)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(place->path, room, &error);

	g_assert_no_error(error);
	return store;
}

static inline Arrival
arrive(Store *store, gint64 uid, const char *text)
{
	Arrival arrival = { .uid = uid,
		.received_at = NOW + uid,
		.size = (gint64)strlen(text),
		.whole = TRUE };

	g_assert_true(spool_begin(store_spool(store), NULL));
	g_assert_true(spool_write(store_spool(store), text, strlen(text), NULL));
	g_assert_true(
	    spool_end(store_spool(store), &arrival.place, arrival.digest, NULL));
	return arrival;
}

/* Receives one letter a text, UIDs counted from 1; returns how many were new. */
static inline guint
receive(Place *place, gint64 uidvalidity, const char *const *texts)
{
	g_autoptr(Store) store = open_as(place, ROOM_FETCHER);
	g_autoptr(Mailbox) mailbox = store_mailbox(store, "imap://a@b/INBOX", NULL);
	g_autoptr(GArray) arrivals = g_array_new(FALSE, FALSE, sizeof(Arrival));
	g_autoptr(GError) error = NULL;
	guint new_letters = 0;

	if (mailbox->uidvalidity != uidvalidity)
		g_assert_true(
		    store_mailbox_revalidate(store, mailbox->id, uidvalidity, NOW, NULL));
	for (int i = 0; texts[i] != NULL; i++) {
		Arrival arrival = arrive(store, i + 1, texts[i]);

		g_array_append_val(arrivals, arrival);
	}
	store_letters_receive(store, mailbox->id, uidvalidity,
	    (Arrival *)(gpointer)arrivals->data, arrivals->len, arrivals->len, NOW,
	    &new_letters, &error);
	g_assert_no_error(error);
	return new_letters;
}

static inline Reading *
make_reading(const char *address)
{
	Reading *reading = reading_new();

	reading->from_address = g_strdup(address);
	reading->subject = g_strdup("Тақырып");
	reading->text = g_strdup("one two three");
	reading_add_attachment(reading, "a.pdf", "application/pdf", 12);
	return reading;
}

/* Judges every waiting letter with this outcome. */
static inline void
judge_all(Place *place, Outcome outcome)
{
	g_autoptr(Store) store = open_as(place, ROOM_CLASSIFIER);
	g_autoptr(GArray) letters = store_letters_claim(store, 100, 3, NOW, NULL);
	g_autoptr(Reading) reading = make_reading("A@b.kz");
	g_autoptr(Verdict) verdict = verdict_new();
	g_autoptr(GError) error = NULL;

	verdict->outcome = outcome;
	verdict->version = g_strdup("v");
	for (guint i = 0; i < letters->len; i++)
		store_letter_judge(store, g_array_index(letters, LetterBytes, i).id,
		    reading, verdict, "key", NOW, &error);
	g_assert_no_error(error);
}

static inline Case *
make_case(gint64 letter)
{
	Case *item = g_new0(Case, 1);

	item->letter = letter;
	item->official = g_strdup("a");
	item->official_name = g_strdup("Aa");
	item->official_address = g_strdup("a@x.kz");
	item->registered_on = g_strdup("2026-11-20");
	item->day1 = g_strdup("2026-11-23");
	item->due_on = g_strdup("2026-12-11");
	item->due_why = g_strdup("");
	item->calendar = g_strdup("c");
	return item;
}

static inline Notice *
make_notice(gint64 letter, const char *message_id)
{
	Notice *notice = notice_new();

	notice->letter = letter;
	notice->kind = g_strdup("acknowledgement");
	notice->role = g_strdup("citizen");
	notice->recipient = g_strdup("A@b.kz");
	notice->message_id = g_strdup(message_id);
	notice->not_before = NOW;
	return notice;
}

static inline void
run_sql(Place *place, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(place->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

/* Each test of a place has its own. */
#define ADD(path, function)                                                              \
	g_test_add("/store/" path, Place, NULL, place_setup, function, place_teardown)
