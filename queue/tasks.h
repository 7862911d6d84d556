/* What a person must do by hand, since mail could not: list --tasks, done. */
#pragma once

#include "program.h"

#include <glib.h>

/* All open tasks, or the first `limit`. */
gboolean tasks_list(Program *program, gint64 limit, GError **error);

/* Those about a letter and its case, for show; the text has a heading, unless there is
 * none. */
gboolean tasks_print(const Program *program, gint64 letter, GError **error);
gboolean tasks_add_json(
    const Program *program, gint64 letter, GString *json, GError **error);
