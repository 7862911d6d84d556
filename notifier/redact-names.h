/* Finds a person's name in a text: in either script, in any ending, with the initials
 * beside it. */
#pragma once

#include "redact-words.h"

/* Bytes from start to before end. */
typedef struct {
	gsize start, end;
} Span;

typedef struct RedactNames RedactNames;

RedactNames *redact_names_new(const RedactWords *words);
void redact_names_free(RedactNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RedactNames, redact_names_free)

/* Every part of a name, or of what may hold one; parts with fewer letters than `least`
 * are left out, NULL is nothing. */
void redact_names_add(RedactNames *names, const char *name, guint least);

/* Adds a span to the array for each place where the name stands. */
void redact_names_mark(const RedactNames *names, const char *text, GArray *spans);
