/* From bytes to what a person would read: MIME, character sets, encoded words, HTML, quotes.
 * Judges nothing, and fills no field of the Reading under "who and what". */
#pragma once

#include "reading.h"

/* Reads one letter.  `whole` is FALSE when only the header and first text are there.
 * FAULT_LETTER when it breaks a limit that is looked at before parsing (the text names the
 * limit); anything else is read as well as it can be. */
Reading *letter_read(GBytes *raw, gboolean whole, GError **error);
