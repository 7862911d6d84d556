/* mbox files, fed whole and byte by byte: the same letters must come out. */
#include "mbox.h"

#include <string.h>

#define AT "From a@b Fri Mar 20 17:59:59 2026\n"

typedef struct {
	const char *label, *file;
	const char *letters[4]; /* ended by NULL */
} Case;

static const Case cases[] = {
	{ "one letter", AT "S: 1\n\nx\n", { "S: 1\n\nx\n" } },
	{ "two, the empty line between is nobody's",
	    AT "S: 1\n\nx\n\n" AT "S: 2\n\ny\n\n", { "S: 1\n\nx\n", "S: 2\n\ny\n" } },
	{ "empty lines of a letter stay", AT "S: 1\n\nx\n\n\n\n" AT "S: 2\n\n\n\n",
	    { "S: 1\n\nx\n\n\n", "S: 2\n\n\n" } },
	{ "From without an empty line before is text", AT "S: 1\n\nx\nFrom here\n",
	    { "S: 1\n\nx\nFrom here\n" } },
	{ "quoted From lines lose one quote", AT "S: 1\n\n>From a\n>>>From b\n",
	    { "S: 1\n\nFrom a\n>>From b\n" } },
	{ "other quoted lines lose none", AT "S: 1\n\n>Fromage\n> From a\n>\n>>F\n",
	    { "S: 1\n\n>Fromage\n> From a\n>\n>>F\n" } },
	{ "CRLF", "From a\r\nS: 1\r\n\r\nx\r\n\r\nFrom b\r\nS: 2\r\n\r\n>From y\r\n",
	    { "S: 1\r\n\r\nx\r\n", "S: 2\r\n\r\nFrom y\r\n" } },
	{ "a bare CR is text", AT "S: 1\n\n\r\rFrom a\rx\n",
	    { "S: 1\n\n\r\rFrom a\rx\n" } },
	{ "no line end at the end", AT "S: 1\n\nx", { "S: 1\n\nx" } },
	{ "a torn head at the end", AT "S: 1\n\n>Fro", { "S: 1\n\n>Fro" } },
	{ "a letter without a byte", AT "\n" AT "S: 2\n", { "", "S: 2\n" } },
	{ "text before the first separator is nobody's", "junk\n\n" AT "S: 1\n",
	    { "S: 1\n" } },
	{ "nothing", "", { NULL } },
};

static gboolean
begin(gpointer context, GError **error)
{
	g_ptr_array_add(context, g_string_new(NULL));
	return TRUE;
}

static gboolean
take(gpointer context, gconstpointer bytes, gsize length, GError **error)
{
	GPtrArray *letters = context;

	g_string_append_len(
	    g_ptr_array_index(letters, letters->len - 1), bytes, (gssize)length);
	return TRUE;
}

static gboolean
end(gpointer context, GError **error)
{
	return TRUE;
}

static void
free_string(gpointer string)
{
	g_string_free(string, TRUE);
}

static const MboxSink sink = { begin, take, end };

static void
check(const Case *c, gsize piece)
{
	g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func(free_string);
	g_autoptr(Mbox) mbox = mbox_new(&sink, letters);
	gsize length = strlen(c->file);
	guint n = 0;

	for (gsize at = 0; at < length; at += piece)
		g_assert_true(
		    mbox_feed(mbox, c->file + at, MIN(piece, length - at), NULL));
	g_assert_true(mbox_finish(mbox, NULL));
	for (; c->letters[n] != NULL; n++) {
		g_assert_cmpuint(letters->len, >, n);
		g_assert_cmpstr(
		    ((GString *)g_ptr_array_index(letters, n))->str, ==, c->letters[n]);
	}
	g_assert_cmpuint(letters->len, ==, n);
}

static void
test_case(gconstpointer data)
{
	for (gsize piece = 1; piece < 80; piece++)
		check(data, piece);
}

static void
test_long_line(void)
{
	g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func(free_string);
	g_autoptr(Mbox) mbox = mbox_new(&sink, letters);
	g_autofree char *quotes = g_strnfill(100000, '>');

	g_assert_true(mbox_feed(mbox, AT, strlen(AT), NULL));
	g_assert_true(mbox_feed(mbox, quotes, 100000, NULL));
	g_assert_true(mbox_finish(mbox, NULL));
	g_assert_cmpstr(((GString *)g_ptr_array_index(letters, 0))->str, ==, quotes);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/mbox/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_func(
	    "/mbox/a line of a hundred thousand quotes is text", test_long_line);
	return g_test_run();
}
