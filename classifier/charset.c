#include "charset.h"

#include "charset-private.h"
#include "cyrillic.h"
#include <string.h>

#define SAMPLE 2048
/* How much better a guess must read than what was declared; less when the declared set
 * shows letters of other languages. */
#define MARGIN 0.7
#define FOREIGN_MARGIN 0.15
/* What the likeliest set, and that of the letter's other parts, may read worse than
 * others when there is no more than a word; a longer text speaks for itself. */
#define WORD 12
#define LIKELIEST 0.25
#define HINTED 0.75
/* A word or two are not enough to say that a declared set was wrong. */
#define FEWEST_COUNTED CHARSET_FEWEST_COUNTED
/* Signs that ordinary texts lack; fewer don't call for a look at each line. */
#define FEWEST_STRANGE 3

double
charset_text_score(const char *text, gsize length, guint *ret_counted)
{
	gunichar sample[SAMPLE];

	return cyrillic_score(
	    sample, cyrillic_sample(text, length, sample, SAMPLE), ret_counted);
}

/* Unlike g_strndup(), past a NUL. */
static char *
copy_bytes(const char *bytes, gsize length)
{
	char *copy = g_malloc(length + 1);

	memcpy(copy, bytes, length);
	copy[length] = '\0';
	return copy;
}

static gboolean
is_wide(const char *name)
{
	return name != NULL &&
	    (g_str_has_prefix(name, "utf-16") || g_str_has_prefix(name, "utf-32") ||
		g_str_has_prefix(name, "ucs-"));
}

/* Pages written in UTF-16 say so still when they are sent as UTF-8.  Wide text has NULs
 * for every blank, and control characters for every Cyrillic letter. */
static gboolean
is_narrow_text(const char *bytes, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if ((guchar)bytes[i] < '\t')
			return FALSE;
	return g_utf8_validate(bytes, (gssize)length, NULL);
}

/* Sets whose bytes below 0x80 are not ASCII's. */
static gboolean
is_seven_bit_coded(const char *name)
{
	return is_wide(name) ||
	    (name != NULL &&
		(g_str_has_prefix(name, "utf-7") || g_str_has_prefix(name, "iso-2022-") ||
		    g_str_has_prefix(name, "hz")));
}

static gboolean
is_ascii(const char *bytes, gsize length)
{
	guchar all = 0;

	for (gsize i = 0; i < length; i++)
		all |= (guchar)bytes[i];
	return all < 0x80;
}

/* UTF-8 with a few wrong bytes, which become U+FFFD; NULL when it is not UTF-8 at all. */
static char *
decode_damaged(const char *bytes, gsize length)
{
	gsize good = 0, bad = 0;

	for (const char *p = bytes, *end = bytes + length; p < end;) {
		const char *stop;

		if (g_utf8_validate(p, end - p, &stop))
			stop = end;
		for (; p < stop; p++)
			good += ((guchar)*p & 0xc0) == 0xc0;
		if (p < end) {
			bad += *p != '\0';
			p++;
		}
	}
	return good >= 8 * bad ? g_utf8_make_valid(bytes, (gssize)length) : NULL;
}

/* The single-byte set in which the bytes read best. */
static Bytes
guess(const char *bytes, gsize length, const char *hint, double *ret_score)
{
	gunichar characters[SAMPLE];
	guchar sample[SAMPLE];
	gsize n = 0;
	Bytes best = BYTES_WINDOWS_1251;

	for (gsize i = 0; i < length && n < SAMPLE; i++)
		if ((guchar)bytes[i] >= 0x80 || (i > 0 && (guchar)bytes[i - 1] >= 0x80) ||
		    (i + 1 < length && (guchar)bytes[i + 1] >= 0x80))
			sample[n++] = (guchar)bytes[i];
	*ret_score = -G_MAXDOUBLE;
	for (Bytes set = 0; set < N_BYTES; set++) {
		const gunichar *table = charset_bytes_table(set);
		double score;

		for (gsize i = 0; i < n; i++)
			characters[i] = table[sample[i]];
		score = cyrillic_score(characters, n, NULL);
		if (set == BYTES_WINDOWS_1251)
			score += MIN(LIKELIEST, WORD * LIKELIEST / (double)n);
		if (hint != NULL && g_str_equal(charset_bytes_names[set], hint))
			score += MIN(HINTED, WORD * HINTED / (double)n);
		if (score > *ret_score) {
			*ret_score = score;
			best = set;
		}
	}
	return best;
}

