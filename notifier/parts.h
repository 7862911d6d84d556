/* The parts of a mail: its text twice, what goes along, and how each travels unharmed. */
#pragma once

#include "material.h"
#include "mime.h"

/* The text and its HTML, the calendar entry, the original, the files of an answer. */
GMimeMultipart *parts_build(
    const char *body, const Material *material, const About *about, GBytes *original);

/* Lines as mail has them: CRLF and nothing else, not too long, no NUL. */
gboolean parts_are_mail_lines(const char *bytes, gsize length);
