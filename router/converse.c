#include "converse.h"

#include "answer.h"
#include "bounce.h"
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

/* The case, and the letter without one, that it is about; 0 for none.  FAULT_LETTER when
 * it is not here: a store from a backup has not seen all that we wrote. */
static gboolean
find_matter(const Desk *desk, const Reply *reply, gint64 *ret_case, gint64 *ret_letter,
    GError **error)
{
	g_autoptr(Answer) answer = NULL;
	g_autoptr(Case) item = NULL;
	g_autoptr(Letter) held = NULL;

	*ret_case = *ret_letter = 0;
	switch (reply->kind) {
	case REPLY_OFFICIAL:
	case REPLY_FOLLOW_UP:
		item = store_case_get(desk->store, reply->id, error);
		*ret_case = reply->id;
		return item != NULL;
	case REPLY_APPROVAL:
		answer = store_answer_get(desk->store, reply->id, error);
		*ret_case = answer != NULL ? answer->case_id : 0;
		return answer != NULL;
	case REPLY_DECISION:
		held = store_letter_get(desk->store, reply->id, error);
		*ret_letter = reply->id;
		return held != NULL;
	default:
		return TRUE;
	}
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

/* Why a person must read it, or NULL. */
static gboolean
find_hold(const Desk *desk, const Letter *letter, const Reply *reply,
    const char **ret_hold, GError **error)
{
	gboolean citizen = reply->kind == REPLY_FOLLOW_UP || reply->kind == REPLY_ASKS;
	g_autoptr(GError) failure = NULL;
	gboolean loop = FALSE;

	*ret_hold = reply->hold;
	if (!is_loop(desk, letter, reply, &loop, &failure)) {
		if (!g_error_matches(failure, FAULT, FAULT_LETTER))
			return fault_hand_on(g_steal_pointer(&failure), error);
		*ret_hold = "unproven";
	}
	if (loop)
		*ret_hold = "loop";
	if (citizen && letter->verdict->urgent)
		*ret_hold = "urgent";
	return TRUE;
}

gboolean
converse(const Desk *desk, const Letter *letter, const Reply *reply, Deed *ret_deed,
    GError **error)
{
	*ret_deed = (Deed){ 0 };
	if (!find_hold(desk, letter, reply, &ret_deed->hold, error))
		return FALSE;
	if (ret_deed->hold != NULL)
		return TRUE;
	switch (reply->kind) {
	case REPLY_BOUNCE:
		ret_deed->done = "bounce";
		return bounce_take(desk, letter, error);
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
