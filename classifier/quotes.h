/* How mail programs mark what they quote: phrases of attribution lines, separators, the
 * labels of a repeated header, the classes of quoting HTML elements.  From
 * data/quotes.txt. */
#pragma once

#include <glib.h>

/* What a line of the file adds to. */
typedef enum {
	QUOTE_ATTRIBUTION, /* how a line ends that introduces a quote: "wrote:" */
	QUOTE_ORIGINAL,    /* a separator above the letter that is replied to */
	QUOTE_FORWARD,     /* a separator above a forwarded letter */
	QUOTE_FROM,        /* labels of a repeated header */
	QUOTE_SENT,
	QUOTE_TO,
	QUOTE_SUBJECT,
	QUOTE_CLASS,  /* a word of class= or id= of an HTML element that holds a quote */
	QUOTE_DEVICE, /* how a line begins that a telephone puts below every letter */
	N_QUOTE_KINDS,
} QuoteKind;

typedef struct {
	GPtrArray *words[N_QUOTE_KINDS]; /* lower case */
} Quotes;

/* A mistake reads "file:line: what was expected" (FAULT_SETUP). */
Quotes *quotes_load(const char *file, GError **error);
void quotes_free(Quotes *quotes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Quotes, quotes_free)
