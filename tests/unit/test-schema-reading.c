/* A reading and its verdict as one value: what GVariant makes of it, that it comes back,
 * and that nothing else passes for one. */
#include "reading.h"

#include <string.h>

static Reading *
full_reading(void)
{
	Reading *reading = reading_new();

	reading->from_name = g_strdup("Ерлан");
	reading->from_address = g_strdup("e@mail.example");
	reading->subject = g_strdup("");
	reading->text = g_strdup("Первая строка.\nВторая.");
	reading->case_number = g_strdup("2026-000123");
	reading->kind = KIND_QUESTION;
	reading->language = LANGUAGE_KK;
	reading->confidential = TRUE;
	reading_add_attachment(reading, "a.pdf", "application/pdf", 12345678901);
	reading_add_attachment(reading, "", "text/plain", 0);
	return reading;
}

static Verdict *
full_verdict(void)
{
	Verdict *verdict = verdict_new();

	verdict->outcome = OUTCOME_REJECT;
	verdict->rule = RULE_CAPITALS;
	verdict->rules = 1u << RULE_CAPITALS | 1u << RULE_ANONYMOUS;
	for (guint i = 0; i < N_RULES; i++)
		verdict->scores[i] = i / 3.0;
	verdict->urgent = TRUE;
	verdict->topic = TOPIC_DIGITAL;
	verdict->second_topic = TOPIC_SOCIAL;
	verdict->topic_sure = TRUE;
	verdict->missing = g_strdup("phone");
	verdict->version = g_strdup("0123456789abcdef");
	verdict_add_finding(verdict, RULE_CAPITALS, "capitals/share", 1.23456, "ТЕКСТ",
	    "text line 1", "why it counts");
	verdict_add_finding(verdict, N_RULES, "urgent", -0.0375, NULL, NULL, NULL);
	return verdict;
}

static GByteArray *
pack(const Reading *reading, const Verdict *verdict)
{
	GByteArray *packed = g_byte_array_new();

	reading_pack(reading, verdict, packed);
	return packed;
}

/* A long text makes the value need wider numbers. */
typedef struct {
	const char *label;
	gsize text; /* bytes */
	gboolean empty;
} Size;

static const Size sizes[] = { { "nothing at all", 0, TRUE },
	{ "what most letters say", 0, FALSE }, { "a text of 200 bytes", 200, TRUE },
	{ "a text of 255 bytes", 255, TRUE }, { "a text of 60 KB", 60 << 10, FALSE },
	{ "a text of 64 KB", (64 << 10) - 300, FALSE },
	{ "a text of 1 MB", 1 << 20, FALSE } };

static void
take_size(const Size *size, Reading **ret_reading, Verdict **ret_verdict)
{
	*ret_reading = size->empty ? reading_new() : full_reading();
	*ret_verdict = size->empty ? verdict_new() : full_verdict();
	if (size->text == 0)
		return;
	g_free((*ret_reading)->text);
	(*ret_reading)->text = g_strnfill(size->text, 'x');
}

static void
is_a_variant(gconstpointer data)
{
	g_autoptr(Reading) reading = NULL;
	g_autoptr(Verdict) verdict = NULL;
	g_autoptr(GByteArray) packed = NULL;
	g_autoptr(GVariant) value = NULL, again = NULL;
	g_autofree char *told = NULL;

	take_size(data, &reading, &verdict);
	packed = pack(reading, verdict);
	value = g_variant_ref_sink(g_variant_new_from_data(
	    READING_PACKED_TYPE, packed->data, packed->len, FALSE, NULL, NULL));
	g_assert_true(g_variant_is_normal_form(value));
	/* Made anew by GVariant itself from what it says, it is the same bytes. */
	told = g_variant_print(value, TRUE);
	again = g_variant_parse(READING_PACKED_TYPE, told, NULL, NULL, NULL);
	g_assert_cmpmem(g_variant_get_data(again), g_variant_get_size(again),
	    packed->data, packed->len);
}

static void
assert_same(const Reading *reading, const Verdict *verdict, const GByteArray *packed)
{
	g_autoptr(GByteArray) again = pack(reading, verdict);

	g_assert_cmpmem(again->data, again->len, packed->data, packed->len);
}

static void
comes_back(gconstpointer data)
{
	g_autoptr(Reading) reading = NULL, back = NULL;
	g_autoptr(Verdict) verdict = NULL, back_verdict = NULL;
	g_autoptr(GByteArray) packed = NULL;

	take_size(data, &reading, &verdict);
	packed = pack(reading, verdict);
	g_assert_true(reading_unpack(packed->data, packed->len, &back, &back_verdict));
	assert_same(back, back_verdict, packed);
	g_assert_cmpstr(back->text, ==, reading->text);
	g_assert_cmpstr(back->subject, ==, reading->subject);
	g_assert_cmpint(back->kind, ==, reading->kind);
	g_assert_cmpuint(back->attachments->len, ==, reading->attachments->len);
	g_assert_cmpint(back_verdict->rule, ==, verdict->rule);
	g_assert_cmpuint(back_verdict->findings->len, ==, verdict->findings->len);
}

