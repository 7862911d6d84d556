/* Where no name was found: what may be one all the same.  Whoever has a name that the
 * lists do not know must not be refused for it, so this looks for less than name.c does:
 * two words that stand as a name does, or the halves of one in two places. */
#include "name-private.h"

#include <string.h>

#define NEAR 12 /* words between a half of a name and the number */
#define ALIKE 6 /* bytes: names that begin so are one and its short form */
#define MOST_HALVES 8
#define EDGE_LINES 3 /* an author names himself in the first or the last lines */

/* What nobody is called, whatever word stands beside it. */
#define NO_NAME                                                                          \
	(NAME_ROLE | NAME_POST | NAME_STUDY | NAME_HONORIFIC | NAME_OTHER |              \
	    NAME_SPOKEN_OF | NAME_OBLIQUE)

/* Nobody is called so: "апай", "Ерланға", and a patronymic makes no given name a full
 * one. Some have "Мырза" for a name, and write it with a capital. */
static gboolean
is_no_name(const Names *names, const TextWord *word, guint class)
{
	return (class & NO_NAME) != 0 ||
	    ((class & (NAME_PATRONYMIC | NAME_FILIAL)) == NAME_PATRONYMIC &&
		names_is_sure_patronymic(names, word));
}

/* What is said of everybody is no name. */
static gboolean
is_ordinary(const Sight *sight, guint n)
{
	const TextWord *word = &sight->text->words[n];

	return word->letters < 3 || word->script == SCRIPT_DIGIT || word->linked ||
	    (sight->classes[n] & (NAME_NEVER | NAME_PARTICLE | NAME_PATRONYMIC_WORD)) !=
	    0 ||
	    wordlist_whole(sight->identity->languages, word->folded) != 0 ||
	    is_no_name(sight->identity->names, word, sight->classes[n]) ||
	    ((sight->classes[n] & NAME_ANY) == 0 &&
		names_is_verb(sight->identity->names, word)) ||
	    sight_find_at(sight, sight->identity->phone, "label", n) != NULL;
}

/* Two long words; one that means something may stand behind a name ("Данияр Мамыр"). */
static gboolean
may_be_both(const Sight *sight, guint n)
{
	const Names *names = sight->identity->names;
	const TextWord *word = &sight->text->words[n];
	const guint *class = &sight->classes[n];

	return !is_no_name(names, word, class[0]) &&
	    !is_no_name(names, word + 1, class[1]) &&
	    (((class[0] | class[1]) & NAME_NEVER) == 0 || (class[0] & NAME_ANY) != 0);
}

static gboolean
are_pair(const Sight *sight, guint n)
{
	const TextWord *words = sight->text->words;

	return n + 1 < sight->text->n_words && words[n].line == words[n + 1].line &&
	    !words[n].ends && !words[n + 1].joined && !is_ordinary(sight, n) &&
	    !is_ordinary(sight, n + 1) && may_be_both(sight, n);
}

/* Where the clause begins that word n ends. */
static guint
clause_of(const Text *text, guint n)
{
	while (n > text->body_word && !text->words[n - 1].ends &&
	    text->words[n - 1].line == text->words[n].line)
		n--;
	return n;
}

/* "эрих вальтер, 8777…": two or three words that are the clause before a number. */
static gboolean
find_clause(const Search *search, guint *ret_first, guint *ret_last)
{
	const Sight *sight = search->sight;
	const Text *text = sight->text;

	for (guint i = 0; i < sight->phones->len; i++) {
		guint phone = g_array_index(sight->phones, Phone, i).first;

		for (guint n = phone; n > text->body_word && phone - n < NEAR; n--) {
			guint first = clause_of(text, n - 1), ordinary = 0;
			Candidate name = { .first = first, .end = n };

			for (guint k = first; k < n; k++)
				ordinary += is_ordinary(sight, k);
			if (ordinary == 0 && n - first >= 2 && n - first <= 3 &&
			    (n == phone || text->words[n - 1].ends ||
				text->words[n].script == SCRIPT_DIGIT ||
				(sight->classes[n] & NAME_STUDY) != 0) &&
			    name_leads_to_phone(search, &name)) {
				*ret_first = first;
				*ret_last = n - 1;
				return TRUE;
			}
		}
	}
	return FALSE;
}

