/* Linear support vector machines (L2 loss, dual coordinate descent), one an output, over
 * the features of classifier/linear.h weighted by their rarity, and over signals that are
 * simply there or not.  The same examples in the same order make the same bytes. */
#pragma once

#include "text.h"

#define MOST_OUTPUTS 16

typedef struct {
	GArray *features;            /* of guint, each once */
	GArray *signals;             /* of guint, each once */
	guint32 labels;              /* a bit an output */
	double weight;               /* how much its mistakes cost, beside the others' */
	double offset[MOST_OUTPUTS]; /* what is known before learning, an output */
} Example;

/* A new example of weight 1, with the text's features.  It lives as long as the program.
 */
Example *learn_example(const Text *text);
/* Its value is always the same, however long the text is. */
void learn_signal(Example *example, const char *name);
/* Makes the rare label cost as much as the frequent one: an example's weight is that of
 * its rarest label.  `n` labels. */
void learn_balance(guint n);

/* Learns the outputs and writes them.  `positive`: how much more it costs to miss an
 * output than to tell a wrong one. */
void learn_write(
    const char *file, const char *const *outputs, double cost, double positive);
