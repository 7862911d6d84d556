/* Mails of every kind from the notifier's sample, read back as their reader will. */
#pragma once

#include "mime.h"
#include "notifier-sample.h"

typedef struct {
	const char *kind, *role, *facts;
} KindRow;

#define REPLY "\"reply_to\":\"rector+c5.abcdefghjkmnpqrs@univ.example\""
#define INVITED "\"calendar\":\"request\",\"sequence\":0"
#define CASES                                                                            \
	"[{\"number\":\"2026-000101\",\"due\":\"2026-11-24\",\"official\":\"economy\"}," \
	"{\"number\":\"2026-000107\",\"due\":\"2026-11-25\",\"official\":\"science\"}]"
#define DIGEST                                                                           \
	"{\"day\":\"2026-11-23\",\"received\":12,\"accepted\":7,\"rejected\":3,"         \
	"\"ignored\":2,"                                                                 \
	"\"answered\":4,\"late\":1,\"extended\":1,\"grounds\":{\"obscene\":1,"           \
	"\"capitals\":2},"                                                               \
	"\"held\":5,\"urgent\":1,\"tasks\":2,\"approvals_count\":1,\"approvals\":["      \
	"\"2026-000099\"],\"open\":31,\"due_count\":2,\"due\":" CASES                    \
	",\"overdue_count\":40,\"overdue\":" CASES "}"

/* Every kind with the facts it has in life. */
static const KindRow kinds[] = {
	{ "acknowledgement", "citizen", "{}" },
	{ "rejection", "citizen", "{}" },
	{ "forward", "official", "{" REPLY "," INVITED "}" },
	{ "held", "moderator", "{" REPLY "}" },
	{ "stuck", "moderator", "{}" },
	{ "alarm", "administrator", "{}" },
	{ "extension", "citizen",
	    "{\"due\":\"2027-01-18\",\"old_due\":\"2026-12-14\",\"reason\":\"ждём ответа "
	    "теплосети\"}" },
	{ "term-changed", "citizen",
	    "{\"due\":\"2026-12-15\",\"old_due\":\"2026-12-14\"}" },
	{ "answer", "citizen", "{}" },
	{ "status", "citizen", "{\"state\":\"open\",\"due\":\"2026-12-14\"}" },
	{ "status-unknown", "citizen", "{}" },
	{ "reopened", "citizen", "{\"due\":\"2027-01-18\"}" },
	{ "joined", "citizen", "{}" },
	{ "reminder", "official", "{\"due\":\"2026-12-14\"," REPLY "," INVITED "}" },
	{ "overdue", "official", "{\"due\":\"2026-12-14\"," REPLY "}" },
	{ "confirmation", "official",
	    "{\"command\":\"extend\",\"due\":\"2026-12-25\"," INVITED "}" },
	{ "command-refused", "official",
	    "{\"command\":\"extend\",\"why\":\"beyond-limit\",\"max\":\"2027-01-22\"}" },
	{ "answer-returned", "official",
	    "{\"why\":\"remark\",\"remark\":\"Назовите дату ремонта.\"," REPLY "}" },
	{ "addition", "official", "{" REPLY "}" },
	{ "objection", "official", "{\"due\":\"2027-01-18\"," REPLY "," INVITED "}" },
	{ "term-changed", "official",
	    "{\"due\":\"2026-12-15\",\"old_due\":\"2026-12-14\"," INVITED "}" },
	{ "taken-over", "official",
	    "{\"to\":\"Омарова Әсел\",\"calendar\":\"cancel\",\"sequence\":2}" },
	{ "approval", "moderator", "{\"leaks\":[\"name\",\"phone\"]," REPLY "}" },
	{ "already-decided", "moderator", "{\"by\":\"moderator\",\"what\":\"approve\"}" },
	{ "remark", "moderator", "{}" },
	{ "held-reminder", "moderator",
	    "{\"count\":5,\"urgent\":1,\"since\":\"2026-11-19\",\"letter\":12}" },
	{ "overdue", "moderator", "{\"due\":\"2026-12-14\"}" },
	{ "escalation", "office", "{\"due\":\"2026-12-14\",\"days_late\":3}" },
	{ "undelivered", "moderator",
	    "{\"task\":4,\"code\":\"5.1.1\",\"notice_kind\":\"extension\",\"phone\":\"+7 "
	    "701 "
	    "111 22 33\"}" },
	{ "digest", "moderator", DIGEST },
	{ "report", "office", DIGEST },
};

