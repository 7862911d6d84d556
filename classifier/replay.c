/* --replay: stored letters judged again, as they would be if they came today under these
 * data files.  rector-queue replay asks, and holds the answers against what is stored.
 * Nothing is kept: no attempt is counted, no letter moves. */
#include "classify-private.h"
#include "complete.h"
#include "fault.h"
#include "letter.h"
#include "program.h"

#include <string.h>

/* Letters judged before anything is printed. */
#define BATCH 128

typedef struct {
	Classifier *classifier;
	Store *store;
	GPtrArray *letters; /* of Letter */
} Replay;

static GBytes *
feed_letter(gpointer data, guint index, gboolean *ret_whole, GError **error)
{
	const Replay *replay = data;
	const Letter *letter = replay->letters->pdata[index];

	*ret_whole = letter->whole;
	return spool_read(store_spool(replay->store), &letter->place, error);
}

/* What only the store knows: the author's other letters, and the reply that brought what
 * was missing. */
static gboolean
add_story(
    const Replay *replay, const Letter *letter, WorkerResult *result, GError **error)
{
	const Judge *judge = replay->classifier->judge;
	g_autofree char *key = judge_text_key(result->reading);
	g_autoptr(Letter) reply = NULL;
	gint64 seconds, few_words;
	History history = { 0 };

	judge_flood_window(judge, &seconds, &few_words);
	if (result->reading->from_address != NULL &&
	    !store_letter_history(replay->store, letter->id,
		result->reading->from_address, key, letter->received_at, seconds,
		few_words, &history, error))
		return FALSE;
	judge_flood(judge, result->reading, &history, result->verdict);
	if (letter->completed_by == 0)
		return TRUE;
	reply = store_letter_get(replay->store, letter->completed_by, error);
	if (reply != NULL && reply->reading != NULL)
		complete_verdict(result->reading, result->verdict, reply->reading);
	return reply != NULL;
}

/* Codes and numbers only, so nothing needs escaping. */
static void
print_verdict(gint64 letter, const Verdict *verdict)
{
	g_autofree char *rules = verdict_rules_text(verdict);

	printf("{\"letter\":%" G_GINT64_FORMAT ",\"verdict\":\"%s\",\"rules\":\"%s\","
	       "\"urgent\":%s,\"topic\":\"%s\",\"second_topic\":\"%s\","
	       "\"topic_sure\":%s,\"version\":\"%s\"}\n",
	    letter, outcome_names[verdict->outcome], rules,
	    verdict->urgent ? "true" : "false", topic_names[verdict->topic],
	    topic_names[verdict->second_topic], verdict->topic_sure ? "true" : "false",
	    verdict->version);
}

static gboolean
print_result(
    const Replay *replay, const Letter *letter, WorkerResult *result, GError **error)
{
	if (result->failure != NULL)
		printf("{\"letter\":%" G_GINT64_FORMAT ",\"failure\":\"%s\"}\n",
		    letter->id, result->failure);
	if (result->reading == NULL)
		return TRUE;
	if (!add_story(replay, letter, result, error))
		return FALSE;
	print_verdict(letter->id, result->verdict);
	return TRUE;
}

static gboolean
judge_batch(Replay *replay, GError **error)
{
	WorkerResult results[BATCH] = { 0 };
	gboolean done = worker_run(replay->classifier->worker, replay->letters->len,
	    feed_letter, replay, results, error);

	for (guint i = 0; i < replay->letters->len; i++) {
		done = done &&
		    print_result(replay, replay->letters->pdata[i], &results[i], error);
		worker_result_clear(&results[i]);
	}
	g_ptr_array_set_size(replay->letters, 0);
	fflush(stdout);
	return done;
}

/* A letter that can't be taken from the store says so in its own line. */
static gboolean
add_letter(Replay *replay, const char *line, GError **error)
{
	g_autoptr(GError) failure = NULL;
	Letter *letter;
	gint64 id;

	if (!g_ascii_string_to_signed(line, 10, 1, G_MAXINT64, &id, &failure)) {
		g_set_error_literal(error, FAULT, FAULT_SETUP,
		    "--replay: expected the ids of letters on standard input, a line "
		    "each");
		return FALSE;
	}
	letter = store_letter_get(replay->store, id, &failure);
	if (letter != NULL)
		g_ptr_array_add(replay->letters, letter);
	else if (g_error_matches(failure, FAULT, FAULT_LETTER))
		printf("{\"letter\":%" G_GINT64_FORMAT ",\"failure\":\"damaged\"}\n", id);
	else
		g_propagate_error(error, g_steal_pointer(&failure));
	return letter != NULL || failure != NULL;
}

gboolean
classify_replay(Classifier *classifier, Store *store, FILE *in, GError **error)
{
	g_autoptr(GPtrArray) letters =
	    g_ptr_array_new_with_free_func((GDestroyNotify)letter_free);
	Replay replay = { classifier, store, letters };
	char line[32];
	gboolean done = TRUE;

	while (done && !program_stopping() && fgets(line, sizeof line, in) != NULL) {
		done = add_letter(&replay, g_strchomp(line), error);
		if (done && letters->len == BATCH)
			done = judge_batch(&replay, error);
	}
	return done && (letters->len == 0 || judge_batch(&replay, error));
}
