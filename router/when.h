/* A date as people write it: 20.12.2026, 2026-12-20, 20/12/26, 20 желтоқсан 2026 жылға
 * дейін, до 20 декабря, by December 20th, 2026.
 *
 * The day stands before the month.  A date without a year is the next such day.  What has
 * the form of a date and is none (31.02., 2026-13-01) is told apart from no date at all;
 * nothing is ever guessed into being possible. */
#pragma once

#include "command.h"
#include "day.h"
#include "row.h"

typedef enum { WHEN_NONE, WHEN_DATE, WHEN_IMPOSSIBLE } When;

/* Is there a date at this word, behind words like "until"?  *ret_behind is the first word
 * behind it, *ret_day the day. */
When when_read(const Phrases *phrases, const Row *row, guint at, Day today, Day *ret_day,
    guint *ret_behind);
