/* Attachments: listed by name, type and size, never opened. */
#pragma once

#include "reading.h"

/* A file name fit for showing and for saving: the last path component, one clean line, at
 * most 200 bytes with its ending kept; "attachment" when nothing is left. */
char *attachment_name_clean(const char *name);

/* Lists one; the name may be NULL or anything.  Beyond LIMIT_ATTACHMENTS nothing is
 * listed. */
void attachment_list(Reading *reading, const char *name, const char *type, gsize size);

/* Takes "begin 644 name … end" blocks out of a plain text and lists them. */
char *attachment_take_uuencoded(const char *text, Reading *reading);

/* Takes PGP's armour off a signed text; a signature, or an encrypted text, is listed. */
char *attachment_take_armour(const char *text, Reading *reading);
