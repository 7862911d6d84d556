/* 5.3 (11): what is mostly in capitals, and what only has some. */
#include "judge-sample.h"

static const Case cases[] = {
	{ "all in capitals, Russian",
	    "ПРОШУ ВЫДАТЬ МНЕ СПРАВКУ ОБ ОБУЧЕНИИ, В ДЕКАНАТЕ ОТКАЗЫВАЮТ.", TRUE },
	{ "all in capitals, Kazakh",
	    "СӘЛЕМЕТСІЗ БЕ! ҰЛЫМҒА ЖАТАҚХАНАДАН ОРЫН БЕРМЕЙ ОТЫР, ӨТІНЕМІН КӨМЕКТЕСІҢІЗ.",
	    TRUE },
	{ "all in capitals, Latin Kazakh",
	    "SALEMETSIZ BE! BALAMA ZHATAKHANA BERINIZDERSHI, AUYLYMYZ ALYS.", TRUE },
	{ "all in capitals, English",
	    "DEAR RECTOR, PLEASE TELL ME WHEN THE DORMITORY OPENS IN AUGUST.", TRUE },
	{ "a greeting in small letters before the shouting",
	    "Здравствуйте, уважаемый ректор.\nВ ОБЩЕЖИТИИ НЕТ ВОДЫ ТРЕТИЙ ДЕНЬ, ДУШ "
	    "ЗАКРЫТ, КОМЕНДАНТ НЕ ОТВЕЧАЕТ, СДЕЛАЙТЕ ЧТО-НИБУДЬ!",
	    TRUE },
	{ "a heading in capitals",
	    "ЗАЯВЛЕНИЕ\nПрошу предоставить мне академический отпуск по болезни с первого "
	    "октября.",
	    FALSE },
	{ "abbreviations",
	    "Прошу разъяснить, почему МОН РК и ЕНТ упомянуты в приказе НАО, а ГОСО и "
	    "ECTS нет, кто это писал.",
	    FALSE },
	{ "a few shouted words",
	    "Лифт не работает МЕСЯЦ, мне каждый день говорят ЗАВТРА, прошу починить.",
	    FALSE },
	{ "a short shouted line", "КОГДА СТИПЕНДИЯ", FALSE },
	{ "a name in capitals under a normal text",
	    "Прошу записать меня на приём к ректору в среду.\nИВАНОВ ИВАН ИВАНОВИЧ",
	    FALSE },
	{ "a poster's first line",
	    "БАРШАҢЫЗДЫ КОНЦЕРТКЕ ШАҚЫРАМЫЗ\nКонцерт акт залында өтеді, сахнаның жарығын "
	    "қосатын маман керек, көмек сұраймыз.",
	    FALSE },
};

static void
check(gconstpointer data)
{
	g_autoptr(Judge) judge = load_judge();

	check_case(judge, RULE_CAPITALS, data);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/capitals/", cases[i].label, NULL);

		g_test_add_data_func(path, &cases[i], check);
	}
	return g_test_run();
}
