/* What the three parts of finding a name hand to each other. */
#pragma once

#include "identity-private.h"

/* One part of a name: a word, words joined by a hyphen, or "Серік ұлы". */
typedef struct {
	guint first, end;
	guint class;
	gboolean initial;
} Element;

typedef struct {
	const char *where; /* "signature", "text", "from" */
	guint first, end;
	guint line;
	double quality, standing;
	gboolean known; /* has a known given name */
} Candidate;

typedef struct {
	Sight *sight;
	Text *from;        /* the display name */
	Text *local;       /* the local part of the address */
	gboolean shouting; /* the letter is in capitals: they say nothing */
	guint last_line;   /* the last that is not blank */
} Search;

/* The elements of the run of words that begins at `first`; returns its end. */
guint name_elements(const Search *search, const Text *text, const guint *classes,
    guint first, guint limit, GArray *elements);
/* How much these elements are one full name; 0 when they are none. */
double name_quality(
    const Text *text, const Element *elements, guint n_elements, gboolean *ret_known);
/* Whether some of them are written in small letters. */
gboolean name_is_lower(const Text *text, const Element *elements, guint n_elements);
/* How many of the words first..end (exclusive) another text has. */
guint name_shared(const Text *text, const Text *other, guint first, guint end);

/* How much a name in the text is the author's. */
double name_standing(const Search *search, const Candidate *name);
/* A name in small letters must have a number right behind it, or the line for itself. */
gboolean name_may_be_lower(const Search *search, const Candidate *name);
