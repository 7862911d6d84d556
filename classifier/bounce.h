/* What a mail that came back says: which recipient, what became of it, by which code, and
 * the Message-ID of the mail.  The bounce_… fields of a Reading.
 *
 * The standard form is read from the letter's parts (RFC 3464, RFC 6533), of which the
 * worst recipient counts.  Exim, qmail, Mail.ru, Yandex and old Exchange servers write
 * prose, which data/bounces.txt knows.  A report that lies within a letter that somebody
 * passes on is his letter's matter, and none of ours. */
#pragma once

#include "reading.h"
#include <gmime/gmime.h>

/* Reads the parts, and the header's X-Failed-Recipients. */
void bounce_read(Reading *reading, GMimeObject *letter);

/* How servers word it. */
typedef struct Bounces Bounces;

/* A mistake reads "file:line: what was expected" (FAULT_SETUP). */
Bounces *bounces_load(const char *file, GError **error);
void bounces_free(Bounces *bounces);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bounces, bounces_free)

/* Adds what the parts did not say from the Reading's text, once its kind is known; of
 * what is no bounce the fields become NULL. */
void bounce_fill(const Bounces *bounces, Reading *reading);

/* The enhanced status code (RFC 3463) at the beginning of a text, "5.1.1", or NULL. */
char *bounce_code(const char *text);
/* The code at the beginning of a text that has only an old one, "550" -> "5.0.0". */
char *bounce_reply_code(const char *text);
