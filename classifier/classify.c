#include "alarm.h"
#include "classify-private.h"
#include "complete.h"
#include "fault.h"
#include "letter.h"
#include "program.h"

/* Letters judged in one transaction. */
#define BATCH 128
#define LETTER_SECONDS 10

static const char *const mode_names[] = { "reject", "hold", "off", NULL };

#define MODE(rule, name)                                                                 \
	{                                                                                \
		name, SETTING_CHOICE, "reject",                                          \
		    offsetof(ClassifierSettings, modes) + (rule) * sizeof(int), 0, 0,    \
		    mode_names                                                           \
	}

const Setting classifier_settings[] = {
	MODE(RULE_ANONYMOUS, "anonymous"),
	MODE(RULE_SECRET, "secret"),
	MODE(RULE_HATE, "hate"),
	MODE(RULE_PERSONAL_DATA, "personal-data"),
	MODE(RULE_COMMERCIAL, "commercial"),
	MODE(RULE_UNLAWFUL, "unlawful"),
	MODE(RULE_OBSCENE, "obscene"),
	MODE(RULE_PRIVATE, "private"),
	MODE(RULE_PETITION, "petition"),
	MODE(RULE_FLOOD, "flood"),
	MODE(RULE_UNINTELLIGIBLE, "unintelligible"),
	MODE(RULE_CAPITALS, "capitals"),
	MODE(RULE_UNSENTENCED, "unsentenced"),
	{ "max_letter_time", SETTING_SECONDS, "10 s",
	    offsetof(ClassifierSettings, max_letter_time), 1, 600 },
	{ "max_attempts", SETTING_INTEGER, "3",
	    offsetof(ClassifierSettings, max_attempts), 1, 100 },
	{ "data", SETTING_PATH, NULL, offsetof(ClassifierSettings, data) },
	{ NULL },
};

static GBytes *
load_canary(const char *folder, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "canary.eml", NULL);
	g_autoptr(GError) failure = NULL;
	char *bytes;
	gsize length;

	if (g_file_get_contents(path, &bytes, &length, &failure))
		return g_bytes_new_take(bytes, length);
	g_set_error(error, FAULT, FAULT_SETUP, "%s", failure->message);
	return NULL;
}

Classifier *
classifier_new(
    const ClassifierSettings *settings, const char *own_address, GError **error)
{
	g_autoptr(Classifier) classifier = g_new0(Classifier, 1);
	g_autofree char *folder = settings != NULL && settings->data != NULL
	    ? g_strdup(settings->data)
	    : program_data_folder("classifier");
	g_autofree char *quotes = g_build_filename(folder, "quotes.txt", NULL);
	g_autoptr(GBytes) canary = load_canary(folder, error);
	const char *const own[] = { own_address, NULL };

	if (canary == NULL)
		return NULL;
	classifier->quotes = quotes_load(quotes, error);
	if (classifier->quotes == NULL)
		return NULL;
	classifier->judge = judge_load(folder, error);
	if (classifier->judge == NULL)
		return NULL;
	judge_set_own_addresses(classifier->judge, own);
	for (int rule = 0; settings != NULL && rule < N_RULES; rule++)
		judge_set_mode(
		    classifier->judge, (Rule)rule, (RuleMode)settings->modes[rule]);
	classifier->max_attempts = settings != NULL ? (guint)settings->max_attempts : 3;
	/* Last: the child inherits what is loaded. */
	classifier->worker = worker_new(classifier->judge, classifier->quotes,
	    settings != NULL && settings->max_letter_time > 0
		? (guint)settings->max_letter_time
		: LETTER_SECONDS,
	    canary);
	return g_steal_pointer(&classifier);
}

void
classifier_free(Classifier *classifier)
{
	if (classifier == NULL)
		return;
	worker_free(classifier->worker);
	judge_free(classifier->judge);
	quotes_free(classifier->quotes);
	g_free(classifier);
}

/* --- the pass --- */

typedef struct {
	Store *store;
	const GArray *letters; /* of LetterBytes */
} Batch;

