/* The words of one language that stand between the templates: dates written out, names of
 * topics, what is missing, why a letter is held.  They come from words.txt beside the
 * language's templates, and every language must have the same ones. */
#pragma once

#include <glib.h>

typedef struct Words Words;

/* Loads FOLDER/words.txt; FAULT_SETUP names the file, the group and the word that is
 * missing or wrong. */
Words *words_load(const char *folder, GError **error);
void words_free(Words *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Words, words_free)

/* "2026-12-11" written out in one of the forms of words.txt: "date" («11 декабря 2026
 * года»), "short" (with its weekday, without its year), "plain" («11 декабря») or
 * "number" («11.12.2026»).
 * Anything else is given back as it is. */
char *words_date(const Words *words, const char *form, const char *day);
/* "2026-11-22T14:35", local time, written out with its date; and the hour alone. */
char *words_moment(const Words *words, const char *moment);
char *words_time(const Words *words, const char *moment);

/* A word of a group ("topics", "academic"), or NULL. */
const char *words_find(const Words *words, const char *group, const char *name);
/* Puts values into the word's {name} places; the pairs name, value end with NULL. */
char *words_phrase(
    const Words *words, const char *group, const char *name, ...) G_GNUC_NULL_TERMINATED;

/* TRUE when both have the same groups and names; else FAULT_SETUP names the first that
 * `words` lacks. */
gboolean words_match(const Words *words, const Words *model, GError **error);
