/* --explain: what the classifier makes of files, for scripts; explain-text.c has it for
 * people. */
#include "classify-private.h"
#include "explain-private.h"
#include "fault.h"
#include "limit.h"

#include <errno.h>
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files explained before anything is printed. */
#define BATCH 256
#define READ_SIZE (64 << 10)

/* --- the bytes --- */

static gboolean
refuse_file(GError **error, const char *file, const char *what)
{
	g_set_error(error, FAULT, FAULT_LETTER, "%s: %s", file, what);
	return FALSE;
}

static gboolean
read_descriptor(int fd, const char *file, GByteArray *bytes, GError **error)
{
	guint8 buffer[READ_SIZE];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refuse_file(error, file, g_strerror(errno));
		if (bytes->len + (gsize)n > LIMIT_LETTER)
			return refuse_file(error, file, "larger than any letter may be");
		g_byte_array_append(bytes, buffer, (guint)n);
	}
	return TRUE;
}

static GBytes *
feed_file(gpointer data, guint index, gboolean *ret_whole, GError **error)
{
	const char *file = ((char *const *)data)[index];
	gboolean standard_input = g_str_equal(file, "-");
	int fd = standard_input ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	gboolean done;

	*ret_whole = TRUE;
	if (fd < 0) {
		refuse_file(error, file, g_strerror(errno));
		return NULL;
	}
	done = read_descriptor(fd, file, bytes, error);
	if (!standard_input)
		close(fd);
	return done ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes)) : NULL;
}

/* --- for scripts --- */

static void
add_string(JsonBuilder *builder, const char *name, const char *value)
{
	json_builder_set_member_name(builder, name);
	json_builder_add_string_value(builder, value != NULL ? value : "");
}

static void
add_boolean(JsonBuilder *builder, const char *name, gboolean value)
{
	json_builder_set_member_name(builder, name);
	json_builder_add_boolean_value(builder, value);
}

/* The main one first, as in the verdict's own text. */
static void
add_rules(JsonBuilder *builder, const Verdict *verdict)
{
	g_autofree char *text = verdict_rules_text(verdict);
	g_auto(GStrv) rules = g_strsplit(text, ",", -1);

	json_builder_set_member_name(builder, "rule");
	if (verdict->rule >= 0)
		json_builder_add_string_value(builder, rule_names[verdict->rule]);
	else
		json_builder_add_null_value(builder);
	json_builder_set_member_name(builder, "rules");
	json_builder_begin_array(builder);
	for (char **rule = rules; *rule != NULL; rule++)
		if (**rule != '\0')
			json_builder_add_string_value(builder, *rule);
	json_builder_end_array(builder);
}

static void
add_scores(JsonBuilder *builder, const Verdict *verdict)
{
	json_builder_set_member_name(builder, "scores");
	json_builder_begin_object(builder);
	for (guint rule = 0; rule < N_RULES; rule++) {
		json_builder_set_member_name(builder, rule_names[rule]);
		json_builder_add_double_value(builder, verdict->scores[rule]);
	}
	json_builder_end_object(builder);
}

static void
add_number(JsonBuilder *builder, const char *name, double value)
{
	json_builder_set_member_name(builder, name);
	if (isinf(value))
		json_builder_add_null_value(builder);
	else
		json_builder_add_double_value(builder, round(value * 1000) / 1000);
}

