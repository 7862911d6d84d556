/* Facts: the JSON object that a notice carries beside its case and letter, for its words.
 */
#pragma once

#include "case.h"
#include "letter.h"

#include <json-glib/json-glib.h>

JsonBuilder *facts_new(void);
/* The object as text; the builder is done with. */
char *facts_end(JsonBuilder *facts);

/* A NULL value is left out. */
void facts_text(JsonBuilder *facts, const char *name, const char *value);
void facts_number(JsonBuilder *facts, const char *name, gint64 value);
void facts_mark(JsonBuilder *facts, const char *name, gboolean value);

/* Every rule that is broken, the main one first, and what 5.4 misses. */
void facts_rules(JsonBuilder *facts, const Verdict *verdict);
/* whole, urgent, confidential, attachments. */
void facts_letter(JsonBuilder *facts, const Letter *letter);
/* The topic, and the second one where it is another. */
void facts_topics(JsonBuilder *facts, const Verdict *verdict);
/* What the official's calendar does with the case: "request" or "cancel". */
void facts_calendar(JsonBuilder *facts, const Case *item, const char *what);
