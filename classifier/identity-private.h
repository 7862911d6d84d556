/* What the finders of an identity share. */
#pragma once

#include "bounce.h"
#include "identity.h"
#include "lexicon.h"
#include "names.h"
#include "wordlist.h"

struct Identity {
	Names *names;
	WordList *languages, *numbers;
	Bounces *bounces;
	Lexicon *lexicon, *own_lexicon; /* the latter may be NULL */
	const Sheet *author, *phone, *confidential, *kind;
};

/* A telephone number in the text. */
typedef struct {
	guint first, end;  /* words */
	gsize start, stop; /* bytes, with the plus sign or bracket before it */
	double score;      /* how much it is the author's own */
	gboolean spelled;  /* in words */
} Phone;

/* A letter before the finders. */
typedef struct {
	const Identity *identity;
	Reading *reading;
	const Text *text;
	const GArray *finds; /* of Find, all sheets */
	GArray *phones;      /* of Phone, in the order of the text */
	guint *classes;      /* NameClass bits of each word */
	guint name_first,
	    name_end; /* the author's name in the text; equal when it is not there */
} Sight;

WordList *language_load(const char *folder, GError **error);
WordList *phone_words_load(const char *folder, GError **error);

/* The digits of a number that is written in words from word `first` on, or NULL. */
char *phone_words_digits(const Sight *sight, guint first, guint *ret_end);

/* The finders.  phones_find() comes first, for a name is looked for beside a number, and
 * the author's number beside his name. */
void phones_find(Sight *sight);
void phone_fill(Sight *sight);
void name_fill(Sight *sight);
void email_fill(Sight *sight);
void language_fill(Sight *sight);
void kind_fill(Sight *sight);
void confidential_fill(Sight *sight);

/* Where no name was found: the words first..last that may be one all the same.  What
 * stands outside of the text (From, the address) is told as first > last. */
gboolean name_find_maybe(
    const Sight *sight, const Reading *reading, guint *ret_first, guint *ret_last);

/* The finds of a signal that begin within words first..end (exclusive), in order. */
const Find *sight_finds(const Sight *sight, const Sheet *sheet, const char *signal,
    guint first, guint end, guint *ret_n);
/* The first find of a signal that ends with the word before `word`, or begins at it. */
const Find *sight_find_before(
    const Sight *sight, const Sheet *sheet, const char *signal, guint word);
const Find *sight_find_at(
    const Sight *sight, const Sheet *sheet, const char *signal, guint word);
/* Any find of a signal that lies within words first..end (exclusive). */
const Find *sight_find_within(
    const Sight *sight, const Sheet *sheet, const char *signal, guint first, guint end);
