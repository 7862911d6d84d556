#include "compose.h"

#include <string.h>
#include <sys/random.h>

#include "fault.h"
#include "gate.h"
#include "header.h"
#include "layout.h"
#include "mime.h"

#define MOST_SUBJECT 160
#define MOST_NAME 120
#define MOST_LINE_BYTES 998

void
compose_init(void)
{
	g_mime_init();
}

gboolean
compose_is_automatic(const Notice *notice)
{
	return strcmp(notice->role, "citizen") == 0;
}

/* --- the head --- */

static void
add(GString *head, const char *name, const char *value)
{
	g_string_append_printf(head, "%s: %s\r\n", name, value);
}

static void
add_mailbox(GString *head, const char *header, const char *name, const char *address)
{
	g_autofree char *clean = gate_line(name, MOST_NAME);
	g_autofree char *value = header_mailbox(clean, address, strlen(header) + 2);

	add(head, header, value);
}

static gboolean
add_ids(GString *head, const Notice *notice, GError **error)
{
	g_auto(GStrv) references =
	    g_strsplit(notice->references != NULL ? notice->references : "", " ", -1);
	g_autoptr(GString) kept = g_string_new(NULL);

	if (!gate_is_message_id(notice->message_id)) {
		g_set_error(
		    error, FAULT, FAULT_LETTER, "the notice's Message-ID is not valid");
		return FALSE;
	}
	add(head, "Message-ID", notice->message_id);
	/* A stranger's ids may be anything: what is no id is left out. */
	if (notice->in_reply_to != NULL && gate_is_message_id(notice->in_reply_to))
		add(head, "In-Reply-To", notice->in_reply_to);
	for (char **id = references; *id != NULL; id++)
		if (gate_is_message_id(*id))
			g_string_append_printf(
			    kept, "%s%s", kept->len > 0 ? "\r\n " : "", *id);
	if (kept->len > 0)
		add(head, "References", kept->str);
	return TRUE;
}

static gboolean
add_head(GString *head, const Wording *wording, const About *about, const char *subject,
    gint64 now, GError **error)
{
	const Notice *notice = about->notice;
	g_autofree char *line = gate_line(subject, MOST_SUBJECT);
	g_autofree char *text =
	    header_text(line != NULL ? line : "-", strlen("Subject: "));
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, wording->zone);
	g_autofree char *date = g_mime_utils_header_format_date(local);
	g_autofree char *from = NULL;
	g_autofree char *to = NULL;
	gboolean utf8;

	to = gate_address(notice->recipient, &utf8, error);
	from =
	    to != NULL ? gate_address(wording->university->address, &utf8, error) : NULL;
	if (from == NULL)
		return FALSE;
	add_mailbox(head, "From",
	    material_university(wording->university, notice->language), from);
	add_mailbox(head, "To", notice->recipient_name, to);
	add(head, "Subject", text);
	add(head, "Date", date);
	if (!add_ids(head, notice, error))
		return FALSE;
	add(head, "Auto-Submitted",
	    compose_is_automatic(notice) ? "auto-replied" : "auto-generated");
	add(head, "X-Auto-Response-Suppress", "All");
	add(head, "Content-Language", language_names[notice->language]);
	add(head, "MIME-Version", "1.0");
	return TRUE;
}

/* --- the parts --- */

static char *
with_crlf(const char *text)
{
	GString *out = g_string_sized_new(strlen(text) + 256);

	for (;;) {
		gsize length = strcspn(text, "\n");
		g_string_append_len(out, text, (gssize)length);
		if (text[length] == '\0')
			return g_string_free(out, FALSE);
		g_string_append(out, "\r\n");
		text += length + 1;
	}
}

static gboolean
is_ascii_lines(const char *text)
{
	gsize column = 0;

	for (; *text != '\0'; text++) {
		column = *text == '\n' ? 0 : column + 1;
		if ((guchar)*text >= 0x80 || column > MOST_LINE_BYTES)
			return FALSE;
	}
	return TRUE;
}

