/* The matcher.  Every word of every phrase is a symbol; the beginnings of a word of the
 * letter are looked up among the spellings, which tells its symbols, of whole words and
 * of stems alike.  Each phrase hangs on its first symbol, and the rest of it is held
 * against the words that follow. */
#include "lexicon-private.h"

#include <string.h>

#define USUAL_SYMBOLS 8 /* of one word */

/* --- spellings --- */

static inline guint64
hash_letter(guint64 hash, gunichar c)
{
	return (hash ^ c) * 0x9e3779b97f4a7c15u;
}

static inline guint32
tag_of(guint64 hash)
{
	return (guint32)(hash >> 16);
}

static inline const Spelling *
spelling_of(const Lexicon *lexicon, const Slot *slot)
{
	return &g_array_index(lexicon->spellings, Spelling, slot->spelling);
}

/* The slot of these letters, or the free one where they belong. */
static inline Slot *
slot_of(const Lexicon *lexicon, const char *letters, gsize length, guint64 hash)
{
	guint mask = (1u << lexicon->bits) - 1;
	guint at = (guint)(hash >> (64 - lexicon->bits));

	for (;; at = (at + 1) & mask) {
		Slot *slot = &lexicon->slots[at];
		const Spelling *spelling;

		if (slot->spelling == 0)
			return slot;
		if (slot->tag != tag_of(hash))
			continue;
		spelling = spelling_of(lexicon, slot);
		if (spelling->length == length &&
		    memcmp(lexicon->letters->str + spelling->at, letters, length) == 0)
			return slot;
	}
}

static inline guint
filter_bit(const Lexicon *lexicon, guint64 hash)
{
	return (guint)(hash >> (64 - lexicon->bits - FILTER_BITS));
}

static inline gboolean
may_have(const Lexicon *lexicon, guint64 hash)
{
	guint bit = filter_bit(lexicon, hash);

	return (lexicon->filter[bit / 64] >> bit % 64 & 1) != 0;
}

static void
fill_slot(Lexicon *lexicon, Slot *slot, guint64 hash, guint spelling)
{
	guint bit = filter_bit(lexicon, hash);

	*slot = (Slot){ tag_of(hash), spelling };
	lexicon->filter[bit / 64] |= (guint64)1 << bit % 64;
}

static guint64
hash_all(const char *letters, gsize length)
{
	guint64 hash = 0;
	guint step;

	for (gsize i = 0; i < length; i += step)
		hash = hash_letter(hash, fold_next(letters + i, &step));
	return hash;
}

static void
grow_slots(Lexicon *lexicon)
{
	g_free(lexicon->slots);
	g_free(lexicon->filter);
	lexicon->slots = g_new0(Slot, 1u << ++lexicon->bits);
	lexicon->filter = g_new0(guint64, 1u << (lexicon->bits + FILTER_BITS - 6));
	for (guint i = 1; i < lexicon->spellings->len; i++) {
		const Spelling *spelling =
		    &g_array_index(lexicon->spellings, Spelling, i);
		const char *letters = lexicon->letters->str + spelling->at;
		guint64 hash = hash_all(letters, spelling->length);

		fill_slot(
		    lexicon, slot_of(lexicon, letters, spelling->length, hash), hash, i);
	}
}

/* Puts a symbol before the chain at *head. */
static void
chain_symbol(Lexicon *lexicon, guint32 *head, guint symbol)
{
	Cell cell = { symbol, *head };

	g_array_append_val(lexicon->cells, cell);
	*head = lexicon->cells->len - 1;
}

