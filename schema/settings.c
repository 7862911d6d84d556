#include "settings.h"

#include "fault.h"

#include <stdarg.h>
#include <string.h>

struct Settings {
	char *file;
	char *folder;
	GKeyFile *keys;
};

/* Every group that some room owns; "PREFIX *" stands for many. */
static const char *const known_groups[] = { "store", "university", "fetcher",
	"classifier", "router", "notifier", "queue", "official *", NULL };

const Setting university_settings[] = { { "name.kk", SETTING_STRING, SETTING_REQUIRED,
					    offsetof(University, name_kk) },
	{ "name.ru", SETTING_STRING, SETTING_REQUIRED, offsetof(University, name_ru) },
	{ "name.en", SETTING_STRING, SETTING_REQUIRED, offsetof(University, name_en) },
	{ "address", SETTING_ADDRESS, SETTING_REQUIRED, offsetof(University, address) },
	{ "moderator", SETTING_ADDRESS, SETTING_REQUIRED,
	    offsetof(University, moderator) },
	{ "moderator_language", SETTING_CHOICE, "ru",
	    offsetof(University, moderator_language), 0, 0, language_names },
	{ "administrator", SETTING_ADDRESS, SETTING_REQUIRED,
	    offsetof(University, administrator) },
	{ "office", SETTING_ADDRESS, NULL, offsetof(University, office) },
	{ "timezone", SETTING_STRING, "Asia/Almaty", offsetof(University, timezone) },
	{ "site", SETTING_STRING, "abaiuniversity.edu.kz", offsetof(University, site) },
	{ NULL } };

void
settings_free(Settings *settings)
{
	if (settings == NULL)
		return;
	g_free(settings->file);
	g_free(settings->folder);
	g_key_file_unref(settings->keys);
	g_free(settings);
}

const char *
settings_file(const Settings *settings)
{
	return settings->file;
}

gboolean
settings_refuse(const Settings *settings, const char *group, const char *name,
    GError **error, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(error, FAULT, FAULT_SETUP, "%s: [%s]%s%s: %s", settings->file, group,
	    name != NULL ? " " : "", name != NULL ? name : "", what);
	return FALSE;
}

static gboolean
is_known_group(const char *group)
{
	for (int i = 0; known_groups[i] != NULL; i++)
		if (g_pattern_match_simple(known_groups[i], group))
			return TRUE;
	return FALSE;
}

static gboolean
check_groups(const Settings *settings, GError **error)
{
	g_auto(GStrv) groups = g_key_file_get_groups(settings->keys, NULL);

	for (int i = 0; groups[i] != NULL; i++)
		if (!is_known_group(groups[i]))
			return settings_refuse(settings, groups[i], NULL, error,
			    "no such group; see rector.conf(5)");
	return TRUE;
}

/* The parser would take the last of two, and a store would quietly become another. */
static gboolean
check_once(const Settings *settings, const char *text, GError **error)
{
	g_autoptr(GHashTable) seen =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *group = NULL;

	for (int i = 0; lines[i] != NULL; i++) {
		char *line = g_strstrip(lines[i]);
		gboolean opens = *line == '[';
		g_autofree char *name = NULL;

		if (*line == '\0' || *line == '#')
			continue;
		name = g_strndup(line + opens, strcspn(line + opens, opens ? "]" : "="));
		g_strchomp(name);
		if (opens) {
			g_free(group);
			group = g_strdup(name);
		}
		if (!g_hash_table_add(
			seen, g_strconcat(group, opens ? NULL : "] ", name, NULL)))
			return settings_refuse(settings, group, opens ? NULL : name,
			    error, "stands here twice, again in line %d", i + 1);
	}
	return TRUE;
}

static gboolean
parse_file(const Settings *settings, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) failure = NULL;

	if (!g_file_get_contents(settings->file, &text, NULL, &failure) ||
	    !g_key_file_load_from_data(
		settings->keys, text, strlen(text), G_KEY_FILE_NONE, &failure)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: %s", settings->file,
		    failure->message);
		return FALSE;
	}
	return check_once(settings, text, error);
}

Settings *
settings_load(const char *file, GError **error)
{
	g_autoptr(Settings) settings = g_new0(Settings, 1);

	settings->file = g_canonicalize_filename(file, NULL);
	settings->folder = g_path_get_dirname(settings->file);
	settings->keys = g_key_file_new();
	g_key_file_set_list_separator(settings->keys, ';');
	return parse_file(settings, error) && check_groups(settings, error)
	    ? g_steal_pointer(&settings)
	    : NULL;
}

char **
settings_groups(const Settings *settings, const char *prefix)
{
	g_auto(GStrv) groups = g_key_file_get_groups(settings->keys, NULL);
	g_autofree char *start = g_strconcat(prefix, " ", NULL);
	GStrvBuilder *builder = g_strv_builder_new();
	char **found;

	for (int i = 0; groups[i] != NULL; i++)
		if (g_str_has_prefix(groups[i], start))
			g_strv_builder_add(builder, groups[i] + strlen(start));
	found = g_strv_builder_end(builder);
	g_strv_builder_unref(builder);
	return found;
}