/* Base64 in lines of 76. */
static char *
base64_lines(const char *text)
{
	gsize length = strlen(text);
	GString *out = g_string_sized_new(length / 3 * 4 + length / 57 * 2 + 8);

	for (gsize at = 0; at < length; at += 57) {
		char line[80];
		int state = 0, save = 0;
		gsize n = g_base64_encode_step((const guchar *)text + at,
		    MIN(length - at, 57), FALSE, line, &state, &save);
		n += g_base64_encode_close(FALSE, line + n, &state, &save);
		g_string_append_len(out, line, (gssize)n);
		g_string_append(out, "\r\n");
	}
	return g_string_free(out, FALSE);
}

/* The content is encoded here already, so that GMime writes it as it is. */
static void
add_text(GMimeMultipart *into, const char *subtype, const char *text)
{
	g_autofree char *crlf = with_crlf(text);
	gboolean plain = is_ascii_lines(crlf);
	GMimeContentEncoding encoding =
	    plain ? GMIME_CONTENT_ENCODING_7BIT : GMIME_CONTENT_ENCODING_BASE64;
	g_autofree char *encoded = plain ? g_steal_pointer(&crlf) : base64_lines(crlf);
	g_autoptr(GMimeStream) stream =
	    g_mime_stream_mem_new_with_buffer(encoded, strlen(encoded));
	g_autoptr(GMimeDataWrapper) content =
	    g_mime_data_wrapper_new_with_stream(stream, encoding);
	g_autoptr(GMimePart) part = g_mime_part_new_with_type("text", subtype);

	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, encoding);
	g_mime_multipart_add(into, GMIME_OBJECT(part));
}

static char *
draw_boundary(void)
{
	guint64 chance[2];

	if (getrandom(chance, sizeof chance, 0) != sizeof chance)
		g_error("the system gives no random bytes");
	return g_strdup_printf("=_%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
	    chance[0], chance[1]);
}

/* Random, so that nobody can write it into a letter beforehand; and looked for in the
 * original, since one that stood there would end it early. */
static GMimeMultipart *
new_multipart(const char *subtype, GBytes *original)
{
	GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
	gsize length = 0;
	const char *bytes = original != NULL ? g_bytes_get_data(original, &length) : NULL;
	g_autofree char *boundary = draw_boundary();

	while (length > 0 && memmem(bytes, length, boundary, strlen(boundary)) != NULL) {
		g_free(boundary);
		boundary = draw_boundary();
	}
	g_mime_multipart_set_boundary(multipart, boundary);
	return multipart;
}

/* Lines as mail has them: CRLF and nothing else, not too long, no NUL. */
static gboolean
are_mail_lines(const char *bytes, gsize length)
{
	const char *at = bytes, *end = bytes + length;

	if (length == 0)
		return TRUE;
	if (memchr(bytes, '\0', length) != NULL)
		return FALSE;
	while (at < end) {
		const char *cr = memchr(at, '\r', (gsize)(end - at));
		gsize line = (gsize)((cr != NULL ? cr : end) - at);
		if (line > MOST_LINE_BYTES || memchr(at, '\n', line) != NULL ||
		    (cr != NULL && (cr + 1 == end || cr[1] != '\n')))
			return FALSE;
		at = cr != NULL ? cr + 2 : end;
	}
	return TRUE;
}

static gboolean
is_ascii(const char *bytes, gsize length)
{
	guchar all = 0;

	for (gsize i = 0; i < length; i++)
		all |= (guchar)bytes[i];
	return all < 0x80;
}

/* How an original travels unchanged: as a letter within the letter where mail can carry
 * its bytes as they are.  Else as a file in base64, which a message/rfc822 must not have
 * (RFC 2046 5.2.1): readers would show an empty letter. */
static GMimeContentEncoding
encoding_for(GBytes *original)
{
	gsize length;
	const char *bytes = g_bytes_get_data(original, &length);

	if (!are_mail_lines(bytes, length))
		return GMIME_CONTENT_ENCODING_BASE64;
	return is_ascii(bytes, length) ? GMIME_CONTENT_ENCODING_7BIT
				       : GMIME_CONTENT_ENCODING_8BIT;
}

