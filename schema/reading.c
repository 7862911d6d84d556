#include "reading.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Every string of a Reading, once, so that packing, unpacking and freeing agree. */
static const gsize reading_strings[] = {
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
	/* Since schema 2; older readings end here. */
	G_STRUCT_OFFSET(Reading, bounce_action),
	G_STRUCT_OFFSET(Reading, bounce_status),
	G_STRUCT_OFFSET(Reading, bounce_recipient),
	G_STRUCT_OFFSET(Reading, bounce_message_id),
};
#define FIRST_RELEASE_STRINGS 20

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
	for (guint i = 0; i < G_N_ELEMENTS(reading_strings); i++)
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
pack_reading(GVariantBuilder *builder, const Reading *reading)
{
	g_variant_builder_open(builder, G_VARIANT_TYPE("ams"));
	for (guint i = 0; i < G_N_ELEMENTS(reading_strings); i++)
		g_variant_builder_add(
		    builder, "ms", G_STRUCT_MEMBER(char *, reading, reading_strings[i]));
	g_variant_builder_close(builder);
	g_variant_builder_open(builder, G_VARIANT_TYPE("a(ssx)"));
	for (guint i = 0; i < reading->attachments->len; i++) {
		const Attachment *attachment = reading->attachments->pdata[i];

		g_variant_builder_add(builder, "(ssx)", attachment->name,
		    attachment->type, attachment->size);
	}
	g_variant_builder_close(builder);
	g_variant_builder_add(builder, "i", (gint32)reading->kind);
	g_variant_builder_add(builder, "i", (gint32)reading->language);
	g_variant_builder_add(builder, "b", reading->confidential);
}

static void
pack_verdict(GVariantBuilder *builder, const Verdict *verdict)
{
	g_variant_builder_add(builder, "i", (gint32)verdict->outcome);
	g_variant_builder_add(builder, "i", (gint32)verdict->rule);
	g_variant_builder_add(builder, "u", verdict->rules);
	g_variant_builder_add_value(builder,
	    g_variant_new_fixed_array(
		G_VARIANT_TYPE_DOUBLE, verdict->scores, N_RULES, sizeof(double)));
	g_variant_builder_add(builder, "b", verdict->urgent);
	g_variant_builder_add(builder, "i", (gint32)verdict->topic);
	g_variant_builder_add(builder, "i", (gint32)verdict->second_topic);
	g_variant_builder_add(builder, "b", verdict->topic_sure);
	g_variant_builder_add(builder, "ms", verdict->missing);
	g_variant_builder_add(
	    builder, "s", verdict->version != NULL ? verdict->version : "");
	g_variant_builder_open(builder, G_VARIANT_TYPE("a(issmsmss)"));
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];
		char score[G_ASCII_DTOSTR_BUF_SIZE];

		g_ascii_formatd(score, sizeof(score), "%.3f", finding->score);
		g_variant_builder_add(builder, "(issmsmss)", (gint32)finding->rule,
		    finding->test, score, finding->words, finding->where, finding->why);
	}
	g_variant_builder_close(builder);
}

GVariant *
reading_to_variant(const Reading *reading, const Verdict *verdict)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, READING_PACKED_TYPE);
	pack_reading(&builder, reading);
	pack_verdict(&builder, verdict);
	return g_variant_ref_sink(g_variant_builder_end(&builder));
}

static gboolean
in_range(int value, int first, int end)
{
	return value >= first && value < end;
}

static gboolean
unpack_reading(Reading *reading, GVariantIter *strings, GVariantIter *attachments,
    gint32 kind, gint32 language, gboolean confidential)
{
	const char *name, *type;
	char *text;
	gint64 size;
	gsize n = g_variant_iter_n_children(strings);

	if (n < FIRST_RELEASE_STRINGS || n > G_N_ELEMENTS(reading_strings) ||
	    !in_range(kind, 0, N_KINDS) || !in_range(language, 0, N_LANGUAGES))
		return FALSE;
	for (guint i = 0; g_variant_iter_next(strings, "ms", &text); i++)
		G_STRUCT_MEMBER(char *, reading, reading_strings[i]) = text;
	while (g_variant_iter_next(attachments, "(&s&sx)", &name, &type, &size))
		reading_add_attachment(reading, name, type, size);
	reading->kind = (Kind)kind;
	reading->language = (Language)language;
	reading->confidential = confidential;
	return TRUE;
}

