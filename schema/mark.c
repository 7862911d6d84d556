#include "mark.h"

#include "statement.h"

gboolean
store_mark(
    Store *store, const char *name, char **ret_value, gint64 *ret_at, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(
	    store, error, "SELECT value, at FROM marks WHERE name = ?1", "t", name);
	gboolean found = row != NULL && statement_step(row, &failure);

	if (ret_value != NULL)
		*ret_value = found ? statement_text(row, 0) : NULL;
	if (ret_at != NULL)
		*ret_at = found ? statement_int(row, 1) : 0;
	return row != NULL && fault_hand_on(g_steal_pointer(&failure), error);
}

gboolean
store_mark_set(
    Store *store, const char *name, const char *value, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, NULL,
		"INSERT INTO marks (name, value, at) VALUES (?1, ?2, ?3) ON CONFLICT "
		"(name) DO UPDATE SET value = ?2, at = ?3",
		"tti", name, value, now) &&
	    store_part(&txn, error);
}
