/* What an answer to one applicant tells of another. */
#include "leak.h"
#include "mark.h"
#include "talk-house.h"

#include <sqlite3.h>

static const Spec applicants[] = {
	{ .outcome = OUTCOME_ACCEPT,
	    .from = CITIZEN,
	    .name = "Иванова Анна Петровна",
	    .phone = "+7 701 123 45 67" },
	{ .outcome = OUTCOME_ACCEPT,
	    .from = "Archive77@mail.example",
	    .name = "Сидоров Пётр Ильич",
	    .phone = "8 (702) 765-43-21" },
	{ .outcome = OUTCOME_ACCEPT,
	    .from = "serik@mail.example",
	    .name = "Жұмабеков Серік Болатұлы",
	    .phone = "87750001122" },
	{ .outcome = OUTCOME_ACCEPT, .from = "kim@mail.example", .name = "Ли Ольга" },
	{ .outcome = OUTCOME_ACCEPT,
	    .from = "ivan@mail.example",
	    .name = "Петрова Анна Сергеевна" },
	{ .outcome = OUTCOME_ACCEPT,
	    .from = "bolat@mail.example",
	    .name = "Болатов Серік" },
};

/* An answer to the first. */
static const struct {
	const char *label, *text, *codes;
} texts[] = {
	{ "nothing of anybody", "Расписание исправлено, занятия начнутся в 9:00.", "" },
	{ "her own",
	    "Уважаемая Анна Петровна Иванова! По Вашему обращению 2026-000001 "
	    "ждём Вас, тел. +7 701 123-45-67, " CITIZEN ".",
	    "" },
	{ "a number that is no case's", "См. приказ 2026-000777 и 1999-2000 годы.", "" },
	{ "another's number", "Об этом написано в ответе 2026-000002.", "number" },
	{ "with a dash", "Об этом: №2026–000002.", "number" },
	{ "with blanks", "Об этом: 2026 - 000002", "number" },
	{ "without its noughts", "Об этом: 2026/2.", "number" },
	{ "another's address", "Напишите ему: archive77@MAIL.example.", "email" },
	{ "in brackets", "(см. <archive77@mail.example>)", "email" },
	{ "another's telephone", "Позвоните 8-702-765-43-21.", "phone" },
	{ "with its country", "Позвоните +77027654321", "phone" },
	{ "with no-break spaces", "тел. 8\u00a0702\u00a0765\u00a043\u00a021", "phone" },
	{ "two telephones in a row", "8 727 291 00 11, 8 775 000 11 22", "phone" },
	{ "two telephones with blanks", "8 727 291 00 11 8 775 000 11 22", "phone" },
	{ "a number that is no telephone", "Счёт KZ86125KZT5004100100, сумма 1 200 000.",
	    "" },
	{ "another's name", "Как и Сидоров Пётр, Вы правы.", "name" },
	{ "turned round", "Как и Пётр Сидоров, Вы правы.", "name" },
	{ "in another case", "Об этом мы писали Сидорову Петру Ильичу.", "name" },
	{ "with initials", "Об этом знает Сидоров П.И.", "name" },
	{ "with initials before it", "Об этом сказано П. И. Сидорову.", "name" },
	{ "in capitals", "СИДОРОВА ПЕТРА МЫ ЗНАЕМ.", "name" },
	{ "in Latin", "As Petr Sidorov has written", "name" },
	{ "Kazakh, with an ending", "Жұмабековтің Серікке берген жауабы бар.", "name" },
	{ "Kazakh, without its letters", "Серик Жумабековке айттык.", "name" },
	{ "a short name", "Об этом спросите Ли Ольгу.", "name" },
	{ "a given name alone", "Пётр поможет.", "" },
	{ "a surname alone", "Сидоров поможет.", "" },
	{ "a name and his father's alone", "Пётр Ильич поможет.", "" },
	{ "the parts far from each other",
	    "Пётр поможет Вам в пятницу, а фонд Сидорова закрыт.", "" },
	{ "her father's name, though another's surname begins so",
	    "Уважаемая Анна Петровна, спросите у Серика Болатулы.", "" },
	{ "that other one", "Об этом писала Анна Петрова.", "name" },
	{ "words that are a name, too", "Есть ли Ольгин список?", "name" },
	{ "another person of that surname", "Сидорова Мария поможет.", "" },
	{ "all at once", "Сидоров Пётр, 2026-000002, archive77@mail.example, 87027654321",
	    "number,name,email,phone" },
	{ "a format string", "%s%n 2026-%d @ @@ +", "" },
	{ "no text", NULL, "" },
};

