/* The matcher.  Every word of every phrase is a symbol; a trie over folded letters tells
 * which symbols a word of the letter is, whole words and beginnings alike.  Each phrase
 * hangs on its first symbol, and the rest of it is held against the words that follow. */
#include "lexicon-private.h"

#include <string.h>

#define MOST_SYMBOLS                                                                     \
	24 /* of one word; more are never needed, since stems nest a few deep */

typedef struct {
	guint n;
	guint ids[MOST_SYMBOLS];
} Symbols;

/* --- the trie --- */

static guint64
key_of(guint node, gunichar c)
{
	return ((guint64)node << 21 | c) + 1;
}

/* The edge of that key, or the free one where it belongs. */
static Edge *
edge_of(const Trie *trie, guint64 key)
{
	guint slot = (guint)((key * 0x9e3779b97f4a7c15u) >> (64 - trie->bits));

	while (trie->edges[slot].key != 0 && trie->edges[slot].key != key)
		slot = (slot + 1) & ((1u << trie->bits) - 1);
	return &trie->edges[slot];
}

static void
trie_grow(Trie *trie)
{
	Trie old = *trie;

	trie->bits = old.bits == 0 ? 12 : old.bits + 1;
	trie->edges = g_new0(Edge, 1u << trie->bits);
	for (guint i = 0; old.bits > 0 && i < 1u << old.bits; i++)
		if (old.edges[i].key != 0)
			*edge_of(trie, old.edges[i].key) = old.edges[i];
	g_free(old.edges);
}

/* The last edge of a spelling, made when it is not there; NULL of an empty one. */
static Edge *
trie_insert(Trie *trie, const char *spelling)
{
	Edge *edge = NULL;
	guint step;

	for (const char *s = spelling; *s != '\0'; s += step) {
		guint64 key = key_of(edge != NULL ? edge->node : 0, fold_next(s, &step));

		if (trie->bits == 0 || trie->used * 2 >= 1u << trie->bits)
			trie_grow(trie);
		edge = edge_of(trie, key);
		if (edge->key == 0)
			*edge = (Edge){ .key = key, .node = ++trie->used };
	}
	return edge;
}

/* Puts a value before the chain at *head. */
static void
chain_add(Lexicon *lexicon, guint *head, guint value)
{
	Cell cell = { value, *head };

	g_array_append_val(lexicon->cells, cell);
	*head = lexicon->cells->len - 1;
}

/* --- building --- */

void
lexicon_add_spelling(Lexicon *lexicon, const char *spelling, gboolean stem, guint symbol)
{
	Edge *last = trie_insert(&lexicon->trie, spelling);

	if (last != NULL)
		chain_add(lexicon, stem ? &last->stems : &last->wholes, symbol);
}

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
	const Element *first = &phrase->elements[0];

	g_array_append_val(lexicon->phrases, *phrase);
	if (first->kind != 0) {
		g_array_append_val(lexicon->by_kind, index);
		return;
	}
	if (lexicon->by_symbol->len <= first->symbol)
		g_array_set_size(lexicon->by_symbol, first->symbol + 1);
	chain_add(
	    lexicon, &g_array_index(lexicon->by_symbol, guint, first->symbol), index);
}

Lexicon *
lexicon_new(void)
{
	Lexicon *lexicon = g_new0(Lexicon, 1);

	lexicon->sheets = g_ptr_array_new_with_free_func(sheet_free);
	lexicon->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	lexicon->cells = g_array_new(FALSE, TRUE, sizeof(Cell));
	g_array_set_size(lexicon->cells, 1);
	lexicon->by_symbol = g_array_new(FALSE, TRUE, sizeof(guint));
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
	g_array_unref(lexicon->cells);
	g_array_unref(lexicon->by_symbol);
	g_array_unref(lexicon->by_kind);
	g_array_unref(lexicon->phrases);
	g_free(lexicon->trie.edges);
	g_free(lexicon);
}

/* --- matching --- */

static inline const Cell *
next_cell(const Lexicon *lexicon, guint at)
{
	return at == 0 ? NULL : &g_array_index(lexicon->cells, Cell, at);
}

static void
take(const Lexicon *lexicon, guint chain, Symbols *symbols)
{
	for (const Cell *cell = next_cell(lexicon, chain);
	     cell != NULL && symbols->n < MOST_SYMBOLS;
	     cell = next_cell(lexicon, cell->next))
		symbols->ids[symbols->n++] = cell->value;
}

