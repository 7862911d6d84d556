/* The author's full name: where people put it, and what is none. */
#include "identity-sample.h"

typedef struct {
	const char *label, *from, *address, *text, *name;
} Case;

static const Case cases[] = {
	/* signatures */
	{ "a Kazakh signature with a number behind", "Ернар", "e@mail.example",
	    "Жатақханада жылу жоқ. Көмектесіңіз.\nЕрнар Қасенов, 2 курс, 8 701 111 22 33",
	    "Ернар Қасенов" },
	{ "surname first with a patronymic", NULL, "a@mail.example",
	    "Прошу выдать справку.\n\nС уважением,\nСадыкова Айжан Бериковна\n+7 705 000 "
	    "11 22",
	    "Садыкова Айжан Бериковна" },
	{ "given name first with -ұлы", NULL, "a@mail.example",
	    "Өтінішімді қараңыз.\n\nБекзат Нұрланұлы Оразов\n87011112233",
	    "Бекзат Нұрланұлы Оразов" },
	{ "-қызы written apart", NULL, "a@mail.example",
	    "Сұрағым бар еді, жауап күтемін.\nАйгүл Серік қызы Темірова, 8 702 333 44 55",
	    "Айгүл Серік қызы Темірова" },
	{ "after a closing formula on one line", "Марат", "m@mail.example",
	    "Когда будет ремонт?\nС уважением, Марат Исабеков, тел. 8 777 123 45 67",
	    "Марат Исабеков" },
	{ "a foreign name", "John", "john@mail.example",
	    "Where can I register?\n\nBest regards,\nJohn Whitfield\n+44 7700 900123",
	    "John Whitfield" },
	{ "three words of an unknown language", "O. Adewale",
	    "oluwadamilare@mail.example",
	    "Please help with my visa.\n\nOluwadamilare Tunde Adewale\nyear 2\n+7 708 "
	    "111 22 33",
	    "Oluwadamilare Tunde Adewale" },
	{ "Kazakh in Latin letters", "Gulzhan", "g@mail.example",
	    "Salemetsiz be, stipendia qashan tusedi?\nGulzhan Seitqali, 87771234567",
	    "Gulzhan Seitqali" },
	{ "an apostrophe and a hyphen", NULL, "s@mail.example",
	    "The lamp is broken.\nSiobhan O'Brien-Walsh, +353 87 123 4567",
	    "Siobhan O'Brien-Walsh" },
	{ "a Chinese name in Cyrillic", "Ли Мин", "li.min@mail.example",
	    "Где получить визу?\nЛи Мин, 8 747 111 22 33", "Ли Мин" },
	{ "capitals throughout", NULL, "a@mail.example",
	    "ПРОШУ ПОЧИНИТЬ ЛИФТ В КОРПУСЕ НОМЕР ДВА, ОН СТОИТ С ОКТЯБРЯ МЕСЯЦА УЖЕ.\n"
	    "НУРЖАН АБДИЕВ, 8 701 555 66 77",
	    "НУРЖАН АБДИЕВ" },
	{ "small letters before the number", NULL, "b@mail.example",
	    "здравствуйте когда пересдача\nбекова алия 87015556677", "бекова алия" },
	{ "the name after the number", NULL, "b@mail.example",
	    "Қашан береді?\n8 701 222 33 44 Санжар Әлімов", "Санжар Әлімов" },
	{ "a post before the name in a signature", "Кафедра", "k@mail.example",
	    "Просим выделить аудиторию.\n\nзаведующий кафедрой\nТлеубаев Ерлан "
	    "Сапарович\n8 727 200 11 22",
	    "Тлеубаев Ерлан Сапарович" },
	/* said in the text */
	{ "меня зовут", NULL, "a@mail.example",
	    "Здравствуйте! Меня зовут Анна Литвинова, учусь на филфаке. Когда пересдача? "
	    "8 705 111 22 33",
	    "Анна Литвинова" },
	{ "менің атым", NULL, "a@mail.example",
	    "Сәлеметсіз бе! Менің атым Данияр Төлегенов, физика мамандығында оқимын. "
	    "87051112233",
	    "Данияр Төлегенов" },
	{ "Мен, with what he is", NULL, "a@mail.example",
	    "Мен, 2 курс студенті Мәди Сағынтаев, жатақхана сұраймын. Тел 8 708 999 88 "
	    "77",
	    "Мәди Сағынтаев" },
	{ "Я, with what she is", NULL, "a@mail.example",
	    "Я, студентка третьего курса Ольга Ветрова, прошу о переводе. 8 708 999 88 "
	    "77",
	    "Ольга Ветрова" },
	{ "деген студентпін", NULL, "a@mail.example",
	    "Нұрбек Әміров деген студентпін. Кітапхана неге жабық? 8 708 999 88 77",
	    "Нұрбек Әміров" },
	{ "I am", NULL, "a@mail.example",
	    "Dear Rector, I am Sanjay Kapoor from India. My visa ends soon. +7 771 222 "
	    "33 44",
	    "Sanjay Kapoor" },
	{ "a form", "Web-форма", "form@mail.example",
	    "Аты-жөні: Гүлмира Досова\nТелефон: 8 701 444 55 66\nХабарлама: Асхана қашан "
	    "ашылады?",
	    "Гүлмира Досова" },
	{ "a form in Russian", NULL, "form@mail.example",
	    "ФИО: Климов Артём Олегович\nТел.: 8 701 444 55 66\nВопрос: когда ремонт?",
	    "Климов Артём Олегович" },
	{ "a head in the ablative", NULL, "a@mail.example",
	    "Университет ректорына\nмагистрант Айдос Бекеновтен\n8 701 444 55 "
	    "66\n\nӨтініш\n\nРұқсат сұраймын.",
	    "Айдос Бекенов" },
	{ "a head in the genitive", NULL, "a@mail.example",
	    "Ректору университета\nот студентки Марченко Юлии Павловны\n8 701 444 55 "
	    "66\n\nПрошу перевести "
	    "меня на грант.",
	    "Марченко Юлии Павловны" },
	/* From */
	{ "From alone", "Жанар Өтегенова", "zhanar@mail.example",
	    "Кітапхана қашан ашылады?", "Жанар Өтегенова" },
	{ "From with a title", "Dr. Peter Novak", "p.novak@mail.example",
	    "When does the conference begin?", "Peter Novak" },
	{ "From when the signature has one name only", "Сергей Дроздов",
	    "drozdov@mail.example", "Почините кран.\nСергей, 8 705 123 45 67",
	    "Сергей Дроздов" },
	{ "the fuller name of the text beats From", "Айбек Санатов", "a@mail.example",
	    "Почините кран.\nСанатов Айбек Маратович, 8 705 123 45 67",
	    "Санатов Айбек Маратович" },
	/* none */
	{ "no name at all", NULL, "x@mail.example", "Когда будет ремонт? 8 701 000 00 11",
	    NULL },
	{ "initials", "А. К.", "a.k@mail.example", "Лифт стоит.\nА. К., 8 701 000 00 11",
	    NULL },
	{ "surname with an initial", "Б. Сейтов", "b@mail.example",
	    "Лифт стоит.\nСейтов Б., 8 701 000 00 11", NULL },
	{ "a first name", "Аружан", "a@mail.example",
	    "Қашан ашылады?\nАружан, 8 701 000 00 11", NULL },
	{ "given name and patronymic", "Ольга Ивановна", "o@mail.example",
	    "Почему холодно?\nОльга Ивановна, 8 701 000 00 11", NULL },
	{ "an organisation", "Учебный центр «Знание»", "info@mail.example",
	    "Приглашаем на курсы.\nУчебный центр «Знание», 8 701 000 00 11", NULL },
	{ "a nickname", "Чёрный Плащ", "plash@mail.example", "Почему так дорого?", NULL },
	{ "who will not be named", "Аноним", "x@mail.example",
	    "Имя не назову.\nНеравнодушный студент", NULL },
	{ "the dean's name is not the author's", NULL, "x@mail.example",
	    "Декан Асанов Ерлан Маратович не принимает студентов. Разберитесь. 8 701 000 "
	    "00 11",
	    NULL },
	{ "a lecturer's name in Kazakh", NULL, "x@mail.example",
	    "Оқытушымыз Серік Болатов сабаққа келмейді. Тексеріңіз. 8 701 000 00 11",
	    NULL },
	{ "a child's name", NULL, "x@mail.example",
	    "Моя дочь Алина Смирнова учится у вас. Где списки? 8 701 000 00 11", NULL },
	{ "somebody in the genitive", NULL, "x@mail.example",
	    "Қанат Оспановтың анасымын. Баламның құжаты қайда? 8 701 000 00 11", NULL },
	{ "a name in the greeting", NULL, "x@mail.example",
	    "Уважаемый Болат Сериков!\nПочему закрыта библиотека? 8 701 000 00 11",
	    NULL },
	{ "a university named after somebody", NULL, "x@mail.example",
	    "Абай Құнанбайұлы атындағы университетке қалай түсемін? 8 701 000 00 11",
	    NULL },
};

static void
test_name(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading =
	    identify(identity, c->from, c->address, "өтініш", c->text);

	g_assert_cmpstr(reading->name, ==, c->name);
	g_assert_true((reading->name == NULL) == (reading->name_where == NULL));
}

/* Where it was found is told with it. */
static void
test_where(void)
{
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) from =
	    identify(identity, "Жанар Өтегенова", "z@mail.example", "", "Қашан?");
	g_autoptr(Reading) signature = identify(identity, NULL, "z@mail.example", "",
	    "Су жоқ, жылу да жоқ.\n\nЖанар Өтегенова\n8 701 111 22 33");

	g_assert_cmpstr(from->name_where, ==, "from");
	g_assert_cmpstr(signature->name_where, ==, "signature");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/name/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_name);
	}
	g_test_add_func("/name/where it was found", test_where);
	return g_test_run();
}
