/* What happens to a case after its forward.  Every move compares the state first. */
#include "case.h"

#include "statement.h"

/* The case is not where the move takes it from. */
static gboolean
moved(Store *store, const Case *item, int changes, GError **error)
{
	g_autoptr(Case) now = NULL;

	if (changes == 1)
		return TRUE;
	now = store_case_get(store, item->id, error);
	if (now != NULL)
		g_set_error(error, FAULT, FAULT_LETTER,
		    "case %s is %s, official %s, due %s", now->number, now->state,
		    now->official, now->due_on);
	return FALSE;
}

static void
set_text(char **member, const char *value)
{
	char *copy = g_strdup(value);

	g_free(*member);
	*member = copy;
}

/* The step's case and due date are those of the case after the move. */
static gboolean
keep_step(Store *store, const Case *item, const Step *step, StepKind kind, gint64 now,
    GError **error)
{
	Step kept = *step;

	kept.case_id = item->id;
	kept.kind = kind;
	if (kind != STEP_CLOSING && kind != STEP_ANSWER)
		kept.day = item->due_on;
	return store_step(store, &kept, now, error);
}

gboolean
store_case_extend(Store *store, Case *item, const char *due_on, const char *extended_on,
    const char *extended_max, const Step *step, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"UPDATE cases SET state = 'extended', due_on = ?2, extended_on = ?3, "
		"extended_max = ?4, sequence = sequence + 1 WHERE id = ?1 AND state IN "
		"('open', 'extended') AND due_on = ?5",
		"itttt", item->id, due_on, extended_on, extended_max, item->due_on) ||
	    !moved(store, item, changes, error))
		return FALSE;
	set_text(&item->state, "extended");
	set_text(&item->due_on, due_on);
	set_text(&item->extended_on, extended_on);
	set_text(&item->extended_max, extended_max);
	item->sequence++;
	return keep_step(store, item, step, STEP_EXTENSION, now, error) &&
	    store_part(&txn, error);
}

gboolean
store_case_reassign(Store *store, Case *item, const Official *official, Topic topic,
    const Step *step, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"UPDATE cases SET official = ?2, official_name = ?3, official_address = "
		"?4, official_language = ?5, topic = ?6, sequence = sequence + 1 WHERE "
		"id "
		"= ?1 AND state IN ('open', 'extended') AND official = ?7",
		"itttttt", item->id, official->key, official->name, official->address,
		language_names[official->language], topic_names[topic], item->official) ||
	    !moved(store, item, changes, error))
		return FALSE;
	set_text(&item->official, official->key);
	set_text(&item->official_name, official->name);
	set_text(&item->official_address, official->address);
	item->official_language = official->language;
	item->topic = topic;
	item->sequence++;
	return keep_step(store, item, step, STEP_REASSIGNMENT, now, error) &&
	    store_part(&txn, error);
}

gboolean
store_case_recount(Store *store, Case *item, const char *registered_on, const char *day1,
    const char *due_on, const char *due_why, const char *calendar, const Step *step,
    gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"UPDATE cases SET registered_on = ?2, day1 = ?3, due_on = ?4, due_why = "
		"?5, calendar = ?6, sequence = sequence + (due_on <> ?4) WHERE id = ?1 "
		"AND state IN ('open', 'extended') AND due_on = ?7",
		"itttttt", item->id, registered_on, day1, due_on, due_why, calendar,
		item->due_on) ||
	    !moved(store, item, changes, error))
		return FALSE;
	if (g_strcmp0(item->due_on, due_on) != 0)
		item->sequence++;
	set_text(&item->registered_on, registered_on);
	set_text(&item->day1, day1);
	set_text(&item->due_on, due_on);
	set_text(&item->due_why, due_why);
	set_text(&item->calendar, calendar);
	return keep_step(store, item, step, STEP_RECOUNT, now, error) &&
	    store_part(&txn, error);
}

/* Ends it in `state`; the calendar entry goes with it. */
static gboolean
end_case(Store *store, Case *item, const char *state, const char *sql, StepKind kind,
    const Step *step, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes, sql, "ii", item->id, now) ||
	    !moved(store, item, changes, error))
		return FALSE;
	set_text(&item->state, state);
	item->sequence++;
	item->ended_at = now;
	return keep_step(store, item, step, kind, now, error) && store_part(&txn, error);
}

gboolean
store_case_answer(Store *store, Case *item, const Step *step, gint64 now, GError **error)
{
	return end_case(store, item, "answered",
	    "UPDATE cases SET state = 'answered', ended_at = ?2, sequence = sequence + 1 "
	    "WHERE id = ?1 AND state IN ('open', 'extended')",
	    STEP_ANSWER, step, now, error);
}

gboolean
store_case_close(Store *store, Case *item, const Step *step, gint64 now, GError **error)
{
	return end_case(store, item, "closed",
	    "UPDATE cases SET state = 'closed', ended_at = ?2, sequence = sequence + 1 "
	    "WHERE id = ?1 AND state IN ('open', 'extended', 'answered')",
	    STEP_CLOSING, step, now, error);
}

gboolean
store_case_reopen(Store *store, Case *item, const char *due_on, const char *due_why,
    const char *calendar, const Step *step, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"UPDATE cases SET state = 'open', due_on = ?2, due_why = ?3, calendar = "
		"?4, extended_on = NULL, extended_max = NULL, reopened = 1, ended_at = "
		"NULL, sequence = sequence + 1 WHERE id = ?1 AND reopened = 0 AND state "
		"IN "
		"('answered', 'closed')",
		"ittt", item->id, due_on, due_why, calendar) ||
	    !moved(store, item, changes, error))
		return FALSE;
	set_text(&item->state, "open");
	set_text(&item->due_on, due_on);
	set_text(&item->due_why, due_why);
	set_text(&item->calendar, calendar);
	g_clear_pointer(&item->extended_on, g_free);
	g_clear_pointer(&item->extended_max, g_free);
	item->sequence++;
	item->reopened = TRUE;
	item->ended_at = 0;
	return keep_step(store, item, step, STEP_OBJECTION, now, error) &&
	    store_part(&txn, error);
}
