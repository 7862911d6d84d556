#include "fault.h"
#include "gate.h"
#include "header.h"
#include "layout.h"
#include "retry.h"

#include <string.h>

/* --- the gate --- */

static void
gates_lines(void)
{
	static const struct {
		const char *text, *line;
	} rows[] = {
		{ NULL, NULL },
		{ "", NULL },
		{ " \t\r\n ", NULL },
		{ "plain", "plain" },
		{ "  a \r\n b\tc\xc2\xa0"
		  "d ",
		    "a b c d" },
		{ "a\x01"
		  "b\x7f"
		  "c\xc2\x9b"
		  "d",
		    "a b c d" },
		{ "a\xe2\x80\xae"
		  "b\xe2\x80\x8b"
		  "c\xe2\x80\xa9"
		  "d\xef\xbb\xbf",
		    "a b c d" },
		{ "\xff\xfe"
		  "a",
		    "\xef\xbf\xbd\xef\xbf\xbd"
		    "a" },
		{ "Әділет Жұмабаев", "Әділет Жұмабаев" },
		{ "1234567890123", "1234567890" },
		{ "әіңғүұқөһә123", "әіңғүұқөһә" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *line = gate_line(rows[i].text, i < 9 ? 100 : 10);
		g_assert_cmpstr(line, ==, rows[i].line);
	}
}

static void
gates_texts(void)
{
	gboolean cut;
	g_autofree char *whole =
	    gate_text("one\r\n\r\ntwo\x1b[31m\rthree \n\n", 100, &cut);

	g_assert_cmpstr(whole, ==, "one\n\ntwo [31m three");
	g_assert_false(cut);
	g_autofree char *part = gate_text("abcdef", 3, &cut);
	g_assert_cmpstr(part, ==, "abc");
	g_assert_true(cut);
}

static void
gates_addresses(void)
{
	static const struct {
		const char *address, *wire;
		gboolean utf8;
	} rows[] = {
		{ "a.b+c@d.example", "a.b+c@d.example", FALSE },
		{ "A@D.Example", "A@d.example", FALSE },
		{ "x@қазақ.example", "x@xn--80aau21bd.example", FALSE },
		{ "әли@пример.example", "әли@xn--e1afmkfd.example", TRUE },
		{ "a", NULL, FALSE },
		{ "a@", NULL, FALSE },
		{ "@b", NULL, FALSE },
		{ "a b@c", NULL, FALSE },
		{ "a@b c", NULL, FALSE },
		{ "a@b\r\nRCPT TO:<c@d>", NULL, FALSE },
		{ "a\r\n@b", NULL, FALSE },
		{ "<a@b>", NULL, FALSE },
		{ "\"a\"@b", NULL, FALSE },
		{ "a@b@c", NULL, FALSE },
		{ "=?utf-8?b?YQ0KYg==?=@c.example", NULL, FALSE },
		{ "x=?@c.example", NULL, FALSE },
		{ "a=b?c@d.example", "a=b?c@d.example", FALSE },
		{ "a@b..c", NULL, FALSE },
		{ "a@.b", NULL, FALSE },
		{ "a@-b", NULL, FALSE },
		{ "a\xe2\x80\xae@b", NULL, FALSE },
		{ "a\xff@b", NULL, FALSE },
		{ "", NULL, FALSE },
		{ NULL, NULL, FALSE },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		gboolean utf8 = FALSE;
		g_autofree char *wire = gate_address(rows[i].address, &utf8, &error);
		g_assert_cmpstr(wire, ==, rows[i].wire);
		if (wire == NULL)
			g_assert_error(error, FAULT, FAULT_LETTER);
		else
			g_assert_cmpint(utf8, ==, rows[i].utf8);
	}
}

/* --- header values --- */

/* Every word decodes alone, and no word but the last is padded. */
static void
encodes_words(void)
{
	static const char *const texts[] = { "Ж", "Өтінішіңіз тіркелді: № 2026-000123",
		("Обращение a b c d e f g h i j k l m n o p q r s t u v w x y z и ещё "
		 "немного слов"),
		"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "a😀bцc😀dцe😀fцg😀hцi😀jцk😀lцm😀nцo😀p",
		"=?utf-8?B?AAAA?= is ASCII" };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *value = header_text(texts[i], strlen("Subject: "));
		g_auto(GStrv) words = g_strsplit(value, "\r\n ", -1);
		g_autoptr(GString) read = g_string_new(NULL);
		for (char **word = words; *word != NULL; word++) {
			gsize length = strlen(*word), n;
			g_assert_cmpuint(length + (word == words ? 9 : 1), <=, 76);
			g_assert_true(g_str_has_prefix(*word, "=?utf-8?B?"));
			g_assert_true(g_str_has_suffix(*word, "?="));
			if (word[1] != NULL)
				g_assert_null(strstr(*word, "=?="));
			(*word)[length - 2] = '\0';
			g_autofree guchar *bytes =
			    g_base64_decode(*word + strlen("=?utf-8?B?"), &n);
			g_assert_true(
			    g_utf8_validate((const char *)bytes, (gssize)n, NULL));
			g_string_append_len(read, (const char *)bytes, (gssize)n);
		}
		g_assert_cmpstr(read->str, ==, texts[i]);
	}
}

