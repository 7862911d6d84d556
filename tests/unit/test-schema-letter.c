/* Letters from receipt to decision: once each, byte for byte, a bad one by itself. */
#include "store-place.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

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
	ADD("lost bytes are one letter's fault", test_lost_bytes);
	ADD("the author's history is counted", test_history);
	return g_test_run();
}
