/* Every kind of mail in every language, parsed back as its reader will: nothing
 * unresolved, nothing smuggled, nothing of a confidential author. */
#include "guard.h"
#include "mail-sample.h"

/* --- every text --- */

static void
assert_whole(const Mail *mail)
{
	const char *texts[] = { mail->plain, mail->html,
		g_mime_message_get_subject(mail->message) };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_assert_nonnull(texts[i]);
		g_assert_true(g_utf8_validate(texts[i], -1, NULL));
		assert_lacks(texts[i], "{");
		assert_lacks(texts[i], "}");
		assert_lacks(texts[i], "(null)");
	}
	assert_lacks(mail->plain, "\n\n\n");
	assert_lacks(g_mime_message_get_subject(mail->message), "\n");
}

static void
renders(gconstpointer data)
{
	const KindRow *row = data;

	for (guint language = 0; language < N_LANGUAGES; language++)
		for (guint named = 0; named < 2; named++) {
			g_autoptr(Sample) sample = sample_row(row, (Language)language);
			g_auto(Mail) mail = { 0 };

			refuse_by(sample, RULE_CAPITALS);
			if (!named) {
				g_clear_pointer(&sample->notice->recipient_name, g_free);
				g_clear_pointer(&sample->reading->name, g_free);
				g_clear_pointer(&sample->reading->from_name, g_free);
				g_clear_pointer(&sample->reading->phone, g_free);
				g_clear_pointer(&sample->reading->subject, g_free);
				/* An answer without a word is none. */
				if (strcmp(row->kind, "answer") != 0)
					g_clear_pointer(&sample->reading->text, g_free);
			}
			read_sample(sample, NULL, &mail);
			assert_whole(&mail);
		}
}

/* Each ground quotes its own paragraph; only the ones with all there is to tell may be
 * alike. */
static void
quotes_paragraphs(void)
{
	static const char *const item[N_LANGUAGES] = { "5.3-тармақ, %u-абзац\n",
		"пункт 5.3, абзац %u\n", "paragraph 5.3, item %u\n" };

	for (guint language = 0; language < N_LANGUAGES; language++)
		for (guint rule = 1; rule < N_RULES; rule++) {
			g_autoptr(Sample) sample =
			    sample_of("rejection", (Language)language);
			g_autofree char *format = g_strdup(item[language]);
			g_auto(GStrv) around = g_strsplit(format, "%u", 2);
			g_autofree char *paragraph =
			    g_strdup_printf("%s%u%s", around[0], rule, around[1]);
			g_auto(Mail) mail = { 0 };

			refuse_by(sample, (Rule)rule);
			read_sample(sample, NULL, &mail);
			assert_whole(&mail);
			assert_has(mail.plain, paragraph);
			assert_has(mail.plain, "office@univ.example");
		}
}

static void
names_what_is_missing(void)
{
	static const struct {
		const char *missing, *paragraph, *says;
	} rows[] = {
		{ "name", "пункт 5.2\n", "фамилия и имя полностью" },
		{ "name,phone", "пункт 5.2\n",
		    "фамилия и имя полностью, номер телефона" },
		{ "phone", "пункт 5.4\n", "номер телефона" },
		{ "email,phone", "пункт 5.4\n",
		    "адрес электронной почты для ответа, номер телефона" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sample) sample = sample_of("rejection", LANGUAGE_RU);
		g_autofree char *running = NULL;
		g_auto(Mail) mail = { 0 };

		refuse_by(sample, RULE_ANONYMOUS);
		sample->verdict->missing = g_strdup(rows[i].missing);
		read_sample(sample, NULL, &mail);
		assert_has(mail.plain, rows[i].paragraph);
		running = g_strdelimit(g_strdup(mail.plain), "\n", ' ');
		assert_has(running, rows[i].says);
	}
}

static void
names_every_other_ground(void)
{
	g_autoptr(Sample) sample = sample_of("rejection", LANGUAGE_EN);
	g_auto(Mail) mail = { 0 };

	refuse_by(sample, RULE_OBSCENE);
	sample->verdict->rules |= 1u << RULE_CAPITALS | 1u << RULE_UNSENTENCED;
	read_sample(sample, NULL, &mail);

	assert_has(mail.plain,
	    "Ground: Regulation on the Rector's Blog, paragraph 5.3, item 6\n");
	assert_has(mail.plain, "\n- paragraph 5.3, item 11: ");
	assert_has(mail.plain, "\n- paragraph 5.3, item 12: ");
	assert_lacks(mail.plain, "\n- paragraph 5.3, item 6: ");
}

