#include "transfer.h"

#include <string.h>

Transfer
transfer_from_name(const char *name)
{
	while (name != NULL && g_ascii_isspace(*name))
		name++;
	if (name == NULL)
		return TRANSFER_NONE;
	if (g_ascii_strncasecmp(name, "base64", 6) == 0 ||
	    g_ascii_strncasecmp(name, "base-64", 7) == 0)
		return TRANSFER_BASE64;
	if (g_ascii_strncasecmp(name, "quoted", 6) == 0)
		return TRANSFER_QUOTED;
	if (g_ascii_strncasecmp(name, "uuencode", 8) == 0 ||
	    g_ascii_strncasecmp(name, "x-uue", 5) == 0 ||
	    g_ascii_strncasecmp(name, "x-uuencode", 10) == 0)
		return TRANSFER_UUENCODE;
	return TRANSFER_NONE;
}

static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
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
