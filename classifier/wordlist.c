#include "wordlist.h"

#include "fault.h"

#include <string.h>

#define MOST_PIECE 32 /* bytes of the longest ending or beginning */

typedef struct {
	char *key;
	gsize length;
	guint class; /* bits */
} Entry;

typedef struct {
	guint32 hash;
	guint32 entry; /* its index; 0: free */
} Slot;

/* By open addressing; slots are small, since most words are in no list.  The hash is made
 * byte by byte, so that all beginnings of a word, or backwards all its endings, cost one
 * walk. */
typedef struct {
	guint bits;
	Slot *slots;
	GArray *entries; /* of Entry; the first is none, of no class */
} Table;

struct WordList {
	const WordSection *sections;
	WordKey key;
	Table wholes;
	Table beginnings; /* "студент" of "студент*" */
	Table endings;    /* "ов" of "-ов"; hashed backwards */
};

typedef struct {
	WordList *list;
	const char *file;
	guint line;
	const WordSection *section;
	GError **error;
} Loader;

/* --- tables --- */

#define HASH_START 0x811c9dc5u

static inline guint
hash_byte(guint hash, char byte)
{
	return (hash ^ (guchar)byte) * 0x01000193u;
}

static guint
hash_forwards(const char *key, gsize length)
{
	guint hash = HASH_START;

	for (gsize i = 0; i < length; i++)
		hash = hash_byte(hash, key[i]);
	return hash;
}

static guint
hash_backwards(const char *key, gsize length)
{
	guint hash = HASH_START;

	for (gsize i = length; i > 0; i--)
		hash = hash_byte(hash, key[i - 1]);
	return hash;
}

static inline Entry *
entry_at(const Table *table, guint n)
{
	return &g_array_index(table->entries, Entry, n);
}

/* The slot of a key, or the free one where it belongs. */
static inline Slot *
slot_of(const Table *table, const char *key, gsize length, guint hash)
{
	guint mask = (1u << table->bits) - 1, at = (hash ^ hash >> 15) & mask;

	for (;; at = (at + 1) & mask) {
		Slot *slot = &table->slots[at];
		const Entry *entry;

		if (slot->entry == 0)
			return slot;
		if (slot->hash != hash)
			continue;
		entry = entry_at(table, slot->entry);
		if (entry->length == length && memcmp(entry->key, key, length) == 0)
			return slot;
	}
}

static void
table_grow(Table *table, guint bits)
{
	g_autofree Slot *old = g_steal_pointer(&table->slots);
	guint n = old == NULL ? 0 : 1u << table->bits;

	table->bits = bits;
	table->slots = g_new0(Slot, 1u << bits);
	for (guint i = 0; i < n; i++) {
		const Entry *entry = entry_at(table, old[i].entry);

		if (old[i].entry != 0)
			*slot_of(table, entry->key, entry->length, old[i].hash) = old[i];
	}
}

static void
table_new(Table *table, guint bits)
{
	table->entries = g_array_new(FALSE, TRUE, sizeof(Entry));
	g_array_set_size(table->entries, 1);
	table_grow(table, bits);
}

static void
table_add(Table *table, const char *key, guint hash, guint class)
{
	gsize length = strlen(key);
	Slot *slot;

	if (table->entries->len * 2 >= 1u << table->bits)
		table_grow(table, table->bits + 1);
	slot = slot_of(table, key, length, hash);
	if (slot->entry == 0) {
		Entry entry = { g_strdup(key), length, 0 };

		g_array_append_val(table->entries, entry);
		*slot = (Slot){ hash, table->entries->len - 1 };
	}
	entry_at(table, slot->entry)->class |= class;
}

static inline guint
look_up(const Table *table, const char *key, gsize length, guint hash)
{
	return entry_at(table, slot_of(table, key, length, hash)->entry)->class;
}

static void
table_clear(Table *table)
{
	for (guint i = 1; i < table->entries->len; i++)
		g_free(entry_at(table, i)->key);
	g_array_unref(table->entries);
	g_free(table->slots);
}

/* --- loading --- */

WordList *
wordlist_new(const WordSection *sections, WordKey key)
{
	WordList *list = g_new0(WordList, 1);

	list->sections = sections;
	list->key = key;
	table_new(&list->wholes, 10);
	table_new(&list->beginnings, 6);
	table_new(&list->endings, 6);
	return list;
}

