#include "html.h"

#include "limit.h"
#include <libxml/HTMLparser.h>
#include <string.h>

#define MOST_QUOTE_DEPTH 9
#define MOST_BLANK_LINES 2
#define MOST_LINK 1000

/* What an element changes until it ends. */
enum {
	ELEMENT_HIDDEN = 1 << 0,
	ELEMENT_QUOTE = 1 << 1,
	ELEMENT_PRE = 1 << 2,
};

typedef struct {
	GString *out;
	const Quotes *quotes;
	GByteArray *open;         /* the flags of each open element */
	guint hidden, quote, pre; /* how many of the open ones */
	guint lines;              /* line ends owed before the next character */
	char blank;               /* blank or tab owed, or '\0' */
	char *link;               /* target of the open <a>, or NULL */
	gsize link_start;         /* where its words begin in out */
} Page;

/* How an element stands among the text. */
static const char *const unseen[] = { "script", "style", "head", "title", "template",
	"select", "iframe", "object", "svg", "math", "audio", "video", NULL };
static const char *const blocks[] = { "div", "li", "tr", "ul", "ol", "dl", "dt", "dd",
	"table", "tbody", "thead", "section", "article", "header", "footer", "center",
	"address", "form", "hr", "body", "html", "caption", "fieldset", "pre",
	"blockquote", NULL };
static const char *const paragraphs[] = { "p", "h1", "h2", "h3", "h4", "h5", "h6", NULL };

static void
break_line(Page *page, guint lines)
{
	page->lines = MAX(page->lines, lines);
	page->blank = '\0';
}

static void
begin_text(Page *page)
{
	gboolean first = page->out->len == 0;

	if (page->lines > 0 || first) {
		for (guint i = 0; i < MIN(page->lines, MOST_BLANK_LINES + 1) && !first;
		     i++)
			g_string_append_c(page->out, '\n');
		for (guint i = 0; i < MIN(page->quote, MOST_QUOTE_DEPTH); i++)
			g_string_append(page->out, "> ");
	} else if (page->blank != '\0') {
		g_string_append_c(page->out, page->blank);
	}
	page->lines = 0;
	page->blank = '\0';
}

static void
on_text(void *data, const xmlChar *text, int length)
{
	Page *page = data;
	const char *p = (const char *)text, *end = p + length;

	if (page->hidden > 0 || page->out->len > LIMIT_TEXT)
		return;
	while (p < end) {
		const char *from = p;

		if (page->pre > 0 && *p == '\n') {
			page->lines++;
			p++;
		} else if (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r' ||
		    (p[0] == '\xc2' && p + 1 < end && p[1] == '\xa0')) {
			p += *p == '\xc2' ? 2 : 1;
			if (page->pre > 0) {
				begin_text(page);
				g_string_append_c(page->out, ' ');
			} else if (page->blank == '\0') {
				page->blank = ' ';
			}
		} else {
			while (p < end && *p != ' ' && *p != '\n' && *p != '\t' &&
			    *p != '\r' &&
			    !(p[0] == '\xc2' && p + 1 < end && p[1] == '\xa0'))
				p++;
			begin_text(page);
			g_string_append_len(page->out, from, p - from);
		}
	}
}

static const char *
attribute(const xmlChar **attributes, const char *name)
{
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
		if (g_ascii_strcasecmp((const char *)attributes[0], name) == 0)
			return attributes[1] == NULL ? "" : (const char *)attributes[1];
	return NULL;
}

/* The style without blanks, in lower case. */
static char *
normal_style(const xmlChar **attributes)
{
	const char *style = attribute(attributes, "style");
	GString *normal;

	if (style == NULL)
		return NULL;
	normal = g_string_sized_new(strlen(style));
	for (const char *p = style; *p != '\0'; p++)
		if (!g_ascii_isspace(*p))
			g_string_append_c(normal, g_ascii_tolower(*p));
	return g_string_free(normal, FALSE);
}

static gboolean
is_hidden(const char *style)
{
	const char *size = style == NULL ? NULL : strstr(style, "font-size:0");

	if (style == NULL)
		return FALSE;
	return strstr(style, "display:none") != NULL ||
	    strstr(style, "visibility:hidden") != NULL ||
	    (size != NULL && size[11] != '.' && !g_ascii_isdigit(size[11]));
}

