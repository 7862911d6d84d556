/* 5.3 (6): words beyond the norm, also masked.  Plain spellings are found by the word
 * lists; this looks at whole tokens between blanks, with letters hidden behind stars,
 * digits, symbols, blanks, dots or letters of another alphabet, and holds them against
 * the same stems.
 *
 * A token is first brought to a row of readings: a letter, a sign that may be one of some
 * letters ("3": з or е), or a hidden letter.  At least half of the stem's letters must be
 * readable, and whatever the sheet calls innocent is left alone. */
#include "judge-private.h"

#include <string.h>

#define LONGEST 32
#define MOST_HIDDEN 5 /* letters of one word */

typedef struct {
	gunichar c;         /* folded letter; 0: hidden */
	const char *others; /* what a sign may stand for, or NULL */
} Glyph;

typedef struct {
	Glyph readings[LONGEST];
	guint n, masked;
} Token;

/* What signs stand for, in folded Cyrillic and in Latin. */
static const struct {
	gunichar sign;
	const char *letters;
} signs[] = { { '0', "оoу" }, { '3', "зе" }, { '4', "чa" }, { '6', "б" },
	{ '1',
	    "ил"
	    "iі"
	    "l" },
	{ '!', "иi" }, { '$', "сs" }, { 0x20ac, "е" }, { '9', "я" }, { '8', "в" },
	{ '7', "т" } };

static gboolean
is_hiding(gunichar c)
{
	return c == '*' || c == '@' || c == '#' || c == '%' || c == '_' || c == '^' ||
	    c == 0x2022 || c == 0x2026;
}

static const char *
sign_letters(gunichar c)
{
	for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
		if (signs[i].sign == c)
			return signs[i].letters;
	return NULL;
}

static void
push(Token *token, gunichar c, const char *others, gboolean masked)
{
	if (token->n == LONGEST)
		return;
	/* Doubled letters are one ("сууука"). */
	if (c != 0 && others == NULL && token->n > 0 &&
	    token->readings[token->n - 1].c == c)
		return;
	token->readings[token->n++] = (Glyph){ c, others };
	token->masked += masked;
}

/* Folds one letter as if it stood in a Cyrillic (or Latin) word. */
static gunichar
fold_letter(const char *at, guint length, gboolean cyrillic)
{
	char in[16], out[FOLD_SPACE(16)];
	guint step;

	/* A neighbour that only one alphabet has decides. */
	memcpy(in, at, length);
	memcpy(in + length, cyrillic ? "ш" : "w", cyrillic ? 2 : 1);
	fold_word(in, length + (cyrillic ? 2 : 1), out, NULL);
	return fold_next(out, &step);
}

/* Behind the number that a token begins with: "101-бөлме" and "10балл" count something.
 * One digit alone may be the first letter of a word. */
static const char *
skip_number(const char *start, const char *end)
{
	const char *at = start, *digits;
	guint step;

	for (; at < end && !g_ascii_isdigit(*at); at += step) {
		gunichar c = fold_next(at, &step);

		if (fold_is_letter(c) || is_hiding(c) || sign_letters(c) != NULL)
			return start;
	}
	for (digits = at; at < end && g_ascii_isdigit(*at);)
		at++;
	return at - digits > 1 || (at < end && *at == '-') ? at : start;
}

static void
read_token(const char *start, const char *end, gboolean cyrillic, Token *token)
{
	guint step;

	token->n = token->masked = 0;
	for (const char *at = skip_number(start, end); at < end; at += step) {
		gunichar c = fold_next(at, &step);

		if (fold_is_letter(c))
			push(token, fold_letter(at, step, cyrillic), NULL, FALSE);
		else if (is_hiding(c))
			push(token, 0, NULL, TRUE);
		else if (sign_letters(c) != NULL && at[step] != '-')
			push(token, c, sign_letters(c), TRUE);
	}
}

static gboolean
fits(const Glyph *reading, gunichar letter)
{
	guint step;

	if (reading->c == letter || reading->c == 0)
		return TRUE;
	for (const char *at = reading->others; at != NULL && *at != '\0'; at += step)
		if (fold_next(at, &step) == letter)
			return TRUE;
	return FALSE;
}

/* Whether the token begins with the stem (or is it, when `whole`); a star may hide up to
 * three letters, a doubled letter of the stem may be written once. */
static gboolean
matches(const Token *token, guint at, const char *stem, gboolean whole, guint readable,
    guint hidden)
{
	guint step;
	gunichar letter;

	if (*stem == '\0')
		return (!whole || at == token->n) && readable >= 2 && readable >= hidden;
	if (at == token->n || hidden > MOST_HIDDEN)
		return FALSE;
	letter = fold_next(stem, &step);
	if (fits(&token->readings[at], letter)) {
		gboolean hides = token->readings[at].c == 0;

		if (matches(token, at + 1, stem + step, whole, readable + !hides,
			hidden + hides))
			return TRUE;
		/* The same star hides the next letter as well. */
		if (hides && at > 0 && hidden < 3 &&
		    matches(token, at, stem + step, whole, readable, hidden + 1))
			return TRUE;
	}
	return FALSE;
}

typedef struct {
	char *folded; /* without its star, without doubled letters */
	gunichar first;
	gboolean whole;
} Stem;

struct Stems {
	GArray *strong, *innocent; /* of Stem */
};

static void
clear_stem(gpointer data)
{
	g_free(((Stem *)data)->folded);
}

