/* What is open, in numbers and lists: the digest, the report, what goes up. */
#include "material-private.h"

#include <string.h>

/* --- figures --- */

static void
add_figure(const Filler *filler, GString *list, const char *group, const char *name,
    gint64 number)
{
	g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, number);
	g_autofree char *item =
	    words_phrase(filler->words, group, name, "count", digits, NULL);

	if (number > 0 && item != NULL)
		filler_add_item(list, item);
}

/* Those of these names that are not zero, in this order. */
static void
fill_figures(Filler *filler, Field field, const char *group, const char *const *names)
{
	GString *list = g_string_new(NULL);

	for (; *names != NULL; names++)
		add_figure(
		    filler, list, group, *names, filler_fact_number(filler, *names));
	filler_set_list(filler, field, list);
}

/* Refusals by ground. */
static void
fill_grounds(Filler *filler)
{
	GString *list = g_string_new(NULL);
	JsonObject *grounds = filler_fact_object(filler, "grounds");

	for (guint i = 0; grounds != NULL && i < N_RULES; i++) {
		g_autofree char *item = NULL;
		if (!json_object_has_member(grounds, rule_names[i]))
			continue;
		item = g_strdup_printf("%s – %" G_GINT64_FORMAT,
		    words_find(filler->words, "grounds", rule_names[i]),
		    filler_number_of(json_object_get_member(grounds, rule_names[i])));
		filler_add_item(list, item);
	}
	filler_set_list(filler, FIELD_GROUNDS, list);
}

/* --- cases --- */

static const char *
text_or(JsonObject *item, const char *name)
{
	const char *text = filler_text_of(json_object_get_member(item, name));

	return text != NULL ? text : "?";
}

/* "2026-000123: 14 December 2026, Seitkali Yerlan" */
static void
add_case(const Filler *filler, GString *list, JsonNode *node)
{
	JsonObject *item =
	    JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
	g_autofree char *due = NULL, *line = NULL;

	if (item == NULL)
		return;
	due = filler_spell_day(
	    filler, "date", filler_text_of(json_object_get_member(item, "due")));
	line = words_phrase(filler->words, "cases", "case", "number",
	    text_or(item, "number"), "due", due, "official", text_or(item, "official"),
	    NULL);
	filler_add_item(list, line);
}

/* How many more there are than were listed. */
static void
add_more(const Filler *filler, GString *list, const char *name, guint listed)
{
	g_autofree char *counted = g_strconcat(name, "_count", NULL);

	add_figure(filler, list, "cases", "more",
	    filler_fact_number(filler, counted) - (gint64)listed);
}

static void
fill_cases(Filler *filler, Field field, const char *name)
{
	JsonArray *cases = filler_fact_list(filler, name);
	guint length = cases != NULL ? json_array_get_length(cases) : 0;
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < length; i++)
		add_case(filler, list, json_array_get_element(cases, i));
	add_more(filler, list, name, length);
	filler_set_list(filler, field, list);
}

/* "Answers to approve: 2 (2026-000123, 2026-000130)" */
static void
add_approvals(const Filler *filler, GString *list)
{
	JsonArray *numbers = filler_fact_list(filler, "approvals");
	g_autoptr(GString) names = g_string_new(NULL);
	g_autofree char *digits = g_strdup_printf(
	    "%" G_GINT64_FORMAT, filler_fact_number(filler, "approvals_count"));
	g_autofree char *item = NULL;

	for (guint i = 0; numbers != NULL && i < json_array_get_length(numbers); i++) {
		const char *number = filler_text_of(json_array_get_element(numbers, i));
		g_string_append_printf(
		    names, "%s%s", i > 0 ? ", " : "", number != NULL ? number : "?");
	}
	if (names->len == 0)
		return;
	item = words_phrase(filler->words, "waiting", "approvals", "count", digits,
	    "numbers", names->str, NULL);
	filler_add_item(list, item);
}

static void
fill_waiting(Filler *filler)
{
	GString *list = g_string_new(NULL);
	static const char *const names[] = { "held", "urgent", "tasks" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		add_figure(filler, list, "waiting", names[i],
		    filler_fact_number(filler, names[i]));
	add_approvals(filler, list);
	filler_set_list(filler, FIELD_WAITING, list);
}

/* --- the mails --- */

gboolean
filler_digest(Filler *filler, GError **error)
{
	static const char *const names[] = { "received", "accepted", "rejected",
		"ignored", "answered", "late", "extended", "open", NULL };

	filler_set_day(filler, FIELD_DAY, "day");
	if (filler->values[FIELD_DAY] == NULL)
		filler_set_moment(filler, FIELD_DAY, filler->about->notice->created_at);
	fill_figures(filler, FIELD_FIGURES, "figures", names);
	fill_grounds(filler);
	fill_waiting(filler);
	fill_cases(filler, FIELD_SOON, "due");
	fill_cases(filler, FIELD_OVERDUE, "overdue");
	return TRUE;
}

gboolean
filler_held_reminder(Filler *filler, GError **error)
{
	gint64 urgent = filler_fact_number(filler, "urgent");

	filler_set_number(filler, FIELD_COUNT, filler_fact_number(filler, "count"));
	filler_set_day(filler, FIELD_SINCE, "since");
	filler_set_number(filler, FIELD_LETTER, filler_fact_number(filler, "letter"));
	if (urgent > 0)
		filler_set_number(filler, FIELD_URGENT, urgent);
	return TRUE;
}

gboolean
filler_escalation(Filler *filler, GError **error)
{
	gint64 days = filler_fact_number(filler, "days_late");

	filler_set_copy(filler, FIELD_OFFICIAL, filler->about->item->official_name);
	if (days > 0)
		filler_set_number(filler, FIELD_COUNT, days);
	return TRUE;
}
