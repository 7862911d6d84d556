#include "command-words.h"

const char *const command_names[] = { "extend", "reassign", "remark", "approve", "return",
	"accept", "reject", "unknown", NULL };

static const char *const groups[N_WORDS + 1] = { "extend", "reassign", "remark",
	"approve", "return", "accept", "reject", "no remark", "greeting", "closing",
	"signature", "polite", "filler", "sentence", "but", "before date", "after date",
	"year", "ordinal", "month 1", "month 2", "month 3", "month 4", "month 5",
	"month 6", "month 7", "month 8", "month 9", "month 10", "month 11", "month 12",
	"topic academic", "topic research", "topic social", "topic infrastructure",
	"topic digital", "topic international", "topic general", NULL };

Phrases *
command_words_load(const char *file, GError **error)
{
	return phrases_load(file, groups, error);
}
