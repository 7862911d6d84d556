/* A text as a row of folded words that know where they stand, for reading commands and
 * dates.  A run of digits is a word of its own: "20th" is two. */
#pragma once

#include "phrases.h"

typedef struct {
	gsize start, end; /* bytes of the text */
	gboolean digits;
} Span;

typedef struct {
	const char *text; /* belongs to the caller */
	GArray *words;    /* of Word, for phrases_match() */
	GArray *spans;    /* of Span, one a word */
} Row;

/* The words between two bytes of a text. */
Row *row_split(const char *text, gsize start, gsize end);
void row_free(Row *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Row, row_free)

guint row_length(const Row *row);
const Span *row_span(const Row *row, guint at);
/* The number that stands there, or -1. */
int row_number(const Row *row, guint at);
gsize row_digits(const Row *row, guint at); /* how many digits, 0 for a word */
/* Does nothing but these marks (and blanks, when there is one among them) stand between
 * the word and the next? */
gboolean row_gap_is(const Row *row, guint at, const char *marks);
gboolean row_gap_has(const Row *row, guint at, const char *marks);
/* Are all letters of these words capitals, two at least? */
gboolean row_is_shouted(const Row *row, guint from, guint until);
/* The word behind the group's phrase at this word; the word itself when there is none. */
guint row_skip(const Row *row, const Phrases *phrases, guint group, guint at);
