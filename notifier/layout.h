/* From the body of a template to what people read: text in lines of 72 columns, and the
 * same as simple HTML.
 *
 * A blank line ends a paragraph.  A line that begins with "- " is an item, with "> " a
 * quotation, with "| " a line of a letter that is passed on, with two blanks a line that
 * stays as it stands while it is not too long; all others are running text and are
 * filled, but a "\\" at the end of a line keeps its line end. */
#pragma once

#include <glib.h>

char *layout_plain(const char *body);
char *layout_html(const char *body, const char *language);
