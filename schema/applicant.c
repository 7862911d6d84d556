#include "applicant.h"

#include "statement.h"

#include <string.h>

/* Seven digits are a telephone without its city. */
#define FEWEST_DIGITS 7
#define DIGITS 10

static const char *const kind_words[] = { "name", "email", "phone" };

static int
compare_words(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Two words at least: a given name alone says nothing. */
static char *
name_key(const char *text)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);
	g_auto(GStrv) words = g_strsplit_set(lower, " \t\n.,", -1);
	g_autoptr(GPtrArray) kept = g_ptr_array_new();

	for (char **word = words; *word != NULL; word++)
		if (g_utf8_strlen(*word, -1) > 1)
			g_ptr_array_add(kept, *word);
	if (kept->len < 2)
		return NULL;
	g_ptr_array_sort(kept, compare_words);
	g_ptr_array_add(kept, NULL);
	return g_strjoinv(" ", (char **)kept->pdata);
}

static char *
phone_key(const char *text)
{
	g_autoptr(GString) digits = g_string_new(NULL);

	for (; *text != '\0'; text++)
		if (g_ascii_isdigit(*text))
			g_string_append_c(digits, *text);
	if (digits->len < FEWEST_DIGITS)
		return NULL;
	return g_strdup(digits->str + (digits->len > DIGITS ? digits->len - DIGITS : 0));
}

char *
applicant_key(ApplicantKind kind, const char *text)
{
	switch (kind) {
	case APPLICANT_NAME:
		return name_key(text);
	case APPLICANT_PHONE:
		return phone_key(text);
	default:
		return strchr(text, '@') != NULL ? g_utf8_strdown(text, -1) : NULL;
	}
}

static gboolean
add(Store *store, gint64 case_id, ApplicantKind kind, const char *text, GError **error)
{
	g_autofree char *key = text != NULL ? applicant_key(kind, text) : NULL;

	return key == NULL ||
	    statement_run(store, error, NULL,
		"INSERT OR IGNORE INTO applicants (kind, key, case_id) VALUES (?1, ?2, "
		"?3)",
		"tti", kind_words[kind], key, case_id);
}

gboolean
store_applicant_add(Store *store, gint64 case_id, const char *name, const char *email,
    const char *phone, GError **error)
{
	g_autoptr(Txn) txn = NULL;

	return store_join(store, &txn, error) &&
	    add(store, case_id, APPLICANT_NAME, name, error) &&
	    add(store, case_id, APPLICANT_EMAIL, email, error) &&
	    add(store, case_id, APPLICANT_PHONE, phone, error) && store_part(&txn, error);
}

gboolean
store_applicant_other(Store *store, ApplicantKind kind, const char *key, gint64 case_id,
    gint64 *ret_case, GError **error)
{
	return statement_number(store, error, ret_case, 0,
	    "SELECT CASE WHEN EXISTS (SELECT 1 FROM applicants WHERE kind = ?1 AND key = "
	    "?2 "
	    "AND case_id = ?3) THEN NULL ELSE (SELECT min(case_id) FROM applicants WHERE "
	    "kind = ?1 AND key = ?2) END",
	    "tti", kind_words[kind], key, case_id);
}

gboolean
store_applicant_names(
    Store *store, gint64 case_id, ApplicantFunc each, gpointer data, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Statement) rows = statement_open(store, error,
	    "SELECT DISTINCT key FROM applicants WHERE kind = 'name' AND key NOT IN "
	    "(SELECT key FROM applicants WHERE kind = 'name' AND case_id = ?1) AND "
	    "case_id NOT IN (SELECT case_id FROM applicants WHERE kind = 'email' AND key "
	    "IN (SELECT key FROM applicants WHERE kind = 'email' AND case_id = ?1))",
	    "i", case_id);

	while (rows != NULL && statement_step(rows, &failure)) {
		g_autofree char *key = statement_text(rows, 0);

		if (!each(key, data))
			break;
	}
	return rows != NULL && fault_hand_on(g_steal_pointer(&failure), error);
}
