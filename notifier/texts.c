#include "texts.h"

#include <string.h>

#include "fault.h"

#define MOST_KINDS 40

const char *const ground_names[N_GROUNDS + 1] = { "anonymous", "incomplete", "secret",
	"hate", "personal-data", "commercial", "unlawful", "obscene", "private",
	"petition", "flood", "unintelligible", "capitals", "unsentenced", NULL };

struct Texts {
	Words *words[N_LANGUAGES];
	Template *kinds[N_LANGUAGES][MOST_KINDS];
	Template *grounds[N_LANGUAGES][N_GROUNDS];
};

guint
ground_of(Rule rule, const char *missing)
{
	g_auto(GStrv) parts = g_strsplit(missing != NULL ? missing : "", ",", -1);

	if (rule != RULE_ANONYMOUS)
		return (guint)rule + 1;
	return missing == NULL || g_strv_contains((const char *const *)parts, "name") ? 0
										      : 1;
}

void
texts_free(Texts *texts)
{
	if (texts == NULL)
		return;
	for (guint language = 0; language < N_LANGUAGES; language++) {
		words_free(texts->words[language]);
		for (guint i = 0; i < MOST_KINDS; i++)
			template_free(texts->kinds[language][i]);
		for (guint i = 0; i < N_GROUNDS; i++)
			template_free(texts->grounds[language][i]);
	}
	g_free(texts);
}

static Template *
load_template(const char *folder, const char *prefix, const char *name,
    const KindInfo *kind, GError **error)
{
	g_autofree char *base = g_strconcat(prefix, name, ".txt", NULL);
	g_autofree char *file = g_build_filename(folder, base, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	gsize length;

	if (!g_file_get_contents(file, &text, &length, &cause)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
		return NULL;
	}
	if (strlen(text) != length) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: a NUL stands in it", file);
		return NULL;
	}
	return template_parse(file, text, kind, error);
}

static gboolean
load_language(Texts *texts, const char *folder, guint language, GError **error)
{
	g_autofree char *path = g_build_filename(folder, language_names[language], NULL);

	texts->words[language] = words_load(path, error);
	if (texts->words[language] == NULL)
		return FALSE;
	for (guint i = 0; kind_table[i].name != NULL; i++) {
		g_assert(i < MOST_KINDS);
		texts->kinds[language][i] =
		    load_template(path, "", kind_table[i].name, &kind_table[i], error);
		if (texts->kinds[language][i] == NULL)
			return FALSE;
	}
	for (guint i = 0; i < N_GROUNDS; i++) {
		texts->grounds[language][i] =
		    load_template(path, "ground-", ground_names[i], &ground_info, error);
		if (texts->grounds[language][i] == NULL)
			return FALSE;
	}
	return TRUE;
}

/* A word that one language has, all must have. */
static gboolean
check_words(const Texts *texts, GError **error)
{
	for (guint i = 0; i < N_LANGUAGES; i++)
		if (!words_match(
			texts->words[i], texts->words[(i + 1) % N_LANGUAGES], error))
			return FALSE;
	return TRUE;
}

Texts *
texts_load(const char *folder, GError **error)
{
	g_autoptr(Texts) texts = g_new0(Texts, 1);

	for (guint i = 0; i < N_LANGUAGES; i++)
		if (!load_language(texts, folder, i, error))
			return NULL;
	if (!check_words(texts, error))
		return NULL;
	return g_steal_pointer(&texts);
}

const Words *
texts_words(const Texts *texts, Language language)
{
	return texts->words[language];
}

const Template *
texts_kind(const Texts *texts, guint kind, Language language)
{
	return texts->kinds[language][kind];
}

const Template *
texts_ground(const Texts *texts, guint ground, Language language)
{
	return texts->grounds[language][ground];
}
