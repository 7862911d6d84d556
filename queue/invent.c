#include "invent.h"

#include "fault.h"

#include <string.h>

#define SEEDS 0xfffu /* of authors: few enough that many people share each */
#define MOST_DIGITS 40
#define IIN_DIGITS 12
#define CARD_DIGITS 16

struct RedactData {
	GKeyFile *file;
	GHashTable *lists; /* "group name" → char ** */
};

struct Inventor {
	const RedactData *data;
	Language language;
	guint seed;
	GHashTable *seen; /* key → its place + 1, counted for itself in each kind */
	guint counts[NAME_PATRONYMIC + 1], others;
};

/* --- the data --- */

static const struct {
	const char *group, *name;
} lists[] = {
	{ "given", "kk" },
	{ "given", "ru" },
	{ "given", "en" },
	{ "family", "kk" },
	{ "family", "ru" },
	{ "family", "en" },
	{ "patronymic", "kk" },
	{ "patronymic", "ru" },
	{ "patronymic", "en" },
	{ "endings", "family" },
	{ "endings", "patronymic" },
	{ "endings", "generic" },
	{ "hosts", "public" },
	{ "address", "words" },
	{ "address", "units" },
	{ "address", "accounts" },
	{ "address", "kk" },
	{ "address", "ru" },
	{ "address", "en" },
};

RedactData *
redact_data_load(const char *file, GError **error)
{
	g_autoptr(RedactData) data = g_new0(RedactData, 1);
	g_autoptr(GError) failure = NULL;

	data->file = g_key_file_new();
	data->lists = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
	if (!g_key_file_load_from_file(data->file, file, G_KEY_FILE_NONE, &failure)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", file, failure->message);
		return NULL;
	}
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		gsize n = 0;
		g_auto(GStrv) list = g_key_file_get_string_list(
		    data->file, lists[i].group, lists[i].name, &n, NULL);

		if (n == 0) {
			g_set_error(error, FAULT, FAULT_SETUP,
			    "%s: [%s] %s: expected a list, divided by \";\"", file,
			    lists[i].group, lists[i].name);
			return NULL;
		}
		g_hash_table_insert(data->lists,
		    g_strconcat(lists[i].group, " ", lists[i].name, NULL),
		    g_steal_pointer(&list));
	}
	return g_steal_pointer(&data);
}

void
redact_data_free(RedactData *data)
{
	if (data == NULL)
		return;
	g_key_file_unref(data->file);
	g_hash_table_unref(data->lists);
	g_free(data);
}

const char *const *
redact_data_list(const RedactData *data, const char *group, const char *name)
{
	g_autofree char *key = g_strconcat(group, " ", name, NULL);
	const char *const *list = g_hash_table_lookup(data->lists, key);

	g_assert(list != NULL);
	return list;
}

gboolean
redact_data_has(
    const RedactData *data, const char *group, const char *name, const char *text)
{
	const char *const *list = redact_data_list(data, group, name);
	g_autofree char *lower = g_utf8_strdown(text, -1);

	for (guint i = 0; list[i] != NULL; i++) {
		g_autofree char *each = g_utf8_strdown(list[i], -1);

		if (strcmp(each, lower) == 0)
			return TRUE;
	}
	return FALSE;
}

/* --- people --- */

Inventor *
inventor_new(const RedactData *data, const char *author, Language language)
{
	Inventor *inventor = g_new0(Inventor, 1);
	g_autofree char *lower = g_utf8_strdown(author != NULL ? author : "", -1);
	g_autofree char *sum =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, lower, -1);

	sum[8] = '\0';
	inventor->data = data;
	inventor->language = language;
	inventor->seed = (guint)g_ascii_strtoull(sum, NULL, 16) & SEEDS;
	inventor->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return inventor;
}

void
inventor_free(Inventor *inventor)
{
	if (inventor == NULL)
		return;
	g_hash_table_unref(inventor->seen);
	g_free(inventor);
}

guint
invent_author(const Inventor *inventor)
{
	return inventor->seed;
}

static guint
place_of(Inventor *inventor, guint *count, const char *key)
{
	guint place = GPOINTER_TO_UINT(g_hash_table_lookup(inventor->seen, key));

	if (place == 0) {
		place = ++*count;
		g_hash_table_insert(
		    inventor->seen, g_strdup(key), GUINT_TO_POINTER(place));
	}
	return place - 1;
}

guint
invent_index(Inventor *inventor, const char *key)
{
	return place_of(inventor, &inventor->others, key);
}

static const char *
language_of(const Inventor *inventor, const char *like)
{
	for (; *like != '\0'; like = g_utf8_next_char(like))
		if (g_ascii_isalpha(*like))
			return language_names[LANGUAGE_EN];
		else if ((guchar)*like >= 0x80)
			break;
	return language_names[inventor->language == LANGUAGE_KK ? LANGUAGE_KK
								: LANGUAGE_RU];
}

