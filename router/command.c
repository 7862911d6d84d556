#include "command.h"

#include "body.h"
#include "when.h"

#include <string.h>

/* A letter of fewer words that begins like a command is no answer. */
#define FEW_WORDS 6
/* One of that many is an answer, whatever it begins with. */
#define MANY_WORDS 25
#define LONGEST_SIGNATURE 15 /* words */

void
command_clear(Command *command)
{
	g_clear_pointer(&command->official, g_free);
	g_clear_pointer(&command->text, g_free);
}

typedef struct {
	const Phrases *words;
	const char *const *keys;
	Body body;
	Row *row; /* its first paragraph */
	Row *all; /* the whole of it */
	Day today;
	gboolean polite; /* a request, so no answer */
	guint behind;    /* the word behind the command's own */
	gboolean strong; /* in capitals, or with a colon */
	Command *command;
} Reader;

/* A reason: the rest of the paragraph, or the next one. */
static char *
take_reason(const Reader *reader, guint at)
{
	gsize from = at < row_length(reader->row) ? row_span(reader->row, at)->start
						  : row_span(reader->row, at - 1)->end;
	const Body *body = &reader->body;
	gsize until = body_paragraph_end(body, body->start);
	char *text = body_take(body, from, until);

	return text != NULL ? text
			    : body_take(body, until, body_paragraph_end(body, until));
}

/* All that he wrote behind the command. */
static char *
take_rest(const Reader *reader)
{
	return body_take(&reader->body, row_span(reader->row, reader->behind - 1)->end,
	    reader->body.end);
}

static gboolean
has_phrase(const Row *row, const Phrases *words, guint group, guint from)
{
	for (guint i = from; i < row_length(row); i++)
		if (row_skip(row, words, group, i) > i)
			return TRUE;
	return FALSE;
}

/* A sentence that begins with the word of a command: "Продлить срок невозможно, так
 * как …". */
static gboolean
reads_as_sentence(const Reader *reader)
{
	guint n = row_length(reader->all);

	return !reader->strong && !reader->polite && n >= FEW_WORDS &&
	    (n >= MANY_WORDS ||
		has_phrase(reader->row, reader->words, WORDS_SENTENCE, reader->behind));
}

/* Not what it seemed; or in doubt, with the reason. */
static void
doubt(const Reader *reader, const char *why)
{
	if (reads_as_sentence(reader))
		reader->command->kind = COMMAND_NONE;
	else
		reader->command->why = why;
}

static gboolean
has_date(const Reader *reader)
{
	Day day;
	guint behind;

	for (guint i = reader->behind; i < row_length(reader->row); i++)
		if (when_read(reader->words, reader->row, i, reader->today, &day,
			&behind) != WHEN_NONE)
			return TRUE;
	return FALSE;
}

static guint
skip_fillers(const Reader *reader, guint at)
{
	guint before;

	do {
		before = at;
		at = row_skip(reader->row, reader->words, WORDS_POLITE, at);
		at = row_skip(reader->row, reader->words, WORDS_FILLER, at);
	} while (at > before);
	return at;
}

/* "Продлить срок до 20.12.2026 невозможно": it says what can't be done. */
static gboolean
goes_on_as_sentence(const Reader *reader, guint behind)
{
	return !reader->strong &&
	    row_skip(reader->row, reader->words, WORDS_SENTENCE, behind) > behind;
}

static void
read_extend(Reader *reader)
{
	Command *command = reader->command;
	guint at = skip_fillers(reader, reader->behind), behind = at;

	switch (when_read(
	    reader->words, reader->row, at, reader->today, &command->day, &behind)) {
	case WHEN_DATE:
		command->text = take_reason(reader, behind);
		if (command->text == NULL)
			command->why = "no-reason";
		else if (goes_on_as_sentence(reader, behind))
			command->why = "unknown-command";
		break;
	case WHEN_IMPOSSIBLE:
		command->why = "impossible-date";
		break;
	default:
		if (has_date(reader))
			command->why = "no-date";
		else
			doubt(reader, "no-date");
	}
}

