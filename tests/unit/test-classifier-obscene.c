/* 5.3 (6): masked in any way, and innocent words that contain the same letters. */
#include "judge-sample.h"

static const Case cases[] = {
	{ "plain Russian", "Какого хуя стипендии опять нет?", TRUE },
	{ "stars", "Да вы ох*ели там в бухгалтерии, где деньги.", TRUE },
	{ "a star for each letter",
	    "Это п***ец, а не столовая, третий день холодный суп.", TRUE },
	{ "digits for letters", "Что за пи3дец с расписанием творится.", TRUE },
	{ "Latin letters among Cyrillic", "Опять эта xyйня с порталом, исправьте.",
	    TRUE },
	{ "blanks between the letters", "Сколько можно, б л я т ь, ждать справку.",
	    TRUE },
	{ "dots between the letters", "Полная х.у.й.н.я с этим тестом.", TRUE },
	{ "doubled letters", "Суууука, опять лифт стоит.", TRUE },
	{ "without vowels", "Это просто пздц, товарищи.", TRUE },
	{ "transliterated", "Blyat, skolko mozhno zhdat otvet.", TRUE },
	{ "Kazakh", "Сіктір деп айтып жіберді маған, өзім де соны айтамын, сіктір бәрің.",
	    TRUE },
	{ "Kazakh without its letters", "Котакка керек пе мундай асхана.", TRUE },
	{ "Kazakh in Latin letters", "Qotaqqa kerek pe mundai internet.", TRUE },
	{ "English, masked", "This is f*cking ridiculous, fix the heating.", TRUE },
	{ "English with a symbol inside", "What a sh!tty canteen you have.", TRUE },
	{ "innocent: hooligan, insurance, bread",
	    "Хулиганы разбили окно, страхование имущества не покрывает, хлеб в столовой "
	    "дорогой, учебный год начался.",
	    FALSE },
	{ "innocent: team, debate, furniture",
	    "Команда дебатного клуба просит мебель и рубли на поездку, себестоимость "
	    "мала, ребята ждут.",
	    FALSE },
	{ "innocent: accountant, hairdresser",
	    "Бухгалтерия закрыта, парикмахерская тоже, психолог в отпуске, плохую погоду "
	    "обещают.",
	    FALSE },
	{ "innocent: Kazakh bag, sixty, subject",
	    "Боқшамды ұмытып кетіппін, сексен бетті кітабым бар, көтерме баға қашан "
	    "шығады?",
	    FALSE },
	{ "innocent: English class, assistant, Sussex",
	    "The assistant of our class passed the assessment at Sussex; see the website "
	    "and the document.",
	    FALSE },
	{ "a footnote's star and a multiplied number",
	    "Цена 2*500 тенге, примечание* внизу страницы, файл отчет_2024*.pdf не "
	    "открывается.",
	    FALSE },
	{ "ordinals and dates",
	    "3-беттен 5-бетке дейін, 2-курс, 1-семестр, 12.10.2024 күнгі бұйрық.",
	    FALSE },
	{ "rooms, pages and points",
	    "101-бөлмеде суық, «100-блок» жабық, 101-бет жоқ, 10бетке 10балл қойды "
	    "(101-бөлме).",
	    FALSE },
	{ "a word behind a number", "101-блять, опять холодно в комнате.", TRUE },
	{ "a digit for the first letter", "Да это 6лять, а не столовая.", TRUE },
	{ "angry and clean",
	    "Это безобразие, позор и издевательство! Чёрт знает что, а не экзамен! "
	    "Требую пересмотра.",
	    FALSE },
	{ "a curve in statistics, a hernia, a hue",
	    "The teacher says \"curve\", the doctor hernia, and the wall has another "
	    "hue.",
	    FALSE },
	{ "deft, and the side of a bus",
	    "Ептілеп істеді, ал автобустың бок терезесі сынды.", FALSE },
	{ "a planimeter and a knotty board",
	    "Нужен курвиметр, доска сучковатая, болит бок.", FALSE },
};

static void
check(gconstpointer data)
{
	g_autoptr(Judge) judge = load_judge();

	check_case(judge, RULE_OBSCENE, data);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/obscene/", cases[i].label, NULL);

		g_test_add_data_func(path, &cases[i], check);
	}
	return g_test_run();
}
