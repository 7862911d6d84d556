#include "transfer.h"

#include <string.h>

/* Shorter lines may be words. */
#define SHORTEST_BASE64_LINE 56

/* Fields hold two names ("8bit base64") and names that nobody defined ("base-64"). */
Transfer
transfer_from_name(const char *name)
{
	static const struct {
		const char *part;
		Transfer transfer;
	} names[] = { { "base64", TRANSFER_BASE64 }, { "base-64", TRANSFER_BASE64 },
		{ "quoted", TRANSFER_QUOTED }, { "uue", TRANSFER_UUENCODE },
		{ "x-uue", TRANSFER_UUENCODE } };
	g_autofree char *lower = name == NULL ? NULL : g_ascii_strdown(name, -1);

	for (guint i = 0; i < G_N_ELEMENTS(names) && lower != NULL; i++)
		if (strstr(lower, names[i].part) != NULL)
			return names[i].transfer;
	return TRANSFER_NONE;
}

/* By ASCII code; "-" and "_" are those of links. */
static const gint8 sextets[128] = {
	/* clang-format off */
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 62, -1, 62, -1, 63,
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, -1, -1, -1, -1, -1, -1,
	-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, -1, -1, -1, -1, 63,
	-1, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, -1, -1, -1, -1, -1
	/* clang-format on */
};

static inline int
sextet(char c)
{
	return (guchar)c < 0x80 ? sextets[(guchar)c] : -1;
}

/* Padding ends a run, and another may follow: what is left of the bits is dropped there.
 */
static GString *
decode_base64(const char *bytes, gsize length)
{
	GString *out = g_string_sized_new(length / 4 * 3 + 8);
	guint32 bits = 0;
	guint n = 0;

	for (gsize i = 0; i < length; i++) {
		int value = sextet(bytes[i]);

		if (bytes[i] == '=')
			n = 0;
		if (value < 0)
			continue;
		bits = bits << 6 | (guint32)value;
		if (n++ > 0)
			g_string_append_c(out, (char)(bits >> (8 - 2 * n)));
		n &= 3;
	}
	return out;
}

static GString *
decode_quoted(const char *bytes, gsize length)
{
	GString *out = g_string_sized_new(length + 1);

	for (gsize i = 0; i < length; i++) {
		gsize end = i + 1;

		if (bytes[i] != '=') {
			g_string_append_c(out, bytes[i]);
			continue;
		}
		if (i + 2 < length && g_ascii_isxdigit(bytes[i + 1]) &&
		    g_ascii_isxdigit(bytes[i + 2])) {
			g_string_append_c(out,
			    (char)(g_ascii_xdigit_value(bytes[i + 1]) << 4 |
				g_ascii_xdigit_value(bytes[i + 2])));
			i += 2;
			continue;
		}
		/* A soft line break, also with blanks that a relay put behind it. */
		while (end < length &&
		    (bytes[end] == ' ' || bytes[end] == '\t' || bytes[end] == '\r'))
			end++;
		if (end == length || bytes[end] == '\n')
			i = end;
		else
			g_string_append_c(out, '=');
	}
	return out;
}

static GString *
decode_uuencode(const char *bytes, gsize length)
{
	GString *out = g_string_sized_new(length);
	const char *line = bytes, *end = bytes + length;

	for (const char *next; line < end; line = next) {
		const char *stop = memchr(line, '\n', (gsize)(end - line));
		guint left = (guint)(*line - ' ') & 63;

		stop = stop == NULL ? end : stop;
		next = stop < end ? stop + 1 : end;
		if (stop - line >= 6 && (memcmp(line, "begin ", 6) == 0))
			continue;
		for (const char *p = line + 1; p + 3 < stop + 1 && left > 0; p += 4) {
			guint32 bits = 0;

			for (guint i = 0; i < 4; i++)
				bits = bits << 6 |
				    ((guint32)((p + i < stop ? p[i] : ' ') - ' ') & 63);
			for (guint i = 0; i < 3 && left > 0; i++, left--)
				g_string_append_c(out, (char)(bits >> (16 - 8 * i)));
		}
	}
	return out;
}

