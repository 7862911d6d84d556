#include "names.h"

#include "wordlist.h"

#include <string.h>

/* Endings that are taken off a word, and so say nothing of what is left. */
#define NAME_CASE (1u << 20)
#define NAME_GENITIVE (1u << 21)
#define NAME_PERSON (1u << 22)
#define NAME_VERB (1u << 23)
#define NAME_TAKEN (NAME_CASE | NAME_GENITIVE | NAME_SPOKEN_OF | NAME_PERSON | NAME_VERB)

struct Names {
	WordList *words;
};

/* A letter of a folded spelling as it stands in a key: 0 drops it. */
static gunichar
key_letter(gunichar c)
{
	switch (c) {
	case 0x44c: /* ь */
	case 0x44a: /* ъ */
	case '\'':
		return 0;
	case 0x44d: /* э */
		return 0x435;
	case 0x44b: /* ы */
		return 0x438;
	case 0x449: /* щ */
		return 0x448;
	default:
		return c;
	}
}

/* From a Cyrillic spelling: letters that are written this way or that become one, doubled
 * letters single, дж is ж, ю is иу and я is иа. */
static void
make_key(const char *spelling, char *ret_key)
{
	gsize written = 0;
	gunichar last = 0;
	guint step;

	for (const char *at = spelling; *at != '\0' && written < NAME_KEY_SPACE - 8;
	     at += step) {
		gunichar c = key_letter(fold_next(at, &step));

		if (c == 0x44e || c == 0x44f) {
			if (c == 0x44e || last != 0x438)
				written += fold_put(ret_key + written, 0x438);
			c = c == 0x44e ? 0x443 : 0x430;
		} else if (c == 0 || c == last) {
			continue;
		} else if (c == 0x436 && last == 0x434) {
			written -= 2;
		}
		written += fold_put(ret_key + written, c);
		last = c;
	}
	ret_key[written] = '\0';
}

void
names_key(const TextWord *word, char *ret_key)
{
	make_key(word->second != NULL ? word->second : word->folded, ret_key);
}

static const WordSection sections[] = {
	{ "kazakh", NAME_GIVEN },
	{ "russian", NAME_GIVEN },
	{ "turkic", NAME_GIVEN },
	{ "european", NAME_GIVEN },
	{ "asian", NAME_GIVEN },
	{ "compound", NAME_COMPOUND },
	{ "family", NAME_FAMILY },
	{ "family-sure", NAME_FAMILY | NAME_SURE },
	{ "family-oblique", NAME_FAMILY | NAME_OBLIQUE },
	{ "surname", NAME_FAMILY | NAME_LISTED },
	{ "patronymic", NAME_PATRONYMIC },
	{ "filial", NAME_PATRONYMIC | NAME_FILIAL },
	{ "patronymic-word", NAME_PATRONYMIC_WORD },
	{ "particle", NAME_PARTICLE },
	{ "role", NAME_ROLE },
	{ "study", NAME_STUDY },
	{ "post", NAME_POST },
	{ "honorific", NAME_HONORIFIC },
	{ "other", NAME_OTHER },
	{ "mine", NAME_OTHER | NAME_MINE },
	{ "never", NAME_NEVER },
	{ "case", NAME_CASE },
	{ "person", NAME_CASE | NAME_PERSON },
	{ "spoken-of", NAME_SPOKEN_OF },
	{ "genitive", NAME_GENITIVE },
	{ "verb", NAME_VERB },
	{ NULL, 0 },
};

Names *
names_load(const char *folder, GError **error)
{
	g_autoptr(Names) names = g_new0(Names, 1);
	static const char *const files[] = { "names-given.txt", "names-family.txt",
		"names-words.txt" };

	names->words = wordlist_new(sections, names_key);
	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *file = g_build_filename(folder, files[i], NULL);

		if (!wordlist_load(names->words, file, error))
			return NULL;
	}
	return g_steal_pointer(&names);
}

void
names_free(Names *names)
{
	if (names == NULL)
		return;
	wordlist_free(names->words);
	g_free(names);
}

/* What a word is by its key; of a capitalised one a sure ending says more than how it
 * begins: "Азаматова" is no citizen. */
static guint
key_class(const Names *names, const char *key, gboolean capital)
{
	guint whole = wordlist_whole(names->words, key), ending;

	ending = wordlist_ending(names->words, key) & ~NAME_TAKEN;
	/* What stands in a list whole is that, whatever it begins or ends like. */
	if ((whole & NAME_GIVEN) != 0)
		return whole | (ending & NAME_FAMILY);
	if (whole != 0)
		return whole;
	if (capital && (ending & NAME_SURE) != 0)
		return ending;
	whole = wordlist_beginning(names->words, key);
	return whole == 0 || (ending & (NAME_PATRONYMIC | NAME_COMPOUND)) != 0 ? ending
									       : whole;
}

static gboolean
is_given(const Names *names, const char *key)
{
	return (wordlist_whole(names->words, key) & NAME_GIVEN) != 0;
}

/* Takes an ending of a class off a word (its first folding, so that "Болаттан" keeps its
 * т) and returns how many bytes it had and the key of what is left; 0 when there is none.
 */
