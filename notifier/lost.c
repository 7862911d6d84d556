#include "lost.h"

#include <string.h>

#include "fault.h"
#include "task.h"

void
lost_free(Lost *lost)
{
	if (lost == NULL)
		return;
	notice_free(lost->notice);
	case_free(lost->item);
	letter_free(lost->letter);
	letter_free(lost->first);
	g_free(lost);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lost, lost_free)

/* The notice of an open task, 0 for none. */
static gboolean
find_task(Store *store, gint64 id, gint64 *ret_notice, GError **error)
{
	g_autoptr(GPtrArray) tasks = store_tasks(store, error);

	*ret_notice = 0;
	for (guint i = 0; tasks != NULL && i < tasks->len; i++) {
		const Task *task = g_ptr_array_index(tasks, i);
		if (task->id == id)
			*ret_notice = task->notice;
	}
	return tasks != NULL;
}

/* NULL without an error for none. */
static gboolean
read_letter(Store *store, gint64 id, Letter **ret_letter, GError **error)
{
	*ret_letter = id != 0 ? store_letter_get(store, id, error) : NULL;
	return id == 0 || *ret_letter != NULL;
}

static gboolean
read_parts(Store *store, Lost *lost, gint64 id, GError **error)
{
	gint64 first = 0;

	lost->notice = store_notice_get(store, id, error);
	if (lost->notice == NULL)
		return FALSE;
	if (lost->notice->case_id != 0) {
		lost->item = store_case_get(store, lost->notice->case_id, error);
		if (lost->item == NULL)
			return FALSE;
		if (lost->item->letter != lost->notice->letter)
			first = lost->item->letter;
	}
	return read_letter(store, lost->notice->letter, &lost->letter, error) &&
	    read_letter(store, first, &lost->first, error);
}

gboolean
lost_read(Store *store, const Notice *notice, Lost **ret_lost, GError **error)
{
	g_autoptr(Lost) lost = NULL;
	g_autoptr(GError) cause = NULL;
	gint64 id, task;

	*ret_lost = NULL;
	if (strcmp(notice->kind, "undelivered") != 0)
		return TRUE;
	id = material_fact_number(notice, "notice");
	task = material_fact_number(notice, "task");
	if (id == 0 && task != 0 && !find_task(store, task, &id, error))
		return FALSE;
	if (id == 0)
		return TRUE;
	lost = g_new0(Lost, 1);
	if (read_parts(store, lost, id, &cause)) {
		lost->about = (About){ .notice = lost->notice,
			.item = lost->item,
			.letter = lost->letter,
			.first = lost->first };
		*ret_lost = g_steal_pointer(&lost);
		return TRUE;
	}
	/* Erased meanwhile: the moderator hears of it all the same. */
	if (g_error_matches(cause, FAULT, FAULT_LETTER))
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&cause));
	return FALSE;
}
