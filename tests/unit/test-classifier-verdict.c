/* One decision over fourteen tests. */
#include "fault.h"
#include "judge-sample.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
	const char *label, *text;
	Outcome outcome;
	int rule; /* -1: none */
	gboolean urgent;
} Sample;

static const Sample letters[] = {
	{ "a plain request", "Прошу выдать справку об обучении, деканат отказывает.",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "an angry complaint of a grade",
	    "Это не экзамен, а позор! Преподаватель Касымова поставила 49, не открыв "
	    "работу. Требую пересмотра!",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "a bribe that was demanded",
	    "Оқытушы емтихан үшін әр студенттен 20 мың теңге сұрады, мен бермедім. "
	    "Тексеріп беруіңізді сұраймын.",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "a bribe that is offered",
	    "Сын не добрал два балла на грант. Скажите, какая сумма вас устроит, привезу "
	    "лично в конверте, никто не узнает.",
	    OUTCOME_REJECT, RULE_UNLAWFUL, FALSE },
	{ "a diploma wanted for money",
	    "Хочу купить диплом педагога без обучения, с занесением в реестр. Сколько "
	    "стоит? Деньги сразу.",
	    OUTCOME_REJECT, RULE_UNLAWFUL, FALSE },
	{ "an insult that is reported",
	    "Преподаватель при всех сказал мне: «тупая корова, место тебе в ауле». Прошу "
	    "провести с ним беседу.",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "an insult that is said",
	    "Ваш декан тупой баран и ничтожество, дура набитая его секретарша. Уберите "
	    "этих уродов.",
	    OUTCOME_REJECT, RULE_HATE, FALSE },
	{ "advertising",
	    "Наша компания предлагает вузам мебель со скидкой 30 % до пятницы! Каталог и "
	    "цены: mebel.example/price. Перешлите письмо по факультетам.",
	    OUTCOME_REJECT, RULE_COMMERCIAL, FALSE },
	{ "a club's announcement",
	    "Наш дебатный клуб приглашает первокурсников, участие бесплатное. Прошу "
	    "выделить аудиторию по четвергам.",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "a petition",
	    "Мы, нижеподписавшиеся студенты второго курса, требуем отменить приказ. "
	    "Подписи: Алиев А., Ким О., Серик Д., Юсупова Н., всего 45 человек.",
	    OUTCOME_REJECT, RULE_PETITION, FALSE },
	{ "one author for himself about others' petition",
	    "Топтағылар петиция жазып жүр, мен оған қосылғым келмейді, өз атымнан ғана "
	    "жазамын: кесте өзгерсе екен.",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "a restricted document passed on",
	    "Пересылаю приказ: «Для служебного пользования. Экз. № 2. п. 3. Код замка "
	    "серверной 4417, ключ у дежурного». Прошу довести до всех.",
	    OUTCOME_REJECT, RULE_SECRET, FALSE },
	{ "a restricted document only named",
	    "План эвакуации имеет пометку «Для служебного пользования». Кто может "
	    "разрешить мне ознакомиться с ним? Копию не прошу.",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "a matter of the heart",
	    "Я влюблён в девушку, она не отвечает на звонки и бросила меня. Вы мудрый "
	    "человек, посоветуйте, как мне быть. Жду ответа.",
	    OUTCOME_REJECT, RULE_PRIVATE, FALSE },
	{ "his own illness for a leave",
	    "У меня онкология, лечусь в Алматы, прошу предоставить академический отпуск "
	    "на год.",
	    OUTCOME_ACCEPT, -1, FALSE },
	{ "danger in foul words",
	    "Бл*ть, на втором этаже пахнет газом, людям плохо, а комендант, с*ка, спит! "
	    "Срочно пришлите газовую службу!",
	    OUTCOME_HOLD, RULE_OBSCENE, TRUE },
	{ "danger in plain words",
	    "Моя соседка сказала, что не хочет жить, я нашла у неё много таблеток. "
	    "Помогите, пожалуйста, срочно!",
	    OUTCOME_ACCEPT, -1, TRUE },
	{ "a lecture on prevention is no danger",
	    "Предлагаю провести лекцию о профилактике суицида для кураторов.",
	    OUTCOME_ACCEPT, -1, FALSE },
};

