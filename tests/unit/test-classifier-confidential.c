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
