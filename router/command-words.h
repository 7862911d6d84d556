/* The words of commands.txt, in which officials and the moderator write their mails. */
#pragma once

#include "phrases.h"
#include "regulation.h"

typedef enum {
	COMMAND_EXTEND,
	COMMAND_REASSIGN,
	COMMAND_REMARK,
	COMMAND_APPROVE,
	COMMAND_RETURN,
	COMMAND_ACCEPT,
	COMMAND_REJECT,
	N_COMMANDS,
	COMMAND_UNKNOWN = N_COMMANDS, /* it looks like a command and is none */
	COMMAND_NONE,                 /* an answer */
} CommandKind;
extern const char *const command_names[]; /* "extend" … "reject", "unknown", NULL */

/* The groups of phrases in commands.txt. */
enum {
	/* the commands, in the order of CommandKind */
	WORDS_NO_REMARK = N_COMMANDS,
	WORDS_GREETING,
	WORDS_CLOSING,
	WORDS_SIGNATURE,
	WORDS_POLITE,
	WORDS_FILLER,
	WORDS_SENTENCE,
	WORDS_BUT,
	WORDS_BEFORE_DATE,
	WORDS_AFTER_DATE,
	WORDS_YEAR,
	WORDS_ORDINAL,
	WORDS_MONTH, /* 12 groups */
	WORDS_TOPIC = WORDS_MONTH + 12,
	N_WORDS = WORDS_TOPIC + N_TOPICS,
};

/* A mistake reads "file:line: what"; FAULT_SETUP. */
Phrases *command_words_load(const char *file, GError **error);
