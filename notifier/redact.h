/* Confidential cases (5.5, 5.6): the official reads what is asked, not who asks.
 *
 * Takes out the author's name in all its parts and endings, his telephone, every e-mail
 * address, telephone number, account name and row of ten digits, and the rest of a line
 * behind a word that announces an address.  It is made for ordinary letters: who tells in
 * other words who he is, is not hidden by it. */
#pragma once

#include "reading.h"

typedef struct Redactor Redactor;

/* `labels` is the data file redact.txt: words behind which a postal address stands. */
char **redact_load_labels(const char *file, GError **error);

Redactor *redactor_new(
    const Reading *reading, const char *const *labels, const char *mark);
void redactor_free(Redactor *redactor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Redactor, redactor_free)

/* The text with a mark where something was taken out; NULL stays NULL. */
char *redactor_apply(const Redactor *redactor, const char *text);
