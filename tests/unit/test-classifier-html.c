/* HTML to what a person sees. */
#include "html.h"
#include "limit.h"

#include <string.h>

typedef struct {
	const char *label, *html, *want;
} Case;

static const Case cases[] = {
	{ "paragraphs and lines", "<p>one<br>two</p><p>three</p>", "one\ntwo\n\nthree" },
	{ "divs are lines, an empty one a blank line",
	    "<div>one</div><div><br></div><div>two</div>", "one\n\ntwo" },
	{ "blanks shrink", "<p>a \n\t b&nbsp;&nbsp;c</p>", "a b c" },
	{ "pre keeps its blanks", "<pre>a  b\nc</pre>", "a  b\nc" },
	{ "entities", "&lt;a&gt; &amp; &#1055;&#x440;&copy;", "<a> & Пр©" },
	{ "table cells stay apart", "<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc" },
	{ "lists", "<ul><li>one<li>two</ul>after", "one\ntwo\nafter" },
	{ "script, style, head and comments leave nothing",
	    "<head><title>t</title><style>p{}</style></head><body><script>x()</"
	    "script>a<!-- c -->b",
	    "ab" },
	{ "hidden elements leave nothing",
	    "a<div style='Display : NONE'>b<p>c</p></div><span "
	    "style=\"font-size:0\">d</span>"
	    "<span style=\"font-size:0.9em\">e</span><i hidden>f</i>",
	    "a\n\ne" },
	{ "a link shows where it goes", "<a href=\"https://evil.example/x\">bank</a>.",
	    "bank <https://evil.example/x>." },
	{ "a link that shows its target stays plain",
	    "<a href='https://abai.example/'>abai.example</a> <a "
	    "href='mailto:a@b.example'>a@b.example</a>",
	    "abai.example a@b.example" },
	{ "a script is no target", "<a href=\"javascript:x()\">click</a>", "click" },
	{ "blockquote is a quote",
	    "me<blockquote type=cite><p>you</p><p>too</p></blockquote>after",
	    "me\n\n> you\n\n> too\n\nafter" },
	{ "an indented block is none",
	    "<blockquote style='margin:0 0 0 40px; border: none'>me</blockquote>", "me" },
	{ "quoting classes", "me<div class=\"x gmail_quote\">you</div>", "me\n\n> you" },
	{ "Outlook's x_ before classes", "me<div class=\"x_gmail_quote\">you</div>",
	    "me\n\n> you" },
	{ "unclosed and wrongly nested tags", "<b><p>a<i>b</b>c</p>d", "abc\n\nd" },
	{ "bare text", "just text", "just text" },
	{ "stray signs", "1 < 2 > 0 & <3", "1 < 2 > 0 & <3" },
	{ "a meta charset does not change the set",
	    "<meta http-equiv=Content-Type content='text/html; "
	    "charset=windows-1251'><p>Сәлем</p>",
	    "Сәлем" },
	{ "nothing", "", "" },
};

static Quotes *
load_quotes(void)
{
	g_autoptr(GError) error = NULL;
	Quotes *quotes =
	    quotes_load(TEST_SOURCE_ROOT "/classifier/data/quotes.txt", &error);

	g_assert_no_error(error);
	return quotes;
}

static void
test_case(gconstpointer data)
{
	const Case *item = data;
	g_autoptr(Quotes) quotes = load_quotes();
	g_autofree char *text = html_to_text(item->html, strlen(item->html), quotes);

	g_assert_cmpstr(text, ==, item->want);
}

static char *
repeat(const char *piece, guint n, const char *tail)
{
	GString *all = g_string_new(NULL);

	for (guint i = 0; i < n; i++)
		g_string_append(all, piece);
	return g_string_free(g_string_append(all, tail), FALSE);
}

static void
test_deep(void)
{
	g_autofree char *html = repeat("<div>", 200000, "deep");
	g_autofree char *text = html_to_text(html, strlen(html), NULL);

	g_assert_cmpstr(text, ==, "deep");
}

static void
test_deep_quotes(void)
{
	g_autofree char *html = repeat("<blockquote>", 50000, "deep");
	g_autofree char *text = html_to_text(html, strlen(html), NULL);

	g_assert_cmpstr(text, ==, "> > > > > > > > > deep");
}

static void
test_many_attributes(void)
{
	g_autofree char *attributes = repeat(" a=\">\"", 50000, ">seen</p>");
	g_autofree char *html = g_strconcat("before<p", attributes, NULL);
	g_autofree char *text = html_to_text(html, strlen(html), NULL);

	g_assert_cmpstr(text, ==, "before\n\nseen");
}

static void
test_quote_never_ends(void)
{
	static const char html[] = "before<a title=\"never>seen</a> after";
	g_autofree char *text = html_to_text(html, strlen(html), NULL);

	g_assert_cmpstr(text, ==, "beforeseen after");
}

static void
test_size(void)
{
	g_autofree char *html = repeat("ж", LIMIT_HTML, "");
	g_autofree char *text = html_to_text(html, strlen(html), NULL);

	g_assert_true(g_utf8_validate(text, -1, NULL));
	g_assert_cmpuint(strlen(text), <=, LIMIT_HTML);
	g_assert_cmpuint(strlen(text), >=, LIMIT_TEXT);
}

static void
test_charset(void)
{
	static const char *const pages[][2] = {
		{ "<html><META charset=\"KOI8-R\">", "koi8-r" },
		{ "<meta http-equiv=\"Content-Type\" content=\"text/html; "
		  "charset=windows-1251\">",
		    "windows-1251" },
		{ "<meta name=x><p>charset=utf-8", NULL },
		{ "", NULL },
	};

	for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
		g_autofree char *charset = html_charset(pages[i][0], strlen(pages[i][0]));

		g_assert_cmpstr(charset, ==, pages[i][1]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/html/text/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_func("/html/depth costs nothing", test_deep);
	g_test_add_func("/html/deep quotes stay short", test_deep_quotes);
	g_test_add_func(
	    "/html/a tag with too many attributes loses them", test_many_attributes);
	g_test_add_func(
	    "/html/a quote that never ends hides nothing", test_quote_never_ends);
	g_test_add_func("/html/a long page is cut between characters", test_size);
	g_test_add_func("/html/the set that a page names", test_charset);
	return g_test_run();
}
