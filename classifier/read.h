/* From bytes to what a person would read: MIME, character sets, encoded words, HTML,
 * quotes. Judges nothing, and fills no field of the Reading under "who and what". */
#pragma once

#include "quotes.h"
#include "reading.h"

/* Opens what reading needs, before the process gives up its rights.  Call it once. */
void letter_read_prepare(void);

/* Reads one letter.  `whole` is FALSE when only the header and first text are there.
 * FAULT_LETTER when it breaks a limit that is looked at before parsing (the text names
 * the limit); anything else is read as well as it can be.  `quotes` may be NULL: only ">"
 * marks quote then. */
Reading *letter_read(GBytes *raw, gboolean whole, const Quotes *quotes, GError **error);
