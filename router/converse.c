#include "converse.h"

#include "answer.h"
#include "citizen.h"
#include "moderate.h"
#include "notice.h"
#include "obey.h"

/* Two programs that answer each other unmarked, with the same words again and again: so
 * many mails an hour to one person about one matter, and a person looks instead.  Many
 * mails alone are no sign: a person may settle much in an hour. */
#define HOUR 3600
#define MOST_MAILS 6
#define MOST_REPEATS 2

/* No machine is ever answered, and what it writes is no answer. */
static gboolean
end_automatic(const Desk *desk, const Letter *letter, Deed *ret_deed, GError **error)
{
	const char *silent = owe_no_answer(letter);

	ret_deed->done = "automatic";
	return store_letter_close(desk->store, letter->id, "automatic",
	    silent != NULL ? silent : kind_names[letter->reading->kind], desk->now,
	    error);
}

static gboolean
about_case(const Desk *desk, const Letter *letter, const Reply *reply, Deed *ret_deed,
    GError **error)
{
	g_autoptr(Case) item = store_case_get(desk->store, reply->id, error);

	if (item == NULL)
		return FALSE;
	return reply->kind == REPLY_OFFICIAL
	    ? obey_official(desk, letter, item, ret_deed, error)
	    : citizen_join(desk, letter, item, ret_deed, error);
}

/* The case, and the letter without one, that it is about; 0 for none. */
static gboolean
find_matter(const Desk *desk, const Reply *reply, gint64 *ret_case, gint64 *ret_letter,
    GError **error)
{
	g_autoptr(Answer) answer = NULL;

	*ret_case = *ret_letter = 0;
	if (reply->kind == REPLY_OFFICIAL || reply->kind == REPLY_FOLLOW_UP)
		*ret_case = reply->id;
	if (reply->kind == REPLY_DECISION)
		*ret_letter = reply->id;
	if (reply->kind != REPLY_APPROVAL)
		return TRUE;
	answer = store_answer_get(desk->store, reply->id, error);
	if (answer != NULL)
		*ret_case = answer->case_id;
	return answer != NULL;
}

static gboolean
is_loop(const Desk *desk, const Letter *letter, const Reply *reply, gboolean *ret_loop,
    GError **error)
{
	gint64 case_id, held, mails = 0, repeats = 0, since = desk->now - HOUR;

	*ret_loop = FALSE;
	if (!find_matter(desk, reply, &case_id, &held, error))
		return FALSE;
	if (case_id == 0 && held == 0)
		return TRUE;
	if (!store_notices_exchanged(desk->store, case_id, held,
		letter->reading->from_address, since, &mails, error) ||
	    !store_letter_repeats(
		desk->store, letter->id, letter->received_at - HOUR, &repeats, error))
		return FALSE;
	*ret_loop = mails >= MOST_MAILS && repeats >= MOST_REPEATS;
	return TRUE;
}

gboolean
converse(const Desk *desk, const Letter *letter, const Reply *reply, Deed *ret_deed,
    GError **error)
{
	gboolean citizen = reply->kind == REPLY_FOLLOW_UP || reply->kind == REPLY_ASKS;

	gboolean loop;

	*ret_deed = (Deed){ .hold = reply->hold };
	if (!is_loop(desk, letter, reply, &loop, error))
		return FALSE;
	if (loop)
		ret_deed->hold = "loop";
	if (citizen && letter->verdict->urgent)
		ret_deed->hold = "urgent";
	if (ret_deed->hold != NULL)
		return TRUE;
	switch (reply->kind) {
	case REPLY_AUTOMATIC:
		return end_automatic(desk, letter, ret_deed, error);
	case REPLY_APPROVAL:
		return moderate_answer(desk, letter, reply->id, ret_deed, error);
	case REPLY_DECISION:
		return moderate_letter(desk, letter, reply->id, ret_deed, error);
	case REPLY_ASKS:
		return citizen_ask_unknown(desk, letter, ret_deed, error);
	default:
		return about_case(desk, letter, reply, ret_deed, error);
	}
}
