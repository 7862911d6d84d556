#include "words.h"

#include <stdarg.h>
#include <string.h>

#include "fault.h"

struct Words {
	char *file;
	GHashTable *table; /* "group/name" → the word */
	char **months;
	char **weekdays;
};

void
words_free(Words *words)
{
	if (words == NULL)
		return;
	g_free(words->file);
	g_clear_pointer(&words->table, g_hash_table_unref);
	g_strfreev(words->months);
	g_strfreev(words->weekdays);
	g_free(words);
}

static gboolean
refuse(const Words *words, const char *group, const char *name, const char *what,
    GError **error)
{
	g_set_error(
	    error, FAULT, FAULT_SETUP, "%s: [%s] %s: %s", words->file, group, name, what);
	return FALSE;
}

static gboolean
take_groups(Words *words, GKeyFile *file, GError **error)
{
	g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);

	for (char **group = groups; *group != NULL; group++) {
		g_auto(GStrv) names = g_key_file_get_keys(file, *group, NULL, NULL);
		for (char **name = names; name != NULL && *name != NULL; name++) {
			g_autofree char *word =
			    g_key_file_get_string(file, *group, *name, NULL);
			if (word == NULL || *word == '\0')
				return refuse(
				    words, *group, *name, "a word is expected", error);
			g_hash_table_insert(words->table,
			    g_strconcat(*group, "/", *name, NULL),
			    g_steal_pointer(&word));
		}
	}
	return TRUE;
}

static gboolean
take_list(Words *words, const char *name, guint length, char ***ret_list, GError **error)
{
	const char *word = words_find(words, "dates", name);
	g_autofree char *what =
	    g_strdup_printf("%u words are expected, separated by \";\"", length);

	*ret_list = word != NULL ? g_strsplit(word, ";", -1) : NULL;
	if (*ret_list == NULL || g_strv_length(*ret_list) != length)
		return refuse(words, "dates", name, what, error);
	for (char **item = *ret_list; *item != NULL; item++)
		if (*g_strstrip(*item) == '\0')
			return refuse(words, "dates", name, what, error);
	return TRUE;
}

static gboolean
take_dates(Words *words, GError **error)
{
	static const char *const patterns[] = { "date", "short", "plain", "number",
		"moment" };

	for (guint i = 0; i < G_N_ELEMENTS(patterns); i++)
		if (words_find(words, "dates", patterns[i]) == NULL)
			return refuse(words, "dates", patterns[i], "is missing", error);
	return take_list(words, "months", 12, &words->months, error) &&
	    take_list(words, "weekdays", 7, &words->weekdays, error);
}

Words *
words_load(const char *folder, GError **error)
{
	g_autoptr(Words) words = g_new0(Words, 1);
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autoptr(GError) cause = NULL;

	words->file = g_build_filename(folder, "words.txt", NULL);
	words->table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	if (!g_key_file_load_from_file(file, words->file, G_KEY_FILE_NONE, &cause)) {
		g_set_error(
		    error, FAULT, FAULT_SETUP, "%s: %s", words->file, cause->message);
		return NULL;
	}
	if (!take_groups(words, file, error) || !take_dates(words, error))
		return NULL;
	return g_steal_pointer(&words);
}

const char *
words_find(const Words *words, const char *group, const char *name)
{
	g_autofree char *key = g_strconcat(group, "/", name, NULL);

	return g_hash_table_lookup(words->table, key);
}

gboolean
words_match(const Words *words, const Words *model, GError **error)
{
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, model->table);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		if (!g_hash_table_contains(words->table, key)) {
			g_auto(GStrv) parts = g_strsplit(key, "/", 2);
			return refuse(words, parts[0], parts[1], "is missing", error);
		}
	return TRUE;
}

/* Copies `pattern` with its {name} places filled from n name, value pairs.  A place that
 * nobody fills stays as it is. */
static char *
fill(const char *pattern, const char *const *pairs)
{
	GString *out = g_string_new(NULL);

	for (const char *at = pattern; *at != '\0';) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		guint i = 0;
		if (end != NULL)
			while (pairs[i] != NULL &&
			    (strlen(pairs[i]) != (gsize)(end - at - 1) ||
				strncmp(pairs[i], at + 1, (gsize)(end - at - 1)) != 0))
				i += 2;
		if (end != NULL && pairs[i] != NULL) {
			g_string_append(out, pairs[i + 1]);
			at = end + 1;
		} else {
			g_string_append_c(out, *at++);
		}
	}
	return g_string_free(out, FALSE);
}

char *
words_phrase(const Words *words, const char *group, const char *name, ...)
{
	const char *pattern = words_find(words, group, name);
	const char *pairs[17] = { NULL };
	va_list list;

	va_start(list, name);
	for (guint i = 0; i < G_N_ELEMENTS(pairs) - 1; i++) {
		pairs[i] = va_arg(list, const char *);
		if (pairs[i] == NULL)
			break;
	}
	va_end(list);
	return pattern != NULL ? fill(pattern, pairs) : NULL;
}

static gboolean
read_day(const char *day, GDate *ret_date)
{
	guint numbers[3] = { 0 };
	guint i = 0;

	for (; i < 3 && g_ascii_isdigit(*day); i++) {
		while (g_ascii_isdigit(*day) && numbers[i] < 10000)
			numbers[i] = numbers[i] * 10 + (guint)g_ascii_digit_value(*day++);
		day += *day == '-';
	}
	if (i < 3 || numbers[0] > 9999 ||
	    !g_date_valid_dmy((GDateDay)MIN(numbers[2], 99),
		(GDateMonth)MIN(numbers[1], 99), (GDateYear)numbers[0]))
		return FALSE;
	g_date_clear(ret_date, 1);
	g_date_set_dmy(ret_date, (GDateDay)numbers[2], (GDateMonth)numbers[1],
	    (GDateYear)numbers[0]);
	return TRUE;
}

char *
words_date(const Words *words, const char *form, const char *day)
{
	char year[8], number[8], two[8], month[8];
	GDate date;

	if (!read_day(day, &date))
		return g_strdup(day);
	g_snprintf(year, sizeof year, "%u", g_date_get_year(&date));
	g_snprintf(number, sizeof number, "%u", g_date_get_day(&date));
	g_snprintf(two, sizeof two, "%02u", g_date_get_day(&date));
	g_snprintf(month, sizeof month, "%02u", (guint)g_date_get_month(&date));
	const char *pairs[] = { "day", number, "month",
		words->months[g_date_get_month(&date) - 1], "year", year, "weekday",
		words->weekdays[g_date_get_weekday(&date) - 1], "dd", two, "mm", month,
		NULL };
	return fill(words_find(words, "dates", form), pairs);
}

char *
words_time(const Words *words, const char *moment)
{
	const char *hour = strchr(moment, 'T');

	return g_strndup(hour != NULL ? hour + 1 : moment, 5);
}

char *
words_moment(const Words *words, const char *moment)
{
	g_autofree char *date = words_date(words, "date", moment);
	g_autofree char *hour = words_time(words, moment);

	return words_phrase(words, "dates", "moment", "date", date, "time", hour, NULL);
}
