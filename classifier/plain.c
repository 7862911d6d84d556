#include "plain.h"

#include <string.h>

#define MOST_BLANK_LINES 2
#define MOST_QUOTE_DEPTH 9

gboolean
plain_is_blank(const char *text)
{
	for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char(p))
		if (!g_unichar_isspace(g_utf8_get_char(p)))
			return FALSE;
	return TRUE;
}

/* Hyphenation hints, joiners and direction marks: they show nothing and split words.  A
 * joiner stays within emoji. */
static gboolean
is_invisible(gunichar c, gunichar before)
{
	if (c == 0x200d)
		return before < 0x2190;
	return c == 0xad || c == 0x61c || c == 0xfeff || (c >= 0x200b && c <= 0x200f) ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
}

static void
end_line(GString *out, guint *blank_lines)
{
	while (out->len > 0 &&
	    (out->str[out->len - 1] == ' ' || out->str[out->len - 1] == '\t'))
		g_string_truncate(out, out->len - 1);
	*blank_lines =
	    out->len == 0 || out->str[out->len - 1] == '\n' ? *blank_lines + 1 : 0;
	if (out->len > 0 && *blank_lines <= MOST_BLANK_LINES)
		g_string_append_c(out, '\n');
}

/* Bytes of ASCII signs and Cyrillic letters here, which stay as they are. */
static gsize
ordinary(const char *text)
{
	gsize length = 0;

	for (;;) {
		if (text[length] >= ' ' && text[length] < 0x7f)
			length++;
		else if (((guchar)text[length] & 0xfc) == 0xd0)
			length += 2;
		else
			return length;
	}
}

char *
plain_normal(const char *text)
{
	GString *out = g_string_sized_new(strlen(text) + 1);
	guint blank_lines = 0;
	gunichar before = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gsize length = ordinary(p);
		gunichar c;

		if (length > 0) {
			g_string_append_len(out, p, (gssize)length);
			before = ' ';
			p += length;
			if (*p == '\0')
				break;
		}
		c = g_utf8_get_char(p);
		if (c == '\n' && before == '\r')
			; /* the CR has ended the line */
		else if (c == '\n' || c == '\r' || c == '\f' || c == 0x85 ||
		    c == 0x2028 || c == 0x2029)
			end_line(out, &blank_lines);
		else if (c == 0xa0)
			g_string_append_c(out, ' ');
		else if ((c >= ' ' || c == '\t') && (c < 0x7f || c >= 0xa0) &&
		    !is_invisible(c, before))
			g_string_append_len(out, p, g_utf8_next_char(p) - p);
		before = c;
	}
	while (out->len > 0 && g_ascii_isspace(out->str[out->len - 1]))
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

char *
plain_unflow(const char *text, gboolean delsp)
{
	GString *out = g_string_sized_new(strlen(text) + 1);
	guint depth_before = 0;
	gboolean flows = FALSE;

	for (const char *line = text; *line != '\0';) {
		const char *end = line + strcspn(line, "\n");
		const char *next = *end == '\0' ? end : end + 1;
		guint depth = 0;

		if (end > line && end[-1] == '\r')
			end--;
		for (; line < end && *line == '>'; line++)
			depth++;
		if (line < end && *line == ' ')
			line++; /* stuffed */
		if (!flows || depth != depth_before) {
			if (out->len > 0)
				g_string_append_c(out, '\n');
			for (guint i = 0; i < MIN(depth, MOST_QUOTE_DEPTH); i++)
				g_string_append(out, "> ");
		}
		flows = end > line && end[-1] == ' ' &&
		    !(end - line == 3 && strncmp(line, "-- ", 3) == 0);
		g_string_append_len(out, line, end - line - (flows && delsp));
		if (out->len == 0)
			g_string_append_c(out,
			    '\n'); /* a blank first line, lest the next one join it */
		depth_before = depth;
		line = next;
	}
	return g_string_free(out, FALSE);
}