static void
refusal_needs_a_ground(void)
{
	g_autoptr(Sample) sample = sample_of("rejection", LANGUAGE_EN);
	g_autoptr(GError) error = NULL;

	g_assert_null(sample_mail(sample, NULL, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
}

static void
unknown_kind_is_a_fault(void)
{
	g_autoptr(Sample) sample = sample_new("greeting", "citizen", LANGUAGE_EN);
	g_autoptr(GError) error = NULL;

	g_assert_null(sample_mail(sample, NULL, &error));
	g_assert_error(error, FAULT, FAULT_LETTER);
}

static void
acknowledges(void)
{
	g_autoptr(Sample) sample = sample_of("acknowledgement", LANGUAGE_KK);
	g_auto(Mail) mail = { 0 };

	read_sample(sample, NULL, &mail);

	g_assert_cmpstr(g_mime_message_get_subject(mail.message), ==,
	    "Өтінішіңіз тіркелді: № 2026-000123");
	assert_has(mail.plain, "Құрметті Ахметова Айгүл Серікқызы!");
	assert_has(mail.plain, "  Тіркеу нөмірі: 2026-000123\n");
	assert_has(
	    mail.plain, "  Келіп түскен уақыты: 2026 жылғы 20 қараша, сағат 18:20");
	assert_has(mail.plain, "  Жауап берудің соңғы күні: 2026 жылғы 14 желтоқсан\n");
	assert_has(mail.plain, "\n- 24–27 қараша: 1–4-жұмыс күндері\n");
	assert_has(mail.plain, "rector@univ.example");
	assert_has(mail.html, "<html lang=\"kk\">");
	assert_has(mail.html, "<li>24–27 қараша: 1–4-жұмыс күндері</li>");
}

static void
tells_an_alarm_and_its_end(void)
{
	g_autoptr(Sample) sample = sample_of("alarm", LANGUAGE_EN);
	g_auto(Mail) raised = { 0 }, over = { 0 };

	g_free(sample->notice->facts);
	sample->notice->facts = g_strdup(
	    "{\"alarm\":\"smtp-login\",\"detail\":\"535 no\",\"raised_at\":1795180805}");
	read_sample(sample, NULL, &raised);
	g_free(sample->notice->facts);
	sample->notice->facts =
	    g_strdup("{\"alarm\":\"smtp-login\",\"detail\":\"535 no\","
		     "\"raised_at\":1795180805,\"cleared_at\":1795181105}");
	read_sample(sample, NULL, &over);

	assert_has(raised.plain, "refuses the login");
	assert_has(raised.plain, "Since: 20 November 2026 at 18:20");
	assert_lacks(raised.plain, "Over since");
	assert_has(over.plain, "Over since: 20 November 2026 at 18:25");
	g_assert_true(g_str_has_prefix(
	    g_mime_message_get_subject(over.message), "rector-mail: over – "));
}

/* The letter's own words, without weights, once; what is not of the letter only by its
 * ground. */
static void
shows_evidence(void)
{
	g_autoptr(Sample) sample = sample_of("held", LANGUAGE_RU);
	g_auto(Mail) mail = { 0 };

	refuse_by(sample, RULE_HATE);
	sample->verdict->outcome = OUTCOME_HOLD;
	verdict_add_finding(sample->verdict, RULE_HATE, "hate/learned", 0.9,
	    "тепла +0.2, Прошу -0.1, нигде +0.1", "text", "learned");
	verdict_add_finding(sample->verdict, RULE_ANONYMOUS, "anonymous/no-name", 0.8,
	    "no full name was found", "text", "no name");
	verdict_add_finding(sample->verdict, RULE_ANONYMOUS, "anonymous/no-name", 0.7,
	    "no full name was found", "subject", "no name");
	verdict_add_finding(
	    sample->verdict, N_RULES, "urgent/word", 0.6, "меры", "text line 3", "x");
	verdict_add_finding(
	    sample->verdict, RULE_SECRET, "secret", -0.6, "общежитии", "text", "x");
	read_sample(sample, NULL, &mail);

	assert_has(mail.plain,
	    "программа:\n"
	    "- 5.3 (2): вражда, дискриминация, оскорбление или угроза: «тепла, Прошу»\n"
	    "  (текст)\n"
	    "- 5.2: автор не назвал себя\n"
	    "- признак срочности: «меры» (текст, строка 3)\n\n");
	assert_has(mail.plain, "rector-queue reject 17 hate --reason");
}

/* What a letter lacks is told by its ground, even when it holds our own words for that.
 */
static void
quotes_no_lack(void)
{
	static const char *const lacks[] = { "anonymous", "anonymous/no-name",
		"incomplete", "incomplete/phone" };

	for (guint i = 0; i < G_N_ELEMENTS(lacks); i++) {
		g_autoptr(Sample) sample = sample_of("held", LANGUAGE_EN);
		g_auto(Mail) mail = { 0 };

		refuse_by(sample, RULE_ANONYMOUS);
		verdict_add_finding(sample->verdict, RULE_ANONYMOUS, lacks[i], 0.8,
		    "two weeks", "text line 3", "no name");
		read_sample(sample, NULL, &mail);
		assert_has(mail.plain, "- 5.2: the author gives no name\n");
		assert_lacks(mail.plain, "\"two weeks\"");
	}
}

static void
asks_for_another_official(void)
{
	static const char *const commands[N_LANGUAGES] = {
		"rector-queue accept 17 --official КІЛТ --reason \"себебі\"",
		"rector-queue accept 17 --official КЛЮЧ --reason \"причина\"",
		"rector-queue accept 17 --official KEY --reason \"why\"",
	};

	for (guint language = 0; language < N_LANGUAGES; language++)
		for (guint accused = 0; accused < 2; accused++) {
			g_autoptr(Sample) sample = sample_of("held", (Language)language);
			g_auto(Mail) mail = { 0 };

			give(&sample->notice->facts,
			    accused ? "{\"why\":\"complaint-of-official\"}"
				    : "{\"why\":\"topic\"}");
			read_sample(sample, NULL, &mail);
			if (accused)
				assert_has(mail.plain, commands[language]);
			else
				assert_lacks(mail.plain, "--official");
		}
}

/* The words for the topic are those of the finding named after it, and no ground's. */
static void
tells_why_this_topic(void)
{
	g_autoptr(Sample) sample = sample_of("forward", LANGUAGE_EN);
	g_auto(Mail) mail = { 0 };
	Finding *finding = g_ptr_array_index(sample->verdict->findings, 0);

	give(&finding->words, "heating +2.1, dormitory +0.4");
	read_sample(sample, NULL, &mail);

	assert_has(
	    mail.plain, "\n- words that point to this topic: heating, dormitory\n");
}

/* Of what speaks of danger, nobody is led to a refusal. */
static void
urges(void)
{
	g_autoptr(Sample) sample = sample_of("held", LANGUAGE_EN);
	g_auto(Mail) mail = { 0 };

	refuse_by(sample, RULE_ANONYMOUS);
	sample->verdict->urgent = TRUE;
	read_sample(sample, NULL, &mail);

	g_assert_cmpstr(g_mime_message_get_subject(mail.message), ==,
	    "URGENT. Letter 17 waits for your decision");
	assert_has(mail.plain, "the competent authority");
	assert_lacks(mail.plain, "anonymous");
}

/* --- the head --- */

static void
carries_its_marks(gconstpointer data)
{
	const KindRow *row = data;
	gboolean citizen = strcmp(row->role, "citizen") == 0;
	g_autoptr(Sample) sample = sample_row(row, LANGUAGE_RU);
	g_auto(Mail) mail = { 0 };

	refuse_by(sample, RULE_CAPITALS);
	sample->notice->in_reply_to = g_strdup("<one@c.example>");
	sample->notice->references = g_strdup("<zero@c.example> <one@c.example>");
	read_sample(sample, NULL, &mail);

	g_assert_cmpstr(header(&mail, "Message-ID"), ==, "<n9@univ.example>");
	g_assert_cmpstr(header(&mail, "In-Reply-To"), ==, "<one@c.example>");
	g_assert_cmpstr(
	    header(&mail, "References"), ==, "<zero@c.example> <one@c.example>");
	g_assert_cmpstr(header(&mail, "Auto-Submitted"), ==,
	    citizen ? "auto-replied" : "auto-generated");
	g_assert_cmpstr(header(&mail, "X-Auto-Response-Suppress"), ==, "All");
	g_assert_cmpstr(
	    g_mime_object_get_header(
		g_mime_message_get_mime_part(mail.message), "Content-Language"),
	    ==, "ru");
	g_assert_cmpstr(header(&mail, "MIME-Version"), ==, "1.0");
	g_assert_cmpstr(header(&mail, "Date"), ==, "Sun, 22 Nov 2026 11:46:40 +0500");
	g_assert_cmpstr(header(&mail, "From"), ==,
	    "Образцовый педагогический университет <rector@univ.example>");
	g_assert_cmpint(compose_is_automatic(sample->notice), ==, citizen);
}

static const char *const hostile[] = {
	"x\r\nBcc: evil@elsewhere.example",
	"x\nBcc: evil@elsewhere.example\n\nbody",
	"x\rBcc: evil@elsewhere.example",
	"x\xe2\x80\xa8"
	"Bcc: evil@elsewhere.example",
	"x\xc2\x85"
	"Bcc: evil@elsewhere.example",
	"\xe2\x80\xae"
	"gpj.exe\xe2\x80\xac",
	"{name} {?name} %s %n",
	"=?utf-8?B?DQpCY2M6IGV2aWw=?=",
	"\"><script>alert(1)</script>",
	"<evil@elsewhere.example>, other@elsewhere.example",
};

/* Whatever a letter says of its author and its subject, the mails about it keep their
 * form. */
static void
lets_nothing_in(gconstpointer data)
{
	const char *value = data;

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autoptr(Sample) sample = sample_row(&kinds[i], LANGUAGE_EN);
		g_auto(Mail) mail = { 0 };
		InternetAddressList *to;

		refuse_by(sample, RULE_CAPITALS);
		give(&sample->reading->name, value);
		give(&sample->reading->subject, value);
		give(&sample->reading->phone, value);
		give(&sample->reading->text, value);
		give(&sample->notice->recipient_name, value);
		sample->notice->in_reply_to = g_strdup(value);
		sample->notice->references = g_strdup(value);
		read_sample(sample, NULL, &mail);

		g_assert_null(header(&mail, "Bcc"));
		to = g_mime_message_get_to(mail.message);
		g_assert_cmpint(internet_address_list_length(to), ==, 1);
		g_assert_cmpstr(
		    internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(
			internet_address_list_get_address(to, 0))),
		    ==, sample->notice->recipient);
		g_assert_null(header(&mail, "In-Reply-To"));
		assert_lacks(mail.html, "<script");
		assert_lacks(mail.plain, "\xe2\x80\xae");
	}
}

