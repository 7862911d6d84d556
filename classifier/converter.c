/* Sets by name: iconv's converters, kept open, and tables for the sets of one byte. */
#include "charset-private.h"
#include "charset.h"
#include <iconv.h>
#include <string.h>

#define MOST_CONVERTERS 24

const char *const charset_bytes_names[] = { "windows-1251", "koi8-r", "kz-1048", "cp866",
	"iso-8859-5", "mac-cyrillic", "pt154", "windows-1252", NULL };
static const char *const bytes_iconv[] = { "CP1251", "KOI8-R", "RK1048", "CP866",
	"ISO-8859-5", "MAC-CYRILLIC", "PT154", "CP1252" };

/* Names that mail programs use and iconv doesn't know, or takes too literally. */
static const struct {
	const char *name, *means;
} aliases[] = {
	{ "utf8", "utf-8" },
	{ "unicode-1-1-utf-8", "utf-8" },
	{ "unicode-1-1-utf-7", "utf-7" },
	{ "cp1251", "windows-1251" },
	{ "win-1251", "windows-1251" },
	{ "windows1251", "windows-1251" },
	{ "x-cp1251", "windows-1251" },
	{ "koi8r", "koi8-r" },
	{ "koi-8", "koi8-r" },
	{ "koi8", "koi8-r" },
	{ "x-mac-cyrillic", "mac-cyrillic" },
	{ "ibm866", "cp866" },
	{ "dos-866", "cp866" },
	{ "kz1048", "kz-1048" },
	{ "rk1048", "kz-1048" },
	{ "strk1048-2002", "kz-1048" },
	{ "ptcp154", "pt154" },
	{ "cp154", "pt154" },
	{ "cyrillic-asian", "pt154" },
	{ "iso-8859-1", "windows-1252" },
	{ "latin1", "windows-1252" },
	{ "ascii", "us-ascii" },
	{ "ansi_x3.4-1968", "us-ascii" },
};

typedef struct {
	char *name;
	iconv_t converter;
} Converter;
static Converter converters[MOST_CONVERTERS];
static guint n_converters;
static gunichar tables[N_BYTES][256];
static gboolean tables_filled[N_BYTES];

const gunichar *
charset_bytes_table(Bytes set)
{
	iconv_t converter;

	if (tables_filled[set])
		return tables[set];
	converter = iconv_open("UCS-4LE", bytes_iconv[set]);
	for (guint byte = 0; byte < 256; byte++) {
		char in = (char)byte, *from = &in, *to = (char *)&tables[set][byte];
		gsize in_left = 1, out_left = sizeof tables[set][byte];

		if (converter == (iconv_t)-1 ||
		    iconv(converter, &from, &in_left, &to, &out_left) == (gsize)-1) {
			tables[set][byte] = byte < 0x80 ? byte : 0xfffd;
			if (converter != (iconv_t)-1)
				iconv(converter, NULL, NULL, NULL, NULL);
		} else {
			tables[set][byte] = GUINT32_FROM_LE(tables[set][byte]);
		}
	}
	tables[set][0] = 0xfffd;
	if (converter != (iconv_t)-1)
		iconv_close(converter);
	tables_filled[set] = TRUE;
	return tables[set];
}

char *
charset_bytes_decode(Bytes set, const char *bytes, gsize length)
{
	const gunichar *table = charset_bytes_table(set);
	char *text = g_malloc(3 * length + 1), *p = text;

	for (gsize i = 0; i < length; i++) {
		guchar byte = (guchar)bytes[i];

		if (byte != 0 && byte < 0x80)
			*p++ = (char)byte;
		else
			p += g_unichar_to_utf8(table[byte], p);
	}
	*p = '\0';
	return g_realloc(text, (gsize)(p - text) + 1);
}

const char *
charset_canonical_name(const char *declared, char ret_buffer[static 41])
{
	gsize length = declared == NULL ? 0 : strlen(declared);

	if (length == 0 || length > 40)
		return NULL;
	for (gsize i = 0; i <= length; i++) {
		ret_buffer[i] = g_ascii_tolower(declared[i]);
		if (i < length && !g_ascii_isalnum(declared[i]) &&
		    strchr("-_.:+", declared[i]) == NULL)
			return NULL;
	}
	for (guint i = 0; i < G_N_ELEMENTS(aliases); i++)
		if (g_str_equal(ret_buffer, aliases[i].name))
			return aliases[i].means;
	return ret_buffer;
}

/* Opening a converter takes far longer than using it on a letter; few names are in use.
 */
static iconv_t
open_converter(const char *name)
{
	const char *iconv_name = name;

	for (guint i = 0; i < n_converters; i++) {
		if (g_str_equal(converters[i].name, name)) {
			if (converters[i].converter != (iconv_t)-1)
				iconv(converters[i].converter, NULL, NULL, NULL, NULL);
			return converters[i].converter;
		}
	}
	for (guint i = 0; i < N_BYTES; i++)
		if (g_str_equal(name, charset_bytes_names[i]))
			iconv_name = bytes_iconv[i];
	if (n_converters == MOST_CONVERTERS) {
		n_converters--;
		g_free(converters[n_converters].name);
		if (converters[n_converters].converter != (iconv_t)-1)
			iconv_close(converters[n_converters].converter);
	}
	converters[n_converters] =
	    (Converter){ g_strdup(name), iconv_open("UTF-8", iconv_name) };
	return converters[n_converters++].converter;
}

char *
charset_replace_nul(char *text, gsize length)
{
	GString *clean;

	if (memchr(text, '\0', length) == NULL)
		return text;
	clean = g_string_sized_new(length + 16);
	for (gsize i = 0; i < length; i++) {
		if (text[i] == '\0')
			g_string_append(clean, "\xef\xbf\xbd");
		else
			g_string_append_c(clean, text[i]);
	}
	g_free(text);
	return g_string_free(clean, FALSE);
}

char *
charset_decode_strictly(const char *bytes, gsize length, const char *name)
{
	g_autofree char *text = NULL;
	char *from = (char *)bytes, *to;
	gsize left = length, room = 4 * length + 64;
	iconv_t converter;

	if (g_str_equal(name, "utf-8"))
		return g_utf8_validate(bytes, (gssize)length, NULL)
		    ? g_strndup(bytes, length)
		    : NULL;
	converter = open_converter(name);
	if (converter == (iconv_t)-1)
		return NULL;
	to = text = g_malloc(room + 1);
	if (iconv(converter, &from, &left, &to, &room) == (gsize)-1 ||
	    iconv(converter, NULL, NULL, &to, &room) == (gsize)-1)
		return NULL;
	*to = '\0';
	text = charset_replace_nul(text, (gsize)(to - text));
	return g_utf8_validate(text, -1, NULL) ? g_steal_pointer(&text) : NULL;
}

void
charset_prepare(void)
{
	for (Bytes set = 0; set < N_BYTES; set++) {
		charset_bytes_table(set);
		open_converter(charset_bytes_names[set]);
	}
}
