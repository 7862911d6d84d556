#include "address.h"

#include "words.h"
#include <string.h>

#define MOST_LENGTH 320
#define MOST_NAME 4096

void
address_free(Address *address)
{
	if (address == NULL)
		return;
	g_free(address->name);
	g_free(address->address);
	g_free(address);
}

gboolean
address_is_valid(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at[1] == '\0' || strchr(at + 1, '@') != NULL ||
	    strlen(address) > MOST_LENGTH || !g_utf8_validate(address, -1, NULL))
		return FALSE;
	for (const char *p = address; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (c <= ' ' || c == 0x7f || (c >= 0x80 && !g_unichar_isgraph(c)) ||
		    (c < 0x80 && strchr("\"(),:;<>[]\\", (int)c) != NULL))
			return FALSE;
	}
	return at[1] != '.' && at[1] != '-' && address[strlen(address) - 1] != '.';
}

/* What has been read of one entry. */
typedef struct {
	GString *phrase;  /* words and quoted strings, still encoded */
	GString *comment; /* in round brackets */
	GString *angle;   /* between < and > */
	gboolean angled;
	gboolean bare; /* the phrase holds an "@" outside of quotes */
	const char *hint;
} Entry;

static char *
decode_name(const GString *raw, const char *hint)
{
	g_autofree char *name = words_decode(raw->str, MIN(raw->len, MOST_NAME), hint);
	gsize length = strlen(name);

	/* Quotes within quotes: "'Name'" */
	if (length > 1 && (*name == '\'' || *name == '"') && name[length - 1] == *name) {
		name[length - 1] = '\0';
		memmove(name, name + 1, length - 1);
	}
	return *name == '\0' ? NULL : g_steal_pointer(&name);
}

/* Takes the word that holds the "@" out of the phrase; what is left may be a name. */
static char *
take_bare_address(GString *phrase)
{
	const char *at = strchr(phrase->str, '@'), *from = at, *to = at;
	char *address;
	gsize start;

	while (from > phrase->str && !g_ascii_isspace(from[-1]))
		from--;
	while (*to != '\0' && !g_ascii_isspace(*to))
		to++;
	address = g_strndup(from, (gsize)(to - from));
	start = (gsize)(from - phrase->str);
	g_string_erase(phrase, (gssize)start, to - from);
	return address;
}

static void
finish_entry(Entry *entry, GPtrArray *list)
{
	g_autoptr(Address) address = g_new0(Address, 1);

	if (entry->angled) {
		const char *route =
		    strrchr(entry->angle->str, ':'); /* <@relay:user@host> */

		address->address = g_strstrip(g_strdup(
		    route == NULL || *entry->angle->str != '@' ? entry->angle->str
							       : route + 1));
	} else if (entry->bare) {
		address->address = take_bare_address(entry->phrase);
	}
	if (address->address != NULL && *address->address != '\0') {
		address->name = decode_name(entry->phrase, entry->hint);
		if (address->name == NULL)
			address->name = decode_name(entry->comment, entry->hint);
		if (!address_is_valid(address->address))
			g_clear_pointer(&address->address, g_free);
		g_ptr_array_add(list, g_steal_pointer(&address));
	}
	g_string_truncate(entry->phrase, 0);
	g_string_truncate(entry->comment, 0);
	g_string_truncate(entry->angle, 0);
	entry->angled = entry->bare = FALSE;
}

/* From the opening sign to behind the closing one, or to the end. */
static const char *
read_quoted(const char *p, const char *end, GString *into)
{
	for (p++; p < end && *p != '"'; p++) {
		if (*p == '\\' && p + 1 < end)
			p++;
		g_string_append_c(into, *p == '\0' ? ' ' : *p);
	}
	return p < end ? p + 1 : end;
}

static const char *
read_comment(const char *p, const char *end, GString *into)
{
	guint depth = 0;

	for (; p < end; p++) {
		if (*p == '(' && depth++ == 0)
			continue;
		if (*p == ')' && --depth == 0)
			return p + 1;
		if (*p == '\\' && p + 1 < end)
			p++;
		g_string_append_c(into, *p == '\0' ? ' ' : *p);
	}
	return end;
}

static const char *
read_angle(const char *p, const char *end, Entry *entry)
{
	for (p++; p < end && *p != '>'; p++)
		if (*p != '\r' && *p != '\n' && *p != '<')
			g_string_append_c(entry->angle, *p == '\0' ? ' ' : *p);
	entry->angled = TRUE;
	return p < end ? p + 1 : end;
}

/* Encoded words may hold any sign of the syntax: they are taken whole. */
static const char *
read_atom(const char *p, const char *end, Entry *entry)
{
	const char *stop = p + 1;

	if (end - p > 6 && p[0] == '=' && p[1] == '?') {
		const char *close = memchr(p + 2, '?', (gsize)(end - p - 2));

		close = close != NULL && end - close > 3 && close[2] == '?'
		    ? g_strstr_len(close + 3, MIN(end - close - 3, MOST_NAME), "?=")
		    : NULL;
		if (close != NULL)
			stop = close + 2;
	}
	entry->bare = entry->bare || *p == '@';
	for (; p < stop; p++)
		g_string_append_c(
		    entry->phrase, *p == '\0' || *p == '\r' || *p == '\n' ? ' ' : *p);
	return stop;
}

GPtrArray *
addresses_parse(const char *raw, gsize length, guint most, const char *hint)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)address_free);
	Entry entry = { g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), FALSE,
		FALSE, hint };
	const char *p = raw, *end = raw + length;

	while (p < end && list->len < most) {
		if (*p == '"') {
			p = read_quoted(p, end, entry.phrase);
		} else if (*p == '(') {
			p = read_comment(p, end, entry.comment);
		} else if (*p == '<') {
			p = read_angle(p, end, &entry);
		} else if (*p == ':' && !entry.angled && !entry.bare) {
			g_string_truncate(entry.phrase, 0); /* the name of a group */
			p++;
		} else if ((*p == ',' || *p == ';') &&
		    (*p == ';' || entry.angled || entry.bare)) {
			finish_entry(&entry, list);
			p++;
		} else { /* also a comma within a name */
			p = read_atom(p, end, &entry);
		}
	}
	if (list->len < most)
		finish_entry(&entry, list);
	g_string_free(entry.phrase, TRUE);
	g_string_free(entry.comment, TRUE);
	g_string_free(entry.angle, TRUE);
	return list;
}
