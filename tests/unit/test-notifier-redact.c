/* What a confidential letter still tells of its author: nothing, in either script. */
#include <string.h>
#include <unistd.h>

#include "notifier-sample.h"
#include "redact.h"

typedef struct {
	const char *label, *name, *from_name, *address, *text, *left;
} Row;

#define ADDRESS "a.akhmetova@mail.example"

static const Row rows[] = {
	{ "the name as it stands", "Ахметова Айгерим", NULL, NULL,
	    "Я, Ахметова Айгерим, прошу", "Я, [X], прошу" },
	{ "a Russian ending", "Ахметова Айгерим", NULL, NULL, "от Ахметовой Айгерим.",
	    "от [X]." },
	{ "Kazakh endings", "Ахметова Айгерім", NULL, NULL,
	    "Ахметоваға, Айгерімнің атынан", "[X], [X] атынан" },
	{ "the Kazakh spelling of a Russian one", "Ахметова Айгерим", NULL, NULL,
	    "мен, Айгерім", "мен, [X]" },
	{ "Latin letters of a Cyrillic name", "Ахметова Айгерим", NULL, NULL,
	    "I am Aigerim Akhmetova.", "I am [X]." },
	{ "other Latin letters", "Ахметова Айгерим", NULL, NULL,
	    "Aygerim Ahmetova, AIGERIM AXMETOVA", "[X], [X]" },
	{ "Cyrillic letters of a Latin name", "Aigerim Akhmetova", NULL, NULL,
	    "прошу ответить Айгерим Ахметовой", "прошу ответить [X]" },
	{ "capitals", "Ахметова Айгерим", NULL, NULL, "АХМЕТОВА А.С.", "[X]" },
	{ "initials behind", "Ахметова Айгерим Серікқызы", NULL, NULL,
	    "Ахметова А. С. пишет", "[X] пишет" },
	{ "initials before", "Ахметова Айгерим", NULL, NULL, "автор А.С. Ахметова",
	    "автор [X]" },
	{ "an initial without its stop", "Ахметова Айгерим", NULL, NULL,
	    "Ахметова А, 3 курс", "[X], 3 курс" },
	{ "no initial: another word", "Ахметова Айгерим", NULL, NULL, "Ахметова. Я прошу",
	    "[X]. Я прошу" },
	{ "the display name alone", NULL, "Жанар Сәулебек", NULL,
	    "Zhanar Saulebek, Сәулебекпін", "[X], [X]" },
	{ "zh, j and dzh", "Жұмабаев Жандос", NULL, NULL,
	    "Zhumabayev, Jumabaev, Dzhumabaev, Жумабаева", "[X], [X], [X], [X]" },
	{ "қ, k and q; ұлы", "Сейтқали Ерлан Маратұлы", NULL, NULL,
	    "Seitqali Yerlan, Сейткали, Maratuly, Марат улы", "[X], [X], [X], [X] улы" },
	{ "soft signs and ya", "Соловьёва Наталья", NULL, NULL,
	    "Natalya Solovyova, Natalia Solovieva, Соловьевой Наталье", "[X], [X], [X]" },
	{ "a vowel that falls out", "Ким Павел", NULL, NULL, "от Павла Кима", "от [X]" },
	{ "a short surname is no particle", "Ли Вера", NULL, NULL,
	    "Можно ли узнать? Ли Веры, верно.", "Можно ли узнать? [X], верно." },
	{ "letters and marks apart", "Алексей Цой", NULL, NULL,
	    "Алексеи\xcc\x86 Цои\xcc\x86", "[X]" },
	{ "the local part's name", NULL, NULL, ADDRESS, "Ахметовамын, akhmetova_a",
	    "[X], [X]_a" },
	{ "a mailbox's role is no name", NULL, "Студент 3 курса", "student@mail.example",
	    "студенты 3 курса, student", "студенты 3 курса, student" },
	{ "the address", NULL, NULL, ADDRESS, "пишите: A.Akhmetova@mail.example или так",
	    "пишите: [X] или так" },
	{ "the address apart", NULL, NULL, ADDRESS, "other.one @ mail.example", "[X]" },
	{ "a phone with slashes", NULL, NULL, NULL, "тел. 8/705/1112233.", "тел. [X]." },
	{ "a city phone", NULL, NULL, NULL, "үй (727) 291 05 05", "үй [X]" },
	{ "six digits", NULL, NULL, NULL, "тел: 29-10-50, 291050", "тел: [X], [X]" },
	{ "no-break blanks and dashes", NULL, NULL, NULL,
	    "+7\xc2\xa0"
	    "701\xe2\x80\x93"
	    "111\xe2\x80\x91"
	    "22\xe2\x80\xaf"
	    "33 хабарласыңыз",
	    "[X] хабарласыңыз" },
	{ "dots", NULL, NULL, NULL, "8.701.111.22.33", "[X]" },
	{ "a phone like a date", NULL, NULL, NULL, "8 705 11-12-33, 8701 12.10.2026",
	    "[X], 8701 12.10.2026" },
	{ "a phone over two lines", NULL, NULL, NULL, "звоните 8 701 111\n22 33",
	    "звоните [X]" },
	{ "an identification number", NULL, NULL, NULL, "880101300123 нөмірі",
	    "[X] нөмірі" },
	{ "dates stay", NULL, NULL, NULL,
	    "12.10.2026, 2026-10-12, 1/9/2026-15/9/2026, 12.10.26, 2025-2026 оқу жылы",
	    "12.10.2026, 2026-10-12, 1/9/2026-15/9/2026, 12.10.26, 2025-2026 оқу жылы" },
	{ "a case's number stays", NULL, NULL, NULL, "по обращению № 2026-000123",
	    "по обращению № 2026-000123" },
	{ "rooms and orders stay", NULL, NULL, NULL, "ауд. 305, приказ № 12345, корпус 3",
	    "ауд. 305, приказ № 12345, корпус 3" },
	{ "hours stay", NULL, NULL, NULL, "с 10.00-12.00 и 14:30–15:20",
	    "с 10.00-12.00 и 14:30–15:20" },
	{ "money stays", NULL, NULL, NULL, "120 000 тенге, 36 660 теңге, 1 200 000 тг",
	    "120 000 тенге, 36 660 теңге, 1 200 000 тг" },
	{ "numbers of lines stay apart", NULL, NULL, NULL, "101\n202\n303\n404",
	    "101\n202\n303\n404" },
	{ "a postal address", NULL, NULL, NULL,
	    "Адрес: г. Алматы, ул. Абая, 10, кв. 5\nда", "[X]\nда" },
	{ "an account", NULL, NULL, NULL, "@aigerim_a, t.me/aigerim", "[X], [X]" },
	{ "an account behind its word", NULL, NULL, NULL,
	    "инстаграм aigera_kz, Instagram: aigera.kz, телеграмм aigera, tg aigera1, "
	    "телеграм каналы, by Telegram message",
	    "[X], [X], [X], [X], телеграм каналы, by Telegram message" },
	{ "a wish for a name", NULL, "Анонимно прошу", NULL, "прошу ответить",
	    "прошу ответить" },
	{ "letters apart", "Ахметова Айгерим", NULL, NULL, "Я, А х м е т о в а, и т. д.",
	    "Я, [X], и т. д." },
	{ "Latin letters that look alike", "Ахметова Айгерим", NULL, NULL, "Axметова",
	    "[X]" },
	{ "the father's name in Kazakh", "Ахметова Айгерим Нурлановна", NULL, NULL,
	    "Айгерім Нұрланқызы", "[X]" },
	{ "initials alone", "Ахметова Айгерим Нурлановна", NULL, NULL,
	    "С уважением, А.Н. и Б.К.", "С уважением, [X] и Б.К." },
	{ "an address in words", NULL, NULL, ADDRESS,
	    "a.akhmetova (at) mail.example, x[собака]mail.example", "[X], [X]" },
	{ "the end of a phone", NULL, NULL, NULL, "8/701/234/56/78 или 234-56-78",
	    "[X] или [X]" },
	{ "other people stay", "Ахметова Айгерим", NULL, NULL,
	    "Доцент Сериков Б. А. и Айгуль из деканата",
	    "Доцент Сериков Б. А. и Айгуль из деканата" },
};

