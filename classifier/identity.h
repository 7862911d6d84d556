/* Who wrote a letter and what it is: the fields of a Reading under "who and what".
 *
 * Each finder reads the same Text and fills its own fields.  Words, names and weights are
 * data files; a mistake in one is told with its file and line. */
#pragma once

#include "lexicon.h"
#include "reading.h"
#include "text.h"

typedef struct Identity Identity;

/* Its sheets join the lexicon, which must outlive it, or with NULL one of its own.
 * FAULT_SETUP. */
Identity *identity_load(const char *folder, Lexicon *lexicon, GError **error);
void identity_free(Identity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Identity, identity_free)

/* Fills language, name, phone, email, confidential and case_number; the kind only says
 * whether a program wrote the letter (else KIND_APPEAL). */
void identity_fill(const Identity *identity, Reading *reading);
/* The same from the Reading's text that is taken apart already, and what its lexicon
 * finds there. */
void identity_fill_from(
    const Identity *identity, const Text *text, const GArray *finds, Reading *reading);

/* Of a letter in which no name was found: may the words first..last be one all the same?
 * With first > last it is what stands in From and the text together. */
gboolean identity_maybe_name(const Identity *identity, const Text *text,
    const GArray *finds, const Reading *reading, guint *ret_first, guint *ret_last);
