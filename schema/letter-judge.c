/* The classifier's moves: a claim, a failure, a verdict.  Each compares the state it
 * moves from. */
#include "event.h"
#include "letter-private.h"

#include <string.h>

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
	if (!fault_hand_on(g_steal_pointer(&failure), error))
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
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&letters)
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
	return fault_hand_on(g_steal_pointer(&failure), error) ? g_steal_pointer(&ids)
							       : NULL;
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
		!letter_moved(changes, letter, "received", error)))
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
	g_autoptr(GByteArray) value = g_byte_array_new();
	g_autofree char *author = reading->from_address != NULL
	    ? g_utf8_strdown(reading->from_address, -1)
	    : NULL;

	reading_pack(reading, verdict, value);
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
	    value->data, (gsize)value->len);
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
	    letter_moved(changes, letter, "received", error) &&
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
	return fault_hand_on(g_steal_pointer(&failure), error);
}
