/* Every mail as its reader sees it, compared with the files in tests/notifier/golden, so
 * that no change of wording goes unseen.  After one that is meant:
 *
 *     GOLDEN=renew meson test -C BUILD notifier-golden && git diff tests/notifier/golden
 */
#include "mail-sample.h"

#define GOLDEN TEST_SOURCE_ROOT "/tests/notifier/golden"

typedef enum {
	PLAIN = 0,
	CONFIDENTIAL = 1 << 0,
	NAMELESS = 1 << 1,
	URGENT = 1 << 2,
	LOST = 1 << 3,     /* the mail that came back is there to be read out */
	ENCLOSES = 1 << 4, /* the official attached a file */
	FIRST = 1 << 5,    /* the case's own letter is another */
	REFUSED = 1 << 6,  /* the machine would refuse it */
} Trait;

typedef struct {
	const char *name; /* of the file */
	KindRow row;
	guint traits;
} Golden;

#define REFUSAL(code, rest)                                                              \
	{                                                                                \
		"command-refused-" code,                                                 \
		{                                                                        \
			"command-refused", "official", "{\"why\":\"" code "\"," rest "}" \
		}                                                                        \
	}
#define EXTEND "\"command\":\"extend\""
#define DONE(name, command, rest)                                                        \
	{                                                                                \
		"confirmation-" name,                                                    \
		{                                                                        \
			"confirmation", "official",                                      \
			    "{\"command\":\"" command "\"" rest "}"                      \
		}                                                                        \
	}

/* Besides each kind of mail-sample.h. */
static const Golden variants[] = {
	{ "acknowledgement-confidential", { "acknowledgement", "citizen", "{}" },
	    CONFIDENTIAL },
	{ "acknowledgement-nameless", { "acknowledgement", "citizen", "{}" }, NAMELESS },
	{ "forward-confidential", { "forward", "official", "{" REPLY "," INVITED "}" },
	    CONFIDENTIAL },
	{ "forward-tagged",
	    { "forward", "official",
		"{\"tag\":\"[c5.abcdefghjkmnpqrs]\"," INVITED "}" } },
	{ "forward-unanswerable", { "forward", "official", "{}" } },
	{ "addition-confidential", { "addition", "official", "{" REPLY "}" },
	    CONFIDENTIAL | FIRST },
	{ "objection-confidential-office",
	    { "objection", "office", "{\"due\":\"2027-01-18\"}" }, CONFIDENTIAL | FIRST },
	{ "objection-moderator",
	    { "objection", "moderator", "{\"due\":\"2027-01-18\"}" } },
	{ "held-refused", { "held", "moderator", "{\"why\":\"verdict\"," REPLY "}" },
	    REFUSED },
	{ "held-urgent", { "held", "moderator", "{\"why\":\"urgent\"," REPLY "}" },
	    URGENT | REFUSED },
	{ "held-complaint",
	    { "held", "moderator", "{\"why\":\"complaint-of-official\"," REPLY "}" } },
	{ "answer-enclosed", { "answer", "citizen", "{}" }, ENCLOSES },
	{ "approval-clean", { "approval", "moderator", "{\"leaks\":[]," REPLY "}" },
	    CONFIDENTIAL },
	{ "status-extended",
	    { "status", "citizen", "{\"state\":\"extended\",\"due\":\"2027-01-18\"}" } },
	{ "status-answered",
	    { "status", "citizen",
		"{\"state\":\"answered\",\"due\":\"2026-12-14\",\"ended\":\"2026-12-"
		"01\"}" } },
	{ "status-closed",
	    { "status", "citizen",
		"{\"state\":\"closed\",\"due\":\"2026-12-14\",\"ended\":\"2026-12-"
		"01\"}" } },
	{ "answer-returned-empty",
	    { "answer-returned", "official", "{\"why\":\"empty\"," REPLY "}" } },
	{ "answer-returned-short",
	    { "answer-returned", "official", "{\"why\":\"short\"," REPLY "}" } },
	{ "answer-returned-rude",
	    { "answer-returned", "official", "{\"why\":\"rude\"," REPLY "}" } },
	{ "answer-returned-confidential",
	    { "answer-returned", "official",
		"{\"why\":\"remark\",\"remark\":\"Иванову Петру (Ахметова Айгүл, Daniyar "
		"Omarov) ответьте мягче.\"}" },
	    CONFIDENTIAL | FIRST },
	DONE("reassign", "reassign",
	    ",\"topic\":\"research\",\"to\":\"Омарова "
	    "Әсел\",\"calendar\":\"cancel\",\"sequence\":1"),
	DONE("remark", "remark", ""),
	DONE("answer", "answer", ",\"calendar\":\"cancel\",\"sequence\":3"),
	DONE("answer-pending", "answer", ",\"pending\":true"),
	{ "confirmation-approve",
	    { "confirmation", "moderator", "{\"command\":\"approve\"}" } },
	{ "confirmation-return",
	    { "confirmation", "moderator", "{\"command\":\"return\"}" } },
	{ "confirmation-accept",
	    { "confirmation", "moderator",
		"{\"command\":\"accept\",\"topic\":\"research\"}" } },
	{ "confirmation-reject",
	    { "confirmation", "moderator",
		"{\"command\":\"reject\",\"rule\":\"obscene\"}" } },
	REFUSAL("unknown-command", EXTEND),
	REFUSAL("no-date", EXTEND),
	REFUSAL("impossible-date", EXTEND),
	REFUSAL("not-later", EXTEND ",\"due\":\"2026-12-14\""),
	REFUSAL("too-late", EXTEND ",\"due\":\"2026-12-14\""),
	REFUSAL("no-reason", EXTEND),
	REFUSAL("rude", EXTEND),
	REFUSAL("names-another", EXTEND),
	REFUSAL("unknown-topic", "\"command\":\"reassign\""),
	REFUSAL("no-official", "\"command\":\"reassign\""),
	REFUSAL("same-official", "\"command\":\"reassign\""),
	REFUSAL("closed", EXTEND),
	REFUSAL("already-decided", "\"command\":\"approve\",\"by\":\"moderator\""),
	REFUSAL("not-yours", EXTEND),
	REFUSAL("no-case", EXTEND),
	{ "command-refused-unknown-rule",
	    { "command-refused", "moderator",
		"{\"command\":\"reject\",\"why\":\"unknown-rule\"}" } },
	{ "command-refused-no-official-accept",
	    { "command-refused", "moderator",
		"{\"command\":\"accept\",\"why\":\"no-official\"," REPLY "}" } },
	{ "command-refused-no-reason-return",
	    { "command-refused", "moderator",
		"{\"command\":\"return\",\"why\":\"no-reason\"}" } },
	{ "already-decided-letter",
	    { "already-decided", "moderator",
		"{\"by\":\"s.omarova\",\"what\":\"accept\"}" } },
	{ "held-reminder-calm",
	    { "held-reminder", "office",
		"{\"count\":2,\"urgent\":0,\"since\":\"2026-11-19\",\"letter\":12}" } },
	{ "undelivered-read-out",
	    { "undelivered", "moderator", "{\"task\":4,\"code\":\"5.1.1\"}" }, LOST },
	{ "undelivered-no-phone",
	    { "undelivered", "moderator",
		"{\"task\":4,\"code\":\"5.1.1\",\"notice_kind\":\"forward\"}" } },
	{ "digest-empty", { "digest", "moderator", "{\"day\":\"2026-11-23\"}" } },
	{ "report-empty", { "report", "office", "{\"day\":\"2026-11-23\"}" } },
	{ "alarm-over",
	    { "alarm", "administrator",
		"{\"alarm\":\"smtp-login\",\"detail\":\"535 "
		"no\",\"raised_at\":1795180805,\"cleared_at\":1795181105}" } },
};