void
lexicon_add_spelling(Lexicon *lexicon, const char *letters, gboolean stem, guint symbol)
{
	gsize length = strlen(letters);
	guint64 hash = hash_all(letters, length);
	Spelling *spelling;
	Slot *slot;

	if (length == 0)
		return;
	if (lexicon->spellings->len * 2 >= 1u << lexicon->bits)
		grow_slots(lexicon);
	slot = slot_of(lexicon, letters, length, hash);
	if (slot->spelling == 0) {
		Spelling new = { (guint32)lexicon->letters->len, (guint32)length, 0, 0 };

		g_string_append_len(lexicon->letters, letters, (gssize)length);
		g_array_append_val(lexicon->spellings, new);
		fill_slot(lexicon, slot, hash, lexicon->spellings->len - 1);
		lexicon->longest = MAX(lexicon->longest, length);
	}
	spelling = &g_array_index(lexicon->spellings, Spelling, slot->spelling);
	chain_symbol(lexicon, stem ? &spelling->stems : &spelling->wholes, symbol);
}

/* --- building --- */

guint
lexicon_symbol(Lexicon *lexicon, const char *element, gboolean *ret_new)
{
	gpointer found;

	*ret_new = !g_hash_table_lookup_extended(lexicon->symbols, element, NULL, &found);
	if (!*ret_new)
		return GPOINTER_TO_UINT(found);
	found = GUINT_TO_POINTER(++lexicon->n_symbols);
	g_hash_table_insert(lexicon->symbols, g_strdup(element), found);
	return lexicon->n_symbols;
}

void
lexicon_add_phrase(Lexicon *lexicon, const Phrase *phrase)
{
	guint index = lexicon->phrases->len;
	const Element *elements = phrase->elements;
	Start start = { index, 0, 0 };
	guint32 *head;

	g_array_append_val(lexicon->phrases, *phrase);
	if (elements[0].kind != 0) {
		g_array_append_val(lexicon->by_kind, index);
		return;
	}
	if (lexicon->by_symbol->len <= elements[0].symbol)
		g_array_set_size(lexicon->by_symbol, elements[0].symbol + 1);
	head = &g_array_index(lexicon->by_symbol, guint32, elements[0].symbol);
	start.next = *head;
	if (phrase->n_elements > 1)
		start.second = elements[1].symbol;
	g_array_append_val(lexicon->starts, start);
	*head = lexicon->starts->len - 1;
}

Lexicon *
lexicon_new(void)
{
	Lexicon *lexicon = g_new0(Lexicon, 1);

	lexicon->sheets = g_ptr_array_new_with_free_func(sheet_free);
	lexicon->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	lexicon->spellings = g_array_new(FALSE, TRUE, sizeof(Spelling));
	g_array_set_size(lexicon->spellings, 1);
	lexicon->letters = g_string_new(NULL);
	lexicon->bits = 9;
	grow_slots(lexicon);
	lexicon->cells = g_array_new(FALSE, TRUE, sizeof(Cell));
	g_array_set_size(lexicon->cells, 1);
	lexicon->starts = g_array_new(FALSE, TRUE, sizeof(Start));
	g_array_set_size(lexicon->starts, 1);
	lexicon->by_symbol = g_array_new(FALSE, TRUE, sizeof(guint32));
	lexicon->by_kind = g_array_new(FALSE, FALSE, sizeof(guint));
	lexicon->phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
	return lexicon;
}

void
lexicon_free(Lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	g_ptr_array_unref(lexicon->sheets);
	g_hash_table_unref(lexicon->symbols);
	g_free(lexicon->slots);
	g_free(lexicon->filter);
	g_array_unref(lexicon->spellings);
	g_string_free(lexicon->letters, TRUE);
	g_array_unref(lexicon->cells);
	g_array_unref(lexicon->starts);
	g_array_unref(lexicon->by_symbol);
	g_array_unref(lexicon->by_kind);
	g_array_unref(lexicon->phrases);
	g_free(lexicon);
}

/* --- matching --- */

typedef struct {
	const Lexicon *lexicon;
	const Text *text;
	const guint *kinds;
	guint32 *symbols; /* of all words, one after the other */
	guint n_symbols, room;
	guint32 *first_of;  /* where a word's symbols begin; they end where the next do */
	guint64 *is_spoken; /* a bit a symbol: is it a word of this letter? */
	guint32 *last_of;   /* if so, the last such word */
	GArray *finds;
} Match;

