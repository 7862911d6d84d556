#include "alarm.h"
#include "case.h"
#include "event.h"
#include "letter.h"
#include "notice.h"
#include "store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW G_GINT64_CONSTANT(1795000000)

typedef struct {
	char *folder, *path;
} Place;

static void
place_setup(Place *place, gconstpointer data)
{
	place->folder = g_dir_make_tmp("store-XXXXXX", NULL);
	place->path = g_build_filename(place->folder, "rector.db", NULL);
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
place_teardown(Place *place, gconstpointer data)
{
	remove_folder(place->folder);
	g_free(place->folder);
	g_free(place->path);
}

static Store *
open_as(Place *place, Room room)
{
	g_autoptr(GError) error = NULL;
	Store *store = store_open(place->path, room, &error);

	g_assert_no_error(error);
	return store;
}

static Arrival
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
static guint
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

static Reading *
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
static void
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

static Case *
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

static Notice *
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

static void
test_same_uid_once(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", "two", NULL };

	g_assert_cmpuint(receive(place, 5, texts), ==, 2);
	g_assert_cmpuint(receive(place, 5, texts), ==, 0);
}

/* Two equal letters are two letters; under a new UIDVALIDITY they are the same two. */
static void
test_new_uidvalidity(Place *place, gconstpointer data)
{
	const char *const before[] = { "one", "one", "two", NULL };
	const char *const after[] = { "two", "one", "one", "one", NULL };

	g_assert_cmpuint(receive(place, 5, before), ==, 3);
	g_assert_cmpuint(receive(place, 6, after), ==, 1);
	g_assert_cmpuint(receive(place, 6, after), ==, 0);
}

static void
test_bytes_come_back(Place *place, gconstpointer data)
{
	g_autofree char *large = g_strnfill(1 << 20, 'x');
	const char *const texts[] = { "one", large, "", NULL };

	receive(place, 5, texts);
	g_autoptr(Store) store = open_as(place, ROOM_CLASSIFIER);
	g_autoptr(GArray) letters = store_letters_claim(store, 10, 3, NOW, NULL);
	g_assert_cmpuint(letters->len, ==, 3);
	for (guint i = 0; i < letters->len; i++) {
		const LetterBytes *letter = &g_array_index(letters, LetterBytes, i);
		g_autoptr(GBytes) bytes =
		    spool_read(store_spool(store), &letter->place, NULL);

		g_assert_cmpmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
		    texts[i], strlen(texts[i]));
	}
}

static void
test_erased_bytes(Place *place, gconstpointer data)
{
	const char *const texts[] = { "secret", "kept", NULL };
	g_autofree guint8 *rest = NULL;

	receive(place, 5, texts);
	g_autoptr(Store) store = open_as(place, ROOM_CLASSIFIER);
	g_autoptr(GArray) letters = store_letters_claim(store, 10, 3, NOW, NULL);
	const SpoolPlace *first = &g_array_index(letters, LetterBytes, 0).place;
	const SpoolPlace *second = &g_array_index(letters, LetterBytes, 1).place;

	g_assert_true(spool_erase(store_spool(store), first, NULL));
	g_autoptr(GBytes) gone = spool_read(store_spool(store), first, NULL);
	g_autoptr(GBytes) kept = spool_read(store_spool(store), second, NULL);
	rest = g_malloc0(6);
	g_assert_cmpmem(g_bytes_get_data(gone, NULL), g_bytes_get_size(gone), rest, 6);
	g_assert_cmpmem(g_bytes_get_data(kept, NULL), g_bytes_get_size(kept), "kept", 4);
}

static void
test_third_failure_is_stuck(Place *place, gconstpointer data)
{
	const char *const texts[] = { "poison", "fine", NULL };

	receive(place, 5, texts);
	g_autoptr(Store) store = open_as(place, ROOM_CLASSIFIER);
	for (int i = 0; i < 3; i++) {
		g_autoptr(GArray) letters = store_letters_claim(store, 10, 3, NOW, NULL);
		gint64 id = g_array_index(letters, LetterBytes, 0).id;

		g_assert_cmpuint(
		    letters->len, ==, i == 0 ? 2 : 1); /* then it comes alone */
		g_assert_true(store_letter_fail(store, id, "crashed", FALSE, NOW, NULL));
		if (i == 0)
			g_assert_true(store_letter_unclaim(store, id + 1, NULL));
	}
	g_autoptr(GArray) left = store_letters_claim(store, 10, 3, NOW, NULL);
	g_assert_cmpuint(left->len, ==, 1);
	g_autoptr(Letter) stuck = store_letter_get(store, 1, NULL);
	g_assert_cmpstr(stuck->state, ==, "stuck");
}

