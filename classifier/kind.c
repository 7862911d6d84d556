/* What a letter is.  Automatic mail is known by its headers and by what machines write;
 * what people write is weighed by data/kind.txt, where the first word of a signal's name
 * is the kind it speaks for. */
#include "identity-private.h"

#include <string.h>

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
	guint questions = 0, sentences = 0, first_question = 0, last_question = 0,
	      marks = 0;

	for (guint i = text->body_sentence; i < text->n_sentences; i++) {
		if (!is_own_prose(text, &text->sentences[i]))
			continue;
		sentences++;
		marks += text->sentences[i].mark != '\0';
		if (text->sentences[i].mark == '?') {
			questions++;
			last_question = sentences;
			if (first_question == 0)
				first_question = sentences;
		}
	}
	if (questions > 0 && last_question + 1 >= sentences)
		add(weighing, "question-ends");
	if (questions > 0 && questions * 3 >= sentences)
		add(weighing, "question-most");
	if (questions > 0 && first_question <= 2)
		add(weighing, "question-first");
	if (questions > 1)
		add(weighing, "question-many");
	if (questions == 0 && marks > 0)
		add(weighing, "question-none");
	if (memchr(text->bytes, '?', text->body) != NULL)
		add(weighing, "question-subject");
}

/* "-са", "-се", "-сақ", "-сек": if only it were so. */
static gboolean
is_wish(const TextWord *word)
{
	static const char *const ends[] = { "са", "се", "сак", "сек", "сам", "сем" };
	const char *spelling = word->second != NULL ? word->second : word->folded;

	for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
		if (word->letters > 4 && g_str_has_suffix(spelling, ends[i]))
			return TRUE;
	return FALSE;
}

/* Does a find stand where its signal is looked for? */
static gboolean
may_count(const Text *text, const Signal *signal, const Find *find)
{
	if (g_str_has_suffix(signal->name, "-subject"))
		return find->last < text->body_word;
	if (g_str_has_suffix(signal->name, "-wish"))
		return (find->first > 0 && is_wish(&text->words[find->first - 1])) ||
		    (find->first > 1 && is_wish(&text->words[find->first - 2]));
	return TRUE;
}

static void
sum_finds(Weighing *weighing)
{
	const Sight *sight = weighing->sight;
	const Sheet *sheet = sight->identity->kind;
	guint n;
	const Find *finds = finds_of_sheet(sight->finds, sheet, &n);

	for (guint i = 0; i < n; i++) {
		const Find *find = &finds[i];
		const Signal *signal = sheet->signals->pdata[find->signal];
		double sum;

		if (find->quoted || !may_count(sight->text, signal, find))
			continue;
		sum = weighing->sums[signal->index] + signal->weight;
		weighing->sums[signal->index] =
		    signal->most > 0 ? MIN(sum, signal->most) : MAX(sum, signal->most);
	}
}

/* The score of each kind that people write, and of automatic mail. */
static void
weigh_kinds(Weighing *weighing)
{
	const Sheet *sheet = weighing->sight->identity->kind;

	sum_finds(weighing);
	look_at_questions(weighing);
	weighing->scores[KIND_APPEAL] = sheet_limit(sheet, "appeal", 0);
	for (guint i = 0; i < sheet->signals->len; i++) {
		int kind = kind_of(((Signal *)sheet->signals->pdata[i])->name);

		if (kind >= 0)
			weighing->scores[kind] += weighing->sums[i];
	}
}

/* Headers that no person's mail program writes (schema/reading.h). */
static gboolean
is_automatic(const char *no_answer)
{
	static const char *const codes[] = { "report", "null-sender", "auto-submitted",
		"autoreply", "list", "bulk", "calendar", NULL };

	return no_answer != NULL && g_strv_contains(codes, no_answer);
}

static gboolean
is_mail_system(const char *address)
{
	return address != NULL &&
	    (g_ascii_strncasecmp(address, "mailer-daemon", 13) == 0 ||
		g_ascii_strncasecmp(address, "postmaster", 10) == 0);
}

/* Automatic mail is a bounce when it says so, or a delivery report. */
static Kind
automatic_kind(const Weighing *weighing)
{
	const Reading *reading = weighing->sight->reading;
	double bounce = weighing->scores[KIND_BOUNCE];

	if (g_strcmp0(reading->no_answer, "report") == 0 || bounce >= 2 ||
	    (bounce > 0 && is_mail_system(reading->from_address)))
		return KIND_BOUNCE;
	return KIND_AUTO;
}

void
kind_fill(Sight *sight)
{
	Reading *reading = sight->reading;
	const Sheet *sheet = sight->identity->kind;
	g_autofree double *sums = g_new0(double, sheet->signals->len);
	Weighing weighing = { sight, { 0 }, sums };
	/* A no-reply address is one sign more; web forms write from such ones, too. */
	double machine = is_mail_system(reading->from_address) ? 2
	    : g_strcmp0(reading->no_answer, "noreply") == 0    ? 1
							       : 0;

	weigh_kinds(&weighing);
	if (is_automatic(reading->no_answer) ||
	    weighing.scores[KIND_AUTO] + machine >=
		sheet_limit(sheet, "auto", G_MAXDOUBLE) ||
	    weighing.scores[KIND_BOUNCE] + machine >=
		sheet_limit(sheet, "bounce", G_MAXDOUBLE)) {
		reading->kind = automatic_kind(&weighing);
		return;
	}
	reading->kind = KIND_APPEAL;
	for (Kind kind = 0; kind < KIND_REPLY; kind++)
		if (weighing.scores[kind] > weighing.scores[reading->kind])
			reading->kind = kind;
}
