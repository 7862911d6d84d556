#include "moderate.h"

#include "answering.h"
#include "command.h"
#include "notice.h"
#include "owe-case.h"
#include "remind.h"

#define MODERATOR "moderator"
/* A decision wants a reason; his word is one. */
#define NO_REASON "by mail"

typedef struct {
	const Desk *desk;
	const Letter *letter;
	Command command;
	Deed *deed;
	/* what is decided */
	Answer *answer;
	Case *item;
	Letter *held;
} Order;

static gint64
held_id(const Order *order)
{
	return order->held != NULL ? order->held->id : 0;
}

static gboolean
close_letter(const Order *order, const char *outcome, GError **error)
{
	return store_letter_close(order->desk->store, order->letter->id, outcome, NULL,
	    order->desk->now, error);
}

static gboolean
refuse(const Order *order, const char *why, GError **error)
{
	const Refused refused = { .command = command_names[order->command.kind],
		.why = why,
		.purpose = order->answer != NULL ? 'a' : 'h',
		.id = order->answer != NULL ? order->answer->id : held_id(order) };

	order->deed->done = why;
	return close_letter(order, "not-obeyed", error) &&
	    owe_command_refused(order->desk, order->letter, TRUE, order->item,
		held_id(order), &refused, error);
}

static gboolean
confirm(const Order *order, const Done *done, GError **error)
{
	return owe_confirmation_moderator(
	    order->desk, order->letter, order->item, held_id(order), done, error);
}

static gboolean
tell_decided(const Order *order, const char *by, const char *what, GError **error)
{
	order->deed->done = "already decided";
	return close_letter(order, "not-obeyed", error) &&
	    owe_already_decided(
		order->desk, order->letter, order->item, held_id(order), by, what, error);
}

/* --- answers --- */

static gboolean
keep_step(const Order *order, StepKind kind, GError **error)
{
	const Step step = { .case_id = order->item->id,
		.letter = order->letter->id,
		.kind = kind,
		.who = MODERATOR,
		.text = order->command.text };

	return store_step(order->desk->store, &step, order->desk->now, error);
}

static gboolean
approve(const Order *order, GError **error)
{
	const Desk *desk = order->desk;
	const Answer *answer = order->answer;
	const Done done = { .command = "approve" };
	const Done sent = { .command = "answer", .calendar = "cancel" };
	g_autoptr(Letter) mail = store_letter_get(desk->store, answer->letter, error);

	order->deed->done = "answer approved";
	return mail != NULL && close_letter(order, "obeyed", error) &&
	    store_answer_decide(
		desk->store, answer->id, ANSWER_APPROVED, MODERATOR, desk->now, error) &&
	    keep_step(order, STEP_APPROVAL, error) &&
	    answering_send(desk, mail, order->item, answer->official, error) &&
	    owe_confirmation(desk, mail, order->item, &sent, error) &&
	    confirm(order, &done, error);
}

static gboolean
return_answer(const Order *order, GError **error)
{
	const Desk *desk = order->desk;
	const Done done = { .command = "return" };

	order->deed->done = "answer returned";
	return close_letter(order, "obeyed", error) &&
	    store_answer_decide(desk->store, order->answer->id, ANSWER_RETURNED,
		MODERATOR, desk->now, error) &&
	    keep_step(order, STEP_RETURN, error) &&
	    (answering_is_over(order->item) || remind_case(desk, order->item, error)) &&
	    owe_answer_returned(
		desk, order->item, "remark", order->command.text, error) &&
	    confirm(order, &done, error);
}

static gboolean
decide_answer(const Order *order, GError **error)
{
	const Answer *answer = order->answer;

	if (answer->state != ANSWER_WAITING)
		return tell_decided(
		    order, answer->decided_by, answer_names[answer->state], error);
	if (order->command.why != NULL)
		return refuse(order, order->command.why, error);
	return order->command.kind == COMMAND_APPROVE ? approve(order, error)
						      : return_answer(order, error);
}

/* --- held letters --- */

/* A letter that nobody holds any more: who moved it on, and to what. */
static gboolean
tell_gone(const Order *order, GError **error)
{
	const Letter *held = order->held;
	gboolean person = held->decided_by != NULL;

	return tell_decided(order, person ? held->decided_by : "rector-router",
	    person ? outcome_names[held->verdict->outcome] : held->state, error);
}

static gboolean
decide_as(const Order *order, Outcome outcome, GError **error)
{
	const Desk *desk = order->desk;
	const Command *command = &order->command;
	const Official *official =
	    officials_find(desk->router->officials, command->official);
	const Done done = { .command = command_names[command->kind],
		.topic = command->topic >= 0 ? topic_names[command->topic] : NULL,
		.to = official != NULL ? official->name : NULL,
		.rule = command->rule >= 0 ? rule_names[command->rule] : NULL };

	order->deed->done = outcome_names[outcome];
	return close_letter(order, "obeyed", error) &&
	    store_letter_decide(desk->store, order->held->id, outcome, command->rule,
		command->topic, command->official, MODERATOR,
		command->text != NULL ? command->text : NO_REASON, desk->now, error) &&
	    store_notices_cancel_letter(
		desk->store, order->held->id, "decided", desk->now, error) &&
	    confirm(order, &done, error);
}

static gboolean
decide_letter(const Order *order, GError **error)
{
	const Letter *held = order->held;

	if (!g_str_equal(held->state, "held") && !g_str_equal(held->state, "stuck"))
		return tell_gone(order, error);
	if (order->command.why != NULL)
		return refuse(order, order->command.why, error);
	if (order->command.kind == COMMAND_REJECT)
		return decide_as(order, OUTCOME_REJECT, error);
	/* Whom it complains of is the topic's own: only a name says whose it is then. */
	if (g_strcmp0(held->state_why, "complaint-of-official") == 0 &&
	    order->command.official == NULL)
		return refuse(order, "no-official", error);
	return decide_as(order, OUTCOME_ACCEPT, error);
}

/* --- both --- */

static void
read_command(Order *order, Speaker speaker)
{
	const Router *router = order->desk->router;

	command_read(router->reply.commands, router->reply.keys,
	    order->letter->reading->text, speaker,
	    day_of_instant(order->letter->received_at, router->zone, NULL),
	    &order->command);
}

gboolean
moderate_answer(
    const Desk *desk, const Letter *letter, gint64 answer, Deed *ret_deed, GError **error)
{
	g_autoptr(Answer) found = store_answer_get(desk->store, answer, error);
	g_autoptr(Case) item =
	    found != NULL ? store_case_get(desk->store, found->case_id, error) : NULL;
	Order order = { .desk = desk,
		.letter = letter,
		.deed = ret_deed,
		.answer = found,
		.item = item };
	gboolean done;

	if (item == NULL)
		return FALSE;
	read_command(&order, SPEAKER_APPROVER);
	done = decide_answer(&order, error);
	command_clear(&order.command);
	return done;
}

gboolean
moderate_letter(
    const Desk *desk, const Letter *letter, gint64 held, Deed *ret_deed, GError **error)
{
	g_autoptr(Letter) found = store_letter_get(desk->store, held, error);
	Order order = { .desk = desk, .letter = letter, .deed = ret_deed, .held = found };
	gboolean done;

	if (found == NULL)
		return FALSE;
	read_command(&order, SPEAKER_HOLDER);
	done = decide_letter(&order, error);
	command_clear(&order.command);
	return done;
}
