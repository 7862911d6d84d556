#include "compose.h"

#include <string.h>

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

/* A value that is written as it stands; GMime would fold and encode it its own way. */
static void
set_raw(GMimeMessage *message, const char *name, const char *value)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
	g_autofree char *raw = g_strdup_printf(" %s\r\n", value);

	g_mime_object_set_header(GMIME_OBJECT(message), name, "-", "utf-8");
	g_mime_header_set_raw_value(g_mime_header_list_get_header(list, name), raw);
}

static void
set_mailbox(
    GMimeMessage *message, const char *header, const char *name, const char *address)
{
	g_autofree char *clean = gate_line(name, MOST_NAME);
	g_autofree char *value = header_mailbox(clean, address, strlen(header) + 2);

	set_raw(message, header, value);
}

static gboolean
set_ids(GMimeMessage *message, const Notice *notice, GError **error)
{
	GMimeObject *object = GMIME_OBJECT(message);
	g_auto(GStrv) references =
	    g_strsplit(notice->references != NULL ? notice->references : "", " ", -1);
	g_autoptr(GString) kept = g_string_new(NULL);

	if (!gate_is_message_id(notice->message_id)) {
		g_set_error(
		    error, FAULT, FAULT_LETTER, "the notice's Message-ID is not valid");
		return FALSE;
	}
	g_mime_object_set_header(object, "Message-ID", notice->message_id, "utf-8");
	/* A stranger's ids may be anything: what is no id is left out. */
	if (notice->in_reply_to != NULL && gate_is_message_id(notice->in_reply_to))
		g_mime_object_set_header(
		    object, "In-Reply-To", notice->in_reply_to, "utf-8");
	for (char **id = references; *id != NULL; id++)
		if (gate_is_message_id(*id))
			g_string_append_printf(
			    kept, "%s%s", kept->len > 0 ? " " : "", *id);
	if (kept->len > 0)
		g_mime_object_set_header(object, "References", kept->str, "utf-8");
	return TRUE;
}

static gboolean
set_head(GMimeMessage *message, const Wording *wording, const About *about,
    const char *subject, gint64 now, GError **error)
{
	const Notice *notice = about->notice;
	g_autofree char *line = gate_line(subject, MOST_SUBJECT);
	g_autofree char *to = NULL;
	g_autofree char *from = NULL;
	g_autofree char *value = NULL;
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
	g_autoptr(GDateTime) date = g_date_time_to_timezone(utc, wording->zone);
	gboolean utf8;

	to = gate_address(notice->recipient, &utf8, error);
	from =
	    to != NULL ? gate_address(wording->university->address, &utf8, error) : NULL;
	if (from == NULL)
		return FALSE;
	set_mailbox(message, "From",
	    material_university(wording->university, notice->language), from);
	set_mailbox(message, "To", notice->recipient_name, to);
	value = header_text(line != NULL ? line : "-", strlen("Subject: "));
	set_raw(message, "Subject", value);
	g_mime_message_set_date(message, date);
	if (!set_ids(message, notice, error))
		return FALSE;
	g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted",
	    compose_is_automatic(notice) ? "auto-replied" : "auto-generated", "utf-8");
	g_mime_object_set_header(
	    GMIME_OBJECT(message), "X-Auto-Response-Suppress", "All", "utf-8");
	g_mime_object_set_header(GMIME_OBJECT(message), "Content-Language",
	    language_names[notice->language], "utf-8");
	return TRUE;
}

/* --- the parts --- */

static char *
with_crlf(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	return g_strjoinv("\r\n", lines);
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

static void
add_text(GMimeMultipart *into, const char *subtype, const char *text)
{
	g_autoptr(GMimeTextPart) part = g_mime_text_part_new_with_subtype(subtype);
	g_autofree char *crlf = with_crlf(text);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, crlf);
	g_mime_part_set_content_encoding(GMIME_PART(part),
	    is_ascii_lines(crlf) ? GMIME_CONTENT_ENCODING_7BIT
				 : GMIME_CONTENT_ENCODING_BASE64);
	g_mime_multipart_add(into, GMIME_OBJECT(part));
}