static void
tell(char **ret_how, const char *name, const char *detail, const char *from)
{
	if (ret_how == NULL)
		return;
	g_free(*ret_how);
	*ret_how = detail == NULL ? g_strdup(name)
				  : g_strdup_printf("%s (%s%s)", name, detail, from);
}

/* The text as the letter declares it or as UTF-8; NULL when it is neither.  *ret_eight is
 * whether its bytes could be of another single-byte set as well. */
static char *
decode_as_said(const char *bytes, gsize length, const char *name, gboolean *ret_eight,
    char **ret_how)
{
	char *text = NULL;

	*ret_eight = FALSE;
	if (length >= 2 &&
	    (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		text = charset_decode_strictly(bytes, length, name = "utf-16");
	if (text == NULL && name != NULL)
		text = charset_decode_strictly(bytes, length, name);
	if (text != NULL)
		*ret_eight = g_strv_contains(charset_bytes_names, name);
	if (text == NULL &&
	    (text = charset_decode_strictly(bytes, length, "utf-8")) != NULL)
		name = "utf-8";
	if (text != NULL)
		tell(ret_how, name, NULL, NULL);
	else if ((text = decode_damaged(bytes, length)) != NULL)
		tell(ret_how, "utf-8", "damaged", "");
	return text;
}

/* Undoes a wrong decoding of the past: of a text that reads badly as a whole, or of the
 * lines that do, when somebody passes a spoilt letter on below his own words. */
static char *
repair(char *text, double score, gsize strange, char **ret_how)
{
	const char *from, *to;
	char *better = NULL;

	if (score < CYRILLIC_BAD)
		better = charset_repair(text, strlen(text), score, &from, &to);
	else if (strange >= FEWEST_STRANGE)
		better = charset_repair_lines(text, &from, &to);
	if (better == NULL)
		return text;
	tell(ret_how, to, "repaired from ", from);
	g_free(text);
	return better;
}

/* Looks again at a text that reads badly: other single-byte sets for the bytes, then a
 * repair. */
static char *
improve(char *text, const char *bytes, gsize length, gboolean eight, const char *hint,
    char **ret_how)
{
	gunichar sample[SAMPLE];
	gsize n = cyrillic_sample(text, strlen(text), sample, SAMPLE);
	gsize foreign, strange;
	guint counted;
	double score = cyrillic_score(sample, n, &counted), other;
	gboolean looks_foreign;

	strange = cyrillic_count_strange(sample, n, &foreign);
	looks_foreign = eight && foreign * 100 > n;
	if (counted < FEWEST_COUNTED)
		return text;
	if (eight && (score < CYRILLIC_BAD || looks_foreign)) {
		Bytes set = guess(bytes, length, hint, &other);

		if (other > score + (looks_foreign ? FOREIGN_MARGIN : MARGIN) &&
		    other >= CYRILLIC_BAD) {
			tell(ret_how, charset_bytes_names[set], "guessed", "");
			g_free(text);
			return charset_bytes_decode(set, bytes, length);
		}
	}
	return repair(text, score, strange, ret_how);
}

char *
charset_decode(const char *bytes, gsize length, const char *declared, const char *hint,
    char **ret_how)
{
	char name_buffer[41], hint_buffer[41];
	const char *name = charset_canonical_name(declared, name_buffer);
	gboolean eight;
	double score;
	char *text;

	hint = charset_canonical_name(hint, hint_buffer);
	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		length -= 3;
		name = "utf-8";
	}
	if (is_wide(name) && is_narrow_text(bytes, length))
		name = "utf-8";
	if (is_ascii(bytes, length) && !is_seven_bit_coded(name)) {
		tell(ret_how, "us-ascii", NULL, NULL);
		return charset_replace_nul(copy_bytes(bytes, length), length);
	}
	text = decode_as_said(bytes, length, name, &eight, ret_how);
	if (text == NULL) {
		Bytes set = guess(bytes, length, hint, &score);

		tell(ret_how, charset_bytes_names[set], "guessed", "");
		text = charset_bytes_decode(set, bytes, length);
		eight = FALSE;
	}
	return improve(text, bytes, length, eight, hint, ret_how);
}

gboolean
charset_fits(const char *bytes, gsize length, const char *declared)
{
	char buffer[41];
	const char *name = charset_canonical_name(declared, buffer);
	g_autofree char *text =
	    name == NULL ? NULL : charset_decode_strictly(bytes, length, name);

	return text != NULL;
}
