/* Address lists of header fields, as tolerant as real letters need: groups, comments,
 * names with bare commas, encoded words anywhere. */
#pragma once

#include <glib.h>

typedef struct {
	char *name;    /* decoded display name, or NULL */
	char *address; /* local@domain; NULL when what stands there is no address */
} Address;
void address_free(Address *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Address, address_free)

/* At most `most` entries of the list (of Address), in their order. */
GPtrArray *addresses_parse(const char *raw, gsize length, guint most, const char *hint);

/* One "@", something on both sides, no blanks, quotes, brackets or control characters. */
gboolean address_is_valid(const char *address);
