/* 5.3 (10): noise, and what only looks like noise. */
#include "judge-sample.h"

static const Case cases[] = {
	{ "a Russian keyboard struck at random",
	    "фыва олдж прол ячсмить йцукен гшщз ждлорп авыф лдорп ывапрол", TRUE },
	{ "a Kazakh keyboard struck at random",
	    "әіңғ үұқөһ ңғүұқ әіңғүұқөһ өжһқ ұүғңі фыңғ әжұқ", TRUE },
	{ "a Latin keyboard struck at random",
	    "asdf jkl; qwer zxcv poiu lkjh mnbv qwrtp sdfgh zxcvbn wqrtp", TRUE },
	{ "UTF-8 read as windows-1251",
	    "РЈРІР°Р¶Р°РµРјС‹Р№ СЂРµРєС‚РѕСЂ! РџСЂРѕС€Сѓ РїРѕРјРѕС‡СЊ СЃ "
	    "РѕР±С‰РµР¶РёС‚РёРµРј.",
	    TRUE },
	{ "windows-1251 read as Latin",
	    "Óâàæàåìûé ðåêòîð! Ïðîøó äàòü îòâåò íà ìî¸ çàÿâëåíèå îá îòïóñêå.", TRUE },
	{ "a machine's tokens",
	    "{\"id\":\"0x91\",\"t\":[null,null]} %%0A%%0D 7f:3a:00 -- val=NaN;0x00FF "
	    "12:30:44 {\"err\":404} <<< >>>",
	    TRUE },
	{ "nothing but a name", "Ерлан Сапаров", TRUE },
	{ "plain Kazakh",
	    "Сәлеметсіз бе! Қызыма жатақханадан орын беруіңізді сұраймын, ауылымыз алыс.",
	    FALSE },
	{ "Kazakh without its letters",
	    "Салеметсиз бе! Кызыма жатакханадан орын беруинизди сураймын, ауылымыз алыс.",
	    FALSE },
	{ "Kazakh in Latin letters",
	    "Salemetsiz be! Qyzyma jataqhanadan oryn beruinizdi suraimyn, auylymyz alys.",
	    FALSE },
	{ "Russian in Latin letters",
	    "Zdravstvuyte! Proshu pomoch s mestom v obshchezhitii, zhivem daleko.",
	    FALSE },
	{ "English by a foreigner",
	    "Hello Rector! I am not good English. Please when is registration for "
	    "dormitory, I come from Turkey.",
	    FALSE },
	{ "many foreign names",
	    "Прошу принять профессоров Szczepański, Nguyễn и Þorsteinsson на семинар в "
	    "мае, программа у кафедры.",
	    FALSE },
	{ "an error message quoted in a letter",
	    "Портал пишет «NullReferenceException at 0x7f», сертификат не скачивается. "
	    "Прошу передать программистам, срок до пятницы.",
	    FALSE },
	{ "spelling mistakes",
	    "Здраствуйте скажыте пожалуста кагда будет расписание экзаминов, на сайте "
	    "ничево нету.",
	    FALSE },
};

static void
check(gconstpointer data)
{
	g_autoptr(Judge) judge = load_judge();

	check_case(judge, RULE_UNINTELLIGIBLE, data);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
		    g_strconcat("/unintelligible/", cases[i].label, NULL);

		g_test_add_data_func(path, &cases[i], check);
	}
	return g_test_run();
}
