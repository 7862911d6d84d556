#include "reading-private.h"

#include "json-text.h"

const gsize reading_strings[N_READING_STRINGS] = {
	G_STRUCT_OFFSET(Reading, from_name),
	G_STRUCT_OFFSET(Reading, from_address),
	G_STRUCT_OFFSET(Reading, reply_to),
	G_STRUCT_OFFSET(Reading, subject),
	G_STRUCT_OFFSET(Reading, message_id),
	G_STRUCT_OFFSET(Reading, in_reply_to),
	G_STRUCT_OFFSET(Reading, references),
	G_STRUCT_OFFSET(Reading, recipients),
	G_STRUCT_OFFSET(Reading, authentication),
	G_STRUCT_OFFSET(Reading, no_answer),
	G_STRUCT_OFFSET(Reading, text),
	G_STRUCT_OFFSET(Reading, quoted),
	G_STRUCT_OFFSET(Reading, charset),
	G_STRUCT_OFFSET(Reading, name),
	G_STRUCT_OFFSET(Reading, name_where),
	G_STRUCT_OFFSET(Reading, email),
	G_STRUCT_OFFSET(Reading, email_where),
	G_STRUCT_OFFSET(Reading, phone),
	G_STRUCT_OFFSET(Reading, phone_where),
	G_STRUCT_OFFSET(Reading, case_number),
	/* Since schema 2: FIRST_RELEASE_STRINGS. */
	G_STRUCT_OFFSET(Reading, bounce_action),
	G_STRUCT_OFFSET(Reading, bounce_status),
	G_STRUCT_OFFSET(Reading, bounce_recipient),
	G_STRUCT_OFFSET(Reading, bounce_message_id),
};

static void
attachment_free(gpointer data)
{
	Attachment *attachment = data;

	g_free(attachment->name);
	g_free(attachment->type);
	g_free(attachment);
}

static void
finding_free(gpointer data)
{
	Finding *finding = data;

	g_free(finding->test);
	g_free(finding->words);
	g_free(finding->where);
	g_free(finding->why);
	g_free(finding);
}

Reading *
reading_new(void)
{
	Reading *reading = g_new0(Reading, 1);

	reading->attachments = g_ptr_array_new_with_free_func(attachment_free);
	return reading;
}

void
reading_free(Reading *reading)
{
	if (reading == NULL)
		return;
	for (guint i = 0; i < N_READING_STRINGS; i++)
		g_free(G_STRUCT_MEMBER(char *, reading, reading_strings[i]));
	g_ptr_array_unref(reading->attachments);
	g_free(reading);
}

void
reading_add_attachment(Reading *reading, const char *name, const char *type, gint64 size)
{
	Attachment *attachment = g_new0(Attachment, 1);

	attachment->name = g_strdup(name != NULL ? name : "");
	attachment->type = g_strdup(type != NULL ? type : "application/octet-stream");
	attachment->size = size;
	g_ptr_array_add(reading->attachments, attachment);
}

Verdict *
verdict_new(void)
{
	Verdict *verdict = g_new0(Verdict, 1);

	verdict->rule = -1;
	verdict->findings = g_ptr_array_new_with_free_func(finding_free);
	return verdict;
}

void
verdict_free(Verdict *verdict)
{
	if (verdict == NULL)
		return;
	g_free(verdict->missing);
	g_free(verdict->version);
	g_ptr_array_unref(verdict->findings);
	g_free(verdict);
}

void
verdict_add_finding(Verdict *verdict, Rule rule, const char *test, double score,
    const char *words, const char *where, const char *why)
{
	Finding *finding = g_new0(Finding, 1);

	finding->rule = rule;
	finding->test = g_strdup(test);
	finding->score = score;
	finding->words = g_strdup(words);
	finding->where = g_strdup(where);
	finding->why = g_strdup(why != NULL ? why : "");
	g_ptr_array_add(verdict->findings, finding);
}

static void
add_member(GString *json, const char *name, const char *value)
{
	json_text_name(json, name);
	json_text_string(json, value);
}

void
verdict_add_findings_json(const Verdict *verdict, GString *json)
{
	json_text_open(json, '[');
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		json_text_open(json, '{');
		add_member(json, "rule",
		    finding->rule < N_RULES ? rule_names[finding->rule] : finding->test);
		add_member(json, "test", finding->test);
		json_text_name(json, "score");
		json_text_number(json, finding->score);
		add_member(json, "words", finding->words);
		add_member(json, "where", finding->where);
		add_member(json, "why", finding->why);
		json_text_close(json, '}');
	}
	json_text_close(json, ']');
}

char *
verdict_rules_text(const Verdict *verdict)
{
	GString *text = g_string_new(NULL);

	if (verdict->rule >= 0)
		g_string_append(text, rule_names[verdict->rule]);
	for (int rule = 0; rule < N_RULES; rule++)
		if (rule != verdict->rule && (verdict->rules & 1u << rule) != 0)
			g_string_append_printf(
			    text, "%s%s", text->len > 0 ? "," : "", rule_names[rule]);
	return g_string_free(text, FALSE);
}
