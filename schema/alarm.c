#include "alarm.h"

#include "event.h"
#include "statement.h"

void
alarm_free(Alarm *alarm)
{
	if (alarm == NULL)
		return;
	g_free(alarm->kind);
	g_free(alarm->detail);
	g_free(alarm);
}

static gboolean
is_on(Store *store, const char *kind, gint64 *ret_id, GError **error)
{
	return statement_number(store, error, ret_id, 0,
	    "SELECT id FROM alarms WHERE kind = ?1 AND cleared_at IS NULL", "t", kind);
}

gboolean
store_alarm_raise(
    Store *store, const char *kind, const char *detail, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	gint64 id;

	if (!is_on(store, kind, &id, error))
		return FALSE;
	if (id != 0)
		return TRUE;
	return store_join(store, &txn, error) && is_on(store, kind, &id, error) &&
	    (id != 0 ||
		(statement_run(store, error, NULL,
		     "INSERT INTO alarms (kind, detail, raised_at) VALUES (?1, ?2, ?3)",
		     "tti", kind, detail, now) &&
		    store_event(store, now, "alarm", (EventAbout){ 0 }, error, "alarm",
			kind, "detail", detail, NULL))) &&
	    store_part(&txn, error);
}

gboolean
store_alarm_clear(Store *store, const char *kind, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	gint64 id;

	if (!is_on(store, kind, &id, error))
		return FALSE;
	if (id == 0)
		return TRUE;
	return store_join(store, &txn, error) &&
	    statement_run(store, error, NULL,
		"UPDATE alarms SET cleared_at = ?2 WHERE kind = ?1 AND cleared_at IS "
		"NULL",
		"ti", kind, now) &&
	    store_event(store, now, "alarm-over", (EventAbout){ 0 }, error, "alarm", kind,
		NULL) &&
	    store_part(&txn, error);
}

static GPtrArray *
read_alarms(Statement *rows, GError **error)
{
	g_autoptr(GPtrArray) alarms =
	    g_ptr_array_new_with_free_func((GDestroyNotify)alarm_free);
	g_autoptr(GError) failure = NULL;

	while (statement_step(rows, &failure)) {
		Alarm *alarm = g_new0(Alarm, 1);

		alarm->id = statement_int(rows, 0);
		alarm->kind = statement_text(rows, 1);
		alarm->detail = statement_text(rows, 2);
		alarm->raised_at = statement_int(rows, 3);
		alarm->cleared_at = statement_int(rows, 4);
		g_ptr_array_add(alarms, alarm);
	}
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&alarms)
							       : NULL;
}

GPtrArray *
store_alarms_untold(Store *store, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id, kind, detail, raised_at, coalesce(cleared_at, 0) FROM alarms "
	    "WHERE raising_told = 0 OR (cleared_at IS NOT NULL AND clearing_told = 0) "
	    "ORDER BY id",
	    "");

	return rows != NULL ? read_alarms(rows, error) : NULL;
}

GPtrArray *
store_alarms_on(Store *store, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id, kind, detail, raised_at, 0 FROM alarms WHERE cleared_at IS NULL "
	    "ORDER BY id",
	    "");

	return rows != NULL ? read_alarms(rows, error) : NULL;
}

/* One that was over before anybody heard of it needs one notice only. */
gboolean
store_alarm_told(Store *store, const Alarm *alarm, gint64 now, GError **error)
{
	return statement_run(store, error, NULL,
	    "UPDATE alarms SET raising_told = 1, clearing_told = (?2 <> 0) WHERE id = ?1",
	    "ii", alarm->id, alarm->cleared_at);
}