/* --- one value --- */

typedef struct {
	const char *name;
	gint64 factor;
} Unit;

static const Unit seconds_units[] = { { "s", 1 }, { "min", 60 }, { "h", 3600 },
	{ "d", 86400 }, { NULL } };
static const Unit bytes_units[] = { { "K", 1 << 10 }, { "M", 1 << 20 }, { "G", 1 << 30 },
	{ NULL } };

/* "15 min"; a bare number is allowed where a factor of 1 has no name. */
static gboolean
parse_quantity(const char *text, const Unit *units, gint64 *ret_value)
{
	char *end;
	gint64 number = g_ascii_strtoll(text, &end, 10), factor = 0;

	if (end == text)
		return FALSE;
	while (*end == ' ')
		end++;
	if (*end == '\0' && (units == NULL || strcmp(units[0].name, "s") != 0))
		factor = 1;
	for (int i = 0; units != NULL && units[i].name != NULL; i++)
		if (strcmp(units[i].name, end) == 0)
			factor = units[i].factor;
	if (factor == 0 || number > G_MAXINT64 / factor || number < G_MININT64 / factor)
		return FALSE;
	*ret_value = number * factor;
	return TRUE;
}

static gboolean
is_clean(const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_iscntrl(g_utf8_get_char(p)))
			return FALSE;
	return TRUE;
}

static gboolean
is_address(const char *text)
{
	return g_regex_match_simple(
	    "^[^\\s@<>,;:\"()\\[\\]\\\\]+@[^\\s@<>,;:\"()\\[\\]\\\\.]+"
	    "(\\.[^\\s@<>,;:\"()\\[\\]\\\\.]+)*$",
	    text, 0, 0);
}

static gboolean
is_date(const char *text)
{
	g_autofree char *whole = g_strconcat(text, "T00:00:00Z", NULL);
	g_autoptr(GDateTime) day =
	    strlen(text) == 10 ? g_date_time_new_from_iso8601(whole, NULL) : NULL;

	return day != NULL;
}

static gboolean
parse_time(const char *text, int *ret_minutes)
{
	if (!g_regex_match_simple("^([01]\\d|2[0-4]):[0-5]\\d$", text, 0, 0))
		return FALSE;
	*ret_minutes = (int)(g_ascii_strtoll(text, NULL, 10) * 60 +
	    g_ascii_strtoll(text + 3, NULL, 10));
	return *ret_minutes <= 24 * 60;
}

static char *
resolve_path(const Settings *settings, const char *text)
{
	return g_canonicalize_filename(text, settings->folder);
}

/* The value is one of a number's; refuses it with what was expected. */
static gboolean
set_number(const Settings *settings, const char *group, const Setting *row,
    const char *text, gpointer ret, GError **error)
{
	const Unit *units = row->type == SETTING_SECONDS ? seconds_units
	    : row->type == SETTING_BYTES                 ? bytes_units
							 : NULL;
	const char *expected = row->type == SETTING_SECONDS
	    ? "a time as 90 s, 15 min, 2 h, 5 d"
	    : row->type == SETTING_BYTES ? "a size as 512 K, 25 M, 1 G"
					 : "a whole number";
	gint64 value;

	if (!parse_quantity(text, units, &value))
		return settings_refuse(settings, group, row->name, error,
		    "\"%s\": expected %s", text, expected);
	if (value < row->min || (row->max != 0 && value > row->max))
		return settings_refuse(settings, group, row->name, error,
		    "\"%s\": expected %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "%s",
		    text, row->min, row->max,
		    row->type == SETTING_SECONDS ? " seconds" : "");
	G_STRUCT_MEMBER(gint64, ret, row->offset) = value;
	return TRUE;
}

static gboolean
set_choice(const Settings *settings, const char *group, const Setting *row,
    const char *text, gpointer ret, GError **error)
{
	for (int i = 0; row->choices[i] != NULL; i++)
		if (strcmp(row->choices[i], text) == 0) {
			G_STRUCT_MEMBER(int, ret, row->offset) = i;
			return TRUE;
		}
	g_autofree char *names = g_strjoinv(", ", (char **)row->choices);
	return settings_refuse(
	    settings, group, row->name, error, "\"%s\": expected one of %s", text, names);
}

static gboolean
set_boolean(const Settings *settings, const char *group, const Setting *row,
    const char *text, gpointer ret, GError **error)
{
	gboolean yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;

	if (!yes && strcmp(text, "no") != 0 && strcmp(text, "false") != 0)
		return settings_refuse(settings, group, row->name, error,
		    "\"%s\": expected yes or no", text);
	G_STRUCT_MEMBER(gboolean, ret, row->offset) = yes;
	return TRUE;
}

