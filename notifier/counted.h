/* How a due date was counted, in the reader's language, from the router's lines: a day or
 * a span ("2026-03-21..2026-03-25") and what it is ("off Nauryz", "day 1..2"). */
#pragma once

#include "words.h"

/* One line for each, by LF; NULL when there is none.  A line it does not know is left
 * out. */
char *counted_lines(const Words *words, const char *due_why);
