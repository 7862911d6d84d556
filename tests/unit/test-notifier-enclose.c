/* What of an official's mail reaches the citizen: his text and his files. */
#include "enclose.h"
#include "mail-sample.h"

#define HEAD                                                                             \
	"From: Secret Name <staff@univ.example>\r\nX-Phone: 291-00-00\r\n"               \
	"MIME-Version: 1.0\r\n"
#define MIXED HEAD "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
#define TEXT "--x\r\nContent-Type: text/plain\r\n\r\nanswer\r\n> your phone 701\r\n"
#define PDF(name)                                                                        \
	"--x\r\nContent-Type: application/pdf\r\n"                                       \
	"Content-Disposition: attachment; filename=" name "\r\n"                         \
	"Content-Transfer-Encoding: base64\r\n\r\n"
#define END "\r\n--x--\r\n"

typedef struct {
	const char *label, *mail;
	const char *files; /* "name type bytes" by LF */
	gboolean cut;
} Row;

static const Row rows[] = {
	{ "only text", HEAD "Content-Type: text/plain\r\n\r\nanswer\r\n", "", FALSE },
	{ "a file in base64", MIXED TEXT PDF("akt.pdf") "JVBERi0xLjQK" END,
	    "akt.pdf application/pdf %PDF-1.4|\n", FALSE },
	{ "base64 with padding in its middle",
	    MIXED TEXT PDF("a.pdf") "SGVsbG8=\r\nIHdvcmxk" END,
	    "a.pdf application/pdf Hello world\n", FALSE },
	{ "two files, quoted-printable and bare",
	    MIXED "--x\r\nContent-Type: application/x-a; name=a\r\n"
		  "Content-Disposition: attachment\r\n"
		  "Content-Transfer-Encoding: quoted-printable\r\n\r\n=41=42\r\n"
		  "--x\r\nContent-Type: application/x-b; name=b\r\n\r\nplain" END,
	    "a application/x-a AB\nb application/x-b plain\n", FALSE },
	{ "a name in another script",
	    MIXED PDF("\"=?utf-8?B?0JDQutGCLnBkZg==?=\"") "SGk=" END,
	    "Акт.pdf application/pdf Hi\n", FALSE },
	{ "a path, and dots before it", MIXED PDF("\"../../etc/..hosts\"") "SGk=" END,
	    "hosts application/pdf Hi\n", FALSE },
	{ "a path of another system",
	    MIXED PDF("\"C:\\\\\\\\Users\\\\\\\\akt.pdf\"") "SGk=" END,
	    "akt.pdf application/pdf Hi\n", FALSE },
	{ "a name that turns its direction",
	    MIXED PDF("\"=?utf-8?B?4oCuZmRwLmV4ZQ==?=\"") "SGk=" END,
	    "fdp.exe application/pdf Hi\n", FALSE },
	{ "no name at all",
	    MIXED "--x\r\nContent-Type: image/png\r\n"
		  "Content-Disposition: attachment\r\n\r\nPNG" END,
	    "file image/png PNG\n", FALSE },
	{ "a page travels as mere bytes",
	    MIXED "--x\r\nContent-Type: text/html; name=a.html\r\n"
		  "Content-Disposition: attachment\r\n\r\n<b>" END,
	    "a.html application/octet-stream <b>\n", FALSE },
	{ "the citizen's letter within it stays behind",
	    MIXED TEXT "--x\r\nContent-Type: message/rfc822\r\n"
		       "Content-Disposition: attachment; filename=2026-000123.eml\r\n\r\n"
		       "From: a@b\r\n\r\nsecret" END,
	    "", FALSE },
	{ "the logo under the signature stays behind",
	    HEAD "Content-Type: multipart/related; boundary=x\r\n\r\n"
		 "--x\r\nContent-Type: text/html\r\n\r\n<img src=cid:1>\r\n"
		 "--x\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <1>\r\n"
		 "Content-Disposition: inline; filename=logo.png\r\n\r\nPNG" END,
	    "", FALSE },
	{ "a photo that is shown inline goes along",
	    MIXED TEXT "--x\r\nContent-Type: image/jpeg; name=p.jpg\r\n"
		       "Content-Disposition: inline; filename=p.jpg\r\n\r\nJPG" END,
	    "p.jpg image/jpeg JPG\n", FALSE },
	{ "invitations and signatures stay behind",
	    MIXED "--x\r\nContent-Type: text/calendar; name=invite.ics\r\n\r\nBEGIN\r\n"
		  "--x\r\nContent-Type: application/ics; name=invite.ics\r\n\r\nBEGIN\r\n"
		  "--x\r\nContent-Type: application/pkcs7-signature; "
		  "name=smime.p7s\r\n\r\nX" END,
	    "", FALSE },
	{ "what is too large is left out, and said so",
	    MIXED PDF("large.pdf") "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n" PDF(
		"small.pdf") "SGk=" END,
	    "small.pdf application/pdf Hi\n", TRUE },
	{ "no mail at all", "", "", FALSE },
};

static char *
list_files(GPtrArray *files)
{
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < files->len; i++) {
		const File *file = g_ptr_array_index(files, i);
		gsize length;
		const char *bytes = g_bytes_get_data(file->bytes, &length);
		g_autofree char *text = g_strndup(length > 0 ? bytes : "", length);

		g_string_append_printf(list, "%s %s %s\n", file->name, file->type,
		    g_strdelimit(text, "\r\n", '|'));
	}
	return g_string_free(list, FALSE);
}