static gboolean
are_capitals(const Text *text, guint n)
{
	return text->words[n].letter_case == CASE_TITLE &&
	    text->words[n + 1].letter_case == CASE_TITLE;
}

/* Two words that an author gives for his name: one of the two is like a name, or both
 * have capitals.  After "my name is" they may mean anything ("Moyo"). */
static gboolean
is_given_for_name(const Sight *sight, const char *cue, guint first)
{
	const Text *text = sight->text;
	const guint *class = &sight->classes[first];

	if (first + 1 >= text->n_words || text->words[first].ends ||
	    text->words[first].line != text->words[first + 1].line)
		return FALSE;
	if (g_str_equal(cue, "named") && are_capitals(text, first))
		return TRUE;
	return are_pair(sight, first) &&
	    (((class[0] | class[1]) & NAME_ANY) != 0 || are_capitals(text, first));
}

static gboolean
find_introduced(const Sight *sight, guint *ret_first, guint *ret_last)
{
	static const char *const cues[] = { "named", "self", "first", "close" };

	for (guint i = 0; i < G_N_ELEMENTS(cues); i++) {
		guint n;
		const Find *find = sight_finds(
		    sight, sight->identity->author, cues[i], 0, sight->text->n_words, &n);

		for (guint k = 0; k < n; k++) {
			if (!is_given_for_name(sight, cues[i], find[k].last + 1))
				continue;
			*ret_first = find[k].last + 1;
			*ret_last = find[k].last + 2;
			return TRUE;
		}
	}
	return FALSE;
}

static gboolean
are_two_names(guint a, guint b)
{
	return (a & NAME_ANY) != 0 && (b & NAME_ANY) != 0 &&
	    ((a | b) & (NAME_GIVEN | NAME_COMPOUND)) != 0;
}

/* Two names side by side in small letters, near a number or at the end. */
static gboolean
find_small(const Search *search, guint *ret_first, guint *ret_last)
{
	const Sight *sight = search->sight;
	const Text *text = sight->text;

	for (guint n = text->body_word; n + 1 < text->n_words; n++) {
		guint a = sight->classes[n], b = sight->classes[n + 1];
		Candidate pair = { .first = n, .end = n + 2 };

		if (text->words[n].line + 1 < search->last_line || !are_pair(sight, n) ||
		    !(are_two_names(a, b) ||
			(((a | b) & (NAME_GIVEN | NAME_SURE)) != 0 &&
			    name_leads_to_phone(search, &pair))))
			continue;
		*ret_first = n;
		*ret_last = n + 1;
		return TRUE;
	}
	return FALSE;
}

typedef struct {
	char keys[MOST_HALVES][NAME_KEY_SPACE];
	guint n, classes;
} Halves;

/* A half that begins like one before it is the same again. */
static void
add_half(Halves *halves, const Names *names, const TextWord *word)
{
	char key[NAME_KEY_SPACE];
	guint class = names_class(names, word);

	if ((class & NAME_ANY) == 0 || is_no_name(names, word, class) ||
	    word->letters < 3 || halves->n == MOST_HALVES)
		return;
	names_key(word, key);
	for (guint i = 0; i < halves->n; i++)
		if (strncmp(halves->keys[i], key, ALIKE) == 0)
			return;
	strcpy(halves->keys[halves->n++], key);
	halves->classes |= class;
}

static gboolean
is_own_place(const Search *search, guint n)
{
	const Text *text = search->sight->text;
	const TextLine *line = &text->lines[text->words[n].line];
	Candidate half = { .first = n, .end = n + 1 };

	return line->kind == LINE_SIGNATURE || line->kind == LINE_FIELD ||
	    (text->words[clause_of(text, n)].letter_case != CASE_LOWER &&
		n - clause_of(text, n) < 2 && name_leads_to_phone(search, &half));
}

