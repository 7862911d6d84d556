/* Bytes to text, when the character set is declared, not declared, or declared wrongly.
 *
 * The declared set is tried strictly; then UTF-8; then the single-byte sets that Kazakh
 * and Russian mail programs have used are weighed against each other.  A text that still
 * reads badly has often been decoded wrongly once before it reached us; such damage is
 * undone when the result is clearly better.  Nothing is ever dropped silently: what can't
 * be decoded becomes U+FFFD.
 *
 * Keeps open converters for the process; not for use by several threads. */
#pragma once

#include <glib.h>

/* Returns valid UTF-8 without NUL, never NULL.  `declared` may be NULL, and so may
 * `hint`, the set of the letter's other parts, which wins among equals.  *ret_how (may be
 * NULL) tells how it was decoded: "utf-8", "windows-1251 (guessed)", "utf-8 (damaged)",
 * "utf-8 (repaired from windows-1251)". */
char *charset_decode(const char *bytes, gsize length, const char *declared,
    const char *hint, char **ret_how);

/* TRUE when the bytes are a whole text in the declared set: what tells a split character
 * from two damaged ones. */
gboolean charset_fits(const char *bytes, gsize length, const char *declared);

/* Opens the converters that most letters need, before the process gives up its rights. */
void charset_prepare(void);
