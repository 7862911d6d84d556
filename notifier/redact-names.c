#include "redact-names.h"

#include <string.h>

#define VOWELS "aeiou"
#define STEM 4         /* letters that tell a name from other words */
#define MOST_ENDING 6  /* letters of an ending behind a stem */
#define SHORT_ENDING 4 /* behind a name that is short itself */
#define MOST_INITIALS 3
#define MOST_SPACED 24 /* letters of one name that stand apart */

typedef struct {
	char *key;
	char *stem; /* the key without the vowels at its end */
} Part;

struct RedactNames {
	const RedactWords *words;
	GPtrArray *parts; /* of Part */
};

static void
part_free(gpointer data)
{
	Part *part = data;

	g_free(part->key);
	g_free(part->stem);
	g_free(part);
}

RedactNames *
redact_names_new(const RedactWords *words)
{
	RedactNames *names = g_new0(RedactNames, 1);

	names->words = words;
	names->parts = g_ptr_array_new_with_free_func(part_free);
	return names;
}

void
redact_names_free(RedactNames *names)
{
	if (names == NULL)
		return;
	g_ptr_array_unref(names->parts);
	g_free(names);
}

static gboolean
is_vowel(char letter)
{
	return letter != '\0' && strchr(VOWELS, letter) != NULL;
}

/* The end of a word: letters, their marks, and an apostrophe between letters. */
static const char *
word_end(const char *at)
{
	for (;;) {
		gunichar c = g_utf8_get_char(at);
		gboolean joins = c == '\'' || c == 0x2019 || c == 0x02b9;
		if (joins ? !g_unichar_isalpha(g_utf8_get_char(g_utf8_next_char(at)))
			  : !g_unichar_isalpha(c) && !g_unichar_ismark(c))
			return at;
		at = g_utf8_next_char(at);
	}
}

static void
add_part(RedactNames *names, char *key)
{
	Part *part = g_new0(Part, 1);
	gsize length = strlen(key);

	part->key = key;
	for (int cut = 0; cut < 3 && length > STEM && is_vowel(key[length - 1]); cut++)
		length--;
	/* A name of four letters may end in a vowel that changes as well: Вера, Веры. */
	if (length <= STEM && length > 3 && is_vowel(key[length - 1]))
		length--;
	part->stem = g_strndup(key, length);
	g_ptr_array_add(names->parts, part);
}

/* Павел, Павла: the vowel before the last letter may fall out.  Нурлановна is Нұрланқызы
 * as well, which some write in two words. */
static void
add_forms(RedactNames *names, const char *key)
{
	static const char *const of_a_father[] = { "kizi", "uli", "ovna", "evna", "ovich",
		"evich" };
	gsize length = strlen(key);

	if (length > STEM && is_vowel(key[length - 2]) && !is_vowel(key[length - 1]))
		add_part(names,
		    g_strdup_printf("%.*s%c", (int)(length - 2), key, key[length - 1]));
	for (guint i = 0; i < G_N_ELEMENTS(of_a_father); i++) {
		gsize tail = strlen(of_a_father[i]);
		if (length >= tail + STEM && g_str_has_suffix(key, of_a_father[i]))
			add_part(names, g_strndup(key, length - tail));
	}
}

void
redact_names_add(RedactNames *names, const char *name, guint least)
{
	g_autofree char *composed =
	    name != NULL ? g_utf8_normalize(name, -1, G_NORMALIZE_DEFAULT_COMPOSE) : NULL;

	for (const char *at = composed; at != NULL && *at != '\0';) {
		const char *end = word_end(at);
		g_autofree char *key = NULL;
		if (end == at) {
			at = g_utf8_next_char(at);
			continue;
		}
		key = redact_words_key(names->words, at, (gsize)(end - at));
		if (g_utf8_strlen(at, (gssize)(end - at)) >= (glong)MAX(least, 2) &&
		    strlen(key) >= 2 && !redact_words_is_no_name(names->words, key)) {
			add_forms(names, key);
			add_part(names, g_steal_pointer(&key));
		}
		at = end;
	}
}

/* Of a short name: nothing but vowels behind its stem. */
static gboolean
is_short_ending(const char *ending)
{
	return strlen(ending) <= 2 && strspn(ending, VOWELS) == strlen(ending);
}

/* Short names are words as well ("Ли", "Ан"): they count with a capital letter. */
static gboolean
fits(const Part *part, const char *key, gboolean capital)
{
	gsize stem = strlen(part->stem), whole = strlen(part->key), length = strlen(key);

	if (stem >= STEM)
		return g_str_has_prefix(key, part->stem) && length <= stem + MOST_ENDING;
	if (whole >= STEM && g_str_has_prefix(key, part->key) &&
	    length <= whole + MOST_ENDING)
		return TRUE;
	if (capital && g_str_has_prefix(key, part->key) && length <= whole + SHORT_ENDING)
		return TRUE;
	return (capital || stem >= 3) && g_str_has_prefix(key, part->stem) &&
	    is_short_ending(key + stem);
}