/* All fourteen, with what each weighs and takes: null is never. */
static void
add_tests(JsonBuilder *builder, const Judge *judge, const Verdict *verdict)
{
	TestResult results[N_RESULTS];

	explain_tests(judge, verdict, results);
	json_builder_set_member_name(builder, "tests");
	json_builder_begin_array(builder);
	for (guint i = 0; i < N_RESULTS; i++) {
		json_builder_begin_object(builder);
		add_string(builder, "test", results[i].name);
		add_string(builder, "rule", rule_names[results[i].rule]);
		add_string(builder, "paragraph", rule_paragraphs[results[i].rule]);
		add_number(builder, "weight", results[i].weight);
		add_number(builder, "hold", results[i].hold);
		add_number(builder, "reject", results[i].reject);
		add_string(builder, "result", test_state_names[results[i].state]);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
}

static void
add_topics(JsonBuilder *builder, const Judge *judge, const Verdict *verdict)
{
	const Finding *best = explain_topic(verdict, verdict->topic);
	const Finding *second = explain_topic(verdict, verdict->second_topic);

	add_string(builder, "topic", topic_names[verdict->topic]);
	add_string(builder, "second_topic", topic_names[verdict->second_topic]);
	add_boolean(builder, "topic_sure", verdict->topic_sure);
	add_number(builder, "topic_ahead",
	    best != NULL && second != NULL ? best->score - second->score : 0);
	add_number(builder, "topic_sure_from", explain_topic_margin(judge));
}

static void
add_attachments(JsonBuilder *builder, const Reading *reading)
{
	json_builder_set_member_name(builder, "attachments");
	json_builder_begin_array(builder);
	for (guint i = 0; i < reading->attachments->len; i++) {
		const Attachment *attachment = reading->attachments->pdata[i];

		json_builder_begin_object(builder);
		add_string(builder, "name", attachment->name);
		add_string(builder, "type", attachment->type);
		json_builder_set_member_name(builder, "size");
		json_builder_add_int_value(builder, attachment->size);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
}

static void
add_result(JsonBuilder *builder, const Judge *judge, const Reading *reading,
    const Verdict *verdict)
{
	add_string(builder, "kind", kind_names[reading->kind]);
	add_string(builder, "language", language_names[reading->language]);
	add_string(builder, "verdict", outcome_names[verdict->outcome]);
	add_rules(builder, verdict);
	add_boolean(builder, "urgent", verdict->urgent);
	add_topics(builder, judge, verdict);
	add_boolean(builder, "confidential", reading->confidential);
	add_string(builder, "name", reading->name);
	add_string(builder, "name_where", reading->name_where);
	add_string(builder, "email", reading->email);
	add_string(builder, "email_where", reading->email_where);
	add_string(builder, "phone", reading->phone);
	add_string(builder, "phone_where", reading->phone_where);
	add_string(builder, "missing", verdict->missing);
	add_string(builder, "case_number", reading->case_number);
	add_string(builder, "charset", reading->charset);
	add_string(builder, "no_answer", reading->no_answer);
	add_string(builder, "version", verdict->version);
	add_string(builder, "subject", reading->subject);
	add_string(builder, "text", reading->text);
	add_string(builder, "quoted", reading->quoted);
	add_attachments(builder, reading);
	add_scores(builder, verdict);
	add_tests(builder, judge, verdict);
}

/* What can't be read is for a person to look at. */
static void
add_failure(JsonBuilder *builder, const Judge *judge, const WorkerResult *result)
{
	g_autoptr(Verdict) verdict = verdict_new();
	g_autoptr(Reading) reading = reading_new();

	verdict->outcome = OUTCOME_HOLD;
	verdict->rule = -1;
	verdict->topic = verdict->second_topic = TOPIC_GENERAL;
	add_result(builder, judge, reading, verdict);
	add_string(
	    builder, "error", result->detail != NULL ? result->detail : result->failure);
}

static void
print_json(const Judge *judge, const char *file, const WorkerResult *result)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *name = g_filename_display_name(file);
	g_autofree char *line = NULL, *evidence = NULL;

	json_builder_begin_object(builder);
	add_string(builder, "file", name);
	if (result->reading != NULL)
		add_result(builder, judge, result->reading, result->verdict);
	else
		add_failure(builder, judge, result);
	json_builder_end_object(builder);
	root = json_builder_get_root(builder);
	line = json_to_string(root, FALSE);
	evidence = result->verdict != NULL ? verdict_findings_json(result->verdict)
					   : g_strdup("[]");
	/* The object goes on behind its last member. */
	printf("%.*s,\"evidence\":%s}\n", (int)strlen(line) - 1, line, evidence);
}

/* --- all files --- */

gboolean
classify_explain(
    Classifier *classifier, char *const *files, gboolean as_json, GError **error)
{
	guint left = g_strv_length((char **)files), unreadable = 0;
	gboolean done = TRUE;

	for (; left > 0 && done; files += MIN(left, BATCH), left -= MIN(left, BATCH)) {
		WorkerResult results[BATCH] = { 0 };

		done = worker_run(classifier->worker, MIN(left, BATCH), feed_file,
		    (gpointer)files, results, error);
		for (guint i = 0; i < MIN(left, BATCH); i++) {
			if (results[i].reading == NULL && results[i].failure == NULL)
				continue;
			if (as_json)
				print_json(classifier->judge, files[i], &results[i]);
			else
				explain_print(classifier->judge, files[i], &results[i]);
			unreadable += results[i].failure != NULL;
			worker_result_clear(&results[i]);
		}
	}
	if (done && unreadable > 0)
		g_set_error(error, FAULT, FAULT_LETTER,
		    "%u of the letters could not be read", unreadable);
	return done && unreadable == 0;
}
