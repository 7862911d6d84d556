/* Learned weights: what a letter scores by them and why, and what each mistake in a file
 * is told as. */
#include "fault.h"
#include "folder.h"
#include "linear.h"

#include <math.h>
#include <string.h>

static const char *const colours[] = { "red", "blue", NULL };
static const char *const sizes[] = { "large", NULL };

/* Two files, or the first one alone. */
static Linear *
load(const char *first, const char *second, GError **error)
{
	g_autofree char *folder = g_dir_make_tmp("linear-XXXXXX", NULL);
	g_autofree char *one = g_build_filename(folder, "one", NULL);
	g_autofree char *two = g_build_filename(folder, "two", NULL);
	const WeightFile files[] = { { one, colours }, { two, sizes } };
	Linear *linear;

	g_assert_true(g_file_set_contents(one, first, -1, NULL));
	g_assert_true(g_file_set_contents(two, second != NULL ? second : "", -1, NULL));
	linear = linear_load(files, second != NULL ? 2 : 1, error);
	remove_folder(folder);
	return linear;
}

typedef struct {
	const char *label, *weights, *subject, *body;
	guint features; /* that the letter shows */
	int red;        /* hundredths */
} Score;

/* Words, then their pairs: "w:", "p:" (three letters, five), "s:", "b:". */
static const Score scores[] = {
	{ "a word", "w:большая 70 0\n", NULL, "Большая", 3, 70 },
	{ "a word's beginning of three letters", "p:бол 30 0\n", NULL, "Большая", 3, 30 },
	{ "a word's beginning of five letters", "p:боль 9 0\np:больш 30 0\n", NULL,
	    "Большая", 3, 30 },
	{ "a word of three letters has no beginning", "p:дом 30 0\n", NULL, "Дом", 0, 0 },
	{ "a short word by itself is none", "w:дом 30 0\n", NULL, "Дом", 0, 0 },
	{ "a pair", "b:дом_больш 25 0\n", NULL, "дом большая", 4, 25 },
	{ "no pair over the end of a sentence", "b:дом_больш 25 0\n", NULL,
	    "Дом. Большая", 3, 0 },
	{ "a word of the subject", "s:больш 40 0\n", "Большая", NULL, 4, 40 },
	{ "the same word in the body", "s:больш 40 0\n", NULL, "Большая", 3, 0 },
	{ "a word twice counts once", "w:большая 70 0\n", NULL, "Большая. Большая.", 3,
	    70 },
	{ "a Latin word in Cyrillic", "w:болшаиа 70 0\n", NULL, "Bolshaia", 3, 70 },
	{ "a number is none", "w:2026 70 0\n", NULL, "2026", 0, 0 },
	{ "a name says nothing of the next letter", "w:большая 70 0\n", NULL, "и Большая",
	    1, 0 },
	{ "the last line of a feature counts", "w:большая 70 0\nw:большая 20 0\n", NULL,
	    "Большая", 3, 20 },
};

static void
score_letter(gconstpointer data)
{
	const Score *item = data;
	g_autofree char *file =
	    g_strconcat("outputs red blue\nbias 10 -20\n", item->weights, NULL);
	g_autoptr(Linear) linear = load(file, NULL, NULL);
	g_autoptr(Text) text = text_parse(item->subject, item->body);
	g_autoptr(Seen) seen = seen_new(linear, text);
	double found[2], length = sqrt(MAX(item->features, 1));

	seen_score(seen, 0, found);
	g_assert_cmpfloat_with_epsilon(found[0], 0.1 + item->red / 100.0 / length, 1e-9);
	g_assert_cmpfloat_with_epsilon(found[1], -0.2, 1e-9);
}

static void
explain(void)
{
	g_autoptr(Linear) linear = load("outputs red blue\nbias 0 0\nw:один 100 0\n"
					"w:четыре 200 -5\np:чет 20 0\nw:семь -10 0\n",
	    NULL, NULL);
	g_autoptr(Text) text = text_parse(NULL, "Семь. Один. Четыре.");
	g_autoptr(Seen) seen = seen_new(linear, text);
	g_autofree char *both = seen_explain(seen, 0, 0, text, 5);
	g_autofree char *first = seen_explain(seen, 0, 0, text, 1);

	g_assert_cmpstr(both, ==, "Четыре +0.8, Один +0.4");
	g_assert_cmpstr(first, ==, "Четыре +0.8");
	g_assert_null(seen_explain(seen, 0, 1, text, 5));
}

/* Each file has its outputs, and what one does not name has no weight there. */
static void
score_by_two_files(void)
{
	g_autoptr(Linear) linear = load("outputs red blue\nbias 0 0\nw:один 100 50\n",
	    "outputs large\nbias 5\nw:один 10\nw:семь 20\n", NULL);
	g_autoptr(Text) text = text_parse(NULL, "Один. Семь.");
	g_autoptr(Seen) seen = seen_new(linear, text);
	double found[2], length = 2; /* of four features */

	seen_score(seen, 0, found);
	g_assert_cmpfloat_with_epsilon(found[0], 1 / length, 1e-9);
	g_assert_cmpfloat_with_epsilon(found[1], 0.5 / length, 1e-9);
	seen_score(seen, 1, found);
	g_assert_cmpfloat_with_epsilon(found[0], 0.05 + 0.3 / length, 1e-9);
}

typedef struct {
	const char *label, *file, *message;
} Mistake;

static const Mistake mistakes[] = {
	{ "no outputs", "# nothing\n", "one:2: expected \"outputs\" and \"bias\"" },
	{ "other outputs", "outputs blue red\n",
	    "one:1: expected \"outputs\" with the names in their order" },
	{ "no bias", "outputs red blue\nw:слово 1 2\n",
	    "one:2: expected \"bias\" with a number an output" },
	{ "a number too few", "outputs red blue\nbias 0 0\n\nw:слово 1\n",
	    "one:4: expected a feature with a number an output" },
	{ "a number too many", "outputs red blue\nbias 0 0\nw:слово 1 2 3\n",
	    "one:3: expected a feature with a number an output" },
	{ "a number too large", "outputs red blue\nbias 0 0\nw:слово 1 40000\n",
	    "one:3: expected a feature with a number an output" },
	{ "no kind of feature", "outputs red blue\nbias 0 0\nслово 1 2\n",
	    "one:3: expected a feature with a number an output" },
};

static void
tell_mistake(gconstpointer data)
{
	const Mistake *item = data;
	g_autoptr(GError) error = NULL;

	g_assert_null(load(item->file, NULL, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_cmpstr(strrchr(error->message, '/') + 1, ==, item->message);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(scores); i++) {
		g_autofree char *path =
		    g_strconcat("/linear/scores/", scores[i].label, NULL);

		g_test_add_data_func(path, &scores[i], score_letter);
	}
	g_test_add_func("/linear/explains by words", explain);
	g_test_add_func("/linear/scores by two files", score_by_two_files);
	for (guint i = 0; i < G_N_ELEMENTS(mistakes); i++) {
		g_autofree char *path =
		    g_strconcat("/linear/mistake/", mistakes[i].label, NULL);

		g_test_add_data_func(path, &mistakes[i], tell_mistake);
	}
	return g_test_run();
}
