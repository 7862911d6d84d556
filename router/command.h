/* What an official's or the moderator's mail says: a command in its first line, or an
 * answer.
 *
 * The words are in commands.txt, in any spelling of the three languages.  Before the
 * command may stand a greeting, around it asterisks and marks; behind the text come
 * signatures and disclaimers.  A sentence that merely begins with such a word is an
 * answer; what could be either is a command in doubt: it has a `why` and changes nothing,
 * since the worst of all would be to send a remark to a citizen. */
#pragma once

#include "command-words.h"
#include "day.h"
#include "regulation.h"

typedef struct {
	CommandKind kind;
	const char *why; /* why it cannot be obeyed ("no-date" …), or NULL */
	Day day;         /* extend */
	int topic;       /* reassign, accept: a Topic, or -1 */
	char *official;  /* the key of an official, where it stands in place of a topic */
	int rule;        /* reject: a Rule, or -1 */
	char *text;      /* the reason, the remark; NULL for none */
} Command;

void command_clear(Command *command);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Command, command_clear)

/* Who writes: the commands of the others are none of his. */
typedef enum { SPEAKER_OFFICIAL, SPEAKER_APPROVER, SPEAKER_HOLDER } Speaker;

/* `keys` are those of the officials, NULL-terminated; `today` settles dates without a
 * year. */
void command_read(const Phrases *words, const char *const *keys, const char *text,
    Speaker speaker, Day today, Command *ret_command);
