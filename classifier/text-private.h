/* What the steps of text_parse() hand to each other. */
#pragma once

#include "text.h"

typedef struct {
	Text *text;
	GArray *lines, *sentences, *words, *links;
	char *folded; /* where the next folded spelling goes */
} Parser;

/* Fills links, in their order. */
void text_find_links(Parser *parser);
/* Tells the kinds of lines, after words and sentences are known. */
void text_find_line_kinds(Parser *parser);
