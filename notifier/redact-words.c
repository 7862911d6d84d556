#include "redact-words.h"

#include <string.h>

#include "fault.h"

#define MOST_LETTERS 4

static const char *const sections[] = { "address", "account", "money", "no-name",
	"letters" };

struct RedactWords {
	GPtrArray *lists[G_N_ELEMENTS(sections)]; /* of strings */
	GHashTable *letters;                      /* as written → as read */
	GHashTable *no_names;                     /* keys */
};

static int
find_section(const char *name, gsize length)
{
	for (guint i = 0; i < G_N_ELEMENTS(sections); i++)
		if (strlen(sections[i]) == length &&
		    strncmp(sections[i], name, length) == 0)
			return (int)i;
	return -1;
}

static void
learn_letters(RedactWords *words, const char *line)
{
	const char *blank = strchr(line, ' ');
	gsize length = blank != NULL ? (gsize)(blank - line) : strlen(line);

	g_hash_table_insert(
	    words->letters, g_strndup(line, length), g_strstrip(g_strdup(line + length)));
}

static gboolean
read_lines(RedactWords *words, const char *file, const char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	int section = -1;

	for (guint i = 0; lines[i] != NULL; i++) {
		char *line = g_strstrip(lines[i]);
		if (*line == '\0' || *line == '#')
			continue;
		if (*line == '[')
			section = find_section(line + 1, strcspn(line + 1, "]"));
		else if (section >= 0)
			g_ptr_array_add(words->lists[section], g_strdup(line));
		if (section < 0) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "%s:%u: one of [address], [account], [money], [no-name] "
			    "and [letters] is expected",
			    file, i + 1);
			return FALSE;
		}
	}
	return TRUE;
}

static void
index_lists(RedactWords *words)
{
	GPtrArray *no_names = words->lists[find_section("no-name", strlen("no-name"))];
	GPtrArray *letters = words->lists[find_section("letters", strlen("letters"))];

	for (guint i = 0; i < letters->len; i++)
		learn_letters(words, g_ptr_array_index(letters, i));
	for (guint i = 0; i < no_names->len; i++) {
		const char *word = g_ptr_array_index(no_names, i);
		g_hash_table_add(
		    words->no_names, redact_words_key(words, word, strlen(word)));
	}
}

RedactWords *
redact_words_load(const char *file, GError **error)
{
	g_autoptr(RedactWords) words = g_new0(RedactWords, 1);
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(sections); i++)
		words->lists[i] = g_ptr_array_new_with_free_func(g_free);
	words->letters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	words->no_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (!g_file_get_contents(file, &text, NULL, &cause)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
		return NULL;
	}
	if (!g_utf8_validate(text, -1, NULL)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: the file is not UTF-8", file);
		return NULL;
	}
	if (!read_lines(words, file, text, error))
		return NULL;
	index_lists(words);
	return g_steal_pointer(&words);
}

void
redact_words_free(RedactWords *words)
{
	if (words == NULL)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(sections); i++)
		g_ptr_array_unref(words->lists[i]);
	g_hash_table_unref(words->letters);
	g_hash_table_unref(words->no_names);
	g_free(words);
}

/* The longest group of letters at `at` that the table reads; its bytes, or 0. */
static gsize
read_group(const RedactWords *words, const char *at, const char **ret_read)
{
	const char *ends[MOST_LETTERS];
	guint n = 0;

	for (const char *end = at; *end != '\0' && n < MOST_LETTERS; n++)
		ends[n] = end = g_utf8_next_char(end);
	while (n-- > 0) {
		char group[MOST_LETTERS * 6 + 1];
		gsize length = (gsize)(ends[n] - at);
		memcpy(group, at, length);
		group[length] = '\0';
		*ret_read = g_hash_table_lookup(words->letters, group);
		if (*ret_read != NULL)
			return length;
	}
	return 0;
}

/* A letter written twice counts once: Анна, Ana. */
static void
append_letter(GString *key, char letter)
{
	if (key->len == 0 || key->str[key->len - 1] != letter)
		g_string_append_c(key, letter);
}

/* A letter that the table does not know: the plain one below its marks. */
static void
append_unknown(const RedactWords *words, GString *key, gunichar c)
{
	gunichar plain[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	char text[7] = "";
	const char *read;

	if (!g_unichar_isalpha(c))
		return;
	g_unichar_fully_decompose(c, TRUE, plain, G_N_ELEMENTS(plain));
	text[g_unichar_to_utf8(plain[0], text)] = '\0';
	read = g_hash_table_lookup(words->letters, text);
	for (const char *at = read != NULL ? read : text; *at != '\0'; at++)
		append_letter(key, *at);
}

char *
redact_words_key(const RedactWords *words, const char *word, gsize length)
{
	g_autofree char *low = g_utf8_strdown(word, (gssize)length);
	g_autofree char *composed =
	    g_utf8_normalize(low, -1, G_NORMALIZE_DEFAULT_COMPOSE);
	GString *key = g_string_new(NULL);

	for (const char *at = composed; at != NULL && *at != '\0';) {
		const char *read;
		gsize taken = read_group(words, at, &read);
		if (taken == 0) {
			append_unknown(words, key, g_utf8_get_char(at));
			at = g_utf8_next_char(at);
			continue;
		}
		for (; *read != '\0'; read++)
			append_letter(key, *read);
		at += taken;
	}
	return g_string_free(key, FALSE);
}

gboolean
redact_words_is_no_name(const RedactWords *words, const char *key)
{
	return g_hash_table_contains(words->no_names, key);
}

char *
redact_words_pattern(const RedactWords *words, const char *section)
{
	GPtrArray *list = words->lists[find_section(section, strlen(section))];
	GString *pattern = g_string_new(NULL);

	for (guint i = 0; i < list->len; i++) {
		g_autofree char *escaped =
		    g_regex_escape_string(g_ptr_array_index(list, i), -1);
		g_string_append_printf(pattern, "%s%s", i > 0 ? "|" : "", escaped);
	}
	/* Nothing at all would match everywhere. */
	return list->len > 0 ? g_string_free(pattern, FALSE)
			     : (g_string_free(pattern, TRUE), g_strdup("(?!)"));
}
