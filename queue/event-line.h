/* An event as one line of the queue log. */
#pragma once

#include "event.h"
#include "program.h"

#include <glib.h>

/* As text, or as JSON where --json asks for it. */
void event_line_print(const Program *program, const Event *event);
/* As a JSON object. */
void event_line_add(GString *json, const Program *program, const Event *event);
