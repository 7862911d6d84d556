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
	/* none */
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
