/* replay: stored letters judged again, and what would change.  The classifier judges
 * (rector-classifier --replay); here its answers are held against what is stored. */
#include "replay.h"

#include "line.h"
#include "queue.h"
#include "view.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 1000
#define PROGRESS_EVERY_MS 100

typedef struct {
	Program *program;
	Tally *tally;
	guint all;
	gint64 shown_at; /* the progress, monotonic milliseconds; 0: it is not there */
} Replay;

/* --- which letters --- */

static gboolean
is_since(const Program *program, const Letter *letter)
{
	char time[QUEUE_TIME_SIZE];

	queue_time(program, letter->received_at, time);
	return queue_options.since == NULL ||
	    strncmp(time, queue_options.since, strlen(queue_options.since)) >= 0;
}

/* What nobody has judged yet has nothing to be compared with. */
static gboolean
is_wanted(const Program *program, const Letter *letter)
{
	return strcmp(letter->state, "received") != 0 && is_since(program, letter);
}

static gboolean
choose_stored(Program *program, GArray *ids, GError **error)
{
	gint64 after = 0;
	guint n;

	do {
		g_autoptr(GArray) page = view_stored(program->store, after, PAGE, error);

		if (page == NULL)
			return FALSE;
		n = page->len;
		for (guint i = 0; i < n; i++) {
			g_autoptr(Letter) letter = NULL;
			g_autoptr(GError) failure = NULL;

			after = g_array_index(page, StoredLetter, i).letter;
			letter = store_letter_get(program->store, after, &failure);
			if (letter == NULL &&
			    !g_error_matches(failure, FAULT, FAULT_LETTER)) {
				g_propagate_error(error, g_steal_pointer(&failure));
				return FALSE;
			}
			if (letter == NULL || is_wanted(program, letter))
				g_array_append_val(ids, after);
		}
	} while (n == PAGE && !program_stopping());
	return TRUE;
}

static gboolean
choose_one(Program *program, const char *text, GArray *ids, GError **error)
{
	g_autoptr(Letter) letter = NULL;
	const char *why = NULL;
	gint64 id;

	if (!queue_letter(program, text, &id, error))
		return FALSE;
	letter = store_letter_get(program->store, id, error);
	if (letter == NULL)
		return FALSE;
	if (letter->place.length < 0)
		why = "its content is erased";
	else if (strcmp(letter->state, "received") == 0)
		why = "it is not judged yet";
	if (why != NULL)
		g_set_error(error, FAULT, FAULT_LETTER, "letter %" G_GINT64_FORMAT ": %s",
		    id, why);
	else if (is_since(program, letter))
		g_array_append_val(ids, id);
	return why == NULL;
}

static GArray *
choose(Program *program, char **numbers, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (numbers[0] == NULL && !choose_stored(program, ids, error))
		return NULL;
	for (; *numbers != NULL; numbers++)
		if (!choose_one(program, *numbers, ids, error))
			return NULL;
	return g_steal_pointer(&ids);
}

/* --- the classifier --- */

