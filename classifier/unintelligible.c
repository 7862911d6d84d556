/* 5.3 (10): the meaning cannot be understood.  Noise shows in words that no language
 * makes (speech.h), in bytes read in the wrong character set, and in tokens of machines.
 * Meaning itself is beyond a machine: well-formed nonsense is left to the sheet's hints,
 * which hold. */
#include "judge-private.h"

#include <string.h>

typedef struct {
	guint words, unlikely; /* letters of words that are long enough to tell */
	guint machine, bytes;  /* bytes of digits, signs and mixed tokens; all */
	guint garbled;         /* pairs of letters as a wrong character set makes them */
	guint first;
} Count;

/* "Рџ", "РЎ", "С‚": UTF-8 read as windows-1251; "Ð¿", "Ñ€": read as Latin; "Ïðîøó": 1251
 * read as Latin. */
static gboolean
is_garbled(gunichar before, gunichar c)
{
	if (before == 0x420 || before == 0x421 || before == 0x422)
		return c < 0x410 || c > 0x44f;
	if (before == 0xd0 || before == 0xd1 || before == 0xd2)
		return TRUE;
	return before >= 0xc0 && before <= 0xff && c >= 0xc0 && c <= 0xff;
}

static guint
count_garbled(const char *at, const char *end)
{
	guint garbled = 0, step;
	gunichar before = 0;

	for (; at < end; at += step) {
		gunichar c = fold_next(at, &step);

		if (c >= 0x80)
			garbled += is_garbled(before, c);
		before = c;
	}
	return garbled;
}

static void
count_words(const Scene *scene, double unlikely_below, Count *count)
{
	const Text *text = scene->text;

	for (guint i = 0; i < text->n_words; i++) {
		const TextWord *word = &text->words[i];

		if (word->linked || word->script == SCRIPT_DIGIT || word->letters < 3)
			continue;
		if (word->letter_case == CASE_TITLE && word->line > 0 &&
		    text->lines[word->line].kind == LINE_SIGNATURE)
			continue;
		count->words += word->letters;
		if (speech_word(scene->judge->speech, word) >= unlikely_below)
			continue;
		if (count->unlikely == 0)
			count->first = i;
		count->unlikely += word->letters;
	}
}

static void
count_machine(const Text *text, Count *count)
{
	const char *end = text->bytes + text->length;
	guint step, letters = 0, signs = 0;

	for (const char *at = text->bytes + text->body; at < end; at += step) {
		gunichar c = fold_next(at, &step);

		if (c == ' ' || c == '\n') {
			/* A token is a machine's when it is more signs than letters. */
			if (signs > 2 && signs >= letters)
				count->machine += letters + signs;
			letters = signs = 0;
			continue;
		}
		count->bytes++;
		if ((c >= 0x410 && c < 0x450) || g_unichar_isalpha(c))
			letters++;
		else
			signs++;
	}
}

/* Words that say something: no name, no link, no signature. */
static guint
count_plain(const Text *text)
{
	guint words = 0;

	for (guint i = 0; i < text->n_words; i++) {
		const TextWord *word = &text->words[i];

		words += word->script != SCRIPT_DIGIT && !word->linked &&
		    word->letters > 1 && (word->letter_case != CASE_TITLE || i == 0) &&
		    text->lines[word->line].kind != LINE_SIGNATURE;
	}
	return words;
}

void
test_unintelligible(const Scene *scene, Weigh *weigh)
{
	const Text *text = scene->text;
	const Sheet *sheet = weigh_sheet(weigh);
	Count count = { 0 };
	g_autofree char *remark = NULL;

	count_words(scene, sheet_limit(sheet, "likely", 1.2), &count);
	count_machine(text, &count);
	count.garbled = count_garbled(text->bytes, text->bytes + text->length);
	if (count_plain(text) <= sheet_limit(sheet, "few", 2))
		weigh_remark(weigh, "empty", "next to no words", "subject, text");
	if (count.garbled >= sheet_limit(sheet, "garbled", 12)) {
		remark = g_strdup_printf(
		    "%u places where letters were read in a wrong character set",
		    count.garbled);
		weigh_remark(weigh, "garbled", remark, "text");
		return;
	}
	if (count.words >= sheet_limit(sheet, "letters", 20) &&
	    count.unlikely >= count.words * sheet_limit(sheet, "noise", 0.5)) {
		remark = g_strdup_printf("%u of %u letters stand in words of no language",
		    count.unlikely, count.words);
		weigh_remark(weigh, "noise", remark, "text");
	} else if (count.words >= sheet_limit(sheet, "letters", 20) &&
	    count.unlikely >= count.words * sheet_limit(sheet, "doubt", 0.3)) {
		weigh_add(weigh, "doubt", count.first, count.first);
	}
	if (count.bytes > 30 &&
	    count.machine >= count.bytes * sheet_limit(sheet, "machine", 0.3))
		weigh_add(weigh, "machine",
		    text->body_word < text->n_words ? text->body_word : 0,
		    text->body_word < text->n_words ? text->body_word : 0);
}
