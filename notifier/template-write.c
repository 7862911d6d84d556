/* Writing a template with its values. */
#include "template-private.h"

#include <string.h>

const Part *
template_part(const Template *item, const char *header)
{
	for (guint i = 0; i < item->parts->len; i++) {
		const Part *part = g_ptr_array_index(item->parts, i);
		if (g_strcmp0(part->header, header) == 0)
			return part;
	}
	return NULL;
}

/* Each line of the value with a mark before it. */
static void
write_lines(GString *out, const char *value, const char *mark)
{
	for (const char *at = value; *at != '\0';) {
		gsize length = strcspn(at, "\n");
		if (out->len > 0 && out->str[out->len - 1] != '\n')
			g_string_append_c(out, '\n');
		g_string_append(out, mark);
		g_string_append_len(out, at, (gssize)length);
		at += length + (at[length] == '\n' ? 1 : 0);
	}
}

/* A list within a sentence. */
static void
write_series(GString *out, const char *value)
{
	for (; *value != '\0'; value++)
		if (*value == '\n')
			g_string_append(out, ", ");
		else
			g_string_append_c(out, *value);
}

static void
write_value(GString *out, const Node *node, const char *value, const Words *words)
{
	FieldType type = field_table[node->field].type;
	g_autofree char *text = NULL;

	if (node->filter == WRITE_LIST)
		write_lines(out, value, "- ");
	else if (node->filter == WRITE_QUOTE)
		write_lines(out, value, "> ");
	else if (node->filter == WRITE_LETTER)
		write_lines(out, value, "| ");
	else if (type == FIELD_LIST)
		write_series(out, value);
	else if (node->filter == WRITE_TIME)
		text = words_time(words, value);
	else if (node->filter == WRITE_SHORT)
		text = words_date(words, "short", value);
	else if (type == FIELD_DATE || node->filter == WRITE_DATE)
		text = words_date(words, "date", value);
	else if (type == FIELD_MOMENT)
		text = words_moment(words, value);
	else
		g_string_append(out, value);
	if (text != NULL)
		g_string_append(out, text);
}

static char *
write_part(const Part *part, char *const *values, const Words *words)
{
	GString *out = g_string_sized_new(2048);

	for (guint i = 0; i < part->nodes->len; i++) {
		const Node *node = &g_array_index(part->nodes, Node, i);
		const char *value = values[node->field];
		gboolean set = value != NULL && *value != '\0';
		if (node->type == NODE_TEXT)
			g_string_append(out, node->text);
		else if (node->type == NODE_FIELD && set)
			write_value(out, node, value, words);
		else if ((node->type == NODE_IF && !set) ||
		    (node->type == NODE_UNLESS && set))
			i = node->closes;
	}
	return g_string_free(out, FALSE);
}

char *
template_head(
    const Template *item, const char *header, char *const *values, const Words *words)
{
	const Part *part = template_part(item, header);

	return part != NULL ? write_part(part, values, words) : NULL;
}

char *
template_body(const Template *item, char *const *values, const Words *words)
{
	return write_part(template_part(item, NULL), values, words);
}
