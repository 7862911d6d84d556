#include "reply.h"

#include "case.h"
#include "notice.h"

#include <string.h>

static gboolean
is_same_address(const char *a, const char *b)
{
	g_autofree char *one = a != NULL ? g_utf8_strdown(a, -1) : NULL;
	g_autofree char *other = b != NULL ? g_utf8_strdown(b, -1) : NULL;

	return one != NULL && g_strcmp0(one, other) == 0;
}

static gboolean
is_staff(const Router *router, const char *address)
{
	const University *university = &router->university;

	for (guint i = 0; i < router->officials->len; i++)
		if (is_same_address(
			((const Official *)router->officials->pdata[i])->address,
			address))
			return TRUE;
	return is_same_address(university->moderator, address) ||
	    is_same_address(university->administrator, address) ||
	    is_same_address(university->office, address);
}

/* Whether the reply names something that the first letter missed. */
static gboolean
brings_something(const Letter *first, const Reading *reply)
{
	const char *missing = first->verdict != NULL ? first->verdict->missing : NULL;

	return missing != NULL &&
	    ((strstr(missing, "name") != NULL && reply->name != NULL) ||
		(strstr(missing, "phone") != NULL && reply->phone != NULL) ||
		(strstr(missing, "email") != NULL && reply->email != NULL));
}

/* The refused letter that this answer to its notice completes.  Only its own author can.
 */
static gboolean
find_incomplete(Store *store, const Notice *notice, const Letter *letter,
    gint64 *ret_first, GError **error)
{
	g_autoptr(Letter) first = NULL;

	*ret_first = 0;
	if (strcmp(notice->kind, "rejection") != 0 || notice->letter == 0)
		return TRUE;
	first = store_letter_get(store, notice->letter, error);
	if (first == NULL)
		return FALSE;
	if (g_strcmp0(first->state, "closed") == 0 &&
	    g_strcmp0(first->state_why, "rejected") == 0 && first->reading != NULL &&
	    first->decided_by == NULL &&
	    is_same_address(
		first->reading->from_address, letter->reading->from_address) &&
	    brings_something(first, letter->reading))
		*ret_first = first->id;
	return TRUE;
}

/* A question about a case by its number, from its own author.  No such case is no fault.
 */
static gboolean
names_own_case(Store *store, const Letter *letter, gboolean *ret_own, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Case) item = NULL;
	g_autoptr(Letter) first = NULL;

	*ret_own = FALSE;
	if (letter->reading->case_number == NULL)
		return TRUE;
	item = store_case_by_number(store, letter->reading->case_number, &failure);
	if (item != NULL)
		first = store_letter_get(store, item->letter, &failure);
	if (g_error_matches(failure, FAULT, FAULT_LETTER))
		return TRUE;
	*ret_own = first != NULL && first->reading != NULL &&
	    is_same_address(first->reading->from_address, letter->reading->from_address);
	return fault_hand_on(g_steal_pointer(&failure), error);
}

gboolean
reply_find(const Router *router, Store *store, const Letter *letter, Reply *ret_reply,
    GError **error)
{
	const Reading *reading = letter->reading;
	g_autofree char *ids = NULL;
	g_autoptr(Notice) notice = NULL;
	g_autoptr(GError) failure = NULL;
	gboolean own;

	*ret_reply = (Reply){ 0 };
	if (reading == NULL || letter->decided_by != NULL ||
	    letter->verdict->outcome == OUTCOME_IGNORE || letter->completed_by != 0)
		return TRUE;
	ids = g_strjoin(" ", reading->references != NULL ? reading->references : "",
	    reading->in_reply_to, NULL);
	notice = store_notice_referred(store, ids, &failure);
	if (!fault_hand_on(g_steal_pointer(&failure), error))
		return FALSE;
	if (notice != NULL) {
		if (!find_incomplete(store, notice, letter, &ret_reply->completes, error))
			return FALSE;
		ret_reply->hold = ret_reply->completes == 0 ? "reply" : NULL;
	} else if (is_staff(router, reading->from_address)) {
		ret_reply->hold = "staff";
	} else {
		if (!names_own_case(store, letter, &own, error))
			return FALSE;
		ret_reply->hold = own ? "reply" : NULL;
	}
	return TRUE;
}
