#include "person.h"

#include <string.h>

#define SHORT_SURNAME 6 /* letters: shorter ones are words of other languages too */
#define HEAD_WORDS 100

struct Person {
	char *surname, *given, *patronymic; /* folded; the latter two may be NULL */
	guint plain; /* the surname's letters before the first that only Kazakh has */
	GPtrArray *posts; /* of GStrv, folded words */
};

/* What Russian and Kazakh put behind a name that ends in a consonant, or Kazakh behind
 * any; folded, so a doubled letter has become one (Болат-тың: bolatin). */
static const char *const endings[] = { "", "a", "u", "im", "om", "em", "e", "i", "in",
	"an", "en", "tin", "din", "nin", "ka", "ke", "ga", "ge", "na", "ne", "ti", "di",
	"ni", "ta", "te", "da", "de", "nda", "nde", "tan", "ten", "dan", "den", "nan",
	"nen", "men", "ben", "pen", "s", NULL };
/* In the place of a last -a, of -ii and of -aia. */
static const char *const endings_a[] = { "i", "e", "u", "oi", "ei", "oiu", "eiu", NULL };
static const char *const endings_ski[] = { "ogo", "omu", "im", "om", NULL };
static const char *const endings_skaia[] = { "oi", "uiu", "oiu", NULL };

static gboolean
has_ending(const char *word, const char *name, gsize cut, const char *const *allowed)
{
	gsize kept = strlen(name) - cut;

	return strncmp(word, name, kept) == 0 && g_strv_contains(allowed, word + kept);
}

/* Is the word this name, in some case? */
static gboolean
is_form(const char *word, const char *name)
{
	if (*word != *name) /* most words, at once */
		return FALSE;
	if (has_ending(word, name, 0, endings))
		return TRUE;
	if (g_str_has_suffix(name, "skaia"))
		return has_ending(word, name, 3, endings_skaia);
	if (g_str_has_suffix(name, "ski"))
		return has_ending(word, name, 1, endings_ski);
	return g_str_has_suffix(name, "a") && has_ending(word, name, 1, endings_a);
}

static const char *const father_ends[] = { "ovich", "evich", "ovn", "evn", "uli", "kizi",
	"ich" };

/* Where the father's name ends: Болат-ович, Болат-ұлы; 0 in any other word. */
static gsize
father_length(const char *fold)
{
	for (guint i = 0; i < G_N_ELEMENTS(father_ends); i++) {
		const char *end = strstr(fold, father_ends[i]);

		if (end != NULL && end > fold + 1)
			return (gsize)(end - fold);
	}
	return 0;
}

static gboolean
is_patronymic(const char *fold)
{
	return father_length(fold) > 0;
}

/* Болатович, Болатұлының: the same father's son, in any case. */
static gboolean
is_same_father(const char *fold, const char *patronymic)
{
	gsize length = father_length(patronymic);

	return length > 0 && father_length(fold) == length &&
	    strncmp(fold, patronymic, length) == 0;
}

static gboolean
is_surname(const char *fold)
{
	static const char *const ends[] = { "ov", "ev", "in", "ova", "eva", "ina", "ski",
		"skaia" };

	for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
		if (g_str_has_suffix(fold, ends[i]))
			return TRUE;
	return FALSE;
}

/* Surname first, as in documents; but "Serik Akhmetov" and "Серік Болатұлы Ахметов" as
 * well. */
static void
take_name(Person *person, const char *name)
{
	g_autoptr(GArray) words = words_split(NULL, name);
	const char *rest[2] = { NULL, NULL };
	guint n_rest = 0, plain[2] = { 0, 0 };

	for (guint i = 0; i < words->len; i++) {
		const char *fold = g_array_index(words, Word, i).fold;

		if (words->len > 2 && person->patronymic == NULL && i > 0 &&
		    is_patronymic(fold))
			person->patronymic = g_strdup(fold);
		else if (n_rest < G_N_ELEMENTS(rest)) {
			plain[n_rest] = g_array_index(words, Word, i).plain;
			rest[n_rest++] = fold;
		}
	}
	if (rest[1] != NULL && !is_surname(rest[0]) && is_surname(rest[1])) {
		person->surname = g_strdup(rest[1]);
		person->given = g_strdup(rest[0]);
		person->plain = plain[1];
	} else {
		person->surname = g_strdup(rest[0] != NULL ? rest[0] : "");
		person->given = g_strdup(rest[1]);
		person->plain = plain[0];
	}
}

static void
take_posts(Person *person, char *const *posts)
{
	for (int i = 0; posts[i] != NULL; i++) {
		g_autoptr(GArray) words = words_split(NULL, posts[i]);
		g_autoptr(GStrvBuilder) post = g_strv_builder_new();
		guint taken = 0;

		for (guint w = 0; w < words->len; w++) {
			const char *fold = g_array_index(words, Word, w).fold;

			if (strlen(fold) > 2) { /* not "по", "of" */
				g_strv_builder_add(post, fold);
				taken++;
			}
		}
		if (taken > 0)
			g_ptr_array_add(person->posts, g_strv_builder_end(post));
	}
}

Person *
person_new(const char *name, char *const *posts)
{
	Person *person = g_new0(Person, 1);

	person->posts = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	take_name(person, name);
	if (posts != NULL)
		take_posts(person, posts);
	return person;
}

void
person_free(Person *person)
{
	if (person == NULL)
		return;
	g_free(person->surname);
	g_free(person->given);
	g_free(person->patronymic);
	g_ptr_array_unref(person->posts);
	g_free(person);
}