static gboolean
has_quote_class(const Page *page, const char *words)
{
	g_autofree char *lower =
	    words == NULL ? NULL : g_ascii_strdown(words, MIN(strlen(words), 200));
	g_auto(GStrv) list = lower == NULL ? NULL : g_strsplit_set(lower, " \t\n", 10);

	if (page->quotes == NULL || list == NULL)
		return FALSE;
	for (char **word = list; *word != NULL; word++) {
		/* Outlook puts x_ before the classes of others. */
		const char *name = g_str_has_prefix(*word, "x_") ? *word + 2 : *word;

		if (g_ptr_array_find_with_equal_func(
			page->quotes->words[QUOTE_CLASS], name, g_str_equal, NULL))
			return TRUE;
	}
	return FALSE;
}

static guint8
flags_of(const Page *page, const char *name, const xmlChar **attributes)
{
	g_autofree char *style = normal_style(attributes);
	guint8 flags = 0;

	if (g_strv_contains(unseen, name) || is_hidden(style) ||
	    attribute(attributes, "hidden") != NULL)
		flags |= ELEMENT_HIDDEN;
	if (g_str_equal(name, "pre"))
		flags |= ELEMENT_PRE;
	/* A blockquote without a line beside it is what an "indent" button makes. */
	if (g_str_equal(name, "blockquote") &&
	    (style == NULL || strstr(style, "border:none") == NULL))
		flags |= ELEMENT_QUOTE;
	if (has_quote_class(page, attribute(attributes, "class")) ||
	    has_quote_class(page, attribute(attributes, "id")))
		flags |= ELEMENT_QUOTE;
	return flags;
}

static gboolean
is_target(const char *href)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:", "ftp://",
		"tel:" };

	for (guint i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (g_ascii_strncasecmp(href, schemes[i], strlen(schemes[i])) == 0)
			return TRUE;
	return FALSE;
}

static void
begin_link(Page *page, const xmlChar **attributes)
{
	const char *href = attribute(attributes, "href");

	g_clear_pointer(&page->link, g_free);
	if (href == NULL || page->hidden > 0)
		return;
	while (g_ascii_isspace(*href))
		href++;
	if (!is_target(href) || strlen(href) > MOST_LINK)
		return;
	page->link = g_strdup(href);
	page->link_start = page->out->len;
}

/* "https://www.example.kz/" shows in "www.example.kz". */
static void
end_link(Page *page)
{
	g_autofree char *link = g_steal_pointer(&page->link);
	g_autofree char *bare = NULL;
	const char *start, *colon;

	if (link == NULL || page->hidden > 0)
		return;
	colon = strchr(link, ':');
	for (start = colon + 1; *start == '/'; start++)
		;
	bare = g_strndup(start, strcspn(start, "?"));
	if (g_str_has_suffix(bare, "/"))
		bare[strlen(bare) - 1] = '\0';
	if (strstr(page->out->str + MIN(page->link_start, page->out->len), bare) != NULL)
		return;
	begin_text(page);
	g_strdelimit(link, "<> \t\r\n", '_');
	if (page->out->len > 0 && !g_ascii_isspace(page->out->str[page->out->len - 1]))
		g_string_append_c(page->out, ' ');
	g_string_append_printf(page->out, "<%s>",
	    g_ascii_strncasecmp(link, "mailto:", 7) == 0 ? bare : link);
}

static void
place(Page *page, const char *name, gboolean begins)
{
	if (page->hidden > 0)
		return;
	if (g_strv_contains(paragraphs, name))
		break_line(page, 2);
	else if (g_strv_contains(blocks, name))
		break_line(page, 1);
	else if (begins && g_str_equal(name, "br"))
		break_line(page, page->lines + 1);
	else if (begins && (g_str_equal(name, "td") || g_str_equal(name, "th")) &&
	    page->lines == 0)
		page->blank = '\t';
}

static void
on_start(void *data, const xmlChar *element, const xmlChar **attributes)
{
	Page *page = data;
	const char *name = (const char *)element;
	guint8 flags = flags_of(page, name, attributes);

	if (flags & ELEMENT_QUOTE)
		break_line(page, 1);
	place(page, name, TRUE);
	g_byte_array_append(page->open, &flags, 1);
	page->hidden += (flags & ELEMENT_HIDDEN) != 0;
	page->quote += (flags & ELEMENT_QUOTE) != 0;
	page->pre += (flags & ELEMENT_PRE) != 0;
	if (g_str_equal(name, "a"))
		begin_link(page, attributes);
}

