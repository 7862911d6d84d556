/* What every program's main() is made of: the common options, the settings, the store,
 * the clock, one pass or a watch, and the exit code.
 *
 * A room gives its name, its own options, and functions for its work; program_run() does
 * the rest and returns the exit status (0, or the fault's number). */
#pragma once

#include "settings.h"
#include "store.h"
#include <glib.h>

typedef struct Program Program;

struct Program {
	const char *name;    /* "rector-router" */
	const char *summary; /* one line for --help */
	const char *usage;   /* what stands after the options, "[FILE…]", or NULL */
	Room room;
	const GOptionEntry *options; /* the room's own, or NULL */

	/* Reads the room's groups into its own state and checks what can be checked
	 * without the store (templates, calendar, data files).  Runs for --check too. */
	gboolean (*configure)(Program *program, GError **error);
	/* Does what needs no settings and no store (--due, --explain).  Returns TRUE when
	 * that was asked for, and the program then ends; *error tells of a failure.  May
	 * be NULL. */
	gboolean (*standalone)(Program *program, GError **error);
	/* All that is ready, once. */
	gboolean (*pass)(Program *program, GError **error);
	/* When --watch must wake at the latest (UTC seconds, 0 for no such time).  May be
	 * NULL. */
	gint64 (*wake_at)(Program *program);
	/* For --watch: everything until program_stopping(), instead of passes woken by
	 * the store (the fetcher's IDLE).  May be NULL. */
	gboolean (*watch)(Program *program, GError **error);
	void (*finish)(Program *program); /* frees the room's state; may be NULL */
	gpointer state;                   /* the room's own */

	/* set by program_run() */
	char *config;
	gboolean check, watching;
	char **arguments; /* what is left of argv, NULL-terminated */
	Settings *settings;
	University university;
	char *store_path; /* [store] path; set for --check, too */
	Store *store;
	gint64 fixed_now; /* --now, or 0 */
};

int program_run(Program *program, int argc, char **argv);

/* The instant the program works for: --now, or the clock.  UTC seconds. */
gint64 program_now(const Program *program);

/* TRUE once SIGTERM or SIGINT came: finish the piece in hand and leave. */
gboolean program_stopping(void);
/* Becomes readable at the same moment, for poll(). */
int program_stop_fd(void);

/* The folder of a room's data files: "data" beside the running program in a build tree
 * (BUILD/ROOM/data), else RECTOR_DATADIR/ROOM.  Free with g_free(). */
char *program_data_folder(const char *room);

/* The path of another of our programs ("rector-fetcher"), in the build tree or beside
 * this one. */
char *program_sibling(const char *name);
