/* How much a text reads like Russian or Kazakh: what decides between character sets that
 * all can be decoded.  Judged by pairs of letters, by capitals where none belong, and by
 * signs that words don't hold; accented Latin letters are weighed too, so that German in
 * windows-1252 stays German. */
#pragma once

#include <glib.h>

/* From about 1 (plain text) down to -6 (noise), the mean of what is not ASCII; 0 when
 * nothing can be said.  *ret_counted (may be NULL) is how many characters spoke. */
double cyrillic_score(const gunichar *characters, gsize length, guint *ret_counted);

/* How many signs ordinary letters lack, and how many of these are Cyrillic letters that
 * neither Russian nor Kazakh has: what Kazakh sets look like when they are taken for
 * windows-1251. Call cyrillic_score() first. */
gsize cyrillic_count_strange(
    const gunichar *characters, gsize length, gsize *ret_foreign);

/* What a text that was decoded rightly hardly ever falls below. */
#define CYRILLIC_BAD (-0.7)

/* The first characters of valid UTF-8 that are worth weighing: ASCII runs are skipped but
 * for a neighbour on each side.  Returns how many were written. */
gsize cyrillic_sample(
    const char *text, gsize length, gunichar *ret_characters, gsize most);