void
wordlist_free(WordList *list)
{
	if (list == NULL)
		return;
	table_clear(&list->wholes);
	table_clear(&list->beginnings);
	table_clear(&list->endings);
	g_free(list);
}

static gboolean
expected(const Loader *loader, const char *what, const char *found)
{
	g_set_error(loader->error, FAULT, FAULT_SETUP,
	    "%s:%u: expected %s, found \"%.40s\"", loader->file, loader->line, what,
	    found);
	return FALSE;
}

static gboolean
begin_section(Loader *loader, const char *line)
{
	g_autofree char *name = g_strndup(line + 1, strcspn(line + 1, "]"));

	for (const WordSection *section = loader->list->sections; section->name != NULL;
	     section++)
		if (g_str_equal(section->name, name)) {
			loader->section = section;
			return TRUE;
		}
	return expected(loader, "a known [section]", line);
}

/* Of a word with a hyphen the first part counts, as the text is taken apart there too. */
static gboolean
add_word(Loader *loader, const char *word)
{
	gsize length = strlen(word);
	gboolean ending = word[0] == '-', beginning = word[length - 1] == '*';
	g_autofree char *piece = g_strndup(word + ending, length - ending - beginning);
	g_autoptr(Text) text = text_parse(piece, NULL);
	Table *table = ending ? &loader->list->endings
	    : beginning       ? &loader->list->beginnings
			      : &loader->list->wholes;
	char key[WORD_KEY_SPACE] = "";

	if (text->n_words == 0 || (ending && beginning) ||
	    text->words[0].script == SCRIPT_DIGIT)
		return expected(loader, "a word, \"-ending\" or \"beginning*\"", word);
	loader->list->key(&text->words[0], key);
	if (key[0] == '\0' || ((ending || beginning) && strlen(key) > MOST_PIECE))
		return expected(loader, "a shorter piece of a word", word);
	table_add(table, key,
	    ending ? hash_backwards(key, strlen(key)) : hash_forwards(key, strlen(key)),
	    loader->section->class);
	return TRUE;
}

static gboolean
read_line(Loader *loader, char *line)
{
	char *comment = strchr(line, '#');
	g_auto(GStrv) words = NULL;

	if (comment != NULL)
		*comment = '\0';
	g_strstrip(line);
	if (*line == '[')
		return begin_section(loader, line);
	words = g_strsplit_set(line, " \t", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		if (words[i][0] == '\0')
			continue;
		if (loader->section == NULL)
			return expected(loader, "a [section] first", words[i]);
		if (!add_word(loader, words[i]))
			return FALSE;
	}
	return TRUE;
}

gboolean
wordlist_load(WordList *list, const char *file, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	Loader loader = { list, file, 1, NULL, error };
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(file, &text, NULL, &cause)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
		return FALSE;
	}
	if (!g_utf8_validate(text, -1, NULL))
		return expected(&loader, "UTF-8", "other bytes");
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		loader.line = i + 1;
		if (!read_line(&loader, lines[i]))
			return FALSE;
	}
	return TRUE;
}

guint
wordlist_whole(const WordList *list, const char *key)
{
	gsize length = strlen(key);

	return look_up(&list->wholes, key, length, hash_forwards(key, length));
}

guint
wordlist_beginning(const WordList *list, const char *key)
{
	gsize length = strlen(key);
	guint class = 0, hash = HASH_START;

	for (gsize end = 2; end <= length && end <= MOST_PIECE; end += 2) {
		hash = hash_byte(hash_byte(hash, key[end - 2]), key[end - 1]);
		if (end <= 10 && length - end > (end <= 8 ? 6 : 8))
			continue;
		class |= look_up(&list->beginnings, key, end, hash);
	}
	return class;
}

guint
wordlist_ending(const WordList *list, const char *key)
{
	gsize length = strlen(key);
	guint class = 0, hash = HASH_START;

	for (gsize from = length; from > 4 && length - from < MOST_PIECE;) {
		hash = hash_byte(hash, key[--from]);
		if (from % 2 == 0)
			class |= look_up(&list->endings, key + from, length - from, hash);
	}
	return class;
}

guint
wordlist_is_ending(const WordList *list, const char *key)
{
	gsize length = strlen(key);

	return look_up(&list->endings, key, length, hash_backwards(key, length));
}
