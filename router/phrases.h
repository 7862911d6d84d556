/* Phrases from a data file, in named groups, to be found in a row of words (words.h). */
#pragma once

#include "words.h"

typedef struct Phrases Phrases;

/* A file of "[group]" lines and phrases below them; "#" starts a comment, "*" stands for
 * any ending.  `groups` are the names that must stand there, no others, NULL-terminated.
 * A mistake reads "file:line: what"; FAULT_SETUP. */
Phrases *phrases_load(const char *file, const char *const *groups, GError **error);
void phrases_free(Phrases *phrases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Phrases, phrases_free)

/* The word behind the longest phrase of the group that begins at word `at`; 0 for none. A
 * phrase stays within a sentence. */
guint phrases_match(const Phrases *phrases, guint group, GArray *words, guint at);
