/* The structure of a text: lines and their kinds, sentences, words, links. */
#include "text.h"

#include <string.h>

typedef struct {
	const char *label, *body;
	const char *kinds; /* a letter a line of the body, see kind_letters */
} Lines;

static const char kind_letters[] = "_SGHLTFsP";

static const Lines lines[] = {
	{ "a plain letter",
	    "Уважаемый ректор!\n\nПрошу починить лифт в корпусе номер два, он стоит "
	    "давно.\n\nИван Петров",
	    "G_P_s" },
	{ "a form",
	    "Аты-жөні: Айгүл Досова\nТелефон: 8 701 111 22 33\nХабарлама: Асхана қашан "
	    "ашылады екен, соны "
	    "білгім келеді, жауап беріңізші.",
	    "FFF" },
	{ "a list",
	    "Прошу сделать вот что в нашем корпусе:\n1. починить лифт;\n2) включить "
	    "свет;\n- убрать снег;\nа) "
	    "открыть дверь.\nЖду ответа.",
	    "HLLLLP" },
	{ "a table",
	    "В таблице видно, сколько нам начислили за эти месяцы:\nмесяц | часов | "
	    "тенге\nмай\t28\t0\nЖду "
	    "ответа.",
	    "PTTP" },
	{ "a signature mark",
	    "Прошу починить лифт.\n-- \nИван Петров, весёлый человек! Звоните!", "Pss" },
	{ "one line only", "Почему закрыт корпус?", "P" },
	{ "nothing", "", "_" },
};

static void
test_lines(gconstpointer data)
{
	const Lines *c = data;
	g_autoptr(Text) text = text_parse("Тема", c->body);
	g_autoptr(GString) kinds = g_string_new(NULL);

	g_assert_cmpint(text->lines[0].kind, ==, LINE_SUBJECT);
	for (guint n = 1; n < text->n_lines; n++)
		g_string_append_c(kinds, kind_letters[text->lines[n].kind]);
	g_assert_cmpstr(kinds->str, ==, c->kinds);
}

typedef struct {
	const char *label, *body;
	guint sentences;
	const char *marks; /* '0' for none */
} Sentences;

static const Sentences sentences[] = {
	{ "three marks", "Лифт стоит. Почему? Почините!", 3, ".?!" },
	{ "initials end nothing", "Это сказал А. Б. Иванов вчера.", 1, "." },
	{ "short forms end nothing", "Тел. 8 701 111 22 33, т.е. мой.", 1, "." },
	{ "a small letter goes on", "Корпус № 2 ул. абая закрыт.", 1, "." },
	{ "a link ends nothing", "Сайт abai.kz/a?b открыт.", 1, "." },
	{ "dots", "Ну вот… Жду.", 2, ".." },
	{ "no mark at all", "лифт стоит уже месяц", 1, "0" },
	{ "a line of its own", "Лифт стоит\nПочините", 2, "00" },
	{ "wrapped by the mail program",
	    "Прошу починить лифт в корпусе номер два, который стоит\nуже третий месяц.",
	    1, "." },
	{ "a numbered list", "1. Лифт.\n2. Свет.", 2, ".." },
};

static void
test_sentences(gconstpointer data)
{
	const Sentences *c = data;
	g_autoptr(Text) text = text_parse(NULL, c->body);

	g_assert_cmpuint(text->n_sentences, ==, c->sentences);
	for (guint i = 0; i < text->n_sentences; i++)
		g_assert_cmpint(
		    text->sentences[i].mark == '\0' ? '0' : text->sentences[i].mark, ==,
		    c->marks[i]);
}

typedef struct {
	const char *label, *body, *link;
	gboolean email;
} Links;

static const Links links[] = {
	{ "an address", "пишите на a.b-c@mail.example.kz.", "a.b-c@mail.example.kz",
	    TRUE },
	{ "a web address", "см. https://abai.kz/x?y=1#z, там всё",
	    "https://abai.kz/x?y=1#z", FALSE },
	{ "in brackets", "(https://abai.kz/x)", "https://abai.kz/x", FALSE },
	{ "without a scheme", "сайт t.me/abc открыт", "t.me/abc", FALSE },
	{ "www", "смотрите www.abai.kz, пожалуйста", "www.abai.kz", FALSE },
	{ "a missing blank is none", "Лифт стоит.Почините", NULL, FALSE },
	{ "a short form is none", "т.е. сегодня", NULL, FALSE },
	{ "a handle is none", "телеграм @abc", NULL, FALSE },
	{ "a date is none", "до 12.05.2026", NULL, FALSE },
};

