#include "when.h"

#define MARKS ".-/\xe2\x80\x93\xe2\x80\x91"
#define NEXT_YEARS 8 /* until the next 29 February, at the latest */

/* What was read of a date; 0 is what does not stand there. */
typedef struct {
	int year, month, day;
	guint behind;
} Parts;

static int
month_at(const Phrases *phrases, const Row *row, guint at, guint *ret_behind)
{
	for (int month = 1; month <= 12 && at < row_length(row); month++) {
		*ret_behind = row_skip(row, phrases, WORDS_MONTH + month - 1, at);
		if (*ret_behind > at)
			return month;
	}
	return 0;
}

/* One or two digits; four are a year. */
static gboolean
is_day(const Row *row, guint at)
{
	gsize digits = row_digits(row, at);

	return digits == 1 || digits == 2;
}

static gboolean
is_year(const Row *row, guint at)
{
	return row_digits(row, at) == 4;
}

/* "26" is 2026. */
static int
year_at(const Row *row, guint at)
{
	int year = row_number(row, at);

	return row_digits(row, at) == 2 ? 2000 + year : year;
}

/* A date's mark, and nothing but blanks beside it. */
static gboolean
is_marked(const Row *row, guint at)
{
	return row_digits(row, at + 1) > 0 && row_gap_has(row, at, MARKS) &&
	    row_gap_is(row, at, MARKS " ");
}

/* 20.12.2026, 20/12/26, 20.12, 2026-12-20 */
static gboolean
read_numbers(const Row *row, guint at, Parts *parts)
{
	gboolean third = is_marked(row, at) && is_marked(row, at + 1);

	if (!is_marked(row, at) || row_digits(row, at) == 0)
		return FALSE;
	parts->month = row_number(row, at + 1);
	parts->behind = at + (third ? 3 : 2);
	if (!is_day(row, at)) {
		parts->year = row_number(row, at);
		parts->day = third ? row_number(row, at + 2) : -1;
	} else {
		parts->day = row_number(row, at);
		parts->year = third ? year_at(row, at + 2) : 0;
		if (third && !is_year(row, at + 2) && row_digits(row, at + 2) != 2)
			parts->year = -1;
	}
	return TRUE;
}

/* " 2026 жылғы", ", 2026" or nothing */
static guint
read_year(const Phrases *phrases, const Row *row, guint at, Parts *parts)
{
	guint behind = row_skip(row, phrases, WORDS_YEAR, at + 1);

	if (at == 0 || !row_gap_is(row, at - 1, " .,"))
		return at;
	if (is_year(row, at) || (is_day(row, at) && behind > at + 1)) {
		parts->year = year_at(row, at);
		return behind;
	}
	return at;
}

/* 20 декабря, 20th of December 2026, 20-желтоқсан */
static gboolean
read_day_month(const Phrases *phrases, const Row *row, guint at, Parts *parts)
{
	guint month_starts = at + 1, behind;

	if (!is_day(row, at))
		return FALSE;
	for (guint i = 0; i < 2; i++) /* "th", "of" */
		month_starts = row_skip(row, phrases, WORDS_ORDINAL, month_starts);
	parts->month = month_at(phrases, row, month_starts, &behind);
	if (parts->month == 0 || !row_gap_is(row, at, " -."))
		return FALSE;
	parts->day = row_number(row, at);
	parts->behind = read_year(phrases, row, behind, parts);
	return TRUE;
}

/* December 20, 2026 */
static gboolean
read_month_day(const Phrases *phrases, const Row *row, guint at, Parts *parts)
{
	guint behind;

	parts->month = month_at(phrases, row, at, &behind);
	if (parts->month == 0 || !is_day(row, behind))
		return FALSE;
	parts->day = row_number(row, behind);
	behind = row_skip(row, phrases, WORDS_ORDINAL, behind + 1);
	parts->behind = read_year(phrases, row, behind, parts);
	return TRUE;
}

/* 2026 жылғы 20 желтоқсан */
static gboolean
read_year_first(const Phrases *phrases, const Row *row, guint at, Parts *parts)
{
	guint behind = row_skip(row, phrases, WORDS_YEAR, at + 1);

	if (!is_year(row, at))
		return FALSE;
	if (!read_day_month(phrases, row, behind, parts) &&
	    !read_month_day(phrases, row, behind, parts))
		return FALSE;
	parts->year = row_number(row, at);
	return TRUE;
}

/* The next such day. */
static Day
without_year(const Parts *parts, Day today)
{
	for (int i = 0; i <= NEXT_YEARS; i++) {
		Day day = day_from_ymd(day_year(today) + i, parts->month, parts->day);

		if (day >= today)
			return day;
	}
	return 0;
}

static guint
skip_behind(const Phrases *phrases, const Row *row, guint at)
{
	guint behind = row_skip(row, phrases, WORDS_YEAR, at);

	return row_skip(row, phrases, WORDS_AFTER_DATE, behind);
}

When
when_read(const Phrases *phrases, const Row *row, guint at, Day today, Day *ret_day,
    guint *ret_behind)
{
	Parts parts = { 0 };
	guint before;

	do {
		before = at;
		at = row_skip(row, phrases, WORDS_BEFORE_DATE, at);
	} while (at > before);
	if (at >= row_length(row) ||
	    (!read_numbers(row, at, &parts) &&
		!read_day_month(phrases, row, at, &parts) &&
		!read_month_day(phrases, row, at, &parts) &&
		!read_year_first(phrases, row, at, &parts)))
		return WHEN_NONE;
	*ret_behind = skip_behind(phrases, row, parts.behind);
	*ret_day = parts.year == 0 ? without_year(&parts, today)
				   : day_from_ymd(parts.year, parts.month, parts.day);
	return *ret_day != 0 ? WHEN_DATE : WHEN_IMPOSSIBLE;
}
