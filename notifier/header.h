/* Header values as they stand in the mail, folded, with names and subjects in encoded
 * words.
 *
 * Some readers lose a word when the one before it ends in base64 padding, so no word but
 * the last has any: each holds a number of bytes that three divides. */
#pragma once

#include <glib.h>

/* "Subject" text; `column` is where it begins. */
char *header_text(const char *text, gsize column);
/* name <address>; the address alone when there is no name. */
char *header_mailbox(const char *name, const char *address, gsize column);
