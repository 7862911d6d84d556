/* rector-queue: the administrators' window.  Each command is a row of one table, a
 * function of its own file, and a section of the manual. */
#pragma once

#include "event.h"
#include "program.h"

#include <glib.h>

typedef struct {
	gboolean json;
	gboolean follow;   /* log */
	gboolean personal; /* show: also names, addresses, subjects */
	char *official, *topic, *state, *due_by;
	char *by, *reason; /* a decision's */
	gint64 limit;
} QueueOptions;

extern QueueOptions queue_options;

/* Runs one command with its own arguments (argv[0] is the command's name). */
typedef gboolean (*QueueCommand)(Program *program, char **argv, GError **error);

gboolean queue_list(Program *program, char **argv, GError **error);
gboolean queue_show(Program *program, char **argv, GError **error);
gboolean queue_log(Program *program, char **argv, GError **error);
gboolean queue_held(Program *program, char **argv, GError **error);
gboolean queue_accept(Program *program, char **argv, GError **error);
gboolean queue_reject(Program *program, char **argv, GError **error);
gboolean queue_stats(Program *program, char **argv, GError **error);
gboolean queue_verify(Program *program, char **argv, GError **error);
/* These two need no store: they run the rooms' own programs. */
gboolean queue_check(Program *program, char **argv, GError **error);
gboolean queue_explain(Program *program, char **argv, GError **error);

/* One line of the log, as text or JSON. */
void queue_print_event(const Program *program, const Event *event);

/* A letter's id from a command's argument: "17", or a case's number. */
gboolean queue_letter(
    Program *program, const char *text, gint64 *ret_letter, GError **error);

/* The local time of an instant, "2026-03-20 17:59:59", in a buffer of its own. */
#define QUEUE_TIME_SIZE 24
const char *queue_time(const Program *program, gint64 at, char buffer[QUEUE_TIME_SIZE]);
