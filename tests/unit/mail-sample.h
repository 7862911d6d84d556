/* Mails of every kind from the notifier's sample, read back as their reader will. */
#pragma once

#include "mime.h"
#include "notifier-sample.h"

typedef struct {
	const char *kind, *role;
} KindRow;

static const KindRow kinds[] = {
	{ "acknowledgement", "citizen" },
	{ "rejection", "citizen" },
	{ "forward", "official" },
	{ "held", "moderator" },
	{ "stuck", "moderator" },
	{ "alarm", "administrator" },
};

static inline Sample *
sample_of(const char *kind, Language language)
{
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return sample_new(kind, kinds[i].role, language);
	g_assert_not_reached();
}

static inline void
refuse_by(Sample *sample, Rule rule)
{
	sample->verdict->outcome = OUTCOME_REJECT;
	sample->verdict->rule = (int)rule;
	sample->verdict->rules = 1u << rule;
}

static inline void
give(char **field, const char *value)
{
	g_free(*field);
	*field = g_strdup(value);
}

/* --- reading back --- */

typedef struct {
	GMimeMessage *message;
	char *plain, *html;
	GMimeObject *original;
} Mail;

static inline void
mail_clear(Mail *mail)
{
	g_clear_object(&mail->message);
	g_clear_pointer(&mail->plain, g_free);
	g_clear_pointer(&mail->html, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mail, mail_clear)

static inline char *
text_of(GMimeMultipart *both, int index, const char *subtype)
{
	GMimeObject *part = g_mime_multipart_get_part(both, index);
	g_auto(GStrv) lines = NULL;
	char *text;

	g_assert_true(GMIME_IS_TEXT_PART(part));
	g_assert_true(g_mime_content_type_is_type(
	    g_mime_object_get_content_type(part), "text", subtype));
	text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	lines = g_strsplit(text, "\r\n", -1);
	g_free(text);
	return g_strjoinv("\n", lines);
}

static inline void
read_mail(GBytes *bytes, Mail *ret_mail)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(data, length);
	g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
	GMimeObject *top;

	ret_mail->message = g_mime_parser_construct_message(parser, NULL);
	g_assert_nonnull(ret_mail->message);
	top = g_mime_message_get_mime_part(ret_mail->message);
	g_assert_true(GMIME_IS_MULTIPART(top));
	if (g_mime_content_type_is_type(
		g_mime_object_get_content_type(top), "multipart", "mixed")) {
		g_assert_cmpint(g_mime_multipart_get_count(GMIME_MULTIPART(top)), ==, 2);
		ret_mail->original = g_mime_multipart_get_part(GMIME_MULTIPART(top), 1);
		top = g_mime_multipart_get_part(GMIME_MULTIPART(top), 0);
	}
	g_assert_true(g_mime_content_type_is_type(
	    g_mime_object_get_content_type(top), "multipart", "alternative"));
	ret_mail->plain = text_of(GMIME_MULTIPART(top), 0, "plain");
	ret_mail->html = text_of(GMIME_MULTIPART(top), 1, "html");
}

static inline const char *
header(const Mail *mail, const char *name)
{
	return g_mime_object_get_header(GMIME_OBJECT(mail->message), name);
}

static inline void
read_sample(Sample *sample, GBytes *original, Mail *ret_mail)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = sample_mail(sample, original, &error);

	g_assert_no_error(error);
	read_mail(bytes, ret_mail);
}

static inline void
assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		g_error("\"%s\" is missing in:\n%s", part, text);
}

static inline void
assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		g_error("\"%s\" stands in:\n%s", part, text);
}
