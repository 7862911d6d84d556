#include "quotes.h"

#include "fault.h"
#include <string.h>

static const char *const kind_names[] = { "attribution", "original", "forward", "from",
	"sent", "to", "subject", "class", "device", NULL };

static int
kind_of(const char *name)
{
	for (int i = 0; kind_names[i] != NULL; i++)
		if (g_str_equal(kind_names[i], name))
			return i;
	return -1;
}

/* "kind word", or a comment, or nothing. */
static gboolean
read_line(Quotes *quotes, char *line, const char *file, guint number, GError **error)
{
	char *word;
	int kind;

	g_strstrip(line);
	if (*line == '\0' || *line == '#')
		return TRUE;
	word = line + strcspn(line, " \t");
	if (*word != '\0')
		*word++ = '\0';
	kind = kind_of(line);
	g_strstrip(word);
	if (kind >= 0 && *word != '\0') {
		g_ptr_array_add(quotes->words[kind], g_utf8_strdown(word, -1));
		return TRUE;
	}
	if (kind < 0)
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s:%u: expected attribution, original, forward, from, sent, to, "
		    "subject, class or device, "
		    "found \"%.60s\"",
		    file, number, line);
	else
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s:%u: expected words after \"%s\"", file, number, line);
	return FALSE;
}

Quotes *
quotes_load(const char *file, GError **error)
{
	g_autoptr(Quotes) quotes = g_new0(Quotes, 1);
	g_autoptr(GError) reason = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	for (guint i = 0; i < N_QUOTE_KINDS; i++)
		quotes->words[i] = g_ptr_array_new_with_free_func(g_free);
	if (!g_file_get_contents(file, &text, NULL, &reason)) {
		g_set_error_literal(error, FAULT, FAULT_SETUP, reason->message);
		return NULL;
	}
	if (!g_utf8_validate(text, -1, NULL)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: expected UTF-8 text", file);
		return NULL;
	}
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		if (!read_line(quotes, lines[i], file, i + 1, error))
			return NULL;
	return g_steal_pointer(&quotes);
}

void
quotes_free(Quotes *quotes)
{
	if (quotes == NULL)
		return;
	for (guint i = 0; i < N_QUOTE_KINDS; i++)
		g_clear_pointer(&quotes->words[i], g_ptr_array_unref);
	g_free(quotes);
}
