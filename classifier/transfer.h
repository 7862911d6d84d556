/* Content-Transfer-Encoding, undone so that nothing readable is lost: base64 with padding
 * or rubbish in the middle, quoted-printable with bad escapes. */
#pragma once

#include <glib.h>

typedef enum {
	TRANSFER_NONE,
	TRANSFER_BASE64,
	TRANSFER_QUOTED,
	TRANSFER_UUENCODE
} Transfer;

/* From the header's value; an unknown name is NONE, but "base-64" and the like are
 * understood. */
Transfer transfer_from_name(const char *name);

/* Base64 decodes each run between paddings by itself. */
GString *transfer_decode(Transfer transfer, const char *bytes, gsize length);
/* The same for a text, whose bytes show when the declaration is wrong: base64 that was
 * not declared is decoded, and what is no base64 is left as it is. */
GString *transfer_decode_text(Transfer transfer, const char *bytes, gsize length);
/* How long the decoded bytes are, about; never decodes. */
gsize transfer_decoded_size(Transfer transfer, const char *bytes, gsize length);
