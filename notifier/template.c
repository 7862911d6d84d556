#include "template-private.h"

#include <string.h>

#include "fault.h"

typedef struct {
	const char *file;
	const KindInfo *kind;
	guint line;
	guint64 inside; /* the fields known to have a value here */
	guint64 named;
	GArray *open; /* the indices of open blocks */
	GArray *nodes;
} Parser;

static const struct {
	const char *name;
	Filter filter;
	FieldType types[2];
} filters[] = {
	{ "date", WRITE_DATE, { FIELD_DATE, FIELD_MOMENT } },
	{ "short", WRITE_SHORT, { FIELD_DATE, FIELD_MOMENT } },
	{ "time", WRITE_TIME, { FIELD_MOMENT, FIELD_MOMENT } },
	{ "list", WRITE_LIST, { FIELD_LIST, FIELD_LIST } },
	{ "quote", WRITE_QUOTE, { FIELD_QUOTE, FIELD_QUOTE } },
	{ "letter", WRITE_LETTER, { FIELD_QUOTE, FIELD_QUOTE } },
};

static void
node_clear(gpointer data)
{
	g_free(((Node *)data)->text);
}

static void
part_free(gpointer data)
{
	Part *part = data;

	g_array_unref(part->nodes);
	g_free(part);
}

void
template_free(Template *item)
{
	if (item == NULL)
		return;
	g_ptr_array_unref(item->parts);
	g_free(item);
}

static gboolean G_GNUC_PRINTF(3, 4)
    refuse(const Parser *parser, GError **error, const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list list;

	va_start(list, format);
	what = g_strdup_vprintf(format, list);
	va_end(list);
	g_set_error(
	    error, FAULT, FAULT_SETUP, "%s:%u: %s", parser->file, parser->line, what);
	return FALSE;
}

/* "number, received, due": what a template of this kind may name. */
static char *
list_fields(const KindInfo *kind)
{
	GString *out = g_string_new(NULL);

	for (Field field = 0; field < N_FIELDS; field++)
		if (kind->may & FIELD_BIT(field))
			g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "",
			    field_table[field].name);
	return g_string_free(out, FALSE);
}

static gboolean
find_field(Parser *parser, const char *name, Field *ret_field, GError **error)
{
	g_autofree char *known = NULL;

	for (Field field = 0; field < N_FIELDS; field++)
		if (strcmp(field_table[field].name, name) == 0 &&
		    (parser->kind->may & FIELD_BIT(field)) != 0) {
			*ret_field = field;
			parser->named |= FIELD_BIT(field);
			return TRUE;
		}
	known = list_fields(parser->kind);
	return refuse(parser, error, "unknown field {%s}; known here: %s", name, known);
}

static gboolean
find_filter(
    Parser *parser, const char *name, FieldType type, Filter *ret_filter, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(filters); i++)
		if (strcmp(filters[i].name, name) == 0) {
			*ret_filter = filters[i].filter;
			if (type == filters[i].types[0] || type == filters[i].types[1])
				return TRUE;
			return refuse(parser, error,
			    "the filter \"%s\" does not suit this field", name);
		}
	return refuse(parser, error, "unknown filter \"%s\"", name);
}

static void
add_node(Parser *parser, Node node)
{
	node.line = parser->line;
	g_array_append_val(parser->nodes, node);
}

static gboolean
open_block(Parser *parser, NodeType type, const char *name, GError **error)
{
	Node node = { .type = type };
	guint index = parser->nodes->len;

	if (!find_field(parser, name, &node.field, error))
		return FALSE;
	if ((parser->kind->optional & FIELD_BIT(node.field)) == 0)
		return refuse(
		    parser, error, "{%s} always has a value: it needs no block", name);
	add_node(parser, node);
	g_array_append_val(parser->open, index);
	if (type == NODE_IF)
		parser->inside |= FIELD_BIT(node.field);
	return TRUE;
}