static void
hides(gconstpointer data)
{
	const Row *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(RedactWords) words = redact_words_load(SAMPLE_HIDDEN, &error);
	g_autoptr(Reading) reading = reading_new();
	g_autoptr(Redactor) redactor = NULL;
	g_autofree char *left = NULL;

	g_assert_no_error(error);
	reading->name = g_strdup(row->name);
	reading->from_name = g_strdup(row->from_name);
	reading->from_address = g_strdup(row->address);
	redactor = redactor_new(reading, NULL, words, "[X]");
	left = redactor_apply(redactor, row->text);

	g_assert_cmpstr(left, ==, row->left);
}

/* A name at the very end of what is quoted is not half there. */
static void
hides_before_it_cuts(void)
{
	g_autoptr(Sample) sample = sample_new("forward", "official", LANGUAGE_RU);
	g_autoptr(GError) error = NULL;
	g_auto(Material) material = { 0 };
	About about = sample_about(sample);

	sample->item.confidential = TRUE;
	sample->wording.quote_most = 105;
	g_free(sample->reading->text);
	sample->reading->text = g_strdup_printf("%0100d Иванов Пётр", 0);
	g_assert_true(
	    material_fill(&material, &sample->wording, &about, SAMPLE_NOW, &error));

	g_assert_null(strstr(material.values[FIELD_TEXT], "Ива"));
}

static void
refuses_bad_data(void)
{
	g_autofree char *file = g_build_filename(g_get_tmp_dir(), "redact-XXXXXX", NULL);
	int handle = g_mkstemp(file);
	g_autoptr(GError) error = NULL;
	g_autofree char *expected = NULL;

	g_assert_cmpint(handle, >=, 0);
	close(handle);
	g_file_set_contents(file, "# x\n[adress]\nstreet\n", -1, NULL);
	g_assert_null(redact_words_load(file, &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	expected = g_strdup_printf("%s:2: ", file);
	g_assert_true(g_str_has_prefix(error->message, expected));
	unlink(file);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/redact/%s", rows[i].label);
		g_test_add_data_func(path, &rows[i], hides);
	}
	g_test_add_func("/redact/before it cuts", hides_before_it_cuts);
	g_test_add_func("/redact/bad data", refuses_bad_data);
	return g_test_run();
}
