#include "header.h"

#include <string.h>

#define MOST_COLUMNS 76
#define MOST_WORD_BYTES 45 /* "=?utf-8?B?" + 60 + "?=" */

/* How much of the text the next word takes: whole characters, at most `most` bytes,
 * without padding where more follows; beside a blank if there is a good one, since some
 * readers put one between the words of a name. */
static gsize
next_length(const char *text, gsize most)
{
	gsize beside = 0, even = 0, whole = 0;

	if (strlen(text) <= most)
		return strlen(text);
	for (const char *at = text; (gsize)(at - text) <= most;
	     at = g_utf8_next_char(at)) {
		whole = (gsize)(at - text);
		if (whole == 0 || whole % 3 != 0)
			continue;
		even = whole;
		if (*at == ' ' || at[-1] == ' ')
			beside = whole;
	}
	return beside > most / 3 ? beside : even > 0 ? even : whole;
}

static char *
encode(const char *text, gsize column)
{
	GString *out = g_string_new(NULL);
	gsize room =
	    MOST_COLUMNS > column + 12 ? (MOST_COLUMNS - column - 12) / 4 * 3 : 0;

	while (*text != '\0') {
		gsize length = next_length(text, CLAMP(room, 9, MOST_WORD_BYTES));
		g_autofree char *word = g_base64_encode((const guchar *)text, length);
		g_string_append_printf(
		    out, "%s=?utf-8?B?%s?=", out->len > 0 ? "\r\n " : "", word);
		text += length;
		room = MOST_WORD_BYTES;
	}
	return g_string_free(out, FALSE);
}

/* Words of plain ASCII, folded at blanks. */
static char *
fold(const char *text, gsize column)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GString *out = g_string_new(NULL);

	for (char **word = words; *word != NULL; word++) {
		gboolean breaks = column + 1 + strlen(*word) > MOST_COLUMNS;
		if (out->len > 0)
			g_string_append(out, breaks ? "\r\n " : " ");
		column = (out->len > 0 && breaks ? 1 : column + 1) + strlen(*word);
		g_string_append(out, *word);
	}
	return g_string_free(out, FALSE);
}

char *
header_text(const char *text, gsize column)
{
	/* "=?" would be read as the beginning of an encoded word. */
	return g_str_is_ascii(text) && strstr(text, "=?") == NULL ? fold(text, column)
								  : encode(text, column);
}

static char *
quote(const char *name)
{
	GString *out = g_string_new("\"");

	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *name);
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}

char *
header_mailbox(const char *name, const char *address, gsize column)
{
	g_autofree char *phrase = NULL;
	gsize last;

	if (name == NULL)
		return g_strdup(address);
	phrase = g_str_is_ascii(name) && strstr(name, "=?") == NULL
	    ? quote(name)
	    : encode(name, column);
	last = strrchr(phrase, '\n') != NULL ? strlen(strrchr(phrase, '\n'))
					     : column + strlen(phrase);
	return g_strdup_printf("%s%s<%s>", phrase,
	    last + strlen(address) + 3 > MOST_COLUMNS ? "\r\n " : " ", address);
}
