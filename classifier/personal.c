/* 5.3 (3): personal data of a third person.  The sheet finds the person, the family's and
 * the body's facts; here are the numbers, and whose they are.  A number is the author's
 * own when the letter has one of its kind only and says nothing of another person near
 * it, when a word of possession in the first person stands before it, or when it is the
 * telephone that identity found.  A telephone after an office's name is nobody's. */
#include "judge-private.h"

#include <string.h>

static gboolean
has_find(const Scene *scene, const Sheet *sheet, const char *name, guint from, guint to)
{
	const Signal *signal = sheet_signal(sheet, name);

	for (guint i = 0; i < scene->finds->len; i++) {
		const Find *find = &g_array_index(scene->finds, Find, i);

		if (find->sheet == sheet->index && find->signal == signal->index &&
		    find->first >= from && find->last <= to)
			return TRUE;
	}
	return FALSE;
}

static const char *
last_ten(const char *digits)
{
	gsize length = strlen(digits);

	return length > 10 ? digits + length - 10 : digits;
}

static gboolean
is_author_phone(const Scene *scene, const Number *number)
{
	char own[64];
	guint n = 0;

	if (scene->reading->phone == NULL)
		return FALSE;
	for (const char *at = scene->reading->phone; *at != '\0' && n < sizeof own - 1;
	     at++)
		if (g_ascii_isdigit(*at))
			own[n++] = *at;
	own[n] = '\0';
	return g_str_equal(last_ten(own), last_ten(number->digits));
}

/* 8 727 … and the other codes of towns: an office or a home, hardly anybody's own. */
static gboolean
is_town_phone(const Number *number)
{
	const char *ten = last_ten(number->digits);

	return strlen(ten) == 10 && ten[0] == '7' && ten[1] != '0' && ten[1] != '4' &&
	    ten[1] != '7';
}

static guint
sentence_start(const Text *text, guint word)
{
	while (word > 0 && text->words[word - 1].sentence == text->words[word].sentence)
		word--;
	return word;
}

/* Whether the author's own name stands in the sentence before `word`. */
static gboolean
is_after_own_name(const Scene *scene, guint word)
{
	const Text *text = scene->text;
	g_autofree char *name = NULL;

	if (scene->reading->name == NULL)
		return FALSE;
	name = fold_text(scene->reading->name);
	for (guint i = sentence_start(text, word); i < word; i++)
		if (text->words[i].letters >= 4 &&
		    strstr(name, text->words[i].folded) != NULL)
			return TRUE;
	return FALSE;
}

static gboolean
is_own(const Scene *scene, const Sheet *sheet, const Number *number)
{
	guint from = number->first > 4 ? number->first - 4 : 0;

	return is_after_own_name(scene, number->first) ||
	    has_find(scene, sheet, "own",
		MAX(from, sentence_start(scene->text, number->first)), number->last + 3);
}

static gboolean
is_office(const Scene *scene, const Sheet *sheet, const Number *number)
{
	guint from = number->first > 7 ? number->first - 7 : 0;

	return is_town_phone(number) ||
	    has_find(scene, sheet, "office", from, number->last + 6);
}

static guint
count_kind(const Scene *scene, NumberKind kind)
{
	guint n = 0;

	for (guint i = 0; i < scene->numbers->numbers->len; i++)
		n += g_array_index(scene->numbers->numbers, Number, i).kind == kind;
	return n;
}

/* Two capitalised words side by side that are not the author's name. */
static gboolean
names_another(const Scene *scene, guint from, guint to)
{
	const Text *text = scene->text;
	g_autofree char *own =
	    scene->reading->name != NULL ? fold_text(scene->reading->name) : g_strdup("");

	for (guint i = from; i < to && i + 1 < text->n_words; i++) {
		const TextWord *word = &text->words[i];

		if (word->letter_case == CASE_TITLE &&
		    word[1].letter_case == CASE_TITLE && word->letters > 2 &&
		    word[1].letters > 2 && word->line == word[1].line &&
		    word[1].start - word->end == 1 && strstr(own, word->folded) == NULL &&
		    strstr(own, word[1].folded) == NULL)
			return TRUE;
	}
	return FALSE;
}

/* Whether another person is spoken of in this sentence or the two before. */
static gboolean
is_of_another(const Scene *scene, const Sheet *sheet, const Number *number)
{
	const Text *text = scene->text;
	guint from = sentence_start(text, number->first);

	for (guint back = 0; back < 2 && from > text->body_word; back++)
		from = sentence_start(text, from - 1);
	return names_another(scene, from, number->first) ||
	    has_find(scene, sheet, "person", from, number->last + 8) ||
	    has_find(scene, sheet, "theirs", from, number->last + 3);
}

static void
weigh_number(const Scene *scene, Weigh *weigh, const Number *number)
{
	static const char *const names[] = { [NUMBER_IIN] = "iin",
		[NUMBER_CARD] = "card",
		[NUMBER_ACCOUNT] = "account",
		[NUMBER_DOCUMENT] = "document",
		[NUMBER_PHONE] = "phone" };
	const Sheet *sheet = weigh_sheet(weigh);
	gboolean many = count_kind(scene, number->kind) > 1;

	if (number->kind == NUMBER_PHONE) {
		if (is_author_phone(scene, number) || is_own(scene, sheet, number) ||
		    is_office(scene, sheet, number))
			return;
		if (is_of_another(scene, sheet, number))
			weigh_add(weigh, "phone", number->first, number->last);
		return;
	}
	if (is_own(scene, sheet, number) ||
	    (!many && !is_of_another(scene, sheet, number)))
		return;
	weigh_add(weigh, names[number->kind], number->first, number->last);
}

/* An address after the author's own name is his own. */
static void
weigh_address(const Scene *scene, Weigh *weigh)
{
	const Sheet *sheet = weigh_sheet(weigh);
	const Signal *address = sheet_signal(sheet, "address");

	for (guint i = 0; i < scene->finds->len; i++) {
		const Find *find = &g_array_index(scene->finds, Find, i);

		if (find->sheet == sheet->index && find->signal == address->index &&
		    is_after_own_name(scene, find->first))
			weigh_add(weigh, "own-address", find->first, find->last);
	}
}

/* More numbers than this are a table; the first ones tell. */
#define MOST_NUMBERS 100

void
test_personal_data(const Scene *scene, Weigh *weigh)
{
	guint n = MIN(scene->numbers->numbers->len, MOST_NUMBERS);

	weigh_address(scene, weigh);
	for (guint i = 0; i < n; i++) {
		const Number *number = &g_array_index(scene->numbers->numbers, Number, i);

		if (number->kind != NUMBER_PLAIN && number->kind != NUMBER_MONEY)
			weigh_number(scene, weigh, number);
	}
}
