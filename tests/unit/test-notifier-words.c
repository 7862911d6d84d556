#include "counted.h"
#include "fault.h"
#include "regulation.h"
#include "words.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEXTS TEST_SOURCE_ROOT "/notifier/data/templates/"

static Words *words[N_LANGUAGES];

typedef struct {
	const char *day;
	const char *said[N_LANGUAGES];
} DateRow;

static const DateRow dates[] = {
	{ "2026-01-01",
	    { "2026 жылғы 1 қаңтар", "1 января 2026 года", "1 January 2026" } },
	{ "2026-02-28",
	    { "2026 жылғы 28 ақпан", "28 февраля 2026 года", "28 February 2026" } },
	{ "2027-03-21",
	    { "2027 жылғы 21 наурыз", "21 марта 2027 года", "21 March 2027" } },
	{ "2026-04-09", { "2026 жылғы 9 сәуір", "9 апреля 2026 года", "9 April 2026" } },
	{ "2026-05-07", { "2026 жылғы 7 мамыр", "7 мая 2026 года", "7 May 2026" } },
	{ "2026-06-30", { "2026 жылғы 30 маусым", "30 июня 2026 года", "30 June 2026" } },
	{ "2026-07-06", { "2026 жылғы 6 шілде", "6 июля 2026 года", "6 July 2026" } },
	{ "2026-08-15",
	    { "2026 жылғы 15 тамыз", "15 августа 2026 года", "15 August 2026" } },
	{ "2026-09-01",
	    { "2026 жылғы 1 қыркүйек", "1 сентября 2026 года", "1 September 2026" } },
	{ "2026-10-25",
	    { "2026 жылғы 25 қазан", "25 октября 2026 года", "25 October 2026" } },
	{ "2026-11-20",
	    { "2026 жылғы 20 қараша", "20 ноября 2026 года", "20 November 2026" } },
	{ "2026-12-11",
	    { "2026 жылғы 11 желтоқсан", "11 декабря 2026 года", "11 December 2026" } },
	{ "2024-02-29",
	    { "2024 жылғы 29 ақпан", "29 февраля 2024 года", "29 February 2024" } },
	/* What is no day is told as it is. */
	{ "2025-02-29", { "2025-02-29", "2025-02-29", "2025-02-29" } },
	{ "2026-13-01", { "2026-13-01", "2026-13-01", "2026-13-01" } },
	{ "soon", { "soon", "soon", "soon" } },
	{ "", { "", "", "" } },
};

static void
says_dates(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(dates); i++)
		for (guint language = 0; language < N_LANGUAGES; language++) {
			g_autofree char *said =
			    words_date(words[language], "date", dates[i].day);
			g_assert_cmpstr(said, ==, dates[i].said[language]);
		}
}

static void
says_moments(void)
{
	static const char *const said[] = {
		"2026 жылғы 20 қараша, сағат 18:05 (Алматы уақыты)",
		"20 ноября 2026 года в 18:05 (время Алматы)",
		"20 November 2026 at 18:05 (Almaty time)"
	};

	for (guint language = 0; language < N_LANGUAGES; language++) {
		g_autofree char *moment =
		    words_moment(words[language], "2026-11-20T18:05");
		g_autofree char *hour = words_time(words[language], "2026-11-20T18:05");
		g_assert_cmpstr(moment, ==, said[language]);
		g_assert_cmpstr(hour, ==, "18:05");
	}
}

typedef struct {
	const char *label, *line;
	const char *said[N_LANGUAGES];
} CountRow;

