#include "reply.h"

#include "bounce.h"
#include "case.h"
#include "citizen.h"
#include "notice.h"
#include "token.h"

#include <string.h>

#define DAY_SECONDS (24 * 3600)

/* What is known of the letter while it is looked at. */
typedef struct {
	const Desk *desk;
	const Letter *letter;
	Notice *notice; /* the mail of ours that it answers, or NULL */
	GArray *tokens; /* of Token */
} Look;

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

/* --- machines --- */

/* Written by no person, or by ourselves.  A mail program that merely asks for silence,
 * and an address to which nobody may write, belong to persons too. */
static gboolean
is_automatic(const Look *look)
{
	static const char *const codes[] = { "report", "null-sender", "auto-submitted",
		"autoreply", "list", "bulk", "calendar", "loop", NULL };
	const Reading *reading = look->letter->reading;

	return reading->kind == KIND_AUTO || reading->kind == KIND_BOUNCE ||
	    look->letter->verdict->outcome == OUTCOME_IGNORE ||
	    is_same_address(
		reading->from_address, look->desk->router->university.address) ||
	    (reading->no_answer != NULL && g_strv_contains(codes, reading->no_answer));
}

/* --- secrets --- */

/* The moderator's secrets serve only who is the moderator now. */
static gboolean
fits(const Look *look, const Keys *keys, const Token *token)
{
	const Router *router = look->desk->router;
	const Reading *reading = look->letter->reading;

	return reading->from_address != NULL &&
	    token_fits(keys, token, reading->from_address) &&
	    (token->purpose == 'c' ||
		is_same_address(reading->from_address, router->university.moderator)) &&
	    (router->reply.authserv_id == NULL ||
		reply_is_authentic(reading->authentication, router->reply.authserv_id));
}

static gboolean
find_proven(const Look *look, Reply *ret_reply, GError **error)
{
	const Desk *desk = look->desk;
	const Keys *keys = keyring_keys(desk->router->reply.ring, store_path(desk->store),
	    day_of_instant(desk->now, desk->router->zone, NULL), error);

	if (keys == NULL)
		return FALSE;
	*ret_reply = (Reply){ .kind = REPLY_HOLD, .hold = "unproven" };
	for (guint i = 0; i < look->tokens->len; i++) {
		const Token *token = &g_array_index(look->tokens, Token, i);

		if (fits(look, keys, token)) {
			*ret_reply =
			    (Reply){ .kind = token->purpose == 'c' ? REPLY_OFFICIAL
					: token->purpose == 'a'    ? REPLY_APPROVAL
								   : REPLY_DECISION,
				    .id = token->id };
			return TRUE;
		}
	}
	return TRUE;
}

/* --- citizens --- */

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

/* An answer to a refusal: what was missing, in time and from the author himself, or
 * something for a person to read. */
static gboolean
find_refused(const Look *look, Reply *ret_reply, GError **error)
{
	const Reading *reading = look->letter->reading;
	gint64 until = look->notice->created_at +
	    (gint64)look->desk->router->reply.completion_days * DAY_SECONDS;
	g_autoptr(Letter) first =
	    store_letter_get(look->desk->store, look->notice->letter, error);

	if (first == NULL)
		return FALSE;
	*ret_reply = (Reply){ .kind = REPLY_HOLD, .hold = "reply" };
	if (first->reading == NULL ||
	    !is_same_address(first->reading->from_address, reading->from_address))
		return TRUE;
	if (g_strcmp0(first->state, "closed") == 0 &&
	    g_strcmp0(first->state_why, "rejected") == 0 && first->decided_by == NULL &&
	    look->letter->received_at <= until && brings_something(first, reading))
		*ret_reply = (Reply){ .kind = REPLY_COMPLETION, .id = first->id };
	return TRUE;
}

static gboolean
is_author_of(const Look *look, const Case *item, gboolean *ret_author, GError **error)
{
	g_autoptr(Letter) first =
	    store_letter_get(look->desk->store, item->letter, error);

	*ret_author = first != NULL && first->reading != NULL &&
	    is_same_address(
		first->reading->from_address, look->letter->reading->from_address);
	return first != NULL;
}

