#include "phrases.h"

#include "datafile.h"

#include <string.h>

typedef struct {
	char **words;   /* folded */
	gboolean *open; /* for each word: any ending */
	guint n_words;
} Phrase;

struct Phrases {
	guint n_groups;
	GHashTable *
	    *by_start; /* a group's phrases by the first two bytes of their first word */
};

static void
phrase_free(gpointer data)
{
	Phrase *phrase = data;

	g_strfreev(phrase->words);
	g_free(phrase->open);
	g_free(phrase);
}

void
phrases_free(Phrases *phrases)
{
	if (phrases == NULL)
		return;
	for (guint i = 0; i < phrases->n_groups; i++)
		g_hash_table_unref(phrases->by_start[i]);
	g_free(phrases->by_start);
	g_free(phrases);
}

/* One byte when the word has no more; a phrase of one byte is looked for under both. */
static gpointer
start_key(const char *word)
{
	return GUINT_TO_POINTER(
	    (guint)(guchar)word[0] << 8 | (guchar)(word[0] != '\0' ? word[1] : 0));
}

static gboolean
add_phrase(GHashTable *group, const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, " -\t", -1);
	g_autoptr(GStrvBuilder) folded = g_strv_builder_new();
	Phrase *phrase = g_new0(Phrase, 1);
	GPtrArray *alike;

	phrase->open = g_new0(gboolean, g_strv_length(parts) + 1);
	for (int i = 0; parts[i] != NULL; i++) {
		g_autofree char *fold = word_fold(parts[i], -1);

		if (*fold == '\0')
			continue;
		phrase->open[phrase->n_words++] = g_str_has_suffix(parts[i], "*");
		g_strv_builder_add(folded, fold);
	}
	phrase->words = g_strv_builder_end(folded);
	if (phrase->n_words == 0 || (phrase->open[0] && strlen(phrase->words[0]) < 2)) {
		phrase_free(phrase);
		return FALSE;
	}
	alike = g_hash_table_lookup(group, start_key(phrase->words[0]));
	if (alike == NULL) {
		alike = g_ptr_array_new_with_free_func(phrase_free);
		g_hash_table_insert(group, start_key(phrase->words[0]), alike);
	}
	g_ptr_array_add(alike, phrase);
	return TRUE;
}

static gboolean
read_line(Phrases *phrases, char *line, const char *const *groups, int *group,
    const char *file, int number, GError **error)
{
	char *text = g_strstrip(line), *end = strchr(text, ']');
	int named = -1;

	if (*text == '#' || *text == '\0')
		return TRUE;
	if (*text == '[' && end != NULL) {
		*end = '\0';
		for (guint i = 0; i < phrases->n_groups; i++)
			if (strcmp(groups[i], text + 1) == 0)
				named = (int)i;
		*group = named;
		if (named >= 0)
			return TRUE;
		return datafile_refuse(
		    error, file, number, "unknown group [%s]", text + 1);
	}
	if (*group >= 0 && add_phrase(phrases->by_start[*group], text))
		return TRUE;
	return datafile_refuse(error, file, number, "expected %s",
	    *group < 0 ? "a [group] first" : "a phrase of words");
}

Phrases *
phrases_load(const char *file, const char *const *groups, GError **error)
{
	g_autoptr(Phrases) phrases = g_new0(Phrases, 1);
	g_autofree char *content = datafile_read(file, error);
	g_auto(GStrv) lines = NULL;
	int group = -1;

	phrases->n_groups = g_strv_length((char **)groups);
	phrases->by_start = g_new0(GHashTable *, phrases->n_groups);
	for (guint i = 0; i < phrases->n_groups; i++)
		phrases->by_start[i] = g_hash_table_new_full(
		    NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
	if (content == NULL)
		return NULL;
	lines = g_strsplit(content, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		if (!read_line(phrases, lines[i], groups, &group, file, i + 1, error))
			return NULL;
	for (guint i = 0; i < phrases->n_groups; i++)
		if (g_hash_table_size(phrases->by_start[i]) == 0) {
			datafile_refuse(
			    error, file, 0, "group [%s] is missing or empty", groups[i]);
			return NULL;
		}
	return g_steal_pointer(&phrases);
}

static gboolean
match_phrase(const Phrase *phrase, GArray *words, guint at)
{
	guint sentence = g_array_index(words, Word, at).sentence;

	for (guint i = 0; i < phrase->n_words; i++) {
		const Word *word;

		if (at + i >= words->len)
			return FALSE;
		word = &g_array_index(words, Word, at + i);
		if (word->sentence != sentence)
			return FALSE;
		if (phrase->open[i] ? !g_str_has_prefix(word->fold, phrase->words[i])
				    : strcmp(word->fold, phrase->words[i]) != 0)
			return FALSE;
	}
	return TRUE;
}

guint
phrases_match(const Phrases *phrases, guint group, GArray *words, guint at)
{
	const char *fold = g_array_index(words, Word, at).fold;
	GPtrArray *alike = g_hash_table_lookup(phrases->by_start[group], start_key(fold));
	guint longest = 0;

	for (guint i = 0; alike != NULL && i < alike->len; i++) {
		const Phrase *phrase = g_ptr_array_index(alike, i);

		if (phrase->n_words > longest && match_phrase(phrase, words, at))
			longest = phrase->n_words;
	}
	return longest > 0 ? at + longest : 0;
}