static void
refuses_bad_ids_and_addresses(void)
{
	static const char *const ids[] = { "", "<a@b", "a@b", "<a b@c>",
		"<a@b>\r\nBcc: x@y", "<@b>", "<a@b><c@d>", "<\xd0\xb0@b>" };
	static const char *const addresses[] = { "", "a", "a@b\r\nBcc: c@d", "a b@c",
		"<a@b>", "@b", "a@", "a@b..c", "a,b@c" };

	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		g_autoptr(Sample) sample = sample_of("acknowledgement", LANGUAGE_EN);
		g_autoptr(GError) error = NULL;
		give(&sample->notice->message_id, ids[i]);
		g_assert_null(sample_mail(sample, NULL, &error));
		g_assert_error(error, FAULT, FAULT_LETTER);
	}
	for (guint i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_autoptr(Sample) sample = sample_of("acknowledgement", LANGUAGE_EN);
		g_autoptr(GError) error = NULL;
		give(&sample->notice->recipient, addresses[i]);
		g_assert_null(sample_mail(sample, NULL, &error));
		g_assert_error(error, FAULT, FAULT_LETTER);
	}
}

/* --- confidential cases --- */

static void
hides_the_author(void)
{
	static const char *const secret[] = { "Иванов", "Иванова", "Пётр", "Петру",
		"Сергеевич", "petr1989", "111", "22-33", "student.example", "Абая",
		"foto.jpg" };

	for (guint language = 0; language < N_LANGUAGES; language++) {
		g_autoptr(Sample) sample = sample_of("forward", (Language)language);
		About about = sample_about(sample);
		g_auto(Mail) mail = { 0 };

		sample->item.confidential = TRUE;
		give(&sample->reading->name, "Иванов Пётр Сергеевич");
		give(&sample->reading->from_name, "Petr Ivanov");
		give(&sample->reading->subject, "От Иванова Петра: отопление");
		give(&sample->reading->text,
		    "Прошу не разглашать мои данные.\nВ общежитии № 3 две недели нет "
		    "тепла.\n"
		    "Меня, Иванова Петра Сергеевича, знают в деканате; пишите Пётру "
		    "Иванову.\n"
		    "Почта petr1989@student.example, тел. 8 (701) 111 22-33 или "
		    "+77011112233,\n"
		    "или t.me/petr1989.\n"
		    "Адрес: г. Алматы, ул. Абая, 10, кв. 5\n");
		g_assert_false(material_attaches(&sample->wording, &about));
		read_sample(sample, NULL, &mail);

		assert_whole(&mail);
		assert_has(mail.plain, "2026-000123");
		assert_has(mail.plain, "В общежитии № 3 две недели нет тепла.");
		for (guint i = 0; i < G_N_ELEMENTS(secret); i++) {
			assert_lacks(mail.plain, secret[i]);
			assert_lacks(mail.html, secret[i]);
			assert_lacks(g_mime_message_get_subject(mail.message), secret[i]);
		}
	}
}