static void
check_letter(gconstpointer data)
{
	const Sample *letter = data;
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading = make_reading("Өтініш / Обращение", letter->text);
	g_autoptr(Verdict) verdict = judge_letter(judge, reading);
	g_autofree char *told = tell(verdict);

	g_test_message("%s", told);
	g_assert_cmpstr(
	    outcome_names[verdict->outcome], ==, outcome_names[letter->outcome]);
	g_assert_cmpint(verdict->rule, ==, letter->rule);
	g_assert_cmpint(verdict->urgent, ==, letter->urgent);
}

static void
name_what_is_missing(void)
{
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading =
	    make_reading("Справка", "Прошу выдать справку об обучении.");
	g_autoptr(Verdict) verdict = NULL;

	g_clear_pointer(&reading->name, g_free);
	g_clear_pointer(&reading->phone, g_free);
	g_clear_pointer(&reading->from_name, g_free);
	verdict = judge_letter(judge, reading);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_REJECT);
	g_assert_cmpint(verdict->rule, ==, RULE_ANONYMOUS);
	g_assert_cmpstr(verdict->missing, ==, "name,phone");
}

static void
look_at_a_doubtful_name(void)
{
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading = make_reading(
	    "Справка", "Прошу выдать справку об обучении.\n\nТчегула Мбване");
	g_autoptr(Verdict) verdict = NULL;

	g_clear_pointer(&reading->name, g_free);
	g_clear_pointer(&reading->from_name, g_free);
	verdict = judge_letter(judge, reading);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_HOLD);
	g_assert_cmpint(verdict->rule, ==, RULE_ANONYMOUS);
}

static void
hold_what_has_no_answer_address(void)
{
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading =
	    make_reading("Справка", "Прошу выдать справку об обучении.");
	g_autoptr(Verdict) verdict = NULL;

	g_clear_pointer(&reading->email, g_free);
	verdict = judge_letter(judge, reading);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_HOLD);
	g_assert_cmpstr(verdict->missing, ==, "email");
}

static void
list_every_rule(void)
{
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading = make_reading("ГДЕ",
	    "ГДЕ СТИПЕНДИЯ, СУКИ, ВТОРОЙ МЕСЯЦ ЖДУ ДЕНЬГИ, ПОЗОР ВАШЕЙ БУХГАЛТЕРИИ!");
	g_autoptr(Verdict) verdict = NULL;

	g_clear_pointer(&reading->phone, g_free);
	verdict = judge_letter(judge, reading);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_REJECT);
	g_assert_true(breaks(verdict, RULE_ANONYMOUS));
	g_assert_true(breaks(verdict, RULE_CAPITALS));
	g_assert_true(breaks(verdict, RULE_OBSCENE));
	for (guint i = 0; i < N_RULES; i++)
		if (breaks(verdict, i))
			g_assert_cmpfloat(
			    verdict->scores[verdict->rule], >=, verdict->scores[i]);
}

static void
obey_modes(void)
{
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading = make_reading(
	    "Сұрақ", "ПРОШУ ВЫДАТЬ СПРАВКУ ОБ ОБУЧЕНИИ, ДЕКАНАТ ОТКАЗЫВАЕТ МНЕ В НЕЙ");
	g_autoptr(Verdict) held = NULL, off = NULL;

	judge_set_mode(judge, RULE_CAPITALS, MODE_HOLD);
	held = judge_letter(judge, reading);
	judge_set_mode(judge, RULE_CAPITALS, MODE_OFF);
	off = judge_letter(judge, reading);

	g_assert_cmpint(held->outcome, ==, OUTCOME_HOLD);
	g_assert_cmpint(off->outcome, ==, OUTCOME_ACCEPT);
}

