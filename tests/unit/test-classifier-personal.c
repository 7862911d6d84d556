/* 5.3 (3): whose data they are decides. */
#include "judge-sample.h"

static const Case cases[] = {
	{ "a neighbour's identity number and telephone",
	    "Моя соседка по комнате Айгуль Нурланова не платит. Вот её данные: ИИН "
	    "050317650214, телефон 8 707 111 22 33.",
	    TRUE },
	{ "classmates' identity numbers in a list",
	    "Тізімді жіберіп отырмын:\n1. Асан Болат, ЖСН 051102501137\n2. Дана Серік, "
	    "ЖСН 050624500716\nКелісімдерін алған жоқпын.",
	    TRUE },
	{ "a lecturer's card and home address",
	    "Преподаватель Ким Олег Петрович собирает деньги на карту 4400 4301 2345 "
	    "6789, живёт на ул. Гоголя 15, кв. 8.",
	    TRUE },
	{ "a roommate's passport and illness, in English",
	    "My roommate Li Wei hides it, but she has epilepsy and her passport is "
	    "E48219034. She does not know that I write.",
	    TRUE },
	{ "a family's misfortunes",
	    "Одногруппнице Сабитовой Алие дали место, а отец у неё сидит в тюрьме, мать "
	    "пьёт и лишена прав. Это все знают.",
	    TRUE },
	{ "the author's own identity number",
	    "Мой ИИН 050317650214 в сертификате указан неверно, прошу исправить.",
	    FALSE },
	{ "the author's own account",
	    "Артық төлеген ақшамды менің шотыма аударыңыздар: ЖСН 050317550128, IBAN "
	    "KZ47722C000019026683.",
	    FALSE },
	{ "the author's own illness",
	    "У меня эпилепсия, диагноз поставили в мае, прошу академический отпуск.",
	    FALSE },
	{ "the author's own second telephone",
	    "Менің телефоным 8 701 222 33 44, үйдегі нөмірім 8 702 333 44 55, "
	    "хабарласыңыздар.",
	    FALSE },
	{ "a dean named by post",
	    "Декан факультета Ахметов Серик Болатович не принимает студентов, прошу "
	    "разобраться.",
	    FALSE },
	{ "an office's telephone",
	    "В приёмной комиссии по телефону 8 (727) 291 00 00 никто не отвечает.",
	    FALSE },
	{ "where the author lives",
	    "Я живу в Талгаре, ул. Абая 5, кв. 12, до университета два часа, прошу место "
	    "в общежитии.",
	    FALSE },
	{ "an order's number",
	    "По приказу № 047118263 от 12.09.2024 меня отчислили, прошу отменить.",
	    FALSE },
};

static void
check(gconstpointer data)
{
	g_autoptr(Judge) judge = load_judge();

	check_case(judge, RULE_PERSONAL_DATA, data);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/personal/", cases[i].label, NULL);

		g_test_add_data_func(path, &cases[i], check);
	}
	return g_test_run();
}
