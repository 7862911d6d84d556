#include "enclose.h"

#include <string.h>

#include "gate.h"

#define MOST_FILES 50
#define MOST_DEPTH 16
#define MOST_NAME 100
#define MOST_FIELD (64 * 1024) /* of a head: a longer one costs the parser too much */
#define MOST_HEAD (256 * 1024)
#define MOST_BOUNDARIES 2000

typedef struct {
	GPtrArray *files;
	gint64 left; /* bytes that may still go along */
	gboolean cut;
} Taking;

static void
file_free(gpointer data)
{
	File *file = data;

	g_free(file->name);
	g_free(file->type);
	g_bytes_unref(file->bytes);
	g_free(file);
}

/* --- before the parser --- */

static gboolean
is_head_modest(const char *bytes, gsize length)
{
	gsize seen = MIN(length, MOST_HEAD);

	return bytes == NULL || length <= MOST_HEAD ||
	    memmem(bytes, seen, "\r\n\r\n", 4) != NULL ||
	    memmem(bytes, seen, "\n\n", 2) != NULL;
}

/* Whether the mail has the form of one that a person wrote: neither endless heads nor
 * thousands of parts, which cost a parser seconds. */
static gboolean
is_modest(const char *bytes, gsize length)
{
	guint boundaries = 0;
	gsize field = 0; /* of a head, folded over several lines */

	if (!is_head_modest(bytes, length))
		return FALSE;
	for (const char *at = bytes, *end = bytes + length; at < end;) {
		const char *lf = memchr(at, '\n', (gsize)(end - at));
		gsize line = (gsize)((lf != NULL ? lf + 1 : end) - at);
		boundaries += line > 2 && at[0] == '-' && at[1] == '-';
		field = *at == ' ' || *at == '\t' ? field + line : line;
		if (boundaries > MOST_BOUNDARIES || field > MOST_FIELD)
			return FALSE;
		at += line;
	}
	return TRUE;
}

/* --- one part --- */

/* Base64 is decoded by GLib: GMime ends at a padding in the middle. */
static GBytes *
decode(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	g_autoptr(GMimeStream) out = g_mime_stream_mem_new();
	GByteArray *bytes = g_byte_array_new();
	gboolean base64;

	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(out), bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(out), FALSE);
	if (content == NULL)
		return g_byte_array_free_to_bytes(bytes);
	base64 =
	    g_mime_data_wrapper_get_encoding(content) == GMIME_CONTENT_ENCODING_BASE64;
	if (base64) {
		GMimeStream *raw = g_mime_data_wrapper_get_stream(content);
		int state = 0;
		guint save = 0;
		g_mime_stream_reset(raw);
		g_mime_stream_write_to_stream(raw, out);
		if (bytes->len > 0)
			bytes->len = (guint)g_base64_decode_step(
			    (char *)bytes->data, bytes->len, bytes->data, &state, &save);
	} else {
		g_mime_data_wrapper_write_to_stream(content, out);
	}
	return g_byte_array_free_to_bytes(bytes);
}

static char *
clean_name(const char *name)
{
	g_autofree char *valid = g_utf8_make_valid(name, -1);
	const char *base = valid;
	char *line;

	for (const char *at = valid; *at != '\0'; at++)
		if (*at == '/' || *at == '\\')
			base = at + 1;
	while (*base == '.' || *base == ' ')
		base++;
	/* The end tells what kind of file it is. */
	if (g_utf8_strlen(base, -1) > MOST_NAME)
		base =
		    g_utf8_offset_to_pointer(base, g_utf8_strlen(base, -1) - MOST_NAME);
	line = gate_line(base, MOST_NAME);
	return line != NULL ? line : g_strdup("file");
}