static void
test_links(gconstpointer data)
{
	const Links *c = data;
	g_autoptr(Text) text = text_parse(NULL, c->body);
	g_autofree char *found = NULL;

	g_assert_cmpuint(text->n_links, ==, c->link != NULL ? 1 : 0);
	if (c->link == NULL)
		return;
	found = text_copy(text, text->links[0].start, text->links[0].end);
	g_assert_cmpstr(found, ==, c->link);
	g_assert_cmpint(text->links[0].email, ==, c->email);
}

static const TextWord *
word(const Text *text, const char *folded)
{
	for (guint n = 0; n < text->n_words; n++)
		if (g_str_equal(text->words[n].folded, folded))
			return &text->words[n];
	g_assert_not_reached();
}

static void
test_words(void)
{
	g_autoptr(Text) text = text_parse("Тема хата",
	    "Аты-жөні «бірінші» 3-курс (екінші) a@b.kz \"third\" don't БМ21 "
	    "Сəлем.\nСоңы");

	g_assert_cmpuint(text->body_word, ==, 2);
	g_assert_true(word(text, "жони")->joined);
	g_assert_false(word(text, "аты")->joined);
	g_assert_true(word(text, "биринши")->quoted);
	g_assert_true(word(text, "third")->quoted);
	g_assert_false(word(text, "екинши")->quoted);
	g_assert_true(word(text, "екинши")->bracketed);
	g_assert_true(word(text, "курс")->joined);
	g_assert_cmpint(word(text, "3")->script, ==, SCRIPT_DIGIT);
	g_assert_true(word(text, "kz")->linked);
	g_assert_nonnull(word(text, "don't"));
	g_assert_true(word(text, "21")->joined);
	g_assert_true(word(text, "биринши")->kazakh);
	g_assert_cmpstr(word(text, "third")->second, ==, "тхирд");
	g_assert_null(word(text, "аты")->second);
	g_assert_cmpuint(word(text, "соны")->line, ==, 2);
	g_assert_true(word(text, "соны")->ends);
}

static void
test_where(void)
{
	g_autoptr(Text) text = text_parse("a\r\nb", "c\n\nd");
	g_autofree char *subject = text_where(0),
			*third = text_where(text->words[3].line);

	g_assert_cmpuint(text->n_lines, ==, 4);
	g_assert_cmpstr(subject, ==, "subject");
	g_assert_cmpstr(third, ==, "text line 3");
}

/* Hostile shapes end in time: the work grows with the length, not with its square. */
static void
test_hostile(void)
{
	static const char *const units[] = { "a.", "@", "a@", "«", "\"", "-", "a-", "(",
		"\n", ". ", "1 ", "| ", "\xe2\x80\xa6", "http://", "a.A" };

	for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
		g_autoptr(GString) body = g_string_new(NULL);
		g_autoptr(Text) text = NULL;

		while (body->len < 300000)
			g_string_append(body, units[i]);
		text = text_parse(body->str, body->str);
		g_assert_cmpuint(text->length, ==, 2 * body->len + 1);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autofree char *path = g_strdup_printf("/text/lines/%s", lines[i].label);

		g_test_add_data_func(path, &lines[i], test_lines);
	}
	for (guint i = 0; i < G_N_ELEMENTS(sentences); i++) {
		g_autofree char *path =
		    g_strdup_printf("/text/sentences/%s", sentences[i].label);

		g_test_add_data_func(path, &sentences[i], test_sentences);
	}
	for (guint i = 0; i < G_N_ELEMENTS(links); i++) {
		g_autofree char *path = g_strdup_printf("/text/links/%s", links[i].label);

		g_test_add_data_func(path, &links[i], test_links);
	}
	g_test_add_func("/text/words", test_words);
	g_test_add_func("/text/where", test_where);
	g_test_add_func("/text/hostile", test_hostile);
	return g_test_run();
}