/* The word beside, if it belongs to the same phrase. */
static const Word *
beside(GArray *words, guint at, int step)
{
	const Word *here = &g_array_index(words, Word, at), *other;

	if ((step < 0 && at < (guint)-step) || at + (guint)step >= words->len)
		return NULL;
	other = &g_array_index(words, Word, (guint)((int)at + step));
	return other->clause == here->clause ? other : NULL;
}

static gboolean
is_given(const Person *person, const Word *word)
{
	return word != NULL && person->given != NULL && !word->initial &&
	    is_form(word->fold, person->given);
}

/* "С." before or behind the surname: does it fit the given name? */
static gboolean
fits_initial(const Person *person, const Word *initial)
{
	return person->given == NULL || g_str_has_prefix(person->given, initial->fold);
}

/* A capital in the middle of a sentence is another name; at its start, any word. */
static gboolean
is_other_name(GArray *words, guint at, int step)
{
	const Word *word = beside(words, at, step);

	if (word == NULL || !word->capital || word->shouted)
		return FALSE;
	return step > 0 || beside(words, at, step - 1) != NULL;
}

/* Some people write without any capitals; the head of a letter tells. */
static gboolean
has_capitals(GArray *words)
{
	for (guint i = 0; i < MIN(words->len, HEAD_WORDS); i++)
		if (g_array_index(words, Word, i).capital)
			return TRUE;
	return FALSE;
}

/* A surname alone must look like one: "Жақсылық", not "жақсылық" (a good deed); and a
 * short one is "Ким", neither "ким" nor "Кім". */
static gboolean
is_common_word(const Person *person, GArray *words, const Word *word)
{
	if (strlen(person->surname) < SHORT_SURNAME)
		return !word->capital || word->plain < person->plain;
	return !word->capital && has_capitals(words);
}

static Mention
surname_at(const Person *person, GArray *words, guint at, guint *ret_end)
{
	const Word *before = beside(words, at, -1), *behind = beside(words, at, 1);
	const Word *word = &g_array_index(words, Word, at), *first = before;

	*ret_end = at + 1;
	if (before != NULL && before->initial) {
		if (at > 1 && beside(words, at, -2) != NULL &&
		    beside(words, at, -2)->initial)
			first = beside(words, at, -2);
		return fits_initial(person, first) ? MENTION_NAME : MENTION_NONE;
	}
	if (behind != NULL && behind->initial) {
		for (*ret_end = at + 2; *ret_end < words->len &&
		     g_array_index(words, Word, *ret_end).initial;)
			++*ret_end;
		return fits_initial(person, behind) ? MENTION_NAME : MENTION_NONE;
	}
	if (is_given(person, behind)) {
		*ret_end = at + 2;
		return MENTION_NAME;
	}
	if (is_given(person, before))
		return MENTION_NAME;
	if (person->patronymic != NULL && before != NULL &&
	    is_same_father(before->fold, person->patronymic))
		return MENTION_NAME;
	if (is_other_name(words, at, 1) || is_common_word(person, words, word))
		return MENTION_NONE;
	return MENTION_SURNAME;
}

Mention
person_named_at(const Person *person, GArray *words, guint at, guint *ret_end)
{
	const Word *word = &g_array_index(words, Word, at),
		   *behind = beside(words, at, 1);

	if (*person->surname != '\0' && is_form(word->fold, person->surname))
		return surname_at(person, words, at, ret_end);
	if (person->patronymic != NULL && is_given(person, word) && behind != NULL &&
	    is_same_father(behind->fold, person->patronymic)) {
		*ret_end = at + 2;
		return MENTION_NAME;
	}
	return MENTION_NONE;
}

/* A post's words change their endings: "учебной", "учебную". */
static gboolean
is_alike(const char *word, const char *stem)
{
	gsize length = strlen(stem), same = 0;
	gsize needed = length <= 4 ? length : MAX(4, length - 2);

	while (word[same] != '\0' && word[same] == stem[same])
		same++;
	return same >= needed && strlen(word) <= length + 5;
}

static guint
match_post(char **post, GArray *words, guint at)
{
	guint sentence = g_array_index(words, Word, at).sentence, skipped = 0;

	if (!is_alike(g_array_index(words, Word, at).fold, post[0]))
		return 0;
	at++;
	for (int i = 1; post[i] != NULL; at++) {
		if (at >= words->len ||
		    g_array_index(words, Word, at).sentence != sentence)
			return 0;
		if (is_alike(g_array_index(words, Word, at).fold, post[i])) {
			i++;
			skipped = 0;
		} else if (++skipped > 2) {
			return 0;
		}
	}
	return at;
}

Mention
person_post_at(const Person *person, GArray *words, guint at, guint *ret_end)
{
	for (guint i = 0; i < person->posts->len; i++) {
		guint end = match_post(g_ptr_array_index(person->posts, i), words, at);

		if (end != 0) {
			*ret_end = end;
			return MENTION_POST;
		}
	}
	return MENTION_NONE;
}

gboolean
person_shares_surname(const Person *person, const char *name)
{
	g_autoptr(GArray) words = words_split(NULL, name);

	for (guint i = 0; i < words->len; i++)
		if (is_form(g_array_index(words, Word, i).fold, person->surname))
			return TRUE;
	return FALSE;
}

gboolean
person_is_nominative(const Person *person, const char *fold)
{
	static const char *const bare_ends[] = { "ich", "na", "uli", "kizi" };

	if (strcmp(fold, person->surname) == 0 || g_strcmp0(fold, person->given) == 0)
		return TRUE;
	if (person->patronymic == NULL || !is_same_father(fold, person->patronymic))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(bare_ends); i++)
		if (g_str_has_suffix(fold, bare_ends[i]))
			return TRUE;
	return FALSE;
}
