#include "letters.h"

#include <string.h>

static void
take_short(const char *line, LetterTaker taker)
{
	g_auto(GStrv) fields = g_strsplit(line, "\t", 3);

	if (*line != '#' && g_strv_length(fields) == 3)
		taker(NULL, fields[0], fields[1], fields[2]);
}

static void
take_record(const char *file, guint line, const char *text, LetterTaker taker)
{
	g_autoptr(JsonParser) parser = json_parser_new();
	g_autoptr(GError) error = NULL;
	JsonObject *letter;

	if (*text == '\0')
		return;
	if (!json_parser_load_from_data(parser, text, -1, &error))
		g_error("%s:%u: %s", file, line, error->message);
	letter = json_node_get_object(json_parser_get_root(parser));
	taker(letter, NULL, json_object_get_string_member(letter, "subject"),
	    json_object_get_string_member(letter, "body"));
}

void
letters_read(const char *file, LetterTaker taker)
{
	gboolean shorts = g_str_has_suffix(file, ".tsv");
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GError) error = NULL;

	if (!g_file_get_contents(file, &text, NULL, &error))
		g_error("%s", error->message);
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		if (shorts)
			take_short(lines[i], taker);
		else
			take_record(file, i + 1, lines[i], taker);
}