static void
take(Match *match, guint32 chain, guint word)
{
	while (chain != 0) {
		const Cell *cell = &g_array_index(match->lexicon->cells, Cell, chain);

		if (match->n_symbols == match->room)
			match->symbols =
			    g_renew(guint32, match->symbols, match->room *= 2);
		match->symbols[match->n_symbols++] = cell->value;
		match->is_spoken[cell->value / 64] |= (guint64)1 << cell->value % 64;
		match->last_of[cell->value] = word;
		chain = cell->next;
	}
}

/* The symbols of one spelling of a word. */
static void
look_up(Match *match, const char *letters, gsize length, guint word)
{
	const Lexicon *lexicon = match->lexicon;
	guint64 hash = 0;
	guint step;

	for (gsize end = 0; end < length && end < lexicon->longest;) {
		const Slot *slot;

		hash = hash_letter(hash, fold_next(letters + end, &step));
		end += step;
		if (!may_have(lexicon, hash))
			continue;
		slot = slot_of(lexicon, letters, end, hash);
		if (slot->spelling == 0)
			continue;
		take(match, spelling_of(lexicon, slot)->stems, word);
		if (end == length)
			take(match, spelling_of(lexicon, slot)->wholes, word);
	}
}

static void
find_symbols(Match *match)
{
	for (guint i = 0; i < match->text->n_words; i++) {
		const TextWord *word = &match->text->words[i];

		match->first_of[i] = match->n_symbols;
		/* What a link is made of, nobody has said. */
		if (word->linked)
			continue;
		look_up(match, word->folded, word->folded_length, i);
		if (word->second != NULL)
			look_up(match, word->second, word->second_length, i);
	}
	match->first_of[match->text->n_words] = match->n_symbols;
}

static gboolean
is_element(const Match *match, guint word, const Element *element)
{
	if (element->kind != 0)
		return (match->kinds[word] & element->kind) != 0;
	for (guint i = match->first_of[word]; i < match->first_of[word + 1]; i++)
		if (match->symbols[i] == element->symbol)
			return TRUE;
	return FALSE;
}

/* The last word of the phrase when its rest stands after `word`, else 0. */
static guint
rest_ends(const Match *match, const Phrase *phrase, guint element, guint word)
{
	guint furthest;

	if (element == phrase->n_elements)
		return word;
	furthest =
	    MIN(word + 1 + phrase->elements[element].gap, match->text->n_words - 1);
	for (guint next = word + 1; next <= furthest; next++) {
		guint last;

		if (match->text->words[next].sentence !=
		    match->text->words[word].sentence)
			return 0;
		if (!is_element(match, next, &phrase->elements[element]))
			continue;
		last = rest_ends(match, phrase, element + 1, next);
		if (last != 0)
			return last;
	}
	return 0;
}

/* The first word of the phrase is here; is the rest? */
static void
try_phrase(Match *match, guint index, guint word)
{
	const Phrase *phrase = &g_array_index(match->lexicon->phrases, Phrase, index);
	Find find = { phrase->sheet, phrase->signal, word, word,
		.innocent = phrase->innocent, .quoted = match->text->words[word].quoted };

	if (phrase->n_elements > 1) {
		find.last = rest_ends(match, phrase, 1, word);
		if (find.last == 0)
			return;
	}
	g_array_append_val(match->finds, find);
}

/* Is the second word of a phrase, if it has one, said anywhere behind its first? */
static inline gboolean
is_spoken_after(const Match *match, guint32 symbol, guint word)
{
	return symbol == 0 ||
	    ((match->is_spoken[symbol / 64] >> symbol % 64 & 1) != 0 &&
		match->last_of[symbol] > word);
}