/* The case in whose thread he writes, or whose number he names; NULL for none. */
static gboolean
find_case(const Look *look, Case **ret_case, GError **error)
{
	const char *number = look->letter->reading->case_number;
	g_autoptr(GError) failure = NULL;

	*ret_case = NULL;
	if (look->notice != NULL && look->notice->case_id != 0 &&
	    g_str_equal(look->notice->role, "citizen"))
		*ret_case =
		    store_case_get(look->desk->store, look->notice->case_id, &failure);
	else if (number != NULL)
		*ret_case = store_case_by_number(look->desk->store, number, &failure);
	if (g_error_matches(failure, FAULT, FAULT_LETTER)) /* there is none */
		g_clear_error(&failure);
	return fault_hand_on(g_steal_pointer(&failure), error);
}

static gboolean
find_follow_up(const Look *look, Reply *ret_reply, GError **error)
{
	const Reading *reading = look->letter->reading;
	g_autoptr(Case) item = NULL;
	gboolean author = FALSE;

	if (!find_case(look, &item, error) ||
	    (item != NULL && !is_author_of(look, item, &author, error)))
		return FALSE;
	if (author)
		*ret_reply = (Reply){ .kind = REPLY_FOLLOW_UP, .id = item->id };
	else if (reading->case_number != NULL &&
	    (reading->kind == KIND_STATUS ||
		citizen_asks_status(look->desk->router->reply.follow_ups, reading)))
		*ret_reply = (Reply){ .kind = REPLY_ASKS };
	/* The author with another address of his, perhaps: no machine refuses that. */
	else if (look->notice != NULL && look->letter->verdict->outcome == OUTCOME_REJECT)
		*ret_reply = (Reply){ .kind = REPLY_HOLD, .hold = "reply" };
	return TRUE;
}

/* --- in this order --- */

static gboolean
find_kind(const Look *look, Reply *ret_reply, GError **error)
{
	const Notice *notice = look->notice;
	gboolean bounce;

	if (!bounce_is_ours(look->desk, look->letter, &bounce, error))
		return FALSE;
	if (bounce) {
		ret_reply->kind = REPLY_BOUNCE;
		return TRUE;
	}
	if (is_automatic(look)) {
		if (notice != NULL || look->tokens->len > 0)
			ret_reply->kind = REPLY_AUTOMATIC;
		return TRUE;
	}
	if (look->tokens->len > 0)
		return find_proven(look, ret_reply, error);
	if (is_staff(look->desk->router, look->letter->reading->from_address)) {
		*ret_reply = (Reply){ .kind = REPLY_HOLD, .hold = "staff" };
		return TRUE;
	}
	if (notice != NULL && notice->letter != 0 &&
	    g_str_equal(notice->kind, "rejection") &&
	    !find_refused(look, ret_reply, error))
		return FALSE;
	return ret_reply->kind != REPLY_NONE || find_follow_up(look, ret_reply, error);
}

gboolean
reply_find(const Desk *desk, const Letter *letter, Reply *ret_reply, GError **error)
{
	const Reading *reading = letter->reading;
	g_autofree char *ids = NULL;
	g_autoptr(Notice) notice = NULL;
	g_autoptr(GArray) tokens = NULL;
	g_autoptr(GError) failure = NULL;

	*ret_reply = (Reply){ 0 };
	if (reading == NULL || letter->decided_by != NULL || letter->completed_by != 0)
		return TRUE;
	ids = g_strjoin(" ", reading->references != NULL ? reading->references : "",
	    reading->in_reply_to, NULL);
	notice = store_notice_referred(desk->store, ids, &failure);
	if (!fault_hand_on(g_steal_pointer(&failure), error))
		return FALSE;
	tokens = token_find(
	    reading->subject, reading->recipients, desk->router->university.address);
	return find_kind(
	    &(Look){ .desk = desk, .letter = letter, .notice = notice, .tokens = tokens },
	    ret_reply, error);
}
