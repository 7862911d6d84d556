/* Why a letter is not taken up: the ground in the reader's language, and the others. */
#include "material-private.h"

#include "fault.h"

static char *
list_missing(const Filler *filler)
{
	const Verdict *verdict = filler->about->letter->verdict;
	g_auto(GStrv) parts =
	    g_strsplit(verdict->missing != NULL ? verdict->missing : "", ",", -1);
	GString *list = g_string_new(NULL);

	for (char **part = parts; *part != NULL; part++)
		filler_add_item(
		    list, words_find(filler->words, "missing", g_strstrip(*part)));
	return g_string_free(list, list->len == 0);
}

static char *
ground_head(const Filler *filler, guint ground, const char *header)
{
	return template_head(
	    texts_ground(filler->wording->texts, ground, filler->about->notice->language),
	    header, filler->values, filler->words);
}

static void
fill_others(Filler *filler, guint main_rule)
{
	const Verdict *verdict = filler->about->letter->verdict;
	GString *list = g_string_new(NULL);

	for (guint rule = 0; rule < N_RULES; rule++) {
		guint ground = ground_of((Rule)rule, verdict->missing);
		if (rule == main_rule || (verdict->rules & (1u << rule)) == 0)
			continue;
		g_autofree char *paragraph = ground_head(filler, ground, "Paragraph");
		g_autofree char *wording = ground_head(filler, ground, "Wording");
		g_autofree char *item = g_strdup_printf("%s: %s", paragraph, wording);
		filler_add_item(list, item);
	}
	filler_set_list(filler, FIELD_OTHERS, list);
}

gboolean
filler_refusal(Filler *filler, GError **error)
{
	const Verdict *verdict = filler->about->letter->verdict;
	int named = name_index(rule_names, filler_fact(filler, "rule"));
	int rule = named >= 0 ? named : verdict != NULL ? verdict->rule : -1;
	guint ground;

	if (verdict == NULL || rule < 0) {
		g_set_error(error, FAULT, FAULT_LETTER, "the refusal names no paragraph");
		return FALSE;
	}
	ground = ground_of((Rule)rule, verdict->missing);
	filler->values[FIELD_MISSING] = list_missing(filler);
	filler_set(filler, FIELD_PARAGRAPH, ground_head(filler, ground, "Paragraph"));
	g_free(filler->values[FIELD_WORDING]);
	filler->values[FIELD_WORDING] = ground_head(filler, ground, "Wording");
	filler->values[FIELD_GROUND] = template_body(
	    texts_ground(filler->wording->texts, ground, filler->about->notice->language),
	    filler->values, filler->words);
	fill_others(filler, (guint)rule);
	return TRUE;
}
