/* A letter as it is stored, and a person's decision over it. */
#include "letter.h"

#include "clock.h"
#include "event.h"
#include "letter-private.h"

#include <string.h>

void
letter_free(Letter *letter)
{
	if (letter == NULL)
		return;
	g_free(letter->state);
	g_free(letter->state_why);
	reading_free(letter->reading);
	verdict_free(letter->verdict);
	g_free(letter->decided_by);
	g_free(letter->decided_reason);
	g_free(letter->decided_official);
	g_free(letter);
}

/* Expects that exactly one row moved. */
gboolean
letter_moved(int changes, gint64 letter, const char *from, GError **error)
{
	if (changes == 1)
		return TRUE;
	g_set_error(error, FAULT, FAULT_LETTER,
	    "letter %" G_GINT64_FORMAT " is not %s any more", letter, from);
	return FALSE;
}

/* A person's decision replaces what the machine said: outcome, rule and topic. */
static void
apply_decision(Letter *letter, Statement *row)
{
	g_autofree char *rule = statement_text(row, 11), *topic = statement_text(row, 12),
			*outcome = statement_text(row, 10);
	Verdict *verdict = letter->verdict;

	letter->decided_by = statement_text(row, 13);
	letter->decided_reason = statement_text(row, 14);
	letter->decided_official = statement_text(row, 15);
	if (verdict == NULL)
		verdict = letter->verdict = verdict_new();
	verdict->outcome = (Outcome)MAX(name_index(outcome_names, outcome), 0);
	if (verdict->outcome == OUTCOME_ACCEPT) {
		verdict->rule = -1;
		verdict->rules = 0;
	} else if (rule != NULL && verdict->rule != name_index(rule_names, rule)) {
		verdict->rule = name_index(rule_names, rule);
		verdict->rules = 1u << MAX(verdict->rule, 0);
	}
	if (name_index(topic_names, topic) >= 0)
		verdict->topic = (Topic)name_index(topic_names, topic);
	verdict->topic_sure = TRUE;
}

static gboolean
unpack(Letter *letter, Statement *row, GError **error)
{
	if (sqlite3_column_type(row, 9) == SQLITE_NULL ||
	    reading_unpack(sqlite3_column_blob(row, 9),
		(gsize)sqlite3_column_bytes(row, 9), &letter->reading, &letter->verdict))
		return TRUE;
	g_set_error(error, FAULT, FAULT_LETTER,
	    "letter %" G_GINT64_FORMAT
	    ": its reading is damaged; see rector-queue verify",
	    letter->id);
	return FALSE;
}

Letter *
letter_from_row(Statement *row, GError **error)
{
	g_autoptr(Letter) letter = g_new0(Letter, 1);
	gboolean is_stuck;

	letter->id = statement_int(row, 0);
	letter->received_at = statement_int(row, 1);
	letter->size = statement_int(row, 2);
	letter->whole = statement_int(row, 3) != 0;
	letter->attempts = statement_int(row, 4);
	letter->state = statement_text(row, 5);
	letter->place = statement_place(row, 6);
	letter->state_why = statement_text(row, 16);
	letter->completed_by = statement_int(row, 17);
	letter->completed_at = statement_int(row, 18);
	is_stuck =
	    strcmp(letter->state, "stuck") == 0; /* a damaged one can still be decided */
	if (!unpack(letter, row, is_stuck ? NULL : error) && !is_stuck)
		return NULL;
	if (sqlite3_column_type(row, 10) != SQLITE_NULL)
		apply_decision(letter, row);
	return g_steal_pointer(&letter);
}

Letter *
store_letter_get(Store *store, gint64 id, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT " LETTER_COLUMNS LETTER_TABLES "WHERE l.id = ?1", "i", id);

	if (row == NULL)
		return NULL;
	if (statement_step(row, &failure))
		return letter_from_row(row, error);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	else
		g_set_error(error, FAULT, FAULT_LETTER,
		    "there is no letter %" G_GINT64_FORMAT, id);
	return NULL;
}

/* --- a person --- */

/* Why a decision comes too late, in words that help. */
static gboolean
refuse_decision(Store *store, gint64 id, GError **error)
{
	g_autoptr(Letter) letter = store_letter_get(store, id, error);

	if (letter == NULL)
		return FALSE;
	if (letter->decided_by != NULL)
		g_set_error(error, FAULT, FAULT_LETTER,
		    "letter %" G_GINT64_FORMAT " is %s: already decided (%s) by %s", id,
		    letter->state, outcome_names[letter->verdict->outcome],
		    letter->decided_by);
	else
		g_set_error(error, FAULT, FAULT_LETTER,
		    "letter %" G_GINT64_FORMAT
		    " is %s, neither held nor stuck: nothing to decide",
		    id, letter->state);
	return FALSE;
}

static gboolean
keep_decision(Store *store, gint64 letter, Outcome outcome, int rule, int topic,
    const char *official, const char *who, const char *reason, gint64 now, GError **error)
{
	return statement_run(store, error, NULL,
	    "INSERT INTO decisions (letter, outcome, rule, topic, official, who, reason, "
	    "decided_at) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	    "itttttti", letter, outcome_names[outcome],
	    rule >= 0 ? rule_names[rule] : NULL, topic >= 0 ? topic_names[topic] : NULL,
	    official, who, reason, now);
}

gboolean
store_letter_decide(Store *store, gint64 letter, Outcome outcome, int rule, int topic,
    const char *official, const char *who, const char *reason, gint64 now, GError **error)
{
	EventAbout about = { .letter = letter };
	g_autoptr(Txn) txn = NULL;
	int changes;

	if (!store_join(store, &txn, error) ||
	    !statement_run(store, error, &changes,
		"UPDATE letters SET state = 'judged', state_why = NULL WHERE id = ?1 "
		"AND state IN ('held', 'stuck')",
		"i", letter))
		return FALSE;
	if (changes != 1)
		return refuse_decision(store, letter, error);
	return keep_decision(store, letter, outcome, rule, topic, official, who, reason,
		   now, error) &&
	    store_event(store, now, "decided", about, error, "verdict",
		outcome_names[outcome], "rule", rule >= 0 ? rule_names[rule] : NULL,
		"topic", topic >= 0 ? topic_names[topic] : NULL, NULL) &&
	    store_part(&txn, error);
}