static gboolean
set_text(const Settings *settings, const char *group, const Setting *row,
    const char *text, gpointer ret, GError **error)
{
	if (row->type == SETTING_ADDRESS && !is_address(text))
		return settings_refuse(settings, group, row->name, error,
		    "\"%s\": expected an e-mail address", text);
	if (row->type == SETTING_DATE && !is_date(text))
		return settings_refuse(settings, group, row->name, error,
		    "\"%s\": expected a date as 2026-12-31", text);
	G_STRUCT_MEMBER(char *, ret, row->offset) =
	    row->type == SETTING_PATH ? resolve_path(settings, text) : g_strdup(text);
	return TRUE;
}

static char **
split_list(const char *text)
{
	char **items = g_strsplit(text, ";", -1);
	int kept = 0;

	for (int i = 0; items[i] != NULL; i++) {
		g_strstrip(items[i]);
		if (*items[i] != '\0')
			items[kept++] = items[i];
		else
			g_free(items[i]);
	}
	items[kept] = NULL;
	return items;
}

static gboolean
set_value(const Settings *settings, const char *group, const Setting *row,
    const char *text, gpointer ret, GError **error)
{
	if (!g_utf8_validate(text, -1, NULL))
		return settings_refuse(
		    settings, group, row->name, error, "the file is not UTF-8");
	if (!is_clean(text))
		return settings_refuse(settings, group, row->name, error,
		    "control characters are not allowed");
	switch (row->type) {
	case SETTING_CHOICE:
		return set_choice(settings, group, row, text, ret, error);
	case SETTING_BOOLEAN:
		return set_boolean(settings, group, row, text, ret, error);
	case SETTING_INTEGER:
	case SETTING_SECONDS:
	case SETTING_BYTES:
		return set_number(settings, group, row, text, ret, error);
	case SETTING_LIST:
		G_STRUCT_MEMBER(char **, ret, row->offset) = split_list(text);
		return TRUE;
	case SETTING_TIME:
		return parse_time(text, &G_STRUCT_MEMBER(int, ret, row->offset)) ||
		    settings_refuse(settings, group, row->name, error,
			"\"%s\": expected a time of day as 18:00", text);
	case SETTING_STRING:
	case SETTING_PATH:
	case SETTING_ADDRESS:
	case SETTING_DATE:
		break;
	}
	return set_text(settings, group, row, text, ret, error);
}

/* --- a group --- */

static gboolean
check_names(
    const Settings *settings, const char *group, const Setting *table, GError **error)
{
	g_auto(GStrv) names = g_key_file_get_keys(settings->keys, group, NULL, NULL);

	for (int i = 0; names != NULL && names[i] != NULL; i++) {
		gboolean known = FALSE;

		for (const Setting *row = table; row->name != NULL && !known; row++)
			known = strcmp(row->name, names[i]) == 0;
		if (!known)
			return settings_refuse(settings, group, names[i], error,
			    "no such setting; see rector.conf(5)");
	}
	return TRUE;
}

gboolean
settings_group(const Settings *settings, const char *group, const Setting *table,
    gpointer ret, GError **error)
{
	if (!check_names(settings, group, table, error))
		return FALSE;
	for (const Setting *row = table; row->name != NULL; row++) {
		g_autofree char *given =
		    g_key_file_get_value(settings->keys, group, row->name, NULL);
		const char *text = given != NULL ? g_strstrip(given) : row->fallback;

		if (text == NULL)
			continue;
		if (strcmp(text, SETTING_REQUIRED) == 0)
			return settings_refuse(settings, group, row->name, error,
			    "is missing and has no default");
		if (!set_value(settings, group, row, text, ret, error))
			return FALSE;
	}
	return TRUE;
}

void
settings_group_clear(const Setting *table, gpointer group)
{
	for (const Setting *row = table; row->name != NULL; row++) {
		if (row->type == SETTING_LIST)
			g_clear_pointer(
			    &G_STRUCT_MEMBER(char **, group, row->offset), g_strfreev);
		else if (row->type == SETTING_STRING || row->type == SETTING_PATH ||
		    row->type == SETTING_ADDRESS || row->type == SETTING_DATE)
			g_clear_pointer(
			    &G_STRUCT_MEMBER(char *, group, row->offset), g_free);
	}
}

gboolean
settings_check_university(
    const Settings *settings, const University *university, GError **error)
{
	const struct {
		const char *name, *address;
	} others[] = { { "moderator", university->moderator },
		{ "administrator", university->administrator },
		{ "office", university->office } };

	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (others[i].address != NULL &&
		    g_ascii_strcasecmp(others[i].address, university->address) == 0)
			return settings_refuse(settings, "university", others[i].name,
			    error,
			    "is the rector's own mailbox, to which no mail is sent");
	return TRUE;
}
