/* The classifier's work: received letters become judged ones. */
#pragma once

#include "judge.h"
#include "quotes.h"
#include "settings.h"
#include "store.h"

#include <stdio.h>

/* [classifier] */
typedef struct {
	int modes[N_RULES];     /* RuleMode */
	gint64 max_letter_time; /* seconds */
	gint64 max_attempts;
	char *data; /* the folder of the data files, or NULL for the installed one */
} ClassifierSettings;
extern const Setting classifier_settings[];

typedef struct Classifier Classifier;

/* Loads and lints the data files (FAULT_SETUP).  `settings` NULL means the defaults, and
 * so does a field that is zero; `own_address` is the mailbox's, or NULL. */
Classifier *classifier_new(
    const ClassifierSettings *settings, const char *own_address, GError **error);
void classifier_free(Classifier *classifier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Classifier, classifier_free)

/* Judges all letters that are there.  Letters that make the reader crash or hang count an
 * attempt each and get stuck by themselves; the others are not delayed by them.  When the
 * reader dies of a good letter as well, that is FAULT_SETUP, and no letter counts it. */
gboolean classify_pass(Classifier *classifier, Store *store, gint64 now, GError **error);

/* Judges stored letters again and prints an object a line of what became of each: codes
 * only, no personal data.  Their ids are read from `in`, a line each.  Nothing in the
 * store changes. */
gboolean classify_replay(Classifier *classifier, Store *store, FILE *in, GError **error);

/* Says of each file ("-": standard input) what the classifier makes of it, on standard
 * output: one JSON object a line, or a text for people.  A file that can't be read is a
 * line as well, and FAULT_LETTER in the end. */
gboolean classify_explain(
    Classifier *classifier, char *const *files, gboolean as_json, GError **error);
