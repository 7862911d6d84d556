#include "mask.h"

#include "fault.h"
#include "mask-names.h"

#include <string.h>

struct Mask {
	const RedactData *data;
	const Reading *reading;
	const char *own_host;
	Inventor *inventor;
	MaskNames *names;
	GRegex *regex;
};

/* --- addresses --- */

static gboolean
is_own_host(const Mask *mask, const char *host)
{
	gsize own = mask->own_host != NULL ? strlen(mask->own_host) : 0;
	gsize length = strlen(host);

	return own > 0 && length >= own &&
	    g_ascii_strcasecmp(host + length - own, mask->own_host) == 0 &&
	    (length == own || host[length - own - 1] == '.');
}

static gboolean
is_authors(const Reading *reading, const char *address)
{
	const char *const own[] = { reading->from_address, reading->email,
		reading->reply_to };

	for (guint i = 0; i < G_N_ELEMENTS(own); i++)
		if (own[i] != NULL && g_ascii_strcasecmp(own[i], address) == 0)
			return TRUE;
	return FALSE;
}

/* The host stays when it tells nothing of a person. */
static char *
replace_host(const Mask *mask, const char *host)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *land = strrchr(host, '.');

	if (is_own_host(mask, host) ||
	    redact_data_has(mask->data, "hosts", "public", host))
		return g_strdup(host);
	if (land == NULL || land[1] == '\0' ||
	    land[1 + strspn(land + 1, letters)] != '\0')
		land = ".org";
	return g_strconcat("example", land, NULL);
}

static char *
replace_address(Mask *mask, const char *address)
{
	g_autofree char *host = replace_host(mask, strrchr(address, '@') + 1);
	g_autofree char *lower = g_utf8_strdown(address, -1);

	if (is_authors(mask->reading, address))
		return mask_author_address(mask);
	return g_strdup_printf(
	    "person%u@%s", invent_index(mask->inventor, lower) + 1, host);
}

char *
mask_author_address(const Mask *mask)
{
	const char *address = mask->reading->from_address;
	const char *at = address != NULL ? strrchr(address, '@') : NULL;
	g_autofree char *host = replace_host(mask, at != NULL ? at + 1 : "");

	return g_strdup_printf("author%u@%s", invent_author(mask->inventor), host);
}

/* "@name", "t.me/name", "https://host/name": what names the account goes. */
static char *
replace_account(Mask *mask, const char *account)
{
	const char *slashes = strstr(account, "//");
	const char *path = strpbrk(slashes != NULL ? slashes + 2 : account, "/?#");
	guint n = invent_index(mask->inventor, account) + 1;

	if (*account == '@')
		return g_strdup_printf("@name%u", n);
	if (strchr(account, '.') == NULL ||
	    (path == NULL && strchr(account, ' ') != NULL))
		return g_strdup_printf("@name%u", n);
	if (path == NULL || path[1] == '\0')
		return g_strdup(account);
	return g_strdup_printf("%.*s/page%u", (int)(path - account), account, n);
}

/* --- the search --- */

#define LINK                                                                             \
	"(?<link>(?:https?://|www\\.)[^\\s<>\"']+"                                       \
	"|(?<![\\p{L}\\d.@-])(?:wa\\.me|t\\.me|instagram\\.com|vk\\.com|facebook\\.com|" \
	"tiktok\\.com)/[^\\s<>\"']+"                                                     \
	"|(?i:%s)[ "                                                                     \
	":@-]{1,3}(?=[a-z]*[\\d_.])[A-Za-z\\d_.]{3,}(?!@)|(?<![\\p{L}\\d@])@[\\p{L}\\d_" \
	".]{2,})"
#define MAIL "(?<mail>[\\p{L}\\d._%%+'-]{1,256}+@[\\p{L}\\d-]+(?:\\.[\\p{L}\\d-]+)+)"
#define YEAR "(?:19|20)\\d\\d"
#define KEEP                                                                             \
	"(?<keep>(?<!\\d)(?:\\d{1,2}[./-]\\d{1,2}[./-]" YEAR "|" YEAR                    \
	"[./-]\\d{1,2}[./-]\\d{1,2}|" YEAR "\\s?[-–—]\\s?" YEAR                          \
	"|20\\d\\d-\\d{6})(?!\\d))"
