/* Character sets declared, not declared, and declared wrongly. */
#include "charset.h"

#include <string.h>

#define RUSSIAN                                                                                                                                        \
	"Здравствуйте! Прошу разобраться, почему в общежитии третий день нет горячей " \
	"воды."
#define KAZAKH                                                                                                                                     \
	"Құрметті ректор! Жатақханада үш күннен бері ыстық су жоқ, көмектесуіңізді " \
	"сұраймын. "                                                                                                                       \
	"Әңгіме ұзаққа созылды."

typedef struct {
	const char *label;
	const char *text;     /* what the author wrote */
	const char *really;   /* the set of the bytes */
	const char *declared; /* or NULL */
	const char *how;      /* what we say of it */
} SetCase;

static const SetCase set_cases[] = {
	{ "declared rightly", RUSSIAN, "KOI8-R", "koi8-r", "koi8-r" },
	{ "declared by an alias", RUSSIAN, "CP1251", "cp1251", "windows-1251" },
	{ "UTF-8 not declared", KAZAKH, "UTF-8", NULL, "utf-8" },
	{ "UTF-8 declared as ASCII", KAZAKH, "UTF-8", "us-ascii", "utf-8" },
	{ "UTF-8 declared as nonsense", KAZAKH, "UTF-8", "x-unknown", "utf-8" },
	{ "windows-1251 not declared", RUSSIAN, "CP1251", NULL,
	    "windows-1251 (guessed)" },
	{ "windows-1251 declared UTF-8", RUSSIAN, "CP1251", "utf-8",
	    "windows-1251 (guessed)" },
	{ "windows-1251 declared unknown-8bit", RUSSIAN, "CP1251", "unknown-8bit",
	    "windows-1251 (guessed)" },
	{ "windows-1251 declared latin1", RUSSIAN, "CP1251", "iso-8859-1",
	    "windows-1251 (guessed)" },
	{ "koi8-r declared windows-1251", RUSSIAN, "KOI8-R", "windows-1251",
	    "koi8-r (guessed)" },
	{ "koi8-r not declared", RUSSIAN, "KOI8-R", NULL, "koi8-r (guessed)" },
	{ "cp866 not declared", RUSSIAN, "CP866", NULL, "cp866 (guessed)" },
	{ "iso-8859-5 not declared", RUSSIAN, "ISO-8859-5", NULL,
	    "iso-8859-5 (guessed)" },
	{ "mac-cyrillic not declared", RUSSIAN, "MAC-CYRILLIC", NULL,
	    "mac-cyrillic (guessed)" },
	{ "KZ-1048 not declared", KAZAKH, "RK1048", NULL, "kz-1048 (guessed)" },
	{ "KZ-1048 declared", KAZAKH, "RK1048", "KZ-1048", "kz-1048" },
	{ "KZ-1048 declared windows-1251", KAZAKH, "RK1048", "windows-1251",
	    "kz-1048 (guessed)" },
	{ "PT154 not declared", KAZAKH, "PT154", NULL, "pt154 (guessed)" },
	{ "PT154 declared by its other name", KAZAKH, "PT154", "PTCP154", "pt154" },
	{ "UTF-16 with its mark", RUSSIAN, "UTF-16", NULL, "utf-16" },
	{ "UTF-16 without its mark", RUSSIAN, "UTF-16LE", "utf-16le", "utf-16le" },
	{ "UTF-8 declared UTF-16", RUSSIAN, "UTF-8", "utf-16", "utf-8" },
	{ "ASCII declared UTF-16", "Hello, rector", "UTF-8", "utf-16", "us-ascii" },
	{ "UTF-7", RUSSIAN, "UTF-7", "utf-7", "utf-7" },
	{ "German stays German", "Grüße aus Köln, die Straße ist schön", "CP1252", NULL,
	    "windows-1252 (guessed)" },
	{ "plain ASCII", "Hello", "UTF-8", NULL, "us-ascii" },
	{ "capitals are no reason to guess", "ПРОШУ ПОМОЧЬ С ОБЩЕЖИТИЕМ, ОЧЕНЬ ПРОШУ",
	    "CP1251", "windows-1251", "windows-1251" },
};

static void
test_set(gconstpointer data)
{
	const SetCase *item = data;
	gsize length;
	g_autofree char *bytes =
	    g_convert(item->text, -1, item->really, "UTF-8", NULL, &length, NULL);
	g_autofree char *how = NULL, *text = NULL;

	g_assert_nonnull(bytes);
	text = charset_decode(bytes, length, item->declared, NULL, &how);

	g_assert_cmpstr(text, ==, item->text);
	g_assert_cmpstr(how, ==, item->how);
}

typedef struct {
	const char *label;
	const char *right, *wrong; /* the bytes were `right`, and read as `wrong` */
	const char *how;
} RepairCase;