static void
writes_mailboxes(void)
{
	static const struct {
		const char *name, *value;
	} rows[] = {
		{ NULL, "a@b.example" },
		{ "Aigerim", "\"Aigerim\" <a@b.example>" },
		{ "A \"B\" \\C, <d@e>", "\"A \\\"B\\\" \\\\C, <d@e>\" <a@b.example>" },
		{ "Әли", "=?utf-8?B?05jQu9C4?= <a@b.example>" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *value = header_mailbox(rows[i].name, "a@b.example", 4);
		g_assert_cmpstr(value, ==, rows[i].value);
	}
}

/* --- layout --- */

static void
lays_out(void)
{
	static const struct {
		const char *label, *body, *plain, *html;
	} rows[] = {
		{ "running text is filled", "one\ntwo\n\nthree", "one two\n\nthree\n",
		    "<p>one two</p>\n<p>three</p>\n" },
		{ "a backslash keeps a line end", "one,\\\ntwo\nthree",
		    "one,\ntwo three\n", "<p>one,<br>\ntwo three</p>\n" },
		{ "items, the second going on", "- a\n- b\nc\n", "- a\n- b c\n",
		    "<ul>\n<li>a</li>\n<li>b c</li>\n</ul>\n" },
		{ "two blanks keep a line", "  a: 1\n  b: 2\n", "  a: 1\n  b: 2\n",
		    "<p style=\"margin-left:1.5em\">a: 1<br>\nb: 2</p>\n" },
		{ "many blank lines are one", "a\n\n \n\nb\n\n", "a\n\nb\n",
		    "<p>a</p>\n<p>b</p>\n" },
		{ "a quotation is not filled", "> a\n> \n> b & <c>\n",
		    "> a\n>\n> b & <c>\n",
		    "a<br>\n<br>\nb &amp; &lt;c&gt;</blockquote>\n" },
		{ "but for a line too long for the eye",
		    "> one two three four five six seven eight nine ten eleven twelve "
		    "thirteen "
		    "fourteen fifteen",
		    "> one two three four five six seven eight nine ten eleven twelve\n"
		    "> thirteen fourteen fifteen\n",
		    "twelve thirteen" },
		{ "an address becomes a link", "see https://a.example/b?c=1&d=2.",
		    "see https://a.example/b?c=1&d=2.\n",
		    "<p>see <a href=\"https://a.example/b?c=1&amp;d=2\">"
		    "https://a.example/b?c=1&amp;d=2</a>.</p>\n" },
		{ "marks of HTML are escaped", "a <b> \"c\" & d", "a <b> \"c\" & d\n",
		    "<p>a &lt;b&gt; &quot;c&quot; &amp; d</p>\n" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *plain = layout_plain(rows[i].body);
		g_autofree char *html = layout_html(rows[i].body, "en");
		g_test_message("%s", rows[i].label);
		g_assert_cmpstr(plain, ==, rows[i].plain);
		g_assert_nonnull(strstr(html, rows[i].html));
	}
}

static void
fills_to_72_columns(void)
{
	g_autofree char *plain =
	    layout_plain("- Өтініш тіркелген күннен бастап он бес жұмыс күні "
			 "ішінде қаралады және жауап беріледі, мерзімі бар");

	g_assert_cmpstr(plain, ==,
	    "- Өтініш тіркелген күннен бастап он бес жұмыс күні ішінде қаралады және\n"
	    "  жауап беріледі, мерзімі бар\n");
}

/* --- retries --- */

static void
doubles_delays(void)
{
	const Post post = {
		.retry_first = 60, .retry_most = 3600, .retry_for = 5 * 86400
	};
	static const gint64 delays[] = { 60, 120, 240, 480, 960, 1920, 3600, 3600 };

	for (guint i = 0; i < G_N_ELEMENTS(delays); i++) {
		g_assert_cmpint(retry_delay(&post, i + 1, 0), ==, delays[i]);
		g_assert_cmpint(retry_delay(&post, i + 1, 999), >, delays[i]);
		g_assert_cmpint(retry_delay(&post, i + 1, 999), <=, delays[i] * 6 / 5);
	}
	g_assert_cmpint(retry_delay(&post, 1000000, 0), ==, 3600);
}

static void
ends_after_its_time(void)
{
	const Post post = { .retry_for = 100 };
	const Notice early = { .created_at = 1000, .not_before = 500 };
	const Notice ahead = { .created_at = 1000, .not_before = 5000 };

	g_assert_false(retry_is_over(&post, &early, 1100));
	g_assert_true(retry_is_over(&post, &early, 1101));
	g_assert_false(retry_is_over(&post, &ahead, 5100));
	g_assert_true(retry_is_over(&post, &ahead, 5101));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/gate/lines", gates_lines);
	g_test_add_func("/gate/texts", gates_texts);
	g_test_add_func("/gate/addresses", gates_addresses);
	g_test_add_func("/header/encoded words", encodes_words);
	g_test_add_func("/header/mailboxes", writes_mailboxes);
	g_test_add_func("/layout/both forms", lays_out);
	g_test_add_func("/layout/72 columns", fills_to_72_columns);
	g_test_add_func("/retry/delays double", doubles_delays);
	g_test_add_func("/retry/an end", ends_after_its_time);
	return g_test_run();
}
