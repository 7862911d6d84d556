#include "words.h"

#include <string.h>

/* Cyrillic by sound; both alphabets' letters of one sound come out alike. */
#define CYRILLIC 0x430
static const char *const sounds[0x4f0 - CYRILLIC] = {
	[0x430 - CYRILLIC] = "a",
	[0x431 - CYRILLIC] = "b",
	[0x432 - CYRILLIC] = "v",
	[0x433 - CYRILLIC] = "g",
	[0x434 - CYRILLIC] = "d",
	[0x435 - CYRILLIC] = "e",
	[0x436 - CYRILLIC] = "j",
	[0x437 - CYRILLIC] = "z",
	[0x438 - CYRILLIC] = "i",
	[0x439 - CYRILLIC] = "i",
	[0x43a - CYRILLIC] = "k",
	[0x43b - CYRILLIC] = "l",
	[0x43c - CYRILLIC] = "m",
	[0x43d - CYRILLIC] = "n",
	[0x43e - CYRILLIC] = "o",
	[0x43f - CYRILLIC] = "p",
	[0x440 - CYRILLIC] = "r",
	[0x441 - CYRILLIC] = "s",
	[0x442 - CYRILLIC] = "t",
	[0x443 - CYRILLIC] = "u",
	[0x444 - CYRILLIC] = "f",
	[0x445 - CYRILLIC] = "h",
	[0x446 - CYRILLIC] = "ts",
	[0x447 - CYRILLIC] = "ch",
	[0x448 - CYRILLIC] = "sh",
	[0x449 - CYRILLIC] = "sh",
	[0x44a - CYRILLIC] = "",
	[0x44b - CYRILLIC] = "i",
	[0x44c - CYRILLIC] = "",
	[0x44d - CYRILLIC] = "e",
	[0x44e - CYRILLIC] = "iu",
	[0x44f - CYRILLIC] = "ia",
	[0x451 - CYRILLIC] = "e",
	[0x456 - CYRILLIC] = "i",
	[0x4d9 - CYRILLIC] = "a",
	[0x493 - CYRILLIC] = "g",
	[0x49b - CYRILLIC] = "k",
	[0x4a3 - CYRILLIC] = "n",
	[0x4e9 - CYRILLIC] = "o",
	[0x4b1 - CYRILLIC] = "u",
	[0x4af - CYRILLIC] = "u",
	[0x4bb - CYRILLIC] = "h",
};

/* Latin letters that stand for the Cyrillic ones they look like. */
static const char look[] = "aceopxykmthbi";
static const char *const like[] = { "a", "s", "e", "o", "p", "h", "u", "k", "m", "t", "n",
	"v", "i" };

/* Latin spellings of one sound, longest first. */
static const struct {
	const char *spelling, *sound;
} spellings[] = {
	{ "shch", "sh" },
	{ "dzh", "j" },
	{ "zh", "j" },
	{ "kh", "h" },
	{ "gh", "g" },
	{ "dj", "j" },
	{ "ph", "f" },
	{ "ye", "e" },
	{ "y", "i" },
	{ "w", "v" },
	{ "q", "k" },
	{ "x", "ks" },
};

static const char *
sound_of(gunichar letter)
{
	return letter >= CYRILLIC && letter < CYRILLIC + G_N_ELEMENTS(sounds)
	    ? sounds[letter - CYRILLIC]
	    : NULL;
}

static gboolean
is_cyrillic(const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if ((guchar)text[i] >= 0xd0 && (guchar)text[i] <= 0xd3)
			return TRUE;
	return FALSE;
}

static void
add_latin(GString *fold, gunichar letter, gboolean cyrillic)
{
	g_autofree char *plain = NULL;
	char utf8[7] = "";
	const char *found;

	utf8[g_unichar_to_utf8(letter, utf8)] = '\0';
	plain = g_str_to_ascii(utf8, "C");
	found = cyrillic && *plain != '\0' ? strchr(look, *plain) : NULL;
	g_string_append(fold,
	    found != NULL       ? like[found - look]
		: *plain == '?' ? ""
				: plain);
}

static void
replace_spellings(GString *fold)
{
	for (guint i = 0; i < G_N_ELEMENTS(spellings); i++)
		g_string_replace(fold, spellings[i].spelling, spellings[i].sound, 0);
}

static void
drop_doubles(GString *fold)
{
	gsize kept = 0;

	for (gsize i = 0; i < fold->len; i++)
		if (kept == 0 || fold->str[kept - 1] != fold->str[i])
			fold->str[kept++] = fold->str[i];
	g_string_truncate(fold, kept);
}

