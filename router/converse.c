#include "converse.h"

#include "citizen.h"
#include "moderate.h"
#include "obey.h"

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

gboolean
converse(const Desk *desk, const Letter *letter, const Reply *reply, Deed *ret_deed,
    GError **error)
{
	gboolean citizen = reply->kind == REPLY_FOLLOW_UP || reply->kind == REPLY_ASKS;

	*ret_deed = (Deed){ .hold = reply->hold };
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
