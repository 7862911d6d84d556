#include "body.h"

#include "fold.h"
#include <string.h>

#define MOST_LINES 200000
/* A repeated header is looked for this many lines down from its first. */
#define HEADER_LINES 12
/* What a text's "From " becomes in an mbox. */
#define STUFFED ">From "
#define MOST_DEVICE 120
#define MOST_MARK 300 /* bytes of a line that can be an attribution or a separator */

void
body_clear(Body *body)
{
	g_clear_pointer(&body->text, g_free);
	g_clear_pointer(&body->quoted, g_free);
}

typedef struct {
	const char *start;
	gsize length;
	gboolean marked; /* begins with ">" */
	gboolean quoted;
	gboolean below_quote; /* the last line above that is not blank is quoted */
	char *bare;           /* bare_line(), once it is asked for */
	gboolean bare_known, bare_dashes;
} Line;

typedef struct {
	Line *lines;
	guint n;
	gsize length; /* of the whole text */
	const Quotes *quotes;
	gboolean forwarded;
} Lines;

static gboolean
is_empty(const Line *line)
{
	for (gsize i = 0; i < line->length; i++)
		if (line->start[i] != ' ' && line->start[i] != '\t' &&
		    line->start[i] != '>')
			return FALSE;
	return TRUE;
}

/* Past the marks of quoting. */
static const char *
content(const Line *line, gsize *ret_length)
{
	gsize i = 0;

	while (i < line->length &&
	    (line->start[i] == '>' || (line->start[i] == ' ' && line->marked)))
		i++;
	*ret_length = line->length - i;
	return line->start + i;
}

static void
cut_lines(Lines *lines, const char *text)
{
	g_autoptr(GArray) array = g_array_new(FALSE, TRUE, sizeof(Line));

	for (const char *p = text; *p != '\0';) {
		Line line = { .start = p, .length = strcspn(p, "\n") };

		if (array->len == MOST_LINES)
			line.length = strlen(p);
		line.marked = *p == '>' || (p[0] == ' ' && p[1] == '>');
		if (g_str_has_prefix(
			p, STUFFED)) { /* by an mbox, not by a mail program */
			line.marked = FALSE;
			line.start++;
			line.length--;
		}
		line.quoted = line.marked;
		g_array_append_val(array, line);
		p = line.start + line.length;
		p += *p == '\n';
	}
	lines->n = array->len;
	lines->lines = (Line *)g_array_free(g_steal_pointer(&array), FALSE);
}

/* The next line that is not blank, or n. */
static guint
next_line(const Lines *lines, guint i)
{
	for (i++; i < lines->n && is_empty(&lines->lines[i]); i++)
		;
	return i;
}

/* As g_utf8_strdown(), which is slow: of ASCII and Cyrillic by itself, the rest by that.
 */
static char *
lower(const char *text, gsize length)
{
	char *lowered = g_malloc(length + 1);
	guint step;

	for (gsize i = 0; i < length; i += step) {
		gunichar c = fold_next(text + i, &step);

		if (c < 0x80) {
			lowered[i] = g_ascii_tolower((char)c);
		} else if (c >= 0x400 && c < 0x530) {
			c = c >= 0x430 && c < 0x460 ? c : g_unichar_tolower(c);
			g_unichar_to_utf8(c, lowered + i);
		} else {
			g_free(lowered);
			return g_utf8_strdown(text, (gssize)length);
		}
	}
	lowered[length] = '\0';
	return lowered;
}

static char *
find_bare_line(const Line *line, gboolean *ret_dashes)
{
	static const char around[] = "-_=*~ \t";
	gsize length;
	const char *p = content(line, &length), *first = p;

	while (length > 0 && strchr(around, *p) != NULL) {
		p++;
		length--;
	}
	while (length > 0 && strchr(around, p[length - 1]) != NULL)
		length--;
	*ret_dashes = p - first >= 2;
	return length == 0 || length > MOST_MARK ? NULL : lower(p, length);
}

/* The line in lower case without the marks, dashes, stars and blanks around it; NULL when
 * it is too long to be a mark. */
static const char *
bare_line(Line *line)
{
	if (!line->bare_known)
		line->bare = find_bare_line(line, &line->bare_dashes);
	line->bare_known = TRUE;
	return line->bare;
}