/* The row's word behind a name that begins with its word `at`; 0 when another stands
 * there.  Names may have hyphens, at which a row parts words. */
static guint
skip_name(const Row *row, guint at, const char *name)
{
	gsize start = row_span(row, at)->start, length = strlen(name);
	char next;

	if (g_ascii_strncasecmp(row->text + start, name, length) != 0)
		return 0;
	next = row->text[start + length];
	if (g_ascii_isalnum(next) || next == '-' || next == '_' || (guchar)next >= 0x80)
		return 0;
	while (at < row_length(row) && row_span(row, at)->start < start + length)
		at++;
	return at;
}

/* A topic or an official's key at this word. */
static gboolean
read_topic(Reader *reader, guint at, guint *ret_behind)
{
	const Row *row = reader->row;

	if (at >= row_length(row))
		return FALSE;
	for (int topic = 0; topic < N_TOPICS; topic++) {
		guint word = row_skip(row, reader->words, WORDS_TOPIC + topic, at);

		*ret_behind = word > at ? word : skip_name(row, at, topic_names[topic]);
		if (*ret_behind != 0) {
			reader->command->topic = topic;
			return TRUE;
		}
	}
	for (const char *const *key = reader->keys; *key != NULL; key++) {
		*ret_behind = skip_name(row, at, *key);
		if (*ret_behind != 0) {
			reader->command->official = g_strdup(*key);
			return TRUE;
		}
	}
	return FALSE;
}

static void
read_reassign(Reader *reader)
{
	guint at = skip_fillers(reader, reader->behind), behind;

	if (!read_topic(reader, at, &behind)) {
		doubt(reader, "unknown-topic");
		return;
	}
	reader->command->text = take_reason(reader, behind);
	if (goes_on_as_sentence(reader, behind))
		reader->command->why = "unknown-command";
}

/* "Note that your application …" begins many an answer. */
static void
read_remark(Reader *reader)
{
	if (!reader->strong &&
	    row_skip(reader->row, reader->words, WORDS_NO_REMARK, reader->behind - 1) >
		reader->behind) {
		reader->command->kind = COMMAND_UNKNOWN;
		reader->command->why = "unknown-command";
		return;
	}
	reader->command->text = take_rest(reader);
	if (reader->command->text == NULL)
		reader->command->why = "no-reason";
}

/* Nothing else in the line, or another sentence. */
static gboolean
stands_alone(const Reader *reader)
{
	return reader->behind >= row_length(reader->row) ||
	    row_gap_has(reader->row, reader->behind - 1, ".!;\n");
}

/* An answer that is out is out: an approval says nothing else, a signature apart. */
static void
read_approve(Reader *reader)
{
	if (!stands_alone(reader) ||
	    row_length(reader->all) - reader->behind > LONGEST_SIGNATURE ||
	    has_phrase(reader->all, reader->words, WORDS_BUT, reader->behind))
		reader->command->why = "unknown-command";
}

static void
read_return(Reader *reader)
{
	reader->command->text = take_rest(reader);
	if (reader->command->text == NULL)
		reader->command->why = "no-reason";
}

static void
read_accept(Reader *reader)
{
	guint at = skip_fillers(reader, reader->behind), behind = at;

	if (read_topic(reader, at, &behind) || stands_alone(reader))
		reader->command->text = take_reason(reader, behind);
	else
		reader->command->why = "unknown-topic";
}

static void
read_reject(Reader *reader)
{
	const Row *row = reader->row;
	guint at = reader->behind, behind = 0;

	for (int rule = 0; rule < N_RULES && at < row_length(row); rule++) {
		behind = skip_name(row, at, rule_names[rule]);
		if (behind == 0)
			continue;
		reader->command->rule = rule;
		reader->command->text = take_reason(reader, behind);
		return;
	}
	reader->command->why = "unknown-rule";
}

