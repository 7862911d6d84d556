/* A letter's moves after it was received.  Each compares the state it moves from. */
#include "letter.h"

#include "clock.h"
#include "event.h"
#include "statement.h"

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

static gboolean
propagate(GError *failure, GError **error)
{
	if (failure != NULL)
		g_propagate_error(error, failure);
	return failure == NULL;
}

/* Expects that exactly one row moved. */
static gboolean
moved(int changes, gint64 letter, const char *from, GError **error)
{
	if (changes == 1)
		return TRUE;
	g_set_error(error, FAULT, FAULT_LETTER,
	    "letter %" G_GINT64_FORMAT " is not %s any more", letter, from);
	return FALSE;
}

/* --- the classifier --- */

static gboolean
give_up_on_failed(Store *store, guint most_attempts, gint64 now, GError **error)
{
	g_autoptr(GArray) letters = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id FROM letters WHERE state = 'received' AND attempts >= ?1", "i",
	    (gint64)most_attempts);

	if (rows == NULL)
		return FALSE;
	while (statement_step(rows, &failure)) {
		gint64 id = statement_int(rows, 0);

		g_array_append_val(letters, id);
	}
	if (!propagate(g_steal_pointer(&failure), error))
		return FALSE;
	for (guint i = 0; i < letters->len; i++)
		if (!store_letter_fail(store, g_array_index(letters, gint64, i),
			"attempts", TRUE, now, error))
			return FALSE;
	return TRUE;
}

/* One that has failed before comes alone, so that it can harm nobody else. */
static GArray *
choose_received(Store *store, guint limit, GError **error)
{
	g_autoptr(GArray) letters = g_array_new(FALSE, TRUE, sizeof(LetterBytes));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id, received_at, size, whole, attempts, spool_file, spool_offset, "
	    "spool_length "
	    "FROM letters WHERE state = 'received' "
	    "AND completed_by IS NULL ORDER BY received_at, id LIMIT ?1",
	    "i", (gint64)limit);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		LetterBytes letter = { .id = statement_int(rows, 0),
			.received_at = statement_int(rows, 1),
			.size = statement_int(rows, 2),
			.whole = statement_int(rows, 3) != 0,
			.attempts = statement_int(rows, 4),
			.place = statement_place(rows, 5) };

		if (letter.attempts > 0 && letters->len > 0)
			break;
		g_array_append_val(letters, letter);
		if (letter.attempts > 0)
			break;
	}
	return propagate(g_steal_pointer(&failure), error) ? g_steal_pointer(&letters)
							   : NULL;
}

GArray *
store_letters_claim(
    Store *store, guint limit, guint most_attempts, gint64 now, GError **error)
{
	g_autoptr(GArray) letters = NULL;
	g_autoptr(Txn) txn = NULL;
	gint64 waiting;

	/* an idle pass writes nothing, not even an empty transaction */
	if (!statement_number(store, error, &waiting, 0,
		"SELECT EXISTS (SELECT 1 FROM letters WHERE state = 'received' "
		"AND completed_by IS NULL)",
		""))
		return NULL;
	if (waiting == 0)
		return g_array_new(FALSE, TRUE, sizeof(LetterBytes));
	if (!store_join(store, &txn, error) ||
	    !give_up_on_failed(store, most_attempts, now, error) ||
	    (letters = choose_received(store, limit, error)) == NULL)
		return NULL;
	for (guint i = 0; i < letters->len; i++)
		if (!statement_run(store, error, NULL,
			"UPDATE letters SET attempts = attempts + 1 WHERE id = ?1", "i",
			g_array_index(letters, LetterBytes, i).id))
			return NULL;
	return store_part(&txn, error) ? g_steal_pointer(&letters) : NULL;
}

GArray *
store_letters_completed(Store *store, guint limit, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT id FROM letters WHERE state = 'received' AND completed_by IS NOT "
	    "NULL "
	    "ORDER BY received_at, id LIMIT ?1",
	    "i", (gint64)limit);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		gint64 id = statement_int(rows, 0);

		g_array_append_val(ids, id);
	}
	return propagate(g_steal_pointer(&failure), error) ? g_steal_pointer(&ids) : NULL;
}

