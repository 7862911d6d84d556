/* What a letter is.  Automatic mail is known by its headers and by what machines write;
 * what people write is weighed by data/kind.txt, where the first word of a signal's name
 * is the kind it speaks for. */
#include "identity-private.h"

#include <string.h>

static const Signal *
find_signal(const Sight *sight, const Find *find)
{
	return find->sheet == sight->identity->kind->index
	    ? sight->identity->kind->signals->pdata[find->signal]
	    : NULL;
}

/* The kind a signal speaks for: "proposal-offer" → KIND_PROPOSAL. */
static int
kind_of(const char *signal)
{
	g_autofree char *name = g_strndup(signal, strcspn(signal, "-"));

	return name_index(kind_names, name);
}

typedef struct {
	const Sight *sight;
	double scores[N_KINDS];
	double *sums; /* a signal's finds together */
} Weighing;

static void
add(Weighing *weighing, const char *name)
{
	const Signal *signal = sheet_signal(weighing->sight->identity->kind, name);

	if (signal != NULL)
		weighing->sums[signal->index] = signal->weight;
}

/* The author's own sentences: not the greeting, not the signature, not what he quotes. */
static gboolean
is_own_prose(const Text *text, const TextSentence *sentence)
{
	const TextWord *word = &text->words[sentence->first_word];
	LineKind kind = text->lines[word->line].kind;

	return kind != LINE_SIGNATURE && kind != LINE_GREETING && kind != LINE_SUBJECT &&
	    !word->quoted && sentence->end_word - sentence->first_word >= 2;
}

static void
look_at_questions(Weighing *weighing)
{
	const Text *text = weighing->sight->text;
	guint questions = 0, sentences = 0, last_question = 0;

	for (guint i = text->body_sentence; i < text->n_sentences; i++) {
		if (!is_own_prose(text, &text->sentences[i]))
			continue;
		sentences++;
		if (text->sentences[i].mark == '?') {
			questions++;
			last_question = sentences;
		}
	}
	if (questions > 0 && last_question + 1 >= sentences)
		add(weighing, "question-ends");
	if (questions > 0 && questions * 3 >= sentences)
		add(weighing, "question-most");
	if (questions == 0)
		add(weighing, "question-none");
}

/* What the subject says weighs more than the same words in the text. */
static void
look_at_subject(Weighing *weighing)
{
	static const struct {
		const char *words, *subject;
	} pairs[] = { { "thanks-word", "thanks-subject" },
		{ "status-earlier", "status-subject" },
		{ "status-number", "status-subject" },
		{ "proposal-word", "proposal-subject" },
		{ "question-word", "question-subject" } };
	const Sight *sight = weighing->sight;
	const Text *text = sight->text;

	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (sight_find_within(sight, sight->identity->kind, pairs[i].words, 0,
			text->body_word) != NULL)
			add(weighing, pairs[i].subject);
	if (memchr(text->bytes, '?', text->body) != NULL)
		add(weighing, "question-subject");
}

static void
sum_finds(Weighing *weighing)
{
	const Sight *sight = weighing->sight;

	for (guint i = 0; i < sight->finds->len; i++) {
		const Find *find = &g_array_index(sight->finds, Find, i);
		const Signal *signal = find_signal(sight, find);
		double sum;

		if (signal == NULL || find->quoted)
			continue;
		sum = weighing->sums[signal->index] + signal->weight;
		weighing->sums[signal->index] =
		    signal->most > 0 ? MIN(sum, signal->most) : MAX(sum, signal->most);
	}
}

static Kind
weigh_kind(const Sight *sight)
{
	const Sheet *sheet = sight->identity->kind;
	g_autofree double *sums = g_new0(double, sheet->signals->len);
	Weighing weighing = { sight, { 0 }, sums };
	Kind best = KIND_APPEAL;

	sum_finds(&weighing);
	look_at_questions(&weighing);
	look_at_subject(&weighing);
	weighing.scores[KIND_APPEAL] = sheet_limit(sheet, "appeal", 0);
	for (guint i = 0; i < sheet->signals->len; i++) {
		int kind = kind_of(((Signal *)sheet->signals->pdata[i])->name);

		if (kind >= 0)
			weighing.scores[kind] += sums[i];
	}
	for (Kind kind = 0; kind < KIND_REPLY; kind++)
		if (weighing.scores[kind] > weighing.scores[best])
			best = kind;
	return best;
}

void
kind_fill(Sight *sight)
{
	sight->reading->kind = weigh_kind(sight);
}
