/* Who is complained of: names in every case of two languages, posts, near misses. */
#include "complaint.h"
#include "fault.h"
#include "person.h"
#include "words.h"

#include <glib/gstdio.h>

#define DATA TEST_SOURCE_ROOT "/router/data/complaint.txt"

static const struct {
	const char *key, *name, *posts;
} house[] = {
	{ "academic", "Ахметов Серик Болатович",
	    "проректор по учебной работе;проректор по академическим вопросам;"
	    "оқу ісі жөніндегі проректор;vice-rector for academic affairs" },
	{ "research", "Қуанышбекова Айгүл Маратқызы",
	    "проректор по науке;ғылым жөніндегі проректор;vice-rector for research" },
	{ "general", "Жақсылық Сара Омарқызы", "бірінші проректор" },
	{ "digital", "Ким Виктор Сергеевич", "проректор по цифровому развитию" },
	{ "social", "Ерлан Жұмабайұлы Тоқтаров",
	    "проректор по социальным вопросам;әлеуметтік мәселелер жөніндегі проректор;"
	    "vice-rector for social affairs" },
};

static void
official_drop(gpointer data)
{
	Official *official = data;

	g_free(official->key);
	g_free(official->name);
	g_strfreev(official->posts);
	g_free(official);
}

static GPtrArray *
all_officials(void)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(official_drop);

	for (guint i = 0; i < G_N_ELEMENTS(house); i++) {
		Official *official = g_new0(Official, 1);

		official->key = g_strdup(house[i].key);
		official->name = g_strdup(house[i].name);
		official->posts = g_strsplit(house[i].posts, ";", -1);
		g_ptr_array_add(all, official);
	}
	return all;
}