static const RepairCase repair_cases[] = {
	{ "UTF-8 read as windows-1251", "UTF-8", "CP1251",
	    "utf-8 (repaired from windows-1251)" },
	{ "windows-1251 read as latin1", "CP1251", "CP1252",
	    "windows-1251 (repaired from windows-1252)" },
	{ "koi8-r read as windows-1251", "KOI8-R", "CP1251",
	    "koi8-r (repaired from windows-1251)" },
	{ "windows-1251 read as koi8-r", "CP1251", "KOI8-R",
	    "windows-1251 (repaired from koi8-r)" },
	{ "UTF-8 read as koi8-r", "UTF-8", "KOI8-R", "utf-8 (repaired from koi8-r)" },
	{ "windows-1251 read as cp866", "CP1251", "CP866",
	    "windows-1251 (repaired from cp866)" },
};

/* Without the letter whose second byte windows-1251 lacks. */
#define REPAIRABLE "Здравствуйте, прошу помочь с общежитием.\nСпасибо, жду ответа"

static void
test_repair(gconstpointer data)
{
	const RepairCase *item = data;
	gsize length, spoilt_length;
	g_autofree char *bytes =
	    g_convert(REPAIRABLE, -1, item->right, "UTF-8", NULL, &length, NULL);
	g_autofree char *spoilt = g_convert(
	    bytes, (gssize)length, "UTF-8", item->wrong, NULL, &spoilt_length, NULL);
	g_autofree char *how = NULL, *text = NULL;

	g_assert_nonnull(spoilt);
	text = charset_decode(spoilt, spoilt_length, "utf-8", NULL, &how);

	g_assert_cmpstr(text, ==, REPAIRABLE);
	g_assert_cmpstr(how, ==, item->how);
}

static void
test_repair_leaves_good_lines(void)
{
	g_autofree char *spoilt =
	    g_convert(RUSSIAN, -1, "UTF-8", "CP1252", NULL, NULL, NULL);
	g_autofree char *bytes =
	    g_convert(RUSSIAN, -1, "CP1251", "UTF-8", NULL, NULL, NULL);
	g_autofree char *mixed = NULL, *text = NULL;

	g_assert_null(spoilt); /* not every text survives every wrong reading */
	spoilt = g_convert(bytes, -1, "UTF-8", "CP1252", NULL, NULL, NULL);
	mixed = g_strconcat(spoilt, "\nАйгүл Серікова", NULL);
	text = charset_decode(mixed, strlen(mixed), "utf-8", NULL, NULL);

	g_assert_cmpstr(text, ==, RUSSIAN "\nАйгүл Серікова");
}

/* A spoilt line below good ones. */
static void
test_repair_of_a_line(void)
{
	g_autofree char *spoilt = g_convert(
	    "Прошу помочь с общежитием", -1, "UTF-8", "CP1251", NULL, NULL, NULL);
	g_autofree char *mixed = g_strconcat(
	    RUSSIAN "\n" KAZAKH "\nМне ответили:\n", spoilt, "\nСпасибо", NULL);
	g_autofree char *text = charset_decode(mixed, strlen(mixed), "utf-8", NULL, NULL);

	g_assert_cmpstr(text, ==,
	    RUSSIAN "\n" KAZAKH "\nМне ответили:\nПрошу помочь с общежитием\nСпасибо");
}

static void
test_damaged(void)
{
	static const char bytes[] = "Прошу помочь\xff с общежитием\xfe, спасибо";
	g_autofree char *how = NULL, *text = NULL;

	text = charset_decode(bytes, strlen(bytes), "utf-8", NULL, &how);

	g_assert_cmpstr(
	    text, ==, "Прошу помочь\xef\xbf\xbd с общежитием\xef\xbf\xbd, спасибо");
	g_assert_cmpstr(how, ==, "utf-8 (damaged)");
}

static void
test_nul(void)
{
	g_autofree char *text = charset_decode("a\0b", 3, "us-ascii", NULL, NULL);

	g_assert_cmpstr(text, ==,
	    "a\xef\xbf\xbd"
	    "b");
}

static void
test_noise_is_valid(void)
{
	char noise[4096];
	GRand *random = g_rand_new_with_seed(17);
	static const char *const sets[] = { NULL, "utf-8", "koi8-r", "utf-16", "utf-7",
		"shift_jis", "iso-2022-jp", "gb18030", "//", "" };

	for (guint round = 0; round < 400; round++) {
		gsize length = (gsize)g_rand_int_range(random, 0, sizeof noise);
		g_autofree char *text = NULL;

		for (gsize i = 0; i < length; i++)
			noise[i] = (char)g_rand_int(random);
		text = charset_decode(
		    noise, length, sets[round % G_N_ELEMENTS(sets)], NULL, NULL);
		g_assert_true(g_utf8_validate(text, -1, NULL));
	}
	g_rand_free(random);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(set_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/charset/set/%s", set_cases[i].label);

		g_test_add_data_func(path, &set_cases[i], test_set);
	}
	for (guint i = 0; i < G_N_ELEMENTS(repair_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/charset/repair/%s", repair_cases[i].label);

		g_test_add_data_func(path, &repair_cases[i], test_repair);
	}
	g_test_add_func(
	    "/charset/repair/lines that are good stay", test_repair_leaves_good_lines);
	g_test_add_func("/charset/repair/a line among good ones", test_repair_of_a_line);
	g_test_add_func("/charset/some damage does not change the set", test_damaged);
	g_test_add_func("/charset/NUL becomes a replacement character", test_nul);
	g_test_add_func("/charset/noise becomes valid text", test_noise_is_valid);
	return g_test_run();
}
