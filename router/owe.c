#include "owe.h"

#include "message-id.h"
#include "notice.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- facts --- */

static JsonBuilder *
facts_new(void)
{
	JsonBuilder *facts = json_builder_new();

	json_builder_begin_object(facts);
	return facts;
}

static char *
facts_end(JsonBuilder *facts)
{
	g_autoptr(JsonNode) root = NULL;

	json_builder_end_object(facts);
	root = json_builder_get_root(facts);
	return json_to_string(root, FALSE);
}

static void
add_text(JsonBuilder *facts, const char *name, const char *value)
{
	if (value == NULL)
		return;
	json_builder_set_member_name(facts, name);
	json_builder_add_string_value(facts, value);
}

static void
add_number(JsonBuilder *facts, const char *name, gint64 value)
{
	json_builder_set_member_name(facts, name);
	json_builder_add_int_value(facts, value);
}

static void
add_mark(JsonBuilder *facts, const char *name, gboolean value)
{
	json_builder_set_member_name(facts, name);
	json_builder_add_boolean_value(facts, value);
}

static void
add_rule(JsonBuilder *facts, const Verdict *verdict, int rule)
{
	json_builder_begin_object(facts);
	add_text(facts, "rule", rule_names[rule]);
	add_text(facts, "paragraph", rule_paragraphs[rule]);
	json_builder_set_member_name(facts, "score");
	json_builder_add_double_value(facts, verdict->scores[rule]);
	json_builder_end_object(facts);
}

/* Every rule that is broken, the main one first. */
static void
add_rules(JsonBuilder *facts, const Verdict *verdict)
{
	if (verdict->rule >= 0) {
		add_text(facts, "rule", rule_names[verdict->rule]);
		add_text(facts, "paragraph", rule_paragraphs[verdict->rule]);
	}
	json_builder_set_member_name(facts, "rules");
	json_builder_begin_array(facts);
	if (verdict->rule >= 0)
		add_rule(facts, verdict, verdict->rule);
	for (int rule = 0; rule < N_RULES; rule++)
		if (rule != verdict->rule && (verdict->rules & 1u << rule) != 0)
			add_rule(facts, verdict, rule);
	json_builder_end_array(facts);
	add_text(facts, "missing", verdict->missing);
}

static void
add_letter(JsonBuilder *facts, const Letter *letter)
{
	add_mark(facts, "whole", letter->whole);
	if (letter->verdict != NULL)
		add_mark(facts, "urgent", letter->verdict->urgent);
	if (letter->reading == NULL)
		return;
	add_mark(facts, "confidential", letter->reading->confidential);
	add_number(facts, "attachments", letter->reading->attachments->len);
}

static void
add_topics(JsonBuilder *facts, const Verdict *verdict)
{
	add_text(facts, "topic", topic_names[verdict->topic]);
	if (verdict->second_topic != verdict->topic)
		add_text(facts, "second_topic", topic_names[verdict->second_topic]);
}

/* --- notices --- */

static Notice *
notice_for(const Desk *desk, const char *kind, const char *role, Language language,
    const char *recipient)
{
	Notice *notice = notice_new();

	notice->kind = g_strdup(kind);
	notice->role = g_strdup(role);
	notice->language = language;
	notice->recipient = g_strdup(recipient);
	notice->message_id = message_id_new(desk->router->domain);
	notice->not_before = desk->now;
	return notice;
}

static Notice *
notice_for_moderator(const Desk *desk, const char *kind, const Letter *letter)
{
	const University *university = &desk->router->university;
	Notice *notice = notice_for(desk, kind, "moderator",
	    (Language)university->moderator_language, university->moderator);

	notice->letter = letter->id;
	notice->references = message_id_root("letter", letter->id, desk->router->domain);
	notice->in_reply_to = g_strdup(notice->references);
	return notice;
}

/* From is the sender; what a letter says elsewhere could name any third person. */
static const char *
author_address(const Letter *letter)
{
	const Reading *reading = letter->reading;

	return reading->from_address != NULL ? reading->from_address : reading->email;
}

static gboolean
is_bare_address(const char *address)
{
	const char *at = address != NULL ? strrchr(address, '@') : NULL;

	if (at == NULL || at == address || at[1] == '\0' || strlen(address) > 254)
		return FALSE;
	if (strstr(address, "=?") != NULL) /* an encoded word may hide anything */
		return FALSE;
	for (const char *c = address; *c != '\0'; c++)
		if ((guchar)*c <= ' ' || *c == 0x7f || strchr("<>,;\"\\", *c) != NULL)
			return FALSE;
	return TRUE;
}

