/* What the router gives along, well formed or not; and the forms of commands, which must
 * be those that the router reads. */
#include "mail-sample.h"

/* --- the reply address --- */

static void
writes_the_reply_address(void)
{
	g_autoptr(Sample) sample = sample_of("forward", LANGUAGE_EN);
	g_auto(Mail) mail = { 0 };
	InternetAddressList *list;

	read_sample(sample, NULL, &mail);
	list = g_mime_message_get_reply_to(mail.message);
	g_assert_cmpint(internet_address_list_length(list), ==, 1);
	g_assert_cmpstr(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(
			    internet_address_list_get_address(list, 0))),
	    ==, "rector+c5.abcdefghjkmnpqrs@univ.example");
}

/* A subject is shortened, a secret never. */
static void
keeps_the_tag_whole(void)
{
	g_autoptr(Sample) sample = sample_of("rejection", LANGUAGE_KK);
	g_auto(Mail) mail = { 0 };
	g_autofree char *number = g_strnfill(300, '7');
	const char *subject;

	give(&sample->notice->kind, "reminder");
	give(&sample->notice->role, "official");
	give(&sample->notice->facts,
	    "{\"due\":\"2026-12-14\",\"tag\":\"[c5.abcdefghjkmnpqrs]\"}");
	sample->item.number = number;
	read_sample(sample, NULL, &mail);
	subject = g_mime_message_get_subject(mail.message);
	g_assert_true(g_str_has_suffix(subject, " [c5.abcdefghjkmnpqrs]"));
	g_assert_cmpint(g_utf8_strlen(subject, -1), <, 200);
	g_assert_null(header(&mail, "Reply-To"));
}

static void
smuggles_nothing(void)
{
	static const char *const hostile[] = {
		"{\"reply_to\":\"a@b.example\\r\\nBcc: evil@elsewhere.example\"}",
		"{\"reply_to\":\"<a@b.example>\"}",
		"{\"reply_to\":\"\"}",
	};

	for (guint i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autoptr(Sample) sample = sample_of("forward", LANGUAGE_EN);
		g_autoptr(GError) error = NULL;

		give(&sample->notice->facts, hostile[i]);
		g_assert_null(sample_mail(sample, NULL, &error));
		g_assert_error(error, FAULT, FAULT_LETTER);
	}
}

static void
folds_a_hostile_tag(void)
{
	g_autoptr(Sample) sample = sample_of("forward", LANGUAGE_EN);
	g_auto(Mail) mail = { 0 };

	give(&sample->notice->facts,
	    "{\"tag\":\"[c5.x]\\r\\nBcc: evil@elsewhere.example\"}");
	read_sample(sample, NULL, &mail);
	g_assert_null(header(&mail, "Bcc"));
}

/* --- facts that are missing, or others than expected --- */

typedef struct {
	const char *kind, *role, *facts;
	gboolean told;
} FactRow;

static const FactRow fact_rows[] = {
	{ "extension", "citizen", "{\"due\":\"2027-01-18\",\"old_due\":\"2026-12-14\"}",
	    FALSE }, /* the law wants the reason */
	{ "extension", "citizen", "{\"due\":\"2027-01-18\",\"reason\":\"x\"}", FALSE },
	{ "term-changed", "citizen", "{}", FALSE },
	{ "confirmation", "official", "{}", TRUE },
	{ "confirmation", "official", "{\"command\":\"dance\"}", TRUE },
	{ "confirmation", "official", "{\"command\":\"answer\",\"pending\":1}", TRUE },
	{ "confirmation", "official", "{\"command\":7,\"due\":[],\"to\":{}}", TRUE },
	{ "command-refused", "official", "{}", TRUE },
	{ "command-refused", "official", "{\"why\":\"brand-new\"}", TRUE },
	{ "command-refused", "moderator", "{\"why\":\"already-decided\"}", TRUE },
	{ "answer-returned", "official", "{\"why\":\"brand-new\"}", TRUE },
	{ "approval", "moderator", "{\"leaks\":[\"brand-new\",7,{},null]}", TRUE },
	{ "approval", "moderator", "{\"leaks\":\"name\"}", TRUE },
	{ "already-decided", "moderator", "{\"by\":\"a stranger\"}", TRUE },
	{ "status", "citizen", "{\"state\":\"brand-new\",\"ended\":1795330000}", TRUE },
	{ "held-reminder", "moderator", "{}", FALSE },
	{ "undelivered", "moderator", "{}", TRUE },
	{ "escalation", "office", "{}", TRUE },
	{ "digest", "moderator", "{}", TRUE },
	{ "digest", "moderator",
	    "{\"due\":[7,null,{\"number\":1,\"due\":2}],\"approvals\":[{},3],\"grounds\":"
	    "[],"
	    "\"held\":\"many\"}",
	    TRUE },
	{ "digest", "moderator", "not json", TRUE },
	{ "reminder", "official", "{\"calendar\":\"request\",\"due\":\"soon\"}", FALSE },
};

