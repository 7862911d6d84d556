/* Letters come with headers missing, begun wrongly or never ended, with bare CRs and
 * NULs.  All that is mended in a copy first, so that one parser sees one form. */
#include "read.h"

#include "attachment.h"
#include "body.h"
#include "bounce.h"
#include "charset.h"
#include "header.h"
#include "limit.h"
#include "mime.h"
#include "plain.h"
#include <string.h>

/* How far down the first field may stand, below lines that are none. */
#define MOST_LEADING_LINES 5

void
letter_read_prepare(void)
{
	g_mime_init();
	charset_prepare();
}

/* "Name:" at the line's beginning. */
static gboolean
is_field(const char *line, const char *end)
{
	const char *p = line;

	while (p<end && * p> ' ' && *p < 0x7f && *p != ':')
		p++;
	while (p < end && (*p == ' ' || *p == '\t') && p > line)
		p++; /* "Subject : …" */
	return p > line && p < end && *p == ':';
}

static gboolean
is_mbox_line(const char *line, const char *end)
{
	return (end - line > 5 && strncmp(line, "From ", 5) == 0) ||
	    (end - line > 6 && strncmp(line, ">From ", 6) == 0);
}

static const char *
next_line(const char *line, const char *end)
{
	const char *stop = memchr(line, '\n', (gsize)(end - line));

	return stop == NULL ? end : stop + 1;
}

static gboolean
is_blank_line(const char *line, const char *end)
{
	return line == end || *line == '\n' ||
	    (*line == '\r' && (line + 1 == end || line[1] == '\n'));
}

/* Where the header begins: the first field, at most a few lines down; `end` when there is
 * none. */
static const char *
find_header(const char *bytes, const char *end)
{
	const char *line = bytes;

	if (end - line >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	for (guint i = 0; i < MOST_LEADING_LINES && line < end; i++) {
		if (is_field(line, next_line(line, end)))
			return line;
		if (!is_blank_line(line, end) && !is_mbox_line(line, end) &&
		    *line != ' ' && *line != '\t')
			return end;
		line = next_line(line, end);
	}
	return end;
}

/* The first line that is no field, no continuation and no mbox line: the blank line, or
 * where the text begins without one. */
static const char *
find_header_end(const char *header, const char *end, gboolean *ret_odd)
{
	const char *line = header;

	for (; line < end && !is_blank_line(line, end); line = next_line(line, end)) {
		if (is_mbox_line(line, end))
			*ret_odd = TRUE;
		else if (*line != ' ' && *line != '\t' &&
		    !is_field(line, next_line(line, end)))
			break;
	}
	return line;
}

/* A regular header again: without mbox lines and NULs, and with a blank line below. */
static GString *
mend(const char *header, const char *body, const char *end)
{
	GString *mended = g_string_sized_new((gsize)(end - header) + 2);

	for (const char *line = header, *next; line < body; line = next) {
		next = next_line(line, body);
		if (!is_mbox_line(line, body))
			g_string_append_len(mended, line, next - line);
	}
	for (gsize i = 0; i < mended->len; i++)
		if (mended->str[i] == '\0')
			mended->str[i] = ' ';
	if (mended->len > 0 && mended->str[mended->len - 1] != '\n')
		g_string_append_c(mended, '\n');
	if (!is_blank_line(body, end) || body == end)
		g_string_append_c(mended, '\n');
	g_string_append_len(mended, body, end - body);
	return mended;
}

/* Old programs end lines with CR alone. */
static char *
mend_line_ends(const char *bytes, gsize length)
{
	char *copy;

	if (memchr(bytes, '\n', length) != NULL || memchr(bytes, '\r', length) == NULL)
		return NULL;
	copy = g_memdup2(bytes, length);
	for (gsize i = 0; i < length; i++)
		if (copy[i] == '\r')
			copy[i] = '\n';
	return copy;
}

/* Replies keep an empty new text: an answer without words is no answer. */
static gboolean
is_reply(const Reading *reading)
{
	return reading->in_reply_to != NULL || reading->references != NULL ||
	    (reading->subject != NULL &&
		g_ascii_strncasecmp(reading->subject, "re:", 3) == 0);
}

static void
add_quoted(Reading *reading, const char *text)
{
	g_autofree char *before = g_steal_pointer(&reading->quoted);

	reading->quoted =
	    before == NULL ? g_strdup(text) : g_strdup_printf("%s\n\n%s", before, text);
}

/* Divides the text; a letter that only passes another one on has that as its text. */
static void
take_text(Reading *reading, const MimeText *found, const Quotes *quotes)
{
	g_autofree char *normal = plain_normal(found->text->str);
	g_autofree char *nested = plain_normal(found->nested->str);
	g_auto(Body) body = { 0 };

	body_split(normal, quotes, &body);
	reading->charset = g_strdup(found->charset);
	reading->text = g_steal_pointer(&body.text);
	reading->quoted = g_steal_pointer(&body.quoted);
	if (plain_is_blank(reading->text) && reading->quoted != NULL &&
	    (body.forwarded || !is_reply(reading))) {
		g_free(reading->text);
		reading->text = g_steal_pointer(&reading->quoted);
	}
	if (plain_is_blank(nested))
		return;
	if (plain_is_blank(reading->text)) {
		g_free(reading->text);
		reading->text = g_steal_pointer(&nested);
	} else {
		add_quoted(reading, nested);
	}
}

/* Reads the mended bytes; FALSE when they have no header that GMime understands. */
static gboolean
read_parts(const char *bytes, gsize length, const Quotes *quotes, Reading *reading,
    MimeText *found)
{
	g_auto(MimeLetter) letter = { 0 };

	mime_parse(bytes, length, &letter);
	if (letter.object == NULL)
		return FALSE;
	mime_read(&letter, quotes, found);
	header_read(reading, g_mime_object_get_header_list(letter.object), found);
	bounce_read(reading, letter.object);
	return TRUE;
}

static void
read_letter(const char *bytes, gsize length, const Quotes *quotes, Reading *reading,
    MimeText *found)
{
	const char *end = bytes + length, *header = find_header(bytes, end);
	gboolean odd = FALSE;
	const char *body = find_header_end(header, end, &odd);

	if (header == end) {
		mime_read_plain(bytes, length, found);
		reading->no_answer = g_strdup("forged");
		return;
	}
	odd = odd || body == end || !is_blank_line(body, end) ||
	    memchr(header, '\0', (gsize)(body - header)) != NULL;
	if (odd) {
		GString *mended = mend(header, body, end);

		if (!read_parts(mended->str, mended->len, quotes, reading, found))
			mime_read_plain(bytes, length, found);
		g_string_free(mended, TRUE);
	} else if (!read_parts(header, (gsize)(end - header), quotes, reading, found)) {
		mime_read_plain(bytes, length, found);
	}
	if (reading->from_address == NULL && reading->no_answer == NULL)
		reading->no_answer = g_strdup("forged");
}

Reading *
letter_read(GBytes *raw, gboolean whole, const Quotes *quotes, GError **error)
{
	gsize length;
	const char *bytes = g_bytes_get_data(raw, &length);
	g_autofree char *mended = mend_line_ends(bytes == NULL ? "" : bytes, length);
	g_autoptr(Reading) reading = reading_new();
	g_autoptr(MimeText) found = mime_text_new(reading);

	bytes = mended != NULL ? mended : bytes == NULL ? "" : bytes;
	if (!limit_check(bytes, length, error))
		return NULL;
	read_letter(bytes, length, quotes, reading, found);
	take_text(reading, found, quotes);
	return g_steal_pointer(&reading);
}