static void
test_judged_comes_back_whole(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", NULL };

	receive(place, 5, texts);
	judge_all(place, OUTCOME_ACCEPT);
	g_autoptr(Store) store = open_as(place, ROOM_ROUTER);
	g_autoptr(GPtrArray) letters = store_letters_judged(store, 10, NULL);
	const Letter *letter;

	g_assert_cmpuint(letters->len, ==, 1);
	letter = letters->pdata[0];
	g_assert_cmpstr(letter->reading->subject, ==, "Тақырып");
	g_assert_null(letter->reading->phone);
	g_assert_cmpuint(letter->reading->attachments->len, ==, 1);
	g_assert_cmpint(letter->verdict->outcome, ==, OUTCOME_ACCEPT);
	g_assert_cmpstr(letter->verdict->version, ==, "v");
}

static void run_sql(Place *place, const char *sql);

static void
test_damaged_reading(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", "two", NULL };

	receive(place, 5, texts);
	judge_all(place, OUTCOME_ACCEPT);
	run_sql(place, "UPDATE readings SET value = x'00' WHERE letter = 1");
	g_autoptr(Store) store = open_as(place, ROOM_ROUTER);
	g_autoptr(GPtrArray) letters = store_letters_judged(store, 10, NULL);
	g_assert_cmpuint(letters->len, ==, 1);
	g_assert_cmpint(((Letter *)letters->pdata[0])->id, ==, 2);
	g_autoptr(GPtrArray) after = store_letters_judged(store, 10, NULL);
	g_assert_cmpuint(after->len, ==, 2);
	g_assert_cmpstr(((Letter *)after->pdata[0])->state, ==, "stuck");
	g_assert_null(((Letter *)after->pdata[0])->reading);
}

static void
test_decision_over_verdict(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", NULL };
	g_autoptr(GError) error = NULL;

	receive(place, 5, texts);
	judge_all(place, OUTCOME_HOLD);
	{
		g_autoptr(Store) router = open_as(place, ROOM_ROUTER);

		g_assert_true(store_letter_hold(router, 1, "verdict", NOW, NULL));
	}
	g_autoptr(Store) queue = open_as(place, ROOM_QUEUE);
	g_assert_true(store_letter_decide(queue, 1, OUTCOME_REJECT, RULE_OBSCENE, -1,
	    NULL, "Ann", "swears", NOW, NULL));
	g_autoptr(Letter) letter = store_letter_get(queue, 1, NULL);
	g_assert_cmpint(letter->verdict->outcome, ==, OUTCOME_REJECT);
	g_assert_cmpint(letter->verdict->rule, ==, RULE_OBSCENE);
	g_assert_false(store_letter_decide(
	    queue, 1, OUTCOME_ACCEPT, -1, -1, NULL, "Bob", "fine", NOW, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
	g_assert_nonnull(strstr(error->message, "by Ann"));
}

static void
test_numbers_by_year(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", "two", "three", NULL };
	static const struct {
		const char *registered, *number;
	} rows[] = { { "2026-11-20", "2026-000001" }, { "2026-11-20", "2026-000002" },
		{ "2027-01-05", "2027-000001" } };

	receive(place, 5, texts);
	judge_all(place, OUTCOME_ACCEPT);
	g_autoptr(Store) store = open_as(place, ROOM_ROUTER);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Case) item = make_case(i + 1);
		g_autoptr(GError) error = NULL;

		if (i == 2) {
			item->day1[3] = item->due_on[3] = '7';
			memcpy(item->day1, "2027-01-06", 10);
		}
		g_free(item->registered_on);
		item->registered_on = g_strdup(rows[i].registered);
		g_assert_true(store_case_open(store, item, NOW, &error));
		g_assert_cmpstr(item->number, ==, rows[i].number);
	}
}

/* A case and what it owes come together or not at all. */
static void
test_rolled_back(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", NULL };

	receive(place, 5, texts);
	judge_all(place, OUTCOME_ACCEPT);
	g_autoptr(Store) store = open_as(place, ROOM_ROUTER);
	{
		g_autoptr(Txn) txn = store_begin(store, NULL);
		g_autoptr(Case) item = make_case(1);

		g_assert_true(store_case_open(store, item, NOW, NULL));
	}
	g_autoptr(GPtrArray) still = store_letters_judged(store, 10, NULL);
	g_assert_cmpuint(still->len, ==, 1);
	g_autoptr(Case) item = make_case(1);
	g_assert_true(store_case_open(store, item, NOW, NULL));
	g_assert_cmpstr(item->number, ==, "2026-000001");
}