gboolean
store_letter_unclaim(Store *store, gint64 letter, GError **error)
{
	return statement_run(store, error, NULL,
	    "UPDATE letters SET attempts = attempts - 1 WHERE id = ?1 AND state = "
	    "'received' "
	    "AND attempts > 0",
	    "i", letter);
}

gboolean
store_letter_fail(Store *store, gint64 letter, const char *what, gboolean final,
    gint64 now, GError **error)
{
	EventAbout about = { .letter = letter };
	g_autoptr(Txn) txn = NULL;
	int changes = 1;

	if (!store_join(store, &txn, error))
		return FALSE;
	if (final &&
	    (!statement_run(store, error, &changes,
		 "UPDATE letters SET state = 'stuck', state_why = ?2 WHERE id = ?1 "
		 "AND state = 'received'",
		 "it", letter, what) ||
		!moved(changes, letter, "received", error)))
		return FALSE;
	return store_event(store, now, final ? "stuck" : "failed", about, error, "why",
		   what, NULL) &&
	    store_part(&txn, error);
}

static gint64
count_words(const char *text)
{
	gint64 words = 0;
	gboolean inside = FALSE;

	for (const char *p = text != NULL ? text : ""; *p != '\0';
	     p = g_utf8_next_char(p)) {
		gboolean is_word = g_unichar_isalnum(g_utf8_get_char(p));

		words += is_word && !inside;
		inside = is_word;
	}
	return words;
}

static gboolean
keep_reading(Store *store, gint64 letter, const Reading *reading, const Verdict *verdict,
    const char *text_key, GError **error)
{
	g_autoptr(GVariant) value = reading_to_variant(reading, verdict);
	g_autofree char *author = reading->from_address != NULL
	    ? g_utf8_strdown(reading->from_address, -1)
	    : NULL;

	return statement_run(store, error, NULL,
	    "INSERT INTO readings (letter, from_name, from_address, author_key, "
	    "text_key, words, "
	    "received_at, kind, language, confidential, value) VALUES (?1, ?2, ?3, ?4, "
	    "?5, ?6, "
	    "(SELECT received_at FROM letters WHERE id = ?1), ?7, ?8, ?9, ?10) "
	    "ON CONFLICT (letter) DO UPDATE SET from_name = excluded.from_name, "
	    "from_address = excluded.from_address, author_key = excluded.author_key, "
	    "text_key = excluded.text_key, words = excluded.words, kind = excluded.kind, "
	    "language = excluded.language, confidential = excluded.confidential, "
	    "value = excluded.value",
	    "itttt"
	    "ittib",
	    letter, reading->from_name, reading->from_address, author, text_key,
	    count_words(reading->text), kind_names[reading->kind],
	    language_names[reading->language], (gint64)(reading->confidential != 0),
	    g_variant_get_data(value), g_variant_get_size(value));
}

static gboolean
keep_verdict(
    Store *store, gint64 letter, const Verdict *verdict, gint64 now, GError **error)
{
	g_autofree char *rules = verdict_rules_text(verdict);

	return statement_run(store, error, NULL,
	    "INSERT INTO verdicts (letter, outcome, rule, rules, urgent, topic, version, "
	    "judged_at) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (letter) DO UPDATE SET "
	    "outcome = excluded.outcome, rule = excluded.rule, rules = excluded.rules, "
	    "urgent = excluded.urgent, topic = excluded.topic, version = "
	    "excluded.version, "
	    "judged_at = excluded.judged_at",
	    "itttitti", letter, outcome_names[verdict->outcome],
	    verdict->rule >= 0 ? rule_names[verdict->rule] : NULL, rules,
	    (gint64)(verdict->urgent != 0), topic_names[verdict->topic],
	    verdict->version != NULL ? verdict->version : "", now);
}