static void
look_up(const Lexicon *lexicon, const char *spelling, Symbols *symbols)
{
	const Edge *edge = NULL;
	guint step;

	if (lexicon->trie.bits == 0)
		return;
	for (const char *s = spelling; *s != '\0'; s += step) {
		guint node = edge != NULL ? edge->node : 0;

		edge = edge_of(&lexicon->trie, key_of(node, fold_next(s, &step)));
		if (edge->key == 0)
			return;
		take(lexicon, edge->stems, symbols);
	}
	if (edge != NULL)
		take(lexicon, edge->wholes, symbols);
}

typedef struct {
	const Lexicon *lexicon;
	const Text *text;
	const guint *kinds;
	const Symbols *symbols;
	GArray *finds;
} Match;

static gboolean
is_element(const Match *match, guint word, const Element *element)
{
	const Symbols *symbols = &match->symbols[word];

	if (element->kind != 0)
		return (match->kinds[word] & element->kind) != 0;
	for (guint i = 0; i < symbols->n; i++)
		if (symbols->ids[i] == element->symbol)
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

static void
try_phrase(Match *match, guint index, guint word)
{
	const Phrase *phrase = &g_array_index(match->lexicon->phrases, Phrase, index);
	Find find = { phrase->sheet, phrase->signal, word, word, phrase->innocent,
		match->text->words[word].quoted };

	if (phrase->elements[0].kind != 0 &&
	    !is_element(match, word, &phrase->elements[0]))
		return;
	if (phrase->n_elements > 1) {
		find.last = rest_ends(match, phrase, 1, word);
		if (find.last == 0)
			return;
	}
	g_array_append_val(match->finds, find);
}

/* The phrases that begin with this word, by its symbols and by its kinds. */
static void
try_word(Match *match, guint word)
{
	const Lexicon *lexicon = match->lexicon;
	const Symbols *symbols = &match->symbols[word];

	for (guint i = 0; i < symbols->n; i++) {
		const Cell *cell = NULL;

		if (symbols->ids[i] < lexicon->by_symbol->len)
			cell = next_cell(lexicon,
			    g_array_index(lexicon->by_symbol, guint, symbols->ids[i]));
		for (; cell != NULL; cell = next_cell(lexicon, cell->next))
			try_phrase(match, cell->value, word);
	}
	for (guint i = 0; match->kinds[word] != 0 && i < lexicon->by_kind->len; i++)
		try_phrase(match, g_array_index(lexicon->by_kind, guint, i), word);
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

/* Keeps, of each signal, what no innocent find touches and no find before it contains. */
static void
drop_innocent(GArray *finds)
{
	Find *all = (Find *)finds->data;
	guint kept = 0;

	g_array_sort(finds, compare_finds);
	for (guint first = 0, end; first < finds->len; first = end) {
		const Find *before = NULL;
		g_autofree Find *group = NULL;
		guint n;

		for (end = first + 1;
		     end < finds->len && is_same_signal(&all[first], &all[end]); end++)
			;
		n = MIN(end - first, MOST_FINDS);
		group = g_memdup2(&all[first], n * sizeof *group);
		for (guint i = 0; i < n; i++) {
			if (is_covered(&group[i], group, group + n) ||
			    (before != NULL && group[i].first <= before->last))
				continue;
			before = &group[i];
			all[kept++] = group[i];
		}
	}
	g_array_set_size(finds, kept);
}

GArray *
lexicon_match(const Lexicon *lexicon, const Text *text, const guint *kinds)
{
	g_autofree Symbols *symbols = g_new(Symbols, text->n_words + 1);
	Match match = { lexicon, text, kinds, symbols,
		g_array_new(FALSE, FALSE, sizeof(Find)) };

	for (guint i = 0; i < text->n_words; i++) {
		symbols[i].n = 0;
		/* What a link is made of, nobody has said. */
		if (text->words[i].linked)
			continue;
		look_up(lexicon, text->words[i].folded, &symbols[i]);
		if (text->words[i].second != NULL)
			look_up(lexicon, text->words[i].second, &symbols[i]);
	}
	for (guint i = 0; i < text->n_words; i++)
		try_word(&match, i);
	drop_innocent(match.finds);
	return match.finds;
}
