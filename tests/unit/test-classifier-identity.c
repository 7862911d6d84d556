/* The data files of an identity: that ours load, and that a mistake is told. */
#include "identity-sample.h"

#include "fault.h"
#include <glib/gstdio.h>
#include <string.h>

static const char *const files[] = { "names-given.txt", "names-family.txt",
	"names-words.txt", "language.txt", "number-words.txt", "bounces.txt",
	"author.txt", "phone.txt", "confidential.txt", "kind.txt" };

/* Our files in a folder of its own, one of them with other text (NULL: without it). */
static char *
copy_data(const char *other, const char *text)
{
	char *folder = g_dir_make_tmp("identity-XXXXXX", NULL);

	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *from = g_build_filename(IDENTITY_DATA, files[i], NULL);
		g_autofree char *to = g_build_filename(folder, files[i], NULL);
		g_autofree char *content = NULL;

		if (g_str_equal(files[i], other)) {
			if (text != NULL)
				g_assert_true(g_file_set_contents(to, text, -1, NULL));
			continue;
		}
		g_assert_true(g_file_get_contents(from, &content, NULL, NULL));
		g_assert_true(g_file_set_contents(to, content, -1, NULL));
	}
	return folder;
}

static void
remove_data(char *folder)
{
	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *file = g_build_filename(folder, files[i], NULL);

		g_unlink(file);
	}
	g_rmdir(folder);
	g_free(folder);
}

typedef struct {
	const char *label, *file, *text, *message;
} Refusal;

static const Refusal refusals[] = {
	{ "a list that is missing", "names-given.txt", NULL, "names-given.txt" },
	{ "a sheet that is missing", "kind.txt", NULL, "kind.txt" },
	{ "an unknown section", "language.txt", "[kk]\nмен\n[de]\nund\n",
	    "language.txt:3: expected a known [section]" },
	{ "a sheet with an unknown line", "phone.txt",
	    "signal own 3\n  why his own\n  xx мой\n", "phone.txt:3: expected" },
	{ "a signal that the program needs", "confidential.txt",
	    "hold 1.0\nsignal data 1\n  why asks\n  ru прошу\n",
	    "expected a signal \"secret\"" },
};

static void
test_refusal(gconstpointer data)
{
	const Refusal *c = data;
	char *folder = copy_data(c->file, c->text);
	g_autoptr(GError) error = NULL;
	g_autoptr(Identity) identity = identity_load(folder, NULL, &error);

	remove_data(folder);
	g_assert_null(identity);
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_nonnull(strstr(error->message, c->message));
}

/* Nothing known of a letter is no reason to fail, and what was known before is replaced.
 */
static void
test_nothing(void)
{
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading = reading_new();

	reading->name = g_strdup("somebody else");
	reading->phone = g_strdup("8 701 000 00 00");
	identity_fill(identity, reading);
	g_assert_null(reading->name);
	g_assert_null(reading->phone);
	g_assert_null(reading->email);
	g_assert_null(reading->case_number);
	g_assert_false(reading->confidential);
	g_assert_cmpint(reading->kind, ==, KIND_APPEAL);
}

/* A long letter made of one thing over and over ends in time. */
static void
test_hostile(void)
{
	static const char *const units[] = { "Айгүл Серік ", "Айгүл Серік, ",
		"8 701 234 56 78 ", "меня зовут ", "a@b.kz ", "атымды ешкімге айтпаңыз ",
		"? ", "Құрметпен\n" };
	g_autoptr(Identity) identity = load_identity();

	for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(Reading) reading = NULL;

		while (text->len < 60000)
			g_string_append(text, units[i]);
		reading =
		    identify(identity, text->str, "a@mail.example", text->str, text->str);
		g_assert_cmpstr(reading->email, ==, "a@mail.example");
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *path =
		    g_strdup_printf("/identity/refuses %s", refusals[i].label);

		g_test_add_data_func(path, &refusals[i], test_refusal);
	}
	g_test_add_func("/identity/an empty letter", test_nothing);
	g_test_add_func("/identity/hostile", test_hostile);
	return g_test_run();
}
