/* What the author wrote now, and what is quoted. */
#include "body.h"
#include "fault.h"
#include "plain.h"

#include <glib/gstdio.h>

typedef struct {
	const char *label, *text;
	const char *want, *quoted; /* quoted NULL: none */
	gboolean forwarded;
} Case;

static const Case cases[] = {
	{ "no quote", "Good day.\n\nPlease help.\n-- \nAigul",
	    "Good day.\n\nPlease help.\n-- \nAigul" },
	{ "marked lines", "me\n> you\n> > older\nme again", "me\nme again",
	    "you\nolder" },
	{ "an attribution goes with its quote",
	    "me\n\nOn Mon, 2 Mar 2026 at 10:30, Aigul <a@b.example> wrote:\n\n> you",
	    "me", "On Mon, 2 Mar 2026 at 10:30, Aigul <a@b.example> wrote:\n\nyou" },
	{ "an attribution over two lines",
	    "me\n\nOn Mon, 2 Mar 2026 at 10:30, Aigul\n<a@b.example> wrote:\n> you", "me",
	    "On Mon, 2 Mar 2026 at 10:30, Aigul\n<a@b.example> wrote:\nyou" },
	{ "in Russian",
	    "я\n\nпн, 2 мар. 2026 г. в 10:30, Айгүл <a@b.example> пишет:\n> вы", "я",
	    "пн, 2 мар. 2026 г. в 10:30, Айгүл <a@b.example> пишет:\nвы" },
	{ "in Kazakh",
	    "мен\n\n2026 ж. 2 нау., дс 10:30, Айгүл <a@b.example> жазды:\n> сіз", "мен",
	    "2026 ж. 2 нау., дс 10:30, Айгүл <a@b.example> жазды:\nсіз" },
	{ "as Mail.ru writes it",
	    "я\n>Понедельник, 2 марта 2026, 10:30 +05:00 от А <a@b.example>:\n>\n>вы",
	    "я", "Понедельник, 2 марта 2026, 10:30 +05:00 от А <a@b.example>:\n\nвы" },
	{ "as Yandex writes it", "я\n\n02.03.2026, 10:30, \"Айгүл\" <a@b.example>:\n> вы",
	    "я", "02.03.2026, 10:30, \"Айгүл\" <a@b.example>:\nвы" },
	{ "an attribution without marks quotes to the end",
	    "me\n\nOn Mon, 2 Mar 2026 at 10:30, Aigul <a@b.example> wrote:\nyou", "me",
	    "On Mon, 2 Mar 2026 at 10:30, Aigul <a@b.example> wrote:\nyou" },
	{ "what a person wrote is no attribution",
	    "12 марта 2026 декан мне написал:\nприходите завтра\nжду",
	    "12 марта 2026 декан мне написал:\nприходите завтра\nжду" },
	{ "an original message",
	    "me\n\n-----Original Message-----\nFrom: A\nSubject: B\n\nyou", "me",
	    "-----Original Message-----\nFrom: A\nSubject: B\n\nyou" },
	{ "the answer below a marked original", "-----Исходное сообщение-----\n> вы\n\nя",
	    "я", "-----Исходное сообщение-----\nвы" },
	{ "Outlook's repeated header",
	    "я\n\nОт: Ректор <r@b.example>\nОтправлено: 2 марта 2026 г. 10:30\nКому: "
	    "А\nТема: Б\n\nвы",
	    "я",
	    "От: Ректор <r@b.example>\nОтправлено: 2 марта 2026 г. 10:30\nКому: А\nТема: "
	    "Б\n\nвы" },
	{ "the same in Kazakh, in bold, with blank lines",
	    "мен\n\n*Кімнен:* Ректор\n\n*Жіберілді:* 2 наурыз 2026 10:30\n\n*Кімге:* "
	    "А\n\nсіз",
	    "мен",
	    "*Кімнен:* Ректор\n\n*Жіберілді:* 2 наурыз 2026 10:30\n\n*Кімге:* А\n\nсіз" },
	{ "a citizen's own head is no repeated header",
	    "Здравствуйте\nОт: Ивановой Анны\nКому: ректору\nДата: 12.03.2026\nТема: "
	    "жалоба\nПрошу помочь",
	    "Здравствуйте\nОт: Ивановой Анны\nКому: ректору\nДата: 12.03.2026\nТема: "
	    "жалоба\nПрошу помочь" },
	{ "a forwarded letter", "---------- Forwarded message ---------\nFrom: A\n\nyou",
	    "", "---------- Forwarded message ---------\nFrom: A\n\nyou", TRUE },
	{ "forwarded by Apple", "me\n\nBegin forwarded message:\n\n> From: A\n>\n> you",
	    "me", "Begin forwarded message:\n\nFrom: A\n\nyou", TRUE },
	{ "forwarded in Russian within marks",
	    "> -------- Пересылаемое сообщение --------\n> вы", "",
	    "-------- Пересылаемое сообщение --------\nвы", TRUE },
	{ "a line of dashes is no separator", "a\n-----\nb", "a\n-----\nb" },
	{ "an arrow is no quote", "a\n-> b", "a\n-> b" },
	{ "an mbox's stuffing is no quote", "a\n>From then on\nb", "a\nFrom then on\nb" },
	{ "what a telephone adds", "мәтін\n\n-- \nОтправлено с iPhone\n\n> сіз", "мәтін",
	    "сіз" },
	{ "what a telephone adds, and nothing else", "Sent from my iPhone", "" },
	{ "a telephone within the text", "Sent from my iPhone\nwas the last thing I saw",
	    "Sent from my iPhone\nwas the last thing I saw" },
	{ "nothing", "", "" },
};

