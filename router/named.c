#include "named.h"

#include <string.h>

/* Surname and given name stand together, perhaps with the father's name between. */
#define NEAR 2
#define SHORTEST_STEM 2
#define LONGEST_ENDING 5

struct Named {
	const Row *row;
	GHashTable *by_start; /* start of a word -> its places in the row */
};

static gpointer
start_of(const char *fold)
{
	return GUINT_TO_POINTER((guint)(guchar)fold[0] << 8 | (guchar)fold[1]);
}

static void
index_words(Named *named)
{
	named->by_start =
	    g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	for (guint i = 0; i < row_length(named->row); i++) {
		const char *fold = g_array_index(named->row->words, Word, i).fold;
		GArray *places = g_hash_table_lookup(named->by_start, start_of(fold));

		if (fold[1] == '\0')
			continue;
		if (places == NULL) {
			places = g_array_new(FALSE, FALSE, sizeof(guint));
			g_hash_table_insert(named->by_start, start_of(fold), places);
		}
		g_array_append_val(places, i);
	}
}

/* What stays of a name in every case: a last vowel changes, with the sound before it. */
static gsize
stem_of(const char *name)
{
	gsize length = strlen(name);
	gboolean open = strchr("aeiou", name[length - 1]) != NULL;

	return MAX(length - (!open ? 0 : length > 4 ? 2 : 1), SHORTEST_STEM);
}

/* Петровна, Сергеевичу, Болатұлы: a father's name, which is no surname, and with a given
 * name alone means half the country. */
static gboolean
has_father(const char *fold)
{
	static const char *const parts[] = { "ovn", "evn", "ovich", "evich", "ichn",
		"uli", "kizi", NULL };

	for (int i = 0; parts[i] != NULL; i++)
		if (strstr(fold, parts[i]) != NULL)
			return TRUE;
	return g_str_has_suffix(fold, "ich");
}

/* Is the word the name, with another ending perhaps: Иванова, Ивановой; Серік, Серікке?
 */
static gboolean
is_form_of(const char *word, const char *name)
{
	gsize same = 0;

	if (name[SHORTEST_STEM] == '\0') /* Ли, Ан: too short for endings */
		return strcmp(word, name) == 0;
	if (has_father(word) && !has_father(name))
		return FALSE;
	while (name[same] != '\0' && word[same] == name[same])
		same++;
	return same >= stem_of(name) && strlen(word + same) <= LONGEST_ENDING;
}

/* Of three names the father's does not count; a surname may end like one. */
static void
drop_father(GPtrArray *parts)
{
	guint fathers = 0, father = 0;

	for (guint i = 0; i < parts->len; i++)
		if (has_father(g_ptr_array_index(parts, i))) {
			fathers++;
			father = i;
		}
	if (parts->len > 2 && fathers == 1)
		g_ptr_array_remove_index(parts, father);
}

static const char *
fold_at(const Named *named, guint at)
{
	return g_array_index(named->row->words, Word, at).fold;
}

/* "А." of Анна, "Ш." of Шолпан. */
static gboolean
is_initial_of(const Named *named, guint at, const char *name)
{
	const Span *span = row_span(named->row, at);
	glong letters = g_utf8_strlen(
	    named->row->text + span->start, (gssize)(span->end - span->start));

	return letters == 1 && g_str_has_prefix(name, fold_at(named, at));
}

/* Does another part of the name, or its initial, stand near this place? */
static gboolean
has_other_part(const Named *named, guint place, GPtrArray *parts, guint part)
{
	guint from = place > NEAR ? place - NEAR : 0;
	guint until = MIN(place + NEAR + 1, row_length(named->row));

	for (guint other = 0; other < parts->len; other++) {
		const char *name = g_ptr_array_index(parts, other);

		for (guint i = from; other != part && i < until; i++)
			if (i != place &&
			    (is_form_of(fold_at(named, i), name) ||
				is_initial_of(named, i, name)))
				return TRUE;
	}
	return FALSE;
}

static gboolean
stands_in_text(const Named *named, GPtrArray *parts)
{
	for (guint part = 0; part < parts->len; part++) {
		const char *name = g_ptr_array_index(parts, part);
		GArray *places = g_hash_table_lookup(named->by_start, start_of(name));

		for (guint i = 0; places != NULL && i < places->len; i++) {
			guint place = g_array_index(places, guint, i);

			if (is_form_of(fold_at(named, place), name) &&
			    has_other_part(named, place, parts, part))
				return TRUE;
		}
	}
	return FALSE;
}

gboolean
named_stands(const Named *named, const char *name)
{
	g_auto(GStrv) words = g_strsplit(name, " ", -1);
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

	for (int i = 0; words[i] != NULL; i++) {
		char *fold = word_fold(words[i], -1);

		if (strlen(fold) < SHORTEST_STEM)
			g_free(fold);
		else
			g_ptr_array_add(parts, fold);
	}
	drop_father(parts);
	return parts->len > 1 && stands_in_text(named, parts);
}

Named *
named_new(const Row *row)
{
	Named *named = g_new0(Named, 1);

	named->row = row;
	index_words(named);
	return named;
}

void
named_free(Named *named)
{
	if (named == NULL)
		return;
	g_hash_table_unref(named->by_start);
	g_free(named);
}
