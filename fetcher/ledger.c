#include "ledger.h"

typedef struct {
	guint failures;
	gint64 retry_at;
} Failure;

struct Ledger {
	GHashTable *stored; /* gint64 */
	GHashTable *failed; /* gint64 → Failure */
};

Ledger *
ledger_new(void)
{
	Ledger *ledger = g_new0(Ledger, 1);

	ledger->stored = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	ledger->failed =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	return ledger;
}

void
ledger_free(Ledger *ledger)
{
	if (ledger == NULL)
		return;
	g_hash_table_unref(ledger->stored);
	g_hash_table_unref(ledger->failed);
	g_free(ledger);
}

void
ledger_clear(Ledger *ledger)
{
	g_hash_table_remove_all(ledger->stored);
	g_hash_table_remove_all(ledger->failed);
}

void
ledger_add(Ledger *ledger, gint64 uid)
{
	g_hash_table_add(ledger->stored, g_memdup2(&uid, sizeof(uid)));
	g_hash_table_remove(ledger->failed, &uid);
}

void
ledger_settle(Ledger *ledger, gint64 uid)
{
	g_hash_table_remove(ledger->failed, &uid);
}

guint
ledger_fail(Ledger *ledger, gint64 uid, gint64 retry_at)
{
	Failure *failure = g_hash_table_lookup(ledger->failed, &uid);

	if (failure == NULL) {
		failure = g_new0(Failure, 1);
		g_hash_table_insert(
		    ledger->failed, g_memdup2(&uid, sizeof(uid)), failure);
	}
	failure->failures++;
	failure->retry_at = failure->failures < LEDGER_ATTEMPTS ? 0 : retry_at;
	return failure->failures;
}

gboolean
ledger_wants(const Ledger *ledger, gint64 uid, gint64 now)
{
	const Failure *failure = g_hash_table_lookup(ledger->failed, &uid);

	return !g_hash_table_contains(ledger->stored, &uid) &&
	    (failure == NULL || failure->retry_at <= now);
}

gint64
ledger_position(const Ledger *ledger, gint64 reached)
{
	GHashTableIter i;
	gpointer uid;

	g_hash_table_iter_init(&i, ledger->failed);
	while (g_hash_table_iter_next(&i, &uid, NULL))
		reached = MIN(reached, *(gint64 *)uid - 1);
	return reached;
}

void
ledger_forget(Ledger *ledger, gint64 position)
{
	GHashTableIter i;
	gpointer uid;

	g_hash_table_iter_init(&i, ledger->stored);
	while (g_hash_table_iter_next(&i, &uid, NULL))
		if (*(gint64 *)uid <= position)
			g_hash_table_iter_remove(&i);
}

guint
ledger_waiting(const Ledger *ledger, gint64 *ret_first_at)
{
	GHashTableIter i;
	gpointer value;
	guint waiting = 0;

	*ret_first_at = 0;
	g_hash_table_iter_init(&i, ledger->failed);
	while (g_hash_table_iter_next(&i, NULL, &value)) {
		const Failure *failure = value;

		if (failure->failures < LEDGER_ATTEMPTS)
			continue;
		waiting++;
		if (*ret_first_at == 0 || failure->retry_at < *ret_first_at)
			*ret_first_at = failure->retry_at;
	}
	return waiting;
}
