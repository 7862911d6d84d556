/* 5.3 (4): advertising and commerce.  The sheet has the words; here is what a mail looks
 * like when it sells: pictures of excitement, many prices, a company's own address. */
#include "judge-private.h"

#include <string.h>

/* Neither the university's nor one where everybody has his mailbox. */
static gboolean
is_company(const Scene *scene)
{
	const char *address = scene->reading->from_address;
	const char *host = address != NULL ? strrchr(address, '@') : NULL;
	const Judge *judge = scene->judge;

	return host != NULL &&
	    !numbers_is_host(
		host + 1, strlen(host + 1), (const char *const *)judge->own_hosts) &&
	    !numbers_is_host(
		host + 1, strlen(host + 1), (const char *const *)judge->mail_hosts);
}

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
	if (is_company(scene))
		weigh_remark(weigh, "company", "its own domain", "header From");
}