static void
open_cases(House *house)
{
	for (guint i = 0; i < G_N_ELEMENTS(applicants); i++)
		judge(house, &applicants[i]);
	pass_at(house, NOW);
}

static char *
find(House *house, const char *number, const char *text, const GPtrArray *files)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Case) item = store_case_by_number(house->queue, number, NULL);
	g_autoptr(GPtrArray) codes = leak_find(house->router, item, text, files, &error);

	g_assert_no_error(error);
	g_ptr_array_add(codes, NULL);
	return g_strjoinv(",", (char **)codes->pdata);
}

static void
test_texts(House *house, gconstpointer data)
{
	open_cases(house);
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *codes = NULL;

		g_test_message("%s", texts[i].label);
		codes = find(house, "2026-000001", texts[i].text, NULL);
		g_assert_cmpstr(codes, ==, texts[i].codes);
	}
}

static void
test_attachment_names(House *house, gconstpointer data)
{
	const Spec spec = { 0 };
	g_autoptr(Reading) reading = make_reading(&spec);
	g_autofree char *codes = NULL;

	open_cases(house);
	reading_add_attachment(
	    reading, "Ответ_Сидорову_П_И_2026-000002.pdf", "application/pdf", 10);
	codes = find(house, "2026-000001", "Ответ в файле.", reading->attachments);
	g_assert_cmpstr(codes, ==, "number,name");
}

/* The same person with two cases tells nothing of another. */
static void
test_two_cases_of_one(House *house, gconstpointer data)
{
	const Spec second = { .outcome = OUTCOME_ACCEPT,
		.from = CITIZEN,
		.name = "Анна Иванова",
		.phone = "+7 701 123 45 67" };
	g_autofree char *codes = NULL;

	open_cases(house);
	judge(house, &second);
	pass_at(house, NOW);
	codes = find(house, "2026-000001",
	    "Уважаемая Анна Иванова! Тел. 8 701 123 45 67, " CITIZEN, NULL);
	g_assert_cmpstr(codes, ==, "");
}

/* A store from before knew addresses only: the router fills the rest, once. */
static void
test_fill(House *house, gconstpointer data)
{
	sqlite3 *db = NULL;
	g_autofree char *before = NULL, *after = NULL, *mark = NULL;
	gint64 version, done_at;

	open_cases(house);
	g_assert_cmpint(sqlite3_open(house->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db,
			    "DELETE FROM applicants WHERE kind <> 'email'; "
			    "DELETE FROM marks WHERE name = 'applicants'",
			    NULL, NULL, NULL),
	    ==, SQLITE_OK);
	sqlite3_close(db);
	before = find(house, "2026-000001", "Сидоров Пётр, 87027654321", NULL);

	pass_at(house, NOW + 100);

	after = find(house, "2026-000001", "Сидоров Пётр, 87027654321", NULL);
	g_assert_cmpstr(before, ==, "");
	g_assert_cmpstr(after, ==, "name,phone");
	g_assert_true(store_mark(house->router, "applicants", &mark, &done_at, NULL));
	g_assert_cmpint(done_at, ==, NOW + 100);
	version = store_data_version(house->queue);
	pass_at(house, NOW + 200);
	g_assert_cmpint(store_data_version(house->queue), ==, version);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	ADD("/router/leak/texts", test_texts);
	ADD("/router/leak/attachment-names", test_attachment_names);
	ADD("/router/leak/two-cases-of-one", test_two_cases_of_one);
	ADD("/router/leak/fill", test_fill);
	return g_test_run();
}
