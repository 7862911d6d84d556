#include "parts.h"

#include <string.h>
#include <sys/random.h>

#include "enclose.h"
#include "layout.h"

#define MOST_LINE_BYTES 998

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

/* The entry's lines end in CRLF already. */
static char *
without_cr(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);

	return g_strjoinv("\n", lines);
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
base64_lines(const char *bytes, gsize length)
{
	GString *out = g_string_sized_new(length / 3 * 4 + length / 57 * 2 + 8);

	for (gsize at = 0; at < length; at += 57) {
		char line[80];
		int state = 0, save = 0;
		gsize n = g_base64_encode_step((const guchar *)bytes + at,
		    MIN(length - at, 57), FALSE, line, &state, &save);
		n += g_base64_encode_close(FALSE, line + n, &state, &save);
		g_string_append_len(out, line, (gssize)n);
		g_string_append(out, "\r\n");
	}
	return g_string_free(out, FALSE);
}

/* The content is encoded here already, so that GMime writes it as it is. */
static GMimePart *
new_part(const char *type, const char *subtype, const char *encoded,
    GMimeContentEncoding encoding)
{
	g_autoptr(GMimeStream) stream =
	    g_mime_stream_mem_new_with_buffer(encoded, strlen(encoded));
	g_autoptr(GMimeDataWrapper) content =
	    g_mime_data_wrapper_new_with_stream(stream, encoding);
	GMimePart *part = g_mime_part_new_with_type(type, subtype);

	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, encoding);
	return part;
}

static void
add_text(GMimeMultipart *into, const char *subtype, const char *text, const char *method)
{
	g_autofree char *crlf = with_crlf(text);
	gboolean plain = is_ascii_lines(crlf);
	g_autofree char *encoded =
	    plain ? g_steal_pointer(&crlf) : base64_lines(crlf, strlen(crlf));
	g_autoptr(GMimePart) part = new_part("text", subtype, encoded,
	    plain ? GMIME_CONTENT_ENCODING_7BIT : GMIME_CONTENT_ENCODING_BASE64);
	GMimeObject *object = GMIME_OBJECT(part);

	g_mime_object_set_content_type_parameter(object, "charset", "utf-8");
	if (method != NULL)
		g_mime_object_set_content_type_parameter(object, "method", method);
	g_mime_multipart_add(into, object);
}

static void
add_file(GMimeMultipart *into, const char *name, const char *type, const char *subtype,
    const char *bytes, gsize length)
{
	g_autofree char *encoded = base64_lines(bytes, length);
	g_autoptr(GMimePart) part =
	    new_part(type, subtype, encoded, GMIME_CONTENT_ENCODING_BASE64);

	g_mime_object_set_disposition(GMIME_OBJECT(part), GMIME_DISPOSITION_ATTACHMENT);
	g_mime_part_set_filename(part, name);
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

gboolean
parts_are_mail_lines(const char *bytes, gsize length)
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

	if (!parts_are_mail_lines(bytes, length))
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

static void
add_files(GMimeMultipart *into, GPtrArray *files)
{
	for (guint i = 0; files != NULL && i < files->len; i++) {
		const File *file = g_ptr_array_index(files, i);
		g_auto(GStrv) type = g_strsplit(file->type, "/", 2);
		gsize length;
		const char *bytes = g_bytes_get_data(file->bytes, &length);
		add_file(into, file->name, type[0], type[1], bytes, length);
	}
}

/* The entry stands among the alternatives, where mail programs offer to take it over, and
 * again as a file for those that look only there. */
static void
add_invite(GMimeMultipart *into, const Invite *invite)
{
	add_file(
	    into, "invite.ics", "application", "ics", invite->text, strlen(invite->text));
}

static GMimeMultipart *
new_alternative(
    const char *body, const Material *material, const About *about, GBytes *original)
{
	g_autofree char *plain = layout_plain(body);
	g_autofree char *html =
	    layout_html(body, language_names[about->notice->language]);
	GMimeMultipart *both = new_multipart("alternative", original);

	add_text(both, "plain", plain, NULL);
	add_text(both, "html", html, NULL);
	if (material->invite != NULL) {
		g_autofree char *text = without_cr(material->invite->text);
		add_text(both, "calendar", text, material->invite->method);
	}
	return both;
}

GMimeMultipart *
parts_build(
    const char *body, const Material *material, const About *about, GBytes *original)
{
	g_autoptr(GMimeMultipart) both = new_alternative(body, material, about, original);
	gboolean enclosed = about->files != NULL && about->files->len > 0;
	GMimeMultipart *mixed;

	if (original == NULL && !enclosed && material->invite == NULL)
		return g_steal_pointer(&both);
	mixed = new_multipart("mixed", original);
	g_mime_multipart_add(mixed, GMIME_OBJECT(both));
	if (original != NULL)
		add_original(mixed, original, about);
	add_files(mixed, about->files);
	if (material->invite != NULL)
		add_invite(mixed, material->invite);
	return mixed;
}
