/* Kazakh, Russian, English, also where the letters do not tell. */
#include "identity-sample.h"

typedef struct {
	const char *label, *subject, *text;
	Language language;
} Case;

static const Case cases[] = {
	{ "Kazakh", "", "Сәлеметсіз бе, жатақханада жылу жоқ, көмектесіңізші.",
	    LANGUAGE_KK },
	{ "Russian", "", "Здравствуйте, в общежитии нет тепла, помогите.", LANGUAGE_RU },
	{ "English", "", "Hello, there is no heating in the dormitory, please help.",
	    LANGUAGE_EN },
	{ "Kazakh on a Russian keyboard", "",
	    "Саламатсыз ба, жатакханада жылу жок, маган комек керек болып тур.",
	    LANGUAGE_KK },
	{ "Kazakh in Latin, home-made", "",
	    "Salemetsiz be, stipendia qashan tusedi eken, aitynyzshy?", LANGUAGE_KK },
	{ "Russian in Latin", "",
	    "Zdravstvuyte! Ya studentka vtorogo kursa, pishu s telefona bez russkih "
	    "bukv. Stipendiya za oktyabr ne prishla. Podskazhite, kuda obratitsya?",
	    LANGUAGE_RU },
	{ "Kazakh in Latin, 2019", "", "Sálemetsiz be, stıpendııa qashan túsedi eken?",
	    LANGUAGE_KK },
	{ "Kazakh with a Russian greeting", "",
	    "Здравствуйте! Жатақханада орын бар ма, құжатты қашан тапсырамыз?",
	    LANGUAGE_KK },
	{ "Russian with a Kazakh greeting", "",
	    "Құрметті ректор! Прошу рассмотреть мой вопрос о переводе на другую "
	    "специальность, документы приложены.",
	    LANGUAGE_RU },
	{ "Russian with Kazakh names", "",
	    "Меня зовут Әсел Қайратқызы, я учусь на втором курсе и хочу спросить о "
	    "гранте.",
	    LANGUAGE_RU },
	{ "English with a Russian signature", "",
	    "Please tell me when the library opens.\nИван Петров", LANGUAGE_EN },
	{ "English with Kazakh names", "",
	    "I am Aigul from Shymkent and I want to ask about the exam.", LANGUAGE_EN },
	{ "one word of Kazakh", "", "Рақмет!", LANGUAGE_KK },
	{ "one word of Russian", "", "Спасибо!", LANGUAGE_RU },
	{ "an empty text takes the subject", "Question about the exam", "", LANGUAGE_EN },
	{ "short Kazakh without its letters", "", "жауап болмай жатыр гой", LANGUAGE_KK },
	{ "Russian in capitals", "", "ПОЧИНИТЕ ЛИФТ В КОРПУСЕ", LANGUAGE_RU },
	{ "a link in an English address says nothing", "",
	    "Сайт https://www.university.example.com/the-page не открывается",
	    LANGUAGE_RU },
	{ "nothing at all", "", "", LANGUAGE_RU },
};

static void
test_language(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading =
	    identify(identity, NULL, "a@mail.example", c->subject, c->text);

	g_assert_cmpstr(
	    language_names[reading->language], ==, language_names[c->language]);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/language/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_language);
	}
	return g_test_run();
}
