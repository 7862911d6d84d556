#include "facts.h"

JsonBuilder *
facts_new(void)
{
	JsonBuilder *facts = json_builder_new();

	json_builder_begin_object(facts);
	return facts;
}

char *
facts_end(JsonBuilder *facts)
{
	g_autoptr(JsonNode) root = NULL;

	json_builder_end_object(facts);
	root = json_builder_get_root(facts);
	return json_to_string(root, FALSE);
}

void
facts_text(JsonBuilder *facts, const char *name, const char *value)
{
	if (value == NULL)
		return;
	json_builder_set_member_name(facts, name);
	json_builder_add_string_value(facts, value);
}

void
facts_number(JsonBuilder *facts, const char *name, gint64 value)
{
	json_builder_set_member_name(facts, name);
	json_builder_add_int_value(facts, value);
}

void
facts_mark(JsonBuilder *facts, const char *name, gboolean value)
{
	json_builder_set_member_name(facts, name);
	json_builder_add_boolean_value(facts, value);
}

static void
add_rule(JsonBuilder *facts, const Verdict *verdict, int rule)
{
	json_builder_begin_object(facts);
	facts_text(facts, "rule", rule_names[rule]);
	facts_text(facts, "paragraph", rule_paragraphs[rule]);
	json_builder_set_member_name(facts, "score");
	json_builder_add_double_value(facts, verdict->scores[rule]);
	json_builder_end_object(facts);
}

/* Every rule that is broken, the main one first. */
void
facts_rules(JsonBuilder *facts, const Verdict *verdict)
{
	if (verdict->rule >= 0) {
		facts_text(facts, "rule", rule_names[verdict->rule]);
		facts_text(facts, "paragraph", rule_paragraphs[verdict->rule]);
	}
	json_builder_set_member_name(facts, "rules");
	json_builder_begin_array(facts);
	if (verdict->rule >= 0)
		add_rule(facts, verdict, verdict->rule);
	for (int rule = 0; rule < N_RULES; rule++)
		if (rule != verdict->rule && (verdict->rules & 1u << rule) != 0)
			add_rule(facts, verdict, rule);
	json_builder_end_array(facts);
	facts_text(facts, "missing", verdict->missing);
}

void
facts_letter(JsonBuilder *facts, const Letter *letter)
{
	facts_mark(facts, "whole", letter->whole);
	if (letter->verdict != NULL)
		facts_mark(facts, "urgent", letter->verdict->urgent);
	if (letter->reading == NULL)
		return;
	facts_mark(facts, "confidential", letter->reading->confidential);
	facts_number(facts, "attachments", letter->reading->attachments->len);
}

void
facts_topics(JsonBuilder *facts, const Verdict *verdict)
{
	facts_text(facts, "topic", topic_names[verdict->topic]);
	if (verdict->second_topic != verdict->topic)
		facts_text(facts, "second_topic", topic_names[verdict->second_topic]);
}

void
facts_calendar(JsonBuilder *facts, const Case *item, const char *what)
{
	facts_text(facts, "calendar", what);
	facts_number(facts, "sequence", item->sequence);
}
