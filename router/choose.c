#include "choose.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const Official *
topic_holder(GPtrArray *officials, Topic topic)
{
	for (guint i = 0; i < officials->len; i++) {
		const Official *official = g_ptr_array_index(officials, i);

		if ((official->topics & 1u << topic) != 0)
			return official;
	}
	return NULL;
}

/* Deputies act for the one whose topic it is: neither may get a complaint of him, nor one
 * of themselves. */
static void
look_for_complaint(const Router *router, const Letter *letter, Choice *choice)
{
	const Official *either[] = { choice->official, choice->holder };
	const Reading *reading = letter->reading;

	for (guint i = 0; reading != NULL && i < G_N_ELEMENTS(either); i++) {
		const char *how = either[i] == NULL
		    ? NULL
		    : complaint_of(router->complaint, either[i], reading);

		if (how == NULL)
			continue;
		choice->accused = either[i];
		choice->accused_how = how;
		choice->hold = "complaint-of-official";
		return;
	}
}

static Choice
choose_decided(const Router *router, const Letter *letter)
{
	Choice choice = { .official = officials_find(
			      router->officials, letter->decided_official) };

	if (choice.official == NULL)
		choice.hold = "official";
	return choice;
}

Choice
choose_official(const Router *router, const Letter *letter, const char *today)
{
	const Official *holder = topic_holder(router->officials, letter->verdict->topic);
	Choice choice = { 0 };

	if (letter->decided_official != NULL)
		return choose_decided(router, letter);
	choice.official = officials_for(router->officials, letter->verdict->topic, today);
	if (choice.official != holder)
		choice.holder = holder;
	if (!letter->verdict->topic_sure && router->hold_unsure)
		choice.hold = "topic";
	if (choice.official == NULL)
		choice.hold = "official";
	look_for_complaint(router, letter, &choice);
	return choice;
}

static void
add(JsonBuilder *json, const char *name, const char *value)
{
	if (value == NULL)
		return;
	json_builder_set_member_name(json, name);
	json_builder_add_string_value(json, value);
}

/* What each topic weighs, without the letter's words: those stay with the verdict. */
static void
add_weights(JsonBuilder *json, const Verdict *verdict)
{
	json_builder_set_member_name(json, "weights");
	json_builder_begin_object(json);
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = g_ptr_array_index(verdict->findings, i);

		if (name_index(topic_names, finding->test) < 0)
			continue;
		json_builder_set_member_name(json, finding->test);
		json_builder_add_double_value(json, finding->score);
	}
	json_builder_end_object(json);
}

char *
choice_json(const Choice *choice, const Letter *letter)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	const Verdict *verdict = letter->verdict;
	gboolean decided = letter->decided_by != NULL;

	json_builder_begin_object(json);
	add(json, "topic", topic_names[verdict->topic]);
	if (!decided && verdict->second_topic != verdict->topic)
		add(json, "second", topic_names[verdict->second_topic]);
	add(json, "reason",
	    letter->decided_official != NULL ? "a person named the official"
		: decided                    ? "a person accepted the letter"
		: verdict->topic_sure        ? "the topic is the official's"
					     : "the best guess of the topic");
	add(json, "decided_by", letter->decided_by);
	if (choice->holder != NULL) {
		add(json, "deputy_for", choice->holder->key);
		add(json, "deputy_until", choice->holder->deputy_until);
	}
	add_weights(json, verdict);
	json_builder_end_object(json);
	root = json_builder_get_root(json);
	return json_to_string(root, FALSE);
}
