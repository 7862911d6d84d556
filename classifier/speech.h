/* How much a word looks like one: the three-letter groups of Kazakh, Russian and English.
 *
 * The data file counts the groups in ordinary letters, "^" for a word's beginning and "$"
 * for its end: "^жа 412".  It is made by tests/train. */
#pragma once

#include "text.h"

typedef struct Speech Speech;

/* "file:line: what was expected" (FAULT_SETUP). */
Speech *speech_load(const char *file, GError **error);
void speech_free(Speech *speech);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Speech, speech_free)

typedef void (*GroupTaker)(gpointer data, guint64 group);
/* The groups of a folded word, as numbers; speech_group_text() spells one. */
void speech_groups(const char *folded, GroupTaker taker, gpointer data);
char *speech_group_text(guint64 group);

/* The mean of log10(1 + count) over the word's groups, counts out of 300,000: about 2 for
 * words, below 1 for noise. */
double speech_word(const Speech *speech, const TextWord *word);
