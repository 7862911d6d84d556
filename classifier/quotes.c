#include "quotes.h"

#include "fault.h"
#include "phrase-lines.h"
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

static gboolean
take_phrase(gpointer data, const char *name, const char *phrase, const char *file,
    guint number, GError **error)
{
	Quotes *quotes = data;
	int kind = kind_of(name);

	if (kind >= 0 && *phrase != '\0') {
		g_ptr_array_add(quotes->words[kind], g_utf8_strdown(phrase, -1));
		return TRUE;
	}
	if (kind < 0)
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s:%u: expected attribution, original, forward, from, sent, to, "
		    "subject, class or device, "
		    "found \"%.60s\"",
		    file, number, name);
	else
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s:%u: expected words after \"%s\"", file, number, name);
	return FALSE;
}

Quotes *
quotes_load(const char *file, GError **error)
{
	g_autoptr(Quotes) quotes = g_new0(Quotes, 1);

	for (guint i = 0; i < N_QUOTE_KINDS; i++)
		quotes->words[i] = g_ptr_array_new_with_free_func(g_free);
	return phrase_lines_read(file, take_phrase, quotes, error)
	    ? g_steal_pointer(&quotes)
	    : NULL;
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
