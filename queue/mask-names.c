#include "mask-names.h"

#include <string.h>

#define SHORT_NAME 4   /* letters of a name that is found only whole */
#define LONGEST_END 6  /* letters that may follow a name: "Айгерім" + "нің" */
#define LEAST_FAMILY 5 /* letters of a word that ends like a surname */
/* With fewer capitals than one of so many letters, a text is written without them. */
#define LETTERS_A_CAPITAL 60

/* One word of the author's name. */
typedef struct {
	char *key;        /* folded */
	char *sound;      /* of its stem, which has no ending */
	gboolean is_nick; /* of the display name, and like nobody's name */
} Part;

struct MaskNames {
	const RedactData *data;
	Inventor *inventor;
	GArray *parts;     /* of Part */
	gint name_end;     /* where in the text the last found name ends, or -1 */
	gboolean is_small; /* the text: written without capitals */
};

/* --- spelling --- */

/* Letters that people type for one another; each is one letter, so that places stay. */
static gunichar
fold(gunichar c)
{
	static const gunichar from[] = { 0x451, 0x4b1, 0x4af, 0x49b, 0x493, 0x4a3, 0x4d9,
		0x4e9, 0x456, 0x4bb };
	static const gunichar to[] = { 0x435, 0x443, 0x443, 0x43a, 0x433, 0x43d, 0x430,
		0x43e, 0x438, 0x445 };

	c = g_unichar_tolower(c);
	for (guint i = 0; i < G_N_ELEMENTS(from); i++)
		if (c == from[i])
			return to[i];
	return c;
}

static char *
key_of(const char *word)
{
	GString *key = g_string_new(NULL);

	for (; *word != '\0'; word = g_utf8_next_char(word))
		g_string_append_unichar(key, fold(g_utf8_get_char(word)));
	return g_string_free(key, FALSE);
}

/* How a word sounds, in either script: "Айгерім", "Aigerim" and "Aygerim" are one.  Long
 * rows of letters come before their parts. */
static const struct {
	const char *written, *heard;
} sounds[] = { { "kh", "h" }, { "zh", "j" }, { "gh", "g" }, { "sh", "s" }, { "ch", "c" },
	{ "ya", "ia" }, { "yu", "iu" }, { "yo", "io" }, { "w", "v" }, { "q", "k" },
	{ "y", "i" }, { "x", "ks" }, { "а", "a" }, { "б", "b" }, { "в", "v" },
	{ "г", "g" }, { "д", "d" }, { "е", "e" }, { "ж", "j" }, { "з", "z" },
	{ "и", "i" }, { "й", "i" }, { "к", "k" }, { "л", "l" }, { "м", "m" },
	{ "н", "n" }, { "о", "o" }, { "п", "p" }, { "р", "r" }, { "с", "s" },
	{ "т", "t" }, { "у", "u" }, { "ф", "f" }, { "х", "h" }, { "ц", "ts" },
	{ "ч", "c" }, { "ш", "s" }, { "щ", "s" }, { "ъ", "" }, { "ы", "i" }, { "ь", "" },
	{ "э", "e" }, { "ю", "iu" }, { "я", "ia" }, { "ş", "s" }, { "ä", "a" },
	{ "ö", "o" }, { "ü", "u" }, { "ū", "u" }, { "ğ", "g" }, { "ñ", "n" },
	{ "ı", "i" } };

static char *
sound_of(const char *key)
{
	GString *sound = g_string_new(NULL);

	while (*key != '\0') {
		const char *next = g_utf8_next_char(key);
		gsize before = sound->len;
		guint i = 0;

		while (
		    i < G_N_ELEMENTS(sounds) && !g_str_has_prefix(key, sounds[i].written))
			i++;
		if (i < G_N_ELEMENTS(sounds)) {
			g_string_append(sound, sounds[i].heard);
			next = key + strlen(sounds[i].written);
		} else {
			g_string_append_len(sound, key, next - key);
		}
		/* A letter that is written twice is heard once. */
		if (before > 0 && sound->len == before + 1 &&
		    sound->str[before] == sound->str[before - 1])
			g_string_truncate(sound, before);
		key = next;
	}
	return g_string_free(sound, FALSE);
}

