/* The words that the regulation gives us: languages, kinds of letters, outcomes, topics
 * and the fourteen tests, each with its paragraph.  The same word in code, table,
 * setting, log and manual. */
#pragma once

#include <glib.h>

typedef enum { LANGUAGE_KK, LANGUAGE_RU, LANGUAGE_EN, N_LANGUAGES } Language;
extern const char *const language_names[]; /* "kk", "ru", "en", NULL */

typedef enum {
	KIND_APPEAL,
	KIND_PROPOSAL,
	KIND_QUESTION,
	KIND_THANKS,
	KIND_STATUS,
	KIND_REPLY,
	KIND_BOUNCE,
	KIND_AUTO,
	N_KINDS
} Kind;
extern const char *const kind_names[];

typedef enum {
	OUTCOME_ACCEPT,
	OUTCOME_REJECT,
	OUTCOME_HOLD,
	OUTCOME_IGNORE,
	N_OUTCOMES
} Outcome;
extern const char *const outcome_names[]; /* "accept", "reject", "hold", "ignore", NULL */

typedef enum {
	TOPIC_ACADEMIC,
	TOPIC_RESEARCH,
	TOPIC_SOCIAL,
	TOPIC_INFRASTRUCTURE,
	TOPIC_DIGITAL,
	TOPIC_INTERNATIONAL,
	TOPIC_GENERAL,
	N_TOPICS
} Topic;
extern const char *const topic_names[];

/* What a refusal can name (5.2 to 5.4): thirteen codes for the fourteen tests, since 5.2
 * (no name) and 5.4 (something missing) are both `anonymous`.  The order is also the rank
 * of the score alike. */
typedef enum {
	RULE_ANONYMOUS,
	RULE_SECRET,
	RULE_HATE,
	RULE_PERSONAL_DATA,
	RULE_COMMERCIAL,
	RULE_UNLAWFUL,
	RULE_OBSCENE,
	RULE_PRIVATE,
	RULE_PETITION,
	RULE_FLOOD,
	RULE_UNINTELLIGIBLE,
	RULE_CAPITALS,
	RULE_UNSENTENCED,
	N_RULES
} Rule;
extern const char *const rule_names[];      /* "anonymous" … "unsentenced", NULL */
extern const char *const rule_paragraphs[]; /* "5.2, 5.4", "5.3 (1)" … */

/* The place of a name in one of the arrays above, or -1. */
int name_index(const char *const *names, const char *name);
