/* What the machine said of a letter, what a person said over it, and what may be compared
 * of two such sayings. */
#pragma once

#include "letter.h"
#include "store.h"

typedef struct {
	int outcome;   /* an Outcome, or -1: the letter could not be read */
	char *failure; /* then why, a word */
	int rule;      /* the main one, or -1 */
	guint32 rules; /* a bit per Rule */
	int topic;     /* -1 when nobody asked for one: refused, ignored, not read */
	char *version; /* of the data files, or NULL */
} Judgement;
void judgement_clear(Judgement *judgement);

/* The machine's, as it is stored, whatever a person decided later. */
gboolean judgement_of_machine(
    Store *store, const Letter *letter, Judgement *ret_judgement, GError **error);
/* From "reject", "obscene,capitals", "social".  FALSE when a word is unknown. */
gboolean judgement_parse(
    const char *outcome, const char *rules, const char *topic, Judgement *ret_judgement);

void judgement_unread(Judgement *judgement, const char *failure);

/* What differs between two, as bits. */
typedef enum {
	JUDGED_VERDICT = 1 << 0,
	JUDGED_RULES = 1 << 1,
	JUDGED_TOPIC = 1 << 2, /* only where both have one */
} Judged;
guint judgement_compare(const Judgement *a, const Judgement *b);

/* "reject obscene", "accept", or "stuck: crashed". */
char *judgement_verdict_text(const Judgement *judgement);
/* "obscene,capitals", the main one first; or "-". */
char *judgement_rules_text(const Judgement *judgement);
/* "social", or "-". */
const char *judgement_topic_text(const Judgement *judgement);
