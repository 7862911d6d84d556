/* What a letter is, and which mail is a program's. */
#include "identity-sample.h"
#include "judge.h"

typedef struct {
	const char *label, *subject, *text, *kind;
} Case;

static const Case cases[] = {
	{ "kk appeal", "Жылу",
	    "Жатақханада екі апта болды жылу жоқ. Жөндеп беруіңізді сұраймын.",
	    "appeal" },
	{ "ru appeal", "Лифт",
	    "Лифт не работает с октября. Прошу починить и принять меры.", "appeal" },
	{ "en appeal", "Stipend",
	    "My stipend was not paid for two months. Please investigate.", "appeal" },
	{ "ru complaint with a question inside", "Оценка",
	    "Мне занизили оценку. Почему? Никто не объясняет. Прошу разобраться и "
	    "пересмотреть работу.",
	    "appeal" },
	{ "kk question", "Құжат тапсыру",
	    "Магистратураға құжатты қашан қабылдайсыздар? Қандай анықтама керек?",
	    "question" },
	{ "ru question", "Вопрос о переводе",
	    "Подскажите, пожалуйста, можно ли перевестись на заочное отделение и какие "
	    "документы нужны?",
	    "question" },
	{ "en question", "Deadline",
	    "Could you tell me when the deadline for exchange applications is?",
	    "question" },
	{ "kk proposal", "Ұсыныс",
	    "Кітапханаға кофе автоматын қоюды ұсынамын. Студенттерге ыңғайлы болар еді.",
	    "proposal" },
	{ "ru proposal", "Идея",
	    "Предлагаю раз в месяц проводить открытые лекции. Готов помочь с "
	    "организацией.",
	    "proposal" },
	{ "en proposal", "A suggestion",
	    "I suggest a chess club on Sundays. I can help as a volunteer.", "proposal" },
	{ "kk thanks", "Рахмет",
	    "Кітапхана қызметкерлеріне үлкен алғысымды айтамын, маған көп көмектесті.",
	    "thanks" },
	{ "ru thanks", "Благодарность",
	    "Хочу сказать спасибо вахтёру Сергею за возвращённый телефон. Низкий поклон.",
	    "thanks" },
	{ "en thanks", "Thank you",
	    "I am grateful to your librarians for their kindness. Thank you for the "
	    "help.",
	    "thanks" },
	{ "ru will be grateful is no thanks", "Папка",
	    "В четверг оставил в актовом зале синюю папку. Верните её, пожалуйста, буду "
	    "благодарен.",
	    "appeal" },
	{ "ru where it lies", "Возмещение",
	    "12 марта подала через канцелярию заявление о возмещении расходов. Прошу "
	    "сообщить, "
	    "где оно находится и рассмотрено ли.",
	    "status" },
	{ "kk accepted or not", "Жатақхана",
	    "Өтінішім 30 тамызда тіркелген. Тізімнен көрмедім. Қабылданды ма?",
	    "status" },
	{ "en check where it is", "Recognition of my diploma",
	    "I wrote to you on 20 August about recognition of my diploma. Please check "
	    "where "
	    "the envelope is.",
	    "status" },
	{ "ru did it arrive", "Перевод",
	    "Второго октября отправил вам письмо о переводе, до сих пор тишина. Скажите, "
	    "оно "
	    "дошло?",
	    "status" },
	{ "en thank you to an office", "Airport",
	    "I just want to say thank you to the international office for meeting me at "
	    "the "
	    "airport.",
	    "thanks" },
	{ "ru thanks in advance is no thanks", "Справка",
	    "Прошу выдать справку об обучении, её не дают третью неделю. Заранее "
	    "спасибо.",
	    "appeal" },
	{ "kk status", "Өтініш № 145",
	    "3 қазанда № 145 өтініш жазған едім. Әлі жауап жоқ, қай сатыда екенін білгім "
	    "келеді.",
	    "status" },
	{ "ru status", "Обращение № 145",
	    "Я писал вам 3 октября, обращение № 145. На каком этапе рассмотрение? Ответа "
	    "нет.",
	    "status" },
	{ "ru by its number alone", "Общежитие",
	    "Обращение № 3318 от 3 октября. Прошу сообщить.", "status" },
	{ "en status", "Appeal No. 145",
	    "On 3 October I sent an appeal, No. 145. There is no reply yet. What became "
	    "of it?",
	    "status" },
	/* by wording alone */
	{ "kk absence", "Автоматты жауап: Кесте",
	    "Мен 5-10 мамыр аралығында еңбек демалысындамын. Шұғыл мәселе бойынша "
	    "кафедраға хабарласыңыз.",
	    "auto" },
	{ "ru absence", "Автоответ: Re: справка",
	    "Здравствуйте! Я нахожусь в отпуске до 10 мая, почту просматриваю редко.",
	    "auto" },
	{ "en absence", "Automatic reply: meeting",
	    "I am out of the office until Monday with limited access to e-mail.",
	    "auto" },
	{ "ru bounce", "Недоставленное сообщение",
	    "Сообщение не удалось доставить следующим получателям: a@b.example. "
	    "Пользователь не найден.",
	    "bounce" },
	{ "en bounce", "Undelivered Mail Returned to Sender",
	    "Your message could not be delivered. 550 5.1.1 User unknown.", "bounce" },
	{ "a person who speaks of an automatic answer", "Автоответ вместо ответа",
	    "На моё обращение от 3 ноября пришёл только автоответ. На каком оно этапе?",
	    "status" },
	{ "a person whose mail came back", "Почта деканата",
	    "Письма в деканат возвращаются, ящик переполнен. Прошу исправить адрес на "
	    "сайте.",
	    "appeal" },
	{ "an advertisement is not automatic", "Скидки",
	    "Только сегодня скидка 50 % на курсы. Отписаться: https://example.com/unsub",
	    "appeal" },
};

