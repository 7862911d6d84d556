/* What the tests of a letter share: the judge's data, the letter as it lies before them,
 * and the way a test's finds become a score with its evidence.
 *
 * A test is one function.  It looks at the scene, adds what only code can see to the
 * weighing of its rule (weigh_add), and the sheet in data/RULE.txt gives every find its
 * weight and the reason why it counts. */
#pragma once

#include "judge.h"
#include "lexicon.h"
#include "linear.h"
#include "numbers.h"
#include "signs.h"
#include "speech.h"
#include "text.h"

typedef struct Identity Identity; /* identity.h */
typedef struct Stems Stems;       /* obscene.c: what masked words are held against */

#define N_TESTS 13 /* besides flood, which needs the history */

/* The learned weights' files: an output a topic, an output a rule and
 * one for a fair letter. */
enum { WEIGHTS_TOPICS, WEIGHTS_RULES, WEIGHTS_KINDS };

struct Judge {
	Lexicon *lexicon;
	const Sheet *sheets[N_TESTS]; /* in the order of judge.c's table of tests */
	const Sheet *flood, *urgent, *joint, *concepts; /* concepts: of topics */
	Linear *weights;
	Speech *speech;
	Stems *stems;
	Identity *identity;
	RuleMode modes[N_RULES];
	char **own_addresses, **own_hosts, **mail_hosts;
	char *version;
};

/* A letter before the tests. */
typedef struct {
	const Judge *judge;
	const Reading *reading;
	const Text *text;
	const Numbers *numbers;
	const GArray *finds; /* of Find, all sheets */
	const Seen *seen;    /* for the learned weights */
} Scene;

/* judge_identify() over the Reading's text that is taken apart already. */
void judge_identify_text(const Judge *judge, const Text *text, const GArray *finds,
    const Seen *seen, Reading *reading);

/* One rule's weighing. */
typedef struct Weigh Weigh;

Weigh *weigh_new(const Scene *scene, const Sheet *sheet);
void weigh_free(Weigh *weigh);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Weigh, weigh_free)

/* A find of the test's own code: a signal of its sheet, and the words first..last, or
 * (with last < first) a remark instead of words. */
void weigh_add(Weigh *weigh, const char *signal, guint first, guint last);
void weigh_remark(
    Weigh *weigh, const char *signal, const char *remark, const char *where);
/* The score; adds the findings to the verdict, as `rule` (N_RULES: none). */
double weigh_finish(Weigh *weigh, Verdict *verdict, Rule rule);

/* The sheet of the rule that is weighed. */
const Sheet *weigh_sheet(const Weigh *weigh);

/* What code alone can see.  A test without a function here is its sheet. */
void test_anonymous(const Scene *scene, Weigh *weigh);
void test_incomplete(const Scene *scene, Weigh *weigh);
void test_personal_data(const Scene *scene, Weigh *weigh);
void test_commercial(const Scene *scene, Weigh *weigh);
void test_obscene(const Scene *scene, Weigh *weigh);
Stems *stems_new(const Sheet *sheet);
void stems_free(Stems *stems);
void test_private(const Scene *scene, Weigh *weigh);
void test_petition(const Scene *scene, Weigh *weigh);
void test_unintelligible(const Scene *scene, Weigh *weigh);
void test_capitals(const Scene *scene, Weigh *weigh);
void test_unsentenced(const Scene *scene, Weigh *weigh);

/* Every signal of the sheet must be named after a topic (FAULT_SETUP). */
gboolean topic_check_sheet(const Sheet *sheet, const char *file, GError **error);
/* What the concepts of topics.txt say in a letter. */
void topic_signs(const Sheet *sheet, const Text *text, const GArray *finds,
    SignTaker taker, gpointer data);
/* The topic of a letter, the runner-up, whether the margin is wide, and the evidence. */
void topic_find(const Scene *scene, Verdict *verdict);

/* The kinds that people write, by Kind. */
extern const char *const kind_written_names[];
/* What kind.txt and the marks of the sentences say in a letter. */
void kind_signs(const Sheet *sheet, const Text *text, const GArray *finds,
    SignTaker taker, gpointer data);
/* Which of these kinds a letter is that no program wrote. */
Kind kind_written(
    const Judge *judge, const Text *text, const GArray *finds, const Seen *seen);