static GBytes *
feed_letter(gpointer data, guint index, gboolean *ret_whole, GError **error)
{
	const Batch *batch = data;
	const LetterBytes *letter = &g_array_index(batch->letters, LetterBytes, index);

	*ret_whole = letter->whole;
	return spool_read(store_spool(batch->store), &letter->place, error);
}

/* Flood is the one test that needs what the author sent before; letters of this
 * transaction count already. */
static gboolean
judge_with_history(const Classifier *classifier, Store *store, const LetterBytes *letter,
    WorkerResult *result, gint64 now, GError **error)
{
	const Reading *reading = result->reading;
	g_autofree char *key = judge_text_key(reading);
	gint64 seconds, few_words;
	History history = { 0 };

	judge_flood_window(classifier->judge, &seconds, &few_words);
	if (reading->from_address != NULL &&
	    !store_letter_history(store, letter->id, reading->from_address, key,
		letter->received_at, seconds, few_words, &history, error))
		return FALSE;
	judge_flood(classifier->judge, reading, &history, result->verdict);
	if (!store_letter_judge(
		store, letter->id, reading, result->verdict, key, now, error))
		return FALSE;
	g_info("letter %" G_GINT64_FORMAT ": judged %s %s", letter->id,
	    outcome_names[result->verdict->outcome],
	    result->verdict->rule >= 0 ? rule_names[result->verdict->rule] : "-");
	return TRUE;
}

static gboolean
keep_result(const Classifier *classifier, Store *store, const LetterBytes *letter,
    WorkerResult *result, gint64 now, GError **error)
{
	if (result->reading != NULL)
		return judge_with_history(classifier, store, letter, result, now, error);
	if (result->failure == NULL)
		return store_letter_unclaim(store, letter->id, error);
	g_warning("letter %" G_GINT64_FORMAT ": attempt %" G_GINT64_FORMAT " failed: %s",
	    letter->id, letter->attempts + 1, result->failure);
	/* A limit that is broken once is broken always. */
	return store_letter_fail(
	    store, letter->id, result->failure, result->detail != NULL, now, error);
}

static gboolean
keep_results(const Classifier *classifier, Store *store, const GArray *letters,
    WorkerResult *results, gint64 now, GError **error)
{
	g_autoptr(Txn) txn = store_begin(store, error);

	if (txn == NULL)
		return FALSE;
	for (guint i = 0; i < letters->len; i++)
		if (!keep_result(classifier, store,
			&g_array_index(letters, LetterBytes, i), &results[i], now, error))
			return FALSE;
	return store_commit(txn, error);
}

/* A reader that fails on every letter stops the room, and somebody must hear of it. */
static gboolean
tell_of_reader(Store *store, const GError *trouble, gint64 now, GError **error)
{
	if (g_error_matches(trouble, FAULT, FAULT_SETUP))
		return store_alarm_raise(store, "reader", trouble->message, now, error);
	return trouble != NULL || program_stopping() ||
	    store_alarm_clear(store, "reader", now, error);
}

static gboolean
classify_batch(Classifier *classifier, Store *store, const GArray *letters, gint64 now,
    GError **error)
{
	g_autofree WorkerResult *results = g_new0(WorkerResult, letters->len);
	g_autoptr(GError) trouble = NULL;
	Batch batch = { store, letters };
	gboolean ran, kept;

	ran = worker_run(
	    classifier->worker, letters->len, feed_letter, &batch, results, &trouble);
	kept = keep_results(classifier, store, letters, results, now, error) &&
	    tell_of_reader(store, trouble, now, error);
	for (guint i = 0; i < letters->len; i++)
		worker_result_clear(&results[i]);
	if (kept && !ran)
		g_propagate_error(error, g_steal_pointer(&trouble));
	return kept && ran;
}

gboolean
classify_pass(Classifier *classifier, Store *store, gint64 now, GError **error)
{
	if (!complete_letters(store, now, error))
		return FALSE;
	while (!program_stopping()) {
		g_autoptr(GArray) letters = store_letters_claim(
		    store, BATCH, classifier->max_attempts, now, error);

		if (letters == NULL)
			return FALSE;
		if (letters->len == 0)
			break;
		if (!classify_batch(classifier, store, letters, now, error))
			return FALSE;
	}
	return TRUE;
}