#define ROW                                                                              \
	"(?<row>\\+?\\(?\\d(?:[ "                                                        \
	"\\t\\x{a0}\\x{202f}()./_\\x{2010}-\\x{2015}-]{0,3}+\\d|\\+\\d){5,39}+)"
#define WORD "(?<word>\\p{L}[\\p{L}\\p{M}]*)"

static char *
alternatives(const char *const *list)
{
	g_autoptr(GPtrArray) escaped = g_ptr_array_new_with_free_func(g_free);

	for (; *list != NULL; list++)
		g_ptr_array_add(escaped, g_regex_escape_string(*list, -1));
	g_ptr_array_add(escaped, NULL);
	return g_strjoinv("|", (char **)escaped->pdata);
}

/* Names, the word, up to two words, a number, then units with their numbers. */
static GRegex *
compile(const RedactData *data)
{
	g_autofree char *words = alternatives(redact_data_list(data, "address", "words"));
	g_autofree char *accounts =
	    alternatives(redact_data_list(data, "address", "accounts"));
	g_autofree char *units = alternatives(redact_data_list(data, "address", "units"));
	g_autofree char *pattern = g_strdup_printf(LINK
	    "|" MAIL
	    "|(?<place>(?:\\b\\p{Lu}[\\p{L}-]* ){0,2}(?<!\\p{L})(?i:%s)(?!\\p{L})"
	    "(?:[ ,.:№«»-]{1,3}\\p{L}[\\p{L}-]*){0,3}[ ,.:№»-]{0,4}\\d+[\\p{L}\\d/]*"
	    "(?:[ ,.-]{0,3}(?:(?i:%s)[ .,№-]{0,3}\\d+|\\d+[ -]?(?i:%s))(?!\\p{L}))*)"
	    "|" KEEP "|" ROW "|" WORD,
	    accounts, words, units, units);
	GError *error = NULL;
	GRegex *regex = g_regex_new(pattern, G_REGEX_OPTIMIZE, 0, &error);

	if (regex == NULL)
		g_error("redact.conf: %s", error->message); /* its words are escaped */
	return regex;
}

static char *
replacement(Mask *mask, const GMatchInfo *match, const char *text)
{
	static const char *const names[] = { "link", "mail", "place", "keep", "row",
		"word" };
	gint start = 0, end = 0;
	guint which = 0;
	g_autofree char *found = g_match_info_fetch(match, 0);

	g_match_info_fetch_pos(match, 0, &start, &end);
	while (which + 1 < G_N_ELEMENTS(names)) {
		g_autofree char *part = g_match_info_fetch_named(match, names[which]);

		if (part != NULL && *part != '\0')
			break;
		which++;
	}
	switch (which) {
	case 0:
		return replace_account(mask, found);
	case 1:
		return replace_address(mask, found);
	case 2:
		return g_strdup(invent_place(mask->inventor));
	case 3:
		return NULL;
	case 4:
		return invent_number(mask->inventor, found);
	default:
		return mask_names_replace(mask->names, text, found, text + start);
	}
}

static gboolean
replace(const GMatchInfo *match, GString *result, gpointer data)
{
	Mask *mask = data;
	g_autofree char *found = g_match_info_fetch(match, 0);
	g_autofree char *instead =
	    replacement(mask, match, g_match_info_get_string(match));

	g_string_append(result, instead != NULL ? instead : found);
	return FALSE;
}

char *
mask_apply(Mask *mask, const char *text, GError **error)
{
	g_autoptr(GError) failure = NULL;
	char *result;

	if (text == NULL)
		return NULL;
	mask_names_begin(mask->names, text);
	result =
	    g_regex_replace_eval(mask->regex, text, -1, 0, 0, replace, mask, &failure);
	if (result == NULL)
		g_set_error_literal(error, FAULT, FAULT_LETTER,
		    "its text can't be searched for personal data");
	return result;
}

/* --- the whole --- */

Mask *
mask_new(const RedactData *data, const Reading *reading, const char *own_host)
{
	Mask *mask = g_new0(Mask, 1);

	mask->data = data;
	mask->reading = reading;
	mask->own_host = own_host;
	mask->inventor = inventor_new(data, reading->from_address, reading->language);
	mask->regex = compile(data);
	mask->names = mask_names_new(data, reading, mask->inventor);
	return mask;
}

void
mask_free(Mask *mask)
{
	if (mask == NULL)
		return;
	mask_names_free(mask->names);
	inventor_free(mask->inventor);
	g_regex_unref(mask->regex);
	g_free(mask);
}
