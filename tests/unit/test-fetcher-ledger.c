/* The position and what it waits for; the day's comparison; the waits between tries. */
#include "ledger.h"
#include "reconcile.h"
#include "trouble.h"

static void
test_position(void)
{
	g_autoptr(Ledger) ledger = ledger_new();

	g_assert_cmpint(ledger_position(ledger, 9), ==, 9);
	ledger_fail(ledger, 7, 100);
	ledger_fail(ledger, 5, 100);
	g_assert_cmpint(ledger_position(ledger, 9), ==, 4);
	g_assert_cmpint(ledger_position(ledger, 3), ==, 3);
	ledger_settle(ledger, 5);
	g_assert_cmpint(ledger_position(ledger, 9), ==, 6);
	ledger_add(ledger, 7);
	g_assert_cmpint(ledger_position(ledger, 9), ==, 9);
}

static void
test_attempts(void)
{
	g_autoptr(Ledger) ledger = ledger_new();
	gint64 first_at;

	g_assert_true(ledger_wants(ledger, 7, 0));
	for (guint n = 1; n < LEDGER_ATTEMPTS; n++) {
		g_assert_cmpuint(ledger_fail(ledger, 7, 100), ==, n);
		g_assert_true(ledger_wants(ledger, 7, 0));
		g_assert_cmpuint(ledger_waiting(ledger, &first_at), ==, 0);
	}
	g_assert_cmpuint(ledger_fail(ledger, 7, 100), ==, LEDGER_ATTEMPTS);
	g_assert_false(ledger_wants(ledger, 7, 99));
	g_assert_true(ledger_wants(ledger, 7, 100));
	g_assert_cmpuint(ledger_waiting(ledger, &first_at), ==, 1);
	g_assert_cmpint(first_at, ==, 100);
	ledger_clear(ledger);
	g_assert_true(ledger_wants(ledger, 7, 0));
}

static void
test_stored(void)
{
	g_autoptr(Ledger) ledger = ledger_new();

	ledger_add(ledger, 8);
	ledger_add(ledger, 12);
	g_assert_false(ledger_wants(ledger, 8, 0));
	ledger_forget(ledger, 10);
	g_assert_true(ledger_wants(ledger, 8, 0));
	g_assert_false(ledger_wants(ledger, 12, 0));
}

static const struct {
	const char *label;
	guint32 server[6]; /* ended by 0 */
	gint64 stored[6];
	guint32 missing[6];
} comparisons[] = {
	{ "nothing anywhere", { 0 }, { 0 }, { 0 } },
	{ "all there", { 1, 2, 9 }, { 1, 2, 9 }, { 0 } },
	{ "moved away since", { 2 }, { 1, 2, 9 }, { 0 } },
	{ "first, middle and last missing", { 1, 4, 5, 9 }, { 4, 7 }, { 1, 5, 9 } },
	{ "the largest UID", { 4294967295u }, { 1 }, { 4294967295u } },
	{ "an empty ledger", { 3, 4 }, { 0 }, { 3, 4 } },
};

static void
test_missing(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(comparisons); i++) {
		g_autoptr(GArray) server = g_array_new(FALSE, FALSE, sizeof(guint32));
		g_autoptr(GArray) stored = g_array_new(FALSE, FALSE, sizeof(gint64));
		g_autoptr(GArray) missing = NULL;
		guint n = 0;

		g_test_message("%s", comparisons[i].label);
		for (guint j = 0; comparisons[i].server[j] != 0; j++)
			g_array_append_val(server, comparisons[i].server[j]);
		for (guint j = 0; comparisons[i].stored[j] != 0; j++)
			g_array_append_val(stored, comparisons[i].stored[j]);
		missing = reconcile_missing(server, stored);
		for (; comparisons[i].missing[n] != 0; n++)
			g_assert_cmpuint(g_array_index(missing, guint32, n), ==,
			    comparisons[i].missing[n]);
		g_assert_cmpuint(missing->len, ==, n);
	}
}

static void
test_waits(void)
{
	const Setup setup = { .retry_least = 2, .retry_most = 300 };
	static const struct {
		guint n;
		gint64 most_ms;
	} rows[] = { { 1, 2000 }, { 2, 4000 }, { 5, 32000 }, { 9, 300000 },
		{ 4000000, 300000 } };

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		for (guint j = 0; j < 50; j++) {
			gint64 wait_ms = trouble_wait_ms(&setup, rows[i].n, FALSE);

			g_assert_cmpint(wait_ms, >=, rows[i].most_ms / 2);
			g_assert_cmpint(wait_ms, <=, rows[i].most_ms);
			g_assert_cmpint(
			    trouble_wait_ms(&setup, rows[i].n, TRUE), >=, 150000);
		}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ledger/the position stays before what failed", test_position);
	g_test_add_func("/ledger/a letter that failed alone waits", test_attempts);
	g_test_add_func("/ledger/what is stored is not wanted", test_stored);
	g_test_add_func("/ledger/what the store lacks", test_missing);
	g_test_add_func("/ledger/the waits double, vary, and end", test_waits);
	return g_test_run();
}
