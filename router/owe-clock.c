#include "owe-clock.h"

#include "address.h"
#include "facts.h"
#include "notice.h"

/* A notice about the clock of one case: its facts name the due date. */
static gboolean
owe_at(const Desk *desk, Notice *notice, const char *series, const Case *item, gint64 at,
    GError **error)
{
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->series = g_strdup(series);
	notice->not_before = MAX(at, desk->now);
	facts_text(facts, "due", item->due_on);
	if (g_str_equal(notice->kind, "reminder")) {
		facts_text(facts, "calendar", "request");
		facts_number(facts, "sequence", item->sequence);
	}
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_reminder(const Desk *desk, const Case *item, gint64 at, GError **error)
{
	g_autoptr(Notice) notice = owe_to_official(desk, "reminder", item, error);

	return notice != NULL && owe_at(desk, notice, "reminder", item, at, error);
}

gboolean
owe_overdue(const Desk *desk, const Case *item, gint64 at, GError **error)
{
	g_autoptr(Notice) notice = owe_to_official(desk, "overdue", item, error);

	return notice != NULL && owe_at(desk, notice, "reminder", item, at, error);
}

gboolean
owe_overdue_copy(const Desk *desk, const Case *item, gint64 at, GError **error)
{
	g_autoptr(Notice) notice = owe_about_case(desk, "overdue", "moderator", item);

	return owe_at(desk, notice, "overdue-copy", item, at, error);
}

gboolean
owe_escalation(const Desk *desk, const Case *item, gint64 at, GError **error)
{
	g_autoptr(Notice) notice = NULL;

	if (desk->router->university.office == NULL)
		return TRUE;
	notice = owe_about_case(desk, "escalation", "office", item);
	return owe_at(desk, notice, "escalation", item, at, error);
}

static JsonBuilder *
changed_facts(const Case *item, const char *old_due)
{
	JsonBuilder *facts = facts_new();

	facts_text(facts, "due", item->due_on);
	facts_text(facts, "old_due", old_due);
	return facts;
}

static gboolean
tell_author(const Desk *desk, const Case *item, const char *old_due, GError **error)
{
	g_autoptr(Letter) letter = store_letter_get(desk->store, item->letter, error);
	g_autoptr(JsonBuilder) facts = changed_facts(item, old_due);
	g_autoptr(Notice) notice = NULL;

	if (letter == NULL)
		return FALSE;
	if (owe_no_answer(letter) != NULL)
		return TRUE;
	notice = owe_to_author(desk, "term-changed", letter);
	notice->case_id = item->id;
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_term_changed(const Desk *desk, const Case *item, const char *old_due, GError **error)
{
	g_autoptr(Notice) notice = owe_to_official(desk, "term-changed", item, error);
	g_autoptr(JsonBuilder) facts = changed_facts(item, old_due);

	facts_text(facts, "calendar", "request");
	facts_number(facts, "sequence", item->sequence);
	return notice != NULL && owe_with(desk, notice, facts, error) &&
	    tell_author(desk, item, old_due, error);
}

gboolean
owe_held_reminder(
    const Desk *desk, const Waiting *waiting, gboolean office, GError **error)
{
	const University *university = &desk->router->university;
	const char *recipient = office ? university->office : university->moderator;
	g_autoptr(JsonBuilder) facts = facts_new();
	g_autoptr(Notice) notice = NULL;

	if (recipient == NULL)
		return TRUE;
	notice = owe_to(desk, "held-reminder", office ? "office" : "moderator",
	    (Language)university->moderator_language, recipient);
	facts_number(facts, "count", waiting->count);
	facts_number(facts, "urgent", waiting->urgent);
	facts_text(facts, "since", waiting->since);
	facts_number(facts, "letter", waiting->oldest);
	return owe_with(desk, notice, facts, error);
}