/* The phrases that begin with this word, by its symbols and by its kinds. */
static void
try_word(Match *match, guint word)
{
	const Lexicon *lexicon = match->lexicon;

	for (guint i = match->first_of[word]; i < match->first_of[word + 1]; i++) {
		guint32 at = match->symbols[i] < lexicon->by_symbol->len
		    ? g_array_index(lexicon->by_symbol, guint32, match->symbols[i])
		    : 0;

		while (at != 0) {
			const Start *start = &g_array_index(lexicon->starts, Start, at);

			if (is_spoken_after(match, start->second, word))
				try_phrase(match, start->phrase, word);
			at = start->next;
		}
	}
	for (guint i = 0; match->kinds[word] != 0 && i < lexicon->by_kind->len; i++) {
		guint index = g_array_index(lexicon->by_kind, guint, i);

		if (is_element(match, word,
			g_array_index(lexicon->phrases, Phrase, index).elements))
			try_phrase(match, index, word);
	}
}

static int
compare_finds(gconstpointer a, gconstpointer b)
{
	const Find *x = a, *y = b;

	if (x->sheet != y->sheet)
		return (int)x->sheet - (int)y->sheet;
	if (x->signal != y->signal)
		return (int)x->signal - (int)y->signal;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (y->last > x->last) - (y->last < x->last);
}

static gboolean
is_same_signal(const Find *a, const Find *b)
{
	return a->sheet == b->sheet && a->signal == b->signal;
}

/* Whether an innocent find of the same signal, among first..end, touches this one. */
static gboolean
is_covered(const Find *find, const Find *first, const Find *end)
{
	for (const Find *other = first; other < end; other++)
		if (other->innocent && other->first <= find->last &&
		    find->first <= other->last)
			return TRUE;
	return FALSE;
}

/* Keeps, of one signal's finds, what no innocent one touches and no find before it
 * contains; returns how many are kept at `ret_kept`, which is not behind `first`. */
static guint
keep_finds(Find *first, Find *end, Find *ret_kept)
{
	const Find *before = NULL;
	gboolean innocent = FALSE;
	guint kept = 0;

	for (Find *find = first; find < end; find++)
		innocent |= find->innocent;
	for (Find *find = first; find < end && innocent; find++)
		find->covered = is_covered(find, first, end);
	for (Find *find = first; find < end; find++) {
		if (find->covered || (before != NULL && find->first <= before->last))
			continue;
		ret_kept[kept] = *find;
		before = &ret_kept[kept++];
	}
	return kept;
}

static void
drop_innocent(GArray *finds)
{
	Find *all = (Find *)(void *)finds->data;
	guint kept = 0;

	g_array_sort(finds, compare_finds);
	for (guint first = 0, end; first < finds->len; first = end) {
		for (end = first + 1;
		     end < finds->len && is_same_signal(&all[first], &all[end]); end++)
			;
		kept += keep_finds(
		    &all[first], &all[MIN(end, first + MOST_FINDS)], &all[kept]);
	}
	g_array_set_size(finds, kept);
}

GArray *
lexicon_match(const Lexicon *lexicon, const Text *text, const guint *kinds)
{
	guint room = (text->n_words + 1) * USUAL_SYMBOLS;
	g_autofree guint32 *first_of = g_new(guint32, text->n_words + 1);
	g_autofree guint64 *is_spoken = g_new0(guint64, lexicon->n_symbols / 64 + 1);
	g_autofree guint32 *last_of = g_new(guint32, lexicon->n_symbols + 1);
	Match match = { lexicon, text, kinds, g_new(guint32, room), 0, room, first_of,
		is_spoken, last_of, g_array_new(FALSE, FALSE, sizeof(Find)) };

	find_symbols(&match);
	for (guint i = 0; i < text->n_words; i++)
		try_word(&match, i);
	g_free(match.symbols);
	drop_innocent(match.finds);
	return match.finds;
}

/* --- finds --- */

static guint
lower_bound(const GArray *finds, guint sheet)
{
	guint low = 0, high = finds->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(finds, Find, middle).sheet < sheet)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const Find *
finds_of_sheet(const GArray *finds, const Sheet *sheet, guint *ret_n)
{
	guint first = lower_bound(finds, sheet->index);

	*ret_n = lower_bound(finds, sheet->index + 1) - first;
	return *ret_n == 0 ? NULL : &g_array_index(finds, Find, first);
}
