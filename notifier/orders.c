/* Commands by mail: how they are written, what came of them, and why not. */
#include "material-private.h"

#include <string.h>

#include "gate.h"

/* Later than the due date by so many days, it is the same day of the week: a working day,
 * as a rule. */
#define EXAMPLE_DAYS 7

/* --- the forms --- */

/* The date in an example: one that would be accepted. */
void
filler_example(Filler *filler)
{
	const char *due = filler->values[FIELD_DUE];
	const char *max = filler_fact(filler, "max");
	g_autoptr(GDate) date = g_date_new();
	char day[sizeof "2026-12-20"];

	g_date_set_parse(date, due != NULL ? due : "");
	if (!g_date_valid(date))
		return;
	g_date_add_days(date, EXAMPLE_DAYS);
	g_date_strftime(day, sizeof day, "%Y-%m-%d", date);
	if (max != NULL && strcmp(max, day) < 0)
		g_strlcpy(day, max, sizeof day);
	filler_set(filler, FIELD_EXAMPLE, words_date(filler->words, "number", day));
}

static void
add_code(GString *list, const char *code, const char *meaning)
{
	g_autofree char *item = g_strdup_printf("%s – %s", code, meaning);

	filler_add_item(list, item);
}

static void
fill_topics(Filler *filler)
{
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < N_TOPICS; i++)
		add_code(list, topic_names[i],
		    words_find(filler->words, "topics", topic_names[i]));
	filler_set_list(filler, FIELD_TOPICS, list);
}

static void
fill_rules(Filler *filler)
{
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < N_RULES; i++)
		add_code(list, rule_names[i],
		    words_find(filler->words, "grounds", rule_names[i]));
	filler_set_list(filler, FIELD_RULES, list);
}

void
filler_codes(Filler *filler)
{
	fill_topics(filler);
	fill_rules(filler);
}

static void
add_form(Filler *filler, GString *forms, const char *command)
{
	const char *date = filler->values[FIELD_EXAMPLE];
	g_autofree char *form = words_phrase(filler->words, "forms", command, "example",
	    date != NULL ? date : words_find(filler->words, "forms", "date"), NULL);

	if (form != NULL)
		g_string_append_printf(forms, "%s  %s", forms->len > 0 ? "\n" : "", form);
}

/* The right form of the command; of one that nobody knows, the forms of all that the
 * reader may write. */
static void
fill_forms(Filler *filler, const char *command)
{
	static const char *const officials[] = { "extend", "reassign", "remark", NULL };
	static const char *const approvals[] = { "approve", "return", NULL };
	static const char *const letters[] = { "accept", "reject", NULL };
	const About *about = filler->about;
	const char *const *all = strcmp(about->notice->role, "official") == 0 ? officials
	    : about->item != NULL                                             ? approvals
									      : letters;
	GString *forms = g_string_new(NULL);

	filler_example(filler);
	if (command != NULL && words_find(filler->words, "forms", command) != NULL)
		add_form(filler, forms, command);
	else
		for (; *all != NULL; all++)
			add_form(filler, forms, *all);
	filler_set_list(filler, FIELD_FORM, forms);
}

/* --- what came of it --- */

/* "moderator" is a role; a person at the terminal is called by his name there. */
static const char *
spell_who(const Filler *filler, const char *name)
{
	const char *who = filler_fact(filler, name);
	const char *word = words_find(filler->words, "who", who != NULL ? who : "other");

	return word != NULL ? word : who;
}

static void
fill_done(Filler *filler, const char *group, const char *name)
{
	const char *topic = filler_fact(filler, "topic");
	const char *to = filler_fact(filler, "to");
	const char *spelled =
	    topic != NULL ? words_find(filler->words, "topics", topic) : NULL;
	g_autofree char *due = filler_spell_day(filler, "date",
	    filler_fact(filler, "due") != NULL ? filler_fact(filler, "due")
					       : filler->values[FIELD_DUE]);
	const char *known = name != NULL && words_find(filler->words, group, name) != NULL
	    ? name
	    : "other";

	g_autofree char *done = words_phrase(filler->words, group, known, "due", due,
	    "to", to != NULL ? to : words_find(filler->words, "who", "other"), "topic",
	    spelled != NULL ? spelled : "", "by", spell_who(filler, "by"), NULL);
	filler_set_sentence(filler, FIELD_DONE, done);
}

