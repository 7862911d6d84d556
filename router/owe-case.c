/* To the citizen, and to the official about him. */
#include "owe-case.h"

#include "address.h"
#include "event.h"
#include "facts.h"
#include "task.h"

/* The record that a notice goes out to nobody. */
static gboolean
keep_silence(const Desk *desk, const Letter *letter, const Case *item, const char *kind,
    const char *why, GError **error)
{
	const EventAbout about = { .letter = letter->id,
		.case_id = item != NULL ? item->id : 0 };

	return store_event(desk->store, desk->now, "no-notice", about, error, "notice",
	    kind, "why", why, NULL);
}

/* A person must tell him what no mail can. */
static gboolean
keep_task(const Desk *desk, const Letter *first, const Case *item, const char *why,
    GError **error)
{
	gboolean new;

	return store_task_add(desk->store, "undelivered", first->id, item->id, 0, why,
	    desk->now, &new, error);
}

/* To the author of the case, what the law wants told.  *ret_notice stays NULL when no
 * mail can reach him. */
static gboolean
notice_of_law(const Desk *desk, const char *kind, const Case *item, Notice **ret_notice,
    GError **error)
{
	g_autoptr(Letter) first = store_letter_get(desk->store, item->letter, error);
	const char *silent = first != NULL ? owe_no_answer(first) : NULL;

	*ret_notice = NULL;
	if (first == NULL)
		return FALSE;
	if (silent != NULL && !g_str_equal(silent, "suppress"))
		return keep_silence(desk, first, item, kind, silent, error) &&
		    keep_task(desk, first, item, silent, error);
	*ret_notice = owe_to_author(desk, kind, first);
	(*ret_notice)->case_id = item->id;
	return TRUE;
}

gboolean
owe_answer(const Desk *desk, const Case *item, const Letter *answer, GError **error)
{
	g_autoptr(JsonBuilder) facts = facts_new();
	g_autoptr(Notice) notice = NULL;

	if (!notice_of_law(desk, "answer", item, &notice, error))
		return FALSE;
	if (notice == NULL)
		return TRUE;
	notice->letter = answer->id;
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_extension(const Desk *desk, const Case *item, const char *old_due, const char *reason,
    GError **error)
{
	g_autoptr(JsonBuilder) facts = facts_new();
	g_autoptr(Notice) notice = NULL;

	if (!notice_of_law(desk, "extension", item, &notice, error))
		return FALSE;
	if (notice == NULL)
		return TRUE;
	facts_text(facts, "due", item->due_on);
	facts_text(facts, "old_due", old_due);
	facts_text(facts, "reason", reason);
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_reopened(const Desk *desk, const Letter *letter, const Case *item, GError **error)
{
	g_autoptr(JsonBuilder) facts = facts_new();
	g_autoptr(Notice) notice = NULL;

	if (!notice_of_law(desk, "reopened", item, &notice, error))
		return FALSE;
	if (notice == NULL)
		return TRUE;
	owe_under(notice, letter->reading);
	facts_text(facts, "due", item->due_on);
	return owe_with(desk, notice, facts, error);
}

/* Under his letter; a mail program that wants no automatic answer gets none. */
static gboolean
owe_reply(const Desk *desk, const char *kind, const Letter *letter, const Case *item,
    JsonBuilder *facts, GError **error)
{
	const char *silent = owe_no_answer(letter);
	g_autoptr(Notice) notice = NULL;

	if (silent != NULL)
		return keep_silence(desk, letter, item, kind, silent, error);
	notice = owe_to_author(desk, kind, letter);
	notice->case_id = item != NULL ? item->id : 0;
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_joined(const Desk *desk, const Letter *letter, const Case *item, GError **error)
{
	g_autoptr(JsonBuilder) facts = facts_new();

	return owe_reply(desk, "joined", letter, item, facts, error);
}

gboolean
owe_status(const Desk *desk, const Letter *letter, const Case *item, GError **error)
{
	g_autoptr(JsonBuilder) facts = facts_new();

	facts_text(facts, "state", item->state);
	facts_text(facts, "due", item->due_on);
	if (item->ended_at != 0) {
		g_autofree char *ended =
		    day_format(day_of_instant(item->ended_at, desk->router->zone, NULL));

		facts_text(facts, "ended", ended);
	}
	return owe_reply(desk, "status", letter, item, facts, error);
}

gboolean
owe_status_unknown(const Desk *desk, const Letter *letter, GError **error)
{
	g_autoptr(JsonBuilder) facts = facts_new();

	return owe_reply(desk, "status-unknown", letter, NULL, facts, error);
}

/* --- to the official --- */

static JsonBuilder *
follow_up_facts(const Letter *letter, const Case *item)
{
	JsonBuilder *facts = facts_new();

	facts_text(facts, "due", item->due_on);
	facts_letter(facts, letter);
	return facts;
}

/* An objection goes up: who decides about answers hears that one was none. */
static gboolean
owe_up(const Desk *desk, const char *role, const Letter *letter, const Case *item,
    GError **error)
{
	g_autoptr(Notice) notice = owe_about_case(desk, "objection", role, item);
	g_autoptr(JsonBuilder) facts = follow_up_facts(letter, item);

	notice->letter = letter->id;
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_follow_up(const Desk *desk, const char *kind, const Letter *letter, const Case *item,
    GError **error)
{
	g_autoptr(Notice) notice = owe_to_official(desk, kind, item, error);
	g_autoptr(JsonBuilder) facts = follow_up_facts(letter, item);
	gboolean objection = g_str_equal(kind, "objection");

	if (notice == NULL)
		return FALSE;
	notice->letter = letter->id;
	if (objection)
		facts_calendar(facts, item, "request");
	return owe_with(desk, notice, facts, error) &&
	    (!objection || owe_up(desk, "moderator", letter, item, error)) &&
	    (!objection || desk->router->university.office == NULL ||
		owe_up(desk, "office", letter, item, error));
}

gboolean
owe_answer_returned(const Desk *desk, const Case *item, const char *why,
    const char *remark, GError **error)
{
	g_autoptr(Notice) notice = owe_to_official(desk, "answer-returned", item, error);
	g_autoptr(JsonBuilder) facts = facts_new();

	facts_text(facts, "why", why);
	facts_text(facts, "remark", remark);
	facts_text(facts, "due", item->due_on);
	return notice != NULL && owe_with(desk, notice, facts, error);
}
