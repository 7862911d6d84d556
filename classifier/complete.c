#include "complete.h"

#include "judge.h"

#include <string.h>

#define BATCH 100

static gboolean
is_missing(const Verdict *verdict, const char *what)
{
	g_auto(GStrv) items =
	    g_strsplit(verdict->missing != NULL ? verdict->missing : "", ",", -1);

	for (int i = 0; items[i] != NULL; i++)
		if (strcmp(g_strstrip(items[i]), what) == 0)
			return TRUE;
	return FALSE;
}

/* Takes one detail from the reply; what is still missing is added to `missing`. */
static void
take(const Verdict *verdict, const char *what, char **detail, char **where,
    const char *brought, GString *missing)
{
	if (!is_missing(verdict, what))
		return;
	if (brought == NULL) {
		g_string_append_printf(
		    missing, "%s%s", missing->len > 0 ? "," : "", what);
		return;
	}
	g_free(*detail);
	g_free(*where);
	*detail = g_strdup(brought);
	*where = g_strdup("completion");
}

static int
weightiest_rule(const Verdict *verdict)
{
	int main_rule = -1;

	for (int rule = 0; rule < N_RULES; rule++)
		if ((verdict->rules & 1u << rule) != 0 &&
		    (main_rule < 0 || verdict->scores[rule] > verdict->scores[main_rule]))
			main_rule = rule;
	return main_rule;
}

static void
drop_anonymous(Verdict *verdict)
{
	verdict->rules &= ~(1u << RULE_ANONYMOUS);
	verdict->scores[RULE_ANONYMOUS] = 0;
	for (guint i = verdict->findings->len; i > 0; i--)
		if (((const Finding *)verdict->findings->pdata[i - 1])->rule ==
		    RULE_ANONYMOUS)
			g_ptr_array_remove_index(verdict->findings, i - 1);
}

void
complete_verdict(Reading *reading, Verdict *verdict, const Reading *reply)
{
	g_autoptr(GString) missing = g_string_new(NULL);

	take(verdict, "name", &reading->name, &reading->name_where, reply->name, missing);
	take(verdict, "phone", &reading->phone, &reading->phone_where, reply->phone,
	    missing);
	take(verdict, "email", &reading->email, &reading->email_where, reply->email,
	    missing);
	reading->confidential = reading->confidential || reply->confidential;
	g_free(verdict->missing);
	verdict->missing = missing->len > 0 ? g_strdup(missing->str) : NULL;
	if (verdict->missing != NULL)
		return;
	drop_anonymous(verdict);
	verdict->rule = weightiest_rule(verdict);
	verdict->outcome = verdict->rule < 0 ? OUTCOME_ACCEPT : OUTCOME_HOLD;
}

static gboolean
complete_letter(Store *store, gint64 id, gint64 now, GError **error)
{
	g_autoptr(Letter) first = store_letter_get(store, id, error);
	g_autoptr(Letter) reply =
	    first != NULL ? store_letter_get(store, first->completed_by, error) : NULL;
	g_autofree char *key = NULL;

	if (reply == NULL)
		return FALSE;
	if (first->reading == NULL || reply->reading == NULL)
		return store_letter_fail(store, id, "damaged", TRUE, now, error);
	complete_verdict(first->reading, first->verdict, reply->reading);
	key = judge_text_key(first->reading);
	return store_letter_judge(
	    store, id, first->reading, first->verdict, key, now, error);
}

gboolean
complete_letters(Store *store, gint64 now, GError **error)
{
	g_autoptr(GArray) ids = store_letters_completed(store, BATCH, error);

	for (guint i = 0; ids != NULL && i < ids->len; i++)
		if (!complete_letter(store, g_array_index(ids, gint64, i), now, error))
			return FALSE;
	return ids != NULL;
}