static void
ignore_automatic_mail(void)
{
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading =
	    make_reading("Автоответ", "Я В ОТПУСКЕ ДО ПЕРВОГО СЕНТЯБРЯ, СУКИ");
	g_autoptr(Verdict) verdict = NULL;

	reading->kind = KIND_BOUNCE;
	verdict = judge_letter(judge, reading);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_IGNORE);
	g_assert_cmpint(verdict->rule, ==, -1);
}

static void
hold_what_only_attachments_say(void)
{
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading =
	    make_reading("письмо", "Отправлено с моего телефона");
	g_autoptr(Verdict) verdict = NULL;

	g_clear_pointer(&reading->phone, g_free);
	reading_add_attachment(reading, "письмо.jpg", "image/jpeg", 40000);
	verdict = judge_letter(judge, reading);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_HOLD);
}

static void
hold_our_own_mail(void)
{
	static const char *const own[] = { "rector@abai.example", NULL };
	g_autoptr(Judge) judge = load_judge();
	static const char *const spellings[] = { "Rector@Abai.example",
		"rector+c12.k7f3@abai.example", "\"rector\"@abai.example" };

	judge_set_own_addresses(judge, own);
	for (guint i = 0; i < G_N_ELEMENTS(spellings); i++) {
		g_autoptr(Reading) reading =
		    make_reading("Хабарлама", "Өтінішіңіз тіркелді, рақмет.");
		g_autoptr(Verdict) verdict = NULL;

		g_free(reading->from_address);
		reading->from_address = g_strdup(spellings[i]);
		verdict = judge_letter(judge, reading);

		g_assert_cmpint(verdict->outcome, ==, OUTCOME_HOLD);
	}
}

static void
hold_what_is_not_all_there(void)
{
	const History history = { 5, 5, 5 };
	g_autoptr(Judge) judge = load_judge();
	g_autoptr(Reading) reading =
	    make_reading("Өтініш", "Прошу выдать справку об обучении.");
	g_autoptr(Verdict) verdict = NULL;

	g_clear_pointer(&reading->name, g_free);
	g_clear_pointer(&reading->phone, g_free);
	verdict = judge_letter(judge, reading);
	judge_partial(verdict);
	judge_flood(judge, reading, &history, verdict);

	g_assert_cmpint(verdict->outcome, ==, OUTCOME_HOLD);
}

static void
judge_alike_twice(void)
{
	g_autoptr(Judge) first = load_judge();
	g_autoptr(Judge) second = load_judge();
	g_autoptr(Reading) reading = make_reading("Вопрос", letters[3].text);
	g_autoptr(Verdict) one = judge_letter(first, reading);
	g_autoptr(Verdict) two = judge_letter(second, reading);
	g_autofree char *told_one = tell(one), *told_two = tell(two);

	g_assert_cmpstr(told_one, ==, told_two);
	g_assert_cmpstr(one->version, ==, judge_version(first));
	g_assert_cmpstr(judge_version(first), ==, judge_version(second));
}

/* A copy of the data folder with one file changed. */
static char *
copy_data(const char *changed, const char *text)
{
	char *folder = g_dir_make_tmp("rector-data-XXXXXX", NULL);
	g_autoptr(GDir) dir = g_dir_open(TEST_SOURCE_ROOT "/classifier/data", 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *from =
		    g_build_filename(TEST_SOURCE_ROOT "/classifier/data", name, NULL);
		g_autofree char *to = g_build_filename(folder, name, NULL);
		g_autofree char *content = NULL;
		gsize length;

		g_assert_true(g_file_get_contents(from, &content, &length, NULL));
		if (g_str_equal(name, changed))
			g_assert_true(g_file_set_contents(to, text, -1, NULL));
		else
			g_assert_true(
			    g_file_set_contents(to, content, (gssize)length, NULL));
	}
	return folder;
}

static void
remove_data(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *file = g_build_filename(folder, name, NULL);

		g_unlink(file);
	}
	g_rmdir(folder);
}

static void
change_version_with_data(void)
{
	g_autofree char *folder = copy_data("own-hosts.txt", "other.example\n");
	g_autoptr(Judge) plain = load_judge();
	g_autoptr(GError) error = NULL;
	g_autoptr(Judge) changed = judge_load(folder, &error);

	g_assert_no_error(error);
	g_assert_cmpstr(judge_version(plain), !=, judge_version(changed));
	remove_data(folder);
}