/* --- one mail --- */

#define OFFICIAL_MAIL                                                                    \
	"From: staff@univ.example\r\nMIME-Version: 1.0\r\n"                              \
	"Content-Type: multipart/mixed; boundary=x\r\n\r\n"                              \
	"--x\r\nContent-Type: text/plain\r\n\r\ntext\r\n"                                \
	"--x\r\nContent-Type: application/pdf; name=akt.pdf\r\n"                         \
	"Content-Disposition: attachment; filename=akt.pdf\r\n"                          \
	"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--x--\r\n"

static void
shape(Sample *sample, guint traits)
{
	sample->item.confidential = (traits & CONFIDENTIAL) != 0;
	sample->reading->confidential = (traits & CONFIDENTIAL) != 0;
	if ((traits & NAMELESS) != 0)
		g_clear_pointer(&sample->notice->recipient_name, g_free);
	if ((traits & REFUSED) != 0) {
		refuse_by(sample, RULE_OBSCENE);
		sample->verdict->outcome = OUTCOME_HOLD;
	}
	sample->verdict->urgent = (traits & URGENT) != 0;
	if (strcmp(sample->notice->kind, "rejection") == 0)
		refuse_by(sample, RULE_CAPITALS);
}

/* The letter in hand comes from elsewhere: only the first one knows the name. */
static void
part_letters(Sample *sample, Letter *first, Reading *known)
{
	Reading *reading = sample->reading;

	*known = *reading;
	*first = sample->letter;
	first->reading = known;
	reading->name = reading->from_name = reading->phone = NULL;
	reading->email = NULL;
}

static void
join_letters(Sample *sample, const Reading *known)
{
	Reading *reading = sample->reading;

	reading->name = known->name;
	reading->from_name = known->from_name;
	reading->phone = known->phone;
	reading->email = known->email;
}