static Stem
plain_stem(const char *phrase)
{
	gsize length = strlen(phrase);
	Stem stem = { .whole = phrase[length - 1] != '*' };
	g_autofree char *folded = g_malloc(FOLD_SPACE(length));
	g_autoptr(GString) plain = g_string_new(NULL);
	gunichar before = 0;
	guint step;

	fold_word(phrase, length - !stem.whole, folded, NULL);
	for (const char *at = folded; *at != '\0'; at += step) {
		gunichar c = fold_next(at, &step);

		if (c != before)
			g_string_append_unichar(plain, c);
		before = c;
	}
	stem.folded = g_strdup(plain->str);
	stem.first = fold_next(stem.folded, &step);
	return stem;
}

static GArray *
plain_stems(const GPtrArray *phrases)
{
	GArray *stems = g_array_new(FALSE, FALSE, sizeof(Stem));

	g_array_set_clear_func(stems, clear_stem);
	for (guint i = 0; i < phrases->len; i++) {
		const char *phrase = phrases->pdata[i];

		if (*phrase != '\0' && strpbrk(phrase, " (%~") == NULL) {
			Stem stem = plain_stem(phrase);

			g_array_append_val(stems, stem);
		}
	}
	return stems;
}

Stems *
stems_new(const Sheet *sheet)
{
	const Signal *strong = sheet_signal(sheet, "strong");
	Stems *stems = g_new(Stems, 1);

	stems->strong = plain_stems(strong->phrases);
	stems->innocent = plain_stems(strong->innocent);
	return stems;
}

void
stems_free(Stems *stems)
{
	if (stems == NULL)
		return;
	g_array_unref(stems->strong);
	g_array_unref(stems->innocent);
	g_free(stems);
}

static gboolean
is_stem(const Token *token, const GArray *stems)
{
	for (guint i = 0; i < stems->len; i++) {
		const Stem *stem = &g_array_index(stems, Stem, i);

		if (fits(&token->readings[0], stem->first) &&
		    matches(token, 0, stem->folded, stem->whole, 0, 0))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_masked_word(const Token *token, const Stems *stems)
{
	return token->n >= 3 && !is_stem(token, stems->innocent) &&
	    is_stem(token, stems->strong);
}

static gboolean
is_masked(const char *start, const char *end)
{
	guint step, letters = 0, alphabets = 0, same = 0;
	gboolean inside = FALSE;
	gunichar before = 0;

	for (const char *at = start; at < end; at += step) {
		gunichar c = fold_next(at, &step);

		if (fold_is_letter(c)) {
			letters++;
			alphabets |= c < 0x250 ? 1 : 2;
			same = c == before ? same + 1 : 0;
			inside |= same >= 2;
			before = c;
		} else if (is_hiding(c) || (sign_letters(c) != NULL && at + step < end)) {
			inside = TRUE;
		}
	}
	return letters >= 2 && (inside || alphabets == 3);
}

static gboolean
is_gap(char c)
{
	return c == ' ' || c == '.' || c == '-' || c == ',' || c == '_';
}

/* The end of a run of single letters between blanks or points ("с у к а", "п.и.з"), or
 * NULL when there are fewer than three. */
static const char *
spaced_end(const char *start, const char *end)
{
	const char *last = NULL;
	guint step, letters = 0;

	for (const char *at = start; at < end;) {
		gunichar c = fold_next(at, &step);

		if ((!fold_is_letter(c) && sign_letters(c) == NULL) ||
		    (at + step < end && !is_gap(at[step])))
			break;
		at += step;
		last = at;
		letters++;
		while (at < end && is_gap(*at))
			at++;
	}
	return letters >= 3 ? last : NULL;
}

static void
try_token(
    const Scene *scene, Weigh *weigh, const char *start, const char *end, guint line)
{
	Token token;
	g_autofree char *words = NULL, *where = NULL;
	gboolean found = FALSE;

	for (guint alphabet = 0; alphabet < 2 && !found; alphabet++) {
		read_token(start, end, alphabet == 0, &token);
		found = is_masked_word(&token, scene->judge->stems);
	}
	if (!found)
		return;
	words = g_strndup(start, (gsize)(end - start));
	where = text_where(line);
	weigh_remark(weigh, "masked", words, where);
}

/* A link or an e-mail address. */
static gboolean
is_address(const char *start, const char *end)
{
	const char *at = memchr(start, '@', (gsize)(end - start));

	return memchr(start, '/', (gsize)(end - start)) != NULL ||
	    (at != NULL && memchr(at, '.', (gsize)(end - at) - 1) != NULL);
}

void
test_obscene(const Scene *scene, Weigh *weigh)
{
	const Text *text = scene->text;

	for (guint i = 0; i < text->n_lines; i++) {
		const char *at = text->bytes + text->lines[i].start,
			   *end = text->bytes + text->lines[i].end;

		while (at < end) {
			const char *stop = at, *spaced;

			while (stop < end && *stop != ' ')
				stop++;
			spaced = spaced_end(at, end);
			if (spaced != NULL && spaced >= stop)
				try_token(scene, weigh, at, spaced, i);
			else if (stop - at >= 3 && !is_address(at, stop) &&
			    is_masked(at, stop))
				try_token(scene, weigh, at, stop, i);
			at = spaced != NULL && spaced >= stop ? spaced : stop;
			while (at < end && *at == ' ')
				at++;
		}
	}
}
