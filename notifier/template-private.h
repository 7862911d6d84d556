/* Within a template: what parsing makes and writing reads. */
#pragma once

#include "template.h"

typedef enum { NODE_TEXT, NODE_FIELD, NODE_IF, NODE_UNLESS, NODE_END } NodeType;
typedef enum {
	WRITE_PLAIN,
	WRITE_DATE,
	WRITE_SHORT,
	WRITE_TIME,
	WRITE_LIST,
	WRITE_QUOTE,
	WRITE_LETTER
} Filter;

/* A template is a row of nodes; a block's opening knows where it closes. */
typedef struct {
	NodeType type;
	char *text;
	Field field;
	Filter filter;
	guint closes; /* IF, UNLESS: the index of its END */
	guint line;
} Node;

typedef struct {
	const char *header; /* NULL for the body */
	GArray *nodes;
} Part;

struct Template {
	GPtrArray *parts;
};

/* The part of a line of the head, or with NULL of the body; NULL for none. */
const Part *template_part(const Template *item, const char *header);
