/* What the parts of --explain share. */
#pragma once

#include "judge-private.h"

/* Rows of text for a screen of 80 columns.  Letters may hold escape sequences, direction
 * marks and line breaks: whatever can't be printed comes out as a blank. */
void explain_put(guint indent, guint hang, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* What one of the fourteen tests came to. */
typedef enum {
	TEST_SILENT,     /* nothing found */
	TEST_AGAINST,    /* only what speaks against */
	TEST_OUTWEIGHED, /* more against than for */
	TEST_BELOW,      /* too little */
	TEST_HOLD,
	TEST_REJECT,
	TEST_UNTESTED, /* flood needs the author's other letters */
} TestState;
extern const char *const test_state_names[];

typedef struct {
	const char *name;
	Rule rule;
	double weight;       /* the sum of its evidence; may be negative */
	double hold, reject; /* HUGE_VAL: never */
	TestState state;
} TestResult;

#define N_RESULTS (N_TESTS + 1)

/* All of them, in the order of the regulation. */
void explain_tests(
    const Judge *judge, const Verdict *verdict, TestResult ret_results[N_RESULTS]);
/* Whether a piece of evidence is one of this test's. */
gboolean explain_is_of(const Finding *finding, const char *test);

/* The evidence of one test: each reason once, with what it weighs and every find. */
void explain_evidence(const Reading *reading, const Verdict *verdict, const char *test);

/* The evidence for a topic, or NULL. */
const Finding *explain_topic(const Verdict *verdict, Topic topic);
/* How far ahead the first topic must be to be sure. */
double explain_topic_margin(const Judge *judge);
