/* Mails that came back, as servers write them: who, what became of it, by which code, and
 * which mail. */
#include "bounce.h"
#include "fault.h"
#include "identity-sample.h"
#include "read.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TO "rector+b.abcdefghjkmnpqrs@univ.example"
#define OURS "<n1.7f@univ.example>"
#define HEAD(from, subject)                                                              \
	"Return-Path: <>\r\nDelivered-To: " TO "\r\nFrom: " from "\r\nTo: " TO           \
	"\r\nSubject: " subject "\r\n"
#define REPORT(subject)                                                                  \
	HEAD("MAILER-DAEMON@mx.example (Mail Delivery System)", subject)                 \
	"MIME-Version: 1.0\r\nContent-Type: multipart/report; "                          \
	"report-type=delivery-status;\r\n boundary=\"x\"\r\n\r\n"
#define PROSE(text) "--x\r\nContent-Type: text/plain\r\n\r\n" text "\r\n"
#define STATUS                                                                           \
	"--x\r\nContent-Description: Delivery report\r\nContent-Type: "                  \
	"message/delivery-status\r\n\r\n"
#define HEADERS                                                                          \
	"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nReceived: from us\r\nFrom: "    \
	"rector@univ.example\r\nMessage-ID: " OURS "\r\nSubject: Ответ\r\n\r\n--x--\r\n"
#define MAIL                                                                             \
	"--x\r\nContent-Type: message/rfc822\r\n\r\nFrom: rector@univ.example\r\n"       \
	"Message-Id: " OURS "\r\nSubject: A\r\n\r\nDear Anna\r\n--x--\r\n"
#define MTA "Reporting-MTA: dns; mx.example\r\nArrival-Date: Mon, 23 Nov 2026\r\n\r\n"

typedef struct {
	const char *label, *raw;
	const char *action, *status, *recipient, *message_id; /* as in the Reading */
} Case;

