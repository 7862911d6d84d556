/* The gate every string passes on its way out.  A value with a line end in a header, or
 * in a command to the server, would become a second header or a second command. */
#pragma once

#include <glib.h>

/* One line that shows nothing it is not: control characters, line separators and the
 * marks that change the direction of writing become blanks, runs of blanks one, and at
 * most `most` characters stay.  NULL stays NULL; so does what is empty then. */
char *gate_line(const char *text, guint most);
/* The same for text of several lines: LF stays, the rest as above. */
char *gate_text(const char *text, gsize most, gboolean *ret_cut);

/* TRUE for "<left@right>" in printable ASCII: what may stand in Message-ID and
 * References. */
gboolean gate_is_message_id(const char *text);

/* The address as the server is told it: the domain as A-labels.  *ret_utf8 tells that the
 * part before the @ needs SMTPUTF8.  FAULT_LETTER when it is no bare address; the text
 * does not repeat it. */
char *gate_address(const char *address, gboolean *ret_utf8, GError **error);
