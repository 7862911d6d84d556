/* The calendar and the clock of 3.6: the reference cases, what the lint refuses, and
 * where the calendar ends. */
#include "calendar.h"
#include "clock.h"
#include "due.h"
#include "fault.h"

#include <glib/gstdio.h>
#include <string.h>

#define DATA TEST_SOURCE_ROOT "/router/data/"
#define CASES TEST_SOURCE_ROOT "/tests/unit/data/due-cases.tsv"

static const DueRule rule = { .term_days = 15, .closing = 18 * 60 };

typedef struct {
	Calendar *calendar;
	GTimeZone *zone;
	char *folder, *days;
} House;

static void
set_up(House *house, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	house->calendar = calendar_load(DATA "kz-days.tsv", DATA "holidays.tsv", &error);
	g_assert_no_error(error);
	house->zone = g_time_zone_new_identifier("Asia/Almaty");
	g_assert_nonnull(house->zone);
	house->folder = g_dir_make_tmp("router-XXXXXX", &error);
	g_assert_no_error(error);
	house->days = g_build_filename(house->folder, "days.tsv", NULL);
}

static void
tear_down(House *house, gconstpointer data)
{
	g_unlink(house->days);
	g_rmdir(house->folder);
	g_free(house->days);
	g_free(house->folder);
	g_time_zone_unref(house->zone);
	calendar_free(house->calendar);
}

static Due
count(House *house, const char *received)
{
	g_autoptr(GError) error = NULL;
	Due due = { 0 };
	gint64 at;

	g_assert_true(clock_parse(received, &at, &error));
	due_count(house->calendar, &rule, house->zone, at, &due, &error);
	g_assert_no_error(error);
	return due;
}

static void
check_day(const char *id, const char *what, Day day, const char *expected)
{
	g_autofree char *text = day != 0 ? day_format(day) : g_strdup("none");

	if (strcmp(text, expected) != 0)
		g_error("%s: %s is %s, expected %s", id, what, text, expected);
}

static void
test_reference_cases(House *house, gconstpointer data)
{
	g_autofree char *content = NULL;
	g_auto(GStrv) lines = NULL;
	int checked = 0;

	g_assert_true(g_file_get_contents(CASES, &content, NULL, NULL));
	lines = g_strsplit(content, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) column = g_strsplit(lines[i], "\t", -1);
		g_auto(Due) due = { 0 };
		g_autofree char *local = NULL;
		g_autofree char *local_day = NULL;

		if (*lines[i] == '#' || *lines[i] == '\0')
			continue;
		g_assert_cmpuint(g_strv_length(column), ==, 10);
		due = count(house, column[1]);
		local = day_format(due.received);
		local_day = g_strdup_printf("%sT%02d:%02d:%02d", local,
		    due.received_seconds / 3600, due.received_seconds / 60 % 60,
		    due.received_seconds % 60);
		g_assert_true(g_str_has_prefix(column[2], local_day));
		check_day(column[0], "registered_on", due.registered, column[3]);
		check_day(column[0], "day1", due.day1, column[4]);
		check_day(column[0], "due_on", due.due, column[5]);
		check_day(column[0], "strict_due", due.strict_due, column[6]);
		check_day(column[0], "notice_by", due.notice_by, column[7]);
		check_day(column[0], "extended_max", due.extended_max, column[8]);
		checked++;
	}
	g_assert_cmpint(checked, ==, 100);
}