gboolean
filler_done(Filler *filler, GError **error)
{
	const char *command = filler_fact(filler, "command");
	gboolean waits =
	    g_strcmp0(command, "answer") == 0 && filler_fact_is_true(filler, "pending");

	fill_done(filler, "done", waits ? "answer-pending" : command);
	return TRUE;
}

gboolean
filler_decided(Filler *filler, GError **error)
{
	fill_done(filler, "decided", filler_fact(filler, "what"));
	return TRUE;
}

/* --- why not --- */

/* Nothing that one could write would help then. */
static gboolean
is_final(const char *why)
{
	static const char *const final[] = { "too-late", "closed", "already-decided",
		"not-yours", "no-case", NULL };

	return g_strv_contains(final, why);
}

/* Some codes mean another thing with another command: "no-reason-return". */
static char *
find_refusal(const Filler *filler, const char *why, const char *command)
{
	g_autofree char *special = g_strjoin("-", why, command, NULL);

	if (words_find(filler->words, "refusals", special) != NULL)
		return g_steal_pointer(&special);
	return g_strdup(
	    words_find(filler->words, "refusals", why) != NULL ? why : "other");
}

static void
explain(Filler *filler, const char *why, const char *command)
{
	const char *due = filler_fact(filler, "due");
	g_autofree char *name = find_refusal(filler, why, command);
	g_autofree char *max =
	    filler_spell_day(filler, "date", filler_fact(filler, "max"));
	g_autofree char *date = filler_spell_day(
	    filler, "date", due != NULL ? due : filler->values[FIELD_DUE]);
	g_autofree char *text = words_phrase(filler->words, "refusals", name, "max", max,
	    "due", date, "by", spell_who(filler, "by"), NULL);

	filler_set_sentence(filler, FIELD_REASON, text);
}

gboolean
filler_refused_command(Filler *filler, GError **error)
{
	const char *command = filler_fact(filler, "command");
	const char *why = filler_fact(filler, "why");
	g_autofree char *special = NULL;

	why = why != NULL ? why : "other";
	explain(filler, why, command);
	if (is_final(why))
		return TRUE;
	if (strcmp(why, "unknown-command") == 0)
		command = NULL;
	/* The refusal that is special to the command may have a form of its own, too. */
	special = g_strjoin("-", why, command, NULL);
	fill_forms(
	    filler, words_find(filler->words, "forms", special) ? special : command);
	if (g_strcmp0(command, "reassign") == 0 || strcmp(why, "unknown-topic") == 0)
		fill_topics(filler);
	if (g_strcmp0(command, "reject") == 0 || strcmp(why, "unknown-rule") == 0)
		fill_rules(filler);
	return TRUE;
}

gboolean
filler_returned(Filler *filler, GError **error)
{
	filler_set_copy(filler, FIELD_REASON,
	    filler_word_or(filler, "returns", filler_fact(filler, "why"), "remark"));
	filler->values[FIELD_REMARK] = filler_hide(
	    filler, filler_fact(filler, "remark"), (gsize)filler->wording->quote_most);
	return TRUE;
}

/* --- to the moderator --- */

static void
fill_leaks(Filler *filler)
{
	JsonArray *codes = filler_fact_list(filler, "leaks");
	GString *list = g_string_new(NULL);

	for (guint i = 0; codes != NULL && i < json_array_get_length(codes); i++) {
		const char *code = filler_text_of(json_array_get_element(codes, i));
		const char *word = filler_word_or(filler, "leaks", code, "other");
		if (strstr(list->str, word) == NULL)
			filler_add_item(list, word);
	}
	filler_set_list(filler, FIELD_LEAKS, list);
}

gboolean
filler_remark(Filler *filler, GError **error)
{
	const Letter *letter = filler->about->letter;

	filler_set_copy(filler, FIELD_OFFICIAL, filler->about->item->official_name);
	if (letter->reading != NULL)
		filler_set_text(filler, letter->reading->text);
	return TRUE;
}

gboolean
filler_approval(Filler *filler, GError **error)
{
	filler_attachments(filler, TRUE);
	fill_leaks(filler);
	if (material_attaches(filler->wording, filler->about))
		filler_mark(filler, FIELD_ATTACHED);
	if (filler_is_confidential(filler->about))
		filler_mark(filler, FIELD_CONFIDENTIAL);
	return filler_remark(filler, error);
}