/* Scores keep three digits. */
static void
keeps_findings(void)
{
	g_autoptr(Reading) reading = full_reading(), back = NULL;
	g_autoptr(Verdict) verdict = full_verdict(), back_verdict = NULL;
	g_autoptr(GByteArray) packed = pack(reading, verdict);
	const Finding *finding;

	g_assert_true(reading_unpack(packed->data, packed->len, &back, &back_verdict));
	finding = back_verdict->findings->pdata[0];
	g_assert_cmpfloat(finding->score, ==, 1.235);
	g_assert_cmpstr(finding->words, ==, "ТЕКСТ");
	finding = back_verdict->findings->pdata[1];
	g_assert_cmpint(finding->rule, ==, N_RULES);
	g_assert_null(finding->words);
	g_assert_cmpstr(finding->why, ==, "");
	g_assert_cmpmem(back_verdict->scores, sizeof back_verdict->scores,
	    verdict->scores, sizeof verdict->scores);
}

static gboolean
is_taken(const guint8 *bytes, gsize size)
{
	/* A copy of that size, so that a sanitizer sees who reads over its end. */
	g_autofree guint8 *copy = g_memdup2(bytes, size);
	g_autoptr(Reading) reading = NULL;
	g_autoptr(Verdict) verdict = NULL;

	return reading_unpack(copy, size, &reading, &verdict);
}

/* A frame from a child that was taken over must not pass. */
static void
refuses_what_is_cut(void)
{
	g_autoptr(Reading) reading = full_reading();
	g_autoptr(Verdict) verdict = full_verdict();
	g_autoptr(GByteArray) packed = pack(reading, verdict);

	for (guint size = 0; size < packed->len; size++)
		g_assert_false(is_taken(packed->data, size));
	g_assert_true(is_taken(packed->data, packed->len));
}

/* Whatever one byte becomes, what is taken is whole: it can be packed again. */
static void
survives_any_byte(void)
{
	g_autoptr(Reading) reading = full_reading();
	g_autoptr(Verdict) verdict = full_verdict();
	g_autoptr(GByteArray) packed = pack(reading, verdict);
	guint refused = 0;

	for (guint i = 0; i < packed->len * 256; i++) {
		g_autoptr(Reading) back = NULL;
		g_autoptr(Verdict) back_verdict = NULL;
		guint8 before = packed->data[i / 256];

		packed->data[i / 256] = (guint8)i;
		if (reading_unpack(packed->data, packed->len, &back, &back_verdict)) {
			g_autoptr(GByteArray) again = pack(back, back_verdict);

			g_assert_cmpuint(again->len, >, 0);
			g_assert_true(g_utf8_validate(back_verdict->version, -1, NULL));
			g_assert_cmpint(back->kind, <, N_KINDS);
		} else {
			refused++;
		}
		packed->data[i / 256] = before;
	}
	g_assert_cmpuint(refused, >, packed->len * 64);
}

typedef struct {
	const char *label;
	void (*spoil)(Reading *reading, Verdict *verdict);
} Foreign;

static void
spoil_rule(Reading *reading, Verdict *verdict)
{
	verdict->rule = N_RULES;
}

static void
spoil_rules(Reading *reading, Verdict *verdict)
{
	verdict->rules = 1u << N_RULES;
}

static void
spoil_kind(Reading *reading, Verdict *verdict)
{
	reading->kind = N_KINDS;
}

static void
spoil_text(Reading *reading, Verdict *verdict)
{
	reading->text[0] = '\xff';
}

static void
spoil_finding(Reading *reading, Verdict *verdict)
{
	((Finding *)verdict->findings->pdata[0])->rule = N_RULES + 1;
}

static const Foreign foreign[] = { { "a rule that is none", spoil_rule },
	{ "rules that are none", spoil_rules }, { "a kind that is none", spoil_kind },
	{ "a text that is no UTF-8", spoil_text },
	{ "a finding of no rule", spoil_finding } };

static void
refuses_foreign(gconstpointer data)
{
	const Foreign *item = data;
	g_autoptr(Reading) reading = full_reading();
	g_autoptr(Verdict) verdict = full_verdict();
	g_autoptr(GByteArray) packed = NULL;

	item->spoil(reading, verdict);
	packed = pack(reading, verdict);
	g_assert_false(is_taken(packed->data, packed->len));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autofree char *is =
		    g_strconcat("/reading/is a variant/", sizes[i].label, NULL);
		g_autofree char *back =
		    g_strconcat("/reading/comes back/", sizes[i].label, NULL);

		g_test_add_data_func(is, &sizes[i], is_a_variant);
		g_test_add_data_func(back, &sizes[i], comes_back);
	}
	for (guint i = 0; i < G_N_ELEMENTS(foreign); i++) {
		g_autofree char *path =
		    g_strconcat("/reading/refuses/", foreign[i].label, NULL);

		g_test_add_data_func(path, &foreign[i], refuses_foreign);
	}
	g_test_add_func("/reading/keeps the findings", keeps_findings);
	g_test_add_func("/reading/refuses what is cut", refuses_what_is_cut);
	g_test_add_func("/reading/survives any byte", survives_any_byte);
	return g_test_run();
}
