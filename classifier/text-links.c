/* Links and e-mail addresses: with a scheme, or written as people say them ("t.me/abc").
 */
#include "text-private.h"

#include <string.h>

static gboolean
is_address_byte(char c)
{
	return g_ascii_isalnum(c) || strchr("._%+-", c) != NULL;
}

static void
add_link(Parser *parser, gsize start, gsize end, guint line, gboolean email)
{
	TextLink link = { (guint32)start, (guint32)end, line, email };

	g_array_append_val(parser->links, link);
}

/* An address around an "@": at least one byte before, a dot in what follows. */
static gsize
find_address(
    Parser *parser, const char *bytes, gsize at, gsize floor, gsize end, guint line)
{
	gsize first = at, last = at + 1;

	while (first > floor && bytes[first - 1] != '\0' &&
	    is_address_byte(bytes[first - 1]))
		first--;
	while (last < end &&
	    (g_ascii_isalnum(bytes[last]) || bytes[last] == '.' || bytes[last] == '-'))
		last++;
	while (last > at && (bytes[last - 1] == '.' || bytes[last - 1] == '-'))
		last--;
	while (first < at && bytes[first] == '.')
		first++;
	if (first == at || memchr(bytes + at, '.', last - at) == NULL)
		return at + 1;
	add_link(parser, first, last, line, TRUE);
	return last;
}

static gsize
link_end(const char *bytes, gsize at, gsize end)
{
	while (at < end && (guchar)bytes[at] > ' ' && strchr("<>\"", bytes[at]) == NULL &&
	    !(end - at >= 2 &&
		(memcmp(bytes + at, "»", 2) == 0 ||
		    memcmp(bytes + at, "\xc2\xa0", 2) == 0)))
		at++;
	while (at > 0 && strchr(".,;:!?)]'", bytes[at - 1]) != NULL)
		at--;
	return at;
}

static gboolean
starts_link(const char *at, gsize left)
{
	return (left > 7 && g_ascii_strncasecmp(at, "http", 4) == 0 &&
		   (strncmp(at + 4, "://", 3) == 0 || strncmp(at + 4, "s://", 4) == 0)) ||
	    (left > 4 && g_ascii_strncasecmp(at, "www.", 4) == 0);
}

/* A link without a scheme: letters, a dot, letters, then perhaps a path: "t.me/abc",
 * "site.kz".  At least two letters of a known sort must follow the last dot. */
static gboolean
ends_like_host(const char *bytes, gsize first, gsize dot, gsize *end, gsize limit)
{
	gsize last = dot + 1;

	/* A longer host is none, and looking at it from every dot would take for ever. */
	limit = MIN(limit, dot + 256);

	while (last < limit && (g_ascii_isalnum(bytes[last]) || bytes[last] == '-'))
		last++;
	while (last + 1 < limit && bytes[last] == '.' && g_ascii_isalnum(bytes[last + 1]))
		for (last++; last < limit &&
		     (g_ascii_isalnum(bytes[last]) || bytes[last] == '-');)
			last++;
	if (last - dot < 3 || dot == first || !g_ascii_isalpha(bytes[dot + 1]))
		return FALSE;
	if (last < limit && (guchar)bytes[last] >= 0x80)
		return FALSE;
	for (gsize i = dot + 1; i < last; i++)
		if (g_ascii_isupper(bytes[i]))
			return FALSE;
	*end = last < limit && bytes[last] == '/' ? link_end(bytes, last, limit) : last;
	return TRUE;
}

static gsize
find_host(
    Parser *parser, const char *bytes, gsize dot, gsize floor, gsize end, guint line)
{
	gsize first = dot, last;

	while (first > floor &&
	    (g_ascii_isalnum(bytes[first - 1]) || bytes[first - 1] == '-'))
		first--;
	if (first == dot || (first > floor && ((guchar)bytes[first - 1] >= 0x80)) ||
	    g_ascii_isdigit(bytes[dot - 1]) ||
	    !ends_like_host(bytes, first, dot, &last, end))
		return dot + 1;
	if (last < end && bytes[last] == '@')
		return dot + 1;
	add_link(parser, first, last, line, FALSE);
	return last;
}

void
text_find_links(Parser *parser)
{
	const char *bytes = parser->text->bytes;

	for (guint n = 0; n < parser->lines->len; n++) {
		TextLine *line = &g_array_index(parser->lines, TextLine, n);
		gsize floor = line->start;

		for (gsize i = line->start; i < line->end;) {
			gsize before = i;

			if (bytes[i] == '@')
				i = find_address(parser, bytes, i, floor, line->end, n);
			else if (bytes[i] == '.' && i > floor)
				i = find_host(parser, bytes, i, floor, line->end, n);
			else if ((bytes[i] | 0x20) == 'h' || (bytes[i] | 0x20) == 'w') {
				if (starts_link(bytes + i, line->end - i)) {
					gsize end = link_end(bytes, i, line->end);

					add_link(parser, i, end, n, FALSE);
					i = end;
				} else {
					i++;
				}
			} else {
				i++;
				continue;
			}
			if (i > before + 1)
				floor = i;
		}
	}
}
