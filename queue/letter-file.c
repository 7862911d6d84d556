#include "letter-file.h"

#include <string.h>

#define LINE_BYTES 57 /* make 76 letters of base64 */
#define WORD_BYTES 36

/* "=?utf-8?B?…?=" as often as it takes; never between the bytes of a letter. */
static void
append_words(GString *mail, const char *text)
{
	while (*text != '\0') {
		const char *end = text;
		g_autofree char *word = NULL;

		while (*end != '\0' && g_utf8_next_char(end) - text <= WORD_BYTES)
			end = g_utf8_next_char(end);
		word = g_base64_encode((const guchar *)text, (gsize)(end - text));
		g_string_append_printf(
		    mail, "=?utf-8?B?%s?=%s", word, *end != '\0' ? "\r\n " : "");
		text = end;
	}
}

static void
append_header(GString *mail, const char *name, const char *value, const char *behind)
{
	g_string_append_printf(mail, "%s: ", name);
	if (value != NULL)
		append_words(mail, value);
	g_string_append_printf(mail, "%s%s\r\n",
	    value != NULL && *value != '\0' && *behind != '\0' ? " " : "", behind);
}

static void
append_base64(GString *mail, const char *text)
{
	gsize length = strlen(text);

	for (gsize i = 0; i < length; i += LINE_BYTES) {
		g_autofree char *line = g_base64_encode(
		    (const guchar *)text + i, MIN(length - i, LINE_BYTES));

		g_string_append_printf(mail, "%s\r\n", line);
	}
}

static void
append_text(GString *mail, const char *text)
{
	g_string_append(mail,
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n");
	append_base64(mail, text);
}

static gboolean
is_plain_type(const char *type)
{
	return strspn(type,
		   "abcdefghijklmnopqrstuvwxyz"
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.+-") == strlen(type) &&
	    strchr(type, '/') != NULL;
}

static void
append_parts(GString *mail, const Reading *reading, const char *text, const char *id)
{
	g_string_append_printf(mail,
	    "Content-Type: multipart/mixed; boundary=\"=_%s\"\r\n\r\n--=_%s\r\n", id, id);
	append_text(mail, text);
	for (guint i = 0; i < reading->attachments->len; i++) {
		const Attachment *attachment = reading->attachments->pdata[i];

		g_string_append_printf(mail,
		    "--=_%s\r\nContent-Type: %s\r\nContent-Disposition: attachment; "
		    "filename=\"file%u\"\r\n\r\n\r\n",
		    id,
		    is_plain_type(attachment->type) ? attachment->type
						    : "application/octet-stream",
		    i + 1);
	}
	g_string_append_printf(mail, "--=_%s--\r\n", id);
}

/* What he wrote, and below it what he quoted, marked as mail programs do. */
static char *
body_of(const Reading *reading, Mask *mask, GError **error)
{
	g_autofree char *text = mask_apply(mask, reading->text, error);
	g_autofree char *quoted = NULL;
	g_auto(GStrv) lines = NULL;
	GString *body;

	if (text == NULL && reading->text != NULL)
		return NULL;
	quoted = mask_apply(mask, reading->quoted, error);
	if (quoted == NULL && reading->quoted != NULL)
		return NULL;
	body = g_string_new(text);
	lines = g_strsplit(quoted != NULL ? quoted : "", "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		g_string_append_printf(body, "\n> %s", lines[i]);
	g_string_append_c(body, '\n');
	g_string_replace(body, "\n", "\r\n", 0);
	return g_string_free(body, FALSE);
}

char *
letter_file_redacted(const Letter *letter, const char *id, Mask *mask, GError **error)
{
	const Reading *reading = letter->reading;
	g_autofree char *body = body_of(reading, mask, error);
	g_autofree char *subject = NULL, *name = NULL, *address = NULL, *from = NULL,
			*date = NULL;
	g_autoptr(GDateTime) received =
	    g_date_time_new_from_unix_utc(letter->received_at);
	GString *mail;

	if (body == NULL)
		return NULL;
	subject = mask_apply(mask, reading->subject, NULL);
	name = mask_apply(mask, reading->from_name, NULL);
	address = mask_author_address(mask);
	from = reading->from_address != NULL ? g_strdup_printf("<%s>", address) : NULL;
	date = g_date_time_format(received, "%d %b %Y 12:00:00 +0000");
	mail = g_string_new(NULL);
	if (from != NULL) /* without a sender it lacks that, as the first one did */
		append_header(mail, "From", name, from);
	g_string_append(mail, "To: <rector@example.kz>\r\n");
	append_header(mail, "Subject", subject, "");
	g_string_append_printf(mail,
	    "Date: %s\r\nMessage-ID: <%s@example.kz>\r\nMIME-Version: 1.0\r\n", date, id);
	if (reading->attachments->len == 0)
		append_text(mail, body);
	else
		append_parts(mail, reading, body, id);
	return g_string_free(mail, FALSE);
}
