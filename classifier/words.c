#include "words.h"

#include "charset.h"
#include "transfer.h"
#include <string.h>

#define MOST_SECTIONS 100
/* Far more than the 75 bytes allowed, since some programs put a whole subject into one
 * word. */
#define MOST_WORD 8192

/* An encoded word: "=?charset*language?encoding?text?=". */
typedef struct {
	const char *charset, *text, *end; /* end: behind the final "?=" */
	gsize charset_length, text_length;
	char encoding; /* 'b' or 'q' */
} Word;

static gboolean
find_word(const char *p, const char *end, Word *ret_word)
{
	const char *mark, *close;

	if (end - p < 8 || p[0] != '=' || p[1] != '?')
		return FALSE;
	ret_word->charset = p + 2;
	mark = memchr(p + 2, '?', (gsize)(end - p - 2));
	if (mark == NULL || mark - p > 80 || end - mark < 5 || mark[2] != '?')
		return FALSE;
	ret_word->charset_length = (gsize)(mark - ret_word->charset);
	ret_word->encoding = g_ascii_tolower(mark[1]);
	if (ret_word->encoding != 'b' && ret_word->encoding != 'q')
		return FALSE;
	ret_word->text = mark + 3;
	close = g_strstr_len(ret_word->text, MIN(end - ret_word->text, MOST_WORD), "?=");
	if (close == NULL)
		return FALSE;
	ret_word->text_length = (gsize)(close - ret_word->text);
	ret_word->end = close + 2;
	return TRUE;
}

/* Words of one charset that stand side by side. */
typedef struct {
	GString *out;
	GString *bytes; /* decoded word by word */
	GString *run;   /* the B texts as one, for programs that cut base64 anywhere */
	gboolean only_b;
	char *charset;
	const char *hint;
} Decoder;

static void
flush_words(Decoder *decoder)
{
	g_autofree char *text = NULL;

	if (decoder->charset == NULL)
		return;
	if (decoder->only_b &&
	    !charset_fits(decoder->bytes->str, decoder->bytes->len, decoder->charset)) {
		GString *whole = transfer_decode(
		    TRANSFER_BASE64, decoder->run->str, decoder->run->len);

		if (charset_fits(whole->str, whole->len, decoder->charset))
			g_string_assign(decoder->bytes, ""),
			    g_string_append_len(
				decoder->bytes, whole->str, (gssize)whole->len);
		g_string_free(whole, TRUE);
	}
	text = charset_decode(decoder->bytes->str, decoder->bytes->len, decoder->charset,
	    decoder->hint, NULL);
	g_string_append(decoder->out, text);
	g_clear_pointer(&decoder->charset, g_free);
}

static void
add_word(Decoder *decoder, const Word *word)
{
	const char *star = memchr(word->charset, '*', word->charset_length);
	gsize length =
	    star == NULL ? word->charset_length : (gsize)(star - word->charset);
	g_autofree char *charset = g_strndup(word->charset, length);
	GString *bytes;

	if (decoder->charset == NULL ||
	    g_ascii_strcasecmp(charset, decoder->charset) != 0) {
		flush_words(decoder);
		decoder->charset = g_steal_pointer(&charset);
		g_string_truncate(decoder->bytes, 0);
		g_string_truncate(decoder->run, 0);
		decoder->only_b = TRUE;
	}
	if (word->encoding == 'q') {
		g_autofree char *text = g_strndup(word->text, word->text_length);

		g_strdelimit(text, "_", ' ');
		bytes = transfer_decode(TRANSFER_QUOTED, text, word->text_length);
		decoder->only_b = FALSE;
	} else {
		bytes = transfer_decode(TRANSFER_BASE64, word->text, word->text_length);
		g_string_append_len(decoder->run, word->text, (gssize)word->text_length);
	}
	g_string_append_len(decoder->bytes, bytes->str, (gssize)bytes->len);
	g_string_free(bytes, TRUE);
}

static gboolean
is_blank(const char *from, const char *to)
{
	for (; from < to; from++)
		if (!g_ascii_isspace(*from))
			return FALSE;
	return TRUE;
}

static gboolean
is_plain(const char *raw, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if ((guchar)raw[i] >= 0x80 || (guchar)raw[i] < ' ' || raw[i] == '=' ||
		    raw[i] == 0x7f)
			return FALSE;
	return TRUE;
}

char *
words_decode(const char *raw, gsize length, const char *hint)
{
	Decoder decoder = { .hint = hint };
	const char *end = raw + length, *plain = raw, *p = raw;
	Word word;

	if (is_plain(raw, length))
		return words_clean(g_strndup(raw, length));
	decoder.out = g_string_sized_new(length + 1);
	decoder.bytes = g_string_new(NULL);
	decoder.run = g_string_new(NULL);
	while (p < end) {
		if (!find_word(p, end, &word)) {
			p++;
			continue;
		}
		if (decoder.charset == NULL || !is_blank(plain, p)) {
			g_autofree char *between =
			    charset_decode(plain, (gsize)(p - plain), NULL, hint, NULL);

			flush_words(&decoder);
			g_string_append(decoder.out, between);
		}
		add_word(&decoder, &word);
		plain = p = word.end;
	}
	flush_words(&decoder);
	if (plain < end) {
		g_autofree char *rest =
		    charset_decode(plain, (gsize)(end - plain), NULL, hint, NULL);

		g_string_append(decoder.out, rest);
	}
	g_string_free(decoder.bytes, TRUE);
	g_string_free(decoder.run, TRUE);
	return words_clean(g_string_free(decoder.out, FALSE));
}