static const struct {
	const char *label, *received, *said;
} explained[] = {
	{ "over Nauryz", "2026-03-20T17:59:59+05:00",
	    "Fri 20 March registered; 21-25 March Nauryz, not counted; 26 March = day 1; "
	    "27 March = day 2; 28-29 March weekend, not counted; 30 March - 3 April = "
	    "days 3-7; 4-5 April weekend, not counted; 6-10 April = days 8-12; 11-12 "
	    "April weekend, not counted; 13-14 April = days 13-14; 15 April = day 15" },
	{ "after hours before a working Saturday, over three holidays",
	    "2024-05-03T18:00:01+05:00",
	    "Fri 3 May received at 18:00:01, after the closing hour; Sat 4 May "
	    "registered; 5 May weekend, not counted; 6 May = day 1; 7-9 May Defender "
	    "Day, rest day moved here from 2024-05-04, Victory Day, not counted; 10 May "
	    "= day 2; 11-12 May weekend, not counted; 13-17 May = days 3-7; 18-19 May "
	    "weekend, not counted; 20-24 May = days 8-12; 25-26 May weekend, not "
	    "counted; 27-28 May = days 13-14; 29 May = day 15" },
	{ "a working Saturday within the term, a weekend before it",
	    "2024-04-14T04:12:29+05:00",
	    "Sun 14 April received at 04:12:29, not a working day; 14 April weekend, not "
	    "counted; Mon 15 April registered; 16 April = day 1; 17-19 April = days 2-4; "
	    "20-21 April weekend, not counted; 22-26 April = days 5-9; 27-28 April "
	    "weekend, not counted; 29-30 April = days 10-11; 1 May Unity Day, not "
	    "counted; 2-3 May = days 12-13; Sat 4 May, a working weekend day = day 14; 5 "
	    "May weekend, not counted; 6 May = day 15" },
};

static void
test_explanation(House *house, gconstpointer data)
{
	for (guint i = 0; i < G_N_ELEMENTS(explained); i++) {
		g_auto(Due) due = count(house, explained[i].received);
		g_auto(GStrv) lines = due_explain(&due);
		g_autofree char *said = g_strjoinv("; ", lines);

		g_test_message("%s", explained[i].label);
		g_assert_cmpstr(said, ==, explained[i].said);
	}
}

static void
test_why_lines(House *house, gconstpointer data)
{
	g_auto(Due) due = count(house, "2025-12-30T18:00:01+05:00");

	g_assert_cmpstr(due.why, ==,
	    "2025-12-30 late 18:00:01\n"
	    "2025-12-31 registered\n"
	    "2026-01-01..2026-01-04 off New Year\n"
	    "2026-01-05 day 1\n"
	    "2026-01-06 day 2\n"
	    "2026-01-07 off Orthodox Christmas\n"
	    "2026-01-08..2026-01-09 day 3..4\n"
	    "2026-01-10..2026-01-11 weekend\n"
	    "2026-01-12..2026-01-16 day 5..9\n"
	    "2026-01-17..2026-01-18 weekend\n"
	    "2026-01-19..2026-01-23 day 10..14\n"
	    "2026-01-24..2026-01-25 weekend\n"
	    "2026-01-26 day 15");
}

/* The reader's own count: each working day between registration and due date stands in
 * one line, in order, and the last number is 15. */
static void
test_why_numbers_add_up(House *house, gconstpointer data)
{
	for (Day day = day_parse("2021-01-04"); day <= day_parse("2027-11-01"); day++) {
		g_autofree char *date = day_format(day),
				*instant = g_strconcat(date, "T20:00:00Z", NULL);
		g_auto(Due) due = count(house, instant);
		g_auto(GStrv) lines = g_strsplit(due.why, "\n", -1);
		Day next = due.received;
		int number = 0;

		for (int i = 0; lines[i] != NULL; i++) {
			g_auto(GStrv) words = g_strsplit(lines[i], " ", 3);
			g_auto(GStrv) ends = g_strsplit(words[0], "..", 2);
			Day from = day_parse(ends[0]);
			Day until = ends[1] != NULL ? day_parse(ends[1]) : from;

			if (strcmp(words[1], "received") == 0)
				continue;
			g_assert_cmpuint(from, ==, next);
			next = until + 1;
			if (strcmp(words[1], "day") != 0)
				continue;
			g_assert_cmpint(atoi(words[2]), ==, number + 1);
			number += (int)(until - from) + 1;
		}
		g_assert_cmpint(number, ==, 15);
		g_assert_cmpuint(next, ==, due.due + 1);
	}
}

