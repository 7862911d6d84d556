#include "retry.h"

gint64
retry_delay(const Post *post, gint64 n, guint32 chance)
{
	gint64 delay = post->retry_first;

	while (n-- > 1 && delay < post->retry_most)
		delay *= 2;
	delay = MIN(delay, post->retry_most);
	return delay + (gint64)((guint64)delay * (chance % 1000) / 5000);
}

gboolean
retry_is_over(const Post *post, const Notice *notice, gint64 next_at)
{
	return next_at > MAX(notice->created_at, notice->not_before) + post->retry_for;
}
