/* Two forms of one letter, plain and rich: which of them is what the author says. */
#pragma once

#include <glib.h>

/* The plain text, unless it only points to the rich one; both, one below the other,
 * when they say different things: then each reader of the letter has seen another one. */
char *alternative_choose(const char *plain, const char *rich);
