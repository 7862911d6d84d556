/* Whose matter the letter is.  Concepts of the university that people wrote down in
 * data/topics.txt (a dormitory place, a pass mark, a visa …) and the letter's words speak
 * for each topic with weights learned from labelled letters (data/topics.weights).  Each
 * topic's signals begin with its name: "academic-grades". */
#include "judge-private.h"

#include "fault.h"
#include <string.h>

/* Weights below it are not worth a word. */
#define LEAST_TOLD 0.05
#define MOST_TOLD 3 /* words of a concept */

static Topic
topic_of(const Signal *signal)
{
	for (guint i = 0; i < N_TOPICS; i++) {
		gsize length = strlen(topic_names[i]);

		if (strncmp(signal->name, topic_names[i], length) == 0 &&
		    signal->name[length] == '-')
			return i;
	}
	return N_TOPICS;
}

gboolean
topic_check_sheet(const Sheet *sheet, const char *file, GError **error)
{
	for (guint i = 0; i < sheet->signals->len; i++) {
		const Signal *signal = sheet->signals->pdata[i];

		if (topic_of(signal) == N_TOPICS) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "%s: expected signals named TOPIC-SOMETHING, found \"%s\"",
			    file, signal->name);
			return FALSE;
		}
	}
	return TRUE;
}

void
topic_signs(const Sheet *sheet, const Text *text, const GArray *finds, SignTaker taker,
    gpointer data)
{
	guint n;
	const Find *found = finds_of_sheet(finds, sheet, &n);

	signs_tell(sheet, text, found, n, FALSE, taker, data);
}

typedef struct {
	const Judge *judge;
	double scores[N_TOPICS];
} Sum;

/* A signal of which nothing was learned yet counts its own weight for its own topic. */
static void
add_sign(gpointer data, const char *name)
{
	Sum *sum = data;
	const Signal *signal = sheet_signal(sum->judge->concepts, name);
	double learned[N_TOPICS] = { 0 };
	gboolean known = FALSE;

	linear_add_signal(sum->judge->weights, WEIGHTS_TOPICS, name, learned);
	for (guint i = 0; i < N_TOPICS; i++) {
		known |= learned[i] != 0;
		sum->scores[i] += learned[i];
	}
	if (!known && signal != NULL)
		sum->scores[topic_of(signal)] += signal->weight;
}

/* Adds "жатақхана, комендант +0.41" for the finds of one signal. */
static void
tell_concept(const Scene *scene, const Find *finds, guint n, Topic topic, GString *words)
{
	const Signal *signal = scene->judge->concepts->signals->pdata[finds->signal];
	Sum sum = { scene->judge, { 0 } };

	add_sign(&sum, signal->name);
	if (sum.scores[topic] < LEAST_TOLD)
		return;
	for (guint i = 0; i < MIN(n, MOST_TOLD); i++) {
		g_autofree char *said =
		    text_copy_words(scene->text, finds[i].first, finds[i].last + 1);

		g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", said);
	}
	g_string_append_printf(words, " %+.1f (%s)", sum.scores[topic], signal->why);
}

static void
explain(const Scene *scene, const double *scores, Topic topic, const char *why,
    Verdict *verdict)
{
	g_autofree char *learned =
	    seen_explain(scene->seen, WEIGHTS_TOPICS, topic, scene->text, 4);
	g_autoptr(GString) words = g_string_new(learned);
	guint n;
	const Find *finds = finds_of_sheet(scene->finds, scene->judge->concepts, &n);

	for (guint i = 0, end; i < n; i = end) {
		for (end = i; end < n && finds[end].signal == finds[i].signal; end++)
			;
		tell_concept(scene, &finds[i], end - i, topic, words);
	}
	verdict_add_finding(
	    verdict, N_RULES, topic_names[topic], scores[topic], words->str, "text", why);
}

void
topic_find(const Scene *scene, Verdict *verdict)
{
	const Judge *judge = scene->judge;
	Sum sum = { judge, { 0 } };
	const double *scores = sum.scores;
	Topic best = 0, second;

	seen_score(scene->seen, WEIGHTS_TOPICS, sum.scores);
	topic_signs(judge->concepts, scene->text, scene->finds, add_sign, &sum);
	for (Topic i = 1; i < N_TOPICS; i++)
		if (scores[i] > scores[best])
			best = i;
	second = best == 0 ? 1 : 0;
	for (Topic i = 0; i < N_TOPICS; i++)
		if (i != best && scores[i] > scores[second])
			second = i;
	verdict->topic = best;
	verdict->second_topic = second;
	verdict->topic_sure =
	    scores[best] - scores[second] >= sheet_limit(judge->concepts, "margin", 0.2);
	explain(scene, scores, best, "the topic these words speak for", verdict);
	explain(scene, scores, second, "the runner-up topic", verdict);
}