static void
read_rest(Reader *reader)
{
	switch (reader->command->kind) {
	case COMMAND_EXTEND:
		read_extend(reader);
		break;
	case COMMAND_REASSIGN:
		read_reassign(reader);
		break;
	case COMMAND_REMARK:
		read_remark(reader);
		break;
	case COMMAND_APPROVE:
		read_approve(reader);
		break;
	case COMMAND_RETURN:
		read_return(reader);
		break;
	case COMMAND_ACCEPT:
		read_accept(reader);
		break;
	default:
		read_reject(reader);
	}
}

/* --- which command --- */

static gboolean
is_for(Speaker speaker, CommandKind kind)
{
	switch (speaker) {
	case SPEAKER_OFFICIAL:
		return kind <= COMMAND_REMARK;
	case SPEAKER_APPROVER:
		return kind == COMMAND_APPROVE || kind == COMMAND_RETURN;
	default:
		return kind == COMMAND_ACCEPT || kind == COMMAND_REJECT;
	}
}

/* The command's word at the beginning, perhaps behind "please". */
static CommandKind
find_kind(Reader *reader)
{
	guint at = row_skip(reader->row, reader->words, WORDS_POLITE, 0);

	for (guint kind = 0; kind < N_COMMANDS; kind++) {
		reader->behind = row_skip(reader->row, reader->words, kind, at);
		if (reader->behind == at)
			continue;
		reader->polite =
		    at > 0 || has_phrase(reader->row, reader->words, WORDS_POLITE, 0);
		reader->strong = row_is_shouted(reader->row, at, reader->behind) ||
		    row_gap_has(reader->row, reader->behind - 1, ":");
		return (CommandKind)kind;
	}
	return COMMAND_NONE;
}

/* "ПРОДЛИТ 20.12.2026": a word in capitals, before what only commands have behind them.
 */
static gboolean
looks_like_command(Reader *reader)
{
	guint behind;
	Day day;

	if (!row_is_shouted(reader->row, 0, MIN(1, row_length(reader->row))) ||
	    row_length(reader->all) > 2 * FEW_WORDS)
		return FALSE;
	return row_length(reader->row) == 1 ||
	    when_read(reader->words, reader->row, 1, reader->today, &day, &behind) !=
	    WHEN_NONE ||
	    read_topic(reader, 1, &behind);
}

static void
read_command(Reader *reader, Speaker speaker)
{
	Command *command = reader->command;
	CommandKind kind = find_kind(reader);

	command->kind = kind;
	if (is_for(speaker, kind)) {
		read_rest(reader);
	} else if (speaker != SPEAKER_OFFICIAL) {
		command->kind = COMMAND_UNKNOWN;
		command->why = "unknown-command";
	} else if (kind != COMMAND_NONE && stands_alone(reader) &&
	    row_length(reader->all) < FEW_WORDS) {
		command->why = "not-yours";
	} else if (kind == COMMAND_NONE && looks_like_command(reader)) {
		command->kind = COMMAND_UNKNOWN;
		command->why = "unknown-command";
	} else {
		command->kind = COMMAND_NONE;
	}
}

void
command_read(const Phrases *words, const char *const *keys, const char *text,
    Speaker speaker, Day today, Command *ret_command)
{
	Body body = body_find(words, text);
	Reader reader = { .words = words,
		.keys = keys,
		.body = body,
		.row = row_split(
		    body.text, body.start, body_paragraph_end(&body, body.start)),
		.all = row_split(body.text, body.start, body.end),
		.today = today,
		.command = ret_command };

	*ret_command = (Command){ .kind = COMMAND_NONE, .topic = -1, .rule = -1 };
	read_command(&reader, speaker);
	if (ret_command->kind == COMMAND_NONE)
		command_clear(ret_command);
	row_free(reader.row);
	row_free(reader.all);
}