const char *
owe_no_answer(const Letter *letter)
{
	if (letter->reading == NULL)
		return "unreadable";
	if (letter->reading->no_answer != NULL)
		return letter->reading->no_answer;
	return is_bare_address(author_address(letter)) ? NULL : "no-address";
}

static Notice *
notice_for_author(const Desk *desk, const char *kind, const Letter *letter)
{
	const Reading *reading = letter->reading;
	Notice *notice =
	    notice_for(desk, kind, "citizen", reading->language, author_address(letter));

	notice->letter = letter->id;
	notice->recipient_name =
	    g_strdup(reading->name != NULL ? reading->name : reading->from_name);
	notice->references =
	    message_id_references(reading->references, reading->message_id);
	if (notice->references != NULL)
		notice->in_reply_to = g_strdup(reading->message_id);
	return notice;
}

gboolean
owe_acknowledgement(
    const Desk *desk, const Letter *letter, const Case *item, GError **error)
{
	g_autoptr(Notice) notice = notice_for_author(desk, "acknowledgement", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->case_id = item->id;
	add_letter(facts, letter);
	notice->facts = facts_end(facts);
	return store_notice_owe(desk->store, notice, desk->now, error);
}

gboolean
owe_rejection(const Desk *desk, const Letter *letter, GError **error)
{
	g_autoptr(Notice) notice = notice_for_author(desk, "rejection", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	add_rules(facts, letter->verdict);
	add_letter(facts, letter);
	notice->facts = facts_end(facts);
	return store_notice_owe(desk->store, notice, desk->now, error);
}

gboolean
owe_forward(const Desk *desk, const Letter *letter, const Case *item,
    const Choice *choice, GError **error)
{
	g_autoptr(Notice) notice = notice_for(
	    desk, "forward", "official", item->official_language, item->official_address);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->letter = letter->id;
	notice->case_id = item->id;
	notice->recipient_name = g_strdup(item->official_name);
	add_topics(facts, letter->verdict);
	if (choice->holder != NULL) {
		add_text(facts, "deputy_for", choice->holder->key);
		add_text(facts, "deputy_until", choice->holder->deputy_until);
	}
	add_letter(facts, letter);
	notice->facts = facts_end(facts);
	return store_notice_owe(desk->store, notice, desk->now, error);
}

gboolean
owe_held(const Desk *desk, const Letter *letter, const char *why, const Choice *choice,
    GError **error)
{
	g_autoptr(Notice) notice = notice_for_moderator(desk, "held", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	add_text(facts, "why", why);
	add_text(facts, "guess", outcome_names[letter->verdict->outcome]);
	add_topics(facts, letter->verdict);
	if (choice != NULL && choice->official != NULL)
		add_text(facts, "official", choice->official->key);
	if (choice != NULL && choice->accused != NULL) {
		add_text(facts, "complains_of", choice->accused->key);
		add_text(facts, "complains_how", choice->accused_how);
	}
	add_rules(facts, letter->verdict);
	add_letter(facts, letter);
	notice->facts = facts_end(facts);
	return store_notice_owe(desk->store, notice, desk->now, error);
}

gboolean
owe_stuck(const Desk *desk, const Letter *letter, GError **error)
{
	g_autoptr(Notice) notice = notice_for_moderator(desk, "stuck", letter);
	g_autoptr(JsonBuilder) facts = facts_new();

	add_number(facts, "attempts", letter->attempts);
	add_number(facts, "size", letter->size);
	add_letter(facts, letter);
	notice->facts = facts_end(facts);
	return store_notice_owe(desk->store, notice, desk->now, error);
}

gboolean
owe_alarm(const Desk *desk, const Alarm *alarm, GError **error)
{
	const University *university = &desk->router->university;
	g_autoptr(Notice) notice = notice_for(desk, "alarm", "administrator",
	    (Language)university->moderator_language, university->administrator);
	g_autoptr(JsonBuilder) facts = facts_new();

	notice->references = message_id_root("alarm", alarm->id, desk->router->domain);
	notice->in_reply_to = g_strdup(notice->references);
	add_text(facts, "alarm", alarm->kind);
	add_text(facts, "detail", alarm->detail);
	add_number(facts, "raised_at", alarm->raised_at);
	if (alarm->cleared_at != 0)
		add_number(facts, "cleared_at", alarm->cleared_at);
	notice->facts = facts_end(facts);
	return store_notice_owe(desk->store, notice, desk->now, error);
}
