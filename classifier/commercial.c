/* 5.3 (4): advertising and commerce.  The sheet has the words; here is what a mail looks
 * like when it sells: pictures of excitement, many prices. */
#include "judge-private.h"

void
test_commercial(const Scene *scene, Weigh *weigh)
{
	const Text *text = scene->text;
	guint emoji = 0, prices = 0, step;

	for (const char *at = text->bytes; *at != '\0'; at += step) {
		gunichar c = fold_next(at, &step);

		emoji += (c >= 0x1f300 && c < 0x1fb00) || c == 0x2705 || c == 0x2728;
	}
	for (guint i = 0; i < scene->numbers->numbers->len; i++)
		prices += g_array_index(scene->numbers->numbers, Number, i).kind ==
		    NUMBER_MONEY;
	if (emoji >= 3)
		weigh_remark(weigh, "emoji", "three or more pictures", "subject, text");
	if (prices >= 2)
		weigh_remark(weigh, "prices", "two or more prices", "text");
}
