#include "mime.h"

#include "alternative.h"
#include "attachment.h"
#include "charset.h"
#include "html.h"
#include "limit.h"
#include "plain.h"
#include "transfer.h"
#include "words.h"
#include <string.h>

/* Encoded bytes looked at of one text: quoted-printable triples them. */
#define MOST_ENCODED (3 * LIMIT_HTML)

typedef struct {
	MimeText *found;
	const Quotes *quotes;
	guint parts;
} Walk;

static void read_object(Walk *walk, GMimeObject *object, guint depth, GString *into);

void
mime_letter_clear(MimeLetter *letter)
{
	g_clear_object(&letter->object);
	g_clear_object(&letter->stream);
	if (letter->bytes != NULL)
		g_byte_array_free(g_steal_pointer(&letter->bytes), FALSE);
}

void
mime_parse(const char *bytes, gsize length, MimeLetter *ret_letter)
{
	GMimeParser *parser;

	*ret_letter =
	    (MimeLetter){ .bytes = g_byte_array_new_take((guint8 *)bytes, length) };
	ret_letter->stream = g_mime_stream_mem_new_with_byte_array(ret_letter->bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(ret_letter->stream), FALSE);
	/* As a part, since a message would have its addresses parsed, which we do
	 * ourselves. Persistent: the parts' bytes stay where they are. */
	parser = g_mime_parser_new_with_stream(ret_letter->stream);
	g_mime_parser_set_persist_stream(parser, TRUE);
	ret_letter->object = g_mime_parser_construct_part(parser, NULL);
	g_object_unref(parser);
}

MimeText *
mime_text_new(Reading *reading)
{
	MimeText *found = g_new0(MimeText, 1);

	found->text = g_string_new(NULL);
	found->nested = g_string_new(NULL);
	found->reading = reading;
	return found;
}

void
mime_text_free(MimeText *found)
{
	if (found == NULL)
		return;
	g_string_free(found->text, TRUE);
	g_string_free(found->nested, TRUE);
	g_free(found->charset);
	g_free(found->declared);
	g_free(found);
}

/* --- one part --- */

static const char *
raw_field(GMimeObject *object, const char *name)
{
	GMimeHeader *header =
	    g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);

	return header == NULL ? NULL : g_mime_header_get_raw_value(header);
}

static char *
parameter(GMimeObject *object, const char *field, const char *name, const char *hint)
{
	const char *raw = raw_field(object, field);

	return raw == NULL ? NULL : words_parameter(raw, strlen(raw), name, hint);
}

/* The encoded bytes of a part, where they lie in the letter. */
static const char *
part_bytes(GMimePart *part, gsize *ret_length)
{
	GMimeDataWrapper *wrapper = g_mime_part_get_content(part);
	GMimeStream *stream =
	    wrapper == NULL ? NULL : g_mime_data_wrapper_get_stream(wrapper);
	GByteArray *bytes;
	gint64 end;

	*ret_length = 0;
	if (stream == NULL || !GMIME_IS_STREAM_MEM(stream))
		return "";
	bytes = GMIME_STREAM_MEM(stream)->buffer;
	end = stream->bound_end < 0 ? (gint64)bytes->len
				    : MIN(stream->bound_end, (gint64)bytes->len);
	if (stream->bound_start < 0 || stream->bound_start >= end)
		return "";
	*ret_length = (gsize)(end - stream->bound_start);
	return (const char *)bytes->data + stream->bound_start;
}

static char *
part_name(GMimeObject *object, const char *hint)
{
	char *name = parameter(object, "Content-Disposition", "filename", hint);

	return name != NULL ? name : parameter(object, "Content-Type", "name", hint);
}

static gboolean
is_type(GMimeObject *object, const char *type, const char *subtype)
{
	return g_mime_content_type_is_type(
	    g_mime_object_get_content_type(object), type, subtype);
}

static char *
type_name(GMimeObject *object)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	g_autofree char *name =
	    g_strdup_printf("%s/%s", g_mime_content_type_get_media_type(type),
		g_mime_content_type_get_media_subtype(type));
	g_autofree char *valid = g_utf8_make_valid(name, -1);

	return g_ascii_strdown(words_clean(valid), -1);
}

static void
list_part(Walk *walk, GMimePart *part)
{
	GMimeObject *object = GMIME_OBJECT(part);
	g_autofree char *name = part_name(object, walk->found->declared);
	g_autofree char *type = type_name(object);
	gsize length;
	const char *bytes = part_bytes(part, &length);

	attachment_list(walk->found->reading, name, type,
	    transfer_decoded_size(
		transfer_from_name(raw_field(object, "Content-Transfer-Encoding")), bytes,
		length));
}

