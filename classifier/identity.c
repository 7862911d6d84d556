#include "identity-private.h"

#include "fault.h"
#include "judge-private.h"

#include <string.h>

/* Words that a phrase may span, its gaps included. */
#define MOST_PHRASE 40

static const char *const author_signals[] = { "named", "self", "first", "after", "close",
	"head", "maybe", "other", "family-field", "given-field", "answer", "address",
	NULL };
static const char *const phone_signals[] = { "own", "label", "office", "other",
	"document", "extension", NULL };
static const char *const confidential_signals[] = { "data", "secret", "pair", "hide",
	"tell", "wish", "mine", NULL };
static const char *const kind_signals[] = { NULL };

/* Loads a sheet; the signals that the program looks up by name must be in it. */
static const Sheet *
load_sheet(Identity *identity, const char *folder, const char *name,
    const char *const *signals, GError **error)
{
	g_autofree char *file = g_build_filename(folder, name, NULL);
	const Sheet *sheet = lexicon_load(identity->lexicon, file, error);

	for (guint i = 0; sheet != NULL && signals[i] != NULL; i++)
		if (sheet_signal(sheet, signals[i]) == NULL) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "%s: expected a signal \"%s\", found none", file, signals[i]);
			return NULL;
		}
	return sheet;
}

Identity *
identity_load(const char *folder, Lexicon *lexicon, GError **error)
{
	g_autoptr(Identity) identity = g_new0(Identity, 1);
	g_autofree char *bounces = NULL;
	const struct {
		const char *file;
		const Sheet **sheet;
		const char *const *signals;
	} sheets[] = {
		{ "author.txt", &identity->author, author_signals },
		{ "phone.txt", &identity->phone, phone_signals },
		{ "confidential.txt", &identity->confidential, confidential_signals },
		{ "kind.txt", &identity->kind, kind_signals },
	};

	identity->names = names_load(folder, error);
	if (identity->names == NULL)
		return NULL;
	identity->languages = language_load(folder, error);
	if (identity->languages == NULL)
		return NULL;
	identity->numbers = phone_words_load(folder, error);
	if (identity->numbers == NULL)
		return NULL;
	bounces = g_build_filename(folder, "bounces.txt", NULL);
	identity->bounces = bounces_load(bounces, error);
	if (identity->bounces == NULL)
		return NULL;
	if (lexicon == NULL)
		lexicon = identity->own_lexicon = lexicon_new();
	identity->lexicon = lexicon;
	for (guint i = 0; i < G_N_ELEMENTS(sheets); i++) {
		*sheets[i].sheet = load_sheet(
		    identity, folder, sheets[i].file, sheets[i].signals, error);
		if (*sheets[i].sheet == NULL)
			return NULL;
	}
	return g_steal_pointer(&identity);
}

void
identity_free(Identity *identity)
{
	if (identity == NULL)
		return;
	names_free(identity->names);
	wordlist_free(identity->languages);
	wordlist_free(identity->numbers);
	bounces_free(identity->bounces);
	lexicon_free(identity->own_lexicon);
	g_free(identity);
}

/* The first find of a sheet's signal number `signal` that begins at `first` or later;
 * finds lie by sheet, signal and place. */