static const CountRow counts[] = {
	{ "a day off by a holiday", "2026-12-16 off Independence Day",
	    { "16 желтоқсан: Тәуелсіздік күні, есепке алынбайды",
		"16 декабря: День Независимости, не считается",
		"16 December: Independence Day, not counted" } },
	{ "a holiday with an apostrophe",
	    "2026-03-09 off Women's Day: rest day carried over from the weekend",
	    { "9 наурыз: Халықаралық әйелдер күні (ауыстырылған демалыс күні), есепке "
	      "алынбайды",
		"9 марта: Международный женский день (перенесённый день отдыха), не "
		"считается",
		"9 March: International Women's Day (rest day carried over), not "
		"counted" } },
	{ "a moved rest day",
	    "2025-01-03 off rest day moved here from 2025-01-05 by the ministry",
	    { "3 қаңтар: ауыстырылған демалыс күні, есепке алынбайды",
		"3 января: перенесённый день отдыха, не считается",
		"3 January: rest day moved to this date, not counted" } },
	{ "a holiday that has no word", "2028-05-05 off Feast of Nobody",
	    { "5 мамыр: демалыс күні, есепке алынбайды",
		"5 мая: день отдыха, не считается", "5 May: rest day, not counted" } },
	{ "a span within a month", "2026-03-21..2026-03-25 off Nauryz",
	    { "21–25 наурыз: Наурыз мейрамы, есепке алынбайды",
		"21–25 марта: Наурыз мейрамы, не считается",
		"21–25 March: Nauryz, not counted" } },
	{ "a span over two months", "2026-11-30..2026-12-04 day 5..9",
	    { "30 қараша – 4 желтоқсан: 5–9-жұмыс күндері",
		"30 ноября – 4 декабря: рабочие дни 5–9",
		"30 November – 4 December: working days 5 to 9" } },
	{ "a weekend", "2026-11-28..2026-11-29 weekend",
	    { "28–29 қараша: демалыс күндері, есепке алынбайды",
		"28–29 ноября: выходные, не считаются",
		"28–29 November: weekend, not counted" } },
	{ "one day", "2026-12-14 day 15",
	    { "14 желтоқсан: 15-жұмыс күні", "14 декабря: рабочий день 15",
		"14 December: working day 15" } },
	{ "a working weekend day", "2024-05-04 day 7 worked",
	    { "4 мамыр, сенбі: 7-жұмыс күні (жұмыс күні болып белгіленген демалыс)",
		"4 мая, суббота: рабочий день 7 (выходной, объявленный рабочим)",
		"Saturday, 4 May: working day 7 (a working weekend day)" } },
	{ "received after hours", "2026-02-02 late 18:00:01",
	    { "2 ақпан, дүйсенбі: хат жұмыс уақыты аяқталғаннан кейін келіп түсті (сағат "
	      "18:00)",
		"2 февраля, понедельник: письмо поступило в 18:00, после окончания "
		"рабочего дня",
		"Monday, 2 February: received at 18:00, after the end of the working "
		"day" } },
	{ "received on a day that is not worked", "2026-02-07 received 14:14:01",
	    { "7 ақпан, сенбі: хат жұмыс емес күні келіп түсті (сағат 14:14)",
		"7 февраля, суббота: письмо поступило в 14:14, день нерабочий",
		"Saturday, 7 February: received at 14:14, not a working day" } },
	{ "registered", "2026-03-20 registered",
	    { "20 наурыз, жұма: өтініш тіркелді",
		"20 марта, пятница: обращение зарегистрировано",
		"Friday, 20 March: registered" } },
	{ "what it does not know", "2026-03-20 postponed", { NULL, NULL, NULL } },
	{ "no line at all", "", { NULL, NULL, NULL } },
};

static void
counts_days(gconstpointer data)
{
	const CountRow *row = data;

	for (guint language = 0; language < N_LANGUAGES; language++) {
		g_autofree char *said = counted_lines(words[language], row->line);
		g_assert_cmpstr(said, ==, row->said[language]);
	}
}

static void
keeps_lines_apart(void)
{
	g_autofree char *said = counted_lines(words[LANGUAGE_EN],
	    "2026-03-20 registered\n2026-03-21..2026-03-25 off Nauryz\n2026-03-26 day 1");

	g_assert_cmpstr(said, ==,
	    "Friday, 20 March: registered\n21–25 March: Nauryz, not counted\n"
	    "26 March: working day 1");
}

/* One word less in one language is told with its place. */
static void
misses_a_word(void)
{
	g_autofree char *folder = g_dir_make_tmp("words-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "words.txt", NULL);
	g_autofree char *text = NULL;
	g_autoptr(Words) less = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_get_contents(TEXTS "en/words.txt", &text, NULL, NULL));
	g_assert_true(
	    g_file_set_contents(file, text, strstr(text, "social=") - text, NULL));
	less = words_load(folder, &error);
	g_assert_no_error(error);
	g_assert_false(words_match(less, words[LANGUAGE_RU], &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_true(g_str_has_prefix(error->message, file));
	g_assert_nonnull(strstr(error->message, "is missing"));
	g_clear_error(&error);
	g_assert_true(words_match(words[LANGUAGE_RU], less, NULL));
	g_assert_true(words_match(words[LANGUAGE_RU], words[LANGUAGE_EN], NULL));
	g_assert_true(words_match(words[LANGUAGE_RU], words[LANGUAGE_KK], NULL));
	g_assert_true(g_file_set_contents(file, "[dates]\nmonths=a;b\n", -1, NULL));
	g_clear_pointer(&less, words_free);
	less = words_load(folder, &error);

	g_assert_null(less);
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_assert_true(g_str_has_prefix(error->message, file));
	g_assert_nonnull(strstr(error->message, "[dates] date: is missing"));
	g_remove(file);
	g_rmdir(folder);
}

int
main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	for (guint language = 0; language < N_LANGUAGES; language++) {
		g_autofree char *folder =
		    g_build_filename(TEXTS, language_names[language], NULL);
		g_autoptr(GError) error = NULL;
		words[language] = words_load(folder, &error);
		g_assert_no_error(error);
	}
	g_test_add_func("/words/dates in three languages", says_dates);
	g_test_add_func("/words/moments in three languages", says_moments);
	g_test_add_func("/words/a missing word", misses_a_word);
	for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_autofree char *path = g_strdup_printf("/counted/%s", counts[i].label);
		g_test_add_data_func(path, &counts[i], counts_days);
	}
	g_test_add_func("/counted/a line for each", keeps_lines_apart);
	status = g_test_run();
	for (guint language = 0; language < N_LANGUAGES; language++)
		words_free(words[language]);
	return status;
}
