/* The tests seen together: weights learned over a letter's words and over what each test
 * found (data/learned.weights), against the same for a fair letter.  One test may see too
 * little to speak, or too much in an innocent word; together they know better.
 *
 * The margin is how far the best rule lies above "fair".  data/joint.txt says what it
 * does: from `hold` on a person must look although no test asked for it; from `reject` on
 * the machine refuses what a test would only hold; below `limit fair` a hold falls; below
 * `limit refuse` nothing is refused without a person.  From `limit urgent` on, what would
 * be refused is urgent, too. */
#pragma once

#include "judge-private.h"

/* The outputs: the rules, "fair", and "urgent": it speaks of crime, violence, danger. */
#define JOINT_FAIR N_RULES
#define JOINT_URGENT (N_RULES + 1)
#define N_JOINT (N_RULES + 2)
extern const char *const joint_names[N_JOINT + 1];

typedef enum { STATE_NONE, STATE_HOLD, STATE_REJECT } State;

/* What the tests found, by names that the weights know: "unlawful/bribe" for a find,
 * "unlawful>0.8" for a score; each once. */
typedef void (*SignalTaker)(gpointer data, const char *name);
void joint_signals(const Verdict *verdict, SignalTaker taker, gpointer data);

/* The tests' findings and scores are in the verdict, and `state` is what they come to.
 * Returns what it comes to with the weights; sets the verdict's rule and adds the finding
 * when that is another. */
State joint_decide(const Scene *scene, State state, Verdict *verdict);
