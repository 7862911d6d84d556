/* Learned weights: a sum over a letter's words, stems and word pairs, and over what tests
 * found in it, one output a topic or rule.  The weights are text files, one feature a
 * line with a hundredth as unit:
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

/* What a letter shows.  `word` is the word where it stands. */
typedef void (*FeatureTaker)(
    gpointer data, const char *feature, gsize length, guint word);
void linear_features(const Text *text, FeatureTaker taker, gpointer data);

typedef struct {
	const char *path;
	const char *const *outputs; /* that it must have, in this order */
} WeightFile;

/* Several files lie in one table, so that a feature is looked up once for all of them.
 * "file:line: what was expected" (FAULT_SETUP). */
Linear *linear_load(const WeightFile *files, guint n_files, GError **error);
void linear_free(Linear *linear);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Linear, linear_free)

/* A letter's features that have weights, each where it stands first.  The table must
 * outlive it. */
typedef struct Seen Seen;
Seen *seen_new(const Linear *linear, const Text *text);
void seen_free(Seen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Seen, seen_free)

/* Adds the weights of a signal that tests found (a feature "t:NAME") to the scores of the
 * file with this number. */
void linear_add_signal(
    const Linear *linear, guint file, const char *name, double *scores);

/* One score an output of the file with this number. */
void seen_score(const Seen *seen, guint file, double *ret_scores);
/* The words that speak most for an output, at most `most`: "стипендия +1.4, …".  Free
 * with g_free(); NULL when there is none. */
char *seen_explain(
    const Seen *seen, guint file, guint output, const Text *text, guint most);
