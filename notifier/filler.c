/* The tools of those who fill a mail's fields. */
#include "material-private.h"

#include <string.h>

#include "gate.h"

#define MOST_LIST 40
#define MOST_ITEM 600
#define MOST_SENTENCE 2000

static JsonNode *
find_fact(const Filler *filler, const char *name)
{
	return filler->facts != NULL ? json_object_get_member(filler->facts, name) : NULL;
}

const char *
filler_text_of(JsonNode *node)
{
	return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
		json_node_get_value_type(node) == G_TYPE_STRING
	    ? json_node_get_string(node)
	    : NULL;
}

gint64
filler_number_of(JsonNode *node)
{
	return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
		json_node_get_value_type(node) == G_TYPE_INT64
	    ? json_node_get_int(node)
	    : 0;
}

const char *
filler_fact(const Filler *filler, const char *name)
{
	return filler_text_of(find_fact(filler, name));
}

gint64
filler_fact_number(const Filler *filler, const char *name)
{
	return filler_number_of(find_fact(filler, name));
}

gboolean
filler_fact_is_true(const Filler *filler, const char *name)
{
	JsonNode *node = find_fact(filler, name);

	return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
	    json_node_get_value_type(node) == G_TYPE_BOOLEAN &&
	    json_node_get_boolean(node);
}

JsonArray *
filler_fact_list(const Filler *filler, const char *name)
{
	JsonNode *node = find_fact(filler, name);

	return node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node)
							   : NULL;
}

JsonObject *
filler_fact_object(const Filler *filler, const char *name)
{
	JsonNode *node = find_fact(filler, name);

	return node != NULL && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node)
							    : NULL;
}

const char *
filler_word_or(
    const Filler *filler, const char *group, const char *name, const char *otherwise)
{
	const char *word = name != NULL ? words_find(filler->words, group, name) : NULL;

	return word != NULL ? word : words_find(filler->words, group, otherwise);
}

void
filler_set(Filler *filler, Field field, char *value)
{
	g_autofree char *owned = value;

	g_free(filler->values[field]);
	filler->values[field] = gate_line(owned, FILLER_MOST_LINE);
}

void
filler_set_copy(Filler *filler, Field field, const char *value)
{
	filler_set(filler, field, g_strdup(value));
}

void
filler_set_sentence(Filler *filler, Field field, const char *text)
{
	g_free(filler->values[field]);
	filler->values[field] = gate_line(text, MOST_SENTENCE);
}

void
filler_set_number(Filler *filler, Field field, gint64 number)
{
	filler_set(filler, field, g_strdup_printf("%" G_GINT64_FORMAT, number));
}

void
filler_mark(Filler *filler, Field field)
{
	filler_set_copy(filler, field, words_find(filler->words, "marks", "yes"));
}

void
filler_set_moment(Filler *filler, Field field, gint64 at)
{
	g_autoptr(GDateTime) utc = at != 0 ? g_date_time_new_from_unix_utc(at) : NULL;
	g_autoptr(GDateTime) local =
	    utc != NULL ? g_date_time_to_timezone(utc, filler->wording->zone) : NULL;

	filler_set(filler, field,
	    local != NULL ? g_date_time_format(local, "%Y-%m-%dT%H:%M") : NULL);
}

void
filler_set_day(Filler *filler, Field field, const char *name)
{
	const char *day = filler_fact(filler, name);

	if (day != NULL)
		filler_set_copy(filler, field, day);
	else if (filler_fact_number(filler, name) != 0)
		filler_set_moment(filler, field, filler_fact_number(filler, name));
}

void
filler_set_text(Filler *filler, const char *text)
{
	gboolean cut = FALSE;

	g_free(filler->values[FIELD_TEXT]);
	filler->values[FIELD_TEXT] =
	    gate_text(text, (gsize)filler->wording->quote_most, &cut);
	if (cut)
		filler_mark(filler, FIELD_CUT);
}

void
filler_add_item(GString *list, const char *item)
{
	g_autofree char *line = gate_line(item, MOST_ITEM);
	guint lines = 1;

	for (const char *at = list->str; *at != '\0'; at++)
		lines += *at == '\n';
	if (line == NULL || lines > MOST_LIST)
		return;
	if (list->len > 0)
		g_string_append_c(list, '\n');
	g_string_append(list, line);
}

void
filler_set_list(Filler *filler, Field field, GString *list)
{
	g_free(filler->values[field]);
	filler->values[field] = g_string_free(list, list->len == 0);
}

char *
filler_spell_size(const Filler *filler, gint64 bytes)
{
	g_autofree char *number =
	    g_strdup_printf("%" G_GINT64_FORMAT, MAX((bytes + 1023) / 1024, (gint64)1));

	return words_phrase(filler->words, "sizes", "size", "size", number, NULL);
}

char *
filler_spell_day(const Filler *filler, const char *form, const char *day)
{
	return day != NULL ? words_date(filler->words, form, day) : g_strdup("");
}