char *
word_fold(const char *text, gssize length)
{
	gsize size = length < 0 ? strlen(text) : (gsize)length;
	gboolean cyrillic = is_cyrillic(text, size);
	GString *fold = g_string_sized_new(size);

	for (const char *at = text; at < text + size; at = g_utf8_next_char(at)) {
		gunichar letter = g_unichar_tolower(g_utf8_get_char(at));
		const char *sound = sound_of(letter);

		if (sound != NULL)
			for (; *sound != '\0'; sound++)
				g_string_append_c(fold, *sound);
		else if (g_unichar_isalnum(letter))
			add_latin(fold, letter, cyrillic);
	}
	if (!cyrillic)
		replace_spellings(fold);
	drop_doubles(fold);
	return g_string_free(fold, FALSE);
}

static void
word_clear(gpointer data)
{
	g_free(((Word *)data)->fold);
}

/* Where the reader stands between two words. */
typedef struct {
	guint sentence, clause;
	char before;
	gboolean line_was_short, new_line, empty_line;
	gsize line_start; /* of the line, in words */
} Reader;

#define SHORT_LINE                                                                       \
	8 /* words: shorter ones end by themselves, longer ones were wrapped             \
	   */

static void
break_sentence(Reader *reader)
{
	reader->sentence++;
	reader->clause++;
	reader->before = 0;
}

static gboolean
is_dash(gunichar mark)
{
	return mark == '-' || mark == 0x2013 || mark == 0x2014;
}

/* What stands between the words; `spaced` tells a dash from a hyphen. */
static void
read_mark(Reader *reader, GArray *words, gunichar mark, gboolean spaced)
{
	Word *last = words->len > 0 ? &g_array_index(words, Word, words->len - 1) : NULL;

	if (mark == '\n') {
		if (reader->new_line)
			reader->empty_line = TRUE;
		reader->new_line = TRUE;
		reader->line_was_short = words->len - reader->line_start < SHORT_LINE;
		reader->line_start = words->len;
	} else if (mark == '!' || mark == '?' || mark == 0x2026) {
		break_sentence(reader);
	} else if (mark == '.') {
		if (last != NULL && !last->initial && strlen(last->fold) > 2)
			break_sentence(reader);
	} else if (mark == ',' || mark == ';' || mark == '(' || mark == ')') {
		reader->clause++;
	} else if (mark == ':' || (is_dash(mark) && spaced)) {
		reader->clause++;
		reader->before = mark == ':' ? ':' : '-';
	}
}

/* Кім is a word of every Kazakh text, Ким a surname. */
static guint
count_plain(const char *start, const char *end)
{
	guint letters = 0;

	for (const char *at = start; at < end; at = g_utf8_next_char(at), letters++) {
		gunichar letter = g_utf8_get_char(at);

		if (letter == 0x406 || letter == 0x456 ||
		    (letter > 0x490 && letter < 0x4f0))
			break;
	}
	return letters;
}

/* "С.", and the pairs of letters that Latin writes for one: "Zh.", but not "Dr.". */
static gboolean
is_initial(const Word *word, glong letters, char behind)
{
	static const char *const pairs[] = { "sh", "j", "h", "ch", "ts", "iu", "ia",
		NULL };

	return word->capital && behind == '.' &&
	    (letters == 1 || (letters == 2 && g_strv_contains(pairs, word->fold)));
}

static gboolean
is_shouted(const char *start, const char *end)
{
	for (const char *at = start; at < end; at = g_utf8_next_char(at))
		if (g_unichar_islower(g_utf8_get_char(at)))
			return FALSE;
	return TRUE;
}

static void
read_word(Reader *reader, GArray *words, const char *start, const char *end)
{
	glong letters = g_utf8_strlen(start, end - start);
	Word word = { .fold = word_fold(start, end - start),
		.capital = g_unichar_isupper(g_utf8_get_char(start)),
		.plain = count_plain(start, end) };

	if (*word.fold == '\0') {
		g_free(word.fold);
		return;
	}
	if (reader->empty_line ||
	    (reader->new_line && word.capital && reader->line_was_short))
		break_sentence(reader);
	word.sentence = reader->sentence;
	word.clause = reader->clause;
	word.before = reader->before;
	word.initial = is_initial(&word, letters, *end);
	word.shouted = letters > 1 && is_shouted(start, end);
	reader->before = 0;
	reader->new_line = reader->empty_line = FALSE;
	g_array_append_val(words, word);
}

static void
read_text(Reader *reader, GArray *words, const char *text)
{
	const char *at = text;

	while (*at != '\0') {
		const char *start = at;

		while (*at != '\0' && g_unichar_isalnum(g_utf8_get_char(at)))
			at = g_utf8_next_char(at);
		if (at > start) {
			read_word(reader, words, start, at);
			continue;
		}
		read_mark(reader, words, g_utf8_get_char(at), at > text && at[-1] == ' ');
		at = g_utf8_next_char(at);
	}
}

GArray *
words_split(const char *subject, const char *text)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(Word));
	Reader reader = { 0 };

	g_array_set_clear_func(words, word_clear);
	if (subject != NULL)
		read_text(&reader, words, subject);
	break_sentence(&reader);
	reader.line_start = words->len;
	reader.new_line = reader.empty_line = FALSE;
	if (text != NULL)
		read_text(&reader, words, text);
	return words;
}