static const Case cases[] = {
	{ "Postfix",
	    REPORT("Undelivered Mail Returned to Sender")
		PROSE("This is the mail system at host mx.example.\r\n\r\nI'm sorry to "
		      "have to inform you that your message could not\r\nbe delivered.")
		    STATUS MTA
	    "Final-Recipient: rfc822; anna@mail.example\r\n"
	    "Original-Recipient: rfc822;anna@student.example\r\nAction: failed\r\n"
	    "Status: 5.1.1\r\nRemote-MTA: dns; mail.example\r\nDiagnostic-Code: smtp; "
	    "550 5.1.1 <anna@mail.example>:\r\n    Recipient address rejected: User "
	    "unknown\r\n\r\n" HEADERS,
	    "failed", "5.1.1", "anna@student.example", OURS },
	{ "Postfix, still trying",
	    REPORT("Delayed Mail (still being retried)")
		PROSE("THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nAction: delayed\r\n"
	    "Status: 4.4.1\r\nWill-Retry-Until: Sat, 28 Nov 2026\r\n\r\n" HEADERS,
	    "delayed", "4.4.1", "anna@student.example", OURS },
	{ "Postfix, after five days",
	    REPORT("Undelivered Mail Returned to Sender") PROSE("Sorry.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nAction: failed\r\n"
	    "Status: 4.4.1\r\n\r\n" HEADERS,
	    "failed", "4.4.1", "anna@student.example", OURS },
	{ "Postfix, where it was taken over",
	    REPORT("Successful Mail Delivery Report") PROSE("Delivered.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nAction: relayed\r\n"
	    "Status: 2.0.0\r\n\r\n" HEADERS,
	    "relayed", "2.0.0", "anna@student.example", OURS },
	{ "two recipients, the second one failed",
	    REPORT("Undelivered") PROSE("See below.") STATUS MTA
	    "Final-Recipient: rfc822; one@x.example\r\nAction: delayed\r\nStatus: "
	    "4.2.2\r\n\r\n"
	    "Final-Recipient: rfc822; two@x.example\r\nAction: failed\r\nStatus: "
	    "5.2.1\r\n\r\n" MAIL,
	    "failed", "5.2.1", "two@x.example", OURS },
	{ "three recipients, the worst in the middle, no blank lines",
	    REPORT("Undelivered") PROSE("See below.") STATUS
	    "Reporting-MTA: dns; mx.example\r\n"
	    "Final-Recipient: rfc822; one@x.example\r\nAction: failed\r\nStatus: "
	    "4.4.7\r\n"
	    "Final-Recipient: rfc822; two@x.example\r\nAction: failed\r\nStatus: "
	    "5.7.1\r\n"
	    "Final-Recipient: rfc822; three@x.example\r\nAction: delivered\r\nStatus: "
	    "2.1.5\r\n" MAIL,
	    "failed", "5.7.1", "two@x.example", OURS },
	{ "blank lines within a group",
	    REPORT("Undelivered") PROSE("See below.") STATUS MTA
	    "Original-Recipient: rfc822;anna@student.example\r\n\r\n"
	    "Final-Recipient: rfc822;a.b@inner.example\r\n\r\nAction: failed\r\nStatus: "
	    "5.1.10\r\n\r\n" MAIL,
	    "failed", "5.1.10", "anna@student.example", OURS },
	{ "Exchange Online, everything in base64",
	    HEAD("postmaster@student.example",
		"=?utf-8?B?0J3QtSDQtNC+0YHRgtCw0LLQu9C10L3Qvg==?=") "Content-Type: "
								    "multipart/report; "
								    "boundary=x; "
								    "report-type="
								    "delivery-"
								    "status\r\n\r\n"
								    "--x\r\nContent-Type:"
								    " text/html; "
								    "charset=utf-8\r\n"
								    "Content-Transfer-"
								    "Encoding: "
								    "base64\r\n\r\n"
								    "PHA+"
								    "WW91ciBtZXNzYWdlIHRv"
								    "IGFubmEgY291bGRuJ3Qg"
								    "YmUgZGVsaXZlcmVkLjwv"
								    "cD4=\r\n"
								    "--x\r\nContent-Type:"
								    " message/"
								    "delivery-status\r\n"
								    "Content-Transfer-"
								    "Encoding: "
								    "base64\r\n\r\n"
								    "UmVwb3J0aW5nLU1UQTog"
								    "ZG5zO2V4LmV4YW1wbGUN"
								    "Cg0KRmluYWwtUmVjaXBp"
								    "ZW50OiBy\r\n"
								    "ZmM4MjI7YW5uYUBzdHVk"
								    "ZW50LmV4YW1wbGUNCkFj"
								    "dGlvbjogZmFpbGVkDQpT"
								    "dGF0dXM6\r\n"
								    "IDUuMS4xMA0KDQo=\r\n"
								    "--x\r\nContent-Type:"
								    " text/"
								    "rfc822-"
								    "headers\r\nContent-"
								    "Transfer-Encoding: "
								    "base64\r\n\r\n"
								    "RnJvbTogcmVjdG9yQHVu"
								    "aXYuZXhhbXBsZQ0KTWVz"
								    "c2FnZS1JRDogPG4xLjdm"
								    "QHVuaXYu\r\n"
								    "ZXhhbXBsZT4NCg0K\r\n"
								    "--x--\r\n",
	    "failed", "5.1.10", "anna@student.example", OURS },
	{ "Exchange 2003, prose",
	    HEAD("postmaster@student.example",
		"Undeliverable: Answer") "Content-Type: text/plain\r\n\r\n"
					 "Your message\r\n\r\n  To:      "
					 "anna@student.example\r\n  Subject: Answer\r\n"
					 "  Sent:    Mon, 23 Nov 2026 10:00:00 "
					 "+0500\r\n\r\n"
					 "did not reach the following "
					 "recipient(s):\r\n\r\n"
					 "anna@student.example on Mon, 23 Nov 2026 "
					 "10:00:05 +0500\r\n"
					 "    The e-mail account does not exist at the "
					 "organization this message was "
					 "sent to.\r\n    <ex.student.example "
					 "#5.1.1>\r\n",
	    "failed", "5.1.1", "anna@student.example", NULL },
	{ "Exim, prose",
	    HEAD("Mail Delivery System <Mailer-Daemon@mx.example>",
		"Mail delivery failed: returning message to sender") "X-Failed-"
								     "Recipients: "
								     "anna@student."
								     "example\r\nAuto-"
								     "Submitted: "
								     "auto-"
								     "replied\r\n\r\n"
								     "This message was "
								     "created "
								     "automatically by "
								     "mail delivery "
								     "software.\r\n\r\n"
								     "A message that you "
								     "sent could not be "
								     "delivered to one "
								     "or more of its\r\n"
								     "recipients. This "
								     "is a permanent "
								     "error. The "
								     "following "
								     "address(es) "
								     "failed:\r\n\r\n"
								     "  "
								     "anna@student."
								     "example\r\n    "
								     "host "
								     "mail.student."
								     "example "
								     "[192.0.2.1]\r\n"
								     "    SMTP error "
								     "from remote mail "
								     "server after RCPT "
								     "TO:<anna@student."
								     "example>:\r\n"
								     "    550 5.1.1 "
								     "<anna@student."
								     "example>: "
								     "Recipient address "
								     "rejected\r\n\r\n"
								     "------ This is a "
								     "copy of the "
								     "message, including "
								     "all the headers. "
								     "------\r\n\r\n"
								     "Return-path: "
								     "<rector@univ."
								     "example>\r\nFrom: "
								     "rector@univ."
								     "example\r\n"
								     "Message-ID: " OURS
								     "\r\nSubject: "
								     "A\r\n\r\nCall "
								     "5.7.9 or "
								     "bob@x.example\r\n",
	    "failed", "5.1.1", "anna@student.example", OURS },
	{ "Exim of two minds, no header field",
	    HEAD("Mail Delivery System <Mailer-Daemon@mx.example>",
		"Mail delivery failed: returning message to sender") "\r\nA message that "
								     "you sent could not "
								     "be delivered to "
								     "all of its "
								     "recipients.\r\nThe "
								     "following "
								     "address(es) "
								     "failed:\r\n\r\n"
								     "  "
								     "one@x.example\r\n  "
								     "  SMTP error: 451 "
								     "4.7.1 greylisted: "
								     "retry timeout "
								     "exceeded\r\n"
								     "  "
								     "two@x.example\r\n  "
								     "  550-5.7.1 our "
								     "Exim 4.94.2 at "
								     "192.5.1.1 says "
								     "no\r\n",
	    "failed", "5.7.1", "two@x.example", NULL },
	{ "Exim, still trying",
	    HEAD("Mail Delivery System <Mailer-Daemon@mx.example>",
		"Warning: message 1kX delayed 24 hours") "Auto-Submitted: "
							 "auto-replied\r\n\r\n"
							 "This message was created "
							 "automatically by mail delivery "
							 "software.\r\n"
							 "A message that you sent has "
							 "not yet been delivered to one "
							 "or more of "
							 "its\r\n"
							 "recipients after more than 24 "
							 "hours on the queue on "
							 "mx.example.\r\n\r\n"
							 "The address to which the "
							 "message has not yet been "
							 "delivered is:\r\n\r\n"
							 "  "
							 "anna@student.example\r\n\r\nNo "
							 "action is required on your "
							 "part. Delivery "
							 "attempts will continue "
							 "for\r\nsome time. If it could "
							 "not be delivered, it "
							 "will be returned to you.\r\n",
	    "delayed", "4.0.0", "anna@student.example", NULL },
	{ "qmail",
	    HEAD("MAILER-DAEMON@mx.example",
		"failure notice") "\r\nHi. This is the qmail-send program at "
				  "mx.example.\r\n"
				  "I'm afraid I wasn't able to deliver your message to "
				  "the following "
				  "addresses.\r\n"
				  "This is a permanent error; I've given up. Sorry it "
				  "didn't work out.\r\n\r\n"
				  "<anna@student.example>:\r\nSorry, no mailbox here by "
				  "that name. "
				  "(#5.1.1)\r\n\r\n"
				  "--- Below this line is a copy of the message.\r\n\r\n"
				  "Return-Path: "
				  "<rector@univ.example>\r\nMessage-ID:\r\n " OURS
				  "\r\nFrom: rector@univ.example\r\n\r\nText\r\n",
	    "failed", "5.1.1", "anna@student.example", OURS },
	{ "Mail.ru, prose in Russian",
	    HEAD("mailer-daemon@mail.example",
		"=?utf-8?B?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtSDRgdC+"
		"0L7QsdGJ0LXQvdC40LU=?=") "X-Failed-Recipients: "
					  "anna@mail.example\r\nAuto-Submitted: "
					  "auto-replied\r\n"
					  "Content-Type: text/plain; "
					  "charset=utf-8\r\nContent-Transfer-Encoding: "
					  "8bit\r\n\r\n"
					  "Это письмо создано автоматически сервером "
					  "Mail.Ru, отвечать на него не "
					  "нужно.\r\n\r\n"
					  "К сожалению, Ваше письмо не может быть "
					  "доставлено одному или нескольким "
					  "получателям:\r\n\r\n**********************"
					  "\r\n\r\nanna@mail.example\r\n"
					  "Ящик получателя переполнен\r\n",
	    "failed", "5.2.2", "anna@mail.example", NULL },
	{ "Mail.ru in English, code in old form",
	    HEAD("mailer-daemon@mail.example",
		"Mail delivery failed") "Auto-Submitted: auto-replied\r\n\r\n"
					"This message was created automatically by mail "
					"delivery software.\r\n"
					"A message that you sent could not be delivered "
					"to one or more of its "
					"recipients.\r\n\r\n  anna@mail.example\r\n"
					"    SMTP error from remote mail server: 550 "
					"Message was not accepted\r\n",
	    "failed", "5.0.0", "anna@mail.example", NULL },
	{ "Yandex, prose in Russian, raw windows-1251 in the report",
	    HEAD("mailer-daemon@yandex.example",
		"=?utf-8?B?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtSDRgdC+"
		"0L7QsdGJ0LXQvdC40LU=?=") "Content-Type: multipart/report; boundary=x; "
					  "report-type=delivery-status\r\n\r\n"
					  "--x\r\nContent-Type: text/plain; "
					  "charset=utf-8\r\n\r\n"
					  "Это письмо отправлено почтовым сервером.\r\nК "
					  "сожалению, Ваше письмо не "
					  "может быть отправлено одному или нескольким "
					  "адресатам.\r\n" STATUS MTA
					  "Final-Recipient: rfc822; "
					  "anna@yandex.example\r\nDiagnostic-Code: smtp; "
					  "550 "
					  "5.7.1 \xcd\xe5\xf2\r\nAction: "
					  "failed\r\nStatus: 5.7.1\r\n\r\n" HEADERS,
	    "failed", "5.7.1", "anna@yandex.example", OURS },
	{ "Yandex, prose alone",
	    HEAD("mailer-daemon@yandex.example",
		"=?utf-8?B?0J3QtdC00L7RgdGC0LDQstC70LXQvdC90L7QtSDRgdC+"
		"0L7QsdGJ0LXQvdC40LU=?=") "Auto-Submitted: auto-replied\r\nContent-Type: "
					  "text/plain; "
					  "charset=utf-8\r\nContent-Transfer-Encoding: "
					  "base64\r\n\r\n"
					  "0JLQsNGI0LUg0L/"
					  "QuNGB0YzQvNC+"
					  "INC90LUg0LzQvtC20LXRgiDQsdGL0YLRjCDQvtGC0L/"
					  "R\r\n"
					  "gNCw0LLQu9C10L3QviDQsNC00YDQtdGB0LDRgtGDLgoKPG"
					  "FubmFAeWFuZGV4LmV4YW1wbGU+\r\n"
					  "OiBob3N0IG14WzE5Mi4wLjIuMV0gc2FpZDogNTUwIDUuNy"
					  "4xIE5vIHN1Y2ggdXNlciEKCg==\r\n",
	    "failed", "5.7.1", "anna@yandex.example", NULL },
	{ "Domino: fields in other cases, no type, a comment",
	    REPORT("DELIVERY FAILURE: User not listed") PROSE("Your message") STATUS
	    "REPORTING-MTA: dns;domino\r\n\r\nFINAL-RECIPIENT: <anna@student.example> "
	    "(Anna)\r\nACTION: Failed (permanently)\r\nSTATUS: 5.1.1 (unknown)\r\n" MAIL,
	    "failed", "5.1.1", "anna@student.example", OURS },
	{ "no Action: the status tells",
	    REPORT("Undelivered") PROSE("See below.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nStatus: 4.4.1\r\n\r\n" MAIL,
	    "delayed", "4.4.1", "anna@student.example", OURS },
	{ "no Status: the diagnostic tells",
	    REPORT("Undelivered") PROSE("See below.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nAction: failed\r\n"
	    "Diagnostic-Code: smtp; 552 5.2.2 full\r\n\r\n" MAIL,
	    "failed", "5.2.2", "anna@student.example", OURS },
	{ "an address in UTF-8 (RFC 6533)",
	    REPORT("Undelivered")
		PROSE("See below.") "--x\r\nContent-Type: "
				    "message/global-delivery-status\r\n\r\n" MTA
				    "Final-Recipient: utf-8; "
				    "анна@почта.example\r\nAction: failed\r\nStatus: "
				    "5.1.1\r\n\r\n" MAIL,
	    "failed", "5.1.1", "анна@почта.example", OURS },
	{ "within a list's or a scanner's frame",
	    HEAD("MAILER-DAEMON@mx.example",
		"Undelivered Mail Returned to Sender") "Content-Type: multipart/mixed; "
						       "boundary=y\r\n\r\n"
						       "--y\r\nContent-Type: "
						       "multipart/report; "
						       "boundary=x\r\n\r\n" PROSE(
							   "Sorry.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nAction: "
	    "failed\r\nStatus: 5.1.1\r\n\r\n" MAIL
	    "--y\r\nContent-Type: text/plain\r\n\r\nScanned.\r\n--y--\r\n",
	    "failed", "5.1.1", "anna@student.example", OURS },
	{ "cut off in the middle of a group",
	    REPORT("Undelivered Mail Returned to Sender") PROSE("Sorry.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nAction: failed\r\nSta",
	    "failed", "5.0.0", "anna@student.example", NULL },
	{ "a report within the mail that came back counts for nothing",
	    REPORT("Undelivered Mail Returned to Sender") PROSE("Sorry.") STATUS MTA
	    "Final-Recipient: rfc822; anna@student.example\r\nAction: delayed\r\nStatus: "
	    "4.4.1\r\n\r\n"
	    "--x\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: " OURS
	    "\r\nContent-Type: multipart/report; boundary=z\r\n\r\n"
	    "--z\r\nContent-Type: message/delivery-status\r\n\r\n"
	    "Final-Recipient: rfc822; bob@x.example\r\nAction: failed\r\nStatus: "
	    "5.1.1\r\n\r\n--z--\r\n--x--\r\n",
	    "delayed", "4.4.1", "anna@student.example", OURS },
	{ "rubbish in every field",
	    REPORT("Undelivered Mail Returned to Sender") PROSE("Sorry.") STATUS MTA
	    "Final-Recipient: rfc822; '; DROP TABLE cases; --@\r\nAction: "
	    "failed%s%n\r\nStatus: "
	    "55.1.1.1.1\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\n"
	    "Message-ID: no brackets\r\n\r\n--x--\r\n",
	    NULL, NULL, NULL, NULL },
	{ "a person's letter that passes a bounce on",
	    "From: Anna <anna@student.example>\r\nTo: rector@univ.example\r\nSubject: "
	    "Fwd: my mail came back\r\nContent-Type: multipart/mixed; "
	    "boundary=x\r\n\r\n" PROSE(
		"Dear rector, why does your server refuse me?") "--x\r\nContent-Type: "
								"message/"
								"rfc822\r\n\r\nFrom: "
								"MAILER-DAEMON@mx."
								"example\r\nContent-Type:"
								" multipart/report; "
								"boundary=z\r\n\r\n--"
								"z\r\nContent-Type: "
								"message/"
								"delivery-"
								"status\r\n\r\nFinal-"
								"Recipient: rfc822; "
								"rector@univ."
								"example\r\nAction: "
								"failed\r\nStatus: "
								"5.1.1\r\n\r\n--z--\r\n--"
								"x--\r\n",
	    NULL, NULL, NULL, NULL },
	{ "a person's letter that only looks like one",
	    "From: Anna <anna@student.example>\r\nTo: rector@univ.example\r\nSubject: "
	    "Mail\r\nX-Failed-Recipients: rector@univ.example\r\n\r\n"
	    "My letter to bob@x.example could not be delivered, 550 5.1.1. Please "
	    "help.\r\n",
	    NULL, NULL, NULL, NULL },
	{ "an absence is none",
	    HEAD("anna@student.example",
		"Out of office") "Auto-Submitted: "
				 "auto-replied\r\n\r\nI am away until Monday; write to "
				 "bob@x.example.\r\n",
	    NULL, NULL, NULL, NULL },
};

static Identity *identity;

static Reading *
read_raw(const char *raw, gsize length)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(raw, length);
	g_autoptr(GError) error = NULL;
	Reading *reading = letter_read(bytes, TRUE, NULL, &error);

	g_assert_no_error(error);
	identity_fill(identity, reading);
	return reading;
}

static void
test_table(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Case *row = &cases[i];
		g_autoptr(Reading) reading = read_raw(row->raw, strlen(row->raw));

		g_test_message("%s", row->label);
		g_assert_cmpstr(reading->bounce_action, ==, row->action);
		g_assert_cmpstr(reading->bounce_status, ==, row->status);
		g_assert_cmpstr(reading->bounce_recipient, ==, row->recipient);
		g_assert_cmpstr(reading->bounce_message_id, ==, row->message_id);
		g_assert_true((reading->kind == KIND_BOUNCE) ||
		    (row->action == NULL && reading->bounce_message_id == NULL));
	}
}

/* Wherever a letter ends, what is read of it is something that a server could have meant.
 */
static void
test_cut(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		for (gsize n = 0; n < strlen(cases[i].raw); n += 7) {
			g_autoptr(Reading) reading = read_raw(cases[i].raw, n);

			g_assert_true(reading->bounce_recipient == NULL ||
			    strchr(reading->bounce_recipient, ' ') == NULL);
			g_assert_true(reading->bounce_status == NULL ||
			    strchr("245", reading->bounce_status[0]) != NULL);
		}
}

/* A report of more than is read: what is read counts. */
static void
test_many(void)
{
	GString *raw = g_string_new(REPORT("Undelivered") STATUS MTA);
	g_autoptr(Reading) reading = NULL;

	for (guint i = 0; i < 20000; i++)
		g_string_append_printf(raw,
		    "Final-Recipient: rfc822; r%u@x.example\r\nAction: "
		    "%s\r\nStatus: 4.4.1\r\n\r\n",
		    i, i == 100 ? "failed" : "delayed");
	reading = read_raw(raw->str, raw->len);
	g_assert_cmpstr(reading->bounce_action, ==, "failed");
	g_assert_cmpstr(reading->bounce_recipient, ==, "r100@x.example");
	g_string_free(raw, TRUE);
}

/* --- the data file --- */

static const struct {
	const char *label, *text, *says;
} files[] = {
	{ "an unknown mark", "failed x\nfaild y\n",
	    ":2: expected failed, delayed, original, nobody or code, found \"faild\"" },
	{ "no words", "delayed\n", ":1: expected words after \"delayed\"" },
	{ "a code that is none", "code 9.9 user unknown\n",
	    ":1: expected words after \"code\"" },
	{ "a code without words", "code 5.1.1\n", ":1: expected words after \"code\"" },
	{ "no UTF-8", "failed \xcd\xe5\n", ": expected UTF-8 text" },
};

static void
test_file(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *file =
		    g_build_filename(g_get_tmp_dir(), "test-bounces-XXXXXX", NULL);
		g_autoptr(GError) error = NULL;
		g_autoptr(Bounces) bounces = NULL;

		g_test_message("%s", files[i].label);
		close(g_mkstemp(file));
		g_assert_true(g_file_set_contents(file, files[i].text, -1, NULL));

		bounces = bounces_load(file, &error);

		g_assert_error(error, FAULT, FAULT_SETUP);
		g_assert_nonnull(strstr(error->message, files[i].says));
		g_assert_null(bounces);
		g_unlink(file);
	}
}

int
main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	letter_read_prepare();
	identity = load_identity();
	g_test_add_func("/classifier/bounce/table", test_table);
	g_test_add_func("/classifier/bounce/cut", test_cut);
	g_test_add_func("/classifier/bounce/many", test_many);
	g_test_add_func("/classifier/bounce/file", test_file);
	status = g_test_run();
	identity_free(identity);
	return status;
}
