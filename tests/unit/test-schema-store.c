/* The file itself: its events, its rooms and their rights, and what it refuses. */
#include "event.h"
#include "store-place.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* All programs may start at once on a store that nobody has made yet. */
static void
test_opened_together(Place *place, gconstpointer data)
{
	for (int round = 0; round < 10; round++) {
		pid_t children[5];

		for (int room = 0; room < 5; room++) {
			children[room] = fork();
			if (children[room] == 0) {
				Store *store = store_open(place->path, (Room)room, NULL);

				_exit(store == NULL);
			}
		}
		for (int room = 0; room < 5; room++) {
			int status = -1;

			g_assert_cmpint(
			    waitpid(children[room], &status, 0), ==, children[room]);
			g_assert_cmpint(status, ==, 0);
		}
		remove_folder(place->folder);
		g_assert_cmpint(g_mkdir(place->folder, 0700), ==, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("an edited event is found", test_edited_events);
	ADD("a room can't do another's moves", test_rights);
	ADD("a room is held once", test_room_held_once);
	ADD("the file is 0660 under any umask", test_file_mode);
	ADD("another program's database is left alone", test_foreign_store_refused);
	ADD("a newer store is refused", test_newer_store_refused);
	ADD("opened by all programs at once", test_opened_together);
	return g_test_run();
}