static gboolean
close_block(Parser *parser, const char *name, GError **error)
{
	Node node = { .type = NODE_END };
	Node *opening;

	if (parser->open->len == 0)
		return refuse(parser, error, "{/%s} closes nothing", name);
	opening = &g_array_index(parser->nodes, Node,
	    g_array_index(parser->open, guint, parser->open->len - 1));
	if (strcmp(field_table[opening->field].name, name) != 0)
		return refuse(parser, error,
		    "{/%s} where {/%s} is expected (opened in line %u)", name,
		    field_table[opening->field].name, opening->line);
	opening->closes = parser->nodes->len;
	if (opening->type == NODE_IF)
		parser->inside &= ~FIELD_BIT(opening->field);
	g_array_set_size(parser->open, parser->open->len - 1);
	add_node(parser, node);
	return TRUE;
}

/* Lists and quotations fill lines of their own, so nothing may stand beside them. */
static gboolean
check_alone(Parser *parser, const char *before, const char *start, const char *after,
    const char *name, GError **error)
{
	gboolean first = start == before || start[-1] == '\n' || start[-1] == '}';
	gboolean last = *after == '\0' || *after == '\n' || *after == '{';

	if (first && last)
		return TRUE;
	return refuse(parser, error, "{%s} needs a line to itself", name);
}

static gboolean
add_field(Parser *parser, char *name, const char *text, const char *start,
    const char *after, GError **error)
{
	Node node = { .type = NODE_FIELD };
	char *bar = strchr(name, '|');
	FieldType type;

	if (bar != NULL)
		*bar++ = '\0';
	if (!find_field(parser, name, &node.field, error))
		return FALSE;
	type = field_table[node.field].type;
	if (bar != NULL && !find_filter(parser, bar, type, &node.filter, error))
		return FALSE;
	if ((parser->kind->optional & FIELD_BIT(node.field)) != 0 &&
	    (parser->inside & FIELD_BIT(node.field)) == 0)
		return refuse(parser, error,
		    "{%s} may have no value: put it between {?%s} and {/%s}", name, name,
		    name);
	if (type == FIELD_QUOTE && bar == NULL)
		node.filter = WRITE_QUOTE;
	if ((node.filter == WRITE_LIST || type == FIELD_QUOTE || type == FIELD_BLOCK) &&
	    !check_alone(parser, text, start, after, name, error))
		return FALSE;
	add_node(parser, node);
	return TRUE;
}

/* One "{…}", from after its brace. */
static gboolean
take_tag(Parser *parser, const char *text, const char *start, const char **ret_after,
    GError **error)
{
	gsize length = strcspn(start + 1, "}\n{");
	g_autofree char *name = g_strndup(start + 1, length);

	if (start[1 + length] != '}' || length == 0)
		return refuse(parser, error, "\"{\" without its \"}\"");
	*ret_after = start + length + 2;
	switch (*name) {
	case '?':
		return open_block(parser, NODE_IF, name + 1, error);
	case '!':
		return open_block(parser, NODE_UNLESS, name + 1, error);
	case '/':
		return close_block(parser, name + 1, error);
	default:
		return add_field(parser, name, text, start, *ret_after, error);
	}
}

static void
add_text(Parser *parser, const char *start, gsize length)
{
	if (length > 0)
		add_node(parser,
		    (Node){ .type = NODE_TEXT, .text = g_strndup(start, length) });
	for (gsize i = 0; i < length; i++)
		if (start[i] == '\n')
			parser->line++;
}

