/* The header: sender, recipients, thread, and why no automatic answer may go out. */
#include "address.h"
#include "fault.h"
#include "read.h"

#include <string.h>

static Reading *
read_header(const char *header)
{
	g_autofree char *letter = g_strconcat(header, "\r\ntext\r\n", NULL);
	g_autoptr(GBytes) raw = g_bytes_new(letter, strlen(letter));
	g_autoptr(GError) error = NULL;
	Reading *reading = letter_read(raw, TRUE, NULL, &error);

	g_assert_no_error(error);
	return reading;
}

typedef struct {
	const char *label, *raw;
	const char *name, *address; /* of the first entry; "-" for no entry at all */
	guint n;
} AddressCase;

static const AddressCase address_cases[] = {
	{ "a bare address", "a@b.example", NULL, "a@b.example", 1 },
	{ "name and address", "Anna <a@b.example>", "Anna", "a@b.example", 1 },
	{ "a quoted name with a comma", "\"Doe, J.\" <a@b.example>", "Doe, J.",
	    "a@b.example", 1 },
	{ "a bare name with a comma", "Doe, J. <a@b.example>", "Doe, J.", "a@b.example",
	    1 },
	{ "an encoded word with a comma in it", "=?utf-8?Q?Doe, J?= <a@b.example>",
	    "Doe, J", "a@b.example", 1 },
	{ "a name split over words",
	    "=?UTF-8?B?0JjQstCw0L0=?= =?UTF-8?B?INCf0LXRgtGA0L7Qsg==?= <i@p.example>",
	    "Иван Петров", "i@p.example", 1 },
	{ "a comment is the name", "a@b.example (Anna B.)", "Anna B.", "a@b.example", 1 },
	{ "two entries", "Anna <a@b.example>, c@d.example", "Anna", "a@b.example", 2 },
	{ "a group", "friends: a@b.example, c@d.example;", NULL, "a@b.example", 2 },
	{ "an empty group", "undisclosed-recipients:;", NULL, "-", 0 },
	{ "an address as the name", "\"admin@bank.example\" <a@b.example>",
	    "admin@bank.example", "a@b.example", 1 },
	{ "a route", "<@relay.example:a@b.example>", NULL, "a@b.example", 1 },
	{ "an angle that never ends", "Anna <a@b.example", "Anna", "a@b.example", 1 },
	{ "no address at all", "Anna", NULL, "-", 0 },
	{ "no @", "Anna <nobody>", "Anna", NULL, 1 },
	{ "an injected line is no address", "<a@b.example\r\nBcc: x@y.example>", NULL,
	    NULL, 1 },
	{ "two @ are no address", "<a@b@c.example>", NULL, NULL, 1 },
	{ "raw windows-1251",
	    "\xc0\xed\xed\xe0 \xcf\xe5\xf2\xf0\xee\xe2\xe0 <a@b.example>", "Анна Петрова",
	    "a@b.example", 1 },
	{ "direction marks in the name", "=?utf-8?Q?A=E2=80=AEnna?= <a@b.example>",
	    "Anna", "a@b.example", 1 },
};

static void
test_address(gconstpointer data)
{
	const AddressCase *item = data;
	g_autoptr(GPtrArray) list =
	    addresses_parse(item->raw, strlen(item->raw), 10, NULL);

	g_assert_cmpuint(list->len, ==, item->n);
	if (item->n == 0)
		return;
	g_assert_cmpstr(((Address *)list->pdata[0])->name, ==, item->name);
	g_assert_cmpstr(((Address *)list->pdata[0])->address, ==, item->address);
}

typedef struct {
	const char *label, *header, *why;
} WhyCase;

#define FROM "From: Anna <a@b.example>\r\n"