static const struct {
	const char *label;
	const char *official;
	const char *subject, *text, *author;
	gboolean expected;
	Kind kind;
} cases[] = {
	/* complaints: by name */
	{ "ru: complaint against, post and surname with initials", "academic",
	    "Обращение",
	    "Подаю жалобу на проректора по учебной работе Ахметова С.Б. за его действия.",
	    "Иванова Анна", TRUE },
	{ "ru: surname in the instrumental", "academic", "Беседа",
	    "Я была оскорблена проректором Ахметовым в его кабинете.", "Иванова Анна",
	    TRUE },
	{ "ru: given name and patronymic only", "academic", "О взятках",
	    "Серик Болатович вымогает деньги за перевод на грант.", "Иванова Анна",
	    TRUE },
	{ "ru: initials before the surname", "academic", NULL,
	    "С. Б. Ахметов накричал на меня при всех.", "Иванова Анна", TRUE },
	{ "ru: measures against, in the dative", "academic", NULL,
	    "Прошу принять меры к проректору Ахметову за хамство.", "Иванова Анна",
	    TRUE },
	{ "ru: punish, in the accusative", "academic", NULL,
	    "Прошу наказать проректора Ахметова.", "Иванова Анна", TRUE },
	{ "ru: the surname alone", "academic", NULL,
	    "Ахметов требует деньги за каждый экзамен.", "Иванова Анна", TRUE },
	{ "ru: a Kazakh woman's surname, spelled the Russian way", "research", NULL,
	    "Куанышбекова грубит докторантам и угрожает отчислением.", "Иванова Анна",
	    TRUE },
	{ "ru: her surname in the genitive", "research", NULL,
	    "Жалуюсь на действия Куанышбековой А.М.", "Иванова Анна", TRUE },
	{ "ru: he, in the next sentence", "academic", NULL,
	    "Хочу рассказать о проректоре Ахметове. Он берет взятки со студентов.",
	    "Иванова Анна", TRUE },
	{ "ru: he, in the next clause", "academic", NULL,
	    "Вчера я пришла к Ахметову, он выгнал меня из кабинета.", "Иванова Анна",
	    TRUE },
	{ "ru: no answer from him", "social", NULL,
	    "Я дважды писала Токтарову Ерлану, но ответа нет уже месяц.", "Иванова Анна",
	    TRUE },
	{ "ru: two of them together", "academic", NULL,
	    "Декан и проректор Ахметов оскорбили мою дочь.", "Иванова Анна", TRUE },
	{ "ru: he and the dean", "academic", NULL,
	    "Проректор Ахметов и декан факультета оскорбили мою дочь.", "Иванова Анна",
	    TRUE },
	{ "ru: look-alike letters", "academic", NULL, "Жалоба на прoректора Axмeтовa.",
	    "Иванова Анна", TRUE },
	{ "ru: in capitals", "academic", "ЖАЛОБА НА АХМЕТОВА", "ПРИМИТЕ МЕРЫ.",
	    "Иванова Анна", TRUE },
	{ "ru: the subject says it with a colon", "academic", "Жалоба: проректор Ахметов",
	    "Подробности в приложении.", "Иванова Анна", TRUE },
	{ "ru: a complaint that names nobody else", "academic", "Жалоба",
	    "Ахметов С.Б. отменил мое заявление без объяснений.", "Иванова Анна", TRUE },
	{ "kk: against, with the genitive", "academic", "Шағым",
	    "Проректор Ахметовтің үстінен шағымданамын.", "Әлия Серікова", TRUE },
	{ "kk: a bribe, verb at the end", "social", NULL,
	    "Проректор Тоқтаров студенттерден пара алады.", "Әлия Серікова", TRUE },
	{ "kk: given name and patronymic", "social", NULL,
	    "Ерлан Жұмабайұлы маған айқайлап, қорлады.", "Әлия Серікова", TRUE },
	{ "kk: missing Kazakh letters", "research", NULL,
	    "Куанышбекова магистранттарды корлайды, отиниш кабылдамайды.",
	    "Әлия Серікова", TRUE },
	{ "kk: ol, in the next sentence", "social", NULL,
	    "Мен проректор Тоқтаровқа бардым. Ол мені балағаттап, қуып шықты.",
	    "Әлия Серікова", TRUE },
	{ "kk: he does not answer", "social", NULL,
	    "Тоқтаровқа үш рет хат жаздым, бірақ ол жауап бермейді.", "Әлия Серікова",
	    TRUE },
	{ "en: complaint about", "research", "Complaint",
	    "I want to complain about the Vice-Rector Kuanyshbekova.", "John Smith",
	    TRUE },
	{ "en: a deed, possessive", "academic", NULL,
	    "Akhmetov's refusal was rude and unfair.", "John Smith", TRUE },
	{ "en: initials, another transliteration", "social", NULL,
	    "E. Toktarov demanded money from my son.", "John Smith", TRUE },

	{ "ru: a short surname", "digital", NULL, "Ким хамит студентам.", "Иванова Анна",
	    TRUE },
	{ "kk: a short surname, with the genitive", "digital", NULL,
	    "Проректор Кимнің үстінен шағымданамын.", "Әлия Серікова", TRUE },

	{ "ru: a deed that no list has", "research", NULL,
	    "Куанышбекова вычеркнула меня из списка гранта и вписала племянницу.",
	    "Иванова Анна", TRUE },
	{ "ru: he, of a deed that no list has", "academic", NULL,
	    "Была у проректора Ахметова, он закрыл наш кабинет и отдал его знакомым.",
	    "Иванова Анна", TRUE },
	{ "ru: he, though only his post was named", "academic", NULL,
	    "Когда я пришла к проректору по учебной работе, он сказал, что таким здесь "
	    "не место.",
	    "Иванова Анна", TRUE },
	{ "ru: protect me from him", "academic", NULL, "Прошу защитить меня от Ахметова.",
	    "Иванова Анна", TRUE },
	{ "ru: no promise was kept", "academic", NULL,
	    "Проректор Ахметов обещал разобраться, но ничего не сделал.", "Иванова Анна",
	    TRUE },
	{ "kk: a doing that no list has", "research", NULL,
	    "Проректор Қуанышбекова менің мақаламды өз атынан жариялады.",
	    "Әлия Серікова", TRUE },
	{ "en: a doing that no list has", "academic", NULL,
	    "Vice-Rector Akhmetov cancelled my scholarship overnight.", "John Smith",
	    TRUE },
	{ "kk: the Kazakh form of his patronymic", "academic", NULL,
	    "Серік Болатұлының жұмысына көңіліміз толмайды.", "Әлия Серікова", TRUE },
	{ "en: a title before the name", "research", NULL,
	    "Dr. Kuanyshbekova has been ignoring my emails.", "John Smith", TRUE },

	{ "kk: a surname that is a word, too", "general", NULL,
	    "Жақсылықтың әрекеті заңсыз.", "Әлия Серікова", TRUE },
	{ "ru: a letter without capitals", "academic", NULL,
	    "ахметов вымогает деньги со студентов", "Иванова Анна", TRUE },

	/* complaints: by post */
	{ "ru: the full post", "academic", NULL,
	    "Проректор по учебной работе игнорирует наши заявления.", "Иванова Анна",
	    TRUE },
	{ "ru: the post in the accusative", "research", NULL,
	    "Хочу пожаловаться на проректора по науке.", "Иванова Анна", TRUE },
	{ "kk: the full post", "social", NULL,
	    "Әлеуметтік мәселелер жөніндегі проректор бізді қорлады.", "Әлия Серікова",
	    TRUE },
	{ "en: the full post", "academic", NULL,
	    "The vice-rector for academic affairs insulted me.", "John Smith", TRUE },
	{ "ru: the vice-rector, whichever it is", "social", NULL,
	    "Проректор нахамил мне в коридоре.", "Иванова Анна", TRUE },
	{ "kk: the vice-rector, whichever it is", "academic", NULL,
	    "Проректордың үстінен шағым айтамын.", "Әлия Серікова", TRUE },

	/* no complaint of him */
	{ "ru: of another vice-rector", "academic", NULL,
	    "Жалоба на проректора по науке Куанышбекову А.М.", "Иванова Анна", FALSE },
	{ "ru: of a vice-rector we do not have", "academic", NULL,
	    "Проректор по цифровизации игнорирует наши заявления.", "Иванова Анна",
	    FALSE },
	{ "ru: of a vice-rector of another name", "academic", NULL,
	    "Проректор Сидоров вымогает деньги.", "Иванова Анна", FALSE },
	{ "ru: a namesake with other initials", "academic", NULL,
	    "Преподаватель Ахметов Д.К. вымогает деньги.", "Иванова Анна", FALSE },
	{ "ru: a namesake with another given name", "academic", NULL,
	    "Вчера студент Ахметов Данияр ударил моего сына.", "Иванова Анна", FALSE },
	{ "ru: a namesake of another post", "academic", NULL,
	    "Декан Ахметов вымогает деньги.", "Иванова Анна", FALSE },
	{ "ru: a woman of that surname", "academic", NULL,
	    "Жалоба на коменданта Ахметову.", "Иванова Анна", FALSE },
	{ "ru: the author bears the surname", "academic", "Жалоба на коменданта",
	    "Комендант хамит и угрожает.\n\nС уважением,\nАхметов", "Ахметов Данияр",
	    FALSE },
	{ "ru: praise", "academic", "Благодарность",
	    "Спасибо проректору Ахметову, который отказался закрыть библиотеку!",
	    "Иванова Анна", FALSE },
	{ "ru: greeting, then a complaint of another", "academic", NULL,
	    "Уважаемый Серик Болатович! Преподаватель Сидоров хамит студентам.",
	    "Иванова Анна", FALSE },
	{ "ru: the head of an application", "academic", NULL,
	    "Проректору по учебной работе\nАхметову С.Б.\nот студентки Ивановой "
	    "А.\n\nЖалоба\n\n"
	    "Преподаватель Сидоров занижает оценки и хамит.",
	    "Иванова Анна", FALSE },
	{ "ru: asked to act against another", "academic", NULL,
	    "Прошу проректора Ахметова наказать преподавателя за взятки.", "Иванова Анна",
	    FALSE },
	{ "ru: the dean refuses what he allowed", "academic", NULL,
	    "Проректор по учебной работе разрешил пересдачу, а деканат отказывает.",
	    "Иванова Анна", FALSE },
	{ "ru: told of another's deed", "academic", NULL,
	    "Ахметову известно, что комендант берет взятки.", "Иванова Анна", FALSE },
	{ "ru: a complaint about another, handed to him", "academic", NULL,
	    "Передайте мою жалобу на коменданта проректору Ахметову.", "Иванова Анна",
	    FALSE },
	{ "ru: he never did", "academic", NULL, "Ахметов никогда не хамит.",
	    "Иванова Анна", FALSE, KIND_PROPOSAL },
	{ "ru: a question to him", "academic", "Вопрос проректору",
	    "Подскажите, когда принимает проректор по учебной работе?", "Иванова Анна",
	    FALSE },
	{ "ru: words that only begin alike", "academic", NULL,
	    "Проректор Ахметов обещал материалы конференции.", "Иванова Анна", FALSE },
	{ "ru: he advised to write", "academic", NULL,
	    "Проректор Ахметов С.Б. рекомендовал мне обратиться к Вам.", "Иванова Анна",
	    FALSE },
	{ "ru: he is on leave", "academic", NULL,
	    "Ахметов С.Б. в отпуске, поэтому пишу Вам. Комендант грубит.", "Иванова Анна",
	    FALSE },
	{ "ru: a proposal that names him", "academic", "Предложение",
	    "Пусть конкурс возглавит и ведет проректор Ахметов.", "Иванова Анна", FALSE,
	    KIND_PROPOSAL },
	{ "ru: he signed, the dean waits", "academic", NULL,
	    "Моё заявление уже подписал проректор Ахметов С.Б., но деканат тянет с "
	    "ответом.",
	    "Иванова Анна", FALSE },
	{ "ru: a mistake in an order that he signed", "academic", NULL,
	    "В приказе за подписью Ахметова ошибка в моей фамилии, прошу исправить.",
	    "Иванова Анна", FALSE },
	{ "ru: a matter to settle with her", "research", NULL,
	    "Прошу согласовать с проректором по науке тему моей диссертации.",
	    "Иванова Анна", FALSE },
	{ "kk: opened with his support", "academic", NULL,
	    "Проректор Ахметовтің қолдауымен ашылған зертхана жұмыс істемей тұр.",
	    "Әлия Серікова", FALSE },
	{ "en: a greeting", "academic", NULL,
	    "Dear Vice-Rector Akhmetov, the heating is broken and the warden ignores us.",
	    "John Smith", FALSE },
	{ "kk: the word, not the surname", "general", NULL,
	    "Бәріне жақсылық тілеймін! Оқытушы пара сұрайды.", "Әлия Серікова", FALSE },
	{ "kk: a hall of his name", "academic", NULL,
	    "Ахметов С.Б. атындағы аудиторияда жылу жоқ.", "Әлия Серікова", FALSE },
	{ "en: to meet him", "research", NULL,
	    "When can I meet the vice-rector for research? My supervisor does not reply.",
	    "John Smith", FALSE },
	{ "kk: thanks", "social", "Алғыс",
	    "Проректор Тоқтаровқа көмегі үшін рахмет айтамын.", "Әлия Серікова", FALSE },
	{ "kk: asked to act", "social", NULL,
	    "Проректор Тоқтаровтан жатақханадағы пара алуды тоқтатуды сұраймын.",
	    "Әлия Серікова", FALSE },
	{ "kk: a greeting", "social", NULL,
	    "Құрметті Ерлан Жұмабайұлы! Комендант студенттерді қорлайды.",
	    "Әлия Серікова", FALSE },
	{ "kk: a namesake student", "social", NULL,
	    "Студент Тоқтаров Бекзат маған қоқан-лоққы көрсетті, қорқытты.",
	    "Әлия Серікова", FALSE },
	{ "en: thanks", "academic", NULL,
	    "Thank you to Vice-Rector Akhmetov for refusing the new fee.", "John Smith",
	    FALSE },
	{ "en: he helped, the dean refused", "academic", NULL,
	    "Vice-Rector Akhmetov helped me, but the dean refused again.", "John Smith",
	    FALSE },
	{ "en: nobody of ours", "academic", NULL,
	    "The lecturer was rude and demanded money.", "John Smith", FALSE },
	{ "kk: who, not Kim", "digital", "Шағым",
	    "Кім жауап бермейді? Осыны кім көріп отыр, ким айкайлайды?", "Әлия Серікова",
	    FALSE },
	{ "nothing at all", "academic", NULL, NULL, NULL, FALSE },
};

