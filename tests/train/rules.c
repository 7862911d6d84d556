/* Learns classifier/data/learned.weights from labelled letters: over their words, and
 * over what the tests find in them.
 *
 *     train-rules DATA OUT FILE…
 *
 * DATA is the folder with the sheets of the tests. */
#include "joint.h"
#include "learn.h"
#include "letters.h"

#include <string.h>

#define COST 0.5

static Judge *judge;

static void
take_signal(gpointer data, const char *name)
{
	learn_signal(data, name);
}

/* A line of a .tsv file has no author, and that says nothing. */
static void
take_signal_of_line(gpointer data, const char *name)
{
	if (!g_str_has_prefix(name, "anonymous") && !g_str_has_prefix(name, "incomplete"))
		learn_signal(data, name);
}

static const char *
member(JsonObject *letter, const char *name)
{
	return letter != NULL ? json_object_get_string_member(letter, name) : NULL;
}

/* Every rule that is broken, or that it is fair, and whether it speaks of danger; 0: not
 * to be learned from. */
static guint32
labels_of(JsonObject *letter, const char *label)
{
	JsonArray *rules;
	guint32 labels = 0;
	int rule;

	if (letter == NULL) {
		rule = name_index(rule_names, label);
		return 1u << (rule < 0 ? JOINT_FAIR : rule);
	}
	if (g_str_equal(member(letter, "outcome"), "ignore"))
		return 0;
	rules = json_object_get_array_member(letter, "rules");
	for (guint i = 0; i < json_array_get_length(rules); i++) {
		rule = name_index(rule_names, json_array_get_string_element(rules, i));
		if (rule < 0)
			g_error("letter %s: unknown rule", member(letter, "id"));
		if (rule == RULE_FLOOD) /* no letter shows it alone */
			return 0;
		labels |= 1u << rule;
	}
	if (labels == 0)
		labels = 1u << JOINT_FAIR;
	if (strstr(member(letter, "why"), "URGENT") != NULL)
		labels |= 1u << JOINT_URGENT;
	return labels;
}

static void
take_letter(JsonObject *letter, const char *label, const char *subject, const char *body)
{
	g_autoptr(Reading) reading = reading_new();
	g_autoptr(Text) text = NULL;
	g_autoptr(Verdict) verdict = NULL;
	guint32 labels = labels_of(letter, label);
	Example *example;

	if (labels == 0)
		return;
	reading->subject = g_strdup(subject);
	reading->text = g_strdup(body);
	reading->from_name = g_strdup(member(letter, "from_name"));
	reading->from_address = g_strdup(member(letter, "from_addr"));
	text = text_parse(subject, body);
	example = learn_example(text);
	example->labels = labels;
	verdict = judge_reading(judge, reading);
	joint_signals(
	    verdict, letter != NULL ? take_signal : take_signal_of_line, example);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	if (argc < 4) {
		g_printerr("usage: train-rules DATA OUT FILE…\n");
		return 64;
	}
	judge = judge_load(argv[1], &error);
	if (judge == NULL)
		g_error("%s", error->message);
	for (int i = 3; i < argc; i++)
		letters_read(argv[i], take_letter);
	learn_balance(N_JOINT);
	learn_write(argv[2], joint_names, COST, 1);
	return 0;
}
