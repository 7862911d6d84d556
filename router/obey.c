#include "obey.h"

#include "answering.h"
#include "choose.h"
#include "command.h"
#include "leak.h"
#include "owe-case.h"
#include "remind.h"

#include <string.h>

#define EXTENSION_MONTHS 2 /* APPC art. 76 (3) */

typedef struct {
	const Desk *desk;
	const Letter *letter;
	Case *item;
	Command command;
	Day today; /* on which the mail came: the day of its decision */
	Day max;   /* beyond which no extension goes; 0 beyond the calendar */
	Deed *deed;
} Order;

static Day
earlier(Day one, Day other)
{
	return one == 0 || other == 0 ? 0 : MIN(one, other);
}

/* Two months from a day, to the next working day. */
static Day
months_after(const Router *router, Day day)
{
	return day == 0 ? 0
			: calendar_working_day(router->calendar,
			      day_add_months(day, EXTENSION_MONTHS), 0, NULL);
}

/* Two months from the decision; for a second one the first one's limit holds on. */
static Day
find_limit(const Order *order)
{
	const Router *router = order->desk->router;
	const Case *item = order->item;
	Day max = months_after(router, order->today);

	if (router->reply.strict_limit)
		max = earlier(max, months_after(router, day_parse(item->registered_on)));
	if (item->extended_max != NULL)
		max = earlier(max, day_parse(item->extended_max));
	return max;
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
	const Case *item = order->item;
	g_autofree char *max = order->max != 0 ? day_format(order->max) : NULL;
	gboolean his = g_str_equal(why, "not-yours");
	const Refused refused = { .command = order->command.kind == COMMAND_NONE
		    ? "answer"
		    : command_names[order->command.kind],
		.why = why,
		.max = order->command.kind == COMMAND_EXTEND ? max : NULL,
		.by = his ? item->official_name : NULL };

	order->deed->done = why;
	return close_letter(order, "not-obeyed", error) &&
	    owe_command_refused(
		order->desk, order->letter, FALSE, item, 0, &refused, error);
}

/* One line without what directs or hides text: a citizen reads it in a mail of ours. */
static char *
one_line(const char *text)
{
	GString *line = g_string_new(NULL);
	gboolean blank = FALSE;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar letter = g_utf8_get_char(text);
		GUnicodeType type = g_unichar_type(letter);

		if (g_unichar_isspace(letter) || type == G_UNICODE_CONTROL) {
			blank = line->len > 0;
		} else if (type != G_UNICODE_FORMAT && type != G_UNICODE_UNASSIGNED &&
		    type != G_UNICODE_PRIVATE_USE) {
			if (blank)
				g_string_append_c(line, ' ');
			blank = FALSE;
			g_string_append_unichar(line, letter);
		}
	}
	return g_string_free(line, FALSE);
}

/* --- extend --- */

static gboolean
extend_to(const Order *order, Day due, const char *reason, GError **error)
{
	const Desk *desk = order->desk;
	Case *item = order->item;
	g_autofree char *old_due = g_strdup(item->due_on), *due_on = day_format(due);
	g_autofree char *first = item->extended_on != NULL ? g_strdup(item->extended_on)
							   : day_format(order->today);
	g_autofree char *max = item->extended_max != NULL ? g_strdup(item->extended_max)
							  : day_format(order->max);
	const Step step = {
		.letter = order->letter->id, .who = item->official, .text = reason
	};
	g_autofree char *asked =
	    due != order->command.day ? day_format(order->command.day) : NULL;
	const Done done = {
		.command = "extend", .due = due_on, .asked = asked, .calendar = "request"
	};

	order->deed->done = "extended";
	return close_letter(order, "obeyed", error) &&
	    store_case_extend(
		desk->store, item, due_on, first, max, &step, desk->now, error) &&
	    remind_case(desk, item, error) &&
	    owe_extension(desk, item, old_due, reason, error) &&
	    owe_confirmation(desk, order->letter, item, &done, error);
}

/* What speaks against this day, or NULL. */
static const char *
find_objection(const Order *order, Day due)
{
	Day old = day_parse(order->item->due_on);

	if (order->today > old)
		return "too-late";
	if (due <= old)
		return "not-later";
	return due > order->max ? "beyond-limit" : NULL;
}

static gboolean
extend(const Order *order, GError **error)
{
	const Router *router = order->desk->router;
	/* A term whose last day is not worked ends on the next one that is (Civil Code,
	 * art. 175). */
	Day due = calendar_working_day(router->calendar, order->command.day, 0, NULL);
	g_autofree char *reason = one_line(order->command.text);
	g_autoptr(GPtrArray) leaks = NULL;
	const char *objection;

	if (order->max == 0) {
		order->deed->hold = "calendar";
		return TRUE;
	}
	objection = find_objection(order, due != 0 ? due : order->command.day);
	if (objection != NULL)
		return refuse(order, objection, error);
	if (answering_is_rude(order->letter))
		return refuse(order, "rude", error);
	leaks = leak_find(order->desk->store, order->item, reason, NULL, error);
	if (leaks == NULL)
		return FALSE;
	if (leaks->len > 0)
		return refuse(order, "names-another", error);
	return extend_to(order, due, reason, error);
}

