/* What a sheet's finds say, as names that learned weights know. */
#include "signs.h"

static const char *const sheet_text = "signal lift 1\nwhy the lift\nru лифт*\n"
				      "signal ask 1\nwhy asks\nru прошу\n";

typedef struct {
	const char *label, *subject, *body;
	gboolean places;
	const char *told; /* in order, by blanks */
} Case;

static const Case cases[] = {
	{ "nothing is found", "Вода", "Нет горячей воды.", TRUE, "" },
	{ "once, in the middle", "", "Пишу вам. Лифт стоит. Ждём ответа. Спасибо вам.",
	    TRUE, "lift" },
	{ "twice, and in the subject", "Лифт", "Пишу вам. Лифт стоит. Ждём. Спасибо вам.",
	    FALSE, "lift again/lift subject/lift" },
	{ "the first and the last sentence", "",
	    "Лифт стоит давно. Мы ждём месяц. Никто не идёт. Прошу починить.", TRUE,
	    "lift first/lift ask last/ask" },
	{ "places only when asked for", "",
	    "Лифт стоит давно. Мы ждём месяц. Никто не идёт. Прошу починить.", FALSE,
	    "lift ask" },
	{ "one sentence is first and last", "", "Прошу починить дверь.", TRUE,
	    "ask first/ask last/ask" },
	{ "no sentence at all", "Лифт", "", TRUE, "lift subject/lift" },
};

static void
take(gpointer data, const char *name)
{
	GString *told = data;

	g_string_append_printf(told, "%s%s", told->len > 0 ? " " : "", name);
}

static void
test_signs(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Lexicon) lexicon = lexicon_new();
	const Sheet *sheet = lexicon_parse(lexicon, "sheet", sheet_text, &error);
	g_autoptr(Text) text = text_parse(c->subject, c->body);
	g_autofree guint *kinds = g_new0(guint, text->n_words + 1);
	g_autoptr(GArray) finds = NULL;
	g_autoptr(GString) told = g_string_new(NULL);
	const Find *found;
	guint n;

	g_assert_no_error(error);
	finds = lexicon_match(lexicon, text, kinds);
	found = finds_of_sheet(finds, sheet, &n);
	signs_tell(sheet, text, found, n, c->places, take, told);
	g_assert_cmpstr(told->str, ==, c->told);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/signs/", cases[i].label, NULL);

		g_test_add_data_func(path, &cases[i], test_signs);
	}
	return g_test_run();
}
