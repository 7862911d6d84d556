/* Learned weights: a sum over a letter's words, stems and word pairs, one output a topic
 * or rule.  The weights are a text file, one feature a line with a hundredth as unit:
 *
 *     # comment
 *     outputs academic research …
 *     bias -12 3 …
 *     w:стипендия -80 -5 140 …
 *
 * They are made by tests/train (the recipe is there); nothing is learned at run time. */
#pragma once

#include "text.h"

typedef struct Linear Linear;

/* What a letter shows, each feature once.  `word` is the word where it stands. */
typedef void (*FeatureTaker)(
    gpointer data, const char *feature, gsize length, guint word);
void linear_features(const Text *text, FeatureTaker taker, gpointer data);

/* The outputs must be `names` in this order.  "file:line: what was expected"
 * (FAULT_SETUP). */
Linear *linear_load(const char *file, const char *const *names, GError **error);
void linear_free(Linear *linear);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Linear, linear_free)

/* The letter seen once for any number of weight files. */
typedef struct Seen Seen;
Seen *seen_new(const Text *text);
void seen_free(Seen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Seen, seen_free)

/* One score an output. */
void linear_score(const Linear *linear, const Seen *seen, double *ret_scores);
/* The words that speak most for an output, at most `most`: "стипендия +1.4, …".  Free
 * with g_free(); NULL when there is none. */
char *linear_explain(
    const Linear *linear, const Seen *seen, const Text *text, guint output, guint most);