/* Of surnames and patronymics a man's follows each woman's. */
static gboolean
is_womans(const char *name)
{
	static const char *const endings[] = { "а", "у", "ой", "не", "қызы", "кызы", "a",
		"kyzy", NULL };
	g_autofree char *lower = g_utf8_strdown(name, -1);

	for (guint i = 0; endings[i] != NULL; i++)
		if (g_str_has_suffix(lower, endings[i]))
			return TRUE;
	return FALSE;
}

const char *
invent_name(Inventor *inventor, NameKind kind, const char *key, const char *like)
{
	static const char *const groups[] = { "given", "family", "patronymic" };
	g_autofree char *marked = g_strdup_printf("%u %s", kind, key);
	const char *const *list =
	    redact_data_list(inventor->data, groups[kind], language_of(inventor, like));
	guint place =
	    place_of(inventor, &inventor->counts[kind], marked) * 7 + inventor->seed;
	guint n = g_strv_length((char **)list);

	if (kind == NAME_GIVEN || n < 2)
		return list[place % n];
	return list[place % (n / 2) * 2 + (is_womans(like) ? 0 : 1)];
}

const char *
invent_place(const Inventor *inventor)
{
	return redact_data_list(
	    inventor->data, "address", language_names[inventor->language])[0];
}

/* --- numbers --- */

/* The check digit of an individual identification number, or -1: it has none. */
static int
iin_check(const int *digits)
{
	for (int shift = 0; shift <= 2; shift += 2) {
		int sum = 0;

		for (int i = 0; i < IIN_DIGITS - 1; i++)
			sum += digits[i] * ((i + shift) % 11 + 1);
		if (sum % 11 < 10)
			return sum % 11;
	}
	return -1;
}

/* The last digit of a card's number, after Luhn. */
static int
card_check(const int *digits)
{
	int sum = 0;

	for (int i = 0; i < CARD_DIGITS - 1; i++) {
		int value = digits[i] * (i % 2 == 0 ? 2 : 1);

		sum += value > 9 ? value - 9 : value;
	}
	return (10 - sum % 10) % 10;
}

/* Digits that are nobody's: the nth of this author. */
static void
fill(int *digits, guint first, guint n, guint64 value)
{
	for (guint i = n; i > first; i--) {
		digits[i - 1] = (int)(value % 10);
		value /= 10;
	}
}

/* An IIN is a day of birth (here 7 January 2001), the century and sex, a number, and the
 * check digit. */
static void
invent_iin(int *digits, guint64 value)
{
	gboolean right = iin_check(digits) == digits[IIN_DIGITS - 1];
	int check;

	do {
		fill(digits, 0, IIN_DIGITS - 1, 10107 * 100000 + value++ % 10000);
		digits[6] = 5;
		check = iin_check(digits);
	} while (check < 0);
	digits[IIN_DIGITS - 1] = right ? check : (check + 1) % 10;
}

static gboolean
is_like_iin(const char *number, const int *digits, guint n)
{
	return n == IIN_DIGITS && g_ascii_isdigit(*number) &&
	    digits[2] * 10 + digits[3] <= 12 && digits[4] * 10 + digits[5] <= 31;
}

static void
invent_digits(
    const Inventor *inventor, const char *number, int *digits, guint n, guint place)
{
	guint64 value = (guint64)inventor->seed * 7919 + place * 104729 + 1009;

	if (is_like_iin(number, digits, n)) {
		invent_iin(digits, value);
	} else if (n == CARD_DIGITS) {
		gboolean right = card_check(digits) == digits[CARD_DIGITS - 1];

		fill(digits, 1, CARD_DIGITS - 1, value * 1000003);
		digits[CARD_DIGITS - 1] = (card_check(digits) + !right) % 10;
	} else if (n == 11 && (digits[0] == 7 || digits[0] == 8)) {
		fill(digits, 4, n, value % 10000); /* 000 is no exchange */
	} else if (n == 10) {
		fill(digits, 3, n, value % 10000);
	} else {
		fill(digits, 1, n, value * 1000003);
	}
}

char *
invent_number(Inventor *inventor, const char *number)
{
	int digits[MOST_DIGITS] = { 0 };
	g_autoptr(GString) key = g_string_new("#");
	GString *text = g_string_new(NULL);
	guint n = 0;

	for (const char *p = number; *p != '\0'; p++)
		if (g_ascii_isdigit(*p)) {
			g_string_append_c(key, *p);
			if (n < MOST_DIGITS)
				digits[n++] = g_ascii_digit_value(*p);
		}
	/* 8 701 … and +7 701 … are one telephone. */
	if (n == 11)
		g_string_erase(key, 1, 1);
	invent_digits(inventor, number, digits, n, invent_index(inventor, key->str));
	n = 0;
	for (const char *p = number; *p != '\0'; p++)
		if (!g_ascii_isdigit(*p))
			g_string_append_c(text, *p);
		else
			g_string_append_c(
			    text, (char)('0' + digits[n < MOST_DIGITS ? n++ : 0]));
	return g_string_free(text, FALSE);
}
