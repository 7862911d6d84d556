#include "step.h"

#include "event.h"
#include "regulation.h"
#include "statement.h"

const char *const step_names[] = { "extension", "reassignment", "remark", "answer",
	"approval", "return", "addition", "thanks", "objection", "status", "recount",
	"closing", NULL };

void
step_free(Step *step)
{
	if (step == NULL)
		return;
	g_free((char *)step->who);
	g_free((char *)step->day);
	g_free((char *)step->text);
	g_free(step);
}

gboolean
store_step(Store *store, const Step *step, gint64 now, GError **error)
{
	EventAbout about = { .letter = step->letter, .case_id = step->case_id };
	g_autoptr(Txn) txn = NULL;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, NULL,
		"INSERT INTO steps (case_id, letter, kind, who, day, text, at) VALUES "
		"(?1, nullif(?2, 0), ?3, ?4, ?5, ?6, ?7)",
		"iitttti", step->case_id, step->letter, step_names[step->kind], step->who,
		step->day, step->text, now) &&
	    store_event(store, now, step_names[step->kind], about, error, "by", step->who,
		"due", step->day, NULL) &&
	    store_part(&txn, error);
}

static Step *
read_step(Statement *row)
{
	Step *step = g_new0(Step, 1);
	g_autofree char *kind = statement_text(row, 3);

	step->id = statement_int(row, 0);
	step->case_id = statement_int(row, 1);
	step->letter = statement_int(row, 2);
	step->kind = (StepKind)MAX(name_index(step_names, kind), 0);
	step->who = statement_text(row, 4);
	step->day = statement_text(row, 5);
	step->text = statement_text(row, 6);
	step->at = statement_int(row, 7);
	return step;
}

GPtrArray *
store_steps(Store *store, gint64 case_id, GError **error)
{
	g_autoptr(GPtrArray) steps =
	    g_ptr_array_new_with_free_func((GDestroyNotify)step_free);
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id, case_id, coalesce(letter, 0), kind, who, day, text, at FROM "
	    "steps "
	    "WHERE case_id = ?1 ORDER BY id",
	    "i", case_id);

	while (rows != NULL && statement_step(rows, &failure))
		g_ptr_array_add(steps, read_step(rows));
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_steal_pointer(&steps)
	    : NULL;
}