static gboolean
is_token(const char *text)
{
	return text != NULL && *text != '\0' && strlen(text) < 100 &&
	    strspn(text,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789.+-_") == strlen(text);
}

/* What a reader's program would run, or read as mail, travels as mere bytes. */
static char *
clean_type(GMimeContentType *type)
{
	const char *major = g_mime_content_type_get_media_type(type);
	const char *minor = g_mime_content_type_get_media_subtype(type);
	g_autofree char *whole = g_mime_content_type_get_mime_type(type);

	if (!is_token(major) || !is_token(minor) ||
	    g_ascii_strcasecmp(major, "multipart") == 0 ||
	    g_ascii_strcasecmp(major, "message") == 0 ||
	    g_ascii_strcasecmp(major, "text") == 0)
		return g_strdup("application/octet-stream");
	return g_ascii_strdown(whole, -1);
}

static gboolean
is_type(GMimeContentType *type, const char *major, const char *minor)
{
	return g_mime_content_type_is_type(type, major, minor);
}

/* A file that the writer attached: not the text of his mail, its pictures, an invitation
 * or a signature. */
static gboolean
is_file(GMimePart *part, gboolean related)
{
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
	const char *place = g_mime_object_get_disposition(GMIME_OBJECT(part));
	gboolean attached = place != NULL && g_ascii_strcasecmp(place, "attachment") == 0;

	if (is_type(type, "application", "pkcs7-signature") ||
	    is_type(type, "application", "x-pkcs7-signature") ||
	    is_type(type, "application", "pgp-signature") ||
	    is_type(type, "text", "calendar") || is_type(type, "application", "ics"))
		return FALSE;
	if (attached)
		return !related ||
		    g_mime_object_get_content_id(GMIME_OBJECT(part)) == NULL;
	return !related && g_mime_part_get_filename(part) != NULL;
}

static void
take(Taking *taking, GMimePart *part)
{
	g_autoptr(GBytes) bytes = NULL;
	const char *name = g_mime_part_get_filename(part);
	gint64 length;
	File *file;

	if (taking->files->len >= MOST_FILES) {
		taking->cut = TRUE;
		return;
	}
	bytes = decode(part);
	length = (gint64)g_bytes_get_size(bytes);
	if (length == 0)
		return;
	if (length > taking->left) {
		taking->cut = TRUE;
		return;
	}
	taking->left -= length;
	file = g_new0(File, 1);
	file->name = clean_name(name != NULL ? name : "file");
	file->type = clean_type(g_mime_object_get_content_type(GMIME_OBJECT(part)));
	file->bytes = g_steal_pointer(&bytes);
	g_ptr_array_add(taking->files, file);
}

/* --- the mail --- */

/* A letter within the mail stays closed: it may be the citizen's, or anybody's. */
static void
walk(Taking *taking, GMimeObject *object, gboolean related, guint depth)
{
	if (GMIME_IS_MULTIPART(object) && depth < MOST_DEPTH) {
		GMimeMultipart *parts = GMIME_MULTIPART(object);
		related |= is_type(
		    g_mime_object_get_content_type(object), "multipart", "related");
		for (int i = 0; i < g_mime_multipart_get_count(parts); i++)
			walk(taking, g_mime_multipart_get_part(parts, i), related,
			    depth + 1);
	} else if (GMIME_IS_PART(object) && is_file(GMIME_PART(object), related)) {
		take(taking, GMIME_PART(object));
	}
}

GPtrArray *
enclose_take(GBytes *mail, gint64 most, gboolean *ret_cut)
{
	Taking taking = { g_ptr_array_new_with_free_func(file_free), most, FALSE };
	gsize length;
	const char *bytes = g_bytes_get_data(mail, &length);
	g_autoptr(GMimeStream) stream = NULL;
	g_autoptr(GMimeParser) parser = NULL;
	g_autoptr(GMimeMessage) message = NULL;

	*ret_cut = !is_modest(bytes, length);
	if (*ret_cut)
		return taking.files;
	stream = g_mime_stream_mem_new_with_buffer(bytes, length);
	parser = g_mime_parser_new_with_stream(stream);
	message = g_mime_parser_construct_message(parser, NULL);
	if (message != NULL && g_mime_message_get_mime_part(message) != NULL)
		walk(&taking, g_mime_message_get_mime_part(message), FALSE, 0);
	*ret_cut = taking.cut;
	return taking.files;
}