static void
add_original(GMimeMultipart *into, GBytes *original, const About *about)
{
	GMimeContentEncoding encoding = encoding_for(original);
	gboolean plain = encoding != GMIME_CONTENT_ENCODING_BASE64;
	gsize length;
	const char *bytes = g_bytes_get_data(original, &length);
	g_autoptr(GMimeStream) stream =
	    g_mime_stream_mem_new_with_buffer(length > 0 ? bytes : "", length);
	g_autoptr(GMimeDataWrapper) content = g_mime_data_wrapper_new_with_stream(
	    stream, plain ? encoding : GMIME_CONTENT_ENCODING_BINARY);
	g_autoptr(GMimePart) part = plain
	    ? g_mime_part_new_with_type("message", "rfc822")
	    : g_mime_part_new_with_type("application", "octet-stream");
	g_autofree char *name = about->item != NULL
	    ? g_strdup_printf("%s.eml", about->item->number)
	    : g_strdup("letter.eml");

	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, encoding);
	g_mime_object_set_disposition(GMIME_OBJECT(part), GMIME_DISPOSITION_ATTACHMENT);
	g_mime_part_set_filename(part, name);
	if (encoding == GMIME_CONTENT_ENCODING_8BIT)
		g_mime_object_set_header(
		    GMIME_OBJECT(into), "Content-Transfer-Encoding", "8bit", "utf-8");
	g_mime_multipart_add(into, GMIME_OBJECT(part));
}

static GMimeMultipart *
build_parts(const char *body, const About *about, GBytes *original)
{
	g_autofree char *plain = layout_plain(body);
	g_autofree char *html =
	    layout_html(body, language_names[about->notice->language]);
	g_autoptr(GMimeMultipart) both = new_multipart("alternative", original);
	GMimeMultipart *mixed;

	add_text(both, "plain", plain);
	add_text(both, "html", html);
	if (original == NULL)
		return g_steal_pointer(&both);
	mixed = new_multipart("mixed", original);
	g_mime_multipart_add(mixed, GMIME_OBJECT(both));
	add_original(mixed, original, about);
	return mixed;
}

/* --- the bytes --- */

/* The head is ours; the parts bring the header lines that speak of them. */
static GBytes *
write_bytes(const GString *head, GMimeMultipart *parts, GError **error)
{
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
	g_autoptr(GMimeFormatOptions) options = g_mime_format_options_new();
	GByteArray *bytes = g_byte_array_new();

	g_byte_array_append(bytes, (const guint8 *)head->str, (guint)head->len);
	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	g_mime_stream_seek(stream, 0, GMIME_STREAM_SEEK_END);
	g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
	g_mime_object_write_to_stream(GMIME_OBJECT(parts), options, stream);
	/* The last gate. */
	if (!are_mail_lines((const char *)bytes->data, bytes->len)) {
		g_set_error(
		    error, FAULT, FAULT_LETTER, "the mail would break the rules of mail");
		g_byte_array_unref(bytes);
		return NULL;
	}
	return g_byte_array_free_to_bytes(bytes);
}

GBytes *
compose_mail(const Wording *wording, const About *about, GBytes *original, gint64 now,
    GError **error)
{
	g_auto(Material) material = { 0 };
	g_autoptr(GString) head = g_string_sized_new(1024);
	g_autoptr(GMimeMultipart) parts = NULL;
	g_autofree char *subject = NULL;
	g_autofree char *body = NULL;
	Language language = about->notice->language;
	const Template *text;
	const Words *words = texts_words(wording->texts, language);

	if (!material_fill(&material, wording, about, error))
		return NULL;
	text =
	    texts_kind(wording->texts, (guint)kind_index(about->notice->kind), language);
	subject = template_head(text, "Subject", material.values, words);
	body = template_body(text, material.values, words);
	if (!add_head(head, wording, about, subject, now, error))
		return NULL;
	parts = build_parts(body, about, original);
	return write_bytes(head, parts, error);
}
