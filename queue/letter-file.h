/* A letter written anew from what was read of it, without personal data: plain text, an
 * invented sender, no header that could lead to him, and in place of each attachment an
 * empty one of its type. */
#pragma once

#include "letter.h"
#include "mask.h"

/* `id` names the letter in its Message-ID.  NULL with FAULT_LETTER. */
char *letter_file_redacted(
    const Letter *letter, const char *id, Mask *mask, GError **error);
