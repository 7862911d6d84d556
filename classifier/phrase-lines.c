#include "phrase-lines.h"

#include "fault.h"
#include <string.h>

static gboolean
take_line(char *line, const char *file, guint number, PhraseLineTaker taker,
    gpointer data, GError **error)
{
	char *phrase;

	g_strstrip(line);
	if (*line == '\0' || *line == '#')
		return TRUE;
	phrase = line + strcspn(line, " \t");
	if (*phrase != '\0')
		*phrase++ = '\0';
	return taker(data, line, g_strstrip(phrase), file, number, error);
}

gboolean
phrase_lines_read(const char *file, PhraseLineTaker taker, gpointer data, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(file, &text, NULL, &reason)) {
		g_set_error_literal(error, FAULT, FAULT_SETUP, reason->message);
		return FALSE;
	}
	if (!g_utf8_validate(text, -1, NULL)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: expected UTF-8 text", file);
		return FALSE;
	}
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		if (!take_line(lines[i], file, i + 1, taker, data, error))
			return FALSE;
	return TRUE;
}
