/* Dates: of Received lines, and of the server. */
#include "received.h"
#include "take.h"

#include <string.h>

static const struct {
	const char *label, *text;
	gint64 at;
} dates[] = {
	{ "with a weekday and a comment", "Fri, 20 Mar 2026 17:59:59 +0500 (+05)",
	    1774011599 },
	{ "without a weekday", " 20 Mar 2026 12:59:59 +0000", 1774011599 },
	{ "without seconds", "20 Mar 2026 12:59 GMT", 1774011540 },
	{ "west of Greenwich", "20 Mar 2026 08:29:59 -0430", 1774011599 },
	{ "a day of one digit", "Thu, 5 Mar 2026 00:00:00 +0500", 1772650800 },
	{ "a leap second", "31 Dec 2016 23:59:60 +0000", 1483228800 },
	{ "an unknown month", "20 Mär 2026 12:59:59 +0000", 0 },
	{ "no zone", "20 Mar 2026 12:59:59", 0 },
	{ "a zone by name", "20 Mar 2026 12:59:59 ALMT", 0 },
	{ "a zone beyond the earth", "20 Mar 2026 12:59:59 +9900", 0 },
	{ "an hour beyond the day", "20 Mar 2026 25:59:59 +0000", 0 },
	{ "a day beyond the month", "42 Mar 2026 12:59:59 +0000", 0 },
	{ "a year of two digits", "20 Mar 26 12:59:59 +0000", 0 },
	{ "nothing", "", 0 },
};

static void
test_dates(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
		g_test_message("%s", dates[i].label);
		g_assert_cmpint(received_parse_date(dates[i].text), ==, dates[i].at);
	}
}

static const struct {
	const char *label, *header;
	gint64 at;
} headers[] = {
	{ "the topmost of two",
	    "Received: a; 20 Mar 2026 12:59:59 +0000\r\n"
	    "Received: b; 19 Mar 2026 12:59:59 +0000\r\n\r\n",
	    1774011599 },
	{ "folded, in any case",
	    "X: y\nreceived: from a\n\tby b (c;d)\n ; 20 Mar 2026 12:59:59 +0000\n",
	    1774011599 },
	{ "only after the header", "X: y\n\nReceived: a; 20 Mar 2026 12:59:59 +0000\n",
	    0 },
	{ "without a semicolon", "Received: by b\n\n", 0 },
	{ "another field with that beginning",
	    "Received-SPF: x; 20 Mar 2026 12:59:59 +0000\n", 0 },
	{ "a Date", "Date: 20 Mar 2026 12:59:59 +0000\n\n", 0 },
};

static void
test_headers(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(headers); i++) {
		g_test_message("%s", headers[i].label);
		g_assert_cmpint(received_at(headers[i].header, strlen(headers[i].header)),
		    ==, headers[i].at);
	}
}

static const struct {
	const char *label;
	struct mailimap_date_time date;
	gint64 at;
} internal[] = {
	{ "east", { 20, 3, 2026, 17, 59, 59, 500 }, 1774011599 },
	{ "west, with minutes", { 20, 3, 2026, 8, 29, 59, -430 }, 1774011599 },
	{ "another day in UTC", { 1, 1, 2026, 0, 0, 0, 500 }, 1767207600 },
	{ "no month", { 20, 0, 2026, 17, 59, 59, 500 }, -1 },
	{ "an hour beyond the day", { 20, 3, 2026, 24, 0, 0, 500 }, -1 },
	{ "a zone beyond the earth", { 20, 3, 2026, 17, 59, 59, 9900 }, -1 },
	{ "before all mail", { 20, 3, 1900, 17, 59, 59, 500 }, -1 },
};

static void
test_internal(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(internal); i++) {
		g_test_message("%s", internal[i].label);
		g_assert_cmpint(take_date(&internal[i].date), ==, internal[i].at);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/received/dates", test_dates);
	g_test_add_func("/received/headers", test_headers);
	g_test_add_func("/received/the server's dates", test_internal);
	return g_test_run();
}
