/* The pass: what is received becomes judged, and a letter that can't be read stops
 * itself. */
#include "alarm.h"
#include "classify-private.h"
#include "fault.h"
#include "folder.h"
#include "letter.h"
#include "limit.h"
#include "read.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT(1793000000)

#define LETTER(subject, text)                                                            \
	"From: =?utf-8?B?0JDQudCz0q/QuyDQodC10YDRltC60L7QstCw?= <a@b.example>\r\n"       \
	"To: rector@abai.example\r\nSubject: " subject "\r\n"                            \
	"Content-Type: text/plain; charset=utf-8\r\n\r\n" text "\r\n"

typedef struct {
	char *folder, *path;
	Classifier *classifier;
} Place;

static void
set_up(Place *place, gconstpointer data)
{
	ClassifierSettings settings = { .max_letter_time = 2,
		.max_attempts = 3,
		.data = (char *)TEST_SOURCE_ROOT "/classifier/data" };
	g_autoptr(GError) error = NULL;

	place->folder = g_dir_make_tmp("classifier-XXXXXX", NULL);
	place->path = g_build_filename(place->folder, "rector.db", NULL);
	place->classifier = classifier_new(&settings, "rector@abai.example", &error);
	g_assert_no_error(error);
}

static void
tear_down(Place *place, gconstpointer data)
{
	classifier_free(place->classifier);
	remove_folder(place->folder);
	g_free(place->folder);
	g_free(place->path);
}

