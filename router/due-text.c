/* The clock's explanation in English, for --due.  Mails have it in three languages from
 * the notifier, out of the same lines. */
#include "due.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const char *const months[] = { "January", "February", "March", "April", "May",
	"June", "July", "August", "September", "October", "November", "December" };
static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

/* "Fri 20 March 2026"; the weekday only where asked for, the year when it is another than
 * the one the reader has in mind. */
static char *
spell(Day day, gboolean weekday, int year)
{
	g_autofree char *with_year =
	    day_year(day) != year ? g_strdup_printf(" %d", day_year(day)) : g_strdup("");

	return g_strdup_printf("%s%s%d %s%s",
	    weekday ? weekdays[day_weekday(day) - 1] : "", weekday ? " " : "",
	    day_of_month(day), months[day_month(day) - 1], with_year);
}

static char *
spell_span(Day from, Day until, int year)
{
	g_autofree char *first = spell(from, FALSE, day_year(from)),
			*last = spell(until, FALSE, year);

	if (from == until)
		return g_steal_pointer(&last);
	if (day_year(from) == day_year(until) && day_month(from) == day_month(until))
		return g_strdup_printf("%d-%s", day_of_month(from), last);
	return g_strdup_printf("%s - %s", first, last);
}

/* What the words after the dates say. */
static char *
spell_line(Day from, Day until, const char *what, int year)
{
	g_autofree char *span = spell_span(from, until, year),
			*day = spell(from, TRUE, year);
	const char *rest = strchr(what, ' ') != NULL ? strchr(what, ' ') + 1 : "";
	int first = atoi(rest);

	if (g_str_has_prefix(what, "late"))
		return g_strdup_printf(
		    "%s received at %s, after the closing hour", day, rest);
	if (g_str_has_prefix(what, "received"))
		return g_strdup_printf("%s received at %s, not a working day", day, rest);
	if (g_str_has_prefix(what, "registered"))
		return g_strdup_printf("%s registered", day);
	if (g_str_has_prefix(what, "off"))
		return g_strdup_printf("%s %s, not counted", span, rest);
	if (g_str_has_prefix(what, "weekend"))
		return g_strdup_printf("%s weekend, not counted", span);
	if (from != until)
		return g_strdup_printf(
		    "%s = days %d-%d", span, first, first + (int)(until - from));
	return g_strdup_printf("%s%s = day %d",
	    strstr(rest, "worked") != NULL ? day : span,
	    strstr(rest, "worked") != NULL ? ", a working weekend day" : "", first);
}

char **
due_explain(const Due *due)
{
	g_auto(GStrv) lines = g_strsplit(due->why, "\n", -1);
	g_autoptr(GStrvBuilder) text = g_strv_builder_new();

	for (int i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) parts = g_strsplit(lines[i], " ", 2);
		g_auto(GStrv) ends = g_strsplit(parts[0], "..", 2);
		Day from = day_parse(ends[0]),
		    until = ends[1] != NULL ? day_parse(ends[1]) : from;
		g_autofree char *said =
		    spell_line(from, until, parts[1], day_year(due->registered));

		g_strv_builder_add(text, said);
	}
	return g_strv_builder_end(text);
}

static void
print_day(GString *text, const char *name, Day day)
{
	g_autofree char *iso =
	    day != 0 ? day_format(day) : g_strdup("beyond the calendar");

	g_string_append_printf(text, "%-13s %s", name, iso);
	if (day != 0)
		g_string_append_printf(text, " %s", weekdays[day_weekday(day) - 1]);
	g_string_append_c(text, '\n');
}

char *
due_text(const Due *due, const Calendar *calendar)
{
	g_auto(GStrv) lines = due_explain(due);
	g_autofree char *explained = g_strjoinv("; ", lines);
	GString *text = g_string_new(NULL);

	print_day(text, "registered", due->registered);
	print_day(text, "day 1", due->day1);
	print_day(text, "due", due->due);
	print_day(text, "strict due", due->strict_due);
	print_day(text, "notice by", due->notice_by);
	print_day(text, "extended max", due->extended_max);
	g_string_append_printf(
	    text, "%-13s %s\n%s\n", "calendar", calendar_version(calendar), explained);
	return g_string_free(text, FALSE);
}

static void
add_day(JsonBuilder *json, const char *name, Day day)
{
	g_autofree char *iso = day != 0 ? day_format(day) : NULL;

	json_builder_set_member_name(json, name);
	if (iso != NULL)
		json_builder_add_string_value(json, iso);
	else
		json_builder_add_null_value(json);
}

static void
add_lines(JsonBuilder *json, const char *name, char **lines)
{
	json_builder_set_member_name(json, name);
	json_builder_begin_array(json);
	for (int i = 0; lines[i] != NULL; i++)
		json_builder_add_string_value(json, lines[i]);
	json_builder_end_array(json);
}

char *
due_json(const Due *due, const Calendar *calendar)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	g_auto(GStrv) explained = due_explain(due);
	g_auto(GStrv) why = g_strsplit(due->why, "\n", -1);
	g_autofree char *text = NULL;

	json_builder_begin_object(json);
	add_day(json, "registered", due->registered);
	add_day(json, "day1", due->day1);
	add_day(json, "due", due->due);
	add_day(json, "strict_due", due->strict_due);
	add_day(json, "notice_by", due->notice_by);
	add_day(json, "extended_max", due->extended_max);
	json_builder_set_member_name(json, "calendar");
	json_builder_add_string_value(json, calendar_version(calendar));
	add_lines(json, "explanation", explained);
	add_lines(json, "why", why);
	json_builder_end_object(json);
	root = json_builder_get_root(json);
	text = json_to_string(root, FALSE);
	return g_strconcat(text, "\n", NULL);
}