static GBytes *
compose_golden(Sample *sample, guint traits)
{
	static const KindRow lost_row = { "extension", "citizen",
		"{\"due\":\"2027-01-18\",\"old_due\":\"2026-12-14\",\"reason\":\"ждём "
		"ответа "
		"теплосети\"}" };
	g_autoptr(Sample) lost = sample_row(&lost_row, sample->notice->language);
	g_autoptr(GBytes) original =
	    (traits & ENCLOSES) != 0 || strcmp(sample->notice->kind, "answer") == 0
	    ? g_bytes_new_static(
		  OFFICIAL_MAIL, (traits & ENCLOSES) != 0 ? strlen(OFFICIAL_MAIL) : 110)
	    : NULL;
	g_autoptr(GError) error = NULL;
	About lost_about = sample_about(lost);
	About about = sample_about(sample);
	Reading known;
	Letter first;
	GBytes *bytes;

	about.lost = (traits & LOST) != 0 ? &lost_about : NULL;
	if ((traits & FIRST) != 0) {
		part_letters(sample, &first, &known);
		about.first = &first;
	}
	bytes = compose_mail(&sample->wording, &about, original, SAMPLE_NOW, &error);
	if ((traits & FIRST) != 0)
		join_letters(sample, &known);
	g_assert_no_error(error);
	return bytes;
}

/* --- as its reader sees it --- */

static void
show_part(GString *out, GMimeObject *part)
{
	char *type =
	    g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part));
	const char *name =
	    GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : NULL;

	g_string_append_printf(out, "\n[%s%s%s]\n", type, name != NULL ? ": " : "",
	    name != NULL ? name : "");
	g_free(type);
}

static char *
show(const Mail *mail)
{
	static const char *const names[] = { "From", "To", "Reply-To" };
	GMimeObject *top = g_mime_message_get_mime_part(mail->message);
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (header(mail, names[i]) != NULL)
			g_string_append_printf(
			    out, "%s: %s\n", names[i], header(mail, names[i]));
	g_string_append_printf(out, "Subject: %s\n\n%s",
	    g_mime_message_get_subject(mail->message), mail->plain);
	if (mail->entry != NULL)
		g_string_append_printf(out, "\n[text/calendar]\n%s", mail->entry);
	for (guint i = 0; i < mail->enclosed; i++)
		show_part(
		    out, g_mime_multipart_get_part(GMIME_MULTIPART(top), (int)i + 1));
	return g_string_free(out, FALSE);
}

static void
compare(Language language, const char *name, const char *text)
{
	g_autofree char *folder =
	    g_build_filename(GOLDEN, language_names[language], NULL);
	g_autofree char *base = g_strconcat(name, ".txt", NULL);
	g_autofree char *file = g_build_filename(folder, base, NULL);
	g_autofree char *expected = NULL;
	g_autoptr(GError) error = NULL;

	if (g_strcmp0(g_getenv("GOLDEN"), "renew") == 0) {
		g_mkdir_with_parents(folder, 0755);
		g_file_set_contents(file, text, -1, &error);
		g_assert_no_error(error);
		return;
	}
	g_file_get_contents(file, &expected, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(text, ==, expected);
}

/* What a terminal and a telephone show without breaking lines anew. */
static void
assert_narrow(const char *plain)
{
	g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		if (g_utf8_strlen(*line, -1) > 78)
			g_error("more than 78 columns: %s", *line);
}

static void
check(const char *name, const KindRow *row, guint traits)
{
	for (guint language = 0; language < N_LANGUAGES; language++) {
		g_autoptr(Sample) sample = sample_row(row, (Language)language);
		g_autoptr(GBytes) bytes = NULL;
		g_autofree char *text = NULL;
		g_auto(Mail) mail = { 0 };

		shape(sample, traits);
		bytes = compose_golden(sample, traits);
		read_mail(bytes, &mail);
		assert_narrow(mail.plain);
		text = show(&mail);
		compare((Language)language, name, text);
	}
}

static void
check_kind(gconstpointer data)
{
	const KindRow *row = data;
	g_autofree char *name = g_strdup_printf("%s-%s", row->kind, row->role);

	check(name, row, PLAIN);
}

static void
check_variant(gconstpointer data)
{
	const Golden *golden = data;

	check(golden->name, &golden->row, golden->traits);
}

/* A file that no mail has any more tells nothing. */
static void
has_no_orphans(void)
{
	guint files = 0;

	for (guint language = 0; language < N_LANGUAGES; language++) {
		g_autofree char *folder =
		    g_build_filename(GOLDEN, language_names[language], NULL);
		g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);

		g_assert_nonnull(dir);
		while (g_dir_read_name(dir) != NULL)
			files++;
	}
	g_assert_cmpint(
	    files, ==, N_LANGUAGES * (G_N_ELEMENTS(kinds) + G_N_ELEMENTS(variants)));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *path =
		    g_strdup_printf("/golden/%s to %s", kinds[i].kind, kinds[i].role);
		g_test_add_data_func(path, &kinds[i], check_kind);
	}
	for (guint i = 0; i < G_N_ELEMENTS(variants); i++) {
		g_autofree char *path = g_strdup_printf("/golden/%s", variants[i].name);
		g_test_add_data_func(path, &variants[i], check_variant);
	}
	g_test_add_func("/golden/no file is left over", has_no_orphans);
	return g_test_run();
}
