#include "answering.h"

#include "body.h"
#include "leak.h"
#include "notice.h"
#include "owe-case.h"
#include "remind.h"

/* Who returned an answer that the guard did not let through. */
#define GUARD "guard"

gboolean
answering_is_rude(const Letter *letter)
{
	return (letter->verdict->rules & (1u << RULE_OBSCENE | 1u << RULE_HATE)) != 0;
}

gboolean
answering_is_over(const Case *item)
{
	return g_str_equal(item->state, "answered") || g_str_equal(item->state, "closed");
}

/* 3.5, 6.5: what a citizen may not be sent.  A file may be all of the answer. */
static const char *
find_fault(const Desk *desk, const Letter *letter)
{
	Body body = body_find(desk->router->reply.commands, letter->reading->text);
	guint words = body_count_words(&body);

	if (answering_is_rude(letter))
		return "rude";
	if (letter->reading->attachments->len > 0 || words > 1)
		return NULL;
	return words == 0 ? "empty" : "short";
}

static gboolean
was_returned(const Desk *desk, const Case *item, gboolean *ret_returned, GError **error)
{
	g_autoptr(GPtrArray) answers = store_answers(desk->store, item->id, error);

	*ret_returned = FALSE;
	for (guint i = 0; answers != NULL && i < answers->len; i++)
		if (g_strcmp0(((const Answer *)answers->pdata[i])->decided_by, GUARD) ==
		    0)
			*ret_returned = TRUE;
	return answers != NULL;
}

static gboolean
keep_return(const Desk *desk, const Letter *letter, const Case *item, const char *fault,
    GError **error)
{
	const Step step = { .case_id = item->id,
		.letter = letter->id,
		.kind = STEP_RETURN,
		.who = GUARD,
		.text = fault };
	gint64 id;

	return store_answer_add(desk->store, item->id, letter->id, item->official,
		   desk->now, &id, error) &&
	    store_answer_decide(
		desk->store, id, ANSWER_RETURNED, GUARD, desk->now, error) &&
	    store_step(desk->store, &step, desk->now, error) &&
	    owe_answer_returned(desk, item, fault, NULL, error);
}

gboolean
answering_send(const Desk *desk, const Letter *letter, Case *item, const char *official,
    GError **error)
{
	const Step step = { .letter = letter->id, .who = official };

	if (!answering_is_over(item) &&
	    (!store_case_answer(desk->store, item, &step, desk->now, error) ||
		!remind_case_over(desk, item, "answered", error)))
		return FALSE;
	return owe_answer(desk, item, letter, error);
}

static gboolean
send_at_once(const Desk *desk, const Letter *letter, Case *item, GError **error)
{
	const Done done = { .command = "answer", .calendar = "cancel" };
	gint64 id;

	return store_answer_add(desk->store, item->id, letter->id, item->official,
		   desk->now, &id, error) &&
	    store_answer_decide(
		desk->store, id, ANSWER_APPROVED, "direct", desk->now, error) &&
	    answering_send(desk, letter, item, item->official, error) &&
	    owe_confirmation(desk, letter, item, &done, error);
}

static gboolean
ask_moderator(const Desk *desk, const Letter *letter, const Case *item, GPtrArray *codes,
    GError **error)
{
	const Done done = { .command = "answer", .pending = TRUE };
	gint64 id;

	return store_answer_add(desk->store, item->id, letter->id, item->official,
		   desk->now, &id, error) &&
	    store_notices_cancel(
		desk->store, item->id, "reminder", "answer-waits", desk->now, error) &&
	    owe_approval(desk, item, letter, id, codes, error) &&
	    owe_confirmation(desk, letter, item, &done, error);
}

gboolean
answering_take(
    const Desk *desk, const Letter *letter, Case *item, Deed *ret_deed, GError **error)
{
	const char *fault = find_fault(desk, letter);
	g_autoptr(GPtrArray) codes = leak_find(desk->store, item, letter->reading->text,
	    letter->reading->attachments, error);
	gboolean returned;

	if (codes == NULL || !was_returned(desk, item, &returned, error) ||
	    !store_letter_close(
		desk->store, letter->id, "answer", NULL, desk->now, error))
		return FALSE;
	if (fault != NULL && !returned) {
		ret_deed->done = "answer returned";
		return keep_return(desk, letter, item, fault, error);
	}
	if (fault != NULL)
		g_ptr_array_add(codes, (gpointer)fault);
	if (answering_is_over(item))
		g_ptr_array_add(codes, (gpointer) "closed");
	if (desk->router->reply.direct && codes->len == 0) {
		ret_deed->done = "answer sent";
		return send_at_once(desk, letter, item, error);
	}
	ret_deed->done = "answer waits";
	return ask_moderator(desk, letter, item, codes, error);
}
