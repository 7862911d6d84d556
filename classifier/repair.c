/* Undoing a wrong decoding: a program took bytes of one set for another, and sent the
 * result on as good text ("РџСЂРё", "Ïðèâåò").  Going back the same way restores it. */
#include "charset-private.h"
#include "cyrillic.h"
#include <string.h>

#define SAMPLE_BYTES 4096
#define MARGIN 1.0
/* Of a hundred characters, how many may not be of the wrong set: in a line, lost on the
 * way; in the whole, since whole lines may be good. */
#define MOST_LOST_IN_LINE 8
#define MOST_LOST 40

/* The sets through which texts have been pulled, with UTF-8 as the last of the right
 * ones. */
static const Bytes wrong[] = { BYTES_WINDOWS_1251, BYTES_WINDOWS_1252, BYTES_KOI8_R,
	BYTES_CP866, BYTES_MAC_CYRILLIC };
static const Bytes right[] = { BYTES_WINDOWS_1251, BYTES_KOI8_R, BYTES_CP866,
	BYTES_ISO_8859_5 };
#define RIGHT_UTF8 G_N_ELEMENTS(right)

/* The bytes that gave this text when they were read in `set`; NULL when too many
 * characters aren't of that set.  A lost character becomes '?'. */
static GByteArray *
encode(const char *text, gsize length, Bytes set, guint most_lost)
{
	const gunichar *table = charset_bytes_table(set);
	g_autoptr(GByteArray) bytes = g_byte_array_sized_new((guint)length + 1);
	guint8 of[0x500] = { 0 };
	guint wide = 0, lost = 0;

	/* Programs keep a byte that the set lacks as the control character of that
	 * number. */
	for (guint byte = 0x80; byte < 0x100; byte++) {
		if (byte < 0xa0)
			of[byte] = (guint8)byte;
		if (table[byte] < G_N_ELEMENTS(of))
			of[table[byte]] = (guint8)byte;
	}
	for (const char *p = text, *end = text + length; p < end;
	     p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		guint8 byte = (guint8)c;

		if (c >= 0x80) {
			wide++;
			byte = c < G_N_ELEMENTS(of) ? of[c] : 0;
			for (guint b = 0x80;
			     c >= G_N_ELEMENTS(of) && b < 0x100 && byte == 0; b++)
				byte = table[b] == c && c != 0xfffd ? (guint8)b : 0;
			lost += byte == 0;
		}
		byte = byte == 0 ? '?' : byte;
		g_byte_array_append(bytes, &byte, 1);
	}
	return lost * 100 > wide * most_lost ? NULL : g_steal_pointer(&bytes);
}

static char *
decode(const GByteArray *bytes, guint set)
{
	if (set != RIGHT_UTF8)
		return charset_bytes_decode(
		    right[set], (const char *)bytes->data, bytes->len);
	return g_utf8_make_valid((const char *)bytes->data, bytes->len);
}

/* One way back on a sample of the text. */
static double
try(const char *text, gsize length, Bytes from, guint to)
{
	g_autoptr(GByteArray) bytes = encode(text, length, from, MOST_LOST);
	g_autofree char *repaired = bytes == NULL ? NULL : decode(bytes, to);

	return repaired == NULL ? -G_MAXDOUBLE
				: charset_text_score(repaired, strlen(repaired), NULL);
}

/* Each line by itself, since people sign what a program has spoilt: a line that would
 * read worse stays as it is. */
static char *
repair_by(const char *text, Bytes from, guint to)
{
	GString *out = g_string_sized_new(strlen(text));

	for (const char *line = text; *line != '\0';) {
		gsize length = strcspn(line, "\n");
		g_autoptr(GByteArray) bytes =
		    encode(line, length, from, MOST_LOST_IN_LINE);
		g_autofree char *repaired = bytes == NULL ? NULL : decode(bytes, to);

		if (repaired != NULL &&
		    charset_text_score(repaired, strlen(repaired), NULL) >=
			charset_text_score(line, length, NULL))
			g_string_append(out, repaired);
		else
			g_string_append_len(out, line, (gssize)length);
		line += length;
		if (*line == '\n')
			g_string_append_c(out, *line++);
	}
	return g_string_free(out, FALSE);
}

char *
charset_repair(const char *text, gsize length, double score, const char **ret_from,
    const char **ret_to)
{
	gsize sample = length;
	double best = -G_MAXDOUBLE;
	guint best_to = 0;
	Bytes best_from = 0;
	g_autofree char *part = NULL;

	if (length > SAMPLE_BYTES)
		sample = (gsize)(g_utf8_find_prev_char(text, text + SAMPLE_BYTES) - text);
	for (guint from = 0; from < G_N_ELEMENTS(wrong); from++) {
		for (guint to = 0; to <= RIGHT_UTF8; to++) {
			double now;

			if (to < RIGHT_UTF8 && right[to] == wrong[from])
				continue;
			now = try(text, sample, wrong[from], to);
			if (now > best) {
				best = now;
				best_from = wrong[from];
				best_to = to;
			}
		}
	}
	if (best < CYRILLIC_BAD || best < score + MARGIN)
		return NULL;
	*ret_from = charset_bytes_names[best_from];
	*ret_to = best_to == RIGHT_UTF8 ? "utf-8" : charset_bytes_names[right[best_to]];
	part = g_strndup(text, length);
	return repair_by(part, best_from, best_to);
}

char *
charset_repair_lines(const char *text, const char **ret_from, const char **ret_to)
{
	GString *out = g_string_sized_new(strlen(text));
	gboolean repaired = FALSE;

	for (const char *line = text; *line != '\0';) {
		gsize length = strcspn(line, "\n");
		guint counted;
		double score = charset_text_score(line, length, &counted);
		g_autofree char *better = NULL;

		if (score < CYRILLIC_BAD && counted >= CHARSET_FEWEST_COUNTED)
			better = charset_repair(line, length, score, ret_from, ret_to);
		repaired = repaired || better != NULL;
		if (better != NULL)
			g_string_append(out, better);
		else
			g_string_append_len(out, line, (gssize)length);
		line += length;
		if (*line == '\n')
			g_string_append_c(out, *line++);
	}
	return g_string_free(out, !repaired);
}
