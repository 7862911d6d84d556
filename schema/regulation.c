#include "regulation.h"

#include <string.h>

const char *const language_names[] = { "kk", "ru", "en", NULL };

const char *const kind_names[] = { "appeal", "proposal", "question", "thanks", "status",
	"reply", "bounce", "auto", NULL };

const char *const outcome_names[] = { "accept", "reject", "hold", "ignore", NULL };

const char *const topic_names[] = { "academic", "research", "social", "infrastructure",
	"digital", "international", "general", NULL };

const char *const rule_names[] = { "anonymous", "secret", "hate", "personal-data",
	"commercial", "unlawful", "obscene", "private", "petition", "flood",
	"unintelligible", "capitals", "unsentenced", NULL };

const char *const rule_paragraphs[] = { "5.2, 5.4", "5.3 (1)", "5.3 (2)", "5.3 (3)",
	"5.3 (4)", "5.3 (5)", "5.3 (6)", "5.3 (7)", "5.3 (8)", "5.3 (9)", "5.3 (10)",
	"5.3 (11)", "5.3 (12)", NULL };

G_STATIC_ASSERT(G_N_ELEMENTS(language_names) == N_LANGUAGES + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(kind_names) == N_KINDS + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(outcome_names) == N_OUTCOMES + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(topic_names) == N_TOPICS + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(rule_names) == N_RULES + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(rule_paragraphs) == N_RULES + 1);

int
name_index(const char *const *names, const char *name)
{
	for (int i = 0; name != NULL && names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}
