/* Folding: bringing the many ways of typing one word to one spelling, for matching only,
 * never for showing.
 *
 * The first folding lowers the case, makes ё е and й и, gives Kazakh letters the form
 * people type on a Russian keyboard (қ к, ә а, ң н, ө о, ү and ұ у, і и, ғ г, һ х),
 * strips accents from Latin letters, and replaces letters of the other alphabet that look
 * alike within one word.  The second folding writes a Latin word in folded Cyrillic,
 * whether it was spelt by the Kazakh alphabets of 2019 and 2021 or as people write it at
 * home (sh, ch, zh, gh …).
 *
 * Words and phrases of data files go through the same functions, so they may be written
 * as one writes them. */
#pragma once

#include <glib.h>

typedef enum {
	SCRIPT_NONE,
	SCRIPT_LATIN,
	SCRIPT_CYRILLIC,
	SCRIPT_MIXED, /* letters of both: folded as the one it is meant to be */
	SCRIPT_DIGIT,
	SCRIPT_OTHER,
} Script;

typedef enum { CASE_NONE, CASE_LOWER, CASE_TITLE, CASE_UPPER, CASE_CAMEL } LetterCase;

/* What was seen while folding a word. */
typedef struct {
	Script script;
	LetterCase letter_case;
	guint letters;     /* code points */
	gboolean cyrillic; /* the folding is Cyrillic */
	gboolean kazakh;   /* it has a letter that Kazakh has and Russian has not */
} FoldedWord;

/* Bytes that fold_word and fold_latin may write for `length` bytes, the final NUL
 * included. */
#define FOLD_SPACE(length) (3 * (length) + 1)

/* The first folding of one word (valid UTF-8, no blanks).  Returns the bytes written
 * without the NUL. */
gsize fold_word(const char *word, gsize length, char *ret_folded, FoldedWord *ret_seen);

/* The second folding of a Latin word. */
gsize fold_latin(const char *word, gsize length, char *ret_folded);

/* A whole text: its words folded, separated by one blank, nothing else.  Free with
 * g_free(). */
char *fold_text(const char *text);

/* The same as fold_is_letter() for what is not of the two usual alphabets. */
gboolean fold_is_rare_letter(gunichar c);

/* What words are made of: letters, and the marks that combine with them. */
static inline gboolean
fold_is_letter(gunichar c)
{
	if (c < 0x80)
		return g_ascii_isalpha((char)c);
	return (c >= 0x410 && c < 0x450) || fold_is_rare_letter(c);
}

/* Writes a code point as UTF-8, up to six bytes; returns how many. */
static inline gsize
fold_put(char *out, gunichar c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	return (gsize)g_unichar_to_utf8(c, out);
}

/* The next code point and its length; a little faster than GLib's, for valid UTF-8. */
static inline gunichar
fold_next(const char *text, guint *ret_length)
{
	const guchar *s = (const guchar *)text;

	if (s[0] < 0x80) {
		*ret_length = 1;
		return s[0];
	}
	if (s[0] < 0xe0) {
		*ret_length = 2;
		return (gunichar)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
	}
	*ret_length = s[0] < 0xf0 ? 3 : 4;
	return g_utf8_get_char(text);
}