static const char *
how_of(const Complaint *complaint, GPtrArray *all, const char *official, Kind kind,
    const char *subject, const char *text, const char *author)
{
	g_autoptr(Reading) reading = reading_new();

	reading->kind = kind;
	reading->subject = g_strdup(subject);
	reading->text = g_strdup(text);
	reading->name = g_strdup(author);
	return complaint_of(complaint, officials_find(all, official), reading);
}

static void
test_complaints(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) all = all_officials();
	g_autoptr(Complaint) complaint = complaint_load(DATA, all, &error);
	guint wrong = 0;

	g_assert_no_error(error);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *how = how_of(complaint, all, cases[i].official, cases[i].kind,
		    cases[i].subject, cases[i].text, cases[i].author);

		if ((how != NULL) == cases[i].expected)
			continue;
		g_test_message(
		    "%s: %s", cases[i].label, how != NULL ? how : "no complaint");
		wrong++;
	}
	g_assert_cmpuint(wrong, ==, 0);
}

static const struct {
	const char *one, *other;
} same_sound[] = {
	{ "Ахметов", "Akhmetov" },
	{ "Aхметов", "АХМЕТОВ" },
	{ "Қуаныш", "Kuanysh" },
	{ "Жұмабаев", "Zhumabayev" },
	{ "Щербаков", "Shcherbakov" },
	{ "Юсупов", "Yusupov" },
	{ "Әйгерім", "Айгерим" },
	{ "Сейітов", "Seitov" },
	{ "Хасенұлы", "Khasenuly" },
};