/* What a look at the bytes says of base64. */
typedef struct {
	gsize signs, strange, inner_blanks;
	gsize first_line; /* length of the first line */
} Looks;

static Looks
look_at(const char *bytes, gsize length)
{
	Looks looks = { 0 };
	gboolean first = TRUE;

	for (gsize i = 0; i < length; i++) {
		char c = bytes[i];

		if (c == '\n')
			first = FALSE;
		else if (c == ' ')
			looks.inner_blanks += i > 0 && (guchar)bytes[i - 1] > ' ' &&
			    i + 1 < length && (guchar)bytes[i + 1] > ' ';
		else if (sextet(c) >= 0 || c == '=')
			looks.signs++;
		else if (c != '\r' && c != '\t')
			looks.strange++;
		looks.first_line += first && c > ' ';
	}
	return looks;
}

/* A text that was sent as it is would be decoded to rubbish. */
static gboolean
is_plain_after_all(const char *bytes, gsize length)
{
	Looks looks = look_at(bytes, length);

	return (looks.strange + looks.inner_blanks) * 20 > looks.signs + looks.strange;
}

/* Long lines of nothing but base64, which decode to text. */
static GString *
decode_undeclared(const char *bytes, gsize length)
{
	Looks looks = look_at(bytes, length);
	GString *text;

	if (looks.strange + looks.inner_blanks > 0 ||
	    looks.first_line < SHORTEST_BASE64_LINE || looks.signs % 4 != 0)
		return NULL;
	text = decode_base64(bytes, length);
	if (g_utf8_validate(text->str, (gssize)text->len, NULL) &&
	    strpbrk(text->str, " \n") != NULL)
		return text;
	g_string_free(text, TRUE);
	return NULL;
}

GString *
transfer_decode_text(Transfer transfer, const char *bytes, gsize length)
{
	GString *text = NULL;

	if (transfer == TRANSFER_BASE64 && is_plain_after_all(bytes, length))
		transfer = TRANSFER_NONE;
	else if (transfer == TRANSFER_NONE)
		text = decode_undeclared(bytes, length);
	return text != NULL ? text : transfer_decode(transfer, bytes, length);
}

GString *
transfer_decode(Transfer transfer, const char *bytes, gsize length)
{
	switch (transfer) {
	case TRANSFER_BASE64:
		return decode_base64(bytes, length);
	case TRANSFER_QUOTED:
		return decode_quoted(bytes, length);
	case TRANSFER_UUENCODE:
		return decode_uuencode(bytes, length);
	default:
		return g_string_new_len(bytes, (gssize)length);
	}
}

/* Each line begins with the number of bytes it holds. */
static gsize
uuencode_size(const char *bytes, gsize length)
{
	const char *line = bytes, *end = bytes + length;
	gsize size = 0;

	while (line < end) {
		const char *stop = memchr(line, '\n', (gsize)(end - line));

		if (*line > ' ' && *line <= '`' &&
		    strncmp(line, "end", MIN(3, (gsize)(end - line))) != 0)
			size += (gsize)(*line - ' ') & 63;
		line = stop == NULL ? end : stop + 1;
	}
	return size;
}

gsize
transfer_decoded_size(Transfer transfer, const char *bytes, gsize length)
{
	gsize signs = 0, soft = 0;

	if (transfer == TRANSFER_NONE)
		return length;
	if (transfer == TRANSFER_UUENCODE)
		return uuencode_size(bytes, length);
	for (gsize i = 0; i < length; i++) {
		signs += bytes[i] > ' ' && bytes[i] != '=';
		soft += bytes[i] == '=';
	}
	if (transfer == TRANSFER_QUOTED)
		return length > 2 * soft ? length - 2 * soft : 0;
	return signs / 4 * 3 + (signs % 4) * 3 / 4;
}
