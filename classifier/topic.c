/* Whose matter the letter is.  Two sums are added: concepts of the university that people
 * wrote down in data/topics.txt (a dormitory place, a pass mark, a visa …), and weights
 * learned from labelled letters (data/topics.weights).  Each topic's signals begin with
 * its name: "academic-grades". */
#include "judge-private.h"

#include "fault.h"
#include <string.h>

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

/* Finds in the subject count more: it names the matter. */
static void
sum_concepts(const Sheet *sheet, const Text *text, const GArray *finds, double *ret_sums)
{
	double left[MOST_SIGNALS], subject = sheet_limit(sheet, "subject", 1.5);
	guint n;
	const Find *all = finds_of_sheet(finds, sheet, &n);

	for (guint i = 0; i < sheet->signals->len; i++)
		left[i] = ((const Signal *)sheet->signals->pdata[i])->most;
	for (guint i = 0; i < N_TOPICS; i++)
		ret_sums[i] = 0;
	for (guint i = 0; i < n; i++) {
		const Find *find = &all[i];
		const Signal *signal = sheet->signals->pdata[find->signal];
		double score =
		    signal->weight * (text->words[find->first].line == 0 ? subject : 1.0);

		score = MIN(score, left[find->signal]);
		left[find->signal] -= score;
		ret_sums[topic_of(signal)] += score;
	}
}

void
topic_concepts(
    const Sheet *sheet, const Text *text, const GArray *finds, double *ret_scores)
{
	double sums[N_TOPICS], scale = sheet_limit(sheet, "scale", 1);
	double most = sheet_limit(sheet, "most", 2);

	sum_concepts(sheet, text, finds, sums);
	for (Topic i = 0; i < N_TOPICS; i++) {
		double other = 0;

		for (Topic j = 0; j < N_TOPICS; j++)
			if (j != i)
				other = MAX(other, sums[j]);
		ret_scores[i] = CLAMP(scale * (sums[i] - other), -most, most);
	}
}

static void
explain(const Scene *scene, const double *scores, Topic topic, const char *why,
    Verdict *verdict)
{
	const Judge *judge = scene->judge;
	g_autofree char *learned =
	    seen_explain(scene->seen, WEIGHTS_TOPICS, topic, scene->text, 4);
	GString *words = g_string_new(learned);
	guint n;
	const Find *finds = finds_of_sheet(scene->finds, judge->concepts, &n);

	for (guint i = 0; i < n; i++) {
		const Find *find = &finds[i];
		g_autofree char *said = NULL;

		if (topic_of(judge->concepts->signals->pdata[find->signal]) != topic)
			continue;
		said = text_copy_words(scene->text, find->first, find->last + 1);
		g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "", said);
	}
	verdict_add_finding(
	    verdict, N_RULES, topic_names[topic], scores[topic], words->str, "text", why);
	g_string_free(words, TRUE);
}

void
topic_find(const Scene *scene, Verdict *verdict)
{
	const Judge *judge = scene->judge;
	double scores[N_TOPICS], concepts[N_TOPICS];
	Topic best = 0, second;

	seen_score(scene->seen, WEIGHTS_TOPICS, scores);
	topic_concepts(judge->concepts, scene->text, scene->finds, concepts);
	for (Topic i = 0; i < N_TOPICS; i++)
		scores[i] += concepts[i];
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
