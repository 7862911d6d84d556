#include "wordlist.h"

#include "fault.h"

#include <string.h>

#define MOST_PIECE 32 /* bytes of the longest ending or beginning */

struct WordList {
	const WordSection *sections;
	WordKey key;
	GHashTable *wholes;     /* key → class bits */
	GHashTable *beginnings; /* "студент" of "студент*" */
	GHashTable *endings;    /* "ов" of "-ов" */
};

typedef struct {
	WordList *list;
	const char *file;
	guint line;
	const WordSection *section;
	GError **error;
} Loader;

WordList *
wordlist_new(const WordSection *sections, WordKey key)
{
	WordList *list = g_new0(WordList, 1);

	list->sections = sections;
	list->key = key;
	list->wholes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	list->beginnings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	list->endings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return list;
}

void
wordlist_free(WordList *list)
{
	if (list == NULL)
		return;
	g_hash_table_unref(list->wholes);
	g_hash_table_unref(list->beginnings);
	g_hash_table_unref(list->endings);
	g_free(list);
}

static guint
look_up(GHashTable *table, const char *key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
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
	GHashTable *table = ending ? loader->list->endings
	    : beginning            ? loader->list->beginnings
				   : loader->list->wholes;
	char key[WORD_KEY_SPACE] = "";

	if (text->n_words == 0 || (ending && beginning) ||
	    text->words[0].script == SCRIPT_DIGIT)
		return expected(loader, "a word, \"-ending\" or \"beginning*\"", word);
	loader->list->key(&text->words[0], key);
	if (key[0] == '\0' || ((ending || beginning) && strlen(key) > MOST_PIECE))
		return expected(loader, "a shorter piece of a word", word);
	g_hash_table_insert(table, g_strdup(key),
	    GUINT_TO_POINTER(look_up(table, key) | loader->section->class));
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
	return look_up(list->wholes, key);
}

guint
wordlist_beginning(const WordList *list, const char *key)
{
	gsize length = strlen(key);
	char piece[MOST_PIECE + 2];
	guint class = 0;

	for (gsize end = 2; end <= length && end <= MOST_PIECE; end += 2) {
		if (end <= 10 && length - end > (end <= 8 ? 6 : 8))
			continue;
		memcpy(piece, key, end);
		piece[end] = '\0';
		class |= look_up(list->beginnings, piece);
	}
	return class;
}

guint
wordlist_ending(const WordList *list, const char *key)
{
	gsize length = strlen(key);
	guint class = 0;

	for (gsize from = 4; from < length; from += 2)
		if (length - from <= MOST_PIECE)
			class |= look_up(list->endings, key + from);
	return class;
}

guint
wordlist_is_ending(const WordList *list, const char *key)
{
	return look_up(list->endings, key);
}
