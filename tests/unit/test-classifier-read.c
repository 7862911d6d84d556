/* Whole letters, as nasty as they come: what a person would still read must be read. */
#include "fault.h"
#include "read.h"

#include <string.h>

#define FROM "From: Anna <a@b.example>\r\nSubject: S\r\n"
#define MIXED FROM "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
#define ALTERNATIVE FROM "Content-Type: multipart/alternative; boundary=x\r\n\r\n"

/* NULL expects nothing; "*" is not looked at. */
typedef struct {
	const char *label, *raw;
	const char *subject, *text, *quoted;
	const char *attachments; /* "name type size", by "; " */
	gsize length;            /* for raw with NUL, else 0 */
} Case;

static const Case cases[] = {
	{ "an ordinary letter", FROM "\r\nhello\r\n", "S", "hello" },
	{ "no header at all", "Сәлеметсіз бе, көмектесіңіз\r\n", NULL,
	    "Сәлеметсіз бе, көмектесіңіз" },
	{ "a text that only looks like one", "hello\r\nFrom: x\r\n", NULL,
	    "hello\nFrom: x" },
	{ "a leading blank line", "\r\n\r\n" FROM "\r\nhello", "S", "hello" },
	{ "a header that begins with a blank", "  folded away\r\n" FROM "\r\nhello", "S",
	    "hello" },
	{ "an mbox line",
	    "From a@b.example Mon Mar  2 10:30:00 2026\r\n" FROM "\r\nhello", "S",
	    "hello" },
	{ "an mbox line within the header",
	    "To: x@y\r\n>From a@b.example Mon Mar  2\r\n" FROM "\r\nhello", "S",
	    "hello" },
	{ "a byte order mark", "\xef\xbb\xbf" FROM "\r\nhello", "S", "hello" },
	{ "CR alone ends lines", "From: a@b.example\rSubject: S\r\rhello\rworld\r", "S",
	    "hello\nworld" },
	{ "LF alone ends lines", "From: a@b.example\nSubject: S\n\nhello\n", "S",
	    "hello" },
	{ "no blank line before the text",
	    "From: a@b.example\r\nSubject: S\r\nhello you\r\nmore", "S",
	    "hello you\nmore" },
	{ "a header and nothing else", FROM, "S", "" },
	{ "nothing", "", NULL, "" },
	{ "blanks only", "  \r\n\t\r\n", NULL, "" },
	{ "NUL in the header", "From: a@b.example\r\nSubject: a\0b\r\n\r\nhello", "a b",
	    "hello", NULL, NULL, 40 },
	{ "NUL in the text", "From: a@b.example\r\nSubject: S\r\n\r\na\0b", "S",
	    "a\xef\xbf\xbd"
	    "b",
	    NULL, NULL, 36 },
	{ "two Subjects: the first", FROM "Subject: other\r\n\r\nhello", "S", "hello" },
	{ "raw windows-1251 everywhere",
	    "From: a@b.example\r\nSubject: \xcf\xf0\xee\xf8\xf3 "
	    "\xef\xee\xec\xee\xf7\xfc\r\n\r\n"
	    "\xcf\xf0\xee\xf8\xf3 \xef\xee\xec\xee\xf7\xfc \xf1 "
	    "\xee\xe1\xf9\xe5\xe6\xe8\xf2\xe8\xe5\xec",
	    "Прошу помочь", "Прошу помочь с общежитием" },
	{ "base64 with padding in the middle",
	    FROM "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
		 "base64\r\n\r\n"
		 "SGVsbG8=\r\nIHdvcmxk\r\nIQ==\r\nIEJ5ZQ==\r\n",
	    "S", "Hello world! Bye" },
	{ "base64 by another name",
	    FROM "Content-Transfer-Encoding: base-64\r\n\r\nSGVsbG8=\r\n", "S", "Hello" },
	{ "quoted-printable with bad escapes",
	    FROM "Content-Type: text/plain; charset=utf-8\r\n"
		 "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		 "=D0=9F=D1=\r\n=80 =ZZ 1=2 end=",
	    "S", "Пр =ZZ 1=2 end" },
	{ "a charset that nobody knows",
	    FROM "Content-Type: text/plain; charset=x-yz\r\n\r\nПривет", "S", "Привет" },
	{ "format=flowed",
	    FROM "Content-Type: text/plain; format=flowed\r\n\r\none \r\ntwo\r\n> q\r\n",
	    "S", "one two", "q" },
	{ "HTML only",
	    FROM "Content-Type: text/html\r\n\r\n<p>one<p>two<blockquote>q</blockquote>",
	    "S", "one\n\ntwo", "q" },
	{ "both forms: the plain one",
	    ALTERNATIVE
	    "--x\r\nContent-Type: text/plain\r\n\r\nplain text\r\n"
	    "--x\r\nContent-Type: text/html\r\n\r\n<b>rich text</b>\r\n--x--\r\n",
	    "S", "plain text" },
	{ "both forms, the plain one empty",
	    ALTERNATIVE
	    "--x\r\nContent-Type: text/plain\r\n\r\n \r\n"
	    "--x\r\nContent-Type: text/html\r\n\r\n<b>rich</b> text\r\n--x--\r\n",
	    "S", "rich text" },
	{ "both forms, the plain one a mere hint",
	    ALTERNATIVE "--x\r\nContent-Type: text/plain\r\n\r\nsee HTML\r\n"
			"--x\r\nContent-Type: text/html\r\n\r\n<p>This is the real "
			"letter.\r\n--x--\r\n",
	    "S", "This is the real letter." },
	{ "the pictures of the rich form are listed",
	    ALTERNATIVE
	    "--x\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
	    "--x\r\nContent-Type: multipart/related; boundary=y\r\n\r\n"
	    "--y\r\nContent-Type: text/html\r\n\r\n<p>rich\r\n"
	    "--y\r\nContent-Type: image/png; name=a.png\r\n\r\nPNG\r\n--y--\r\n--x--\r\n",
	    "S", "plain", NULL, "a.png image/png 3" },
	{ "texts side by side are joined",
	    MIXED "--x\r\nContent-Type: text/plain\r\n\r\none\r\n"
		  "--x\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n"
		  "--x\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--x--\r\n",
	    "S", "one\n\ntwo", NULL, "a.pdf application/pdf 4" },
	{ "a text file is an attachment",
	    MIXED "--x\r\nContent-Type: text/plain\r\n\r\none\r\n"
		  "--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; "
		  "filename=n.txt\r\n\r\n"
		  "notes\r\n--x--\r\n",
	    "S", "one", NULL, "n.txt text/plain 5" },
	{ "only attachments",
	    FROM
	    "Content-Type: application/pdf; name=\"=?utf-8?B?0prSsdC20LDRgi5wZGY=?=\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQ=\r\n",
	    "S", "", NULL, "Құжат.pdf application/pdf 8" },
	{ "names of attachments are harmless",
	    MIXED "--x\r\nContent-Type: a/b; name=\"../../etc/pass\x01wd\"\r\n\r\nx\r\n"
		  "--x\r\nContent-Type: a/b; name=\"C:\\\\x\\\\.\"\r\n\r\nx\r\n"
		  "--x\r\nContent-Disposition: attachment; "
		  "filename*=utf-8''a%E2%80%AEfdp.exe\r\n"
		  "Content-Type: A/B\r\n\r\nx\r\n--x--\r\n",
	    "S", "", NULL, "pass wd a/b 1; attachment a/b 1; afdp.exe a/b 1" },
	{ "winmail.dat is listed",
	    FROM "Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nTNEF", "S",
	    "", NULL, "winmail.dat application/ms-tnef 4" },
	{ "uuencode within the text",
	    FROM "\r\nbefore\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nafter", "S",
	    "before\nafter", NULL, "cat.txt application/octet-stream 3" },
	{ "begin is an ordinary word", FROM "\r\nbegin 2026 well\r\nthe end", "S",
	    "begin 2026 well\nthe end" },
	{ "a calendar is listed",
	    MIXED "--x\r\nContent-Type: text/calendar; "
		  "method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--x--\r\n",
	    "S", "", NULL, "attachment text/calendar 15" },
	{ "a letter within the letter is quoted",
	    MIXED "--x\r\nContent-Type: text/plain\r\n\r\nsee below\r\n"
		  "--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: "
		  "inner\r\n\r\ninner text\r\n--x--\r\n",
	    "S", "see below", "inner text" },
	{ "a letter that only passes another on",
	    MIXED "--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: "
		  "inner\r\n\r\ninner text\r\n--x--\r\n",
	    "S", "inner text" },
	{ "passed on within the text",
	    FROM "References: <1@x>\r\n\r\n---------- Forwarded message "
		 "---------\r\nFrom: x\r\n\r\ntext",
	    "S", "---------- Forwarded message ---------\nFrom: x\n\ntext" },
	{ "an answer without words stays empty",
	    FROM "In-Reply-To: <1@x>\r\n\r\n> all quoted\r\n", "S", "", "all quoted" },
	{ "a first letter that quotes only is its quote", FROM "\r\n> help me\r\n", "S",
	    "help me" },
	{ "a signed letter",
	    FROM "Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n\r\nsigned\r\n"
		 "--x\r\nContent-Type: application/pgp-signature; "
		 "name=s.asc\r\n\r\nSIG\r\n--x--\r\n",
	    "S", "signed", NULL, "s.asc application/pgp-signature 3" },
	{ "an encrypted letter",
	    FROM "Content-Type: multipart/encrypted; boundary=x\r\n\r\n"
		 "--x\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
		 "--x\r\nContent-Type: application/octet-stream; "
		 "name=e.asc\r\n\r\nPGP\r\n--x--\r\n",
	    "S", "", NULL,
	    "attachment application/pgp-encrypted 10; e.asc application/octet-stream 3" },
	{ "a multipart without its boundary",
	    FROM "Content-Type: multipart/mixed\r\n\r\nhello\r\n", "S", "hello" },
	{ "a boundary that never comes", MIXED "hello\r\nyou", "S", "hello\nyou" },
	{ "a boundary that never ends", MIXED "--x\r\n\r\nhello", "S", "hello" },
	{ "message/partial is listed",
	    FROM "Content-Type: message/partial; id=1; number=1\r\n\r\nabc", "S", "",
	    NULL, "attachment message/partial 3" },
	{ "both forms, saying different things",
	    ALTERNATIVE "--x\r\nContent-Type: text/plain\r\n\r\nPlease repair the lift "
			"in building two.\r\n"
			"--x\r\nContent-Type: text/html\r\n\r\n"
			"<p>Cheap loans without questions, call today, bring friends, "
			"pay later\r\n--x--\r\n",
	    "S",
	    "Please repair the lift in building two.\n\n"
	    "Cheap loans without questions, call today, bring friends, pay later" },
	{ "two encodings in one field",
	    FROM "Content-Transfer-Encoding: 8bit base64\r\n\r\nSGVsbG8=\r\n", "S",
	    "Hello" },
	{ "base64 that is none",
	    FROM "Content-Transfer-Encoding: base64\r\n\r\nHello, it is me.\r\n", "S",
	    "Hello, it is me." },
	{ "base64 that nobody declares",
	    FROM "\r\n0KPQstCw0LbQsNC10LzRi9C5INCz0L7RgdC/"
		 "0L7QtNC40L0g0YDQtdC60YLQvtGAIQ==\r\n",
	    "S", "Уважаемый господин ректор!" },
	{ "a type without its second half", FROM "Content-Type: text\r\n\r\nhello", "S",
	    "hello" },
	{ "PGP's armour",
	    FROM "\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nhello\r\n"
		 "-----BEGIN PGP SIGNATURE-----\r\n\r\niQEz\r\n-----END PGP "
		 "SIGNATURE-----\r\n",
	    "S", "hello", NULL, "attachment application/pgp-signature 66" },
	{ "an encrypted text is an attachment",
	    FROM "\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP "
		 "MESSAGE-----\r\n",
	    "S", "", NULL, "attachment application/pgp-encrypted 62" },
	{ "mojibake is undone",
	    FROM "Content-Type: text/plain; charset=utf-8\r\n\r\n"
		 "РџСЂРѕС€Сѓ РїРѕРјРѕС‡СЊ СЃ РѕР±С‰РµР¶РёС‚РёРµРј",
	    "S", "Прошу помочь с общежитием" },
};

