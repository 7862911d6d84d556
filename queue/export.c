/* export --labels: letters that a person decided, as labelled letters to learn from and
 * to measure by. */
#include "case.h"
#include "labels.h"
#include "letter-file.h"
#include "line.h"
#include "queue.h"
#include "view.h"

#include <string.h>

#define PAGE 1000
#define NAME_BYTES 8 /* of the letter's SHA-256 */

typedef struct {
	Program *program;
	Labels *labels;
	RedactData *data; /* NULL: the letters as they came */
	const char *own_host;
	gint64 added, known, failed;
} Export;

/* Named by what it is, so that the letters of several stores may be put together. */
static char *
name_of(const Export *export, const StoredLetter *stored)
{
	GString *name = g_string_new(export->data != NULL ? "redacted-" : "letter-");

	for (guint i = 0; i < NAME_BYTES; i++)
		g_string_append_printf(name, "%02x", stored->digest[i]);
	return g_string_free(name, FALSE);
}

/* Where the case is now; else where the person or the machine saw it. */
static gboolean
find_topic(Store *store, const Letter *letter, Topic *ret_topic, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Case) item = store_case_by_letter(store, letter->id, &failure);

	*ret_topic = item != NULL ? item->topic : letter->verdict->topic;
	if (g_error_matches(failure, FAULT, FAULT_LETTER))
		g_clear_error(&failure);
	return fault_hand_on(g_steal_pointer(&failure), error);
}

/* What goes into the folder: as it came, or without personal data. */
typedef struct {
	GBytes *bytes;
	char *name, *phone, *reason;
} Sample;

static void
sample_clear(Sample *sample)
{
	g_clear_pointer(&sample->bytes, g_bytes_unref);
	g_clear_pointer(&sample->name, g_free);
	g_clear_pointer(&sample->phone, g_free);
	g_clear_pointer(&sample->reason, g_free);
}

static gboolean
take_as_it_came(
    const Export *export, const Letter *letter, Sample *sample, GError **error)
{
	sample->bytes =
	    spool_read(store_spool(export->program->store), &letter->place, error);
	sample->name = g_strdup(letter->reading->name);
	sample->phone = g_strdup(letter->reading->phone);
	sample->reason = g_strdup(letter->decided_reason);
	return sample->bytes != NULL;
}

static gboolean
take_redacted(const Export *export, const Letter *letter, const char *id, Sample *sample,
    GError **error)
{
	const Reading *reading = letter->reading;
	g_autoptr(Mask) mask = mask_new(export->data, reading, export->own_host);
	char *mail = letter_file_redacted(letter, id, mask, error);

	if (mail == NULL)
		return FALSE;
	sample->bytes = g_bytes_new_take(mail, strlen(mail));
	sample->name = mask_apply(mask, reading->name, NULL);
	sample->phone = mask_apply(mask, reading->phone, NULL);
	sample->reason = mask_apply(mask, letter->decided_reason, NULL);
	return TRUE;
}

/* Of the rules only the one that the person named: the others are not confirmed. */
static gboolean
add_sample(Export *export, const Letter *letter, const char *file, const Sample *sample,
    GError **error)
{
	const Verdict *verdict = letter->verdict;
	gboolean refused = verdict->outcome == OUTCOME_REJECT;
	g_autofree char *why = g_strconcat(verdict->urgent ? "URGENT: " : "",
	    sample->reason != NULL ? sample->reason : "", NULL);
	Label label = { .file = file,
		.lang = language_names[letter->reading->language],
		.kind = kind_names[letter->reading->kind],
		.outcome = outcome_names[verdict->outcome],
		.rules = refused && verdict->rule >= 0 ? rule_names[verdict->rule] : "",
		.name = sample->name,
		.phone = sample->phone,
		.confidential = letter->reading->confidential ? "yes" : "no",
		.hard = "yes",
		.why = why };
	Topic topic;
	gsize length;
	const char *bytes = g_bytes_get_data(sample->bytes, &length);

	if (!find_topic(export->program->store, letter, &topic, error))
		return FALSE;
	label.topic = refused ? "" : topic_names[topic];
	if (!labels_add(export->labels, &label, bytes, length, error))
		return FALSE;
	export->added++;
	if (queue_options.json)
		line_print_json("letter", 'i', letter->id, "file", 't', file, "outcome",
		    't', label.outcome, "rules", 't', label.rules, "topic", 't',
		    label.topic, NULL);
	return TRUE;
}

