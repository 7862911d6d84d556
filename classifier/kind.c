/* What a letter is.  Automatic mail is known by its headers and by what machines write.
 * For what people write, the signs of data/kind.txt (the first word of a signal's name is
 * the kind it was written down for) and the letter's words speak for each kind with
 * weights learned from labelled letters (data/kind.weights). */
#include "identity-private.h"
#include "judge-private.h"

#include <string.h>

const char *const kind_written_names[KIND_REPLY + 1] = { "appeal", "proposal", "question",
	"thanks", "status", NULL };

/* --- what people write --- */

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

/* Does a find stand where its signal is looked for?  What is quoted is another's. */
static gboolean
may_count(const Text *text, const Signal *signal, const Find *find)
{
	if (find->quoted)
		return FALSE;
	if (g_str_has_suffix(signal->name, "-subject"))
		return find->last < text->body_word;
	if (g_str_has_suffix(signal->name, "-wish"))
		return (find->first > 0 && is_wish(&text->words[find->first - 1])) ||
		    (find->first > 1 && is_wish(&text->words[find->first - 2]));
	return TRUE;
}

/* The author's sentences that ask, by their marks; sentences are counted from 1. */
typedef struct {
	guint sentences, marks, questions, first, last;
} Questions;

static Questions
count_questions(const Text *text)
{
	Questions count = { 0 };

	for (guint i = text->body_sentence; i < text->n_sentences; i++) {
		if (!signs_is_own(text, &text->sentences[i]))
			continue;
		count.sentences++;
		count.marks += text->sentences[i].mark != '\0';
		if (text->sentences[i].mark == '?') {
			count.questions++;
			count.last = count.sentences;
			if (count.first == 0)
				count.first = count.sentences;
		}
	}
	return count;
}

static void
tell_questions(const Text *text, SignTaker taker, gpointer data)
{
	Questions count = count_questions(text);
	gboolean asks = count.questions > 0;
	const struct {
		gboolean so;
		const char *name;
	} signs[] = {
		{ asks, "question-some" },
		{ asks && count.last == count.sentences, "question-last" },
		{ asks && count.last + 1 >= count.sentences, "question-ends" },
		{ asks && count.questions * 3 >= count.sentences, "question-most" },
		{ asks && count.first <= 2, "question-first" },
		{ count.questions > 1, "question-many" },
		{ !asks && count.marks > 0, "question-none" },
		{ memchr(text->bytes, '?', text->body) != NULL, "question-title" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
		if (signs[i].so)
			taker(data, signs[i].name);
}

void
kind_signs(const Sheet *sheet, const Text *text, const GArray *finds, SignTaker taker,
    gpointer data)
{
	g_autoptr(GArray) counted = g_array_new(FALSE, FALSE, sizeof(Find));
	guint n;
	const Find *found = finds_of_sheet(finds, sheet, &n);

	for (guint i = 0; i < n; i++)
		if (may_count(text, sheet->signals->pdata[found[i].signal], &found[i]))
			g_array_append_val(counted, found[i]);
	signs_tell(
	    sheet, text, (const Find *)counted->data, counted->len, TRUE, taker, data);
	tell_questions(text, taker, data);
}

typedef struct {
	const Linear *weights;
	double scores[KIND_REPLY];
} Sum;

static void
add_sign(gpointer data, const char *name)
{
	Sum *sum = data;

	linear_add_signal(sum->weights, WEIGHTS_KINDS, name, sum->scores);
}

Kind
kind_written(const Judge *judge, const Text *text, const GArray *finds, const Seen *seen)
{
	Sum sum = { judge->weights, { 0 } };
	Kind best = KIND_APPEAL;

	seen_score(seen, WEIGHTS_KINDS, sum.scores);
	kind_signs(judge->identity->kind, text, finds, add_sign, &sum);
	for (Kind kind = 0; kind < KIND_REPLY; kind++)
		if (sum.scores[kind] > sum.scores[best])
			best = kind;
	return best;
}

/* --- what programs write --- */

/* How much the finds speak for automatic mail, and for a bounce. */
typedef struct {
	double automatic, bounce;
} Machine;

static Machine
weigh_machine(const Sight *sight)
{
	const Sheet *sheet = sight->identity->kind;
	g_autofree double *sums = g_new0(double, sheet->signals->len);
	Machine machine = { 0, 0 };
	guint n;
	const Find *finds = finds_of_sheet(sight->finds, sheet, &n);

	for (guint i = 0; i < n; i++) {
		const Signal *signal = sheet->signals->pdata[finds[i].signal];
		double *sum = &sums[finds[i].signal];

		if (may_count(sight->text, signal, &finds[i]))
			*sum = signal->most > 0
			    ? MIN(*sum + signal->weight, signal->most)
			    : MAX(*sum + signal->weight, signal->most);
	}
	for (guint i = 0; i < sheet->signals->len; i++) {
		const Signal *signal = sheet->signals->pdata[i];

		if (g_str_has_prefix(signal->name, "auto-"))
			machine.automatic += sums[i];
		else if (g_str_has_prefix(signal->name, "bounce-"))
			machine.bounce += sums[i];
	}
	return machine;
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

/* Automatic mail is a bounce when it says so, or a delivery report (bounce_read()). */
static Kind
automatic_kind(const Reading *reading, double bounce)
{
	if (g_strcmp0(reading->no_answer, "report") == 0 || bounce >= 2 ||
	    reading->bounce_action != NULL ||
	    (bounce > 0 && is_mail_system(reading->from_address)))
		return KIND_BOUNCE;
	return KIND_AUTO;
}

void
kind_fill(Sight *sight)
{
	Reading *reading = sight->reading;
	const Sheet *sheet = sight->identity->kind;
	Machine machine = weigh_machine(sight);
	/* A no-reply address is one sign more; web forms write from such ones, too. */
	double sender = is_mail_system(reading->from_address) ? 2
	    : g_strcmp0(reading->no_answer, "noreply") == 0   ? 1
							      : 0;

	reading->kind = KIND_APPEAL;
	if (is_automatic(reading->no_answer) ||
	    machine.automatic + sender >= sheet_limit(sheet, "auto", G_MAXDOUBLE) ||
	    machine.bounce + sender >= sheet_limit(sheet, "bounce", G_MAXDOUBLE))
		reading->kind = automatic_kind(reading, machine.bounce);
}
