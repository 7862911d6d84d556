/* The word lists: what a test looks for, as an administrator writes it down.  A sheet is
 * one file of signals; a signal has a weight, a reason, conditions, and phrases in three
 * languages.  data/README describes the format.
 *
 * All sheets of a lexicon are matched together in one pass over the words, whose spelling
 * is folded (fold.h) on both sides. */
#pragma once

#include "text.h"

/* Kinds of words, for % in phrases. */
typedef enum {
	WORD_NUMBER = 1 << 0, /* %number: any digits */
	WORD_MONEY = 1 << 1,  /* %money: a number with a currency, or a large round one */
	WORD_PHONE = 1 << 2,  /* %phone */
	WORD_LINK = 1 << 3,   /* %link: a web address, not of the university */
	WORD_IIN = 1 << 4,    /* %iin */
	WORD_CARD = 1 << 5,   /* %card */
	WORD_CAPITAL =
	    1 << 6, /* %name: begins with a capital, not at the start of a sentence */
	WORD_HANDLE = 1 << 7, /* %handle: @somebody */
} WordKind;

typedef struct Lexicon Lexicon;

/* A bit a signal. */
#define MOST_SIGNALS 64

typedef struct {
	char *name;
	char *test; /* "sheet/name" */
	char *why;
	double weight, most; /* most: of all finds together, same sign as weight */
	double quoted;
	GArray *with; /* of guint64: of each, one signal must be found (bits by index) */
	guint64 without, near; /* none of these may be found; one of these must be near */
	GPtrArray *phrases;    /* of char *, as written; empty: found by code */
	GPtrArray *innocent;   /* the same of its "but" lines */
	guint index;           /* in the sheet */
} Signal;

typedef struct {
	char *name;
	double value;
} Limit;

typedef struct {
	char *name;
	double hold, reject; /* HUGE_VAL unless said */
	GPtrArray *signals;  /* of Signal */
	GPtrArray *limits;   /* of Limit */
	GHashTable *by_name; /* name → Signal */
	guint index;         /* in the lexicon */
} Sheet;

/* One find: the words first..last, inclusive. */
typedef struct {
	guint16 sheet, signal;
	guint first, last;
	gboolean quoted;
	gboolean innocent, covered; /* only while matching */
} Find;

Lexicon *lexicon_new(void);
void lexicon_free(Lexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)

/* Adds a file's sheet.  A mistake reads "file:line: what was expected" (FAULT_SETUP). The
 * sheet belongs to the lexicon. */
const Sheet *lexicon_load(Lexicon *lexicon, const char *file, GError **error);
/* The same from memory, `file` being what mistakes call it. */
const Sheet *lexicon_parse(
    Lexicon *lexicon, const char *file, const char *text, GError **error);

/* Every find (Find) of every sheet, by signal and place; innocent ones are left out.
 * `kinds` has the WordKind bits of each word.  Free with g_array_unref(). */
GArray *lexicon_match(const Lexicon *lexicon, const Text *text, const guint *kinds);
/* Those of one sheet; NULL when there are none. */
const Find *finds_of_sheet(const GArray *finds, const Sheet *sheet, guint *ret_n);

/* NULL when the sheet has no such signal. */
const Signal *sheet_signal(const Sheet *sheet, const char *name);
double sheet_limit(const Sheet *sheet, const char *name, double fallback);