static void
test_json(House *house, gconstpointer data)
{
	g_auto(Due) due = count(house, "2026-12-24T10:00:00+05:00");
	g_autofree char *json = due_json(&due, house->calendar);
	g_autofree char *version =
	    g_strdup_printf("\"calendar\":\"%s\"", calendar_version(house->calendar));

	g_assert_true(g_str_has_prefix(json,
	    "{\"registered\":\"2026-12-24\",\"day1\":\"2026-12-25\",\"due\":\"2027-01-"
	    "19\","
	    "\"strict_due\":\"2027-01-18\",\"notice_by\":\"2027-01-22\","
	    "\"extended_max\":\"2027-03-19\""));
	g_assert_nonnull(strstr(json, version));
	g_assert_nonnull(
	    strstr(json, "\"explanation\":[\"Thu 24 December registered\","));
	g_assert_nonnull(strstr(json, "1-4 January 2027 New Year, not counted"));
}

/* A good year but for one line: `from` is replaced by `to`. */
static const struct {
	const char *label, *from, *to, *expected;
} bad_files[] = {
	{ "a rest day on a Sunday", "2027-03-22\toff", "2027-03-21\toff",
	    ":116: 2027-03-21 is a weekend day, so it can't be made a rest day" },
	{ "a working day on a Wednesday", "2021-07-03\twork", "2021-06-30\twork",
	    ":21: 2021-06-30 is a weekday, so it can't be made a working day" },
	{ "a day that is none", "2026-01-07\t", "2026-02-29\t",
	    ":99: \"2026-02-29\" is no date like 2026-03-23" },
	{ "a day spelled otherwise", "2026-01-07\t", "2026-1-7\t",
	    ":99: \"2026-1-7\" is no date like 2026-03-23" },
	{ "an unknown kind", "2026-01-07\toff", "2026-01-07\tOff",
	    ":99: kind \"Off\" must be off or work" },
	{ "no tabs", "2026-01-07\toff\t", "2026-01-07 off ",
	    ":99: expected date, kind and reason, separated by tabs" },
	{ "a day twice", "2026-01-07\t", "2026-01-02\t",
	    ":99: 2026-01-02 stands here twice" },
	{ "a day out of order", "2026-01-07\t", "2025-12-15\t",
	    ":99: 2025-12-15 must stand before the day above it" },
	{ "a holiday that is missing", "2026-05-01\t", "2026-04-30\t",
	    ": 2026-05-01: Unity Day must be off" },
	{ "a carried-over day that is missing", "2026-05-11\t", "2026-05-12\t",
	    ": 2026-05-11: Victory Day (2026-05-09) falls on a weekend, so this day must "
	    "be off" },
	{ "the second carried-over day that is missing", "2026-03-25\t", "2026-03-26\t",
	    ": 2026-03-25: Nauryz (2026-03-22) falls on a weekend, so this day must be "
	    "off" },
	{ "a carried-over day that jumps over a holiday", "2022-05-10\t", "2022-05-11\t",
	    ": 2022-05-10: Defender Day (2022-05-07) falls on a weekend, so this day "
	    "must be off" },
	{ "coverage that is no span", "# covers: 2021-01-01 .. 2027-12-31",
	    "# covers: all", ":2: expected covers: DATE .. DATE" },
	{ "coverage that leaves a day out", "# covers: 2021-01-01 .. 2027-12-31",
	    "# covers: 2021-01-01 .. 2026-12-31",
	    ": a day lies outside the dates it says it covers" },
	{ "a year promised, not given", "# covers: 2021-01-01 .. 2027-12-31",
	    "# covers: 2021-01-01 .. 2028-12-31",
	    ": 2028-01-03: New Year (2028-01-01) falls on a "
	    "weekend, so this day must be off" },
};

