#include "fault.h"
#include "template.h"

#define TEXTS TEST_SOURCE_ROOT "/notifier/data/templates"

#define BIT(name) FIELD_BIT(FIELD_##name)

static const char *const headers[] = { "Subject", NULL };

/* number and due always have a value, name and text may be empty; due must be told. */
static const KindInfo kind = { "sample",
	BIT(NUMBER) | BIT(DUE) | BIT(NAME) | BIT(TEXT) | BIT(COUNTED) | BIT(RECEIVED),
	BIT(NAME) | BIT(TEXT), BIT(DUE), headers };

typedef struct {
	const char *label, *text, *says;
} Refusal;

#define HEAD "Subject: No. {number}\n\n"

static const Refusal refusals[] = {
	{ "an unknown field, in its line", HEAD "one {due}\ntwo {nmber}\n",
	    "sample.txt:4: unknown field {nmber}; known here: name, number, received, "
	    "due, "
	    "counted, text" },
	{ "an unknown field in the head", "# a remark\nSubject: {x}\n\n{due}\n",
	    "sample.txt:2: unknown field {x}; known here: name, number, received, due, "
	    "counted, "
	    "text" },
	{ "a field that this kind does not have", HEAD "{due} {topic}\n",
	    "sample.txt:3: unknown field {topic}; known here: name, number, received, "
	    "due, "
	    "counted, text" },
	{ "a field that may be empty, outside of its block",
	    HEAD "{due}\n\nDear {name},\n",
	    "sample.txt:5: {name} may have no value: put it between {?name} and "
	    "{/name}" },
	{ "the same in the wrong block", HEAD "{due}{!name}{name}{/name}\n",
	    "sample.txt:3: {name} may have no value: put it between {?name} and "
	    "{/name}" },
	{ "a block round what always has a value", HEAD "{?due}{due}{/due}\n",
	    "sample.txt:3: {due} always has a value: it needs no block" },
	{ "a field that must be told, and is not", HEAD "Nothing.\n",
	    "sample.txt:4: the field {due} is missing: a mail of the kind sample tells "
	    "it" },
	{ "a block that is never closed", HEAD "{due}\n{?name}Dear {name}\n",
	    "sample.txt:4: {?name} is never closed" },
	{ "an end without a beginning", HEAD "{due}{/name}\n",
	    "sample.txt:3: {/name} closes nothing" },
	{ "blocks that cross", HEAD "{due}{?name}{?text}{/name}{/text}\n",
	    "sample.txt:3: {/name} where {/text} is expected (opened in line 3)" },
	{ "an unknown filter", HEAD "{due|dates}\n",
	    "sample.txt:3: unknown filter \"dates\"" },
	{ "a filter for other fields", HEAD "{due} {number|date}\n",
	    "sample.txt:3: the filter \"date\" does not suit this field" },
	{ "a brace without its fellow", HEAD "{due\n",
	    "sample.txt:3: \"{\" without its \"}\"" },
	{ "an empty pair of braces", HEAD "{}\n",
	    "sample.txt:3: \"{\" without its \"}\"" },
	{ "a list amid a line", HEAD "{due}\nThat is {counted|list}\n",
	    "sample.txt:4: {counted} needs a line to itself" },
	{ "a quotation amid a line", HEAD "{due}\n{?text}he says {text}{/text}\n",
	    "sample.txt:4: {text} needs a line to itself" },
	{ "a head without its line", "\n{due}\n",
	    "sample.txt:1: the head lacks \"Subject: …\"" },
	{ "a line of the head that nobody knows", "Subject: x\nBcc: y\n\n{due}\n",
	    "sample.txt:2: \"Subject: …\" is expected in the head" },
	{ "a line of the head twice", "Subject: x\nSubject: y\n\n{due}\n",
	    "sample.txt:2: Subject stands here twice" },
	{ "no body", "Subject: {due}\n", "sample.txt:2: the body is empty" },
	{ "bytes that are no UTF-8", "Subject: \xff\n\n{due}\n",
	    "sample.txt:1: the file is not UTF-8" },
};

static void
refuses(gconstpointer data)
{
	const Refusal *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Template) item = template_parse("sample.txt", row->text, &kind, &error);

	g_assert_null(item);
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_cmpstr(error->message, ==, row->says);
}

typedef struct {
	const char *label, *text, *body;
} Written;

static const Written written[] = {
	{ "a date in words, long, short and as the field's own way",
	    HEAD "{due} {due|date} {due|short}",
	    "14 December 2026 14 December 2026 Monday, 14 December" },
	{ "a moment, its date and its hour",
	    HEAD "{due|short}; {received}, {received|date}, {received|time}",
	    "Monday, 14 December; 20 November 2026 at 18:20 (Almaty time), 20 November "
	    "2026, 18:20" },
	{ "a list as items", HEAD "{due}\n{counted|list}\nend",
	    "14 December 2026\n- one\n- two\nend" },
	{ "a list within a sentence", HEAD "{due}: {counted}.",
	    "14 December 2026: one, two." },
	{ "a quotation, with its empty line", HEAD "{due}\n{?text}{text}{/text}",
	    "14 December 2026\n> first\n> \n> {due} third" },
	{ "what has a value, and what has none",
	    HEAD "{due}{?name}[{name}]{/name}{!name}nobody{/name}"
		 "{?text}, a text{/text}",
	    "14 December 2026nobody, a text" },
	{ "blocks within blocks",
	    HEAD "{due}{?text}a{?name}b{/name}c{!name}d{/name}{/text}e",
	    "14 December 2026acde" },
};

static void
writes(gconstpointer data)
{
	const Written *row = data;
	char *values[N_FIELDS] = { [FIELD_NUMBER] = (char *)"2026-000123",
		[FIELD_DUE] = (char *)"2026-12-14",
		[FIELD_RECEIVED] = (char *)"2026-11-20T18:20",
		[FIELD_COUNTED] = (char *)"one\ntwo",
		[FIELD_TEXT] = (char *)"first\n\n{due} third" };
	g_autoptr(GError) error = NULL;
	g_autoptr(Words) words = words_load(TEXTS "/en", &error);
	g_autoptr(Template) item = template_parse("sample.txt", row->text, &kind, &error);
	g_autofree char *subject = NULL;
	g_autofree char *body = NULL;

	g_assert_no_error(error);
	subject = template_head(item, "Subject", values, words);
	body = template_body(item, values, words);

	g_assert_cmpstr(subject, ==, "No. 2026-000123");
	g_assert_cmpstr(body, ==, row->body);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *path =
		    g_strdup_printf("/template/refuses %s", refusals[i].label);
		g_test_add_data_func(path, &refusals[i], refuses);
	}
	for (guint i = 0; i < G_N_ELEMENTS(written); i++) {
		g_autofree char *path =
		    g_strdup_printf("/template/writes %s", written[i].label);
		g_test_add_data_func(path, &written[i], writes);
	}
	return g_test_run();
}
