/* Learns classifier/data/topics.weights from labelled letters:
 *
 *     train TOPICS.txt OUT FILE…
 *
 * What the concepts of topics.txt say already is not learned again. */
#include "judge-private.h"
#include "learn.h"
#include "letters.h"
#include "regulation.h"

#define COST 2.0

static Lexicon *lexicon; /* of topics.txt */
static const Sheet *concepts;

static void
take_letter(JsonObject *letter, const char *label, const char *subject, const char *body)
{
	g_autoptr(Text) text = NULL;
	g_autoptr(Numbers) numbers = NULL;
	g_autoptr(GArray) finds = NULL;
	Example *example;
	int topic;

	if (letter != NULL) {
		if (!g_str_equal(
			json_object_get_string_member(letter, "outcome"), "accept"))
			return;
		label = json_object_get_string_member(letter, "topic");
	}
	topic = name_index(topic_names, label);
	if (topic < 0)
		return;
	text = text_parse(subject, body);
	numbers = numbers_find(text, NULL);
	finds = lexicon_match(lexicon, text, numbers->kinds);
	example = learn_example(text);
	example->labels = 1u << topic;
	topic_concepts(concepts, text, finds, example->offset);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	if (argc < 4) {
		g_printerr("usage: train TOPICS.txt OUT FILE…\n");
		return 64;
	}
	lexicon = lexicon_new();
	concepts = lexicon_load(lexicon, argv[1], &error);
	if (concepts == NULL)
		g_error("%s", error->message);
	for (int i = 3; i < argc; i++)
		letters_read(argv[i], take_letter);
	learn_write(argv[2], topic_names, COST, 1);
	return 0;
}
