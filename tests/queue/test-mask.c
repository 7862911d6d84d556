/* Redaction: what must not leave, what stays, and that inventions keep their form. */
#include "fault.h"
#include "mask.h"

#include <glib/gstdio.h>
#include <string.h>

#define DATA TEST_SOURCE_ROOT "/queue/data/redact.conf"

static Reading *
a_reading(void)
{
	Reading *reading = reading_new();

	reading->name = g_strdup("Жумабекова Айгерим");
	reading->from_name = g_strdup("Aigerim Zhumabekova");
	reading->from_address = g_strdup("a.zhumabekova@company.kz");
	reading->language = LANGUAGE_RU;
	return reading;
}

static char *
apply(const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(RedactData) data = redact_data_load(DATA, &error);
	g_autoptr(Reading) reading = a_reading();
	g_autoptr(Mask) mask = NULL;
	char *result;

	g_assert_no_error(error);
	mask = mask_new(data, reading, "univ.kz");
	result = mask_apply(mask, text, &error);
	g_assert_no_error(error);
	return result;
}

static const struct {
	const char *label, *text, *gone, *stays;
} cases[] = {
	{ "the author's name", "Я, Жумабекова Айгерим, прошу", "Жумабеков", "Я, " },
	{ "in another case", "от Жумабековой Айгерим", "Жумабеков", "от " },
	{ "in Kazakh spelling", "Айгерімнің өтініші", "Айгерім", "өтініші" },
	{ "in capitals", "ЖУМАБЕКОВА АЙГЕРИМ", "ЖУМАБЕКОВА", " " },
	{ "without capitals", "с уважением жумабекова айгерим", "жумабеков",
	    "с уважением" },
	{ "in Latin letters", "Regards, Aygerim", "Aygerim", "Regards, " },
	{ "a third person's surname", "а преподаватель Петров кричал", "Петров",
	    "преподаватель" },
	{ "and his given name", "видела Сейдахметова Куралай вчера", "Куралай", "вчера" },
	{ "a patronymic", "Людмила Аркадьевна ушла", "Аркадьевна", "ушла" },
	{ "no name: a sentence's first word", "Основа хорошая", "", "Основа хорошая" },
	{ "no name: a plain word", "новая основа", "", "новая основа" },
	{ "a telephone", "тел. +7 (701) 555-12-34", "555-12-34", "+7 (701) " },
	{ "a telephone out of a form", "tel=8+701+555+12+34&x", "555", "tel=8+701+" },
	{ "a letter without capitals", "здравствуйте это снова айгерим из общежития",
	    "айгерим", "из общежития" },
	{ "no name: a common word", "Прошу айгерим Помогите", "", "айгерим" },
	{ "a short telephone", "звоните 2-92-64-11", "92-64-11", "звоните 2-" },
	{ "the author's address", "A.Zhumabekova@company.kz", "humabekova",
	    "@example.kz" },
	{ "an address at a provider", "dana.o@gmail.com", "dana.o", "@gmail.com" },
	{ "an address of the university", "dana.o@stud.univ.kz", "dana.o",
	    "@stud.univ.kz" },
	{ "an account", "пишите @dana_o сюда", "dana_o", "@name" },
	{ "an account by its word", "Instagram: dana.o5", "dana.o5", "@name" },
	{ "a link's path", "https://site.kz/dana?id=5", "dana", "https://site.kz/page" },
	{ "a link without a path", "https://site.kz", "", "https://site.kz" },
	{ "a postal address", "живу: ул. Сатпаева, д. 15, кв. 7, общежития", "Сатпаева",
	    "общежития" },
	{ "a Kazakh postal address", "Сәтбаев көшесі 15-үйде тұрамын", "Сәтбаев",
	    "тұрамын" },
	{ "a date", "12.03.2026 и 2026-03-12", "", "12.03.2026 и 2026-03-12" },
	{ "years", "2025-2026 учебный год", "", "2025-2026 учебный год" },
	{ "our case number", "обращение 2026-000123", "", "2026-000123" },
	{ "a number of few digits", "комната 312, 45 000 тг", "", "312, 45 000" },
	{ "a price", "за 150 000 тенге", "150 000", " тенге" },
};

