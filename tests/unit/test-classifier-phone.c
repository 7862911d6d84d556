/* The author's telephone: how people write it, whose it is, and what is none. */
#include "identity-sample.h"

typedef struct {
	const char *label, *subject, *text, *phone;
} Case;

static const Case cases[] = {
	{ "eight and blanks", "", "Сұрақ бар.\nАйдос Темір, 8 701 234 56 78",
	    "8 701 234 56 78" },
	{ "plus seven and no gaps", "", "Вопрос.\nИван Петров +77012345678",
	    "+77012345678" },
	{ "brackets and hyphens", "", "Вопрос.\nИван Петров, 8(701)234-56-78",
	    "8(701)234-56-78" },
	{ "plus, brackets, blanks", "", "Вопрос.\nИван Петров, +7 (701) 234 56 78",
	    "+7 (701) 234 56 78" },
	{ "dots", "", "Вопрос.\nИван Петров, 8.701.234.56.78", "8.701.234.56.78" },
	{ "no eight", "", "Вопрос.\nИван Петров, 701 234 56 78", "701 234 56 78" },
	{ "an area code of Almaty", "", "Вопрос.\nИван Петров, 8 727 234 56 78 (үй)",
	    "8 727 234 56 78" },
	{ "a five digit area code", "", "Вопрос.\nИван Петров, 8 (72774) 2-34-56",
	    "8 (72774) 2-34-56" },
	{ "Uzbekistan", "", "Вопрос.\nИван Петров, +998 90 123 45 67",
	    "+998 90 123 45 67" },
	{ "Germany", "", "A question.\nHans Braun, +49 151 23456789",
	    "+49 151 23456789" },
	{ "in the subject", "Лифт, 8 701 234 56 78", "Когда починят?",
	    "8 701 234 56 78" },
	{ "in a sentence", "", "Маған мына нөмірге хабарласыңыз: 87012345678, кешке.",
	    "87012345678" },
	{ "a form", "", "ФИО: Иван Петров\nТелефон: 8 701 234 56 78\nВопрос: когда?",
	    "8 701 234 56 78" },
	{ "the first of two of his own", "",
	    "Вопрос.\nИван Петров, 8 701 234 56 78, 8 777 234 56 78", "8 701 234 56 78" },
	{ "WhatsApp behind it", "", "A question.\nAnn Lee, 8 701 234 56 78 (WhatsApp)",
	    "8 701 234 56 78" },
	{ "his own after the dean's office's", "",
	    "Деканаттың телефоны 8 727 111 22 33 жауап бермейді. Менің нөмірім 8 701 234 "
	    "56 78.",
	    "8 701 234 56 78" },
	{ "his own after his mother's", "",
	    "Номер моей мамы 8 702 111 22 33, она не отвечает. Звоните мне: 8 701 234 56 "
	    "78.",
	    "8 701 234 56 78" },
	{ "his own after the swindler's", "",
	    "Звонили с номера 8 700 111 22 33, просили код.\n\nИван Петров\n8 701 234 56 "
	    "78",
	    "8 701 234 56 78" },
	{ "his own beside his name, a class mate's before", "",
	    "У старосты Алины Серовой номер 8 700 111 22 33, спросите её.\nИван Петров, "
	    "8 701 234 56 78",
	    "8 701 234 56 78" },
	{ "an account number before it", "",
	    "Счёт KZ12 345K 6789 0123 4567.\nИван Петров, 8 701 234 56 78",
	    "8 701 234 56 78" },
	{ "full-width digits", "", "Вопрос.\nИван Петров, ８ ７０５ ２０６ ７１ ９４",
	    "8 705 206 71 94" },
	{ "Arabic digits", "", "A question.\nOmar Nasser, +٧ ٧٠٥ ٢٠٦ ٧١ ٩٤",
	    "+7 705 206 71 94" },
	{ "a no-break space", "",
	    "Вопрос.\nИван Петров, 8\xc2\xa0"
	    "701\xc2\xa0"
	    "234\xc2\xa0"
	    "56\xc2\xa0"
	    "78",
	    "8\xc2\xa0"
	    "701\xc2\xa0"
	    "234\xc2\xa0"
	    "56\xc2\xa0"
	    "78" },
	{ "in Russian words", "",
	    "Мой номер: восемь, семьсот сорок семь, сто двадцать три, ноль пять, десять",
	    "87471230510" },
	{ "in Kazakh words", "",
	    "Нөмірім сегіз жеті жүз бір екі жүз он бес қырық үш нөл алты",
	    "87012154306" },
	{ "words and figures", "", "плюс семь семьсот один 222 тридцать три сорок четыре",
	    "77012223344" },
	{ "the office spoken of before, a label of his own", "",
	    "кім кінәлі мен бе әлде деканат па осыны шешіп беріңізші тел 87714402583",
	    "87714402583" },
	{ "his mobile rather than an extension", "",
	    "Смаилова Кенжегуль. Раб. 8 727 291 90 11 вн. 204, сот. 87014459028",
	    "87014459028" },
	/* none */
	{ "a document far before it", "",
	    "дд как получить дубликат зачетки капарова нуриза ист 4 8 700 808 80 80",
	    "8 700 808 80 80" },
	{ "an extension alone", "",
	    "Жолдыбаев Ерлан, кеңсе 8 727 390 12 44 (сұраңыз, ішкі 2)", NULL },
	{ "the office that passes it on", "",
	    "Меня найдут через деканат, 8 727 291 00 45, передадут. Дмитриенко Олеся",
	    NULL },
	{ "numbers that are no telephone", "",
	    "У нас двадцать пять студентов, сто двадцать часов, восемь семестров и один "
	    "преподаватель.",
	    NULL },
	{ "the dean's office's only", "",
	    "Звонил в деканат, 8 727 111 22 33, не берут трубку.", NULL },
	{ "an identity number", "", "Менің ЖСН 050101500123, құжатты қараңыз.", NULL },
	{ "a card", "", "Верните на карту 4400 4301 1234 5678.", NULL },
	{ "a date and a time", "", "Экзамен был 12.05.2026 в 14:00, аудитория 305.",
	    NULL },
	{ "an order number", "", "Приказ № 87012345678 не найден.", NULL },
	{ "masked by stars", "", "Мой номер 8 701 *** ** 78, вы меня знаете.", NULL },
	{ "masked by crosses", "", "Мой номер 8 701 XXX XX 78, вы меня знаете.", NULL },
	{ "an extension", "", "Call me, ext. 214.", NULL },
	{ "too short", "", "мой тел 87471", NULL },
	{ "somebody else's only", "", "Оның нөмірі 8 701 234 56 78, өзінен сұраңыз.",
	    NULL },
	{ "sums of money", "", "Төлегенім 780 000, қарызым 945 000 теңге.", NULL },
	{ "a link", "", "https://example.kz/87012345678", NULL },
	/* of all sorts */
	{ "as written 1", "", "Вопрос. тел.:87011234567(WhatsApp)", "87011234567" },
	{ "as written 2", "", "Вопрос. Анна Ким +7-701-123-4567", "+7-701-123-4567" },
	{ "as written 3", "", "Сұрақ. 8 701 1234567 Ерлан", "8 701 1234567" },
	{ "as written 4", "", "Вопрос, 8-7012345678", "8-7012345678" },
	{ "as written 5", "", "Вопрос т.87011234567", "87011234567" },
	{ "as written 6", "", "Мой: +77011234567.", "+77011234567" },
	{ "as written 7", "", "номер: 7 701 123 45 67", "7 701 123 45 67" },
	{ "as written 8", "", "Связь 8/701/1234567", "8/701/1234567" },
	{ "as written 9", "", "8 (701)1234567 Олег", "8 (701)1234567" },
	{ "as written 10", "", "87011234567/87771234567", "87011234567" },
	{ "as written 11", "", "tel87011234567", "87011234567" },
	{ "as written 12", "", "Звоните +7 (727) 2 91 40 17", "+7 (727) 2 91 40 17" },
	{ "as written 13", "", "городской 8 727 2914017", "8 727 2914017" },
	{ "none here 14", "", "в кабинет 2-91-40-17 звонил", NULL },
	{ "none here 15", "", "ИИН 900101300123", NULL },
	{ "none here 16", "", "счёт KZ86125KZT5004100100", NULL },
	{ "as written 17", "", "(8 701) 123 45 67 Анна", "(8 701) 123 45 67" },
	{ "as written 18", "", "8.(701).123-45-67", "8.(701).123-45-67" },
	{ "as written 19", "", "+7 701‑123‑45‑67", "+7 701‑123‑45‑67" },
	{ "as written 20", "", "Whatsapp: 8 7 0 1 1 2 3 4 5 6 7",
	    "8 7 0 1 1 2 3 4 5 6 7" },
	{ "none here 21", "", "Договор № 8 от 12.09.2025 на 701 000 тенге", NULL },
	{ "none here 22", "", "Ауд. 8, 701 бөлме, 11.12.2025, 14:30", NULL },
	{ "none here 23", "", "Карта 4400 4302 1234 5678, срок 08/27", NULL },
	{ "none here 24", "", "Заявка 87001112233445", NULL },
	{ "as written 25", "", "Тел: 8 701 123 45 67 (мамамдікі), менікі 8 702 765 43 21",
	    "8 702 765 43 21" },
	{ "as written 26", "", "Моя мама: 8 701 123 45 67. Я: 8 702 765 43 21",
	    "8 702 765 43 21" },
	{ "as written 27", "",
	    "Call centre 8 800 080 7777 не отвечает. Мой 8 705 111 22 33",
	    "8 705 111 22 33" },
	{ "none here 28", "", "Приёмная ректора 8 727 291 00 01 занята", NULL },
	{ "none here 29", "", "Номер сотрудника деканата 8 701 222 33 44, он грубит",
	    NULL },
	{ "none here 30", "", "мошенник звонил с +7 708 123 45 67", NULL },
	{ "as written 31", "", "Пишите в WhatsApp +7 708 123 45 67", "+7 708 123 45 67" },
	{ "as written 32", "", "+7 708 123 45 67 – менің нөмірім", "+7 708 123 45 67" },
	{ "as written 33", "", "8 708 123 45 67 ватсапта бармын", "8 708 123 45 67" },
	{ "none here 34", "", "Менің нөмірім сегіз жеті жүз бір ...", NULL },
	{ "as written 35", "", "+1 (555) 123-4567 John", "+1 (555) 123-4567" },
	{ "as written 36", "", "0090 532 123 45 67 Emre", "0090 532 123 45 67" },
};

static void
test_phone(gconstpointer data)
{
	const Case *c = data;
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading =
	    identify(identity, NULL, "a@mail.example", c->subject, c->text);

	g_assert_cmpstr(reading->phone, ==, c->phone);
	g_assert_true((reading->phone == NULL) == (reading->phone_where == NULL));
}

static void
test_where(void)
{
	g_autoptr(Identity) identity = load_identity();
	g_autoptr(Reading) reading = identify(identity, NULL, "a@mail.example", "Лифт",
	    "Когда?\n\nИван Петров\n8 701 234 56 78");

	g_assert_cmpstr(reading->phone_where, ==, "text line 4");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/phone/%s", cases[i].label);

		g_test_add_data_func(path, &cases[i], test_phone);
	}
	g_test_add_func("/phone/where it was found", test_where);
	return g_test_run();
}