static gboolean
has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

/* "On Monday, 2 March 2026 Aigul <a@example.kz> wrote:"; its first half may stand on the
 * line above.  Returns 0 or how many lines it takes. */
static guint
attribution_at(const Lines *lines, guint i, gboolean *ret_address)
{
	const char *line = bare_line(&lines->lines[i]), *above;
	const GPtrArray *endings = lines->quotes->words[QUOTE_ATTRIBUTION];
	gboolean ends = FALSE;

	if (line == NULL || !g_str_has_suffix(line, ":"))
		return 0;
	for (guint k = 0; k < endings->len && !ends; k++)
		ends = g_str_has_suffix(line, endings->pdata[k]);
	*ret_address = strchr(line, '@') != NULL;
	if (!ends && !(*ret_address && strchr(line, '<') != NULL))
		return 0;
	if (has_digit(line) || i == 0 || is_empty(&lines->lines[i - 1]))
		return 1;
	above = bare_line(&lines->lines[i - 1]);
	if (above == NULL || !has_digit(above))
		return 1;
	*ret_address = *ret_address || strchr(above, '@') != NULL;
	return 2;
}

static void
quote_to_end(Lines *lines, guint i)
{
	for (; i < lines->n; i++)
		lines->lines[i].quoted = TRUE;
}

/* An attribution belongs to the marked lines below it; without marks it opens a quote
 * only when it names an address, since "the dean wrote:" is part of many a complaint. */
static gboolean
mark_attribution(Lines *lines, guint i)
{
	gboolean address = FALSE;
	guint taken = attribution_at(lines, i, &address), next;

	if (taken == 0)
		return FALSE;
	next = next_line(lines, i);
	if (next < lines->n && lines->lines[next].marked) {
		for (guint k = 0; k < taken; k++)
			lines->lines[i - k].quoted = TRUE;
		return FALSE;
	}
	if (address && next < lines->n)
		quote_to_end(lines, i - (taken - 1));
	return address && next < lines->n;
}

static gboolean
is_phrase(const char *line, const GPtrArray *phrases, gboolean dashes)
{
	for (guint k = 0; k < phrases->len; k++) {
		const char *phrase = phrases->pdata[k];
		gsize length = strlen(phrase);

		if (g_str_has_prefix(line, phrase) &&
		    (dashes || line[length] == ':' || line[length] == '\0') &&
		    strlen(line) < length + 40)
			return TRUE;
	}
	return FALSE;
}

/* "-----Original Message-----", "---------- Forwarded message ---------". */
static gboolean
mark_separator(Lines *lines, guint i)
{
	const char *line = bare_line(&lines->lines[i]);
	gboolean dashes = lines->lines[i].bare_dashes, forward;
	guint next;

	if (line == NULL)
		return FALSE;
	forward = is_phrase(line, lines->quotes->words[QUOTE_FORWARD], dashes);
	if (!forward &&
	    !(dashes && is_phrase(line, lines->quotes->words[QUOTE_ORIGINAL], TRUE)))
		return FALSE;
	lines->forwarded = lines->forwarded || forward;
	if (lines->lines[i].marked)
		return FALSE;
	next = next_line(lines, i);
	if (next < lines->n && lines->lines[next].marked) {
		lines->lines[i].quoted = TRUE;
		return FALSE;
	}
	quote_to_end(lines, i);
	return TRUE;
}

/* The kind of label before the colon, or -1. */
static int
label_of(const Lines *lines, const char *line)
{
	const char *colon = strchr(line, ':');
	g_autofree char *label =
	    colon == NULL ? NULL : g_strndup(line, (gsize)(colon - line));

	if (label == NULL)
		return -1;
	g_strstrip(label);
	g_strdelimit(label, "*", ' ');
	g_strstrip(label);
	for (int kind = QUOTE_FROM; kind <= QUOTE_SUBJECT; kind++)
		if (g_ptr_array_find_with_equal_func(
			lines->quotes->words[kind], label, g_str_equal, NULL))
			return kind;
	return -1;
}

/* "10:30" */
static gboolean
has_time(const char *line)
{
	const char *value = strchr(line, ':');

	for (const char *p = value + 1; *p != '\0'; p++)
		if (*p == ':' && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]) &&
		    g_ascii_isdigit(p[2]))
			return TRUE;
	return FALSE;
}

