/* What the three parts of finding a name hand to each other. */
#pragma once

#include "identity-private.h"

/* One part of a name: a word, words joined by a hyphen, or "Серік ұлы". */
typedef struct {
	guint first, end;
	guint class;
	gboolean initial;
	gboolean vague; /* like a patronymic, but of no name that is known: "Гуревич" */
} Element;

typedef struct {
	const char *where; /* "signature", "text", "from" */
	guint first, end;
	guint line;
	double quality, standing;
	gboolean known;  /* has a known given name */
	gboolean unsure; /* in small letters, and a word of it is in no list */
} Candidate;

typedef struct {
	const Sight *sight;
	Text *from;        /* the display name */
	Text *local;       /* the local part of the address */
	gboolean shouting; /* the letter is in capitals: they say nothing */
	gboolean elder;    /* From is "X апай": she may leave her family name out */
	guint last_line;   /* the last that is not blank */
} Search;

void name_search_open(Search *search, const Sight *sight, const Reading *reading);
void name_search_close(Search *search);

/* The elements of the run of words that begins at `first`; returns its end. */
guint name_elements(const Search *search, const Text *text, const guint *classes,
    guint first, guint limit, GArray *elements);
/* How much these elements are one full name, and whether one that is known; 0 when they
 * are none. */
double name_quality(
    const Text *text, const Element *elements, guint n_elements, Candidate *ret_name);
/* Whether some of them are written in small letters. */
gboolean name_is_lower(const Text *text, const Element *elements, guint n_elements);
/* Whether they are a given name and a patronymic that serves as the family name. */
gboolean name_is_filial(const Element *elements, guint n_elements);
/* How many of the words first..end (exclusive) another text has. */
guint name_shared(const Text *text, const Text *other, guint first, guint end);

/* Whether the display name of From is a full name, titles before it aside. */
gboolean name_in_display(const Search *search, Candidate *ret_name);
/* Both halves of a name, each behind a label of its own, or NULL.  Free with g_free(). */
char *name_in_form(const Sight *sight);

/* How much a name in the text is the author's. */
double name_standing(const Search *search, const Candidate *name);
/* Is nothing but what people put there (what and where they study, a group, "тел")
 * between a name and a number? */
gboolean name_leads_to_phone(const Search *search, const Candidate *name);
/* A given name with -ұлы is how people address each other, too: it must be signed or said
 * to be the author's. */
gboolean name_is_signed(const Search *search, const Candidate *name);
/* A name in small letters must be introduced, lead to a number, or have the line for
 * itself. */
gboolean name_may_be_lower(const Search *search, const Candidate *name);
