#include "answer.h"

#include "event.h"
#include "regulation.h"
#include "statement.h"

const char *const answer_names[] = { "waiting", "approved", "returned", NULL };

void
answer_free(Answer *answer)
{
	if (answer == NULL)
		return;
	g_free(answer->official);
	g_free(answer->decided_by);
	g_free(answer);
}

gboolean
store_answer_add(Store *store, gint64 case_id, gint64 letter, const char *official,
    gint64 now, gint64 *ret_id, GError **error)
{
	EventAbout about = { .letter = letter, .case_id = case_id };
	g_autoptr(Txn) txn = NULL;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, NULL,
		"INSERT INTO answers (case_id, letter, official, state, at) VALUES (?1, "
		"?2, ?3, 'waiting', ?4)",
		"iiti", case_id, letter, official, now))
		return FALSE;
	*ret_id = sqlite3_last_insert_rowid(store_db(store));
	return store_event(
		   store, now, "answer-came", about, error, "official", official, NULL) &&
	    store_part(&txn, error);
}

#define ANSWER_COLUMNS                                                                   \
	"id, case_id, letter, official, state, decided_by, coalesce(decided_at, 0), at"

static Answer *
read_answer(Statement *row)
{
	Answer *answer = g_new0(Answer, 1);
	g_autofree char *state = statement_text(row, 4);

	answer->id = statement_int(row, 0);
	answer->case_id = statement_int(row, 1);
	answer->letter = statement_int(row, 2);
	answer->official = statement_text(row, 3);
	answer->state = (AnswerState)MAX(name_index(answer_names, state), 0);
	answer->decided_by = statement_text(row, 5);
	answer->decided_at = statement_int(row, 6);
	answer->at = statement_int(row, 7);
	return answer;
}

Answer *
store_answer_get(Store *store, gint64 id, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " ANSWER_COLUMNS " FROM answers WHERE id = ?1", "i", id);

	if (row == NULL)
		return NULL;
	if (statement_step(row, &failure))
		return read_answer(row);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	else
		g_set_error(error, FAULT, FAULT_LETTER,
		    "there is no answer %" G_GINT64_FORMAT, id);
	return NULL;
}

static gboolean
refuse_decided(Store *store, gint64 id, GError **error)
{
	g_autoptr(Answer) answer = store_answer_get(store, id, error);

	if (answer != NULL)
		g_set_error(error, FAULT, FAULT_LETTER,
		    "answer %" G_GINT64_FORMAT " is already %s by %s", id,
		    answer_names[answer->state], answer->decided_by);
	return FALSE;
}

gboolean
store_answer_decide(Store *store, gint64 id, AnswerState state, const char *decided_by,
    gint64 now, GError **error)
{
	g_autofree char *event = g_strdup_printf("answer-%s", answer_names[state]);
	g_autoptr(Answer) answer = NULL;
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"UPDATE answers SET state = ?2, decided_by = ?3, decided_at = ?4 WHERE "
		"id = ?1 AND state = 'waiting'",
		"itti", id, answer_names[state], decided_by, now))
		return FALSE;
	if (changes != 1)
		return refuse_decided(store, id, error);
	answer = store_answer_get(store, id, error);
	return answer != NULL &&
	    store_event(store, now, event,
		(EventAbout){ .letter = answer->letter, .case_id = answer->case_id },
		error, "by", decided_by, NULL) &&
	    store_part(&txn, error);
}

GPtrArray *
store_answers(Store *store, gint64 case_id, GError **error)
{
	g_autoptr(GPtrArray) answers =
	    g_ptr_array_new_with_free_func((GDestroyNotify)answer_free);
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " ANSWER_COLUMNS " FROM answers WHERE case_id = ?1 ORDER BY id", "i",
	    case_id);

	while (rows != NULL && statement_step(rows, &failure))
		g_ptr_array_add(answers, read_answer(rows));
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error)
	    ? g_steal_pointer(&answers)
	    : NULL;
}