static void
test_lint(House *house, gconstpointer data)
{
	g_autofree char *good = NULL;

	g_assert_true(g_file_get_contents(DATA "kz-days.tsv", &good, NULL, NULL));
	for (guint i = 0; i < G_N_ELEMENTS(bad_files); i++) {
		g_autoptr(GString) content = g_string_new(good);
		g_autoptr(GError) error = NULL;
		g_autofree char *expected =
		    g_strconcat(house->days, bad_files[i].expected, NULL);
		Calendar *calendar;

		g_test_message("%s", bad_files[i].label);
		g_assert_cmpuint(
		    g_string_replace(content, bad_files[i].from, bad_files[i].to, 1), ==,
		    1);
		g_assert_true(g_file_set_contents(house->days, content->str, -1, NULL));

		calendar = calendar_load(house->days, DATA "holidays.tsv", &error);

		g_assert_null(calendar);
		g_assert_error(error, FAULT, FAULT_SETUP);
		g_assert_cmpstr(error->message, ==, expected);
	}
}

static void
test_missing_file(House *house, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(calendar_load("/nowhere/days.tsv", DATA "holidays.tsv", &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
	g_clear_error(&error);
	g_assert_null(calendar_load(DATA "kz-days.tsv", "/nowhere/holidays.tsv", &error));
	g_assert_error(error, FAULT, FAULT_SETUP);
}

/* Two files never share a version, whatever they say of themselves. */
static void
test_version(House *house, gconstpointer data)
{
	g_autoptr(Calendar) other = NULL;
	g_autoptr(GString) content = NULL;
	g_autofree char *good = NULL;

	g_assert_true(g_file_get_contents(DATA "kz-days.tsv", &good, NULL, NULL));
	content = g_string_new(good);
	g_string_replace(content, "2026-05-27\toff", "2026-05-28\toff", 1);
	g_assert_true(g_file_set_contents(house->days, content->str, -1, NULL));
	other = calendar_load(house->days, DATA "holidays.tsv", NULL);
	g_assert_nonnull(other);
	g_assert_true(
	    g_str_has_prefix(calendar_version(house->calendar), "2026-07-23 ("));
	g_assert_true(g_str_has_prefix(calendar_version(other), "2026-07-23 ("));
	g_assert_cmpstr(calendar_version(other), !=, calendar_version(house->calendar));
}

/* A file as the sources hand it out, without our two lines, covers its whole years. */
static void
test_plain_file(House *house, gconstpointer data)
{
	g_autoptr(Calendar) plain = NULL;
	g_autoptr(GString) content = NULL;
	g_autofree char *good = NULL;

	g_assert_true(g_file_get_contents(DATA "kz-days.tsv", &good, NULL, NULL));
	content = g_string_new(good);
	g_string_replace(content,
	    "# version: 2026-07-23\n# covers: 2021-01-01 .. 2027-12-31\n", "", 1);
	g_assert_true(g_file_set_contents(house->days, content->str, -1, NULL));
	plain = calendar_load(house->days, DATA "holidays.tsv", NULL);
	g_assert_nonnull(plain);
	g_assert_cmpuint(calendar_first(plain), ==, day_parse("2021-01-01"));
	g_assert_cmpuint(calendar_last(plain), ==, day_parse("2027-12-31"));
}

static void
test_coverage(House *house, gconstpointer data)
{
	static const char *const beyond[] = { "2020-12-31T09:00:00Z",
		"2027-12-25T09:00:00Z", "2028-01-05T09:00:00Z" };
	g_autoptr(GError) error = NULL;
	g_autofree char *expected = g_strdup_printf(
	    "calendar %s covers 2021-01-01 to 2027-12-31, so 2028-01-01 can't be "
	    "counted",
	    calendar_version(house->calendar));
	g_auto(Due) last = { 0 };
	gint64 at;

	for (guint i = 0; i < G_N_ELEMENTS(beyond); i++) {
		g_auto(Due) due = { 0 };

		g_clear_error(&error);
		g_assert_true(clock_parse(beyond[i], &at, NULL));
		g_assert_false(
		    due_count(house->calendar, &rule, house->zone, at, &due, &error));
		g_assert_error(error, FAULT, FAULT_SETUP);
		if (i == 1)
			g_assert_cmpstr(error->message, ==, expected);
	}
	/* The last term that fits; what lies beyond it is missing, never guessed. */
	last = count(house, "2027-12-09T09:00:00Z");
	check_day("last", "due_on", last.due, "2027-12-31");
	check_day("last", "notice_by", last.notice_by, "none");
	check_day("last", "extended_max", last.extended_max, "none");
}

static const struct {
	const char *label, *today, *expected;
} warnings[] = {
	{ "a covered year", "2025-12-31", NULL },
	{ "a forecast year is enough in November", "2026-11-30", NULL },
	{ "a forecast year is not enough in December", "2026-12-01",
	    "the calendar's year 2027 is still a forecast" },
	{ "a missing year may wait until September", "2027-09-30", NULL },
	{ "a missing year from October", "2027-10-01",
	    "the calendar does not have the year 2028 yet" },
	{ "a missing year in December", "2027-12-01",
	    "the calendar does not have the year 2028 yet" },
	{ "a missing year that has begun", "2028-01-01",
	    "the calendar does not have the year 2028" },
	{ "a year long past the calendar", "2099-06-30",
	    "the calendar does not have the year 2099" },
};

static void
test_warnings(House *house, gconstpointer data)
{
	for (guint i = 0; i < G_N_ELEMENTS(warnings); i++) {
		g_autofree char *warning =
		    calendar_warning(house->calendar, day_parse(warnings[i].today));

		g_test_message("%s", warnings[i].label);
		g_assert_cmpstr(warning, ==, warnings[i].expected);
	}
}

static void
test_months(House *house, gconstpointer data)
{
	static const struct {
		const char *from, *to;
	} sums[] = { { "2026-12-31", "2027-02-28" }, { "2027-12-30", "2028-02-29" },
		{ "2026-07-31", "2026-09-30" }, { "2026-08-31", "2026-10-31" },
		{ "2026-01-21", "2026-03-21" } };

	for (guint i = 0; i < G_N_ELEMENTS(sums); i++)
		check_day(sums[i].from, "+ 2 months",
		    day_add_months(day_parse(sums[i].from), 2), sums[i].to);
}

/* Old time zone data would still say UTC+6. */
static void
test_zone(House *house, gconstpointer data)
{
	int seconds = 0;
	gint64 at;

	g_assert_true(clock_parse("2025-01-01T12:00:00Z", &at, NULL));
	g_assert_cmpuint(
	    day_of_instant(at, house->zone, &seconds), ==, day_parse("2025-01-01"));
	g_assert_cmpint(seconds, ==, 17 * 3600);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
#define ADD(path, function) g_test_add(path, House, NULL, set_up, function, tear_down)
	ADD("/router/due/reference-cases", test_reference_cases);
	ADD("/router/due/explanation", test_explanation);
	ADD("/router/due/why-lines", test_why_lines);
	ADD("/router/due/why-numbers-add-up", test_why_numbers_add_up);
	ADD("/router/due/json", test_json);
	ADD("/router/calendar/lint", test_lint);
	ADD("/router/calendar/missing-file", test_missing_file);
	ADD("/router/calendar/version", test_version);
	ADD("/router/calendar/plain-file", test_plain_file);
	ADD("/router/calendar/coverage", test_coverage);
	ADD("/router/calendar/warnings", test_warnings);
	ADD("/router/calendar/months", test_months);
	ADD("/router/calendar/zone", test_zone);
	return g_test_run();
}
