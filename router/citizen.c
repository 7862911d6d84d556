#include "citizen.h"

#include "answering.h"
#include "owe-case.h"
#include "remind.h"

#include <string.h>

/* Thanks are short; a letter of more words has more to say. */
#define MOST_THANKS 40
/* A question how far it is, of more words than this, asks more. */
#define MOST_STATUS 60

enum { OBJECTION, THANKS, STATUS, MORE };
static const char *const groups[] = { "objection", "thanks", "status", "more", NULL };

Phrases *
citizen_words_load(const char *file, GError **error)
{
	return phrases_load(file, groups, error);
}

static gboolean
says(const Phrases *words, guint group, GArray *row)
{
	for (guint i = 0; i < row->len; i++)
		if (phrases_match(words, group, row, i) != 0)
			return TRUE;
	return FALSE;
}

static gboolean
has_question(const Reading *reading)
{
	return reading->text != NULL && strchr(reading->text, '?') != NULL;
}

gboolean
citizen_asks_status(const Phrases *words, const Reading *reading)
{
	g_autoptr(GArray) row = words_split(NULL, reading->text);

	return row->len <= MOST_STATUS &&
	    (reading->kind == KIND_STATUS || says(words, STATUS, row));
}

FollowUp
citizen_read(const Phrases *words, const Reading *reading, gboolean answered)
{
	g_autoptr(GArray) row = words_split(NULL, reading->text);
	guint files = reading->attachments->len;

	if (answered && says(words, OBJECTION, row))
		return FOLLOW_UP_OBJECTION;
	if (files > 0)
		return FOLLOW_UP_ADDITION;
	/* Before the machine's guess: thanks for an answer speak of the answer, too. */
	if (row->len <= MOST_THANKS && says(words, THANKS, row) &&
	    !says(words, MORE, row) && !says(words, OBJECTION, row) &&
	    !says(words, STATUS, row) && !has_question(reading))
		return FOLLOW_UP_THANKS;
	if (citizen_asks_status(words, reading))
		return FOLLOW_UP_STATUS;
	return FOLLOW_UP_ADDITION;
}

static gboolean
keep_step(const Desk *desk, const Letter *letter, const Case *item, StepKind kind,
    GError **error)
{
	const Step step = {
		.case_id = item->id, .letter = letter->id, .kind = kind, .who = "citizen"
	};

	return store_step(desk->store, &step, desk->now, error);
}

static gboolean
add(const Desk *desk, const Letter *letter, const Case *item, GError **error)
{
	return keep_step(desk, letter, item, STEP_ADDITION, error) &&
	    owe_follow_up(desk, "addition", letter, item, error) &&
	    owe_joined(desk, letter, item, error);
}

static gboolean
tell_status(const Desk *desk, const Letter *letter, const Case *item, GError **error)
{
	return keep_step(desk, letter, item, STEP_STATUS, error) &&
	    owe_status(desk, letter, item, error);
}

/* The term of a new letter, counted from the objection's arrival. */
static gboolean
reopen(const Desk *desk, const Letter *letter, Case *item, const Due *due, GError **error)
{
	const Router *router = desk->router;
	const Step step = { .letter = letter->id, .who = "citizen" };
	g_autofree char *due_on = day_format(due->due);

	return store_case_reopen(desk->store, item, due_on, due->why,
		   calendar_version(router->calendar), &step, desk->now, error) &&
	    remind_case(desk, item, error) &&
	    owe_follow_up(desk, "objection", letter, item, error) &&
	    owe_reopened(desk, letter, item, error);
}

gboolean
citizen_join(
    const Desk *desk, const Letter *letter, Case *item, Deed *ret_deed, GError **error)
{
	const Router *router = desk->router;
	gboolean may_reopen = answering_is_over(item) && !item->reopened;
	FollowUp what =
	    citizen_read(router->reply.follow_ups, letter->reading, may_reopen);
	g_auto(Due) due = { 0 };

	if (what == FOLLOW_UP_OBJECTION &&
	    !due_count(router->calendar, &router->rule, router->zone, letter->received_at,
		&due, NULL)) {
		ret_deed->hold = "calendar";
		return TRUE;
	}
	if (!store_letter_close(
		desk->store, letter->id, "joined", NULL, desk->now, error))
		return FALSE;
	switch (what) {
	case FOLLOW_UP_OBJECTION:
		ret_deed->done = "objection";
		return reopen(desk, letter, item, &due, error);
	case FOLLOW_UP_STATUS:
		ret_deed->done = "status";
		return tell_status(desk, letter, item, error);
	case FOLLOW_UP_THANKS:
		ret_deed->done = "thanks";
		return keep_step(desk, letter, item, STEP_THANKS, error);
	default:
		ret_deed->done = "addition";
		return add(desk, letter, item, error);
	}
}

gboolean
citizen_ask_unknown(
    const Desk *desk, const Letter *letter, Deed *ret_deed, GError **error)
{
	ret_deed->done = "status-unknown";
	return store_letter_close(
		   desk->store, letter->id, "status-unknown", NULL, desk->now, error) &&
	    owe_status_unknown(desk, letter, error);
}