static void
test_case(gconstpointer data)
{
	guint i = GPOINTER_TO_UINT(data);
	g_autofree char *result = apply(cases[i].text);

	if (*cases[i].gone != '\0')
		g_assert_null(strstr(result, cases[i].gone));
	g_assert_nonnull(strstr(result, cases[i].stays));
}

/* The sum of weights that makes an IIN's or a card's last digit right. */
static gboolean
is_iin(const char *digits)
{
	int sum = 0;

	for (int i = 0; i < 11; i++)
		sum += (digits[i] - '0') * (i + 1);
	if (sum % 11 == 10)
		for (int i = sum = 0; i < 11; i++)
			sum += (digits[i] - '0') * ((i + 2) % 11 + 1);
	return sum % 11 == digits[11] - '0';
}

static gboolean
is_card(const char *digits)
{
	int sum = 0;

	for (int i = 0; i < 16; i++) {
		int value = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);

		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 == 0;
}

static void
test_check_digits(void)
{
	static const struct {
		const char *number;
		gboolean (*is_right)(const char *digits);
	} numbers[] = { { "990512300128", is_iin }, { "990512300127", is_iin },
		{ "4400430212345674", is_card }, { "4400430212345675", is_card } };

	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
		g_autofree char *result = apply(numbers[i].number);

		g_assert_cmpstr(result, !=, numbers[i].number);
		g_assert_cmpuint(strlen(result), ==, strlen(numbers[i].number));
		g_assert_cmpint(numbers[i].is_right(result), ==,
		    numbers[i].is_right(numbers[i].number));
	}
}

/* One original, one invention; another, another. */
static void
test_stable(void)
{
	g_autofree char *first = apply("Айгерим, 8 701 555 12 34");
	g_autofree char *again = apply("Айгерим, 8 701 555 12 34");
	g_autofree char *both = apply("87015551234, +7(701)5551234, 87015551235");
	g_auto(GStrv) numbers = g_strsplit(both, ", ", -1);

	g_assert_cmpstr(first, ==, again);
	g_assert_cmpstr(numbers[0], !=, numbers[2]);
	g_assert_true(g_str_has_suffix(numbers[1], numbers[0] + strlen("8701")));
}

/* Long rows of what may begin something are searched to the end. */
static void
test_long(void)
{
	static const char *const begins[] = { "a.", "Ab ", "1 ", "1", "ул. ", "@", "х",
		"Петров ", "http://", "tg " };

	for (guint i = 0; i < G_N_ELEMENTS(begins); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autofree char *result = NULL;

		while (text->len < 100000)
			g_string_append(text, begins[i]);
		g_test_message("%s", begins[i]);
		result = apply(text->str);
		g_assert_nonnull(result);
	}
}

static void
test_mistakes(void)
{
	g_autofree char *file = NULL;
	g_autoptr(GError) error = NULL;
	int fd = g_file_open_tmp("redact-XXXXXX", &file, NULL);

	g_assert_cmpint(fd, >=, 0);
	g_assert_true(g_file_set_contents(file, "[given]\nkk =\n", -1, NULL));
	g_assert_null(redact_data_load(file, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_nonnull(strstr(error->message, "[given] kk: expected"));
	g_assert_true(g_close(fd, NULL));
	g_assert_cmpint(g_unlink(file), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = g_strdup_printf("/queue/mask/%s", cases[i].label);

		g_test_add_data_func(name, GUINT_TO_POINTER(i), test_case);
	}
	g_test_add_func("/queue/mask/right check digits stay right, wrong ones wrong",
	    test_check_digits);
	g_test_add_func("/queue/mask/the same original, the same invention", test_stable);
	g_test_add_func("/queue/mask/long rows", test_long);
	g_test_add_func("/queue/mask/a mistake in the lists is named", test_mistakes);
	return g_test_run();
}