/* "Гулжамал, 8 705 …", and the address has the family name. */
static gboolean
has_two_halves(const Search *search)
{
	const Sight *sight = search->sight;
	const Names *names = sight->identity->names;
	const Text *others[] = { search->from, search->local };
	Halves halves = { 0 };

	for (guint n = sight->text->body_word; n < sight->text->n_words; n++)
		if (!is_ordinary(sight, n) && is_own_place(search, n))
			add_half(&halves, names, &sight->text->words[n]);
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		for (guint n = 0; n < others[i]->n_words; n++)
			add_half(&halves, names, &others[i]->words[n]);
	return halves.n >= 2 && (halves.classes & (NAME_GIVEN | NAME_COMPOUND)) != 0 &&
	    (halves.classes & NAME_FAMILY) != 0;
}

static gboolean
is_capitalised(const TextWord *word)
{
	return word->letters >= 3 && word->script != SCRIPT_DIGIT && !word->linked &&
	    (word->letter_case == CASE_TITLE || word->letter_case == CASE_UPPER);
}

static gboolean
is_edge(const Text *text, guint line)
{
	guint before = 0, after = 0;

	for (guint i = 1; i < text->n_lines; i++) {
		if (text->lines[i].kind == LINE_BLANK)
			continue;
		before += i < line;
		after += i > line;
	}
	return before < EDGE_LINES || after < EDGE_LINES;
}

/* Two capitalised words side by side. */
static gboolean
find_capitals(const Sight *sight, guint *ret_first, guint *ret_last)
{
	const Text *text = sight->text;

	for (guint n = text->body_word; n + 1 < text->n_words; n++) {
		const TextWord *a = &text->words[n], *b = a + 1;

		if (!is_capitalised(a) || !is_capitalised(b) || b->joined ||
		    b->start - a->end != 1 || !is_edge(text, a->line) ||
		    !may_be_both(sight, n))
			continue;
		*ret_first = n;
		*ret_last = n + 1;
		return TRUE;
	}
	return FALSE;
}

/* "Қарлығаш Әкім": what is a post elsewhere, behind a given name and with a capital. */
static gboolean
is_family_after(const TextWord *word, guint class, guint before)
{
	return (before & (NAME_GIVEN | NAME_COMPOUND)) != 0 &&
	    word->letter_case == CASE_TITLE &&
	    (class & (NAME_ROLE | NAME_POST | NAME_HONORIFIC)) != 0;
}

static gboolean
is_two_words(const Search *search)
{
	const Text *from = search->from;
	const Names *names = search->sight->identity->names;
	guint all = 0, n_words = 0, before = 0;

	for (guint n = 0; n < from->n_words; n++) {
		const TextWord *word = &from->words[n];
		guint class = names_class(names, word);

		if (word->letters < 3 || word->script == SCRIPT_DIGIT)
			continue;
		if (is_no_name(names, word, class) &&
		    !is_family_after(word, class, before))
			return FALSE;
		n_words++;
		all |= class;
		before = class;
	}
	return n_words >= 2 && ((all & NAME_NEVER) == 0 || (all & NAME_ANY) != 0);
}

gboolean
name_find_maybe(
    const Sight *sight, const Reading *reading, guint *ret_first, guint *ret_last)
{
	Search search;
	gboolean found;

	name_search_open(&search, sight, reading);
	found = find_capitals(sight, ret_first, ret_last) ||
	    find_introduced(sight, ret_first, ret_last) ||
	    find_clause(&search, ret_first, ret_last) ||
	    find_small(&search, ret_first, ret_last);
	if (!found && (is_two_words(&search) || has_two_halves(&search))) {
		*ret_first = 1;
		*ret_last = 0;
		found = TRUE;
	}
	name_search_close(&search);
	return found;
}
