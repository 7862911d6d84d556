/* What breaks a limit is refused before any parser sees it; what keeps to it is not. */
#include "fault.h"
#include "limit.h"
#include "read.h"

#include <string.h>

#define HEADER "From: a@b.example\r\nMIME-Version: 1.0\r\n"

static char *
repeat(const char *piece, guint n)
{
	GString *all = g_string_sized_new(n * strlen(piece));

	for (guint i = 0; i < n; i++)
		g_string_append(all, piece);
	return g_string_free(all, FALSE);
}

typedef struct {
	const char *label;
	const char *before, *piece; /* the piece is repeated */
	guint within, beyond; /* so often, and it is taken; so often, and it is not */
	const char *after, *limit;
} Case;

static const Case cases[] = {
	{ "a header field", HEADER "X: ", "xxxxxxxxxxxxxxx\r\n ", 3600, 4000,
	    "\r\n\r\ntext", "bytes of a header field" },
	{ "the header", HEADER, "X-Some-Field: some value\r\n", 10000, 10100, "\r\ntext",
	    "bytes of the header" },
	{ "boundaries", HEADER "Content-Type: multipart/mixed; boundary=x\r\n\r\n",
	    "--x\r\n\r\n", 9999, 10001, "--x--\r\n", "lines that begin with \"--\"" },
	{ "parameters", HEADER "Content-Type: text/plain", "; a=b", 200, 201,
	    "\r\n\r\ntext", "parameters of a header field" },
	{ "parameters of a part",
	    HEADER "Content-Type: multipart/mixed; "
		   "boundary=x\r\n\r\n--x\r\nContent-Type: text/plain",
	    ";\r\n a=b", 200, 201, "\r\n\r\ntext\r\n--x--\r\n",
	    "parameters of a header field" },
};

static void
test_limit(gconstpointer data)
{
	const Case *item = data;

	for (guint beyond = 0; beyond < 2; beyond++) {
		g_autofree char *middle =
		    repeat(item->piece, beyond ? item->beyond : item->within);
		g_autofree char *letter =
		    g_strconcat(item->before, middle, item->after, NULL);
		g_autoptr(GBytes) raw = g_bytes_new(letter, strlen(letter));
		g_autoptr(GError) error = NULL;
		g_autoptr(Reading) reading = letter_read(raw, TRUE, NULL, &error);

		if (beyond) {
			g_assert_error(error, FAULT, FAULT_LETTER);
			g_assert_nonnull(strstr(error->message, item->limit));
		} else {
			g_assert_no_error(error);
			g_assert_nonnull(reading);
		}
	}
}

static void
test_size(void)
{
	g_autofree char *letter = g_malloc0(LIMIT_LETTER + 1);
	g_autoptr(GError) error = NULL;

	memset(letter, 'x', LIMIT_LETTER + 1);
	g_assert_false(limit_check(letter, LIMIT_LETTER + 1, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
	g_assert_true(limit_check(letter, LIMIT_LETTER, NULL));
}

/* What lies within the limits of the bytes, and is still more than anybody writes. */
static Reading *
read_letter(const char *letter)
{
	g_autoptr(GBytes) raw = g_bytes_new(letter, strlen(letter));
	g_autoptr(GError) error = NULL;
	Reading *reading = letter_read(raw, TRUE, NULL, &error);

	g_assert_no_error(error);
	return reading;
}

static void
test_parts(void)
{
	g_autofree char *parts =
	    repeat("--x\r\nContent-Type: text/plain\r\n\r\npart\r\n", 5000);
	g_autofree char *letter =
	    g_strconcat(HEADER "Content-Type: multipart/mixed; boundary=x\r\n\r\n", parts,
		"--x--\r\n", NULL);
	g_autoptr(Reading) reading = read_letter(letter);

	g_assert_cmpuint(strlen(reading->text), ==, LIMIT_PARTS * strlen("part\n\n") - 2);
	g_assert_cmpuint(reading->attachments->len, ==, 1);
}

/* The text hides behind parts that hold nothing. */
static void
test_hidden(void)
{
	g_autofree char *parts =
	    repeat("--x\r\nContent-Type: text/plain\r\n\r\n\r\n", LIMIT_PARTS);
	g_autofree char *letter =
	    g_strconcat(HEADER "Content-Type: multipart/mixed; boundary=x\r\n\r\n", parts,
		"--x\r\nContent-Type: text/plain\r\n\r\nhidden\r\n--x--\r\n", NULL);
	g_autoptr(Reading) reading = read_letter(letter);

	g_assert_cmpstr(reading->text, ==, "");
	g_assert_cmpuint(reading->attachments->len, ==, 1);
}

static void
test_attachments(void)
{
	g_autofree char *parts = repeat(
	    "--x\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n", 900);
	g_autofree char *letter =
	    g_strconcat(HEADER "Content-Type: multipart/mixed; boundary=x\r\n\r\n", parts,
		"--x--\r\n", NULL);
	g_autoptr(Reading) reading = read_letter(letter);

	g_assert_cmpuint(reading->attachments->len, ==, LIMIT_ATTACHMENTS);
}

static void
test_depth(void)
{
	GString *letter = g_string_new(HEADER);

	for (guint i = 0; i < 2000; i++)
		g_string_append_printf(letter,
		    "Content-Type: multipart/mixed; boundary=b%u\r\n\r\n--b%u\r\n", i, i);
	g_string_append(letter, "Content-Type: text/plain\r\n\r\ndeep\r\n");
	g_autofree char *whole = g_string_free(letter, FALSE);
	g_autoptr(Reading) reading = read_letter(whole);

	/* Nothing was read, and it shows. */
	g_assert_cmpstr(reading->text, ==, "");
	g_assert_cmpuint(reading->attachments->len, ==, 1);
}

static void
test_text(void)
{
	g_autofree char *body = repeat("Прошу помочь. ", 400000);
	g_autofree char *letter = g_strconcat(
	    HEADER "Content-Type: text/plain; charset=utf-8\r\n\r\n", body, NULL);
	g_autoptr(Reading) reading = read_letter(letter);

	g_assert_true(g_utf8_validate(reading->text, -1, NULL));
	g_assert_cmpuint(strlen(reading->text), <=, LIMIT_TEXT + 4);
	g_assert_cmpuint(strlen(reading->text), >, LIMIT_TEXT / 2);
	g_assert_cmpuint(reading->attachments->len, ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	letter_read_prepare();
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/limits/refused/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_limit);
	}
	g_test_add_func("/limits/refused/the letter", test_size);
	g_test_add_func("/limits/left unread/parts", test_parts);
	g_test_add_func("/limits/left unread/text behind parts", test_hidden);
	g_test_add_func("/limits/left unread/attachments", test_attachments);
	g_test_add_func("/limits/left unread/depth", test_depth);
	g_test_add_func("/limits/left unread/text", test_text);
	return g_test_run();
}
