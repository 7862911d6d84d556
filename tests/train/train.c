/* Learns classifier/data/topics.weights or kind.weights from labelled letters that are to
 * be accepted: over their words, and over what topics.txt or kind.txt says in them.
 *
 *     train topics|kinds SHEET.txt OUT FILE…
 *
 * A line of a .tsv file is labelled TOPIC/KIND, or TOPIC alone; other labels are no
 * concern of ours. */
#include "judge-private.h"
#include "learn.h"
#include "letters.h"
#include "regulation.h"

typedef struct {
	const char *name, *member; /* of a letter's record */
	const char *const *labels;
	double cost; /* of a mistake: what did best for authors left out */
	void (*tell)(const Sheet *sheet, const Text *text, const GArray *finds,
	    SignTaker taker, gpointer data);
} Task;

static const Task tasks[] = { { "topics", "topic", topic_names, 0.4, topic_signs },
	{ "kinds", "kind", kind_written_names, 1, kind_signs } };

static const Task *task;
static Lexicon *lexicon;
static const Sheet *sheet;

static void
take_sign(gpointer data, const char *name)
{
	learn_signal(data, name);
}

static void
learn_letter(guint label, const char *subject, const char *body)
{
	g_autoptr(Text) text = text_parse(subject, body);
	g_autoptr(Numbers) numbers = numbers_find(text, NULL);
	g_autoptr(GArray) finds = lexicon_match(lexicon, text, numbers->kinds);
	Example *example = learn_example(text);

	example->labels = 1u << label;
	task->tell(sheet, text, finds, take_sign, example);
}

static void
take_letter(JsonObject *letter, const char *label, const char *subject, const char *body)
{
	int number = -1;

	if (letter == NULL) {
		g_auto(GStrv) labels = g_strsplit(label, "/", 2);

		for (guint i = 0; labels[i] != NULL && number < 0; i++)
			number = name_index(task->labels, labels[i]);
	} else if (g_str_equal(
		       json_object_get_string_member(letter, "outcome"), "accept")) {
		number = name_index(
		    task->labels, json_object_get_string_member(letter, task->member));
	}
	if (number >= 0)
		learn_letter((guint)number, subject, body);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	for (guint i = 0; argc >= 5 && i < G_N_ELEMENTS(tasks); i++)
		if (g_str_equal(argv[1], tasks[i].name))
			task = &tasks[i];
	if (task == NULL) {
		g_printerr("usage: train topics|kinds SHEET.txt OUT FILE…\n");
		return 64;
	}
	lexicon = lexicon_new();
	sheet = lexicon_load(lexicon, argv[2], &error);
	if (sheet == NULL)
		g_error("%s", error->message);
	for (int i = 4; i < argc; i++)
		letters_read(argv[i], take_letter);
	learn_write(argv[3], task->labels, task->cost, 1);
	return 0;
}