static void
receive(Place *place, const char *const *texts)
{
	g_autoptr(Store) store = store_open(place->path, ROOM_FETCHER, NULL);
	g_autoptr(Mailbox) mailbox = store_mailbox(store, "import", NULL);
	g_autoptr(GArray) arrivals = g_array_new(FALSE, FALSE, sizeof(Arrival));
	g_autoptr(GError) error = NULL;
	guint new_letters = 0;

	for (guint i = 0; texts[i] != NULL; i++) {
		Arrival arrival = { .uid = i + 1,
			.received_at = NOW + i,
			.size = (gint64)strlen(texts[i]),
			.whole = TRUE };

		g_assert_true(spool_begin(store_spool(store), NULL));
		g_assert_true(
		    spool_write(store_spool(store), texts[i], strlen(texts[i]), NULL));
		g_assert_true(
		    spool_end(store_spool(store), &arrival.place, arrival.digest, NULL));
		g_array_append_val(arrivals, arrival);
	}
	store_letters_receive(store, mailbox->id, mailbox->uidvalidity,
	    (Arrival *)(gpointer)arrivals->data, arrivals->len, arrivals->len, NOW,
	    &new_letters, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(new_letters, ==, arrivals->len);
}

/* One pass, and the letters after it. */
static void
pass(Place *place, guint n, Letter **ret_letters)
{
	g_autoptr(Store) store = store_open(place->path, ROOM_CLASSIFIER, NULL);
	g_autoptr(GError) error = NULL;

	classify_pass(place->classifier, store, NOW + 1000, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < n; i++) {
		ret_letters[i] = store_letter_get(store, i + 1, &error);
		g_assert_no_error(error);
	}
}

static void
test_judged(Place *place, gconstpointer data)
{
	const char *const texts[] = { LETTER("One", "Please repair the heating."),
		LETTER("Two", "Жатақханада су жоқ."), NULL };
	Letter *letters[2];

	receive(place, texts);
	pass(place, 2, letters);

	for (guint i = 0; i < 2; i++) {
		g_assert_cmpstr(letters[i]->state, ==, "judged");
		g_assert_cmpstr(letters[i]->reading->subject, ==, i == 0 ? "One" : "Two");
		g_assert_cmpstr(letters[i]->reading->from_name, ==, "Айгүл Серікова");
		g_assert_cmpstr(letters[i]->verdict->version, ==,
		    judge_version(place->classifier->judge));
		letter_free(letters[i]);
	}
}

static void
test_idle_pass_writes_nothing(Place *place, gconstpointer data)
{
	const char *const texts[] = { LETTER("One", "Please repair the heating."), NULL };
	g_autoptr(Store) other = NULL;
	Letter *letters[1];
	gint64 before;

	receive(place, texts);
	pass(place, 1, letters);
	letter_free(letters[0]);
	other = store_open(place->path, ROOM_QUEUE, NULL);
	before = store_data_version(other);
	pass(place, 1, letters);
	letter_free(letters[0]);

	g_assert_cmpint(store_data_version(other), ==, before);
}

static void
test_limit(Place *place, gconstpointer data)
{
	g_autofree char *field = g_strnfill(LIMIT_FIELD, 'x');
	g_autofree char *large = g_strconcat("X: ", field, "\r\n\r\ntext", NULL);
	const char *const texts[] = { large, LETTER("Two", "Please repair the heating."),
		NULL };
	Letter *letters[2];

	receive(place, texts);
	pass(place, 2, letters);

	g_assert_cmpstr(letters[0]->state, ==, "stuck");
	g_assert_cmpint(letters[0]->attempts, ==, 1);
	g_assert_cmpstr(letters[1]->state, ==, "judged");
	letter_free(letters[0]);
	letter_free(letters[1]);
}

static void
use_job(Place *place, WorkerJob job)
{
	g_autoptr(GBytes) canary = g_bytes_new_static(
	    LETTER("Canary", "text"), strlen(LETTER("Canary", "text")));

	worker_free(place->classifier->worker);
	place->classifier->worker = worker_new_for(job, NULL, 5, canary);
}

/* Reads, but dies of one subject. */
static gboolean
deadly(GBytes *raw, gboolean whole, gpointer data, GByteArray *answer, GError **error)
{
	g_autoptr(Reading) reading = letter_read(raw, whole, NULL, error);
	g_autoptr(Verdict) verdict = verdict_new();

	if (g_strcmp0(reading->subject, "Crash") == 0)
		abort();
	verdict->rule = -1;
	reading_pack(reading, verdict, answer);
	return TRUE;
}

static void
test_crash(Place *place, gconstpointer data)
{
	const char *const texts[] = { LETTER("One", "text"), LETTER("Crash", "text"),
		LETTER("Three", "text"), NULL };
	Letter *letters[3];

	use_job(place, deadly);
	receive(place, texts);
	pass(place, 3, letters);

	g_assert_cmpstr(letters[0]->state, ==, "judged");
	g_assert_cmpstr(letters[1]->state, ==, "stuck");
	g_assert_cmpint(letters[1]->attempts, ==, 3);
	g_assert_cmpstr(letters[2]->state, ==, "judged");
	for (guint i = 0; i < 3; i++)
		letter_free(letters[i]);
}

/* Stands before GMime's own, as a broken library would. */
static gboolean library_is_broken;
gpointer g_mime_parser_construct_part(gpointer parser, gpointer options);

gpointer
g_mime_parser_construct_part(gpointer parser, gpointer options)
{
	gpointer (*real)(gpointer, gpointer) = NULL;

	if (library_is_broken)
		abort();
	*(void **)&real = dlsym(RTLD_NEXT, "g_mime_parser_construct_part");
	return real(parser, options);
}

static guint
count_alarms(Store *store)
{
	g_autoptr(GPtrArray) alarms = store_alarms_on(store, NULL);

	for (guint i = 0; i < alarms->len; i++)
		g_assert_cmpstr(((Alarm *)alarms->pdata[i])->kind, ==, "reader");
	return alarms->len;
}

/* However often the program is started: the letters wait as they came, and there is one
 * alarm until it works again. */
static void
test_broken_reader(Place *place, gconstpointer data)
{
	const char *const texts[] = { LETTER("One", "text"), LETTER("Two", "text"),
		NULL };
	g_autoptr(Store) store = NULL;
	Letter *letters[2];

	receive(place, texts);
	store = store_open(place->path, ROOM_CLASSIFIER, NULL);
	library_is_broken = TRUE;
	for (guint start = 0; start < 5; start++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(
		    classify_pass(place->classifier, store, NOW + 1000, &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
		for (guint i = 1; i <= 2; i++) {
			g_autoptr(Letter) letter = store_letter_get(store, i, NULL);

			g_assert_cmpstr(letter->state, ==, "received");
			g_assert_cmpint(letter->attempts, ==, 0);
		}
		g_assert_cmpuint(count_alarms(store), ==, 1);
	}

	/* Mended, and started again. */
	library_is_broken = FALSE;
	pass(place, 2, letters);

	for (guint i = 0; i < 2; i++) {
		g_assert_cmpstr(letters[i]->state, ==, "judged");
		letter_free(letters[i]);
	}
	g_assert_cmpuint(count_alarms(store), ==, 0);
}

/* Letters of one batch are each other's history. */
static void
test_flood(Place *place, gconstpointer data)
{
	const char *const texts[] = { LETTER("a", "Again."), LETTER("b", "Again."),
		LETTER("c", "Again."), LETTER("d", "Again."), LETTER("e", "Again."),
		NULL };
	Letter *letters[5];

	receive(place, texts);
	pass(place, 5, letters);

	g_assert_cmpuint(letters[0]->verdict->rules & 1u << RULE_FLOOD, ==, 0);
	g_assert_cmpuint(letters[4]->verdict->rules & 1u << RULE_FLOOD, !=, 0);
	for (guint i = 0; i < 5; i++)
		letter_free(letters[i]);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	/* A warning is what a letter deserves that can't be read. */
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
	g_test_add(
	    "/pass/letters are judged", Place, NULL, set_up, test_judged, tear_down);
	g_test_add("/pass/an idle pass writes nothing", Place, NULL, set_up,
	    test_idle_pass_writes_nothing, tear_down);
	g_test_add("/pass/a letter beyond a limit is stuck at once", Place, NULL, set_up,
	    test_limit, tear_down);
	g_test_add("/pass/a letter that kills its reader stops itself", Place, NULL,
	    set_up, test_crash, tear_down);
	g_test_add("/pass/a broken reader harms no letter", Place, NULL, set_up,
	    test_broken_reader, tear_down);
	g_test_add(
	    "/pass/many alike are a flood", Place, NULL, set_up, test_flood, tear_down);
	return g_test_run();
}
