/* When to try again. */
#pragma once

#include "notice.h"
#include "post.h"

/* Seconds until the next try after the n-th (from 1): retry_first, doubling to
 * retry_most, up to a fifth more by chance, so that many don't come back at once.
 * `chance` is any number. */
gint64 retry_delay(const Post *post, gint64 n, guint32 chance);

/* TRUE when a try at `next_at` would come after the notice's time: retry_for after it was
 * owed or wanted. */
gboolean retry_is_over(const Post *post, const Notice *notice, gint64 next_at);