static char *
list_attachments(const Reading *reading)
{
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < reading->attachments->len; i++) {
		const Attachment *item = reading->attachments->pdata[i];

		g_string_append_printf(list, "%s%s %s %" G_GINT64_FORMAT,
		    i > 0 ? "; " : "", item->name, item->type, item->size);
	}
	return g_string_free(list, FALSE);
}

static void
test_case(gconstpointer data)
{
	const Case *item = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Quotes) quotes =
	    quotes_load(TEST_SOURCE_ROOT "/classifier/data/quotes.txt", &error);
	g_autoptr(GBytes) raw =
	    g_bytes_new(item->raw, item->length > 0 ? item->length : strlen(item->raw));
	g_autoptr(Reading) reading = letter_read(raw, TRUE, quotes, &error);
	g_autofree char *attachments = NULL;

	g_assert_no_error(error);
	attachments = list_attachments(reading);
	g_assert_cmpstr(reading->subject, ==, item->subject);
	g_assert_cmpstr(reading->text, ==, item->text);
	g_assert_cmpstr(reading->quoted, ==, item->quoted);
	g_assert_cmpstr(
	    attachments, ==, item->attachments != NULL ? item->attachments : "");
}

/* Any cut of any letter can be read, and says only valid text. */
static void
test_every_prefix(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		gsize length =
		    cases[i].length > 0 ? cases[i].length : strlen(cases[i].raw);

		for (gsize n = 0; n < length; n++) {
			g_autoptr(GBytes) raw = g_bytes_new(cases[i].raw, n);
			g_autoptr(Reading) reading = letter_read(raw, FALSE, NULL, NULL);

			g_assert_nonnull(reading);
			g_assert_true(g_utf8_validate(reading->text, -1, NULL));
			g_assert_true(reading->subject == NULL ||
			    g_utf8_validate(reading->subject, -1, NULL));
			g_assert_true(reading->from_address == NULL ||
			    g_utf8_validate(reading->from_address, -1, NULL));
		}
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	letter_read_prepare();
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/read/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_func("/read/every letter may be cut anywhere", test_every_prefix);
	return g_test_run();
}