static GMimeMultipart *
new_multipart(const char *subtype)
{
	GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
	g_autofree char *uuid = g_uuid_string_random();
	g_autofree char *boundary = g_strdup_printf("=_%s", uuid);

	/* Random, so that no letter can hold it. */
	g_mime_multipart_set_boundary(multipart, boundary);
	return multipart;
}

/* How an original travels unchanged: as it is where mail can carry it, else as base64. */
static GMimeContentEncoding
encoding_for(GBytes *original)
{
	gsize length, column = 0;
	const guchar *bytes = g_bytes_get_data(original, &length);
	gboolean high = FALSE;

	for (gsize i = 0; i < length; i++) {
		if (bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n') {
			i++;
			column = 0;
			continue;
		}
		if (bytes[i] == '\0' || bytes[i] == '\r' || bytes[i] == '\n' ||
		    ++column > MOST_LINE_BYTES)
			return GMIME_CONTENT_ENCODING_BASE64;
		high |= bytes[i] >= 0x80;
	}
	return high ? GMIME_CONTENT_ENCODING_8BIT : GMIME_CONTENT_ENCODING_7BIT;
}

static void
add_original(GMimeMultipart *into, GBytes *original, const About *about)
{
	GMimeContentEncoding encoding = encoding_for(original);
	gboolean plain = encoding != GMIME_CONTENT_ENCODING_BASE64;
	gsize length;
	const char *bytes = g_bytes_get_data(original, &length);
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(bytes, length);
	g_autoptr(GMimeDataWrapper) content = g_mime_data_wrapper_new_with_stream(
	    stream, plain ? encoding : GMIME_CONTENT_ENCODING_BINARY);
	g_autoptr(GMimePart) part = g_mime_part_new_with_type("message", "rfc822");
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
	g_autoptr(GMimeMultipart) both = new_multipart("alternative");
	GMimeMultipart *mixed;

	add_text(both, "plain", plain);
	add_text(both, "html", html);
	if (original == NULL)
		return g_steal_pointer(&both);
	mixed = new_multipart("mixed");
	g_mime_multipart_add(mixed, GMIME_OBJECT(both));
	add_original(mixed, original, about);
	return mixed;
}

/* --- the bytes --- */

/* The last gate: what leaves is mail. */
static gboolean
check_lines(const GByteArray *bytes, GError **error)
{
	gsize start = 0;

	for (gsize i = 0; i < bytes->len; i++) {
		guchar c = bytes->data[i];
		gboolean ends =
		    c == '\r' && i + 1 < bytes->len && bytes->data[i + 1] == '\n';
		if (c == '\0' || c == '\n' || (c == '\r' && !ends) ||
		    i - start >= MOST_LINE_BYTES + (ends ? 1 : 0)) {
			g_set_error(error, FAULT, FAULT_LETTER,
			    "the mail would break the rules of mail at byte "
			    "%" G_GSIZE_FORMAT,
			    i);
			return FALSE;
		}
		if (ends)
			start = ++i + 1;
	}
	return TRUE;
}

static GBytes *
write_bytes(GMimeMessage *message, GError **error)
{
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new();
	g_autoptr(GMimeFormatOptions) options = g_mime_format_options_new();
	GByteArray *bytes = g_byte_array_new();

	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
	g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
	if (!check_lines(bytes, error)) {
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
	g_autoptr(GMimeMessage) message = g_mime_message_new(FALSE);
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
	if (!set_head(message, wording, about, subject, now, error))
		return NULL;
	parts = build_parts(body, about, original);
	g_mime_message_set_mime_part(message, GMIME_OBJECT(parts));
	return write_bytes(message, error);
}