static void
takes(gconstpointer data)
{
	const Row *row = data;
	g_autoptr(GBytes) mail = g_bytes_new_static(row->mail, strlen(row->mail));
	g_autoptr(GPtrArray) files = NULL;
	g_autofree char *list = NULL;
	gboolean cut;

	compose_init();
	files = enclose_take(mail, 24, &cut);
	list = list_files(files);

	g_assert_cmpstr(list, ==, row->files);
	g_assert_cmpint(cut, ==, row->cut);
}

/* Mails that cost a parser seconds are not parsed. */
static void
avoids_bombs(void)
{
	g_autoptr(GString) parts = g_string_new(MIXED);
	g_autoptr(GString) head = g_string_new(HEAD);
	g_autoptr(GString) field = g_string_new(HEAD "Content-Type: application/pdf");
	GString *const all[] = { parts, head, field };

	for (guint i = 0; i < 100000; i++) {
		g_string_append(parts, "--x\r\n\r\n");
		g_string_append(head, "X: y\r\n");
		g_string_append_printf(field, ";\r\n a%u=b", i);
	}
	for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autoptr(GBytes) mail = g_bytes_new_static(all[i]->str, all[i]->len);
		g_autoptr(GPtrArray) files = NULL;
		gboolean cut;

		files = enclose_take(mail, 1 << 20, &cut);
		g_assert_cmpint(files->len, ==, 0);
		g_assert_true(cut);
	}
}

/* --- the mail to the citizen --- */

static const char official_mail[] =
    HEAD "Subject: Re: secret subject\r\nMessage-ID: <official@univ.example>\r\n"
	 "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
	 "--x\r\nContent-Type: text/plain\r\n\r\nquoted secret\r\n" PDF(
	     "akt.pdf") "JVBERi0xLjQK" END;

static void
carries_nothing_else(void)
{
	g_autoptr(Sample) sample = sample_of("answer", LANGUAGE_RU);
	g_autoptr(GBytes) original =
	    g_bytes_new_static(official_mail, strlen(official_mail));
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) mail = sample_mail(sample, original, &error);
	g_auto(Mail) read = { 0 };
	static const char *const secret[] = { "Secret Name", "X-Phone", "secret",
		"official@univ.example" };
	const char *bytes = g_bytes_get_data(mail, NULL);

	g_assert_no_error(error);
	read_mail(mail, &read);
	g_assert_cmpint(read.enclosed, ==, 1);
	g_assert_cmpstr(
	    g_mime_part_get_filename(GMIME_PART(read.original)), ==, "akt.pdf");
	for (guint i = 0; i < G_N_ELEMENTS(secret); i++) {
		assert_lacks(bytes, secret[i]);
		assert_lacks(read.plain, secret[i]);
	}
	assert_has(read.plain, "обратитесь к коменданту (101)");
	assert_has(read.plain, "\n- akt.pdf (1 КБ)\n");
	/* as he wrote it, not as a quotation */
	assert_lacks(read.plain, "\n> ");
	g_assert_cmpstr(header(&read, "Reply-To"), ==, NULL);
}

/* Of a mail whose bytes are gone the citizen hears that something is missing. */
static void
says_what_is_missing(void)
{
	g_autoptr(Sample) sample = sample_of("answer", LANGUAGE_EN);
	g_auto(Mail) mail = { 0 };

	read_sample(sample, NULL, &mail);
	assert_has(mail.plain, "Not all files of the answer could be sent");
}

/* What is quoted may end early, an answer not. */
static void
comes_whole(void)
{
	g_autoptr(Sample) sample = sample_of("answer", LANGUAGE_EN);
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(Mail) mail = { 0 };

	for (guint i = 0; i < 10000; i++)
		g_string_append(text, "word\n");
	g_string_append(text, "end");
	sample->wording.quote_most = 100;
	give(&sample->reading->text, text->str);
	read_sample(sample, NULL, &mail);
	assert_has(mail.plain, "\nword\nend\n");
}

/* Markup in an answer stays text. */
static void
keeps_its_words(void)
{
	g_autoptr(Sample) sample = sample_of("answer", LANGUAGE_EN);
	g_auto(Mail) mail = { 0 };

	give(&sample->reading->text,
	    "> not a quotation of ours\n- item\n  {name} <script>\n| bar\n\\");
	read_sample(sample, NULL, &mail);
	assert_has(mail.plain,
	    "\n> not a quotation of ours\n- item\n  {name} <script>\n| bar\n\\\n");
	assert_lacks(mail.html, "<script");
	assert_lacks(mail.html, "<blockquote");
	assert_lacks(mail.html, "<li>");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/enclose/%s", rows[i].label);
		g_test_add_data_func(path, &rows[i], takes);
	}
	g_test_add_func("/enclose/bombs are not opened", avoids_bombs);
	g_test_add_func("/enclose/nothing else goes along", carries_nothing_else);
	g_test_add_func("/enclose/what is missing is said", says_what_is_missing);
	g_test_add_func("/enclose/a long answer comes whole", comes_whole);
	g_test_add_func("/enclose/the words stay as they are", keeps_its_words);
	return g_test_run();
}
