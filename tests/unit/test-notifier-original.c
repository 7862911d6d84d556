/* The letter that a mail carries: byte for byte, and only where it may go. */
#include "mail-sample.h"

typedef struct {
	const char *label, *bytes;
	gsize length;
	GMimeContentEncoding encoding;
} OriginalRow;

#define BYTES(text) text, sizeof text - 1

static const OriginalRow originals[] = {
	{ "plain mail", BYTES("From: a@b\r\nSubject: x\r\n\r\nline\r\n"),
	    GMIME_CONTENT_ENCODING_7BIT },
	{ "without a last line end", BYTES("From: a@b\r\n\r\nline"),
	    GMIME_CONTENT_ENCODING_7BIT },
	{ "with bytes above 127", BYTES("From: a@b\r\n\r\n\xd0\xb0\xff\r\n"),
	    GMIME_CONTENT_ENCODING_8BIT },
	{ "with lone LF", BYTES("From: a@b\n\nline\n"), GMIME_CONTENT_ENCODING_BASE64 },
	{ "with lone CR", BYTES("From: a@b\r\n\r\nli\rne\r\n"),
	    GMIME_CONTENT_ENCODING_BASE64 },
	{ "with NUL", BYTES("From: a@b\r\n\r\nli\0ne\r\n"),
	    GMIME_CONTENT_ENCODING_BASE64 },
	{ "ending in CR", BYTES("From: a@b\r\n\r\nline\r"),
	    GMIME_CONTENT_ENCODING_BASE64 },
	{ "with dots and boundaries",
	    BYTES("From: a@b\r\n\r\n.\r\n..\r\n--=_\r\n--=_0--\r\n\r\n"),
	    GMIME_CONTENT_ENCODING_7BIT },
	{ "empty", BYTES(""), GMIME_CONTENT_ENCODING_7BIT },
};

/* The bytes between the part's head and the boundary behind it, decoded. */
static GBytes *
take_original(GBytes *mail, gboolean base64)
{
	gsize length;
	const char *data = g_bytes_get_data(mail, &length);
	const char *start = g_strstr_len(data, (gssize)length,
	    base64 ? "Content-Type: application/octet-stream; "
		     "name=2026-000123.eml"
		   : "Content-Type: message/rfc822");
	const char *mark =
	    g_strstr_len(data, (gssize)length, "boundary=\"") + strlen("boundary=\"");
	g_autofree char *boundary = g_strndup(mark, strcspn(mark, "\""));
	g_autofree char *closing = g_strdup_printf("\r\n--%s--", boundary);
	const char *end;
	GByteArray *out = g_byte_array_new();

	g_assert_nonnull(start);
	start = strstr(start, "\r\n\r\n") + 4;
	end = data + length - strlen(closing) - 2;
	while (end > start && strncmp(end, closing, strlen(closing)) != 0)
		end--;
	if (!base64) {
		g_byte_array_append(out, (const guint8 *)start, (guint)(end - start));
	} else {
		g_autofree char *text = g_strndup(start, (gsize)(end - start));
		gsize n;
		g_autofree guchar *decoded = g_base64_decode(text, &n);
		g_byte_array_append(out, decoded, (guint)n);
	}
	return g_byte_array_free_to_bytes(out);
}

static void
carries_original(gconstpointer data)
{
	const OriginalRow *row = data;
	g_autoptr(Sample) sample = sample_new("forward", "official", LANGUAGE_RU);
	g_autoptr(GBytes) original = g_bytes_new(row->bytes, row->length);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) mail = sample_mail(sample, original, &error);
	g_autoptr(GBytes) taken = NULL;
	g_auto(Mail) read = { 0 };

	g_assert_no_error(error);
	read_mail(mail, &read);
	g_assert_cmpint(GMIME_IS_MESSAGE_PART(read.original), ==,
	    row->encoding != GMIME_CONTENT_ENCODING_BASE64);
	if (GMIME_IS_MESSAGE_PART(read.original) && row->length > 0)
		g_assert_cmpint(internet_address_list_length(g_mime_message_get_from(
				    g_mime_message_part_get_message(
					(GMimeMessagePart *)read.original))),
		    ==, 1);
	taken = take_original(mail, row->encoding == GMIME_CONTENT_ENCODING_BASE64);

	g_assert_cmpmem(g_bytes_get_data(taken, NULL), g_bytes_get_size(taken),
	    row->bytes, row->length);
}

static void
keeps_long_lines(void)
{
	g_autoptr(Sample) sample = sample_new("forward", "official", LANGUAGE_RU);
	g_autofree char *line = g_strnfill(999, 'x');
	g_autoptr(GBytes) original = g_bytes_new(line, 999);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) mail = sample_mail(sample, original, &error);
	g_autoptr(GBytes) taken = NULL;

	g_assert_no_error(error);
	taken = take_original(mail, TRUE);
	g_assert_cmpmem(
	    g_bytes_get_data(taken, NULL), g_bytes_get_size(taken), line, 999);
}

static void
attaches_where_it_may(void)
{
	static const struct {
		const char *kind;
		gboolean confidential, whole;
		gint64 length;
		gboolean attaches;
	} rows[] = {
		{ "forward", FALSE, TRUE, 2048, TRUE },
		{ "forward", TRUE, TRUE, 2048, FALSE },
		{ "forward", FALSE, FALSE, 2048, FALSE },
		{ "forward", FALSE, TRUE, 1 << 21, FALSE },
		{ "forward", FALSE, TRUE, -1, FALSE },
		{ "held", FALSE, TRUE, 2048, TRUE },
		{ "approval", TRUE, TRUE, 2048, TRUE },
		{ "addition", FALSE, TRUE, 2048, TRUE },
		{ "addition", TRUE, TRUE, 2048, FALSE },
		{ "objection", TRUE, TRUE, 2048, FALSE },
		{ "answer", FALSE, TRUE, 2048, FALSE },
		{ "acknowledgement", FALSE, TRUE, 2048, FALSE },
		{ "rejection", FALSE, TRUE, 2048, FALSE },
		{ "stuck", FALSE, TRUE, 2048, FALSE },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sample) sample = sample_of(rows[i].kind, LANGUAGE_RU);
		About about = sample_about(sample);
		sample->item.confidential = rows[i].confidential;
		sample->letter.whole = rows[i].whole;
		sample->letter.place.length = rows[i].length;
		g_assert_cmpint(
		    material_attaches(&sample->wording, &about), ==, rows[i].attaches);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(originals); i++) {
		g_autofree char *path =
		    g_strdup_printf("/mails/original %s", originals[i].label);
		g_test_add_data_func(path, &originals[i], carries_original);
	}
	g_test_add_func("/mails/original with a long line", keeps_long_lines);
	g_test_add_func("/mails/the original goes where it may", attaches_where_it_may);
	return g_test_run();
}
