/* What the loader and the matcher of the word lists share. */
#pragma once

#include "fold.h"
#include "lexicon.h"

#define MOST_ELEMENTS 8

/* One word of a phrase: a symbol or a kind, up to `gap` words after the one before. */
typedef struct {
	guint32 symbol;
	guint8 kind;
	guint8 gap;
} Element;

typedef struct {
	guint16 sheet, signal;
	guint8 innocent;
	guint8 n_elements;
	Element elements[MOST_ELEMENTS];
} Phrase;

/* A folded word, or the beginning of one, with the chains of the symbols that it stands
 * for as a whole word and as a stem. */
typedef struct {
	guint32 at, length; /* in `letters` */
	guint32 wholes, stems;
} Spelling;

/* Spellings by open addressing.  The hash grows letter by letter, so that all beginnings
 * of a word are tried in one walk, and no try waits for the one before. */
typedef struct {
	guint32 tag;      /* of the hash */
	guint32 spelling; /* its index; 0: free */
} Slot;

/* Most beginnings are none: a small filter that stays in the cache says so of them. */
#define FILTER_BITS 2 /* as a power of two */

/* Lists are chains of cells in one array; the first cell is none. */
typedef struct {
	guint32 value, next;
} Cell;

/* A phrase that begins with a symbol. */
typedef struct {
	guint32 phrase, next;
	guint32 second; /* the symbol of its second word; 0: it has none */
} Start;

/* At most so many finds of a signal in one letter are kept; more prove nothing further.
 */
#define MOST_FINDS 200

struct Lexicon {
	GPtrArray *sheets;
	guint bits;
	Slot *slots;
	guint64 *filter;   /* FILTER_BITS a slot: may such a hash be there? */
	GArray *spellings; /* of Spelling; the first is none */
	GString *letters;
	gsize longest;       /* bytes of a spelling */
	GHashTable *symbols; /* an element as written → its number */
	guint n_symbols;
	GArray *cells;     /* of Cell, for symbols */
	GArray *starts;    /* of Start, likewise */
	GArray *by_symbol; /* symbol → its first Start */
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