/* "Content-Type: text": what is no type counts as none. */
static gboolean
is_untyped(GMimeObject *object)
{
	const char *raw = raw_field(object, "Content-Type");

	return raw != NULL && memchr(raw, '/', strcspn(raw, ";")) == NULL;
}

/* A text that the reader of a mail program sees at once, rather than a file that is a
 * text. */
static gboolean
is_body_text(Walk *walk, GMimeObject *object)
{
	const char *disposition = raw_field(object, "Content-Disposition");
	g_autofree char *name = NULL;

	if (is_untyped(object))
		return TRUE;
	if (!is_type(object, "text", "*") || is_type(object, "text", "calendar") ||
	    is_type(object, "text", "rtf") || is_type(object, "text", "rfc822-headers") ||
	    is_type(object, "text", "vcard") || is_type(object, "text", "x-vcard") ||
	    is_type(object, "text", "csv") || is_type(object, "text", "css") ||
	    is_type(object, "text", "xml"))
		return FALSE;
	while (disposition != NULL && g_ascii_isspace(*disposition))
		disposition++;
	if (disposition != NULL &&
	    g_ascii_strncasecmp(disposition, "attachment", 10) == 0)
		return FALSE;
	name = part_name(object, NULL);
	return name == NULL || walk->parts <= 1;
}

/* A calendar's message to other calendars (RFC 6047): it names its method. */
static gboolean
is_invitation(GMimeObject *object)
{
	g_autofree char *method = NULL;

	if (!is_type(object, "text", "calendar"))
		return FALSE;
	method = parameter(object, "Content-Type", "method", NULL);
	return method != NULL;
}

static char *
decode_text(Walk *walk, const char *bytes, gsize length, const char *declared)
{
	MimeText *found = walk->found;
	g_autofree char *how = NULL;
	g_autofree char *text =
	    charset_decode(bytes, length, declared, found->declared, &how);

	if (found->declared == NULL && declared != NULL)
		found->declared = g_strdup(declared);
	if (found->charset == NULL && !plain_is_blank(text))
		found->charset = g_steal_pointer(&how);
	return g_steal_pointer(&text);
}

/* The part's bytes without transfer encoding, at most so many. */
static GString *
decode_part(GMimePart *part, gsize most, gboolean *ret_whole)
{
	gsize length;
	const char *bytes = part_bytes(part, &length);
	GString *decoded = transfer_decode_text(
	    transfer_from_name(
		raw_field(GMIME_OBJECT(part), "Content-Transfer-Encoding")),
	    bytes, MIN(length, MOST_ENCODED));

	*ret_whole = decoded->len <= most && length <= MOST_ENCODED;
	g_string_truncate(decoded, MIN(decoded->len, most));
	return decoded;
}

GString *
mime_part_decoded(GMimePart *part, gsize most)
{
	gboolean whole;

	return decode_part(part, most, &whole);
}

/* A part that is not read whole is listed. */
static GString *
part_decoded(Walk *walk, GMimePart *part, gsize most)
{
	gboolean whole;
	GString *decoded = decode_part(part, most, &whole);

	if (!whole)
		list_part(walk, part);
	return decoded;
}

static char *
read_plain(Walk *walk, GMimePart *part)
{
	GMimeObject *object = GMIME_OBJECT(part);
	g_autofree char *charset = parameter(object, "Content-Type", "charset", NULL);
	g_autofree char *format = parameter(object, "Content-Type", "format", NULL);
	g_autofree char *delsp = parameter(object, "Content-Type", "delsp", NULL);
	GString *bytes = part_decoded(walk, part, LIMIT_TEXT);
	g_autofree char *text = decode_text(walk, bytes->str, bytes->len, charset);
	char *flat;

	g_string_free(bytes, TRUE);
	if (format == NULL || g_ascii_strcasecmp(format, "flowed") != 0)
		return g_steal_pointer(&text);
	flat = plain_unflow(text, delsp != NULL && g_ascii_strcasecmp(delsp, "yes") == 0);
	return flat;
}

static char *
read_html(Walk *walk, GMimePart *part)
{
	g_autofree char *charset =
	    parameter(GMIME_OBJECT(part), "Content-Type", "charset", NULL);
	GString *bytes = part_decoded(walk, part, LIMIT_HTML);
	g_autofree char *text = NULL;

	if (charset == NULL)
		charset = html_charset(bytes->str, bytes->len);
	text = decode_text(walk, bytes->str, bytes->len, charset);
	g_string_free(bytes, TRUE);
	return html_to_text(text, strlen(text), walk->quotes);
}

