/* Telephone numbers in words: "восемь семьсот один …", "сегіз жеті жүз бір …".  Each
 * value is written down as digits: hundreds take the tens and units that follow them,
 * tens the units; whatever can't be taken begins the next group. */
#include "identity-private.h"

#include <string.h>

#define LEAST_WORDS 4 /* words, not figures, in a number */

/* One more than the value, so that 0 is no number. */
static const WordSection sections[] = { { "0", 1 }, { "1", 2 }, { "2", 3 }, { "3", 4 },
	{ "4", 5 }, { "5", 6 }, { "6", 7 }, { "7", 8 }, { "8", 9 }, { "9", 10 },
	{ "10", 11 }, { "11", 12 }, { "12", 13 }, { "13", 14 }, { "14", 15 },
	{ "15", 16 }, { "16", 17 }, { "17", 18 }, { "18", 19 }, { "19", 20 },
	{ "20", 21 }, { "30", 31 }, { "40", 41 }, { "50", 51 }, { "60", 61 },
	{ "70", 71 }, { "80", 81 }, { "90", 91 }, { "100", 101 }, { "200", 201 },
	{ "300", 301 }, { "400", 401 }, { "500", 501 }, { "600", 601 }, { "700", 701 },
	{ "800", 801 }, { "900", 901 }, { NULL, 0 } };

static void
copy_folded(const TextWord *word, char *ret_key)
{
	g_strlcpy(ret_key, word->folded, WORD_KEY_SPACE);
}

WordList *
phone_words_load(const char *folder, GError **error)
{
	g_autofree char *file = g_build_filename(folder, "number-words.txt", NULL);
	g_autoptr(WordList) list = wordlist_new(sections, copy_folded);

	return wordlist_load(list, file, error) ? g_steal_pointer(&list) : NULL;
}

typedef struct {
	GString *digits;
	int group; /* what has been taken of the group so far; -1: nothing */
	guint words;
} Spelling;

static void
end_group(Spelling *spelling)
{
	if (spelling->group >= 0)
		g_string_append_printf(spelling->digits, "%d", spelling->group);
	spelling->group = -1;
}

static void
take_value(Spelling *spelling, int value)
{
	int group = spelling->group;

	if (value == 100 && group > 1 && group < 10) {
		spelling->group = group * 100;
		return;
	}
	if (group > 0 && value > 0 &&
	    ((group % 100 == 0 && value < 100) ||
		(group % 10 == 0 && group % 100 > 10 && value < 10))) {
		spelling->group = group + value;
		return;
	}
	/* "он бес": in Kazakh ten takes units too. */
	if (group > 0 && group % 100 == 10 && value > 0 && value < 10) {
		spelling->group = group + value;
		return;
	}
	end_group(spelling);
	spelling->group = value;
}

/* The number that begins at word `first`; returns the word after it, or `first`. */
static guint
spelling_end(const Sight *sight, guint first, Spelling *spelling)
{
	const Text *text = sight->text;
	guint n = first;

	for (; n < text->n_words && spelling->digits->len < 16; n++) {
		const TextWord *word = &text->words[n];
		guint class = wordlist_whole(sight->identity->numbers, word->folded);

		if (word->line != text->words[first].line)
			break;
		if (word->script == SCRIPT_DIGIT) {
			end_group(spelling);
			g_string_append(spelling->digits, word->folded);
		} else if (class != 0) {
			take_value(spelling, (int)class - 1);
			spelling->words++;
		} else {
			break;
		}
	}
	end_group(spelling);
	return n;
}

char *
phone_words_digits(const Sight *sight, guint first, guint *ret_end)
{
	g_autoptr(GString) digits = g_string_new(NULL);
	Spelling spelling = { digits, -1, 0 };

	*ret_end = spelling_end(sight, first, &spelling);
	if (spelling.words < LEAST_WORDS ||
	    !((digits->len == 11 && (digits->str[0] == '8' || digits->str[0] == '7')) ||
		(digits->len == 10 && digits->str[0] == '7')))
		return NULL;
	return g_strdup(digits->str);
}