static gint64
owe_one(Place *place)
{
	g_autoptr(Store) store = open_as(place, ROOM_ROUTER);
	g_autoptr(Notice) notice = make_notice(0, "<1@x.kz>");

	g_assert_true(store_notice_owe(store, notice, NOW, NULL));
	return notice->id;
}

static void
test_delivery_to_its_end(Place *place, gconstpointer data)
{
	gint64 id = owe_one(place), delivery;
	g_autoptr(Store) store = open_as(place, ROOM_NOTIFIER);
	g_autoptr(GPtrArray) early = store_notices_due(store, NOW - 1, 10, NULL);
	g_autoptr(GPtrArray) due = store_notices_due(store, NOW, 10, NULL);
	g_autoptr(GPtrArray) none = NULL;

	g_assert_cmpuint(early->len, ==, 0);
	g_assert_cmpuint(due->len, ==, 1);
	g_assert_true(store_deliveries_begin(
	    store, (Notice *const *)due->pdata, 1, NOW, &delivery, NULL));
	none = store_notices_due(store, NOW, 10, NULL);
	g_assert_cmpuint(none->len, ==, 0); /* under way */
	DeliveryResult later = { delivery, id, DELIVERY_RETRY, 451, "busy", NOW + 60 };
	g_assert_true(store_deliveries_end(store, &later, 1, NOW, NULL));
	g_assert_cmpint(store_notices_next(store, NULL), ==, NOW + 60);
	g_assert_true(store_deliveries_begin(
	    store, (Notice *const *)due->pdata, 1, NOW + 60, &delivery, NULL));
	DeliveryResult done = { delivery, id, DELIVERY_SENT, 250, NULL, 0 };
	g_assert_true(store_deliveries_end(store, &done, 1, NOW + 60, NULL));
	g_assert_cmpint(store_notices_next(store, NULL), ==, 0);
	g_assert_cmpint(store_notices_sent_since(store, "a@B.kz", NOW, NULL), ==, 1);
	g_assert_true(store_deliveries_begin(
	    store, (Notice *const *)due->pdata, 1, NOW + 60, &delivery, NULL));
	g_assert_cmpint(delivery, ==, 0); /* never again */
}

static void
test_delivery_left_by_a_crash(Place *place, gconstpointer data)
{
	gint64 delivery;
	guint recovered;

	owe_one(place);
	{
		g_autoptr(Store) store = open_as(place, ROOM_NOTIFIER);
		g_autoptr(GPtrArray) due = store_notices_due(store, NOW, 10, NULL);

		g_assert_true(store_deliveries_begin(
		    store, (Notice *const *)due->pdata, 1, NOW, &delivery, NULL));
	}
	g_autoptr(Store) store = open_as(place, ROOM_NOTIFIER);
	g_assert_true(store_deliveries_recover(store, NOW, NOW + 1800, &recovered, NULL));
	g_assert_cmpuint(recovered, ==, 1);
	g_assert_cmpint(store_notices_next(store, NULL), ==, NOW + 1800);
}

static void
test_alarm_once(Place *place, gconstpointer data)
{
	g_autoptr(Store) store = open_as(place, ROOM_FETCHER);

	for (int i = 0; i < 3; i++)
		g_assert_true(
		    store_alarm_raise(store, "imap-login", "refused", NOW + i, NULL));
	g_autoptr(GPtrArray) raised = store_alarms_untold(store, NULL);
	g_assert_cmpuint(raised->len, ==, 1);
	g_assert_true(store_alarm_told(store, raised->pdata[0], NOW, NULL));
	g_autoptr(GPtrArray) none = store_alarms_untold(store, NULL);
	g_assert_cmpuint(none->len, ==, 0);
	g_assert_true(store_alarm_clear(store, "imap-login", NOW + 9, NULL));
	g_autoptr(GPtrArray) over = store_alarms_untold(store, NULL);
	g_assert_cmpuint(over->len, ==, 1);
	g_assert_cmpint(((Alarm *)over->pdata[0])->cleared_at, ==, NOW + 9);
	g_assert_true(store_alarm_told(store, over->pdata[0], NOW, NULL));
	g_autoptr(GPtrArray) nothing = store_alarms_untold(store, NULL);
	g_assert_cmpuint(nothing->len, ==, 0);
}