static void
test_kind(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Judge) judge = judge_load(IDENTITY_DATA, &error);
	g_autoptr(Reading) reading = reading_new();

	g_assert_no_error(error);
	reading->from_address = g_strdup("a@mail.example");
	reading->subject = g_strdup(c->subject);
	reading->text = g_strdup(c->text);
	judge_identify(judge, reading);
	g_assert_cmpstr(kind_names[reading->kind], ==, c->kind);
}

typedef struct {
	const char *label, *no_answer, *address, *text, *kind;
} Header;

static const Header headers[] = {
	{ "Auto-Submitted", "auto-submitted", "a@mail.example",
	    "Спасибо за письмо, отвечу позже.", "auto" },
	{ "a list", "list", "l@mail.example", "Уважаемые коллеги, семинар в среду.",
	    "auto" },
	{ "bulk", "bulk", "l@mail.example", "Новости недели.", "auto" },
	{ "a calendar", "calendar", "a@mail.example", "Совещание в среду в 15:00.",
	    "auto" },
	{ "a delivery report", "report", "mailer-daemon@mail.example",
	    "See the attached report.", "bounce" },
	{ "a null sender with a bounce's words", "null-sender",
	    "mailer-daemon@mail.example",
	    "The message could not be delivered: user unknown.", "bounce" },
	{ "a web form's no-reply address is a person's letter", "noreply",
	    "noreply@form.example", "Прошу починить лифт, он стоит с октября.",
	    "appeal" },
	{ "a wish for no automatic answer is a person's letter", "suppress",
	    "a@mail.example", "Прошу починить лифт, он стоит с октября.", "appeal" },
	{ "a forged sender is still a letter", "forged", "a@mail.example",
	    "Прошу починить лифт.", "appeal" },
};

static void
test_header(gconstpointer data)
{
	const Header *c = data;
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading = reading_new();

	reading->no_answer = g_strdup(c->no_answer);
	reading->from_address = g_strdup(c->address);
	reading->text = g_strdup(c->text);
	identity_fill(identity, reading);
	g_assert_cmpstr(kind_names[reading->kind], ==, c->kind);
}

/* Nobody reads at a no-reply address: the answer goes where the form says, or nowhere. */
static void
test_email(void)
{
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) plain =
	    identify(identity, NULL, "a@mail.example", "", "Когда?");
	g_autoptr(Reading) other = identify(identity, NULL, "a@mail.example", "",
	    "Когда ремонт?\nОтвет прошу на почту b@mail.example.");
	g_autoptr(Reading) mention = identify(identity, NULL, "a@mail.example", "",
	    "Сайт показывает адрес c@mail.example, он не работает.");
	g_autoptr(Reading) form = reading_new();

	g_assert_cmpstr(plain->email, ==, "a@mail.example");
	g_assert_cmpstr(plain->email_where, ==, "from");
	g_assert_cmpstr(other->email, ==, "b@mail.example");
	g_assert_cmpstr(other->email_where, ==, "text line 2");
	g_assert_cmpstr(mention->email, ==, "a@mail.example");
	form->no_answer = g_strdup("noreply");
	form->from_address = g_strdup("noreply@form.example");
	form->text = g_strdup("Вопрос: когда ремонт?");
	identity_fill(identity, form);
	g_assert_null(form->email);
}

/* A letter to the address of one case is a reply, whatever it says; the address must be
 * ours. */
static void
test_reply(void)
{
	static const char *const own[] = { "rector@university.kz", NULL };
	static const struct {
		const char *recipients;
		gboolean reply;
	} rows[] = { { "dean@university.kz rector+c17.k7f3@university.kz", TRUE },
		{ "Rector+C17.k7f3@University.kz", TRUE },
		{ "rector@university.kz", FALSE }, { "rector+news@university.kz", FALSE },
		{ "rector+c17.k7f3@elsewhere.kz", FALSE }, { "", FALSE } };
	g_autoptr(GError) error = NULL;
	g_autoptr(Judge) judge = judge_load(IDENTITY_DATA, &error);

	g_assert_no_error(error);
	judge_set_own_addresses(judge, own);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Reading) reading = reading_new();

		reading->from_address = g_strdup("a@mail.example");
		reading->recipients = g_strdup(rows[i].recipients);
		reading->text = g_strdup("Прошу починить лифт.");
		judge_identify(judge, reading);
		g_assert_cmpint(reading->kind == KIND_REPLY, ==, rows[i].reply);
	}
}

static void
test_case_number(void)
{
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) with =
	    identify(identity, NULL, "a@b.kz", "Re: 2026-000123", "Что с ним?");
	g_autoptr(Reading) without =
	    identify(identity, NULL, "a@b.kz", "Re: 2026-12", "Тел. 2026 000123");

	g_assert_cmpstr(with->case_number, ==, "2026-000123");
	g_assert_null(without->case_number);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/kind/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_kind);
	}
	for (guint i = 0; i < G_N_ELEMENTS(headers); i++) {
		g_autofree char *path =
		    g_strdup_printf("/kind/header/%s", headers[i].label);

		g_test_add_data_func(path, &headers[i], test_header);
	}
	g_test_add_func("/kind/where to answer", test_email);
	g_test_add_func("/kind/a reply in a case", test_reply);
	g_test_add_func("/kind/case number", test_case_number);
	return g_test_run();
}