/* The end of a word whose letters stand apart, "А х м е т о в а", or NULL. */
static const char *
spaced_end(const char *at)
{
	const char *end = NULL;
	guint letters = 0;

	while (letters < MOST_SPACED && word_end(at) == g_utf8_next_char(at)) {
		end = g_utf8_next_char(at);
		letters++;
		if (*end != ' ' && *end != '.' && *end != '-')
			break;
		at = end + 1;
	}
	return letters >= STEM ? end : NULL;
}

static gboolean
is_name(const RedactNames *names, const char *word, const char *end)
{
	g_autofree char *key = redact_words_key(names->words, word, (gsize)(end - word));
	gboolean capital = g_unichar_isupper(g_utf8_get_char(word));

	for (guint i = 0; i < names->parts->len; i++)
		if (fits(g_ptr_array_index(names->parts, i), key, capital))
			return TRUE;
	return FALSE;
}

/* The first letter of one of the parts. */
static gboolean
is_initial(const RedactNames *names, const char *letter, const char *end)
{
	g_autofree char *key =
	    redact_words_key(names->words, letter, (gsize)(end - letter));

	for (guint i = 0; *key != '\0' && i < names->parts->len; i++)
		if (g_str_has_prefix(
			((Part *)g_ptr_array_index(names->parts, i))->key, key))
			return TRUE;
	return FALSE;
}

/* "А.", "Дж.", or "А" when the name begins with it: its end, or NULL. */
static const char *
initial_end(const RedactNames *names, const char *at)
{
	const char *end = word_end(at);
	glong letters = g_utf8_strlen(at, (gssize)(end - at));

	if (letters < 1 || letters > 2 || !g_unichar_isupper(g_utf8_get_char(at)))
		return NULL;
	if (*end == '.')
		return end + 1;
	return letters == 1 && is_initial(names, at, end) ? end : NULL;
}

/* "А.Н." alone, when both are the author's: its end, or NULL. */
static const char *
own_initials_end(const RedactNames *names, const char *at)
{
	guint taken = 0;

	for (;;) {
		const char *end = word_end(at);
		if (end != g_utf8_next_char(at) || *end != '.' ||
		    !g_unichar_isupper(g_utf8_get_char(at)) ||
		    !is_initial(names, at, end))
			return taken >= 2 ? at : NULL;
		taken++;
		at = end + 1;
		if (*at == ' ' && taken < 2)
			at++;
	}
}

static const char *
skip_blanks(const char *at)
{
	for (guint i = 0; i < 2; i++) {
		gunichar c = g_utf8_get_char(at);
		if (c != ' ' && c != 0xa0 && c != 0x202f)
			break;
		at = g_utf8_next_char(at);
	}
	return at;
}

static gsize
take_initials_behind(const RedactNames *names, const char *text, gsize end)
{
	for (guint i = 0; i < MOST_INITIALS; i++) {
		const char *next = initial_end(names, skip_blanks(text + end));
		if (next == NULL)
			break;
		end = (gsize)(next - text);
	}
	return end;
}

/* Where the word before `at` begins, with nothing but its full stop and blanks between;
 * NULL when something else stands there. */
static const char *
word_before(const char *text, const char *at)
{
	const char *start = at;
	gboolean stop = FALSE;

	while (start > text) {
		const char *before = g_utf8_prev_char(start);
		gunichar c = g_utf8_get_char(before);
		if (g_unichar_isalpha(c)) {
			while (before > text &&
			    g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(before))))
				before = g_utf8_prev_char(before);
			return before;
		}
		if ((c == '.' && stop) ||
		    (c != '.' && c != ' ' && c != 0xa0 && c != 0x202f))
			return NULL;
		stop |= c == '.';
		start = before;
	}
	return NULL;
}

static gsize
take_initials_before(const RedactNames *names, const char *text, gsize start)
{
	for (guint i = 0; i < MOST_INITIALS; i++) {
		const char *word = word_before(text, text + start);
		const char *end = word != NULL ? initial_end(names, word) : NULL;
		if (end == NULL || skip_blanks(end) != text + start)
			break;
		start = (gsize)(word - text);
	}
	return start;
}

/* The end of the name that stands at the beginning of a word, or NULL. */
static const char *
name_end(const RedactNames *names, const char *word, const char *end)
{
	const char *spaced = spaced_end(word);

	if (spaced != NULL && is_name(names, word, spaced))
		return spaced;
	return is_name(names, word, end) ? end : own_initials_end(names, word);
}

void
redact_names_mark(const RedactNames *names, const char *text, GArray *spans)
{
	for (const char *at = text; *at != '\0';) {
		const char *word = word_end(at);
		const char *end = word > at ? name_end(names, at, word) : NULL;
		if (end != NULL) {
			gsize start =
			    take_initials_before(names, text, (gsize)(at - text));
			Span span = { start,
				take_initials_behind(names, text, (gsize)(end - text)) };
			g_array_append_val(spans, span);
		}
		at = MAX(word, end);
		if (*at != '\0' && word_end(at) == at)
			at = g_utf8_next_char(at);
	}
}