static void
refuse_a_sheet_without_its_signals(void)
{
	g_autofree char *folder = copy_data("capitals.txt", "hold 1\nreject 1\n");
	g_autofree char *expected =
	    g_strdup_printf("%s/capitals.txt: expected a signal \"share\"", folder);
	g_autoptr(GError) error = NULL;

	g_assert_null(judge_load(folder, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_cmpstr(error->message, ==, expected);
	remove_data(folder);
}

static void
refuse_a_mistake_by_its_line(void)
{
	g_autofree char *folder =
	    copy_data("topics.weights", "# weights\noutputs academic\n");
	g_autofree char *expected = g_strdup_printf(
	    "%s/topics.weights:2: expected \"outputs\" with the names in their order",
	    folder);
	g_autoptr(GError) error = NULL;

	g_assert_null(judge_load(folder, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_cmpstr(error->message, ==, expected);
	remove_data(folder);
}

static void
find_topics(void)
{
	static const struct {
		const char *text;
		Topic topic;
	} cases[] = {
		{ "Прошу пересмотреть оценку за экзамен, апелляцию не приняли.",
		    TOPIC_ACADEMIC },
		{ "Докторантураға ғылыми жетекші тағайындалмады, диссертация тоқтап тұр.",
		    TOPIC_RESEARCH },
		{ "Жатақханадан орын беруіңізді сұраймын, стипендиям да түспеді.",
		    TOPIC_SOCIAL },
		{ "В аудитории холодно, батареи не греют, крыша течёт, нужен ремонт.",
		    TOPIC_INFRASTRUCTURE },
		{ "Портал ашылмайды, құпиясөз келмейді, вайфай істемейді.",
		    TOPIC_DIGITAL },
		{ "My visa expires and the exchange semester abroad is not confirmed.",
		    TOPIC_INTERNATIONAL },
		{ "Хочу поблагодарить сотрудников, низкий поклон и спасибо университету.",
		    TOPIC_GENERAL },
	};
	g_autoptr(Judge) judge = load_judge();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Reading) reading = make_reading(NULL, cases[i].text);
		g_autoptr(Verdict) verdict = judge_letter(judge, reading);

		g_assert_cmpstr(
		    topic_names[verdict->topic], ==, topic_names[cases[i].topic]);
		g_assert_cmpint(verdict->topic, !=, verdict->second_topic);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(letters); i++) {
		g_autofree char *path = g_strconcat("/verdict/", letters[i].label, NULL);

		g_test_add_data_func(path, &letters[i], check_letter);
	}
	g_test_add_func("/verdict/names what is missing", name_what_is_missing);
	g_test_add_func(
	    "/verdict/a doubtful name makes a person look", look_at_a_doubtful_name);
	g_test_add_func("/verdict/no address to answer to makes a person look",
	    hold_what_has_no_answer_address);
	g_test_add_func(
	    "/verdict/lists every rule, the weightiest first", list_every_rule);
	g_test_add_func("/verdict/the settings hold a rule or switch it off", obey_modes);
	g_test_add_func("/verdict/automatic mail is ignored", ignore_automatic_mail);
	g_test_add_func("/verdict/attachments alone make a person look",
	    hold_what_only_attachments_say);
	g_test_add_func("/verdict/a letter cut short makes a person look",
	    hold_what_is_not_all_there);
	g_test_add_func("/verdict/our own mail makes a person look", hold_our_own_mail);
	g_test_add_func(
	    "/verdict/the same letter gets the same verdict", judge_alike_twice);
	g_test_add_func(
	    "/verdict/the version tells of the data", change_version_with_data);
	g_test_add_func("/verdict/a sheet must have what the code finds",
	    refuse_a_sheet_without_its_signals);
	g_test_add_func("/verdict/a mistake in weights is told by its line",
	    refuse_a_mistake_by_its_line);
	g_test_add_func("/verdict/finds the topic in three languages", find_topics);
	return g_test_run();
}
