#include "owe.h"

#include "address.h"
#include "facts.h"
#include "message-id.h"

gboolean
owe_acknowledgement(
    const Desk *desk, const Letter *letter, const Case *item, GError **error)
{
	g_autoptr(Notice) notice = owe_to_author(desk, "acknowledgement", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->case_id = item->id;
	facts_letter(facts, letter);
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_rejection(const Desk *desk, const Letter *letter, GError **error)
{
	g_autoptr(Notice) notice = owe_to_author(desk, "rejection", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	facts_rules(facts, letter->verdict);
	facts_letter(facts, letter);
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_forward(const Desk *desk, const Letter *letter, const Case *item,
    const Choice *choice, GError **error)
{
	g_autoptr(Notice) notice = owe_to(
	    desk, "forward", "official", item->official_language, item->official_address);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->letter = letter->id;
	notice->case_id = item->id;
	notice->recipient_name = g_strdup(item->official_name);
	facts_topics(facts, letter->verdict);
	if (choice->holder != NULL) {
		facts_text(facts, "deputy_for", choice->holder->key);
		facts_text(facts, "deputy_until", choice->holder->deputy_until);
	}
	facts_letter(facts, letter);
	facts_calendar(facts, item, "request");
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_held(const Desk *desk, const Letter *letter, const char *why, const Choice *choice,
    GError **error)
{
	g_autoptr(Notice) notice = owe_to_moderator(desk, "held", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	facts_text(facts, "why", why);
	facts_text(facts, "guess", outcome_names[letter->verdict->outcome]);
	facts_topics(facts, letter->verdict);
	if (choice != NULL && choice->official != NULL)
		facts_text(facts, "official", choice->official->key);
	if (choice != NULL && choice->accused != NULL) {
		facts_text(facts, "complains_of", choice->accused->key);
		facts_text(facts, "complains_how", choice->accused_how);
	}
	facts_rules(facts, letter->verdict);
	facts_letter(facts, letter);
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_stuck(const Desk *desk, const Letter *letter, GError **error)
{
	g_autoptr(Notice) notice = owe_to_moderator(desk, "stuck", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	facts_number(facts, "attempts", letter->attempts);
	facts_number(facts, "size", letter->size);
	facts_letter(facts, letter);
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_alarm(const Desk *desk, const Alarm *alarm, GError **error)
{
	const University *university = &desk->router->university;
	g_autoptr(Notice) notice = owe_to(desk, "alarm", "administrator",
	    (Language)university->moderator_language, university->administrator);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->references = message_id_root("alarm", alarm->id, desk->router->domain);
	notice->in_reply_to = g_strdup(notice->references);
	facts_text(facts, "alarm", alarm->kind);
	facts_text(facts, "detail", alarm->detail);
	facts_number(facts, "raised_at", alarm->raised_at);
	if (alarm->cleared_at != 0)
		facts_number(facts, "cleared_at", alarm->cleared_at);
	return owe_with(desk, notice, facts, error);
}