/* A repeated header: at least three labelled lines, one "from", one "sent" with the time
 * of day, which no one writes above a letter of his own. */
static gboolean
mark_header(Lines *lines, guint i)
{
	gboolean from = FALSE, sent = FALSE;
	guint labels = 0;

	for (guint k = i; k < MIN(lines->n, i + HEADER_LINES); k++) {
		const char *line = bare_line(&lines->lines[k]);
		int kind = line == NULL ? -1 : label_of(lines, line);

		if (kind < 0 && (k == i || !is_empty(&lines->lines[k])))
			break;
		labels += kind >= 0;
		from = from || kind == QUOTE_FROM;
		sent = sent || (kind == QUOTE_SENT && has_time(line));
	}
	if (labels < 3 || !from || !sent)
		return FALSE;
	quote_to_end(lines, i);
	return TRUE;
}

static void
mark_lines(Lines *lines)
{
	for (guint i = 0; i < lines->n; i++) {
		if (is_empty(&lines->lines[i]))
			continue;
		if (mark_separator(lines, i))
			return;
		if (!lines->lines[i].marked &&
		    (mark_attribution(lines, i) || mark_header(lines, i)))
			return;
	}
}

/* Blank lines between two quoted ones are quoted. */
static void
mark_blank_lines(Lines *lines)
{
	gboolean above = FALSE, below = FALSE;

	for (guint i = 0; i < lines->n; i++) {
		if (!is_empty(&lines->lines[i]))
			above = lines->lines[i].quoted;
		lines->lines[i].below_quote = above;
	}
	for (guint i = lines->n; i > 0; i--) {
		Line *line = &lines->lines[i - 1];

		if (!is_empty(line))
			below = line->quoted;
		else if (below && line->below_quote)
			line->quoted = TRUE;
	}
}

/* "Sent from my iPhone" below the text is nobody's word. */
static void
drop_device_lines(Lines *lines)
{
	const GPtrArray *phrases = lines->quotes->words[QUOTE_DEVICE];
	gboolean dropped = TRUE;

	for (guint i = lines->n; i > 0 && dropped; i--) {
		Line *line = &lines->lines[i - 1];
		const char *bare;

		if (line->quoted || is_empty(line))
			continue;
		bare = bare_line(line);
		dropped = FALSE;
		for (guint k = 0; bare != NULL && k < phrases->len && !dropped; k++)
			dropped = g_str_has_prefix(bare, phrases->pdata[k]) &&
			    strlen(bare) < MOST_DEVICE;
		/* A bare "--" above it has become the end of the text. */
		dropped = dropped || (bare == NULL && line->length < 4);
		if (dropped)
			line->length = 0;
	}
}

static char *
join_lines(const Lines *lines, gboolean quoted)
{
	GString *out = g_string_sized_new(quoted ? 0 : lines->length);

	for (guint i = 0; i < lines->n; i++) {
		const Line *line = &lines->lines[i];
		gsize length = line->length;
		const char *p = line->start;

		if (line->quoted != quoted)
			continue;
		if (quoted)
			p = content(line, &length);
		if (out->len == 0 && length == 0)
			continue;
		g_string_append_len(out, p, (gssize)length);
		g_string_append_c(out, '\n');
	}
	while (out->len > 0 && g_ascii_isspace(out->str[out->len - 1]))
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

void
body_split(const char *text, const Quotes *quotes, Body *ret_body)
{
	Lines lines = { .length = strlen(text), .quotes = quotes };

	*ret_body = (Body){ 0 };
	cut_lines(&lines, text);
	if (quotes != NULL)
		mark_lines(&lines);
	if (quotes != NULL)
		drop_device_lines(&lines);
	mark_blank_lines(&lines);
	ret_body->text = join_lines(&lines, FALSE);
	ret_body->quoted = join_lines(&lines, TRUE);
	ret_body->forwarded = lines.forwarded;
	if (*ret_body->quoted == '\0')
		g_clear_pointer(&ret_body->quoted, g_free);
	for (guint i = 0; i < lines.n; i++)
		g_free(lines.lines[i].bare);
	g_free(lines.lines);
}
