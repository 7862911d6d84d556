/* The format of the word lists: what a phrase finds, and what each mistake is told as. */
#include "fault.h"
#include "lexicon.h"
#include "numbers.h"

#include <math.h>

typedef struct {
	const char *label, *phrases, *text;
	guint finds;
} Phrase;

static const Phrase phrases[] = {
	{ "a whole word", "ru скидка", "Скидка для всех", 1 },
	{ "a whole word is not its beginning", "ru скид", "Скидка для всех", 0 },
	{ "a stem takes any ending", "ru скидк*", "скидки, скидку, скидками", 3 },
	{ "a Kazakh stem takes a chain of endings", "kk жатақхана*",
	    "жатақханаларыңыздағылар", 1 },
	{ "Kazakh typed on a Russian keyboard", "kk жатақхана*", "жатакханада орын жок",
	    1 },
	{ "Kazakh in Latin letters", "kk жатақхана*", "zhataqhanada oryn joq", 1 },
	{ "look-alike letters", "ru скидка", "cкидкa", 1 },
	{ "words in a row", "ru без вложений", "доход без всяких вложений, без вложений",
	    1 },
	{ "a gap", "ru без ~ вложений", "доход без всяких вложений", 1 },
	{ "a gap has its length", "ru без ~1 вложений",
	    "без каких бы то ни было вложений", 0 },
	{ "a gap stays inside the sentence", "ru прошу ~ ответ", "Прошу. Где ответ?", 0 },
	{ "a choice of words and stems", "ru (купить|продам|продаю*) диплом*",
	    "Продам диплом", 1 },
	{ "a choice of several words", "ru (не хочу|не буду) платить",
	    "Я не буду платить", 1 },
	{ "a kind of word in a choice", "ru (скидка|%number) процент*", "20 процентов",
	    1 },
	{ "money", "any %money", "за 5 000 тенге", 1 },
	{ "a plain number is no money", "any %money", "на 5 курсе", 0 },
	{ "a telephone", "any %phone", "8 (701) 555-12-34", 1 },
	{ "a link", "any %link", "см. best-offer.example/sale", 1 },
	{ "the university's link is none", "any %link",
	    "см. https://abaiuniversity.edu.kz/news", 0 },
	{ "an innocent use", "ru скидк*\nbut ru скидк* на общежити*",
	    "Скидки на общежитие", 0 },
	{ "an innocent use leaves the others", "ru скидк*\nbut ru скидк* на общежити*",
	    "Скидки на общежитие. Другие скидки", 1 },
	{ "one phrase inside another counts once", "ru скидк*; большие скидки",
	    "большие скидки", 1 },
};

static void
find_phrase(gconstpointer data)
{
	static const char *const own_hosts[] = { ".edu.kz", NULL };
	const Phrase *item = data;
	g_autofree char *sheet =
	    g_strdup_printf("signal s 1\nwhy for the test\n%s\n", item->phrases);
	g_autoptr(Lexicon) lexicon = lexicon_new();
	g_autoptr(Text) text = text_parse(NULL, item->text);
	g_autoptr(Numbers) numbers = numbers_find(text, own_hosts);
	g_autoptr(GArray) finds = NULL;
	g_autoptr(GError) error = NULL;
	guint money = 0;

	lexicon_parse(lexicon, "test.txt", sheet, &error);
	g_assert_no_error(error);
	finds = lexicon_match(lexicon, text, numbers->kinds);
	/* A number of several words is found once a word. */
	for (guint i = 1; i < finds->len; i++)
		money += g_array_index(finds, Find, i).first ==
			g_array_index(finds, Find, i - 1).last + 1 &&
		    g_str_has_prefix(item->phrases, "any %");
	g_assert_cmpuint(finds->len - money, ==, item->finds);
}

/* A word that many choices name is each of them. */
static void
find_in_many_choices(void)
{
	g_autoptr(GString) sheet =
	    g_string_new("signal s 1 most 100\nwhy for the test\nru ");
	g_autoptr(Lexicon) lexicon = lexicon_new();
	g_autoptr(Text) text = text_parse(NULL, "Письмо один. Письмо сорок. Письмо.");
	g_autoptr(Numbers) numbers = numbers_find(text, NULL);
	g_autoptr(GArray) finds = NULL;

	g_string_append(sheet, "(письмо|слово0) один");
	for (guint i = 1; i < 40; i++)
		g_string_append_printf(sheet, "; (письмо|слово%u) сорок", i);
	g_string_append(sheet, "\n");
	g_assert_nonnull(lexicon_parse(lexicon, "test.txt", sheet->str, NULL));
	finds = lexicon_match(lexicon, text, numbers->kinds);
	g_assert_cmpuint(finds->len, ==, 2);
}

