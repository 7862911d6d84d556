/* Lists of words in sections: names, endings of languages.
 *
 *     # comment
 *     [section]
 *     word beginning* -ending
 *
 * A word answers with the bits of all sections it stands in, as a whole, by its beginning
 * or by its ending. */
#pragma once

#include "text.h"

#define WORD_KEY_SPACE 64

typedef struct {
	const char *name;
	guint class;
} WordSection;

/* How a word is spelt in the list; `ret_key` has room for WORD_KEY_SPACE bytes. */
typedef void (*WordKey)(const TextWord *word, char *ret_key);

typedef struct WordList WordList;

/* `sections` ends with a NULL name. */
WordList *wordlist_new(const WordSection *sections, WordKey key);
void wordlist_free(WordList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WordList, wordlist_free)

/* Adds a file; a mistake reads "file:line: what was expected" (FAULT_SETUP). */
gboolean wordlist_load(WordList *list, const char *file, GError **error);

guint wordlist_whole(const WordList *list, const char *key);
/* A short beginning takes no long rest: "досым*" is not "Досымбетова". */
guint wordlist_beginning(const WordList *list, const char *key);
/* At least two Cyrillic letters must stand before an ending. */
guint wordlist_ending(const WordList *list, const char *key);
/* A key that is an ending itself. */
guint wordlist_is_ending(const WordList *list, const char *key);
