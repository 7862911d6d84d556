/* rector-queue: the administrators' window.  Each command is a row of one table
 * (command.c), a function of its own file, and a section of the manual.  What a command
 * prints goes through line.h. */
#pragma once

#include "program.h"

#include <glib.h>

typedef struct {
	gboolean json;
	gboolean follow;   /* log */
	gboolean personal; /* show: also names, addresses, subjects */
	gboolean tasks;    /* list: those in place of cases */
	char *official, *topic, *state, *due_by;
	char *by, *reason;  /* a decision's */
	char *data, *since; /* replay */
	char *labels;       /* export: the folder */
	gboolean redact;
	gint64 limit; /* 0: all */
} QueueOptions;

extern QueueOptions queue_options;

/* Runs one command; argv[0] is its name, and the number of the others is right. */
typedef gboolean (*QueueCommand)(Program *program, char **argv, GError **error);

typedef struct {
	const char *name;
	QueueCommand run;
	const char *usage;   /* what stands behind the name */
	guint least, most;   /* arguments */
	const char *options; /* those that mean something to it, by blanks */
	const char *does;
} QueueRow;

/* The row of argv[0], when the arguments and options fit it; FAULT_SETUP tells the
 * commands, or the right form of this one. */
const QueueRow *queue_find(char **argv, GError **error);
/* The commands, a line each. */
char *queue_commands(void);

/* Reads the group [queue]. */
gboolean queue_settings_load(const Program *program, GError **error);

gboolean queue_list(Program *program, char **argv, GError **error);
gboolean queue_show(Program *program, char **argv, GError **error);
gboolean queue_log(Program *program, char **argv, GError **error);
gboolean queue_held(Program *program, char **argv, GError **error);
gboolean queue_accept(Program *program, char **argv, GError **error);
gboolean queue_reject(Program *program, char **argv, GError **error);
gboolean queue_done(Program *program, char **argv, GError **error);
gboolean queue_stats(Program *program, char **argv, GError **error);
gboolean queue_verify(Program *program, char **argv, GError **error);
gboolean queue_replay(Program *program, char **argv, GError **error);
gboolean queue_export(Program *program, char **argv, GError **error);
/* These two run the rooms' own programs: check needs the settings only, explain
 * nothing, unless it is of a stored letter. */
gboolean queue_check(Program *program, char **argv, GError **error);
gboolean queue_explain(Program *program, char **argv, GError **error);
gboolean queue_explain_is_of_letter(void);

/* A letter's id from a command's argument: "17", or a case's number.  FAULT_SETUP when it
 * is neither, FAULT_LETTER when there is no such case. */
gboolean queue_letter(
    Program *program, const char *text, gint64 *ret_letter, GError **error);
/* Who decides: --by, or the person logged in, also behind sudo. */
const char *queue_who(void);
/* Is --reason given, and one line of text?  FAULT_SETUP. */
gboolean queue_has_reason(GError **error);
/* Why a letter is held or stuck, in words; the code itself when nobody knows it. */
const char *queue_why(const char *code);

/* The local time of an instant, "2026-03-20 17:59:59". */
#define QUEUE_TIME_SIZE 24
const char *queue_time(const Program *program, gint64 at, char buffer[QUEUE_TIME_SIZE]);
/* An ISO day; FALSE when the text is none. */
gboolean queue_day(const char *text, GDate *ret_day);
/* Calendar days from the program's today until an ISO day; negative when it is over. */
int queue_days_left(const Program *program, const char *day);
