/* What reaches a terminal: columns as it counts them, nothing that it would obey. */
#include "line.h"

static const struct {
	const char *label, *text;
	int columns;
	const char *expected;
} fits[] = {
	{ "plain text is padded", "open", 6, "open  " },
	{ "plain text is cut", "extended", 6, "extend" },
	{ "an exact fit stays", "closed", 6, "closed" },
	{ "NULL is blank", NULL, 3, "   " },
	{ "a letter of Kazakh is one column", "оқу ісі", 10, "оқу ісі   " },
	{ "Kazakh is cut between letters", "әлеуметтік", 4, "әлеу" },
	{ "a wide letter is two columns", "漢字", 6, "漢字  " },
	{ "half a wide letter is none", "漢字", 3, "漢 " },
	{ "a combining mark is no column", "и\xcc\x86ог", 4, "и\xcc\x86ог " },
	{ "an escape sequence loses its escape", "a\x1b[31mb", 8, "a [31mb " },
	{ "line breaks are blanks", "a\r\nb", 4, "a  b" },
	{ "a direction override is a blank",
	    "a\xe2\x80\xae"
	    "b",
	    3, "a b" },
	{ "a zero-width space is a blank",
	    "a\xe2\x80\x8b"
	    "b",
	    3, "a b" },
	{ "a line separator is a blank",
	    "a\xe2\x80\xa8"
	    "b",
	    3, "a b" },
	{ "a no-break space is a blank",
	    "a\xc2\xa0"
	    "b",
	    3, "a b" },
	{ "a C1 control is a blank",
	    "a\xc2\x9b"
	    "b",
	    3, "a b" },
	{ "bytes that are no UTF-8 are marked",
	    "a\xff"
	    "b",
	    3,
	    "a\xef\xbf\xbd"
	    "b" },
};

static void
test_fit(gconstpointer data)
{
	guint i = GPOINTER_TO_UINT(data);
	g_autofree char *found = line_fit(fits[i].text, fits[i].columns);

	g_assert_cmpstr(found, ==, fits[i].expected);
}

static void
print_long_field(void)
{
	line_print_field("because",
	    "жүз сөзден тұратын ұзын мәтін екі жолға бөлінеді: "
	    "бірінші жол сексен бағанға дейін, екіншісі одан әрі");
	line_print_field("empty", "");
	line_print_field("none", NULL);
	line_print_field("word",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaa");
}

static void
test_field(void)
{
	g_test_trap_subprocess("/queue/line/field/subprocess", 0, 0);
	g_test_trap_assert_passed();
	g_test_trap_assert_stdout(
	    "*  because        жүз сөзден тұратын ұзын мәтін екі жолға бөлінеді: "
	    "бірінші жол\n"
	    "                 сексен бағанға дейін, екіншісі одан әрі\n"
	    "  word           "
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
	    "                 aaaaaaaaaaaaaaaa\n*");
}

static void
print_object(void)
{
	line_print_json("text", 't', "a\n\x1b\xe2\x80\xae\"\xc2\x9b", "high", 't',
	    "\xf0\x9f\x98\x80\xf3\xa0\x80\x81", "none", 't', NULL, "number", 'i',
	    G_MININT64, "mark", 'b', TRUE, NULL);
}

static void
test_json(void)
{
	g_test_trap_subprocess("/queue/line/json/subprocess", 0, 0);
	g_test_trap_assert_passed();
	g_test_trap_assert_stdout(
	    "*{\"text\":\"a\\u000a\\u001b\\u202e\\\"\\u009b\","
	    "\"high\":\"\xf0\x9f\x98\x80\\udb40\\udc01\",\"none\":null,"
	    "\"number\":-9223372036854775808,\"mark\":true}\n*");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(fits); i++) {
		g_autofree char *path =
		    g_strdup_printf("/queue/line/fit/%s", fits[i].label);

		g_test_add_data_func(path, GUINT_TO_POINTER(i), test_fit);
	}
	g_test_add_func("/queue/line/field", test_field);
	g_test_add_func("/queue/line/field/subprocess", print_long_field);
	g_test_add_func("/queue/line/json", test_json);
	g_test_add_func("/queue/line/json/subprocess", print_object);
	return g_test_run();
}