/* --- hand over --- */

/* Whose topic it is on that day, with the one for whom he stands in. */
static Choice
choose_target(const Order *order)
{
	GPtrArray *officials = order->desk->router->officials;
	g_autofree char *today = day_format(order->today);
	Choice choice = { 0 };

	if (order->command.official != NULL) {
		choice.official = officials_find(officials, order->command.official);
		return choice;
	}
	choice.official = officials_for(officials, (Topic)order->command.topic, today);
	for (guint i = 0; i < officials->len; i++) {
		const Official *official = g_ptr_array_index(officials, i);

		if ((official->topics & 1u << order->command.topic) != 0 &&
		    official != choice.official)
			choice.holder = official;
	}
	return choice;
}

static gboolean
hand_to(const Order *order, const Letter *first, const Choice *choice, GError **error)
{
	const Desk *desk = order->desk;
	Case *item = order->item;
	int named = order->command.topic;
	Topic topic = named >= 0 ? (Topic)named : item->topic;
	g_autofree char *who = g_strdup(item->official); /* the move replaces it */
	const Step step = {
		.letter = order->letter->id, .who = who, .text = order->command.text
	};
	const Done done = { .command = "reassign",
		.topic = topic_names[topic],
		.to = choice->official->name,
		.calendar = "cancel" };

	order->deed->done = "reassigned";
	return close_letter(order, "obeyed", error) &&
	    store_case_reassign(
		desk->store, item, choice->official, topic, &step, desk->now, error) &&
	    owe_forward(desk, first, item, choice, error) &&
	    remind_case(desk, item, error) &&
	    owe_confirmation(desk, order->letter, item, &done, error);
}

static gboolean
reassign(const Order *order, GError **error)
{
	const Router *router = order->desk->router;
	Choice choice = choose_target(order);
	g_autoptr(Letter) first =
	    store_letter_get(order->desk->store, order->item->letter, error);

	if (first == NULL)
		return FALSE;
	if (choice.official == NULL)
		return refuse(order, "no-official", error);
	if (g_str_equal(choice.official->key, order->item->official))
		return refuse(order, "same-official", error);
	/* A complaint never goes to him of whom it complains. */
	if (first->reading != NULL &&
	    complaint_of(router->complaint, choice.official, first->reading) != NULL)
		return refuse(order, "no-official", error);
	return hand_to(order, first, &choice, error);
}

/* --- remark --- */

static gboolean
remark(const Order *order, GError **error)
{
	const Desk *desk = order->desk;
	const Step step = { .case_id = order->item->id,
		.letter = order->letter->id,
		.kind = STEP_REMARK,
		.who = order->item->official,
		.text = order->command.text };
	const Done done = { .command = "remark" };

	order->deed->done = "remark";
	return close_letter(order, "obeyed", error) &&
	    store_step(desk->store, &step, desk->now, error) &&
	    owe_remark(desk, order->item, order->letter, error) &&
	    owe_confirmation(desk, order->letter, order->item, &done, error);
}

/* --- what it is --- */

static gboolean
obey(const Order *order, GError **error)
{
	const Command *command = &order->command;

	if (g_ascii_strcasecmp(
		order->letter->reading->from_address, order->item->official_address) != 0)
		return refuse(order, "not-yours", error);
	if (command->kind == COMMAND_NONE) {
		if (order->letter->whole)
			return answering_take(
			    order->desk, order->letter, order->item, order->deed, error);
		order->deed->hold = "oversize"; /* only its beginning is here */
		return TRUE;
	}
	if (command->why != NULL)
		return refuse(order, command->why, error);
	if (command->kind == COMMAND_REMARK)
		return remark(order, error);
	if (answering_is_over(order->item))
		return refuse(order, "closed", error);
	return command->kind == COMMAND_EXTEND ? extend(order, error)
					       : reassign(order, error);
}

gboolean
obey_official(
    const Desk *desk, const Letter *letter, Case *item, Deed *ret_deed, GError **error)
{
	const Router *router = desk->router;
	Order order = { .desk = desk,
		.letter = letter,
		.item = item,
		.today = day_of_instant(letter->received_at, router->zone, NULL),
		.deed = ret_deed };
	gboolean done;

	order.max = find_limit(&order);
	command_read(router->reply.commands, router->reply.keys, letter->reading->text,
	    SPEAKER_OFFICIAL, order.today, &order.command);
	done = obey(&order, error);
	command_clear(&order.command);
	return done;
}