static guint
lower_bound(const Sight *sight, guint sheet, guint signal, guint first)
{
	guint low = 0, high = sight->finds->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		const Find *find = &g_array_index(sight->finds, Find, middle);

		if (find->sheet < sheet ||
		    (find->sheet == sheet &&
			(find->signal < signal ||
			    (find->signal == signal && find->first < first))))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const Find *
sight_finds(const Sight *sight, const Sheet *sheet, const char *name, guint first,
    guint end, guint *ret_n)
{
	const Signal *signal = sheet_signal(sheet, name);
	guint from, to;

	*ret_n = 0;
	if (signal == NULL || first >= end)
		return NULL;
	from = lower_bound(sight, sheet->index, signal->index, first);
	to = lower_bound(sight, sheet->index, signal->index, end);
	*ret_n = to - from;
	return from < to ? &g_array_index(sight->finds, Find, from) : NULL;
}

const Find *
sight_find_before(const Sight *sight, const Sheet *sheet, const char *signal, guint word)
{
	guint n;
	const Find *find = sight_finds(
	    sight, sheet, signal, word > MOST_PHRASE ? word - MOST_PHRASE : 0, word, &n);

	for (guint i = 0; i < n; i++)
		if (find[i].last + 1 == word)
			return &find[i];
	return NULL;
}

const Find *
sight_find_at(const Sight *sight, const Sheet *sheet, const char *signal, guint word)
{
	guint n;

	return sight_finds(sight, sheet, signal, word, word + 1, &n);
}

const Find *
sight_find_within(
    const Sight *sight, const Sheet *sheet, const char *signal, guint first, guint end)
{
	guint n;
	const Find *find = sight_finds(sight, sheet, signal, first, end, &n);

	for (guint i = 0; i < n; i++)
		if (find[i].last < end)
			return &find[i];
	return NULL;
}

/* "2026-000123" in subject or text: four digits, a hyphen, six digits. */
static char *
find_case_number(const Text *text)
{
	for (guint n = 0; n + 1 < text->n_words; n++) {
		const TextWord *year = &text->words[n], *number = year + 1;

		if (year->script == SCRIPT_DIGIT && year->letters == 4 &&
		    strncmp(year->folded, "20", 2) == 0 &&
		    number->script == SCRIPT_DIGIT && number->letters == 6 &&
		    number->joined && number->start == year->end + 1)
			return text_copy_words(text, n, n + 2);
	}
	return NULL;
}

/* Sets what every finder reads. */
static void
open_sight(Sight *sight)
{
	const Text *text = sight->text;

	sight->phones = g_array_new(FALSE, FALSE, sizeof(Phone));
	sight->classes = g_new(guint, text->n_words + 1);
	for (guint n = 0; n < text->n_words; n++)
		sight->classes[n] = names_class(sight->identity->names, &text->words[n]);
	phones_find(sight);
}

static void
close_sight(Sight *sight)
{
	g_array_unref(sight->phones);
	g_free(sight->classes);
}

void
identity_fill_from(
    const Identity *identity, const Text *text, const GArray *finds, Reading *reading)
{
	Sight sight = {
		.identity = identity, .reading = reading, .text = text, .finds = finds
	};

	open_sight(&sight);
	name_fill(&sight);
	phone_fill(&sight);
	email_fill(&sight);
	language_fill(&sight);
	kind_fill(&sight);
	bounce_fill(identity->bounces, reading);
	confidential_fill(&sight);
	close_sight(&sight);
	g_free(reading->case_number);
	reading->case_number = find_case_number(text);
}

gboolean
identity_maybe_name(const Identity *identity, const Text *text, const GArray *finds,
    const Reading *reading, guint *ret_first, guint *ret_last)
{
	Sight sight = { .identity = identity, .text = text, .finds = finds };
	gboolean found;

	open_sight(&sight);
	found = name_find_maybe(&sight, reading, ret_first, ret_last);
	close_sight(&sight);
	return found;
}

void
identity_fill(const Identity *identity, Reading *reading)
{
	g_autoptr(Text) text = text_parse(reading->subject, reading->text);
	g_autoptr(Numbers) numbers = numbers_find(text, NULL);
	g_autoptr(GArray) finds = lexicon_match(identity->lexicon, text, numbers->kinds);

	identity_fill_from(identity, text, finds, reading);
}

/* Is it sent to "own+c123.secret@host", the address that one case is answered at? */
static gboolean
is_case_address(const char *recipient, const char *own)
{
	gsize local = strcspn(own, "@");

	return g_ascii_strncasecmp(recipient, own, local) == 0 &&
	    g_ascii_strncasecmp(recipient + local, "+c", 2) == 0 &&
	    g_ascii_isdigit(recipient[local + 2]) && strchr(recipient, '@') != NULL &&
	    g_ascii_strcasecmp(strchr(recipient, '@'), own + local) == 0;
}

static gboolean
is_reply(const Judge *judge, const Reading *reading)
{
	g_auto(GStrv) recipients =
	    g_strsplit(reading->recipients != NULL ? reading->recipients : "", " ", -1);

	for (guint i = 0; judge->own_addresses != NULL && judge->own_addresses[i] != NULL;
	     i++)
		for (guint k = 0; recipients[k] != NULL; k++)
			if (is_case_address(recipients[k], judge->own_addresses[i]))
				return TRUE;
	return FALSE;
}

void
judge_identify_text(const Judge *judge, const Text *text, const GArray *finds,
    const Seen *seen, Reading *reading)
{
	identity_fill_from(judge->identity, text, finds, reading);
	if (reading->kind != KIND_AUTO && reading->kind != KIND_BOUNCE)
		reading->kind = is_reply(judge, reading)
		    ? KIND_REPLY
		    : kind_written(judge, text, finds, seen);
}

char *
judge_text_key(const Reading *reading)
{
	return fold_text(reading->text != NULL ? reading->text : "");
}