static void
test_fold(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(same_sound); i++) {
		g_autofree char *one = word_fold(same_sound[i].one, -1);
		g_autofree char *other = word_fold(same_sound[i].other, -1);

		g_assert_cmpstr(one, ==, other);
	}
}

/* A hostile letter is only words: it neither crashes nor takes long. */
static void
test_hostile(void)
{
	g_autoptr(GPtrArray) all = all_officials();
	g_autoptr(Complaint) complaint = complaint_load(DATA, all, NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	const char *pieces[] = { "Ахметов ", "жалоба на ", "С. ", "\xe2\x80\xae", "%s%n",
		"\r\n", "проректор, ", "он ", "...", "😀", "'; DROP TABLE letters; --" };

	for (int i = 0; i < 20000; i++)
		g_string_append(text, pieces[(i * 7) % G_N_ELEMENTS(pieces)]);
	how_of(complaint, all, "academic", KIND_APPEAL, text->str, text->str, text->str);
	g_string_assign(text, "");
	for (int i = 0; i < 50000; i++)
		g_string_append(text, "Ахметов ");
	how_of(complaint, all, "academic", KIND_APPEAL, NULL, text->str, NULL);
}

static const struct {
	const char *label, *content, *expected;
} bad_files[] = {
	{ "an unknown group", "[deeds]\nхам*\n", ":1: unknown group [deeds]" },
	{ "a phrase before the first group", "# words\nхам*\n",
	    ":2: expected a [group] first" },
	{ "a phrase without letters", "[deed]\n***\n", ":2: expected a phrase of words" },
	{ "a phrase that fits everything", "[deed]\nх*\n",
	    ":2: expected a phrase of words" },
	{ "a missing group", "[deed]\nхам*\n", ": group [head] is missing or empty" },
};

static void
test_bad_files(void)
{
	g_autofree char *folder = g_dir_make_tmp("router-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "complaint.txt", NULL);
	g_autoptr(GPtrArray) all = all_officials();

	for (guint i = 0; i < G_N_ELEMENTS(bad_files); i++) {
		g_autofree char *expected =
		    g_strconcat(file, bad_files[i].expected, NULL);
		g_autoptr(GError) error = NULL;

		g_test_message("%s", bad_files[i].label);
		g_assert_true(g_file_set_contents(file, bad_files[i].content, -1, NULL));
		g_assert_null(complaint_load(file, all, &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
		g_assert_cmpstr(error->message, ==, expected);
	}
	g_unlink(file);
	g_rmdir(folder);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/complaint/cases", test_complaints);
	g_test_add_func("/router/complaint/fold", test_fold);
	g_test_add_func("/router/complaint/hostile", test_hostile);
	g_test_add_func("/router/complaint/bad-files", test_bad_files);
	return g_test_run();
}
