/* What one sheet's finds in a letter say, as names of signals that learned weights know
 * (features "t:NAME", linear.h):
 *
 *     NAME          the sheet's signal was found
 *     again/NAME    more than once
 *     subject/NAME  in the subject
 *     first/NAME    in the author's first sentence
 *     last/NAME     in one of his last two
 *
 * Each name is told once. */
#pragma once

#include "lexicon.h"

typedef void (*SignTaker)(gpointer data, const char *name);

/* One of the author's own sentences: no greeting, no signature, nothing that he quotes.
 */
gboolean signs_is_own(const Text *text, const TextSentence *sentence);

/* `finds` are one sheet's, by signal.  Only with `places` "first" and "last" are told. */
void signs_tell(const Sheet *sheet, const Text *text, const Find *finds, guint n_finds,
    gboolean places, SignTaker taker, gpointer data);
