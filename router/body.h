/* What the writer of a mail wrote himself: without the greeting before it, without the
 * signature and the disclaimer behind it. */
#pragma once

#include "row.h"

typedef struct {
	const char *text; /* belongs to the caller */
	gsize start, end; /* bytes: his own words */
} Body;

/* `words` are those of commands.txt; a text that is NULL is empty. */
Body body_find(const Phrases *words, const char *text);
/* Where the paragraph that begins at this byte, or behind it, ends. */
gsize body_paragraph_end(const Body *body, gsize at);
/* What stands between two bytes, without marks around; NULL when it has no word. */
char *body_take(const Body *body, gsize from, gsize until);
guint body_count_words(const Body *body);
