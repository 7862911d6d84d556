/* One table over the first code points answers nearly every letter: what kind it is, and
 * what it becomes in a Latin and in a Cyrillic word.  It is made once, from GLib's
 * knowledge of Unicode and the short lists below. */
#include "fold.h"

#include <string.h>

#define TABLE_SIZE 0x0600

typedef enum {
	GLYPH_NONE,
	GLYPH_LATIN,
	GLYPH_CYRILLIC,
	GLYPH_MARK,
	GLYPH_APOSTROPHE,
	GLYPH_OTHER
} Glyph;

/* What a letter adds to the count of its word: a byte each, so that one sum counts all.
 */
enum {
	LANE_UPPER,
	LANE_LOWER, /* no capital */
	LANE_LATIN,
	LANE_CYRILLIC,
	LANE_OTHER,
	LANE_ONLY_LATIN, /* can't be the other alphabet's */
	LANE_ONLY_CYRILLIC,
	LANE_KAZAKH,
	N_LANES
};
#define LANE(n) ((guint64)1 << 8 * (n))
#define LANE_FULL 255

typedef struct {
	guint64 counts;
	guint16 folded[2]; /* in a Latin word, in a Cyrillic word; 0: dropped */
	guint8 glyph;
	guint8 upper : 1;
	guint8 alike : 1; /* could be a letter of the other alphabet */
	guint8 kazakh : 1;
} Letter;

static Letter letters[TABLE_SIZE];

/* Kazakh letters and their neighbours on a Russian keyboard; й and ё likewise. */
static const char *const plain[] = { "ёе", "йи", "қк", "әа", "ңн", "өо", "үу", "ұу", "іи",
	"ғг", "һх", "їи", "єе", "ґг", "ўу", "ҳх", "әа", "əа", "ҷч", "ҡк", "ҙз", "ҫс",
	"ҝк", "җж", "ӣи", "ӯу", NULL };

/* Letters that look alike, as they are typed: Latin first. */
static const char *const alike[] = { "aа", "bв", "cс", "eе", "hх", "iі", "kк", "mм", "nп",
	"oо", "pр", "rг", "tт", "uи", "xх", "yу", "AА", "BВ", "CС", "EЕ", "HН", "IІ",
	"KК", "MМ", "OО", "PР", "TТ", "XХ", "YУ", "sѕ", "SЅ", "jј", "JЈ", NULL };

/* Only these go the other way too, for the shapes above that are one-sided are no slips.
 */
static const char *const latin_alike = "aceikmoptxyABCEHIKMOPTXYsSjJ";

static gunichar
fold_plain(gunichar c)
{
	c = g_unichar_tolower(c);
	for (guint i = 0; plain[i] != NULL; i++)
		if (g_utf8_get_char(plain[i]) == c)
			return g_utf8_get_char(g_utf8_next_char(plain[i]));
	return c;
}

static gunichar
strip_accents(gunichar c)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

	c = g_unichar_tolower(c);
	if (c == 0x131)
		return 'i';
	if (g_unichar_fully_decompose(c, FALSE, parts, G_N_ELEMENTS(parts)) > 0 &&
	    parts[0] < 0x80)
		return parts[0];
	return c;
}

static void
fill_letter(gunichar c, Letter *letter)
{
	if (c == '\'' || c == 0x2bc)
		letter->glyph = GLYPH_APOSTROPHE;
	else if (c >= 0x300 && c < 0x370)
		letter->glyph = GLYPH_MARK;
	else if (!g_unichar_isalpha(c))
		letter->glyph = GLYPH_NONE;
	else if (c < 0x250)
		letter->glyph = GLYPH_LATIN;
	else if (c >= 0x400 && c < 0x530)
		letter->glyph = GLYPH_CYRILLIC;
	else
		letter->glyph = GLYPH_OTHER;
	letter->upper = g_unichar_isupper(c);
	letter->folded[0] = letter->folded[1] =
	    letter->glyph == GLYPH_LATIN ? strip_accents(c) : fold_plain(c);
	if (letter->glyph == GLYPH_MARK)
		letter->folded[0] = letter->folded[1] = 0;
	letter->kazakh = letter->glyph == GLYPH_CYRILLIC &&
	    g_utf8_strchr("әғқңөұүһіӘҒҚҢӨҰҮҺІ", -1, c) != NULL;
}

static void
fill_alike(void)
{
	for (guint i = 0; alike[i] != NULL; i++) {
		gunichar latin = g_utf8_get_char(alike[i]);
		gunichar cyrillic = g_utf8_get_char(alike[i] + 1);

		letters[latin].folded[1] = letters[cyrillic].folded[1];
		letters[latin].alike = TRUE;
		if (strchr(latin_alike, (int)latin) != NULL) {
			letters[cyrillic].folded[0] = letters[latin].folded[0];
			letters[cyrillic].alike = TRUE;
		}
	}
}

