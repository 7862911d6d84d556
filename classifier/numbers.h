/* The numbers of a letter and what they are: telephones, cards, identity numbers (IIN),
 * accounts, documents, sums of money.  They also tell the word lists which words are
 * %phone, %card and so on. */
#pragma once

#include "text.h"

typedef enum {
	NUMBER_PLAIN,
	NUMBER_MONEY,
	NUMBER_PHONE,
	NUMBER_IIN,      /* twelve digits that begin with a date */
	NUMBER_CARD,     /* sixteen digits */
	NUMBER_ACCOUNT,  /* an IBAN */
	NUMBER_DOCUMENT, /* of an identity card or a passport */
} NumberKind;

typedef struct {
	NumberKind kind;
	gboolean valid;    /* its check digit fits (IIN: weights modulo 11; card: Luhn) */
	guint first, last; /* words */
	char digits[24];
} Number;

typedef struct {
	GArray *numbers; /* of Number, in the order of the text */
	guint *kinds;    /* WordKind bits of each word */
} Numbers;

/* Is this one of the hosts (NULL-terminated; or NULL), or below one?  A host that begins
 * with a dot stands for every host with that ending. */
gboolean numbers_is_host(const char *host, gsize length, const char *const *hosts);

/* `own_hosts` (NULL-terminated) are hosts whose links are no %link: "abai.kz" stands for
 * every host that ends in it. */
Numbers *numbers_find(const Text *text, const char *const *own_hosts);
void numbers_free(Numbers *numbers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Numbers, numbers_free)

/* Twelve digits: a date, a century and sex digit, and the check digit of the national
 * rule. */
gboolean iin_is_plausible(const char *digits);
gboolean iin_is_valid(const char *digits);
gboolean card_is_valid(const char *digits);