gboolean
store_letter_judge(Store *store, gint64 letter, const Reading *reading,
    const Verdict *verdict, const char *text_key, gint64 now, GError **error)
{
	EventAbout about = { .letter = letter };
	g_autofree char *rules = verdict_rules_text(verdict);
	g_autoptr(Txn) txn = NULL;
	int changes;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &changes,
		"UPDATE letters SET state = 'judged', state_why = NULL WHERE id = ?1 "
		"AND state = 'received'",
		"i", letter) &&
	    moved(changes, letter, "received", error) &&
	    keep_reading(store, letter, reading, verdict, text_key, error) &&
	    keep_verdict(store, letter, verdict, now, error) &&
	    store_event(store, now, "judged", about, error, "verdict",
		outcome_names[verdict->outcome], "rules", *rules != '\0' ? rules : NULL,
		"kind", kind_names[reading->kind], "language",
		language_names[reading->language], "topic", topic_names[verdict->topic],
		"urgent", verdict->urgent ? "yes" : NULL, "version", verdict->version,
		NULL) &&
	    store_part(&txn, error);
}

gboolean
store_letter_history(Store *store, gint64 letter, const char *address,
    const char *text_key, gint64 received_at, gint64 seconds, gint64 few_words,
    History *ret_history, GError **error)
{
	g_autofree char *author = g_utf8_strdown(address != NULL ? address : "", -1);
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) row = statement_open(store, error,
	    "SELECT count(*), coalesce(sum(words <= ?5), 0), coalesce(sum(text_key IS "
	    "?6), 0) "
	    "FROM readings WHERE author_key = ?1 AND received_at BETWEEN ?2 AND ?3 "
	    "AND letter <> ?4 AND (received_at < ?3 OR letter < ?4)",
	    "tiiiit", author, received_at - seconds, received_at, letter, few_words,
	    text_key);

	*ret_history = (History){ 0 };
	if (row == NULL)
		return FALSE;
	if (statement_step(row, &failure))
		*ret_history = (History){ statement_int(row, 0), statement_int(row, 1),
			statement_int(row, 2) };
	return propagate(g_steal_pointer(&failure), error);
}

/* --- the router --- */

#define LETTER_COLUMNS                                                                   \
	"l.id, l.received_at, l.size, l.whole, l.attempts, l.state, l.spool_file, "      \
	"l.spool_offset, l.spool_length, r.value, d.outcome, d.rule, d.topic, d.who, "   \
	"d.reason, "                                                                     \
	"d.official, l.state_why, coalesce(l.completed_by, 0), coalesce(b.received_at, " \
	"0)"
#define LETTER_TABLES                                                                    \
	" FROM letters l LEFT JOIN readings r ON r.letter = l.id "                       \
	"LEFT JOIN letters b ON b.id = l.completed_by LEFT JOIN decisions d "            \
	"ON d.id = (SELECT max(id) FROM decisions WHERE letter = l.id) "

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
	gsize size = (gsize)sqlite3_column_bytes(row, 9);
	gpointer bytes;
	g_autoptr(GVariant) value = NULL;

	if (sqlite3_column_type(row, 9) == SQLITE_NULL)
		return TRUE;
	bytes =
	    g_memdup2(sqlite3_column_blob(row, 9), size); /* GVariant wants it aligned */
	value = g_variant_ref_sink(g_variant_new_from_data(
	    READING_PACKED_TYPE, bytes, size, FALSE, g_free, bytes));
	if (reading_from_variant(value, &letter->reading, &letter->verdict))
		return TRUE;
	g_set_error(error, FAULT, FAULT_LETTER,
	    "letter %" G_GINT64_FORMAT
	    ": its reading is damaged; see rector-queue verify",
	    letter->id);
	return FALSE;
}

static Letter *
read_letter(Statement *row, GError **error)
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

/* A letter whose reading does not unpack must not stop the others. */
static gboolean
set_aside(Store *store, GArray *damaged, GError **error)
{
	for (guint i = 0; i < damaged->len; i++) {
		EventAbout about = { .letter = g_array_index(damaged, gint64, i) };
		g_autoptr(Txn) txn = NULL;

		if (!store_join(store, &txn, error) ||
		    !statement_run(store, error, NULL,
			"UPDATE letters SET state = 'stuck', state_why = 'damaged' WHERE "
			"id = ?1 "
			"AND state = 'judged'",
			"i", about.letter) ||
		    !store_event(store, clock_now(), "stuck", about, error, "why",
			"damaged", NULL) ||
		    !store_part(&txn, error))
			return FALSE;
	}
	return TRUE;
}

