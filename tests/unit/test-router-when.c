/* Dates as officials write them. */
#include "when.h"

#include <string.h>

#define WORDS TEST_SOURCE_ROOT "/router/data/commands.txt"
#define TODAY "2026-11-23"

static const struct {
	const char *label, *text, *expected; /* "": none; "!": impossible */
	const char *behind;                  /* the word behind it, or NULL */
} dates[] = {
	{ "with dots", "20.12.2026 справка", "2026-12-20", "справка" },
	{ "of ISO", "2026-12-20 reason", "2026-12-20", "reason" },
	{ "with slashes", "20/12/2026", "2026-12-20", NULL },
	{ "with hyphens", "20-12-2026", "2026-12-20", NULL },
	{ "with a year of two digits", "20.12.26 себебі", "2026-12-20", "себебі" },
	{ "slashes, the year first", "2026/12/20", "2026-12-20", NULL },
	{ "dots and blanks", "20. 12. 2026 г. болезнь", "2026-12-20", "болезнь" },
	{ "an en dash", "2026–12–20", "2026-12-20", NULL },
	{ "a hyphen that doesn't break", "2026‑12‑20", "2026-12-20", NULL },
	{ "single digits", "5.1.2027", "2027-01-05", NULL },
	{ "without a year", "20.12. болезнь", "2026-12-20", "болезнь" },
	{ "without a year, next year", "20.01", "2027-01-20", NULL },
	{ "without a year, today", "23.11", TODAY, NULL },
	{ "without a year, yesterday", "22.11", "2027-11-22", NULL },
	{ "the next leap day", "29.02", "2028-02-29", NULL },
	{ "Kazakh", "20 желтоқсан себебі", "2026-12-20", "себебі" },
	{ "Kazakh, until", "20 желтоқсанға дейін себебі", "2026-12-20", "себебі" },
	{ "Kazakh, of a year, until", "20 желтоқсан 2026 жылға дейін", "2026-12-20",
	    NULL },
	{ "Kazakh, the year first", "2026 жылғы 20 желтоқсанға дейін құжат", "2026-12-20",
	    "құжат" },
	{ "Kazakh, the year shortened", "2026 ж. 20 желтоқсан", "2026-12-20", NULL },
	{ "Kazakh, with a hyphen", "20-желтоқсан", "2026-12-20", NULL },
	{ "Kazakh, without its letters", "20 кантар", "2027-01-20", NULL },
	{ "Kazakh, a case ending", "15 қыркүйегіне дейін", "2027-09-15", NULL },
	{ "Russian", "20 декабря запрос", "2026-12-20", "запрос" },
	{ "Russian, until", "до 20 декабря 2026 года включительно запрос", "2026-12-20",
	    "запрос" },
	{ "Russian, the year shortened", "20 декабря 2026 г.", "2026-12-20", NULL },
	{ "Russian, ordinal", "20-го декабря", "2026-12-20", NULL },
	{ "Russian, in capitals", "ДО 20 ДЕКАБРЯ", "2026-12-20", NULL },
	{ "Russian, with no-break spaces", "20\u00a0декабря\u00a02026", "2026-12-20",
	    NULL },
	{ "English", "20 December 2026 illness", "2026-12-20", "illness" },
	{ "English, month first", "December 20, 2026", "2026-12-20", NULL },
	{ "English, month first, no year", "December 20 illness", "2026-12-20",
	    "illness" },
	{ "English, ordinal", "until the 20th of December, 2026", "2026-12-20", NULL },
	{ "English, shortened", "Dec 20th", "2026-12-20", NULL },
	{ "English, in small letters", "by 1 may", "2027-05-01", NULL },
	{ "with an asterisk around", "*20.12.2026*", "2026-12-20", NULL },
	{ "the year stays away from the reason", "20 декабря 15 писем", "2026-12-20",
	    "15" },

	{ "no such day", "31.02.2026", "!", NULL },
	{ "no such day in any year", "31.02.", "!", NULL },
	{ "no such month", "2026-13-01", "!", NULL },
	{ "no such month, in the American order", "12/20/2026", "!", NULL },
	{ "no leap year", "29.02.2027", "!", NULL },
	{ "no such day of that month", "31 қараша", "!", NULL },
	{ "day nought", "0.12.2026", "!", NULL },
	{ "a year of three digits", "20.12.202", "!", NULL },
	{ "a year of five digits", "20.12.20266", "!", NULL },
	{ "month and year", "12.2026", "!", NULL },

	{ "nothing", "", "", NULL },
	{ "a number", "20", "", NULL },
	{ "a number and a word", "20 писем", "", NULL },
	{ "a month", "декабрь", "", NULL },
	{ "a word", "завтра", "", NULL },
	{ "numbers without marks", "20 12 2026", "", NULL },
	{ "a long number", "123456789012345678901234567890", "", NULL },
};

static void
test_dates(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Phrases) words = command_words_load(WORDS, &error);

	g_assert_no_error(error);
	for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
		const char *text = dates[i].text;
		g_autoptr(Row) row = row_split(text, 0, strlen(text));
		g_autofree char *got = NULL, *rest = NULL;
		Day day = 0;
		guint behind = 0;
		When when = when_read(words, row, 0, day_parse(TODAY), &day, &behind);

		g_test_message("%s: %s", dates[i].label, text);
		got = when == WHEN_DATE ? day_format(day)
					: g_strdup(when == WHEN_NONE ? "" : "!");
		g_assert_cmpstr(got, ==, dates[i].expected);
		if (when != WHEN_DATE)
			continue;
		if (behind < row_length(row))
			rest = g_strndup(text + row_span(row, behind)->start,
			    row_span(row, behind)->end - row_span(row, behind)->start);
		g_assert_cmpstr(rest, ==, dates[i].behind);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/router/when/dates", test_dates);
	return g_test_run();
}
