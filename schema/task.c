#include "task.h"

#include "event.h"
#include "statement.h"

void
task_free(Task *task)
{
	if (task == NULL)
		return;
	g_free(task->kind);
	g_free(task->number);
	g_free(task->detail);
	g_free(task->done_by);
	g_free(task->done_reason);
	g_free(task);
}

gboolean
store_task_add(Store *store, const char *kind, gint64 letter, gint64 case_id,
    gint64 notice, const char *detail, gint64 now, gboolean *ret_new, GError **error)
{
	EventAbout about = { letter, case_id, notice };
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"INSERT INTO tasks (kind, letter, case_id, notice, detail, created_at) "
		"SELECT ?1, nullif(?2, 0), nullif(?3, 0), nullif(?4, 0), ?5, ?6 WHERE "
		"NOT "
		"EXISTS (SELECT 1 FROM tasks WHERE notice = ?4 AND done_at IS NULL)",
		"tiiiti", kind, letter, case_id, notice, detail, now))
		return FALSE;
	*ret_new = changes == 1;
	return (!*ret_new ||
		   store_event(store, now, "task", about, error, "task", kind, "detail",
		       detail, NULL)) &&
	    store_part(&txn, error);
}

#define TASK_COLUMNS                                                                     \
	"t.id, t.kind, coalesce(t.letter, 0), coalesce(t.case_id, 0), "                  \
	"coalesce(t.notice, 0), c.number, t.detail, t.created_at, "                      \
	"coalesce(t.done_at, 0), t.done_by, t.done_reason FROM tasks t "                 \
	"LEFT JOIN cases c ON c.id = t.case_id"

static Task *
read_task(Statement *row)
{
	Task *task = g_new0(Task, 1);

	task->id = statement_int(row, 0);
	task->kind = statement_text(row, 1);
	task->letter = statement_int(row, 2);
	task->case_id = statement_int(row, 3);
	task->notice = statement_int(row, 4);
	task->number = statement_text(row, 5);
	task->detail = statement_text(row, 6);
	task->created_at = statement_int(row, 7);
	task->done_at = statement_int(row, 8);
	task->done_by = statement_text(row, 9);
	task->done_reason = statement_text(row, 10);
	return task;
}

static GPtrArray *
read_tasks(Statement *rows, GError **error)
{
	g_autoptr(GPtrArray) tasks =
	    g_ptr_array_new_with_free_func((GDestroyNotify)task_free);
	g_autoptr(GError) failure = NULL;

	while (rows != NULL && statement_step(rows, &failure))
		g_ptr_array_add(tasks, read_task(rows));
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_steal_pointer(&tasks)
	    : NULL;
}

GPtrArray *
store_tasks(Store *store, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " TASK_COLUMNS " WHERE t.done_at IS NULL ORDER BY t.id", "");

	return read_tasks(rows, error);
}

GPtrArray *
store_tasks_of_letter(Store *store, gint64 letter, GError **error)
{
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " TASK_COLUMNS " WHERE t.done_at IS NULL AND (t.letter = ?1 OR "
	    "c.letter = ?1) ORDER BY t.id",
	    "i", letter);

	return read_tasks(rows, error);
}

Task *
store_task_of_notice(Store *store, gint64 notice, GError **error)
{
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " TASK_COLUMNS " WHERE t.notice = ?1 AND t.done_at IS NULL", "i",
	    notice);

	return row != NULL && statement_step(row, error) ? read_task(row) : NULL;
}

static Task *
get_task(Store *store, gint64 id, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(
	    store, error, "SELECT " TASK_COLUMNS " WHERE t.id = ?1", "i", id);

	if (row == NULL)
		return NULL;
	if (statement_step(row, &failure))
		return read_task(row);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	else
		g_set_error(
		    error, FAULT, FAULT_LETTER, "there is no task %" G_GINT64_FORMAT, id);
	return NULL;
}

gboolean
store_task_done(Store *store, gint64 id, const char *who, const char *reason, gint64 now,
    GError **error)
{
	g_autoptr(Txn) txn = NULL;
	g_autoptr(Task) task = NULL;

	if (!store_join(store, &txn, error))
		return FALSE;
	task = get_task(store, id, error);
	if (task == NULL)
		return FALSE;
	if (task->done_at != 0) {
		g_set_error(error, FAULT, FAULT_LETTER,
		    "task %" G_GINT64_FORMAT " is already done, by %s", id,
		    task->done_by);
		return FALSE;
	}
	return statement_run(store, error, NULL,
		   "UPDATE tasks SET done_at = ?2, done_by = ?3, done_reason = ?4 WHERE "
		   "id = ?1",
		   "iitt", id, now, who, reason) &&
	    store_event(store, now, "task-done",
		(EventAbout){ task->letter, task->case_id, task->notice }, error, "task",
		task->kind, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_task_settled(Store *store, gint64 notice, gboolean *ret_settled, GError **error)
{
	gint64 settled = 0;

	if (!statement_number(store, error, &settled, 0,
		"SELECT count(*) > 0 AND count(*) = count(done_at) FROM tasks WHERE "
		"notice = ?1",
		"i", notice))
		return FALSE;
	*ret_settled = settled != 0;
	return TRUE;
}