static void
test_split(gconstpointer data)
{
	const Case *item = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Quotes) quotes =
	    quotes_load(TEST_SOURCE_ROOT "/classifier/data/quotes.txt", &error);
	g_auto(Body) body = { 0 };

	g_assert_no_error(error);
	body_split(item->text, quotes, &body);

	g_assert_cmpstr(body.text, ==, item->want);
	g_assert_cmpstr(body.quoted, ==, item->quoted);
	g_assert_true(body.forwarded == item->forwarded);
}

typedef struct {
	const char *label, *text, *want;
	gboolean delsp;
} TextCase;

static const TextCase flowed_cases[] = {
	{ "soft breaks join", "one \ntwo\nthree", "one two\nthree" },
	{ "DelSp takes the blank away", "бір \nеуі\n", "біреуі", TRUE },
	{ "the delimiter of a signature stays", "text\n-- \nAnna", "text\n-- \nAnna" },
	{ "stuffed lines", " From here\n >not a quote", "From here\n>not a quote" },
	{ "quotes of one depth join", "> a \n> b\n>> c\nd", "> a b\n> > c\nd" },
	{ "another depth ends a paragraph", "> a \nb", "> a \nb" },
	{ "CRLF", "one \r\ntwo\r\n", "one two" },
};

static void
test_flowed(gconstpointer data)
{
	const TextCase *item = data;
	g_autofree char *text = plain_unflow(item->text, item->delsp);

	g_assert_cmpstr(text, ==, item->want);
}

static const TextCase normal_cases[] = {
	{ "line ends",
	    "a\r\nb\rc\nd\xe2\x80\xa8"
	    "e",
	    "a\nb\nc\nd\ne" },
	{ "blank lines shrink", "\n\na\n\n\n\n\n\nb\n\n", "a\n\n\nb" },
	{ "control characters go", "a\x01\x1b[31mb\x7f\tc", "a[31mb\tc" },
	{ "direction marks and joiners go",
	    "a\xe2\x80\xae"
	    "b\xe2\x80\x8d"
	    "c\xc2\xad",
	    "abc" },
	{ "emoji keep their joiner", "👩\xe2\x80\x8d🎓", "👩\xe2\x80\x8d🎓" },
	{ "blanks at line ends go", "a  \nb\xc2\xa0\xc2\xa0\nc", "a\nb\nc" },
};

static void
test_normal(gconstpointer data)
{
	const TextCase *item = data;
	g_autofree char *text = plain_normal(item->text);

	g_assert_cmpstr(text, ==, item->want);
}

static void
test_refusals(void)
{
	static const char *const files[][2] = {
		{ "# fine\nfrom from\nfrm from\n", ":3: expected attribution" },
		{ "class\n", ":1: expected words after \"class\"" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *file =
		    g_build_filename(g_get_tmp_dir(), "quotes-test.txt", NULL);
		g_autoptr(GError) error = NULL;
		g_autoptr(Quotes) quotes = NULL;

		g_assert_true(g_file_set_contents(file, files[i][0], -1, NULL));
		quotes = quotes_load(file, &error);
		g_assert_error(error, FAULT, FAULT_SETUP);
		g_assert_nonnull(g_strstr_len(error->message, -1, files[i][1]));
		g_assert_null(quotes);
		g_assert_cmpint(g_remove(file), ==, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/body/split/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_split);
	}
	for (guint i = 0; i < G_N_ELEMENTS(flowed_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/body/flowed/%s", flowed_cases[i].label);

		g_test_add_data_func(path, &flowed_cases[i], test_flowed);
	}
	for (guint i = 0; i < G_N_ELEMENTS(normal_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/body/normal/%s", normal_cases[i].label);

		g_test_add_data_func(path, &normal_cases[i], test_normal);
	}
	g_test_add_func("/body/quotes/a mistake names file and line", test_refusals);
	return g_test_run();
}
