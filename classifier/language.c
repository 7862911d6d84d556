/* The language of a letter: each word votes for one of three, and the most votes win.
 *
 * A letter that only Kazakh has settles a word; the others go by everyday words and
 * endings (data/language.txt).  Latin words are looked at twice, for Kazakh is written in
 * Latin too. */
#include "identity-private.h"

#include "wordlist.h"

#include <string.h>

/* A word votes for its own letters by two, for an everyday word by one, for an ending by
 * less, since endings are shared by chance. */
#define LETTER_VOTE 2.0
#define WHOLE_VOTE 1.0
#define ENDING_VOTE 0.4

enum {
	CLASS_KK = 1 << LANGUAGE_KK,
	CLASS_RU = 1 << LANGUAGE_RU,
	CLASS_EN = 1 << LANGUAGE_EN
};

static const WordSection sections[] = {
	{ "kk", CLASS_KK },
	{ "ru", CLASS_RU },
	{ "en", CLASS_EN },
	{ NULL, 0 },
};

/* English keeps its letters; everything else is compared in Cyrillic. */
static void
copy_key(const char *folded, char *ret_key)
{
	g_strlcpy(ret_key, folded, WORD_KEY_SPACE);
}

static void
language_key(const TextWord *word, char *ret_key)
{
	copy_key(word->folded, ret_key);
}

WordList *
language_load(const char *folder, GError **error)
{
	g_autofree char *file = g_build_filename(folder, "language.txt", NULL);
	g_autoptr(WordList) list = wordlist_new(sections, language_key);

	return wordlist_load(list, file, error) ? g_steal_pointer(&list) : NULL;
}

static void
add_votes(double *votes, guint class, double vote)
{
	guint n = ((class & CLASS_KK) != 0) + ((class & CLASS_RU) != 0) +
	    ((class & CLASS_EN) != 0);

	for (guint i = 0; i < N_LANGUAGES; i++)
		if ((class & 1u << i) != 0)
			votes[i] += vote / n;
}

static void
vote(const WordList *list, const char *key, guint mask, double *votes)
{
	guint class = wordlist_whole(list, key) & mask;

	if (class != 0)
		add_votes(votes, class, WHOLE_VOTE);
	else
		add_votes(votes, wordlist_ending(list, key) & mask, ENDING_VOTE);
}

/* Kazakh is written in Latin, and Russian by those who have no other keyboard: its
 * endings are too much like English ones, its everyday words tell. */
static void
vote_latin(const WordList *list, const char *key, double *votes)
{
	guint class = wordlist_whole(list, key) & (CLASS_KK | CLASS_RU);

	if (class != 0)
		add_votes(votes, class, WHOLE_VOTE);
	else
		vote(list, key, CLASS_KK, votes);
}

/* Letters that only one of the two has: ә ғ қ … or, in words of any length, ё щ ъ. */
static gboolean
has_russian_letter(const TextWord *word, const char *bytes)
{
	guint step;

	for (gsize i = word->start; i < word->end; i += step) {
		gunichar c = g_unichar_tolower(fold_next(bytes + i, &step));

		if (c == 0x451 || c == 0x449 || c == 0x44a)
			return TRUE;
	}
	return FALSE;
}

/* Latin letters of the Kazakh alphabets of 2019 and 2021. */
static gboolean
has_kazakh_latin_letter(const TextWord *word, const char *bytes)
{
	guint step;

	for (gsize i = word->start; i < word->end; i += step) {
		gunichar c = g_unichar_tolower(fold_next(bytes + i, &step));

		if (c == 0x1f5 || c == 0x144 || c == 0x131 || c == 0x11f || c == 0x15f ||
		    c == 0xfd || c == 0x16b)
			return TRUE;
	}
	return FALSE;
}

static void
vote_word(const Sight *sight, const TextWord *word, double *votes)
{
	const WordList *list = sight->identity->languages;
	const char *bytes = sight->text->bytes;

	if (word->script == SCRIPT_DIGIT || word->script == SCRIPT_OTHER || word->linked)
		return;
	if (word->kazakh) {
		votes[LANGUAGE_KK] += LETTER_VOTE;
	} else if (word->cyrillic) {
		votes[LANGUAGE_RU] += 0.05;
		if (has_russian_letter(word, bytes))
			votes[LANGUAGE_RU] += WHOLE_VOTE;
		else
			vote(list, word->folded, CLASS_KK | CLASS_RU, votes);
	} else {
		votes[LANGUAGE_EN] += 0.05;
		if (has_kazakh_latin_letter(word, bytes))
			votes[LANGUAGE_KK] += WHOLE_VOTE;
		if ((wordlist_whole(list, word->folded) & CLASS_EN) != 0)
			votes[LANGUAGE_EN] += WHOLE_VOTE;
		else if ((wordlist_ending(list, word->folded) & CLASS_EN) != 0)
			votes[LANGUAGE_EN] += ENDING_VOTE;
		else if (word->second != NULL)
			vote_latin(list, word->second, votes);
	}
}

void
language_fill(Sight *sight)
{
	double votes[N_LANGUAGES] = { 0 };
	const Text *text = sight->text;
	Language best = LANGUAGE_RU;

	for (guint n = text->body_word; n < text->n_words; n++)
		vote_word(sight, &text->words[n], votes);
	/* A short body leaves it to the subject. */
	if (votes[LANGUAGE_KK] + votes[LANGUAGE_RU] + votes[LANGUAGE_EN] < 3)
		for (guint n = 0; n < text->body_word; n++)
			vote_word(sight, &text->words[n], votes);
	for (Language i = 0; i < N_LANGUAGES; i++)
		if (votes[i] > votes[best])
			best = i;
	sight->reading->language = best;
}