/* The ids as a file without a name, so that neither side waits for the other. */
static int
write_ids(const GArray *ids, GError **error)
{
	int fd = memfd_create("letters", MFD_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(dup(fd), "w") : NULL;
	gboolean written;

	for (guint i = 0; file != NULL && i < ids->len; i++)
		fprintf(file, "%" G_GINT64_FORMAT "\n", g_array_index(ids, gint64, i));
	written = file != NULL && fclose(file) == 0 && lseek(fd, 0, SEEK_SET) == 0;
	if (written)
		return fd;
	fault_set_errno(error, errno, "no memory for the letters' ids");
	if (fd >= 0)
		close(fd);
	return -1;
}

static FILE *
start_classifier(Program *program, int ids, GPid *ret_child, GError **error)
{
	g_autofree char *path = program_sibling("rector-classifier");
	g_autoptr(GError) failure = NULL;
	const char *data = queue_options.data;
	char *argv[] = { path, (char *)"--config",
		(char *)settings_file(program->settings), (char *)"--replay",
		data != NULL ? (char *)"--data" : NULL, (char *)data, NULL };
	int out;

	if (g_spawn_async_with_pipes_and_fds(NULL, (const char *const *)argv, NULL,
		G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, ids, -1, -1, NULL, NULL, 0,
		ret_child, NULL, &out, NULL, &failure))
		return fdopen(out, "r");
	g_set_error(error, FAULT, FAULT_SETUP, "%s", failure->message);
	return NULL;
}

/* It has said itself, on standard error, what is wrong. */
static gboolean
end_classifier(GPid child, GError **error)
{
	int status = 0, code;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	code = WIFEXITED(status) ? WEXITSTATUS(status) : FAULT_SETUP;
	if (code == 0 || program_stopping())
		return TRUE;
	g_set_error(error, FAULT, code == FAULT_RETRY ? FAULT_RETRY : FAULT_SETUP,
	    "rector-classifier could not judge the letters again");
	return FALSE;
}

/* --- its answers --- */

static const char *
member(JsonObject *object, const char *name)
{
	return json_object_get_string_member_with_default(object, name, NULL);
}

/* {"letter":17,"verdict":"reject",...}, or {"letter":17,"failure":"timeout"} */
static gboolean
parse_answer(const char *line, gint64 *ret_letter, Judgement *ret_now, GError **error)
{
	g_autoptr(JsonNode) root = json_from_string(line, NULL);
	JsonObject *answer = root != NULL && JSON_NODE_HOLDS_OBJECT(root)
	    ? json_node_get_object(root)
	    : NULL;

	if (answer != NULL) {
		*ret_letter =
		    json_object_get_int_member_with_default(answer, "letter", 0);
		if (judgement_parse(member(answer, "verdict"), member(answer, "rules"),
			member(answer, "topic"), ret_now)) {
			ret_now->version = g_strdup(member(answer, "version"));
			return TRUE;
		}
		judgement_unread(ret_now, member(answer, "failure"));
		if (member(answer, "failure") != NULL)
			return TRUE;
		judgement_clear(ret_now);
	}
	g_set_error_literal(error, FAULT, FAULT_SETUP,
	    "rector-classifier answers in another form: are both programs of one "
	    "version?");
	return FALSE;
}

/* On a terminal only, and never in the output. */
static void
show_progress(Replay *replay)
{
	gint64 now = g_get_monotonic_time() / 1000;

	if (!isatty(STDERR_FILENO) || now - replay->shown_at < PROGRESS_EVERY_MS)
		return;
	replay->shown_at = now;
	fflush(stdout);
	fprintf(stderr, "\rjudged again: %" G_GINT64_FORMAT " of %u ",
	    tally_count(replay->tally), replay->all);
	fflush(stderr);
}

static void
hide_progress(Replay *replay)
{
	if (replay->shown_at != 0)
		fputs("\r\033[K", stderr);
	fflush(stderr);
	replay->shown_at = 0;
}

/* A letter whose reading is damaged can't be compared, and is counted. */
static gboolean
take_answer(Replay *replay, const char *line, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Letter) letter = NULL;
	Judgement stored = { 0 }, now = { 0 };
	gint64 id = 0;

	if (!parse_answer(line, &id, &now, error))
		return FALSE;
	letter = store_letter_get(replay->program->store, id, &failure);
	if (letter != NULL &&
	    judgement_of_machine(replay->program->store, letter, &stored, &failure)) {
		if (judgement_compare(&stored, &now) != 0)
			hide_progress(replay);
		tally_letter(replay->tally, letter, &stored, &now);
	}
	judgement_clear(&stored);
	judgement_clear(&now);
	if (g_error_matches(failure, FAULT, FAULT_LETTER)) {
		tally_damaged(replay->tally);
		g_clear_error(&failure);
	}
	return fault_hand_on(g_steal_pointer(&failure), error);
}

static gboolean
take_answers(Replay *replay, FILE *answers, GError **error)
{
	char *line = NULL;
	size_t size = 0;
	gboolean done = TRUE;

	while (done && getline(&line, &size, answers) > 0) {
		done = take_answer(replay, line, error);
		show_progress(replay);
	}
	hide_progress(replay);
	free(line);
	return done;
}

/* --- the command --- */

static gboolean
judge_again(Replay *replay, const GArray *letters, GError **error)
{
	int ids = write_ids(letters, error);
	FILE *answers;
	GPid child;
	gboolean done;

	if (ids < 0)
		return FALSE;
	answers = start_classifier(replay->program, ids, &child, error);
	close(ids);
	if (answers == NULL)
		return FALSE;
	done = take_answers(replay, answers, error);
	fclose(answers); /* a child that still writes ends by it */
	return end_classifier(child, done ? error : NULL) && done;
}

static gboolean
check_since(GError **error)
{
	GDate day;

	if (queue_options.since == NULL || queue_day(queue_options.since, &day))
		return TRUE;
	g_set_error(error, FAULT, FAULT_SETUP,
	    "--since %s: expected a day, as 2026-12-11", queue_options.since);
	return FALSE;
}

gboolean
queue_replay(Program *program, char **argv, GError **error)
{
	g_autoptr(Tally) tally = tally_new(program);
	g_autoptr(GArray) letters = NULL;
	Replay replay = { .program = program, .tally = tally };

	if (!check_since(error))
		return FALSE;
	letters = choose(program, argv + 1, error);
	if (letters == NULL)
		return FALSE;
	replay.all = letters->len;
	if (letters->len > 0 && !judge_again(&replay, letters, error))
		return FALSE;
	tally_print(tally);
	return TRUE;
}