static inline void
give(char **field, const char *value)
{
	g_free(*field);
	*field = g_strdup(value);
}

/* Some mails are about the official's letter. */
static inline void
sample_let_official_write(Sample *sample)
{
	static const char *const texts[] = {
		"Сәлеметсіз бе!\n\n25 қарашада жатақхананың жылу жүйесі жөнделді. "
		"Бөлмеңізде әлі де суық болса, коменданттың бөлмесіне (101) "
		"хабарласыңыз.\n\nҚұрметпен,\nЕ. Сейтқали, проректор",
		"Здравствуйте!\n\n25 ноября система отопления общежития отремонтирована. "
		"Если в комнате по-прежнему холодно, обратитесь к коменданту "
		"(101).\n\nС уважением,\nЕ. Сейтқали, проректор",
		"Good afternoon,\n\nThe heating of the dormitory was repaired on 25 "
		"November. If your room is still cold, please see the warden "
		"(101).\n\nYours sincerely,\nY. Seitkali, vice-rector",
	};
	Reading *reading = sample->reading;

	give(&reading->text, texts[sample->notice->language]);
	give(&reading->name, "Сейтқали Ерлан Маратұлы");
	give(&reading->from_name, "Сейтқали Ерлан Маратұлы");
	give(&reading->from_address, "staff@univ.example");
	give(&reading->email, "staff@univ.example");
	give(&reading->phone, "+7 727 291 00 00");
}

static inline Sample *
sample_row(const KindRow *row, Language language)
{
	static const char *const of_officials[] = { "answer", "approval", "remark",
		NULL };
	Sample *sample = sample_new(row->kind, row->role, language);

	give(&sample->notice->facts, row->facts);
	if (g_strv_contains(of_officials, row->kind))
		sample_let_official_write(sample);
	return sample;
}

static inline Sample *
sample_of(const char *kind, Language language)
{
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return sample_row(&kinds[i], language);
	g_assert_not_reached();
}

static inline void
refuse_by(Sample *sample, Rule rule)
{
	sample->verdict->outcome = OUTCOME_REJECT;
	sample->verdict->rule = (int)rule;
	sample->verdict->rules = 1u << rule;
}

/* --- reading back --- */

typedef struct {
	GMimeMessage *message;
	char *plain, *html;
	char *entry;           /* the calendar's, where there is one */
	GMimeObject *original; /* the first of what goes along, but the entry */
	guint enclosed;        /* how many do, with the entry */
} Mail;

static inline void
mail_clear(Mail *mail)
{
	g_clear_object(&mail->message);
	g_clear_pointer(&mail->plain, g_free);
	g_clear_pointer(&mail->html, g_free);
	g_clear_pointer(&mail->entry, g_free);
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
		GMimeMultipart *all = GMIME_MULTIPART(top);
		GMimeObject *second = g_mime_multipart_get_part(all, 1);
		ret_mail->enclosed = (guint)g_mime_multipart_get_count(all) - 1;
		if (!g_mime_content_type_is_type(
			g_mime_object_get_content_type(second), "application", "ics"))
			ret_mail->original = second;
		top = g_mime_multipart_get_part(all, 0);
	}
	g_assert_true(g_mime_content_type_is_type(
	    g_mime_object_get_content_type(top), "multipart", "alternative"));
	ret_mail->plain = text_of(GMIME_MULTIPART(top), 0, "plain");
	ret_mail->html = text_of(GMIME_MULTIPART(top), 1, "html");
	if (g_mime_multipart_get_count(GMIME_MULTIPART(top)) > 2)
		ret_mail->entry = text_of(GMIME_MULTIPART(top), 2, "calendar");
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