static gboolean
parse_part(Parser *parser, const char *text, GArray **ret_nodes, GError **error)
{
	g_autoptr(GArray) nodes = g_array_new(FALSE, TRUE, sizeof(Node));

	g_array_set_clear_func(nodes, node_clear);
	parser->nodes = nodes;
	parser->inside = 0;
	g_array_set_size(parser->open, 0);
	for (const char *at = text; *at != '\0';) {
		gsize length = strcspn(at, "{");
		add_text(parser, at, length);
		at += length;
		if (*at == '{' && !take_tag(parser, text, at, &at, error))
			return FALSE;
	}
	if (parser->open->len > 0) {
		Node *opening =
		    &g_array_index(nodes, Node, g_array_index(parser->open, guint, 0));
		parser->line = opening->line;
		return refuse(parser, error, "{?%s} is never closed",
		    field_table[opening->field].name);
	}
	*ret_nodes = g_steal_pointer(&nodes);
	return TRUE;
}

static gboolean
add_part(
    Template *item, Parser *parser, const char *header, const char *text, GError **error)
{
	Part *part;
	GArray *nodes;

	if (!parse_part(parser, text, &nodes, error))
		return FALSE;
	part = g_new0(Part, 1);
	part->header = header;
	part->nodes = nodes;
	g_ptr_array_add(item->parts, part);
	return TRUE;
}

/* One "Name: value" line of the head. */
static gboolean
take_header(Template *item, Parser *parser, const char *line, GError **error)
{
	const char *colon = strchr(line, ':');
	g_autofree char *name =
	    g_strndup(line, colon != NULL ? (gsize)(colon - line) : 0);
	g_autofree char *value = colon != NULL ? g_strstrip(g_strdup(colon + 1)) : NULL;
	const char *const *known = parser->kind->headers;

	while (*known != NULL && strcmp(*known, name) != 0)
		known++;
	if (*known == NULL || value == NULL || *value == '\0')
		return refuse(parser, error, "\"%s: …\" is expected in the head",
		    parser->kind->headers[0]);
	if (template_part(item, *known) != NULL)
		return refuse(parser, error, "%s stands here twice", name);
	return add_part(item, parser, *known, value, error);
}

/* Reads the head; *ret_body is where the body begins. */
static gboolean
take_head(Template *item, Parser *parser, const char *text, const char **ret_body,
    GError **error)
{
	const char *at = text;

	for (; *at != '\0' && *at != '\n'; parser->line++) {
		gsize length = strcspn(at, "\n");
		g_autofree char *line = g_strndup(at, length);
		if (*line != '#' && !take_header(item, parser, line, error))
			return FALSE;
		at += length + (at[length] == '\n' ? 1 : 0);
	}
	for (const char *const *known = parser->kind->headers; *known != NULL; known++)
		if (template_part(item, *known) == NULL)
			return refuse(parser, error, "the head lacks \"%s: …\"", *known);
	while (*at == '\n') {
		at++;
		parser->line++;
	}
	*ret_body = at;
	return TRUE;
}

static gboolean
check_named(Parser *parser, GError **error)
{
	guint64 lacking = parser->kind->must & ~parser->named;

	for (Field field = 0; field < N_FIELDS; field++)
		if ((lacking & FIELD_BIT(field)) != 0)
			return refuse(parser, error,
			    "the field {%s} is missing: a mail of the kind %s tells it",
			    field_table[field].name, parser->kind->name);
	return TRUE;
}

Template *
template_parse(const char *file, const char *text, const KindInfo *kind, GError **error)
{
	g_autoptr(Template) item = g_new0(Template, 1);
	g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));
	Parser parser = { .file = file, .kind = kind, .line = 1, .open = open };
	const char *body = text;

	item->parts = g_ptr_array_new_with_free_func(part_free);
	if (!g_utf8_validate(text, -1, NULL)) {
		refuse(&parser, error, "the file is not UTF-8");
		return NULL;
	}
	if (!take_head(item, &parser, text, &body, error) ||
	    !add_part(item, &parser, NULL, body, error))
		return NULL;
	if (*body == '\0') {
		refuse(&parser, error, "the body is empty");
		return NULL;
	}
	if (!check_named(&parser, error))
		return NULL;
	return g_steal_pointer(&item);
}
