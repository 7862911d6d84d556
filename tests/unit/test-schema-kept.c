/* Every kept store of an older release opens, with all that was in it. */
#include "case.h"
#include "event.h"
#include "folder.h"
#include "letter.h"
#include "store.h"

#include <glib/gstdio.h>

#define DATA TEST_SOURCE_ROOT "/tests/unit/data/"

/* What each held when it was kept: three letters, one of each fate. */
static const struct {
	const char *file;
	gint64 events;
	const char *states[3];
	const char *number, *due_on;
} kept[] = {
	{ "store-001.db", 18, { "routed", "closed", "held" }, "2026-000001",
	    "2026-12-11" },
	/* and an extension by mail */
	{ "store-002.db", 42, { "routed", "closed", "held" }, "2026-000001",
	    "2026-12-25" },
};

static void
check_store(Store *store, guint i)
{
	g_autoptr(Case) item = store_case_by_number(store, kept[i].number, NULL);
	gint64 checked = 0;

	g_assert_true(store_events_verify(store, &checked, NULL));
	g_assert_cmpint(checked, ==, kept[i].events);
	for (gint64 id = 1; id <= 3; id++) {
		g_autoptr(Letter) letter = store_letter_get(store, id, NULL);

		g_assert_cmpstr(letter->state, ==, kept[i].states[id - 1]);
		g_assert_nonnull(letter->reading->text);
	}
	g_assert_cmpstr(item->due_on, ==, kept[i].due_on);
}

static void
test_kept(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
		g_autofree char *folder = g_dir_make_tmp("kept-XXXXXX", NULL);
		g_autofree char *path = g_build_filename(folder, "rector.db", NULL);
		g_autofree char *source = g_strconcat(DATA, kept[i].file, NULL);
		g_autofree char *bytes = NULL;
		g_autoptr(GError) error = NULL;
		gsize length;

		g_test_message("%s", kept[i].file);
		g_assert_true(g_file_get_contents(source, &bytes, &length, NULL));
		g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
		for (int times = 0; times < 2; times++) {
			g_autoptr(Store) store = store_open(path, ROOM_QUEUE, &error);

			g_assert_no_error(error);
			check_store(store, i);
		}
		remove_folder(folder);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/a kept store opens with all that was in it", test_kept);
	return g_test_run();
}