/* What is refused before the store is asked. */
static void
never_goes(void)
{
	static const struct {
		const char *kind, *recipient, *author, *why;
	} rows[] = {
		{ "held", "moderator@univ.example", "Moderator@univ.example",
		    "own-letter" },
		{ "held", "rector+x@univ.example", "a@c.example", "own-address" },
		{ "forward", "Rector@univ.example", "a@c.example", "own-address" },
	};
	Post post = { .envelope_from = (char *)"bounces@univ.example" };

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Sample) sample = sample_of(rows[i].kind, LANGUAGE_EN);
		g_autoptr(GError) error = NULL;
		g_autoptr(Guard) guard = guard_new(&post, &sample->university,
		    TEST_SOURCE_ROOT "/notifier/data/never.txt", &error);
		const char *why = NULL;

		g_assert_no_error(error);
		give(&sample->notice->recipient, rows[i].recipient);
		give(&sample->reading->from_address, rows[i].author);
		g_assert_cmpint(guard_ask(guard, NULL, sample->notice, &sample->letter,
				    SAMPLE_NOW, &why, &error),
		    ==, GUARD_REFUSE);
		g_assert_cmpstr(why, ==, rows[i].why);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *path = g_strdup_printf(
		    "/mails/renders %s to %s", kinds[i].kind, kinds[i].role);
		g_autofree char *head = g_strdup_printf(
		    "/mails/marks of %s to %s", kinds[i].kind, kinds[i].role);
		g_test_add_data_func(path, &kinds[i], renders);
		g_test_add_data_func(head, &kinds[i], carries_its_marks);
	}
	for (guint i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autofree char *path = g_strdup_printf("/mails/lets nothing in %u", i);
		g_test_add_data_func(path, hostile[i], lets_nothing_in);
	}
	g_test_add_func("/mails/every ground quotes its paragraph", quotes_paragraphs);
	g_test_add_func("/mails/what is missing is named", names_what_is_missing);
	g_test_add_func("/mails/every other ground is named", names_every_other_ground);
	g_test_add_func("/mails/a refusal needs a ground", refusal_needs_a_ground);
	g_test_add_func("/mails/an unknown kind is a fault", unknown_kind_is_a_fault);
	g_test_add_func("/mails/an acknowledgement", acknowledges);
	g_test_add_func("/mails/evidence in the letter's words", shows_evidence);
	g_test_add_func("/mails/a lack is not quoted", quotes_no_lack);
	g_test_add_func("/mails/another official", asks_for_another_official);
	g_test_add_func("/mails/why this topic", tells_why_this_topic);
	g_test_add_func("/mails/an urgent letter", urges);
	g_test_add_func("/mails/an alarm and its end", tells_an_alarm_and_its_end);
	g_test_add_func(
	    "/mails/bad ids and addresses are faults", refuses_bad_ids_and_addresses);
	g_test_add_func("/mails/a confidential author stays hidden", hides_the_author);
	g_test_add_func("/mails/what never goes", never_goes);
	return g_test_run();
}