static void
append_text(GString *into, const char *text)
{
	if (plain_is_blank(text) || into->len > LIMIT_TEXT)
		return;
	if (into->len > 0)
		g_string_append(into, "\n\n");
	g_string_append(into, text);
}

static void
read_part(Walk *walk, GMimePart *part, GString *into)
{
	GMimeObject *object = GMIME_OBJECT(part);
	g_autofree char *text = NULL;

	if (!is_body_text(walk, object) || into->len > LIMIT_TEXT) {
		list_part(walk, part);
		return;
	}
	if (is_type(object, "text", "html")) {
		text = read_html(walk, part);
	} else {
		g_autofree char *plain = read_plain(walk, part);
		g_autofree char *bare =
		    attachment_take_armour(plain, walk->found->reading);

		text = attachment_take_uuencoded(bare, walk->found->reading);
	}
	append_text(into, text);
}

/* --- many parts --- */

static void
read_alternative(Walk *walk, GMimeMultipart *multipart, guint depth, GString *into)
{
	g_autoptr(GString) plain = g_string_new(NULL), rich = g_string_new(NULL);
	g_autofree char *text = NULL;
	int n = g_mime_multipart_get_count(multipart);

	for (int i = 0; i < n && walk->parts <= LIMIT_PARTS; i++) {
		GMimeObject *child = g_mime_multipart_get_part(multipart, i);

		if (into != walk->found->nested && is_invitation(child))
			walk->found->invitation = TRUE;
		if (!is_type(child, "text", "x-amp-html"))
			read_object(walk, child, depth + 1,
			    is_type(child, "text", "plain") ? plain : rich);
	}
	text = alternative_choose(plain->str, rich->str);
	append_text(into, text);
}

/* A multipart without any boundary in the text: it is all prologue to GMime. */
static void
read_lost_parts(Walk *walk, GMimeMultipart *multipart, GString *into)
{
	const char *prologue = g_mime_multipart_get_prologue(multipart);
	g_autofree char *text = NULL;

	if (prologue == NULL)
		return;
	text = decode_text(walk, prologue, MIN(strlen(prologue), LIMIT_TEXT), NULL);
	append_text(into, text);
}

static void
read_multipart(Walk *walk, GMimeMultipart *multipart, guint depth, GString *into)
{
	int n = g_mime_multipart_get_count(multipart);

	if (n == 0)
		read_lost_parts(walk, multipart, into);
	else if (is_type(GMIME_OBJECT(multipart), "multipart", "alternative"))
		read_alternative(walk, multipart, depth, into);
	else
		for (int i = 0; i < n && walk->parts <= LIMIT_PARTS; i++)
			read_object(walk, g_mime_multipart_get_part(multipart, i),
			    depth + 1, into);
}

/* That something was left unread must show: a letter of nothing else is no empty one. */
static void
list_unread(Walk *walk, GMimeObject *object)
{
	g_autofree char *type = type_name(object);

	attachment_list(walk->found->reading, NULL, type, 0);
}

/* Recursion that LIMIT_DEPTH bounds: GMime's own tree is far deeper. */
static void
read_object(Walk *walk, GMimeObject *object, guint depth, GString *into)
{
	walk->parts++;
	if (object == NULL)
		return;
	if (depth > LIMIT_DEPTH || walk->parts > LIMIT_PARTS) {
		list_unread(walk, object);
		return;
	}
	if (GMIME_IS_MULTIPART(object)) {
		walk->parts--; /* a frame, no part */
		read_multipart(walk, GMIME_MULTIPART(object), depth, into);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *message =
		    g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));

		if (message != NULL)
			read_object(walk, g_mime_message_get_mime_part(message),
			    depth + 1, walk->found->nested);
	} else if (GMIME_IS_PART(object)) {
		read_part(walk, GMIME_PART(object), into);
	}
}

void
mime_read(const MimeLetter *letter, const Quotes *quotes, MimeText *found)
{
	Walk walk = { .found = found, .quotes = quotes };

	found->invitation = is_invitation(letter->object);
	read_object(&walk, letter->object, 0, found->text);
}

void
mime_read_plain(const char *bytes, gsize length, MimeText *found)
{
	Walk walk = { .found = found };
	g_autofree char *text = decode_text(&walk, bytes, MIN(length, LIMIT_TEXT), NULL);

	append_text(found->text, text);
}