typedef struct {
	const char *label, *sheet, *message;
} Mistake;

static const Mistake mistakes[] = {
	{ "an unknown line", "hold 1\nhould 2\n",
	    "test.txt:2: expected hold, reject, limit or signal, found \"hould\"" },
	{ "a weight that is no number", "signal s much\n",
	    "test.txt:1: expected a number, found \"much\"" },
	{ "a signal without weight", "signal s\n",
	    "test.txt:1: expected \"signal NAME WEIGHT [most WEIGHT]\", found \"s\"" },
	{ "a signal twice", "signal s 1\nwhy w\nsignal s 1\nwhy w\n",
	    "test.txt:3: expected a name that is not used yet, found \"s\"" },
	{ "no reason", "signal s 1\nru слово\n",
	    "test.txt:3: expected a \"why\" in each signal, found \"s\"" },
	{ "an unknown kind of word", "signal s 1\nwhy w\nru %monney\n",
	    "test.txt:3: expected %number, %money, %phone, %link, %iin, %card, %name or "
	    "%handle, "
	    "found \"monney\"" },
	{ "a star in the middle", "signal s 1\nwhy w\nru сло*во\n",
	    "test.txt:3: expected a word, or a stem ending in *, found \"сло*во\"" },
	{ "an open bracket", "signal s 1\nwhy w\nru (один|два\n",
	    "test.txt:3: expected a closing bracket, found \"(один|два\"" },
	{ "a gap at the end", "signal s 1\nwhy w\nru слово ~\n",
	    "test.txt:3: expected a word after ~, found \"слово ~\"" },
	{ "a condition on nothing", "signal s 1\nwhy w\nwith other\nru слово\n",
	    "test.txt:3: expected the name of a signal, found \"other\"" },
	{ "hold above reject", "hold 2\nreject 1\n",
	    "test.txt:3: expected a \"hold\" below \"reject\", found \"\"" },
};

static void
tell_mistake(gconstpointer data)
{
	const Mistake *item = data;
	g_autoptr(Lexicon) lexicon = lexicon_new();
	g_autoptr(GError) error = NULL;

	g_assert_null(lexicon_parse(lexicon, "test.txt", item->sheet, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_cmpstr(error->message, ==, item->message);
}

static void
read_values(void)
{
	g_autoptr(Lexicon) lexicon = lexicon_new();
	g_autoptr(GError) error = NULL;
	const Sheet *sheet = lexicon_parse(lexicon, "folder/rule.txt",
	    "hold 1.5 # a comment\nlimit share 0.5\nsignal s -0.5 most -2\nwhy it is "
	    "so\n",
	    &error);

	g_assert_no_error(error);
	g_assert_cmpstr(sheet->name, ==, "rule");
	g_assert_cmpfloat(sheet->hold, ==, 1.5);
	g_assert_true(isinf(sheet->reject));
	g_assert_cmpfloat(sheet_limit(sheet, "share", 9), ==, 0.5);
	g_assert_cmpfloat(sheet_limit(sheet, "other", 9), ==, 9);
	g_assert_cmpfloat(sheet_signal(sheet, "s")->most, ==, -2);
	g_assert_cmpstr(sheet_signal(sheet, "s")->why, ==, "it is so");
	g_assert_null(sheet_signal(sheet, "t"));
}

static void
know_numbers(void)
{
	/* Check digits worked out by hand: weights 1 to 11; of the second, 3 to 11, 1, 2.
	 */
	g_assert_true(iin_is_valid("050317650216"));
	g_assert_false(iin_is_valid("050317650217"));
	g_assert_true(iin_is_plausible("050317650214"));
	g_assert_false(iin_is_plausible("051317650214")); /* month 13 */
	g_assert_false(iin_is_plausible("050317950214")); /* century digit 9 */
	g_assert_true(card_is_valid("4400430123456789"));
	g_assert_false(card_is_valid("4400430123456784"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(phrases); i++) {
		g_autofree char *path =
		    g_strconcat("/lexicon/finds/", phrases[i].label, NULL);

		g_test_add_data_func(path, &phrases[i], find_phrase);
	}
	g_test_add_func("/lexicon/finds/a word of many choices", find_in_many_choices);
	for (guint i = 0; i < G_N_ELEMENTS(mistakes); i++) {
		g_autofree char *path =
		    g_strconcat("/lexicon/mistake/", mistakes[i].label, NULL);

		g_test_add_data_func(path, &mistakes[i], tell_mistake);
	}
	g_test_add_func("/lexicon/reads thresholds, limits and weights", read_values);
	g_test_add_func("/lexicon/knows numbers by their check digits", know_numbers);
	return g_test_run();
}