static guint64
counts_of(const Letter *letter)
{
	gboolean latin = letter->glyph == GLYPH_LATIN;
	gboolean cyrillic = letter->glyph == GLYPH_CYRILLIC;

	if (!latin && !cyrillic && letter->glyph != GLYPH_OTHER)
		return 0;
	return (letter->upper ? LANE(LANE_UPPER) : LANE(LANE_LOWER)) |
	    (latin             ? LANE(LANE_LATIN)
		    : cyrillic ? LANE(LANE_CYRILLIC)
			       : LANE(LANE_OTHER)) |
	    (latin && !letter->alike ? LANE(LANE_ONLY_LATIN) : 0) |
	    (cyrillic && !letter->alike ? LANE(LANE_ONLY_CYRILLIC) : 0) |
	    (letter->kazakh ? LANE(LANE_KAZAKH) : 0);
}

static void
fill_table(void)
{
	static gsize done;

	if (!g_once_init_enter(&done))
		return;
	for (gunichar c = 0; c < TABLE_SIZE; c++)
		fill_letter(c, &letters[c]);
	fill_alike();
	for (gunichar c = 0; c < TABLE_SIZE; c++)
		letters[c].counts = counts_of(&letters[c]);
	g_once_init_leave(&done, 1);
}

static inline Letter
look_up(gunichar c)
{
	Letter letter = { 0 };

	if (c < TABLE_SIZE)
		return letters[c];
	if (c == 0x2019 || c == 0x2018) {
		letter.glyph = GLYPH_APOSTROPHE;
		letter.folded[0] = letter.folded[1] = '\'';
	} else if (g_unichar_isalpha(c)) {
		gboolean latin = c >= 0x1e00 && c < 0x1f00;

		letter.glyph = latin ? GLYPH_LATIN : GLYPH_OTHER;
		letter.upper = g_unichar_isupper(c);
		/* What the 16 bits can't hold is the same in both cases anyway. */
		if (latin)
			letter.folded[0] = letter.folded[1] = (guint16)strip_accents(c);
		letter.counts = counts_of(&letter);
	}
	return letter;
}

gboolean
fold_is_rare_letter(gunichar c)
{
	Glyph glyph;

	fill_table();
	glyph = look_up(c).glyph;
	return glyph == GLYPH_LATIN || glyph == GLYPH_CYRILLIC || glyph == GLYPH_OTHER ||
	    glyph == GLYPH_MARK;
}

typedef struct {
	guint of[N_LANES];
	gboolean first_upper;
} Count;

static void
add_lanes(Count *count, guint64 lanes)
{
	for (guint i = 0; i < N_LANES; i++)
		count->of[i] += (guint)(lanes >> 8 * i & 0xff);
}

static LetterCase
letter_case(const Count *count)
{
	if (count->of[LANE_UPPER] == 0)
		return count->of[LANE_LOWER] > 0 ? CASE_LOWER : CASE_NONE;
	if (count->of[LANE_LOWER] == 0)
		return count->of[LANE_UPPER] == 1 ? CASE_TITLE : CASE_UPPER;
	return count->of[LANE_UPPER] == 1 && count->first_upper ? CASE_TITLE : CASE_CAMEL;
}

/* A mixed word belongs to the alphabet whose own letters it has; when neither has any, or
 * both have, to the one with more letters. */
static gboolean
is_cyrillic(const Count *count)
{
	if (count->of[LANE_LATIN] == 0 || count->of[LANE_CYRILLIC] == 0)
		return count->of[LANE_CYRILLIC] > 0;
	if ((count->of[LANE_ONLY_CYRILLIC] > 0) != (count->of[LANE_ONLY_LATIN] > 0))
		return count->of[LANE_ONLY_CYRILLIC] > 0;
	return count->of[LANE_CYRILLIC] >= count->of[LANE_LATIN];
}

static Script
script(const Count *count)
{
	if (count->of[LANE_LATIN] > 0 && count->of[LANE_CYRILLIC] > 0)
		return SCRIPT_MIXED;
	if (count->of[LANE_CYRILLIC] > 0)
		return SCRIPT_CYRILLIC;
	if (count->of[LANE_LATIN] > 0)
		return SCRIPT_LATIN;
	return count->of[LANE_OTHER] > 0 ? SCRIPT_OTHER : SCRIPT_NONE;
}

/* Folds as a word of one alphabet, and counts what it is made of. */
static gsize
fold_as(
    const char *word, gsize length, gboolean cyrillic, char *ret_folded, Count *ret_count)
{
	Count count = { 0 };
	guint64 lanes = 0;
	gsize written = 0;
	guint step, n = 0;

	for (gsize i = 0; i < length; i += step) {
		gunichar c = fold_next(word + i, &step);
		Letter letter = look_up(c);

		if (letter.counts != 0) {
			if (n == 0)
				count.first_upper = letter.upper;
			lanes += letter.counts;
			if (++n % LANE_FULL == 0) {
				add_lanes(&count, lanes);
				lanes = 0;
			}
		}
		if (letter.glyph == GLYPH_MARK)
			continue;
		if (letter.folded[cyrillic] != 0)
			c = letter.folded[cyrillic];
		else if (c >= TABLE_SIZE)
			c = g_unichar_tolower(c);
		written += fold_put(ret_folded + written, c);
	}
	add_lanes(&count, lanes);
	ret_folded[written] = '\0';
	*ret_count = count;
	return written;
}

