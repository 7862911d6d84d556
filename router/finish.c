#include "finish.h"

#include "case.h"
#include "notice.h"
#include "program.h"
#include "task.h"

#define BATCH 100

/* A server took the answer, or a person told it where mail could not. */
static gboolean
is_delivered(const Desk *desk, const Case *item, gboolean *ret_delivered, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Notice) answer =
	    store_notice_of_case(desk->store, item->id, "answer", "citizen", &failure);

	*ret_delivered = answer != NULL && g_str_equal(answer->state, "sent");
	if (answer != NULL && g_str_equal(answer->state, "refused"))
		return store_task_settled(desk->store, answer->id, ret_delivered, error);
	return fault_hand_on(g_steal_pointer(&failure), error);
}

static gboolean
finish_case(const Desk *desk, Case *item, guint *ret_closed, GError **error)
{
	const Step step = { .who = "rector-router" };
	gboolean delivered;

	if (!is_delivered(desk, item, &delivered, error))
		return FALSE;
	if (!delivered)
		return TRUE;
	++*ret_closed;
	g_info("case %s: closed, its answer has arrived", item->number);
	return store_case_close(desk->store, item, &step, desk->now, error);
}

gboolean
finish_cases(const Desk *desk, guint *ret_closed, GError **error)
{
	gint64 after = 0;

	*ret_closed = 0;
	while (!program_stopping()) {
		g_autoptr(GPtrArray) cases =
		    store_cases_answered(desk->store, after, BATCH, error);

		if (cases == NULL)
			return FALSE;
		if (cases->len == 0)
			return TRUE;
		after = ((Case *)cases->pdata[cases->len - 1])->id;
		for (guint i = 0; i < cases->len; i++)
			if (!finish_case(desk, cases->pdata[i], ret_closed, error))
				return FALSE;
	}
	return TRUE;
}
