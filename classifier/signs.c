#include "signs.h"

#include <stdio.h>

/* The author's first sentence, and the one before his last. */
typedef struct {
	guint first, last_but_one;
} Ends;

gboolean
signs_is_own(const Text *text, const TextSentence *sentence)
{
	const TextWord *word = &text->words[sentence->first_word];
	LineKind kind = text->lines[word->line].kind;

	return kind != LINE_SIGNATURE && kind != LINE_GREETING && kind != LINE_SUBJECT &&
	    !word->quoted && sentence->end_word - sentence->first_word >= 2;
}

static Ends
find_ends(const Text *text)
{
	Ends ends = { G_MAXUINT, G_MAXUINT };
	guint last = G_MAXUINT;

	for (guint i = text->body_sentence; i < text->n_sentences; i++) {
		if (text->sentences[i].first_word == text->sentences[i].end_word ||
		    !signs_is_own(text, &text->sentences[i]))
			continue;
		if (ends.first == G_MAXUINT)
			ends.first = i;
		ends.last_but_one = last != G_MAXUINT ? last : i;
		last = i;
	}
	return ends;
}

typedef struct {
	const char *signal;
	SignTaker taker;
	gpointer data;
} Teller;

static void
tell(const Teller *teller, gboolean so, const char *prefix)
{
	char name[80];

	if (!so)
		return;
	snprintf(name, sizeof name, "%s%s", prefix, teller->signal);
	teller->taker(teller->data, name);
}

void
signs_tell(const Sheet *sheet, const Text *text, const Find *finds, guint n_finds,
    gboolean places, SignTaker taker, gpointer data)
{
	Ends ends = { G_MAXUINT, G_MAXUINT };

	if (places)
		ends = find_ends(text);
	for (guint i = 0, end; i < n_finds; i = end) {
		const Signal *signal = sheet->signals->pdata[finds[i].signal];
		Teller teller = { signal->name, taker, data };
		gboolean subject = FALSE, first = FALSE, last = FALSE;

		for (end = i; end < n_finds && finds[end].signal == finds[i].signal;
		     end++) {
			const TextWord *word = &text->words[finds[end].first];

			subject |= word->line == 0;
			first |= word->sentence == ends.first;
			last |= word->sentence >= ends.last_but_one;
		}
		tell(&teller, TRUE, "");
		tell(&teller, end - i > 1, "again/");
		tell(&teller, subject, "subject/");
		tell(&teller, first, "first/");
		tell(&teller, last, "last/");
	}
}