static const WhyCase why_cases[] = {
	{ "an ordinary letter", FROM "Return-Path: <a@b.example>\r\n", NULL },
	{ "a null sender", FROM "Return-Path: <>\r\n", "null-sender" },
	{ "a null sender with a blank", FROM "Return-Path: < >\r\n", "null-sender" },
	{ "a report",
	    FROM "Content-Type: multipart/report; boundary=x\r\nReturn-Path: <>\r\n",
	    "report" },
	{ "sent automatically", FROM "Auto-Submitted: auto-replied (vacation)\r\n",
	    "auto-submitted" },
	{ "not sent automatically", FROM "Auto-Submitted: No\r\n", NULL },
	{ "a list", FROM "List-Id: <x.example>\r\n", "list" },
	{ "bulk", FROM "Precedence: bulk\r\n", "bulk" },
	{ "first class", FROM "Precedence: first-class\r\n", NULL },
	{ "an invitation", FROM "Content-Type: text/calendar; method=REQUEST\r\n",
	    "calendar" },
	{ "a calendar's file", FROM "Content-Type: text/calendar\r\n", NULL },
	{ "an invitation with a text",
	    FROM "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\n"
		 "Come\r\n--x\r\nContent-Type: text/calendar; method=CANCEL\r\n",
	    "calendar" },
	{ "an invitation attached",
	    FROM "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n"
		 "Come\r\n--x\r\nContent-Type: text/calendar; method=REQUEST\r\n",
	    NULL },
	{ "asks for silence", FROM "X-Auto-Response-Suppress: OOF, DR\r\n", "suppress" },
	{ "asks for no receipts only", FROM "X-Auto-Response-Suppress: DR, RN\r\n",
	    NULL },
	{ "an autoresponder", FROM "X-Autoreply: yes\r\n", "autoreply" },
	{ "no-reply", "From: No-Reply_17@b.example\r\n", "noreply" },
	{ "mailer-daemon", "From: MAILER-DAEMON@b.example\r\n", "noreply" },
	{ "a name like it", "From: postnikova@b.example\r\n", NULL },
	{ "no From", "To: x@y.example\r\n", "forged" },
	{ "two addresses in From", "From: a@b.example, c@d.example\r\n", "forged" },
	{ "two From", FROM "From: c@d.example\r\n", "forged" },
	{ "From without an address", "From: Anna\r\n", "forged" },
};

static void
test_why(gconstpointer data)
{
	const WhyCase *item = data;
	g_autoptr(Reading) reading = read_header(item->header);

	g_assert_cmpstr(reading->no_answer, ==, item->why);
	g_assert_true(
	    (reading->from_address == NULL) == (g_strcmp0(item->why, "forged") == 0));
}

static void
test_relays(void)
{
	GString *header = g_string_new(FROM);

	for (guint i = 0; i < 51; i++)
		g_string_append(header, "Received: from x by y\r\n");
	g_autofree char *whole = g_string_free(header, FALSE);
	g_autoptr(Reading) reading = read_header(whole);

	g_assert_cmpstr(reading->no_answer, ==, "loop");
}

static void
test_fields(void)
{
	g_autoptr(Reading) reading =
	    read_header("Delivered-To: rector+c1.k7f3@abai.example\r\n"
			"Authentication-Results: mx.abai.example; dmarc=pass\r\n"
			"Authentication-Results: forged.example; dmarc=pass\r\n"
			"From: Anna <a@b.example>\r\n"
			"Reply-To: <other@b.example>\r\n"
			"To: rector@abai.example, Rector <rector@abai.example>\r\n"
			"Cc: c@d.example\r\n"
			"Message-ID: <1@b.example>\r\n"
			"In-Reply-To: Your letter <0@abai.example> of today\r\n"
			"References: <a@x>\r\n <b@x> rubbish <c x> <d\x01@x>\r\n");

	g_assert_cmpstr(reading->from_name, ==, "Anna");
	g_assert_cmpstr(reading->reply_to, ==, "other@b.example");
	g_assert_cmpstr(reading->recipients, ==,
	    "rector+c1.k7f3@abai.example rector@abai.example c@d.example");
	g_assert_cmpstr(reading->authentication, ==, "mx.abai.example; dmarc=pass");
	g_assert_cmpstr(reading->message_id, ==, "<1@b.example>");
	g_assert_cmpstr(reading->in_reply_to, ==, "<0@abai.example>");
	g_assert_cmpstr(reading->references, ==, "<a@x> <b@x>");
}

static void
test_same_reply_to(void)
{
	g_autoptr(Reading) reading = read_header(FROM "Reply-To: A@B.example\r\n");

	g_assert_null(reading->reply_to);
}

/* The nearest ones are kept. */
static void
test_many_references(void)
{
	g_autoptr(GString) header = g_string_new(FROM "References:");
	g_autoptr(Reading) reading = NULL;
	g_auto(GStrv) ids = NULL;

	for (guint i = 1; i <= 300; i++)
		g_string_append_printf(header, " <%u@x>\r\n", i);
	reading = read_header(header->str);
	ids = g_strsplit(reading->references, " ", -1);

	g_assert_cmpuint(g_strv_length(ids), ==, 100);
	g_assert_cmpstr(ids[0], ==, "<201@x>");
	g_assert_cmpstr(ids[99], ==, "<300@x>");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	letter_read_prepare();
	for (guint i = 0; i < G_N_ELEMENTS(address_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/header/address/%s", address_cases[i].label);

		g_test_add_data_func(path, &address_cases[i], test_address);
	}
	for (guint i = 0; i < G_N_ELEMENTS(why_cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/header/no answer/%s", why_cases[i].label);

		g_test_add_data_func(path, &why_cases[i], test_why);
	}
	g_test_add_func("/header/no answer/more than fifty relays", test_relays);
	g_test_add_func("/header/every field has its place", test_fields);
	g_test_add_func("/header/Reply-To equal to From is none", test_same_reply_to);
	g_test_add_func("/header/at most a hundred references", test_many_references);
	return g_test_run();
}
