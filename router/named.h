/* Does a text name this person?  In any case of Kazakh and Russian, in either alphabet,
 * with initials; by surname and given name together, since half the country bears each.
 */
#pragma once

#include "row.h"

typedef struct Named Named;

/* The row must live as long. */
Named *named_new(const Row *row);
void named_free(Named *named);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Named, named_free)

/* `name` is a full name, its words in any order. */
gboolean named_stands(const Named *named, const char *name);