GPtrArray *
store_letters_judged(Store *store, guint limit, GError **error)
{
	g_autoptr(GPtrArray) letters =
	    g_ptr_array_new_with_free_func((GDestroyNotify)letter_free);
	g_autoptr(GArray) damaged = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT " LETTER_COLUMNS LETTER_TABLES
	    "WHERE l.id IN (SELECT id FROM (SELECT id "
	    "FROM letters WHERE state = 'judged' ORDER BY received_at, id LIMIT ?1) "
	    "UNION ALL "
	    "SELECT id FROM (SELECT id FROM letters WHERE state IN ('held', 'stuck') "
	    "AND state = 'stuck' AND stuck_told = 0 LIMIT ?1)) ORDER BY l.received_at, "
	    "l.id",
	    "i", (gint64)limit);

	if (rows == NULL)
		return NULL;
	while (statement_step(rows, &failure)) {
		Letter *letter = read_letter(rows, NULL);
		gint64 id = statement_int(rows, 0);

		if (letter != NULL)
			g_ptr_array_add(letters, letter);
		else
			g_array_append_val(damaged, id);
	}
	g_clear_pointer(&rows, statement_close);
	if (!propagate(g_steal_pointer(&failure), error) ||
	    !set_aside(store, damaged, error))
		return NULL;
	return g_steal_pointer(&letters);
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
		return read_letter(row, error);
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	else
		g_set_error(error, FAULT, FAULT_LETTER,
		    "there is no letter %" G_GINT64_FORMAT, id);
	return NULL;
}

gboolean
store_letter_hold(
    Store *store, gint64 letter, const char *why, gint64 now, GError **error)
{
	EventAbout about = { .letter = letter };
	g_autoptr(Txn) txn = NULL;
	int changes;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &changes,
		"UPDATE letters SET state = 'held', state_why = ?2 WHERE id = ?1 "
		"AND state = 'judged'",
		"it", letter, why) &&
	    moved(changes, letter, "judged", error) &&
	    store_event(store, now, "held", about, error, "why", why, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_letter_close(Store *store, gint64 letter, const char *outcome, const char *silent,
    gint64 now, GError **error)
{
	EventAbout about = { .letter = letter };
	g_autoptr(Txn) txn = NULL;
	int changes;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &changes,
		"UPDATE letters SET state = 'closed', state_why = ?2 WHERE id = ?1 "
		"AND state = 'judged'",
		"it", letter, outcome) &&
	    moved(changes, letter, "judged", error) &&
	    store_event(store, now, outcome, about, error, "no-notice", silent, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_letter_complete(
    Store *store, gint64 first, gint64 reply, gint64 now, GError **error)
{
	EventAbout about_first = { .letter = first }, about_reply = { .letter = reply };
	g_autofree char *first_text = g_strdup_printf("%" G_GINT64_FORMAT, first);
	g_autofree char *reply_text = g_strdup_printf("%" G_GINT64_FORMAT, reply);
	g_autoptr(Txn) txn = NULL;
	int closed, reopened;

	return store_join(store, &txn, error) &&
	    statement_run(store, error, &closed,
		"UPDATE letters SET state = 'closed', state_why = 'completion' WHERE id "
		"= ?1 "
		"AND state = 'judged'",
		"i", reply) &&
	    moved(closed, reply, "judged", error) &&
	    statement_run(store, error, &reopened,
		"UPDATE letters SET state = 'received', state_why = NULL, attempts = 0, "
		"completed_by = ?2 WHERE id = ?1 AND state = 'closed' AND state_why = "
		"'rejected'",
		"ii", first, reply) &&
	    moved(reopened, first, "closed as rejected", error) &&
	    store_event(
		store, now, "completion", about_reply, error, "of", first_text, NULL) &&
	    store_event(
		store, now, "completed", about_first, error, "by", reply_text, NULL) &&
	    store_part(&txn, error);
}

gboolean
store_letter_stuck_told(Store *store, gint64 letter, gint64 now, GError **error)
{
	int changes;

	return statement_run(store, error, &changes,
		   "UPDATE letters SET stuck_told = 1 WHERE id = ?1 AND state = 'stuck' "
		   "AND stuck_told = 0",
		   "i", letter) &&
	    moved(changes, letter, "stuck and untold", error);
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
