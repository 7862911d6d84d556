/* HTML to what a person sees of it, as plain text with LF lines.
 *
 * Scripts, styles, the head and hidden elements leave nothing; lines and paragraphs stay
 * apart; a link keeps its target in angle brackets when its words don't show it; each
 * line of a quoting element begins with "> ".  No tree is built, so depth costs nothing.
 */
#pragma once

#include "quotes.h"

/* `html` is valid UTF-8; at most LIMIT_HTML bytes of it are looked at. */
char *html_to_text(const char *html, gsize length, const Quotes *quotes);

/* The character set that a <meta> names near the beginning, or NULL. */
char *html_charset(const char *html, gsize length);
