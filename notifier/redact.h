/* Confidential cases (5.5, 5.6): the official reads what is asked, not who asks.
 *
 * Takes out the author's name in all its parts, endings and spellings of either script,
 * e-mail addresses, account names, rows of six digits and more however they are grouped
 * (not dates, years, sums of money and our own case numbers), and the rest of a line
 * behind a word that announces a postal address.  It is made for ordinary letters: who
 * tells in other words who he is, is not hidden by it. */
#pragma once

#include "reading.h"
#include "redact-words.h"

typedef struct Redactor Redactor;

/* Hides the author of a letter; `also` is another letter of his, or NULL: each may tell
 * what the other does not.  `words` must outlive it. */
Redactor *redactor_new(const Reading *reading, const Reading *also,
    const RedactWords *words, const char *mark);
void redactor_free(Redactor *redactor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Redactor, redactor_free)

/* The text with a mark where something was taken out; NULL stays NULL. */
char *redactor_apply(const Redactor *redactor, const char *text);