/* The key without the last vowels, which a case changes; short ones stay whole. */
static char *
stem_of(const char *key)
{
	const char *end = key + strlen(key);

	while (g_utf8_strlen(key, end - key) > SHORT_NAME) {
		const char *last = g_utf8_prev_char(end);

		if (g_utf8_strchr("аяйьоеиуыaeiouy", -1, g_utf8_get_char(last)) == NULL)
			break;
		end = last;
	}
	return g_strndup(key, (gsize)(end - key));
}

static gboolean
has_ending(const RedactData *data, const char *kind, const char *word)
{
	const char *const *endings = redact_data_list(data, "endings", kind);
	g_autofree char *lower = g_utf8_strdown(word, -1);

	if (g_utf8_strlen(word, -1) < LEAST_FAMILY)
		return FALSE;
	for (guint i = 0; endings[i] != NULL; i++)
		if (g_str_has_suffix(lower, endings[i]))
			return TRUE;
	return FALSE;
}

static NameKind
kind_of(const RedactData *data, const char *word)
{
	if (has_ending(data, "patronymic", word))
		return NAME_PATRONYMIC;
	return has_ending(data, "family", word) ? NAME_FAMILY : NAME_GIVEN;
}

static gboolean
is_given_name(const RedactData *data, const char *word)
{
	for (guint i = 0; i < N_LANGUAGES; i++)
		if (redact_data_has(data, "given", language_names[i], word))
			return TRUE;
	return FALSE;
}

static gboolean
has_capital(const char *word)
{
	return g_unichar_isupper(g_utf8_get_char(word));
}

static gboolean
is_all_capitals(const char *word)
{
	gboolean all = g_utf8_strlen(word, -1) > 1;

	for (; all && *word != '\0'; word = g_utf8_next_char(word))
		all = !g_unichar_islower(g_utf8_get_char(word));
	return all;
}

/* A blank behind a name that was found. */
static gboolean
follows_name(const MaskNames *names, const char *text, const char *at)
{
	return names->name_end >= 0 && at - text == names->name_end + 1 &&
	    text[names->name_end] == ' ';
}

/* --- the author --- */

static void
clear_part(gpointer data)
{
	Part *part = data;

	g_free(part->key);
	g_free(part->sound);
}

static char *
stem_sound(const char *key)
{
	g_autofree char *stem = stem_of(key);

	return sound_of(stem);
}

/* "Студенттер" is as little of a name as "студент". */
static gboolean
is_generic(const RedactData *data, const char *word)
{
	const char *const *generic = redact_data_list(data, "endings", "generic");
	g_autofree char *key = key_of(word), *stem = stem_of(key);

	for (guint i = 0; generic[i] != NULL; i++) {
		g_autofree char *other = key_of(generic[i]);

		if (strcmp(key, other) == 0 ||
		    (g_utf8_strlen(other, -1) >= SHORT_NAME &&
			g_str_has_prefix(key, other)) ||
		    (g_utf8_strlen(stem, -1) > SHORT_NAME &&
			g_str_has_prefix(other, stem)))
			return TRUE;
	}
	return FALSE;
}

static void
add_author(MaskNames *names, const char *name, gboolean is_sure)
{
	g_autoptr(GRegex) gaps = g_regex_new("[^\\p{L}\\p{M}]+", 0, 0, NULL);
	g_auto(GStrv) words = g_regex_split(gaps, name != NULL ? name : "", 0);

	for (guint i = 0; words[i] != NULL; i++) {
		Part part;

		if (g_utf8_strlen(words[i], -1) < 2 ||
		    (!is_sure && is_generic(names->data, words[i])))
			continue;
		part.key = key_of(words[i]);
		part.sound = stem_sound(part.key);
		part.is_nick = !is_sure && kind_of(names->data, words[i]) == NAME_GIVEN &&
		    !is_given_name(names->data, words[i]);
		g_array_append_val(names->parts, part);
	}
}

/* The part of the author's name that this word is, in some case and either script. */
static const Part *
find_part(const MaskNames *names, const char *word)
{
	g_autofree char *key = key_of(word), *sound = sound_of(key);
	gsize length = strlen(sound);

	for (guint i = 0; i < names->parts->len; i++) {
		const Part *part = &g_array_index(names->parts, Part, i);
		gsize stem = strlen(part->sound);

		if (strcmp(part->key, key) == 0 ||
		    (stem >= SHORT_NAME && g_str_has_prefix(sound, part->sound) &&
			length - stem <= LONGEST_END))
			return part;
	}
	return NULL;
}

