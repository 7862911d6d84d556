#include "counted.h"

#include <stdlib.h>
#include <string.h>

/* "24–27 November", "30 November – 4 December", or the one day. */
static char *
spell_span(const Words *words, const char *from, const char *until)
{
	g_autofree char *last = words_date(words, "plain", until);
	g_autofree char *first = words_date(words, "plain", from);
	char day[8];

	if (strcmp(from, until) == 0)
		return g_steal_pointer(&last);
	if (strncmp(from, until, strlen("2026-12")) != 0)
		return words_phrase(
		    words, "counted", "span-months", "first", first, "last", last, NULL);
	g_snprintf(day, sizeof day, "%d", atoi(from + strlen("2026-12-")));
	return words_phrase(words, "counted", "span", "first", day, "last", last, NULL);
}

/* "Women's Day: rest day carried over from the weekend" → the holiday's name, and that.
 */
static char *
spell_holiday(const Words *words, const char *name)
{
	gsize length = strcspn(name, ":(,");
	g_autofree char *slug = g_ascii_strdown(name, (gssize)length);
	const char *word;

	g_strchomp(slug);
	g_strcanon(slug, "abcdefghijklmnopqrstuvwxyz0123456789", '-');
	if (g_str_has_prefix(slug, "first-president-day"))
		slug[strlen("first-president-day")] = '\0';
	if (g_str_has_prefix(slug, "rest-day-moved"))
		return g_strdup(words_find(words, "off", "moved"));
	word = words_find(words, "off", slug);
	if (word == NULL)
		return g_strdup(words_find(words, "off", "rest"));
	if (strstr(name, "carried over") != NULL)
		return words_phrase(words, "off", "carried", "what", word, NULL);
	return g_strdup(word);
}

/* What stands behind the day or the span. */
static char *
spell_line(const Words *words, const char *from, const char *until, char **what)
{
	g_autofree char *span = spell_span(words, from, until);
	g_autofree char *date = words_date(words, "short", from);
	g_autofree char *time = NULL;
	g_autofree char *holiday = NULL;

	if (what[0] == NULL)
		return NULL;
	if (strcmp(what[0], "registered") == 0)
		return words_phrase(words, "counted", "registered", "date", date, NULL);
	if (strcmp(what[0], "weekend") == 0)
		return words_phrase(words, "counted", "weekend", "span", span, NULL);
	if (what[1] == NULL)
		return NULL;
	if (strcmp(what[0], "late") == 0 || strcmp(what[0], "received") == 0) {
		time = g_strndup(what[1], strlen("14:35"));
		return words_phrase(
		    words, "counted", what[0], "date", date, "time", time, NULL);
	}
	if (strcmp(what[0], "off") == 0) {
		g_autofree char *name = g_strjoinv(" ", what + 1);
		holiday = spell_holiday(words, name);
		return words_phrase(
		    words, "counted", "off", "span", span, "what", holiday, NULL);
	}
	if (strcmp(what[0], "day") == 0) {
		g_auto(GStrv) days = g_strsplit(what[1], "..", 2);
		const char *name = days[1] != NULL ? "days"
		    : what[2] != NULL              ? "worked"
						   : "day";
		return words_phrase(words, "counted", name, "span",
		    strcmp(name, "worked") == 0 ? date : span, "first", days[0], "last",
		    days[1], NULL);
	}
	return NULL;
}

char *
counted_lines(const Words *words, const char *due_why)
{
	g_auto(GStrv) lines = g_strsplit(due_why != NULL ? due_why : "", "\n", -1);
	g_autoptr(GStrvBuilder) out = g_strv_builder_new();
	g_auto(GStrv) spelled = NULL;

	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) parts = g_strsplit(*line, " ", -1);
		if (parts[0] == NULL)
			continue;
		g_auto(GStrv) ends = g_strsplit(parts[0], "..", 2);
		if (ends[0] == NULL || strlen(ends[0]) != strlen("2026-12-11"))
			continue;
		g_autofree char *text = spell_line(
		    words, ends[0], ends[1] != NULL ? ends[1] : ends[0], parts + 1);
		if (text != NULL)
			g_strv_builder_add(out, text);
	}
	spelled = g_strv_builder_end(out);
	return spelled[0] != NULL ? g_strjoinv("\n", spelled) : NULL;
}
