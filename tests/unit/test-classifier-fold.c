/* Folding: many ways of typing one word, one spelling. */
#include "fold.h"

#include <string.h>

typedef struct {
	const char *label, *a, *b;
} Pair;

static const Pair same[] = {
	{ "case", "РЕКТОР", "ректор" },
	{ "ё and е", "ещё", "еще" },
	{ "й and и", "мой", "мои" },
	{ "й taken apart", "мои\xcc\x86", "мой" },
	{ "Kazakh letters on a Russian keyboard", "қаңтар", "кантар" },
	{ "ә ө ү ұ і ғ һ", "Әөүұіғһ", "аоууигх" },
	{ "a Latin letter in a Cyrillic word",
	    "p\xd0\xb5\xd0\xba\xd1\x82\xd0\xbe\xd1\x80", "ректор" },
	{ "a Latin i for і", "б\x69р", "бір" },
	{ "a Latin h for һ", "\xd0\xb0h", "аһ" },
	{ "a Cyrillic letter in a Latin word", "rect\xd0\xber", "rector" },
	{ "accents of Latin letters", "Sálemetsiz", "salemetsiz" },
	{ "ş ğ ı", "şağı", "sagi" },
	{ "words and what stands between", "Аты-жөні:  «Ким»", "аты жони ким" },
	{ "digits", "3-курс", "3 курс" },
};

static const Pair latin[] = {
	{ "2019 alphabet", "stýdentpin", "студентпин" },
	{ "2021 alphabet", "jaqsylyq", "жаксылык" },
	{ "sh, ch, zh, gh", "shaghym", "шагым" },
	{ "ş and ç", "şay", "шаи" },
	{ "y after a vowel and ы else", "bolmaydy", "болмаиды" },
	{ "Russian in Latin", "zdravstvuyte", "здравствуите" },
	{ "ya, yu", "yubileynaya", "юбилеиная" },
};

static void
test_same(gconstpointer data)
{
	const Pair *pair = data;
	g_autofree char *a = fold_text(pair->a), *b = fold_text(pair->b);

	g_assert_cmpstr(a, ==, b);
}

static void
test_latin(gconstpointer data)
{
	const Pair *pair = data;
	char folded[FOLD_SPACE(64)];

	g_assert_cmpuint(
	    fold_latin(pair->a, strlen(pair->a), folded), ==, strlen(pair->b));
	g_assert_cmpstr(folded, ==, pair->b);
}

static void
test_seen(void)
{
	char folded[FOLD_SPACE(64)];
	FoldedWord seen;

	fold_word("Қазақ", strlen("Қазақ"), folded, &seen);
	g_assert_cmpint(seen.script, ==, SCRIPT_CYRILLIC);
	g_assert_cmpint(seen.letter_case, ==, CASE_TITLE);
	g_assert_cmpuint(seen.letters, ==, 5);
	g_assert_true(seen.kazakh);

	fold_word("WiFi", 4, folded, &seen);
	g_assert_cmpint(seen.script, ==, SCRIPT_LATIN);
	g_assert_cmpint(seen.letter_case, ==, CASE_CAMEL);

	fold_word("ЛИФТ", strlen("ЛИФТ"), folded, &seen);
	g_assert_cmpint(seen.letter_case, ==, CASE_UPPER);
	g_assert_false(seen.kazakh);

	/* "рrивет" with a Latin r is mixed, and meant to be Cyrillic. */
	fold_word("прiвет", strlen("прiвет"), folded, &seen);
	g_assert_cmpint(seen.script, ==, SCRIPT_MIXED);
	g_assert_true(seen.cyrillic);
}

/* A long run of letters without a blank is cut for the second folding, and breaks
 * nothing. */
static void
test_long(void)
{
	g_autofree char *word = g_strnfill(100000, 'x');
	g_autofree char *folded = g_malloc(FOLD_SPACE(100000));

	g_assert_cmpuint(fold_word(word, 100000, folded, NULL), ==, 100000);
	g_assert_cmpuint(fold_latin(word, 100000, folded), <, 1000);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
		g_autofree char *path = g_strdup_printf("/fold/same/%s", same[i].label);

		g_test_add_data_func(path, &same[i], test_same);
	}
	for (guint i = 0; i < G_N_ELEMENTS(latin); i++) {
		g_autofree char *path = g_strdup_printf("/fold/latin/%s", latin[i].label);

		g_test_add_data_func(path, &latin[i], test_latin);
	}
	g_test_add_func("/fold/what was seen", test_seen);
	g_test_add_func("/fold/a very long word", test_long);
	return g_test_run();
}