static void
on_end(void *data, const xmlChar *element)
{
	Page *page = data;
	const char *name = (const char *)element;
	guint8 flags;

	if (page->open->len == 0)
		return;
	if (g_str_equal(name, "a"))
		end_link(page);
	flags = page->open->data[page->open->len - 1];
	g_byte_array_set_size(page->open, page->open->len - 1);
	page->hidden -= (flags & ELEMENT_HIDDEN) != 0;
	page->quote -= (flags & ELEMENT_QUOTE) != 0;
	page->pre -= (flags & ELEMENT_PRE) != 0;
	if (flags & ELEMENT_QUOTE)
		break_line(page, 1);
	place(page, name, FALSE);
}

/* The end of a tag, quoted values skipped as the parser will; *ret_cut when it never ends
 * or is too long. */
static const char *
tag_end(const char *tag, const char *end, gboolean *ret_cut)
{
	const char *p = tag + 1, *first = memchr(tag, '>', (gsize)(end - tag));
	char last = '\0';

	for (; p < end && *p != '>'; p++) {
		if ((*p == '"' || *p == '\'') && last == '=') {
			const char *close = memchr(p + 1, *p, (gsize)(end - p - 1));

			if (close == NULL)
				break;
			p = close;
		}
		if (!g_ascii_isspace(*p))
			last = *p;
	}
	*ret_cut = p - tag > LIMIT_TAG || p >= end || *p != '>';
	if (p < end && *p == '>')
		return p + 1;
	return first == NULL ? end : first + 1;
}

/* A tag that is too long keeps its name only; many attributes cost the square of their
 * number. Returns NULL when there is none. */
static GString *
cut_tags(const char *html, gsize length)
{
	GString *cut = NULL;
	const char *end = html + length, *kept = html;

	for (const char *p = html;
	     (p = memchr(p, '<', (gsize)(end - p))) != NULL && p + 1 < end;) {
		const char *next = p + 1;
		gboolean is_cut = FALSE;

		if (g_ascii_isalpha(p[1]) || p[1] == '/')
			next = tag_end(p, end, &is_cut);
		if (is_cut) {
			gsize name = 1;

			while (p + name < next &&
			    (g_ascii_isalnum(p[name]) || p[name] == '/') && name < 16)
				name++;
			cut = cut == NULL ? g_string_sized_new(length) : cut;
			g_string_append_len(cut, kept, p - kept + (gssize)name);
			g_string_append_c(cut, '>');
			kept = next;
		}
		p = next;
	}
	if (cut != NULL)
		g_string_append_len(cut, kept, end - kept);
	return cut;
}

static gsize
bound(const char *html, gsize length)
{
	const char *cut = html + LIMIT_HTML;

	if (length <= LIMIT_HTML)
		return length;
	while (cut > html && ((guchar)*cut & 0xc0) == 0x80)
		cut--;
	return (gsize)(cut - html);
}

char *
html_to_text(const char *html, gsize length, const Quotes *quotes)
{
	xmlSAXHandler handler = { .startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text };
	Page page = { .out = g_string_sized_new(length / 2 + 16),
		.quotes = quotes,
		.open = g_byte_array_new() };
	GString *cut;
	htmlParserCtxtPtr parser;

	length = bound(html, length);
	cut = cut_tags(html, length);
	if (cut != NULL) {
		html = cut->str;
		length = cut->len;
	}
	parser = htmlCreatePushParserCtxt(
	    &handler, &page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	g_assert(parser != NULL);
	htmlCtxtUseOptions(parser,
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
		HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	htmlParseChunk(parser, html, (int)length, 0);
	htmlParseChunk(parser, NULL, 0, 1);
	if (parser->myDoc != NULL)
		xmlFreeDoc(parser->myDoc);
	htmlFreeParserCtxt(parser);
	g_byte_array_unref(page.open);
	g_free(page.link);
	if (cut != NULL)
		g_string_free(cut, TRUE);
	return g_string_free(page.out, FALSE);
}

char *
html_charset(const char *html, gsize length)
{
	g_autofree char *start = g_ascii_strdown(html, (gssize)MIN(length, 2048));
	const char *meta = strstr(start, "<meta"), *name;

	for (; meta != NULL; meta = strstr(meta + 5, "<meta")) {
		const char *end = strchr(meta, '>');

		name = strstr(meta, "charset=");
		if (name == NULL || (end != NULL && name > end))
			continue;
		name += strspn(name + 8, "\"' ") + 8;
		return g_strndup(
		    name, strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_:."));
	}
	return NULL;
}