/* The word behind a blank, or NULL. */
static char *
next_word(const char *end)
{
	const char *begin = *end == ' ' ? end + 1 : end;
	const char *p = begin;

	while (g_unichar_isalpha(g_utf8_get_char(p)))
		p = g_utf8_next_char(p);
	return p > begin && begin > end ? g_strndup(begin, (gsize)(p - begin)) : NULL;
}

/* Without a capital a name may be a common word, unless another part of it stands beside.
 */
static const Part *
find_author(const MaskNames *names, const char *text, const char *word, const char *at)
{
	const Part *part = find_part(names, word), *next = NULL;
	g_autofree char *behind = NULL;

	if (part == NULL || names->is_small || has_capital(word) ||
	    follows_name(names, text, at))
		return part;
	behind = next_word(at + strlen(word));
	if (behind != NULL)
		next = find_part(names, behind);
	return next != NULL && next != part ? part : NULL;
}

/* --- words --- */

/* The invented name with the ending that the old one had, in its capitals. */
static char *
dress(const char *invented, const char *word, const char *key, const char *base)
{
	gboolean longer = g_str_has_prefix(key, base);
	const char *ending =
	    longer ? g_utf8_offset_to_pointer(word, g_utf8_strlen(base, -1)) : "";
	g_autofree char *name = g_strconcat(invented, ending, NULL);

	if (is_all_capitals(word))
		return g_utf8_strup(name, -1);
	return has_capital(word) ? g_strdup(name) : g_utf8_strdown(name, -1);
}

static char *
replace_name(MaskNames *names, const char *word, const Part *part)
{
	g_autofree char *key = key_of(word);
	g_autofree char *sound = part != NULL ? g_strdup(part->sound) : stem_sound(key);
	NameKind kind = kind_of(names->data, part != NULL ? part->key : word);

	/* Two of them must not look like a full name. */
	if (part != NULL && part->is_nick)
		return g_strdup_printf("user%u", invent_author(names->inventor));
	return dress(invent_name(names->inventor, kind, sound, word), word, key,
	    part != NULL ? part->key : key);
}

/* A capital there says nothing. */
static gboolean
begins_sentence(const char *text, const char *word)
{
	const char *p = word;

	while (p > text && p[-1] == ' ')
		p--;
	return p == text ||
	    g_utf8_strchr(
		"\n.!?:;\"(-«“„—–•", -1, g_utf8_get_char(g_utf8_prev_char(p))) != NULL;
}

/* Somebody else's name: by its ending, among the common ones, or behind such a word. */
static gboolean
is_name(const MaskNames *names, const char *text, const char *word, const char *at)
{
	if (!has_capital(word) || g_utf8_strlen(word, -1) < 2 ||
	    is_generic(names->data, word))
		return FALSE;
	if (follows_name(names, text, at) || is_given_name(names->data, word) ||
	    has_ending(names->data, "patronymic", word))
		return TRUE;
	return has_ending(names->data, "family", word) && !is_all_capitals(word) &&
	    !begins_sentence(text, at);
}

char *
mask_names_replace(MaskNames *names, const char *text, const char *word, const char *at)
{
	const Part *part = find_author(names, text, word, at);

	if (part == NULL && !is_name(names, text, word, at))
		return NULL;
	names->name_end = (gint)(at - text + (gssize)strlen(word));
	return replace_name(names, word, part);
}

void
mask_names_begin(MaskNames *names, const char *text)
{
	guint letters = 0, capitals = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		letters += g_unichar_isalpha(g_utf8_get_char(p)) != 0;
		capitals += g_unichar_isupper(g_utf8_get_char(p)) != 0;
	}
	names->name_end = -1;
	names->is_small = capitals * LETTERS_A_CAPITAL < letters;
}

MaskNames *
mask_names_new(const RedactData *data, const Reading *reading, Inventor *inventor)
{
	MaskNames *names = g_new0(MaskNames, 1);

	names->data = data;
	names->inventor = inventor;
	names->parts = g_array_new(FALSE, FALSE, sizeof(Part));
	g_array_set_clear_func(names->parts, clear_part);
	add_author(names, reading->name, TRUE);
	add_author(names, reading->from_name, FALSE);
	mask_names_begin(names, "");
	return names;
}

void
mask_names_free(MaskNames *names)
{
	if (names == NULL)
		return;
	g_array_unref(names->parts);
	g_free(names);
}