gsize
fold_word(const char *word, gsize length, char *ret_folded, FoldedWord *ret_seen)
{
	Count count;
	gboolean cyrillic = length > 0 && (guchar)word[0] >= 0x80;
	gsize written;

	fill_table();
	/* The first letter nearly always tells the alphabet. */
	written = fold_as(word, length, cyrillic, ret_folded, &count);
	if (is_cyrillic(&count) != cyrillic) {
		cyrillic = !cyrillic;
		written = fold_as(word, length, cyrillic, ret_folded, &count);
	}
	if (ret_seen != NULL)
		*ret_seen = (FoldedWord){ script(&count), letter_case(&count),
			count.of[LANE_LATIN] + count.of[LANE_CYRILLIC] +
			    count.of[LANE_OTHER],
			cyrillic, count.of[LANE_KAZAKH] > 0 };
	return written;
}

/* The second folding of several letters, longest spelling first … */
static const struct {
	char latin[5];
	guint8 length;
	char cyrillic[3];
} spellings[] = {
	{ "shch", 4, "щ" },
	{ "sch", 3, "щ" },
	{ "sh", 2, "ш" },
	{ "ch", 2, "ч" },
	{ "zh", 2, "ж" },
	{ "gh", 2, "г" },
	{ "kh", 2, "х" },
	{ "ts", 2, "ц" },
	{ "ya", 2, "я" },
	{ "yu", 2, "ю" },
	{ "yo", 2, "е" },
	{ "ye", 2, "е" },
};

/* … and of one, a to z; "y" after a vowel is й. */
static const char single_letters[] = "абкдефгхижклмнопкрстувухыз";

/* Letters whose accent matters here, before accents are stripped. */
static gunichar
keep_accent(gunichar c)
{
	switch (c) {
	case 0xfd: /* ý of 2019 is у */
		return 'u';
	case 0x15f: /* ş */
	case 0x219:
		return 0x448;
	case 0xe7: /* ç */
		return 0x447;
	default:
		return strip_accents(c);
	}
}

static gsize
spell(const char *plain_word, char *out, const char **ret_next)
{
	for (guint i = 0; i < G_N_ELEMENTS(spellings); i++)
		if (spellings[i].latin[0] == plain_word[0] &&
		    strncmp(plain_word, spellings[i].latin, spellings[i].length) == 0) {
			*ret_next = plain_word + spellings[i].length;
			memcpy(out, spellings[i].cyrillic, 2);
			return 2;
		}
	if (g_ascii_islower(*plain_word)) {
		*ret_next = plain_word + 1;
		memcpy(out, single_letters + 2 * (*plain_word - 'a'), 2);
		return 2;
	}
	*ret_next = g_utf8_next_char(plain_word);
	memcpy(out, plain_word, (gsize)(*ret_next - plain_word));
	return (gsize)(*ret_next - plain_word);
}

gsize
fold_latin(const char *word, gsize length, char *ret_folded)
{
	char buffer[256];
	gsize plain_length = 0, written = 0;
	guint step;
	gboolean after_vowel = FALSE;

	fill_table();
	/* No word is longer; machine noise is cut. */
	for (gsize i = 0; i < length && plain_length < sizeof buffer - 8; i += step) {
		gunichar c = fold_next(word + i, &step);

		if (c < 0x80) {
			if (c != '\'')
				buffer[plain_length++] = g_ascii_tolower((char)c);
			continue;
		}
		c = g_unichar_tolower(c);
		if (look_up(c).glyph != GLYPH_MARK &&
		    look_up(c).glyph != GLYPH_APOSTROPHE)
			plain_length += fold_put(buffer + plain_length, keep_accent(c));
	}
	buffer[plain_length] = '\0';
	for (const char *at = buffer, *next; *at != '\0'; at = next) {
		if (*at == 'y' && after_vowel &&
		    (at[1] == '\0' || strchr("aeiou", at[1]) == NULL)) {
			memcpy(ret_folded + written, "и", 2);
			written += 2;
			next = at + 1;
		} else {
			written += spell(at, ret_folded + written, &next);
		}
		after_vowel = strchr("aeiou", *at) != NULL;
	}
	ret_folded[written] = '\0';
	return written;
}

char *
fold_text(const char *text)
{
	gsize length = strlen(text), written = 0;
	char *folded = g_malloc(FOLD_SPACE(length) + 1);
	guint step;

	fill_table();
	for (gsize i = 0; i < length;) {
		gsize start = i;

		while (i < length && fold_is_letter(fold_next(text + i, &step)))
			i += step;
		if (i > start) {
			written +=
			    fold_word(text + start, i - start, folded + written, NULL);
			folded[written++] = ' ';
			continue;
		}
		while (i < length && g_ascii_isdigit(text[i]))
			folded[written++] = text[i++];
		if (i > start)
			folded[written++] = ' ';
		else
			i += (fold_next(text + i, &step), step);
	}
	folded[written > 0 ? written - 1 : 0] = '\0';
	return folded;
}
