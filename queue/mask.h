/* Takes the personal data out of a letter's text and puts inventions in its place.
 *
 * Found are: the author's name as the classifier read it, in all its parts and endings,
 * and the display name; words with a capital that end like surnames or patronymics, and
 * common given names; telephones and every other row of six digits and more; e-mail
 * addresses, accounts, the paths of links; postal addresses by their words.  Dates and
 * our own case numbers stay.  It is made for ordinary letters: who tells in other words
 * who he is, is not hidden by it. */
#pragma once

#include "invent.h"
#include "reading.h"

typedef struct Mask Mask;

/* For one letter; `data` and `reading` must outlive it.  `own_host` is the university's,
 * whose addresses keep it. */
Mask *mask_new(const RedactData *data, const Reading *reading, const char *own_host);
void mask_free(Mask *mask);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mask, mask_free)

/* An address in place of the author's, which can stand in a header. */
char *mask_author_address(const Mask *mask);
/* The text without personal data; NULL stays NULL.  NULL with FAULT_LETTER when the text
 * could not be searched. */
char *mask_apply(Mask *mask, const char *text, GError **error);
