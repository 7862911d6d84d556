/* 5.5, 5.6: who asks that his data be kept back, and who only speaks of such things. */
#include "identity-sample.h"

typedef struct {
	const char *label, *text;
	gboolean confidential;
} Case;

static const Case cases[] = {
	{ "kk: my name to nobody", "Атымды ешкімге айтпаңыз.", TRUE },
	{ "kk: not to be published", "Аты-жөнім мен телефоным жарияланбасын.", TRUE },
	{ "kk: please do not publish", "Жеке мәліметтерімді жария етпеуіңізді сұраймын.",
	    TRUE },
	{ "kk: not to the dean", "Менің есімімді деканға айтпасаңыз екен.", TRUE },
	{ "kk: not passed on", "Деректерім үшінші тұлғаға берілмесін.", TRUE },
	{ "kk: that it was I", "Бұны жазған мен екенімді ешкім білмесін.", TRUE },
	{ "kk: keep secret", "Аты-жөнімді құпия сақтауды өтінемін.", TRUE },
	{ "kk: who I am", "Кім екенімді көрсетпеңіздер.", TRUE },
	{ "kk: without Kazakh letters", "Атымды ешкимге айтпаныздаршы.", TRUE },
	{ "kk: in Latin", "Atymdy eshkimge aitpanyzdar.", TRUE },
	{ "kk: number not shown", "Телефон нөмірімді блогқа көрсетпеңіз.", TRUE },
	{ "ru: not to disclose", "Прошу не разглашать мои персональные данные.", TRUE },
	{ "ru: my name to nobody", "Моё имя никому не сообщайте, пожалуйста.", TRUE },
	{ "ru: not in the blog", "Не публикуйте мою фамилию на сайте.", TRUE },
	{ "ru: who wrote it", "Не говорите коменданту, кто написал.", TRUE },
	{ "ru: not to the supervisor",
	    "Прошу не передавать это письмо моему руководителю.", TRUE },
	{ "ru: keep confidential", "Прошу соблюдать конфиденциальность моих данных.",
	    TRUE },
	{ "ru: anonymity before others", "Прошу сохранить моё имя в тайне.", TRUE },
	{ "ru: not named", "Прошу, чтобы меня не называли при всех.", TRUE },
	{ "ru: surname and number", "Фамилию и номер прошу не указывать в ответе.",
	    TRUE },
	{ "ru: without publicity", "Прошу рассмотреть без огласки.", TRUE },
	{ "en: do not publish", "Please do not publish my name.", TRUE },
	{ "en: not disclosed", "I ask that my phone number is not disclosed.", TRUE },
	{ "en: do not tell", "Please don't tell the dean who wrote this.", TRUE },
	{ "en: confidential", "Please keep my name confidential.", TRUE },
	{ "en: this letter", "Do not put this letter on the blog, please.", TRUE },
	{ "mixed", "Өтінемін, моё имя никому не говорите.", TRUE },
	/* near misses */
	{ "kk: he will not name himself", "Атымды жазбаймын, өзіңіз түсінесіз.", FALSE },
	{ "kk: nobody tells us", "Емтихан туралы ешкім айтпайды.", FALSE },
	{ "kk: his name is", "Менің атым Серік Асанов, хатыма жауап беріңіз.", FALSE },
	{ "kk: somebody's name he keeps back",
	    "Оқытушының атын айтпаймын, комиссияға айтамын.", FALSE },
	{ "kk: publish the result", "Қорытындыны жариялаңыз, атымды да жазыңыз.", FALSE },
	{ "kk: password", "Құпиясөзімді ұмытып қалдым.", FALSE },
	{ "kk: they did not give my document",
	    "Құжатымды бермеді, деканат жауап бермейді.", FALSE },
	{ "ru: he does not name her", "Фамилию преподавателя не называю.", FALSE },
	{ "ru: they did not tell me", "Мне не сообщили мой номер в списке.", FALSE },
	{ "ru: an agreement", "Мы подписали соглашение о неразглашении, это законно?",
	    FALSE },
	{ "ru: my name is not in the list", "Моей фамилии нет в списке, меня не указали.",
	    FALSE },
	{ "ru: publish it", "Опубликуйте мой ответ, скрывать мне нечего.", FALSE },
	{ "ru: quoted from the rules",
	    "В правилах сказано: «не разглашать мои данные», но их вывесили.", FALSE },
	{ "ru: wishes to stay unknown", "Хочу остаться анонимным.", FALSE },
	{ "en: a clause", "The contract has a confidentiality clause.", FALSE },
	{ "en: they did not tell", "They did not tell me my grade.", FALSE },
	{ "en: my name is misspelt", "My name is not spelt right in the order.", FALSE },
	{ "asks in other words, 1", "Өтінемін, аты-жөнімді құпия түрде сақтаңыздар.",
	    TRUE },
	{ "asks in other words, 2",
	    "Мен туралы ақпаратты жатақхана меңгерушісіне бермеуіңізді сұраймын.", TRUE },
	{ "asks in other words, 3", "Шағымның кімнен түскенін деканат білмесе екен.",
	    TRUE },
	{ "asks in other words, 4", "Менің нөмірімді ешкімге берме деп сұраймын.", TRUE },
	{ "asks in other words, 5",
	    "Жауапты тек жеке поштама жіберіңіз, атым сайтта шықпасын.", TRUE },
	{ "asks in other words, 6",
	    "Жеке деректерімнің құпиялығын сақтауды талап етемін.", TRUE },
	{ "asks in other words, 7", "Өз атымнан жазғанымды топтағылар естімесінші.",
	    TRUE },
	{ "asks in other words, 8", "Арызымды оқытушының өзіне көрсетпеңізші, қорқамын.",
	    TRUE },
	{ "asks in other words, 9", "Мой телефон и почту, пожалуйста, никому не давайте.",
	    TRUE },
	{ "asks in other words, 10",
	    "Хотелось бы, чтобы обращение рассматривалось конфиденциально.", TRUE },
	{ "asks in other words, 11", "Прошу обеспечить конфиденциальность.", TRUE },
	{ "asks in other words, 12", "Прошу данные не разглашать, работаю здесь же.",
	    TRUE },
	{ "asks in other words, 13", "Прошу не раскрывать источник, то есть меня.",
	    TRUE },
	{ "asks in other words, 14", "Фамилию мою, пожалуйста, нигде не указывайте.",
	    TRUE },
	{ "asks in other words, 15",
	    "Мне ещё сдавать у него экзамен, поэтому не называйте меня.", TRUE },
	{ "asks in other words, 16", "Очень прошу: чтобы никто не узнал, что писала я.",
	    TRUE },
	{ "asks in other words, 17", "Письмо прошу никому не показывать.", TRUE },
	{ "asks in other words, 18", "Мои ФИО на сайт не выкладывайте.", TRUE },
	{ "asks in other words, 19",
	    "Просьба рассмотреть анонимно, не называя моего имени.", TRUE },
	{ "asks in other words, 20", "Имя автора прошу сохранить в тайне.", TRUE },
	{ "asks in other words, 21",
	    "Please do not disclose my personal information to third parties.", TRUE },
	{ "asks in other words, 22", "I'd prefer that my name stays out of this.", TRUE },
	{ "asks in other words, 23", "I request confidentiality.", TRUE },
	{ "asks in other words, 24", "Do not share my details with the department.",
	    TRUE },
	{ "asks in other words, 25",
	    "This is confidential, please do not tell my adviser.", TRUE },
	{ "asks in other words, 26",
	    "Please keep me anonymous in your reply to the faculty.", TRUE },
	{ "asks in other words, 27", "My identity should remain confidential.", TRUE },
	{ "asks in other words, 28", "Please make sure nobody learns that I wrote this.",
	    TRUE },
	{ "asks nothing of the kind, 1", "Біздің топтың атын сайтқа шығармапты.", FALSE },
	{ "asks nothing of the kind, 2", "Менің атым тізімнен шығып қалды.", FALSE },
	{ "asks nothing of the kind, 3", "Хатымды алдыңыздар ма, жауап жоқ.", FALSE },
	{ "asks nothing of the kind, 4", "Деканат телефонымды алған жоқ, хабар бермеді.",
	    FALSE },
	{ "asks nothing of the kind, 5", "Маған құпия сөз келмейді.", FALSE },
	{ "asks nothing of the kind, 6", "Мұғалім атымды дұрыс айтпайды.", FALSE },
	{ "asks nothing of the kind, 7", "Ашық конкурс құпия өтті.", FALSE },
	{ "asks nothing of the kind, 8", "Моё заявление никому не передали, лежит месяц.",
	    FALSE },
	{ "asks nothing of the kind, 9", "Моё обращение не зарегистрировали.", FALSE },
	{ "asks nothing of the kind, 10", "Мне не говорят, кто принял решение.", FALSE },
	{ "asks nothing of the kind, 11", "Номер мой вы знаете, звоните.", FALSE },
	{ "asks nothing of the kind, 12", "Не публикуют списки, не показывают критерии.",
	    FALSE },
	{ "asks nothing of the kind, 13", "Почему мою фамилию не назвали на награждении?",
	    FALSE },
	{ "asks nothing of the kind, 14", "Прошу не закрывать мою тему диссертации.",
	    FALSE },
	{ "asks nothing of the kind, 15", "Мою работу не показали на апелляции.", FALSE },
	{ "asks nothing of the kind, 16", "The registrar did not give me my transcript.",
	    FALSE },
	{ "asks nothing of the kind, 17", "My name is not on the list of the hostel.",
	    FALSE },
	{ "asks nothing of the kind, 18", "Nobody told me that my letter was lost.",
	    FALSE },
	{ "asks nothing of the kind, 19",
	    "They put my name on a petition without asking.", FALSE },
	{ "asks nothing of the kind, 20", "I cannot tell you who wrote it.", FALSE },
	{ "asks nothing of the kind, 21", "Please tell my supervisor that I am ill.",
	    FALSE },
	{ "asks nothing of the kind, 22", "Please publish my letter on the blog.",
	    FALSE },
	{ "an ordinary letter", "Прошу починить лифт. Иван Петров, 8 701 234 56 78",
	    FALSE },
};

static void
test_confidential(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading =
	    identify(identity, NULL, "a@mail.example", "", c->text);

	g_assert_cmpint(reading->confidential, ==, c->confidential);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strdup_printf("/confidential/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_confidential);
	}
	return g_test_run();
}
