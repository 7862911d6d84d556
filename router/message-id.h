/* The names of mails, and the threads that hang on them (RFC 5322, 3.6.4). */
#pragma once

#include <glib.h>

/* A new one under the domain: 160 random bits, so nobody meets or guesses it. */
char *message_id_new(const char *domain);
/* The root that notices about one thing share; no mail bears it: "<letter.17@…>". */
char *message_id_root(const char *what, gint64 id, const char *domain);

/* Fit to stand in a header of ours?  Letters bring anything. */
gboolean message_id_is_valid(const char *id);
/* What an answer's References hold: those of the letter and its own id; NULL without an
 * id. The first and the newest are kept of a long row. */
char *message_id_references(const char *references, const char *id);
