/* Cases are numbered, notices go to their end once, alarms are told once. */
#include "alarm.h"
#include "store-place.h"

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

		g_assert_nonnull(txn);
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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("numbers run by the year", test_numbers_by_year);
	ADD("what is not committed never was", test_rolled_back);
	ADD("a delivery goes to its end", test_delivery_to_its_end);
	ADD("a delivery left by a crash is unknown", test_delivery_left_by_a_crash);
	ADD("an alarm is told once and once more", test_alarm_once);
	return g_test_run();
}
