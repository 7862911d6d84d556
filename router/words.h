/* A text as a row of folded words, for finding people and what is said of them.
 *
 * Folding writes every word in plain Latin by its sound, so that Ахметов, Aхметов with a
 * Latin A, Akhmetov and АХМЕТОВ are one word, and so are Қуаныш, Куаныш and Kuanysh.  It
 * is for matching only, never for showing. */
#pragma once

#include <glib.h>

typedef struct {
	char *fold;
	guint sentence, clause; /* numbers; a sentence begins a new clause */
	gboolean capital;       /* its first letter is one */
	gboolean shouted;       /* all letters are */
	gboolean initial;       /* "С.", "Zh." */
	guint plain;            /* letters before the first that only Kazakh has */
	char before;            /* ':' or '-' that stands before it, or 0 */
} Word;

char *word_fold(const char *text, gssize length);

/* The words of subject and text; the subject is the first sentence.  An array of Word. */
GArray *words_split(const char *subject, const char *text);
