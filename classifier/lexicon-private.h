/* What the loader and the matcher of the word lists share. */
#pragma once

#include "fold.h"
#include "lexicon.h"

#define MOST_ELEMENTS 8

/* One word of a phrase: a symbol or a kind, up to `gap` words after the one before. */
typedef struct {
	guint symbol;
	guint kind;
	guint gap;
} Element;

typedef struct {
	guint16 sheet, signal;
	gboolean innocent;
	guint n_elements;
	Element elements[MOST_ELEMENTS];
} Phrase;

/* What one letter leads to: the next node, and the chains of the symbols of whole words
 * and of stems that end there. */
typedef struct {
	guint64 key; /* of node and letter; 0: free */
	guint32 node;
	guint32 wholes, stems;
} Edge;

/* Edges by open addressing; node 0 is the root.  All that a step needs lies together, for
 * it is far from the step before. */
typedef struct {
	guint bits, used;
	Edge *edges;
} Trie;

/* Lists are chains of cells in one array, so that walking a word touches little memory.
 */
typedef struct {
	guint value, next;
} Cell;

/* At most so many finds of a signal in one letter are kept; more prove nothing further.
 */
#define MOST_FINDS 200

struct Lexicon {
	GPtrArray *sheets;
	Trie trie;
	GHashTable *symbols; /* spelling of an element → its number */
	guint n_symbols;
	GArray *cells;     /* of Cell; the first is none */
	GArray *by_symbol; /* symbol → the first Cell of the phrases it begins */
	GArray *by_kind;   /* phrases that begin with a kind of word */
	GArray *phrases;   /* of Phrase */
};

/* The number of an element ("word", "stem*", "(a|b*)"); *ret_new when its spellings must
 * still be added. */
guint lexicon_symbol(Lexicon *lexicon, const char *element, gboolean *ret_new);
void lexicon_add_spelling(
    Lexicon *lexicon, const char *spelling, gboolean stem, guint symbol);
void lexicon_add_phrase(Lexicon *lexicon, const Phrase *phrase);
void sheet_free(gpointer sheet);
