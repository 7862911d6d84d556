/* An event as one line of the queue log. */
#pragma once

#include "event.h"
#include "program.h"

#include <json-glib/json-glib.h>

/* As text, or as JSON where --json asks for it. */
void event_line_print(const Program *program, const Event *event);
/* The members of the JSON, into the object that is open. */
void event_line_add(JsonBuilder *builder, const Program *program, const Event *event);
