/* Counts the three-letter groups of letters that mean something, for
 * classifier/data/speech.groups.
 *
 *     train-speech OUT FILE.jsonl… */
#include "speech.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define RARE 2

static void
count(gpointer data, guint64 group)
{
	guint64 *n = g_hash_table_lookup(data, &group);

	if (n == NULL) {
		n = g_new0(guint64, 2);
		n[0] = group;
		g_hash_table_insert(data, n, n);
	}
	n[1]++;
}

static void
count_text(GHashTable *groups, const char *subject, const char *body)
{
	g_autoptr(Text) text = text_parse(subject, body);

	for (guint i = 0; i < text->n_words; i++)
		if (text->words[i].script != SCRIPT_DIGIT && !text->words[i].linked) {
			speech_groups(text->words[i].folded, count, groups);
			if (text->words[i].second != NULL)
				speech_groups(text->words[i].second, count, groups);
		}
}

static void
count_letter(GHashTable *groups, JsonObject *letter)
{
	JsonArray *rules = json_object_get_array_member(letter, "rules");

	for (guint i = 0; i < json_array_get_length(rules); i++)
		if (g_str_equal(
			json_array_get_string_element(rules, i), "unintelligible"))
			return;
	count_text(groups, json_object_get_string_member(letter, "subject"),
	    json_object_get_string_member(letter, "body"));
}

static int
compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
write_groups(GHashTable *groups, const char *file)
{
	GHashTableIter iter;
	gpointer value;
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) out =
	    g_string_new("# Three-letter groups of letters and how often they are; "
			 "made by tests/train/run.\n");
	g_autoptr(GError) error = NULL;

	g_hash_table_iter_init(&iter, groups);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const guint64 *n = value;
		g_autofree char *text = speech_group_text(n[0]);

		if (n[1] >= RARE)
			g_ptr_array_add(
			    lines, g_strdup_printf("%s %" G_GUINT64_FORMAT, text, n[1]));
	}
	g_ptr_array_sort(lines, compare);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(out, "%s\n", (char *)lines->pdata[i]);
	if (!g_file_set_contents(file, out->str, (gssize)out->len, &error))
		g_error("%s", error->message);
}

int
main(int argc, char **argv)
{
	g_autoptr(GHashTable) groups = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (int i = 2; i < argc; i++) {
		g_autofree char *text = NULL;
		g_auto(GStrv) lines = NULL;
		g_autoptr(GError) error = NULL;

		if (!g_file_get_contents(argv[i], &text, NULL, &error))
			g_error("%s", error->message);
		lines = g_strsplit(text, "\n", -1);
		for (guint j = 0; lines[j] != NULL; j++) {
			g_autoptr(JsonParser) parser = json_parser_new();

			if (*lines[j] == '\0' || *lines[j] == '#')
				continue;
			if (g_str_has_suffix(argv[i], ".tsv")) {
				count_text(groups, NULL, lines[j]);
				continue;
			}
			if (!json_parser_load_from_data(parser, lines[j], -1, &error))
				g_error("%s:%u: %s", argv[i], j + 1, error->message);
			count_letter(
			    groups, json_node_get_object(json_parser_get_root(parser)));
		}
	}
	write_groups(groups, argv[1]);
	return 0;
}