/* Marks that show nothing or turn the reading direction. */
static gboolean
is_invisible(gunichar c)
{
	return c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

char *
words_clean(char *text)
{
	char *out = text;
	gboolean blank = TRUE;

	for (const char *p = text; *p != '\0';) {
		guint length = (guint)(g_utf8_next_char(p) - p);
		gunichar c = g_utf8_get_char(p);

		if (c <= ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029) {
			if (!blank)
				*out++ = ' ';
			blank = TRUE;
		} else if (!is_invisible(c)) {
			memmove(out, p, length);
			out += length;
			blank = FALSE;
		}
		p += length;
	}
	if (out > text && out[-1] == ' ')
		out--;
	*out = '\0';
	return text;
}

/* The end of a parameter that begins at p: the next ";" outside of quotes. */
static const char *
parameter_end(const char *p, const char *end)
{
	gboolean quoted = FALSE;

	for (; p < end && (quoted || *p != ';'); p++) {
		if (*p == '\\' && quoted && p + 1 < end)
			p++;
		else if (*p == '"')
			quoted = !quoted;
	}
	return p;
}

/* Without the quotes, backslashes, and blanks around. */
static GString *
unquote(const char *p, const char *end)
{
	GString *value = g_string_new(NULL);

	while (p < end && g_ascii_isspace(*p))
		p++;
	while (end > p && g_ascii_isspace(end[-1]))
		end--;
	if (p < end && *p == '"') {
		for (p++; p < end && *p != '"'; p++) {
			if (*p == '\\' && p + 1 < end && (p[1] == '"' || p[1] == '\\'))
				p++;
			g_string_append_c(value, *p);
		}
	} else {
		g_string_append_len(value, p, end - p);
	}
	return value;
}

static void
unescape_percent(GString *value)
{
	gsize out = 0;

	for (gsize i = 0; i < value->len; i++, out++) {
		value->str[out] = value->str[i];
		if (value->str[i] == '%' && i + 2 < value->len &&
		    g_ascii_isxdigit(value->str[i + 1]) &&
		    g_ascii_isxdigit(value->str[i + 2])) {
			value->str[out] =
			    (char)(g_ascii_xdigit_value(value->str[i + 1]) << 4 |
				g_ascii_xdigit_value(value->str[i + 2]));
			i += 2;
		}
	}
	g_string_truncate(value, out);
}

/* The parts of one parameter: plain, or in sections. */
typedef struct {
	GString *plain;
	GString *sections[MOST_SECTIONS];
	char *charset;
} Parts;

/* "name", "name*", "name*2" or "name*2*" to the section's number; -1: another parameter,
 * -2: the plain form. */
static int
section_of(const char *p, gsize length, const char *name, gboolean *ret_escaped)
{
	gsize n = strlen(name);
	int section = 0;

	*ret_escaped = FALSE;
	if (length < n || g_ascii_strncasecmp(p, name, n) != 0)
		return -1;
	if (length == n)
		return -2;
	if (p[n++] != '*')
		return -1;
	*ret_escaped = n == length || p[length - 1] == '*';
	for (; n < length && g_ascii_isdigit(p[n]); n++)
		section = MIN(section * 10 + (p[n] - '0'), MOST_SECTIONS);
	return section < MOST_SECTIONS &&
		(n == length || (n + 1 == length && p[n] == '*'))
	    ? section
	    : -1;
}

static void
add_parameter(Parts *parts, const char *p, const char *end, const char *name)
{
	const char *equals = memchr(p, '=', (gsize)(end - p)), *name_end = equals;
	GString *value;
	gboolean escaped;
	int section;

	if (equals == NULL)
		return;
	while (p < name_end && g_ascii_isspace(*p))
		p++;
	while (name_end > p && g_ascii_isspace(name_end[-1]))
		name_end--;
	section = section_of(p, (gsize)(name_end - p), name, &escaped);
	if (section == -1 || (section == -2 && parts->plain != NULL) ||
	    (section >= 0 && parts->sections[section] != NULL))
		return;
	value = unquote(equals + 1, end);
	if (section == -2) {
		parts->plain = value;
		return;
	}
	if (escaped && section == 0) { /* charset'language'text */
		char *first = strchr(value->str, '\''),
		     *second = first ? strchr(first + 1, '\'') : NULL;

		if (second != NULL) {
			parts->charset =
			    g_strndup(value->str, (gsize)(first - value->str));
			g_string_erase(value, 0, second + 1 - value->str);
		}
	}
	if (escaped)
		unescape_percent(value);
	parts->sections[section] = value;
}

char *
words_parameter(const char *raw, gsize length, const char *name, const char *hint)
{
	Parts parts = { 0 };
	const char *end = raw + length, *p = parameter_end(raw, end);
	char *text = NULL;

	for (const char *stop; p < end; p = stop) {
		stop = parameter_end(++p, end);
		add_parameter(&parts, p, stop, name);
	}
	if (parts.sections[0] != NULL) {
		GString *whole = g_string_new(NULL);

		for (guint i = 0; i < MOST_SECTIONS && parts.sections[i] != NULL; i++)
			g_string_append_len(whole, parts.sections[i]->str,
			    (gssize)parts.sections[i]->len);
		if (parts.charset == NULL)
			text = words_decode(whole->str, whole->len, hint);
		else
			text = words_clean(charset_decode(
			    whole->str, whole->len, parts.charset, hint, NULL));
		g_string_free(whole, TRUE);
	} else if (parts.plain != NULL) {
		text = words_decode(parts.plain->str, parts.plain->len, hint);
	}
	for (guint i = 0; i < MOST_SECTIONS; i++)
		if (parts.sections[i] != NULL)
			g_string_free(parts.sections[i], TRUE);
	if (parts.plain != NULL)
		g_string_free(parts.plain, TRUE);
	g_free(parts.charset);
	return text;
}
