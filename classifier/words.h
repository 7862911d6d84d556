/* Header values as mail programs write them: folded lines, encoded words (RFC 2047), raw
 * eight-bit bytes, parameters (RFC 2231). */
#pragma once

#include <glib.h>

/* One line of clean UTF-8: no control or direction characters.  A character split over
 * two adjacent words is put together again.  `hint` as for charset_decode(). */
char *words_decode(const char *raw, gsize length, const char *hint);

/* The value of a parameter of a Content-Type or Content-Disposition, with its
 * continuations (name*0, name*1*), percent escapes and encoded words decoded; NULL when
 * there is none. */
char *words_parameter(const char *raw, gsize length, const char *name, const char *hint);

/* Makes one clean line of any valid UTF-8, in place: control characters, line ends and
 * blanks become one blank, direction and invisible marks go. */
char *words_clean(char *text);