/* A letter that can't be exported is counted and told of; the others go on. */
static gboolean
export_letter(Export *export, const Letter *letter, const char *id, GError **error)
{
	g_autofree char *file = g_strconcat(id, ".eml", NULL);
	g_autoptr(GError) failure = NULL;
	Sample sample = { 0 };
	gboolean done;

	if (labels_has(export->labels, file)) {
		export->known++;
		return TRUE;
	}
	if (letter->reading == NULL)
		g_set_error_literal(&failure, FAULT, FAULT_LETTER, "it was never read");
	else if (export->data != NULL)
		take_redacted(export, letter, id, &sample, &failure);
	else
		take_as_it_came(export, letter, &sample, &failure);
	if (g_error_matches(failure, FAULT, FAULT_LETTER)) {
		export->failed++;
		g_printerr("letter %" G_GINT64_FORMAT ": not exported: %s\n", letter->id,
		    failure->message);
		return TRUE;
	}
	if (!fault_hand_on(g_steal_pointer(&failure), error))
		return FALSE;
	done = add_sample(export, letter, file, &sample, error);
	sample_clear(&sample);
	return done;
}

static gboolean
export_page(Export *export, const GArray *page, GError **error)
{
	for (guint i = 0; i < page->len && !program_stopping(); i++) {
		const StoredLetter *stored = &g_array_index(page, StoredLetter, i);
		g_autoptr(GError) failure = NULL;
		g_autoptr(Letter) letter =
		    store_letter_get(export->program->store, stored->letter, &failure);
		g_autofree char *id = name_of(export, stored);

		/* verify tells of damaged ones. */
		if (g_error_matches(failure, FAULT, FAULT_LETTER))
			continue;
		if (!fault_hand_on(g_steal_pointer(&failure), error))
			return FALSE;
		if (letter->decided_by != NULL &&
		    !export_letter(export, letter, id, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
export_all(Export *export, GError **error)
{
	gint64 after = 0;
	guint n;

	do {
		g_autoptr(GArray) page =
		    view_stored(export->program->store, after, PAGE, error);

		if (page == NULL || !export_page(export, page, error))
			return FALSE;
		n = page->len;
		if (n > 0)
			after = g_array_index(page, StoredLetter, n - 1).letter;
	} while (n == PAGE && !program_stopping());
	return TRUE;
}

static gboolean
load_data(Export *export, GError **error)
{
	g_autofree char *folder = program_data_folder("queue");
	g_autofree char *file = g_build_filename(folder, "redact.conf", NULL);

	if (queue_options.redact)
		export->data = redact_data_load(file, error);
	return export->data != NULL || !queue_options.redact;
}

static void
print_sum(const Export *export)
{
	if (queue_options.json)
		line_print_json("added", 'i', export->added, "known", 'i', export->known,
		    "failed", 'i', export->failed, NULL);
	else
		line_print("%" G_GINT64_FORMAT " letters added, %" G_GINT64_FORMAT
			   " were there already%s",
		    export->added, export->known,
		    export->failed > 0 ? ", some could not be exported" : "");
}

gboolean
queue_export(Program *program, char **argv, GError **error)
{
	const char *at = strrchr(program->university.address, '@');
	Export export = { .program = program, .own_host = at != NULL ? at + 1 : NULL };
	gboolean done = FALSE;

	if (queue_options.labels == NULL) {
		g_set_error_literal(error, FAULT, FAULT_SETUP,
		    "export: expected --labels DIR, the folder for the letters");
		return FALSE;
	}
	if (load_data(&export, error)) {
		export.labels = labels_open(queue_options.labels,
		    export.data != NULL ? "redacted-" : "letter-", error);
		done = export.labels != NULL && export_all(&export, error);
	}
	if (done)
		print_sum(&export);
	labels_close(export.labels);
	redact_data_free(export.data);
	return done;
}
