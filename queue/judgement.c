#include "judgement.h"

#include "event.h"
#include "view.h"

#include <json-glib/json-glib.h>
#include <string.h>

void
judgement_clear(Judgement *judgement)
{
	g_clear_pointer(&judgement->failure, g_free);
	g_clear_pointer(&judgement->version, g_free);
}

static gboolean
is_about_topic(int outcome)
{
	return outcome == OUTCOME_ACCEPT || outcome == OUTCOME_HOLD;
}

gboolean
judgement_parse(
    const char *outcome, const char *rules, const char *topic, Judgement *ret_judgement)
{
	g_auto(GStrv) names = g_strsplit(rules != NULL ? rules : "", ",", -1);
	Judgement judgement = { .outcome = name_index(outcome_names, outcome),
		.rule = -1,
		.topic = name_index(topic_names, topic) };

	if (judgement.outcome < 0 || judgement.topic < 0)
		return FALSE;
	for (guint i = 0; names[i] != NULL && *names[i] != '\0'; i++) {
		int rule = name_index(rule_names, names[i]);

		if (rule < 0)
			return FALSE;
		if (i == 0)
			judgement.rule = rule;
		judgement.rules |= 1u << rule;
	}
	if (!is_about_topic(judgement.outcome))
		judgement.topic = -1;
	*ret_judgement = judgement;
	return TRUE;
}

void
judgement_unread(Judgement *judgement, const char *failure)
{
	*judgement = (Judgement){ .outcome = -1,
		.failure = g_strdup(failure != NULL ? failure : "?"),
		.rule = -1,
		.topic = -1 };
}

guint
judgement_compare(const Judgement *a, const Judgement *b)
{
	guint changes = a->outcome != b->outcome ? JUDGED_VERDICT : 0;

	if (a->outcome < 0 || b->outcome < 0)
		return changes;
	if (a->rule != b->rule || a->rules != b->rules)
		changes |= JUDGED_RULES;
	if (a->topic != b->topic && a->topic >= 0 && b->topic >= 0)
		changes |= JUDGED_TOPIC;
	return changes;
}

/* --- the machine's --- */

static const char *
member(JsonObject *object, const char *name)
{
	return json_object_get_string_member_with_default(object, name, NULL);
}

/* The event that tells of a verdict keeps it when a person's word covers it. */
static gboolean
take_event(const Event *event, Judgement *judgement)
{
	g_autoptr(JsonNode) root = NULL;
	JsonObject *detail;
	Judgement found;

	if (strcmp(event->kind, "judged") != 0 && strcmp(event->kind, "stuck") != 0)
		return TRUE;
	root = json_from_string(event->detail, NULL);
	if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
		return FALSE;
	detail = json_node_get_object(root);
	if (strcmp(event->kind, "stuck") == 0)
		judgement_unread(&found, member(detail, "why"));
	else if (!judgement_parse(member(detail, "verdict"), member(detail, "rules"),
		     member(detail, "topic"), &found))
		return FALSE;
	judgement_clear(judgement);
	*judgement = found;
	judgement->version = g_strdup(member(detail, "version"));
	return TRUE;
}

static gboolean
read_events(Store *store, gint64 letter, Judgement *judgement, GError **error)
{
	g_autoptr(GArray) ids = view_events_about(store, letter, error);

	for (guint i = 0; ids != NULL && i < ids->len; i++) {
		g_autoptr(GPtrArray) one =
		    store_events(store, g_array_index(ids, gint64, i) - 1, 1, error);

		if (one == NULL)
			return FALSE;
		if (one->len == 0 || take_event(one->pdata[0], judgement))
			continue;
		g_set_error(error, FAULT, FAULT_LETTER,
		    "letter %" G_GINT64_FORMAT
		    ": the event of its verdict is damaged; see rector-queue verify",
		    letter);
		return FALSE;
	}
	return ids != NULL;
}

gboolean
judgement_of_machine(
    Store *store, const Letter *letter, Judgement *ret_judgement, GError **error)
{
	const Verdict *verdict = letter->verdict;

	judgement_unread(ret_judgement, letter->state_why);
	if (letter->decided_by != NULL)
		return read_events(store, letter->id, ret_judgement, error);
	if (verdict == NULL)
		return TRUE;
	judgement_clear(ret_judgement);
	*ret_judgement = (Judgement){ .outcome = (int)verdict->outcome,
		.rule = verdict->rule,
		.rules = verdict->rules,
		.topic = is_about_topic((int)verdict->outcome) ? (int)verdict->topic : -1,
		.version = g_strdup(verdict->version) };
	return TRUE;
}

/* --- in words --- */

char *
judgement_verdict_text(const Judgement *judgement)
{
	if (judgement->outcome < 0)
		return g_strdup_printf("stuck: %s", judgement->failure);
	return g_strconcat(outcome_names[judgement->outcome],
	    judgement->rule >= 0 ? " " : "",
	    judgement->rule >= 0 ? rule_names[judgement->rule] : "", NULL);
}

char *
judgement_rules_text(const Judgement *judgement)
{
	const Verdict verdict = { .rule = judgement->rule, .rules = judgement->rules };
	g_autofree char *text = verdict_rules_text(&verdict);

	return g_strdup(*text != '\0' ? text : "-");
}

const char *
judgement_topic_text(const Judgement *judgement)
{
	return judgement->topic >= 0 ? topic_names[judgement->topic] : "-";
}