static void
run_sql(Place *place, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(place->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

static void
test_edited_events(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", "two", NULL };
	static const char *const edits[] = {
		"UPDATE events SET at = at + 1 WHERE id = 2",
		"DELETE FROM events WHERE id = 1",
		"UPDATE events SET detail = '{}' WHERE id = 2",
	};
	gint64 checked;

	receive(place, 5, texts);
	g_autoptr(Store) store = open_as(place, ROOM_QUEUE);
	g_assert_true(store_events_verify(store, &checked, NULL));
	g_assert_cmpint(checked, ==, 3);
	for (guint i = 0; i < G_N_ELEMENTS(edits); i++) {
		g_autoptr(GError) error = NULL;

		run_sql(place, edits[i]);
		g_assert_false(store_events_verify(store, &checked, &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
	}
}

/* What each room tries beyond its rights, through the moves of another. */
static void
test_rights(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", NULL };
	g_autoptr(GError) judged = NULL, received = NULL, owed = NULL;
	guint new_letters;

	receive(place, 5, texts);
	{
		g_autoptr(Store) store = open_as(place, ROOM_NOTIFIER);
		g_autoptr(Reading) reading = make_reading("a@b.kz");
		g_autoptr(Verdict) verdict = verdict_new();

		g_assert_false(
		    store_letter_judge(store, 1, reading, verdict, NULL, NOW, &judged));
		g_assert_error(judged, FAULT, FAULT_SETUP);
	}
	{
		g_autoptr(Store) store = open_as(place, ROOM_CLASSIFIER);
		Arrival arrival = arrive(store, 9, "forged");
		g_autoptr(Notice) notice = make_notice(1, "<9@x.kz>");

		g_assert_false(store_letters_receive(
		    store, 1, 5, &arrival, 1, 9, NOW, &new_letters, &received));
		g_assert_error(received, FAULT, FAULT_SETUP);
		g_assert_false(store_notice_owe(store, notice, NOW, &owed));
		g_assert_error(owed, FAULT, FAULT_SETUP);
	}
}

static void
test_room_held_once(Place *place, gconstpointer data)
{
	g_autoptr(Store) first = open_as(place, ROOM_ROUTER);
	g_autoptr(Store) second = open_as(place, ROOM_ROUTER);
	g_autoptr(Store) other = open_as(place, ROOM_NOTIFIER);
	g_autoptr(GError) error = NULL;

	g_assert_true(store_hold_room(first, NULL));
	g_assert_true(store_hold_room(other, NULL));
	g_assert_false(store_hold_room(second, &error));
	g_assert_error(error, FAULT, FAULT_RETRY);
	g_clear_pointer(&first, store_close);
	g_assert_true(store_hold_room(second, NULL));
}

static void
test_file_mode(Place *place, gconstpointer data)
{
	static const mode_t masks[] = { 0, 0077, 0007 };
	mode_t before = umask(0);

	for (guint i = 0; i < G_N_ELEMENTS(masks); i++) {
		struct stat status;

		umask(masks[i]);
		g_unlink(place->path);
		store_close(open_as(place, ROOM_ROUTER));
		g_assert_cmpint(stat(place->path, &status), ==, 0);
		g_assert_cmpint(status.st_mode & 0777, ==, 0660);
	}
	umask(before);
}

/* Bytes that are gone are one letter's fault: the others go on. */
static void
test_lost_bytes(Place *place, gconstpointer data)
{
	const char *const texts[] = { "one", "two", NULL };
	g_autofree char *spool =
	    g_build_filename(place->folder, "spool", "000001.spool", NULL);
	g_autoptr(GError) cut = NULL, gone = NULL;
	struct stat status;

	receive(place, 5, texts);
	g_assert_cmpint(stat(spool, &status), ==, 0);
	g_assert_cmpint(status.st_mode & 0777, ==, 0660);
	g_autoptr(Store) store = open_as(place, ROOM_CLASSIFIER);
	g_autoptr(GArray) letters = store_letters_claim(store, 10, 3, NOW, NULL);
	const SpoolPlace *first = &g_array_index(letters, LetterBytes, 0).place;
	const SpoolPlace *second = &g_array_index(letters, LetterBytes, 1).place;

	g_assert_cmpint(truncate(spool, 4), ==, 0);
	g_autoptr(GBytes) kept = spool_read(store_spool(store), first, NULL);
	g_assert_nonnull(kept);
	g_assert_null(spool_read(store_spool(store), second, &cut));
	g_assert_error(cut, FAULT, FAULT_LETTER);
	g_assert_cmpint(g_unlink(spool), ==, 0);
	g_clear_pointer(&store, store_close);
	store = open_as(place, ROOM_CLASSIFIER);
	g_assert_null(spool_read(store_spool(store), first, &gone));
	g_assert_error(gone, FAULT, FAULT_LETTER);
}

/* Another program's database stays as it was. */
static void
test_foreign_store_refused(Place *place, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *before = NULL, *after = NULL;
	gsize length, length_after;

	run_sql(place, "CREATE TABLE theirs (x)");
	g_assert_true(g_file_get_contents(place->path, &before, &length, NULL));
	g_assert_null(store_open(place->path, ROOM_ROUTER, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_nonnull(strstr(error->message, "another program"));
	g_assert_true(g_file_get_contents(place->path, &after, &length_after, NULL));
	g_assert_cmpmem(after, length_after, before, length);
}

static void
test_newer_store_refused(Place *place, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	store_close(open_as(place, ROOM_ROUTER));
	run_sql(place, "PRAGMA user_version = 99");
	g_assert_null(store_open(place->path, ROOM_ROUTER, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_nonnull(strstr(error->message, "newer"));
}

static void
test_history(Place *place, gconstpointer data)
{
	const char *const texts[] = { "1", "2", "3", NULL };
	History history;

	receive(place, 5, texts);
	judge_all(place, OUTCOME_ACCEPT);
	g_autoptr(Store) store = open_as(place, ROOM_CLASSIFIER);
	g_assert_true(store_letter_history(
	    store, 3, "a@B.kz", "key", NOW + 3, 3600, 5, &history, NULL));
	g_assert_cmpint(history.letters, ==, 2);
	g_assert_cmpint(history.low_content, ==, 2);
	g_assert_cmpint(history.alike, ==, 2);
	g_assert_true(store_letter_history(
	    store, 3, "a@b.kz", "other", NOW + 3, 1, 2, &history, NULL));
	g_assert_cmpint(history.letters, ==, 1);
	g_assert_cmpint(history.low_content, ==, 0);
	g_assert_cmpint(history.alike, ==, 0);
}

/* A frame from a child that was taken over must not pass. */
static void
test_foreign_variant_refused(void)
{
	g_autoptr(Reading) reading = make_reading("a@b.kz"), out_reading = NULL;
	g_autoptr(Verdict) verdict = verdict_new(), out_verdict = NULL;
	g_autoptr(GVariant) value = NULL, text = NULL, wrong = NULL;

	verdict->rule = N_RULES; /* out of range */
	value = reading_to_variant(reading, verdict);
	g_assert_false(reading_from_variant(value, &out_reading, &out_verdict));
	text = g_variant_ref_sink(g_variant_new_string("no"));
	g_assert_false(reading_from_variant(text, &out_reading, &out_verdict));
	verdict->rule = -1;
	g_clear_pointer(&value, g_variant_unref);
	value = reading_to_variant(reading, verdict);
	g_assert_true(reading_from_variant(value, &out_reading, &out_verdict));
	wrong = g_variant_ref_sink(g_variant_new_from_data(READING_PACKED_TYPE,
	    g_variant_get_data(value), g_variant_get_size(value) - 3, FALSE, NULL, NULL));
	g_assert_false(reading_from_variant(wrong, &out_reading, &out_verdict));
}

#define ADD(path, function)                                                              \
	g_test_add("/store/" path, Place, NULL, place_setup, function, place_teardown)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("the same UID is received once", test_same_uid_once);
	ADD("a new UIDVALIDITY finds the same letters", test_new_uidvalidity);
	ADD("the bytes come back", test_bytes_come_back);
	ADD("erased bytes are zeros, their neighbours stay", test_erased_bytes);
	ADD("the third failure makes a letter stuck", test_third_failure_is_stuck);
	ADD("what was judged comes back whole", test_judged_comes_back_whole);
	ADD("a damaged reading stops its letter only", test_damaged_reading);
	ADD("a decision stands over the verdict, once", test_decision_over_verdict);
	ADD("numbers run by the year", test_numbers_by_year);
	ADD("what is not committed never was", test_rolled_back);
	ADD("a delivery goes to its end", test_delivery_to_its_end);
	ADD("a delivery left by a crash is unknown", test_delivery_left_by_a_crash);
	ADD("an alarm is told once and once more", test_alarm_once);
	ADD("an edited event is found", test_edited_events);
	ADD("a room can't do another's moves", test_rights);
	ADD("a room is held once", test_room_held_once);
	ADD("lost bytes are one letter's fault", test_lost_bytes);
	ADD("the file is 0660 under any umask", test_file_mode);
	ADD("another program's database is left alone", test_foreign_store_refused);
	ADD("a newer store is refused", test_newer_store_refused);
	ADD("the author's history is counted", test_history);
	g_test_add_func(
	    "/reading/a foreign value is refused", test_foreign_variant_refused);
	return g_test_run();
}
