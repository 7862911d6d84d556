/* A folder of labelled letters: *.eml, and labels.tsv with a line for each, in the form
 * that tests/score reads.  A letter is known by its name there and is added once. */
#pragma once

#include <glib.h>

typedef struct Labels Labels;

/* What labels.tsv says of a letter, in the order of its columns. */
typedef struct {
	const char *file, *lang, *kind, *outcome, *rules, *topic, *name, *phone,
	    *confidential, *hard, *why;
} Label;

/* Makes the folder, or opens one that holds nothing else; its letters all begin with
 * `prefix`.  FAULT_SETUP names what does not belong there. */
Labels *labels_open(const char *folder, const char *prefix, GError **error);
void labels_close(Labels *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Labels, labels_close)

gboolean labels_has(const Labels *labels, const char *file);
/* The bytes first, then the line: a crash between them leaves nothing that the next run
 * does not mend. */
gboolean labels_add(
    Labels *labels, const Label *label, const char *bytes, gsize length, GError **error);