static gsize
take_ending(const Names *names, guint class, const TextWord *word, char *ret_key)
{
	char ending_key[NAME_KEY_SPACE], bare[2 * NAME_KEY_SPACE];

	if (!word->cyrillic || word->folded_length >= sizeof bare)
		return 0;
	for (gsize off = 6; off >= 4; off -= 2) {
		if (word->folded_length < off + 6)
			continue;
		make_key(word->folded + word->folded_length - off, ending_key);
		if ((wordlist_is_ending(names->words, ending_key) & class) == 0)
			continue;
		memcpy(bare, word->folded, word->folded_length - off);
		bare[word->folded_length - off] = '\0';
		make_key(bare, ret_key);
		return off;
	}
	return 0;
}

gsize
names_case_ending(const Names *names, const TextWord *word)
{
	char key[NAME_KEY_SPACE], bare[NAME_KEY_SPACE];
	gsize off;

	names_key(word, key);
	off = take_ending(names, NAME_CASE, word, bare);
	if (off == 0 || is_given(names, key) ||
	    (key_class(names, bare, FALSE) & NAME_ANY) == 0)
		return 0;
	return off;
}

gsize
names_person_ending(const Names *names, const TextWord *word)
{
	char bare[NAME_KEY_SPACE];

	return take_ending(names, NAME_PERSON, word, bare);
}

gboolean
names_is_sure_patronymic(const Names *names, const TextWord *word)
{
	static const char *const endings[] = { "ович", "евич", "ич", "ыч", NULL };
	static const char *const ends[] = { "", "и", "а", "иа", "о" };
	char bare[2 * NAME_KEY_SPACE], key[NAME_KEY_SPACE];

	if (!word->cyrillic || word->folded_length >= 2 * NAME_KEY_SPACE - 8)
		return FALSE;
	for (guint i = 0; endings[i] != NULL; i++) {
		if (!g_str_has_suffix(word->folded, endings[i]))
			continue;
		for (guint k = 0; k < G_N_ELEMENTS(ends); k++) {
			gsize length = word->folded_length - strlen(endings[i]);

			memcpy(bare, word->folded, length);
			strcpy(bare + length, ends[k]);
			make_key(bare, key);
			if (is_given(names, key) ||
			    (wordlist_ending(names->words, key) & NAME_COMPOUND) != 0)
				return TRUE;
		}
		return FALSE;
	}
	/* A woman's. */
	return TRUE;
}

gboolean
names_is_verb(const Names *names, const TextWord *word)
{
	char key[NAME_KEY_SPACE];

	names_key(word, key);
	return ((wordlist_whole(names->words, key) | wordlist_ending(names->words, key)) &
		   NAME_VERB) != 0;
}

/* A Russian given name in another case: "Ерлана", "Марии", "Анны". */
static gboolean
is_oblique_given(const Names *names, const TextWord *word)
{
	static const char *const ends[] = { "", "а", "иа", "и" };
	char bare[2 * NAME_KEY_SPACE], key[NAME_KEY_SPACE];

	if (!word->cyrillic || word->folded_length < 8 ||
	    word->folded_length >= 2 * NAME_KEY_SPACE - 8 ||
	    strstr("аеиоуыюя", word->folded + word->folded_length - 2) == NULL)
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
		memcpy(bare, word->folded, word->folded_length - 2);
		strcpy(bare + word->folded_length - 2, ends[i]);
		make_key(bare, key);
		if (is_given(names, key))
			return TRUE;
	}
	return FALSE;
}

guint
names_class(const Names *names, const TextWord *word)
{
	char key[NAME_KEY_SPACE], bare[NAME_KEY_SPACE];
	guint class;

	if (word->script == SCRIPT_DIGIT || word->script == SCRIPT_OTHER || word->linked)
		return 0;
	names_key(word, key);
	class = key_class(names, key, word->letter_case == CASE_TITLE);
	/* "ана" is a mother, "Анна" a name. */
	if (word->letter_case == CASE_LOWER && (class & NAME_ROLE) != 0)
		class &= ~(guint)NAME_ANY;
	if ((class & ~(NAME_FAMILY | NAME_SURE | NAME_LISTED | NAME_OBLIQUE)) != 0 ||
	    word->letter_case == CASE_LOWER)
		return class;
	if (take_ending(names, NAME_CASE, word, bare) > 0 &&
	    (key_class(names, bare, FALSE) & NAME_ANY) != 0)
		return key_class(names, bare, FALSE) & NAME_ANY;
	/* "X-тың" of any X when it is typed so; "Никитин" is none. */
	if (take_ending(names, NAME_GENITIVE, word, bare) > 0 &&
	    (word->kazakh || (key_class(names, bare, FALSE) & NAME_ANY) != 0))
		return (key_class(names, bare, FALSE) & NAME_ANY) | NAME_SPOKEN_OF;
	if (take_ending(names, NAME_SPOKEN_OF, word, bare) > 0 &&
	    (key_class(names, bare, FALSE) & NAME_ANY) != 0)
		return (key_class(names, bare, FALSE) & NAME_ANY) | NAME_SPOKEN_OF;
	if (is_oblique_given(names, word))
		return class | NAME_GIVEN | NAME_OBLIQUE;
	return class;
}
