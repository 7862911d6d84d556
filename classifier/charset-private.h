/* What decoding and repairing share. */
#pragma once

#include <glib.h>

/* The single-byte sets that are guessed, the likeliest first. */
typedef enum {
	BYTES_WINDOWS_1251,
	BYTES_KOI8_R,
	BYTES_KZ_1048,
	BYTES_CP866,
	BYTES_ISO_8859_5,
	BYTES_MAC_CYRILLIC,
	BYTES_PT154,
	BYTES_WINDOWS_1252,
	N_BYTES,
} Bytes;

extern const char *const charset_bytes_names[]; /* "windows-1251" … */

/* The lower-case name that we use for what was declared, or NULL for nonsense. */
const char *charset_canonical_name(const char *declared, char ret_buffer[static 41]);
/* The whole of the bytes in that set, or NULL. */
char *charset_decode_strictly(const char *bytes, gsize length, const char *name);
/* A NUL is valid in many sets and ends every C string: it becomes U+FFFD.  Takes `text`.
 */
char *charset_replace_nul(char *text, gsize length);

/* byte → code point, U+FFFD where the set has none. */
const gunichar *charset_bytes_table(Bytes set);
/* The decoded text, without NUL. */
char *charset_bytes_decode(Bytes set, const char *bytes, gsize length);
/* cyrillic_score() of a sample of the text. */
double charset_text_score(const char *text, gsize length, guint *ret_counted);

/* A word or two are not enough to say that a text reads badly. */
#define CHARSET_FEWEST_COUNTED 10

/* Undoes a wrong decoding of the past where that makes the text clearly better: returns
 * the new text and the set that was taken for the right one, or NULL. */
char *charset_repair(const char *text, gsize length, double score, const char **ret_from,
    const char **ret_to);

/* The same for each line that reads badly by itself; from and to are those of the last
 * one. */
char *charset_repair_lines(const char *text, const char **ret_from, const char **ret_to);