static gboolean
unpack_verdict(Verdict *verdict, gint32 outcome, gint32 topic, gint32 second,
    GVariant *scores, GVariantIter *findings)
{
	const char *test, *score, *words, *where, *why;
	const double *values;
	gint32 rule;
	gsize n;

	values = g_variant_get_fixed_array(scores, &n, sizeof(double));
	if (n != N_RULES || !in_range(outcome, 0, N_OUTCOMES) ||
	    !in_range(topic, 0, N_TOPICS) || !in_range(second, 0, N_TOPICS) ||
	    !in_range(verdict->rule, -1, N_RULES) || verdict->rules >= 1u << N_RULES)
		return FALSE;
	memcpy(verdict->scores, values, sizeof(verdict->scores));
	verdict->outcome = (Outcome)outcome;
	verdict->topic = (Topic)topic;
	verdict->second_topic = (Topic)second;
	while (g_variant_iter_next(
	    findings, "(i&s&sm&sm&s&s)", &rule, &test, &score, &words, &where, &why)) {
		if (!in_range(rule, 0, N_RULES + 1))
			return FALSE;
		verdict_add_finding(verdict, (Rule)rule, test,
		    g_ascii_strtod(score, NULL), words, where, why);
	}
	return TRUE;
}

gboolean
reading_from_variant(GVariant *value, Reading **ret_reading, Verdict **ret_verdict)
{
	g_autoptr(Reading) reading = reading_new();
	g_autoptr(Verdict) verdict = verdict_new();
	g_autoptr(GVariantIter) strings = NULL, attachments = NULL, findings = NULL;
	g_autoptr(GVariant) scores = NULL;
	gint32 kind, language, outcome, topic, second;
	gboolean confidential;

	if (!g_variant_is_of_type(value, READING_PACKED_TYPE) ||
	    !g_variant_is_normal_form(value))
		return FALSE;
	g_variant_get(value, "(amsa(ssx)iibiiu@adbiibmssa(issmsmss))", &strings,
	    &attachments, &kind, &language, &confidential, &outcome, &verdict->rule,
	    &verdict->rules, &scores, &verdict->urgent, &topic, &second,
	    &verdict->topic_sure, &verdict->missing, &verdict->version, &findings);
	if (!unpack_reading(
		reading, strings, attachments, kind, language, confidential) ||
	    !unpack_verdict(verdict, outcome, topic, second, scores, findings))
		return FALSE;
	*ret_reading = g_steal_pointer(&reading);
	*ret_verdict = g_steal_pointer(&verdict);
	return TRUE;
}

static void
add_member(JsonBuilder *builder, const char *name, const char *value)
{
	json_builder_set_member_name(builder, name);
	json_builder_add_string_value(builder, value != NULL ? value : "");
}

char *
verdict_findings_json(const Verdict *verdict)
{
	g_autoptr(JsonBuilder) builder = json_builder_new();
	g_autoptr(JsonNode) root = NULL;

	json_builder_begin_array(builder);
	for (guint i = 0; i < verdict->findings->len; i++) {
		const Finding *finding = verdict->findings->pdata[i];

		json_builder_begin_object(builder);
		add_member(builder, "rule",
		    finding->rule < N_RULES ? rule_names[finding->rule] : finding->test);
		add_member(builder, "test", finding->test);
		json_builder_set_member_name(builder, "score");
		json_builder_add_double_value(builder, finding->score);
		add_member(builder, "words", finding->words);
		add_member(builder, "where", finding->where);
		add_member(builder, "why", finding->why);
		json_builder_end_object(builder);
	}
	json_builder_end_array(builder);
	root = json_builder_get_root(builder);
	return json_to_string(root, FALSE);
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
