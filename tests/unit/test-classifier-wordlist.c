/* The lists of names and of languages: what they answer, and what the lint refuses. */
#include "fault.h"
#include "names.h"
#include "wordlist.h"

#include <glib/gstdio.h>
#include <string.h>

static const WordSection sections[] = { { "one", 1 }, { "two", 2 }, { NULL, 0 } };

static void
folded_key(const TextWord *word, char *ret_key)
{
	g_strlcpy(ret_key, word->folded, WORD_KEY_SPACE);
}

static WordList *
load(const char *text, GError **error)
{
	g_autoptr(WordList) list = wordlist_new(sections, folded_key);
	g_autofree char *folder = g_dir_make_tmp("words-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "words.txt", NULL);
	gboolean loaded;

	g_assert_true(g_file_set_contents(file, text, -1, NULL));
	loaded = wordlist_load(list, file, error);
	g_unlink(file);
	g_rmdir(folder);
	return loaded ? g_steal_pointer(&list) : NULL;
}

static void
test_answers(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(WordList) list =
	    load("# a comment\n[one]\nАлма Өрік # another\nстуден* -лар\n[two]\nалма\n",
		&error);

	g_assert_no_error(error);
	g_assert_cmpuint(wordlist_whole(list, "алма"), ==, 3);
	g_assert_cmpuint(wordlist_whole(list, "орик"), ==, 1);
	g_assert_cmpuint(wordlist_whole(list, "алмалар"), ==, 0);
	g_assert_cmpuint(wordlist_ending(list, "алмалар"), ==, 1);
	g_assert_cmpuint(wordlist_ending(list, "лар"), ==, 0);
	g_assert_cmpuint(wordlist_beginning(list, "студенттер"), ==, 1);
	g_assert_cmpuint(wordlist_is_ending(list, "лар"), ==, 1);
}

typedef struct {
	const char *label, *text, *message;
} Refusal;

static const Refusal refusals[] = {
	{ "a word before any section", "алма\n",
	    "words.txt:1: expected a [section] first" },
	{ "an unknown section", "[one]\n\n[three]\n",
	    "words.txt:3: expected a known [section]" },
	{ "digits", "[one]\nалма\n123\n", "words.txt:3: expected a word" },
	{ "an ending that is a beginning", "[one]\n-лар*\n",
	    "words.txt:2: expected a word" },
	{ "an ending that is too long", "[one]\n-алмалармызданмынғана\n",
	    "words.txt:2: expected a shorter" },
	{ "a lone star", "[one]\n*\n", "words.txt:2: expected a word" },
	{ "other bytes than UTF-8", "[one]\n\xff\xfe\n", "words.txt:1: expected UTF-8" },
};

static void
test_refusal(gconstpointer data)
{
	const Refusal *c = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(WordList) list = load(c->text, &error);

	g_assert_null(list);
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_nonnull(strstr(error->message, c->message));
}

static void
test_missing(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(WordList) list = wordlist_new(sections, folded_key);

	g_assert_false(wordlist_load(list, "/nowhere/words.txt", &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
}

typedef struct {
	const char *label, *word;
	guint has, has_not;
} Class;

static const Class classes[] = {
	{ "a Kazakh given name", "Айгүл", NAME_GIVEN, NAME_NEVER },
	{ "the same in Latin", "Aigul", NAME_GIVEN, NAME_NEVER },
	{ "the same on a Russian keyboard", "Айгуль", NAME_GIVEN, NAME_NEVER },
	{ "a Kazakh family name", "Оспанова", NAME_FAMILY, NAME_GIVEN },
	{ "a listed family name", "Ким", NAME_FAMILY | NAME_LISTED, NAME_NEVER },
	{ "a patronymic", "Серікұлы", NAME_PATRONYMIC, NAME_GIVEN },
	{ "a Russian patronymic", "Андреевна", NAME_PATRONYMIC, NAME_GIVEN },
	{ "a compound no list has", "Қызыргүл", NAME_COMPOUND, NAME_NEVER },
	{ "a name in the genitive", "Ерланның", NAME_SPOKEN_OF, 0 },
	{ "a name in the dative", "Айгүлге", NAME_SPOKEN_OF, 0 },
	{ "a Russian name in the genitive", "Ерлана", NAME_OBLIQUE, 0 },
	{ "a role", "студенті", NAME_ROLE, NAME_ANY },
	{ "a post", "деканның", NAME_POST, NAME_ANY },
	{ "a greeting", "Құрметті", NAME_NEVER, NAME_ANY },
	{ "a family name that begins like a role", "Досымбетова", NAME_FAMILY,
	    NAME_OTHER },
};

static void
test_class(gconstpointer data)
{
	const Class *c = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Names) names = names_load(TEST_SOURCE_ROOT "/classifier/data", &error);
	g_autoptr(Text) text = text_parse(c->word, NULL);
	guint class;

	g_assert_no_error(error);
	class = names_class(names, &text->words[0]);
	g_assert_cmpuint(class & c->has, ==, c->has);
	g_assert_cmpuint(class & c->has_not, ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wordlist/answers", test_answers);
	g_test_add_func("/wordlist/no file", test_missing);
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *path =
		    g_strdup_printf("/wordlist/refuses %s", refusals[i].label);

		g_test_add_data_func(path, &refusals[i], test_refusal);
	}
	for (guint i = 0; i < G_N_ELEMENTS(classes); i++) {
		g_autofree char *path = g_strdup_printf("/names/%s", classes[i].label);

		g_test_add_data_func(path, &classes[i], test_class);
	}
	return g_test_run();
}
