/* verify: the file is sound, nobody edited the events, and each letter has the bytes that
 * arrived. */
#include "event.h"
#include "line.h"
#include "queue.h"
#include "view.h"

#include <stdio.h>
#include <unistd.h>

#define PAGE 200
#define SHOWN 20

typedef struct {
	Program *program;
	gint64 checked, damaged;
	gboolean is_shown; /* a progress line is on the terminal */
} Letters;

/* What must be mended is a line of the result; anything else ends the command. */
static gboolean
is_finding(const char *what, GError *failure, gboolean *all_well, GError **error)
{
	if (!g_error_matches(failure, FAULT, FAULT_SETUP)) {
		g_propagate_error(error, failure);
		return FALSE;
	}
	line_print("%-8s BROKEN  %s", what, failure->message);
	g_error_free(failure);
	*all_well = FALSE;
	return TRUE;
}

static gboolean
verify_file(Program *program, gboolean *all_well, GError **error)
{
	GError *failure = NULL;

	if (!view_integrity(program->store, &failure))
		return is_finding("file", failure, all_well, error);
	line_print("%-8s ok      sound", "file");
	return TRUE;
}

static gboolean
verify_events(Program *program, gboolean *all_well, GError **error)
{
	GError *failure = NULL;
	gint64 checked;

	if (!store_events_verify(program->store, &checked, &failure))
		return is_finding("events", failure, all_well, error);
	line_print(
	    "%-8s ok      %" G_GINT64_FORMAT ", an unbroken chain", "events", checked);
	return TRUE;
}

static void
show_progress(Letters *letters, gint64 all)
{
	letters->is_shown = isatty(STDERR_FILENO);
	if (letters->is_shown)
		fprintf(stderr, "\r%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " letters",
		    letters->checked, all);
}

static void
hide_progress(Letters *letters)
{
	if (letters->is_shown)
		fputs("\r\033[K", stderr);
	letters->is_shown = FALSE;
}

static void
verify_letter(Letters *letters, const StoredLetter *letter)
{
	g_autoptr(GError) failure = NULL;

	letters->checked++;
	if (spool_check(store_spool(letters->program->store), &letter->place,
		letter->digest, &failure))
		return;
	hide_progress(letters);
	if (letters->damaged++ < SHOWN)
		line_print("%-8s BROKEN  letter %" G_GINT64_FORMAT ": %s", "letters",
		    letter->letter, failure->message);
}

/* By pages, so that no reader holds the write-ahead log while gigabytes are read. */
static gboolean
verify_letters(Letters *letters, GError **error)
{
	Store *store = letters->program->store;
	g_autoptr(GArray) page = NULL;
	gint64 after = 0, all;

	if (!view_count_stored(store, &all, error))
		return FALSE;
	do {
		g_clear_pointer(&page, g_array_unref);
		page = view_stored(store, after, PAGE, error);
		if (page == NULL)
			return FALSE;
		for (guint i = 0; i < page->len && !program_stopping(); i++) {
			verify_letter(letters, &g_array_index(page, StoredLetter, i));
			after = g_array_index(page, StoredLetter, i).letter;
		}
		show_progress(letters, all);
	} while (page->len == PAGE && !program_stopping());
	hide_progress(letters);
	return TRUE;
}

static void
print_letters(const Letters *letters)
{
	if (letters->damaged == 0)
		line_print("%-8s ok      %" G_GINT64_FORMAT
			   ", each with the bytes that arrived",
		    "letters", letters->checked);
	else
		line_print("%-8s BROKEN  %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
		    "letters", letters->damaged, letters->checked);
}

gboolean
queue_verify(Program *program, char **argv, GError **error)
{
	Letters letters = { .program = program };
	gboolean all_well = TRUE;

	if (!verify_file(program, &all_well, error) ||
	    !verify_events(program, &all_well, error) || !verify_letters(&letters, error))
		return FALSE;
	if (program_stopping()) {
		g_set_error_literal(error, FAULT, FAULT_RETRY, "stopped before the end");
		return FALSE;
	}
	print_letters(&letters);
	if (all_well && letters.damaged == 0)
		return TRUE;
	g_set_error_literal(error, FAULT, FAULT_SETUP,
	    "the store was changed or damaged; keep it, and compare it with a backup");
	return FALSE;
}