static void
bears_facts(gconstpointer data)
{
	const FactRow *row = data;

	for (guint language = 0; language < N_LANGUAGES; language++) {
		const KindRow kind = { row->kind, row->role, row->facts };
		g_autoptr(Sample) sample = sample_row(&kind, (Language)language);
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) mail = sample_mail(sample, NULL, &error);
		g_auto(Mail) read = { 0 };

		if (!row->told) {
			g_assert_null(mail);
			g_assert_error(error, FAULT, FAULT_LETTER);
			continue;
		}
		g_assert_no_error(error);
		read_mail(mail, &read);
		assert_lacks(read.plain, "(null)");
		assert_lacks(read.plain, "{");
		assert_lacks(read.plain, "()");
	}
}

/* A case, or a letter, that the kind speaks of must be there. */
static void
needs_what_it_speaks_of(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autoptr(Sample) sample = sample_row(&kinds[i], LANGUAGE_EN);
		About about = { .notice = sample->notice };
		g_auto(Material) material = { 0 };
		g_autoptr(GError) error = NULL;

		if (!material_fill(
			&material, &sample->wording, &about, SAMPLE_NOW, &error))
			g_assert_error(error, FAULT, FAULT_LETTER);
	}
}

/* Every reason that the router holds a letter for has its words. */
static void
knows_every_reason(void)
{
	static const char *const codes[] = { "verdict", "urgent", "topic",
		"complaint-of-official", "official", "nothing-readable", "oversize",
		"reply", "unanswerable", "staff", "calendar", "unproven", "loop" };

	for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
		g_autoptr(Sample) sample = sample_of("held", LANGUAGE_EN);
		g_autofree char *facts = g_strdup_printf("{\"why\":\"%s\"}", codes[i]);
		g_auto(Mail) mail = { 0 };

		give(&sample->notice->facts, facts);
		read_sample(sample, NULL, &mail);
		assert_lacks(mail.plain, "Reason: a person must decide");
	}
}

/* --- the forms of commands --- */

/* The first word of a line that is a command. */
static void
assert_read_by_router(const char *phrases, const char *line)
{
	g_autofree char *word = g_strndup(line, strcspn(line, " "));
	g_autofree char *low = g_utf8_strdown(word, -1);
	g_autofree char *alone = g_strdup_printf("\n%s\n", low);
	g_autofree char *first = g_strdup_printf("\n%s ", low);

	if (strstr(phrases, alone) == NULL && strstr(phrases, first) == NULL)
		g_error("no command of the router begins with \"%s\"", low);
}

static void
tells_real_commands(void)
{
	static const KindRow rows[] = {
		{ "forward", "official", "{" REPLY "}" },
		{ "held", "moderator", "{" REPLY "}" },
		{ "approval", "moderator", "{" REPLY "}" },
		{ "reminder", "official", "{" REPLY "}" },
		{ "command-refused", "official", "{\"why\":\"unknown-command\"}" },
		{ "command-refused", "moderator", "{\"why\":\"unknown-command\"}" },
	};
	static const guint expected[] = { 3, 2, 2, 1, 3, 2 };
	g_autofree char *phrases = NULL;

	g_assert_true(g_file_get_contents(
	    TEST_SOURCE_ROOT "/router/data/commands.txt", &phrases, NULL, NULL));
	for (guint i = 0; i < N_LANGUAGES * G_N_ELEMENTS(rows); i++) {
		const KindRow *row = &rows[i / N_LANGUAGES];
		g_autoptr(Sample) sample = sample_row(row, (Language)(i % N_LANGUAGES));
		g_auto(Mail) mail = { 0 };
		g_auto(GStrv) lines = NULL;
		guint found = 0;

		read_sample(sample, NULL, &mail);
		lines = g_strsplit(mail.plain, "\n", -1);
		for (char **line = lines; *line != NULL; line++) {
			/* The commands are the indented lines in capitals. */
			const char *text = *line + 2;
			g_autofree char *word = NULL, *up = NULL;
			if (!g_str_has_prefix(*line, "  ") || *text == ' ')
				continue;
			word = g_strndup(text, strcspn(text, " "));
			up = g_utf8_strup(word, -1);
			if (strcmp(word, up) != 0 || g_utf8_strlen(word, -1) < 3)
				continue;
			assert_read_by_router(phrases, text);
			found++;
		}
		g_assert_cmpint(found, ==, expected[i / N_LANGUAGES]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(fact_rows); i++) {
		g_autofree char *path = g_strdup_printf("/facts/%s to %s with %s",
		    fact_rows[i].kind, fact_rows[i].role, fact_rows[i].facts);
		g_test_add_data_func(
		    g_strdelimit(path + 7, "/", '.') - 7, &fact_rows[i], bears_facts);
	}
	g_test_add_func("/facts/the reply address", writes_the_reply_address);
	g_test_add_func("/facts/the tag stays whole", keeps_the_tag_whole);
	g_test_add_func("/facts/a reply address smuggles nothing", smuggles_nothing);
	g_test_add_func("/facts/a tag smuggles nothing", folds_a_hostile_tag);
	g_test_add_func("/facts/what is spoken of is there", needs_what_it_speaks_of);
	g_test_add_func("/facts/every reason to hold", knows_every_reason);
	g_test_add_func("/facts/the router reads what is told", tells_real_commands);
	return g_test_run();
}
