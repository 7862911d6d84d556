/* The data behind the hiding of authors: redact.txt.
 *
 * Names are compared by their key, in which the spellings of the two scripts and three
 * languages are one: Айгерім, Айгерим, Aigerim and Aygerim have the same. */
#pragma once

#include <glib.h>

typedef struct RedactWords RedactWords;

/* FAULT_SETUP with file and line. */
RedactWords *redact_words_load(const char *file, GError **error);
void redact_words_free(RedactWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RedactWords, redact_words_free)

/* The key of a word, `length` bytes of it; of what has no letters, an empty one. */
char *redact_words_key(const RedactWords *words, const char *word, gsize length);
/* A word of mailboxes that is nobody's name. */
gboolean redact_words_is_no_name(const RedactWords *words, const char *key);

/* Words of a section, "address", "account" or "money", as alternatives of a pattern. */
char *redact_words_pattern(const RedactWords *words, const char *section);
