#include "compose.h"

#include <string.h>

#include "enclose.h"
#include "fault.h"
#include "gate.h"
#include "header.h"
#include "mime.h"
#include "parts.h"

#define MOST_SUBJECT 160
#define MOST_NAME 120

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

/* The tag stands behind the shortened subject: half a secret opens nothing. */
static void
add_subject(GString *head, const Material *material, const char *subject)
{
	g_autofree char *line = gate_line(subject, MOST_SUBJECT);
	g_autofree char *whole =
	    g_strjoin(" ", line != NULL ? line : "-", material->tag, NULL);
	g_autofree char *text = header_text(whole, strlen("Subject: "));

	add(head, "Subject", text);
}

static gboolean
add_reply_to(GString *head, const Wording *wording, const Notice *notice,
    const Material *material, GError **error)
{
	g_autofree char *address = NULL;
	gboolean utf8;

	if (material->reply_to == NULL)
		return TRUE;
	address = gate_address(material->reply_to, &utf8, error);
	if (address == NULL)
		return FALSE;
	add_mailbox(head, "Reply-To",
	    material_university(wording->university, notice->language), address);
	return TRUE;
}

static gboolean
add_people(GString *head, const Wording *wording, const Notice *notice,
    const Material *material, GError **error)
{
	gboolean utf8;
	g_autofree char *to = gate_address(notice->recipient, &utf8, error);
	g_autofree char *from =
	    to != NULL ? gate_address(wording->university->address, &utf8, error) : NULL;

	if (from == NULL)
		return FALSE;
	add_mailbox(head, "From",
	    material_university(wording->university, notice->language), from);
	add_mailbox(head, "To", notice->recipient_name, to);
	return add_reply_to(head, wording, notice, material, error);
}

static gboolean
add_head(GString *head, const Wording *wording, const Notice *notice,
    const Material *material, const char *subject, gint64 now, GError **error)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, wording->zone);
	g_autofree char *date = g_mime_utils_header_format_date(local);

	if (!add_people(head, wording, notice, material, error))
		return FALSE;
	add_subject(head, material, subject);
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
	if (!parts_are_mail_lines((const char *)bytes->data, bytes->len)) {
		g_set_error(
		    error, FAULT, FAULT_LETTER, "the mail would break the rules of mail");
		g_byte_array_unref(bytes);
		return NULL;
	}
	return g_byte_array_free_to_bytes(bytes);
}

static GBytes *
compose(const Wording *wording, const About *about, GBytes *original, gint64 now,
    GError **error)
{
	g_auto(Material) material = { 0 };
	g_autoptr(GString) head = g_string_sized_new(1024);
	g_autoptr(GMimeMultipart) parts = NULL;
	g_autofree char *subject = NULL;
	g_autofree char *body = NULL;

	if (!material_fill(&material, wording, about, now, error))
		return NULL;
	subject = material_subject(&material, wording, about);
	body = material_body(&material, wording, about);
	if (!add_head(head, wording, about->notice, &material, subject, now, error))
		return NULL;
	parts = parts_build(body, &material, about, original);
	return write_bytes(head, parts, error);
}

GBytes *
compose_mail(const Wording *wording, const About *about, GBytes *original, gint64 now,
    GError **error)
{
	About with_files = *about;
	g_autoptr(GPtrArray) files = NULL;

	if (!material_encloses(about->notice))
		return compose(wording, about, original, now, error);
	/* Of an answer the files go along, never the mail that brought them. */
	if (original != NULL)
		files =
		    enclose_take(original, wording->attach_most, &with_files.files_cut);
	with_files.files = files;
	with_files.files_cut |= original == NULL;
	return compose(wording, &with_files, NULL, now, error);
}
