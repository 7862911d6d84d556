/* To whoever commanded or decides. */
#include "address.h"
#include "facts.h"
#include "owe-case.h"

static JsonBuilder *
done_facts(const Case *item, const Done *done)
{
	JsonBuilder *facts = facts_new();

	facts_text(facts, "command", done->command);
	facts_text(facts, "due", done->due);
	facts_text(facts, "asked", done->asked);
	facts_text(facts, "topic", done->topic);
	facts_text(facts, "to", done->to);
	facts_text(facts, "rule", done->rule);
	if (done->pending)
		facts_mark(facts, "pending", TRUE);
	if (done->calendar != NULL)
		facts_calendar(facts, item, done->calendar);
	return facts;
}

/* The official of the mail, who need not have the case any more. */
static Notice *
to_writer(const Desk *desk, const char *kind, const Letter *mail, const Case *item)
{
	const char *address = mail->reading->from_address;
	const Official *official = NULL;
	Notice *notice;

	for (guint i = 0; i < desk->router->officials->len; i++) {
		const Official *one = g_ptr_array_index(desk->router->officials, i);

		if (g_ascii_strcasecmp(one->address, address) == 0)
			official = one;
	}
	notice = owe_to(desk, kind, "official",
	    official != NULL ? official->language : item->official_language, address);
	notice->case_id = item->id;
	if (official != NULL)
		notice->recipient_name = g_strdup(official->name);
	owe_under(notice, mail->reading);
	return notice;
}

static Notice *
to_moderator(
    const Desk *desk, const char *kind, const Letter *mail, const Case *item, gint64 held)
{
	const University *university = &desk->router->university;
	Notice *notice = owe_to(desk, kind, "moderator",
	    (Language)university->moderator_language, university->moderator);

	notice->case_id = item != NULL ? item->id : 0;
	notice->letter = held;
	owe_under(notice, mail->reading);
	return notice;
}

gboolean
owe_confirmation(const Desk *desk, const Letter *mail, const Case *item, const Done *done,
    GError **error)
{
	g_autoptr(Notice) notice = to_writer(desk, "confirmation", mail, item);
	g_autoptr(JsonBuilder) facts = done_facts(item, done);

	return owe_with(desk, notice, facts, error);
}

gboolean
owe_confirmation_moderator(const Desk *desk, const Letter *mail, const Case *item,
    gint64 held, const Done *done, GError **error)
{
	g_autoptr(Notice) notice = to_moderator(desk, "confirmation", mail, item, held);
	g_autoptr(JsonBuilder) facts = done_facts(item, done);

	return owe_with(desk, notice, facts, error);
}

gboolean
owe_command_refused(const Desk *desk, const Letter *mail, gboolean moderator,
    const Case *item, gint64 held, const Refused *refused, GError **error)
{
	g_autoptr(Notice) notice = moderator
	    ? to_moderator(desk, "command-refused", mail, item, held)
	    : to_writer(desk, "command-refused", mail, item);
	g_autoptr(JsonBuilder) facts = facts_new();

	facts_text(facts, "command", refused->command);
	facts_text(facts, "why", refused->why);
	facts_text(facts, "max", refused->max);
	facts_text(facts, "by", refused->by);
	if (item != NULL)
		facts_text(facts, "due", item->due_on);
	return (!moderator ||
		   owe_reply_to(
		       desk, notice, facts, refused->purpose, refused->id, error)) &&
	    owe_with(desk, notice, facts, error);
}

gboolean
owe_approval(const Desk *desk, const Case *item, const Letter *answer, gint64 id,
    GPtrArray *codes, GError **error)
{
	g_autoptr(Notice) notice = owe_about_case(desk, "approval", "moderator", item);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->letter = answer->id;
	json_builder_set_member_name(facts, "leaks");
	json_builder_begin_array(facts);
	for (guint i = 0; i < codes->len; i++)
		json_builder_add_string_value(facts, g_ptr_array_index(codes, i));
	json_builder_end_array(facts);
	return owe_reply_to(desk, notice, facts, 'a', id, error) &&
	    owe_with(desk, notice, facts, error);
}

gboolean
owe_remark(const Desk *desk, const Case *item, const Letter *mail, GError **error)
{
	g_autoptr(Notice) notice = owe_about_case(desk, "remark", "moderator", item);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->letter = mail->id;
	return owe_with(desk, notice, facts, error);
}

gboolean
owe_already_decided(const Desk *desk, const Letter *mail, const Case *item, gint64 held,
    const char *by, const char *what, GError **error)
{
	g_autoptr(Notice) notice =
	    to_moderator(desk, "already-decided", mail, item, held);
	g_autoptr(JsonBuilder) facts = facts_new();

	facts_text(facts, "by", by);
	facts_text(facts, "what", what);
	return owe_with(desk, notice, facts, error);
}
