/* All that is known of one letter and its case, for show: read once, told as text or as
 * JSON. */
#pragma once

#include "case.h"
#include "letter.h"
#include "program.h"

typedef struct {
	Program *program;
	Letter *letter;
	Case *item; /* NULL: it has none */
	char *why;  /* its state's reason, or NULL */
	char *complains_of;
} Story;

gboolean show_json(const Story *story, GError **error);
