#include "redact.h"

#include <string.h>

#include "fault.h"

/* Letters that Russian, Kazakh and English endings begin with, taken off to find the
 * stem. */
#define ENDINGS "аяыиеоуюьйәіөұүэaeiouy"
#define GAP "[\\s().\xe2\x80\x93-]{0,3}"

struct Redactor {
	GRegex *regex;
	char *mark;
};

char **
redact_load_labels(const char *file, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	g_autoptr(GStrvBuilder) labels = g_strv_builder_new();

	if (!g_file_get_contents(file, &text, NULL, &cause)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s", cause->message);
		return NULL;
	}
	if (!g_utf8_validate(text, -1, NULL)) {
		g_set_error(error, FAULT, FAULT_SETUP, "%s: the file is not UTF-8", file);
		return NULL;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++)
		if (*g_strstrip(*line) != '\0' && **line != '#')
			g_strv_builder_add(labels, *line);
	return g_strv_builder_end(labels);
}

static void
add_escaped(GString *pattern, const char *text, gssize length)
{
	g_autofree char *escaped = g_regex_escape_string(text, (int)length);

	g_string_append(pattern, escaped);
}

/* One part of a name: its stem, and any ending behind it. */
static void
add_name_part(GString *pattern, const char *part)
{
	glong letters = g_utf8_strlen(part, -1);
	const char *end = part + strlen(part);

	for (int cut = 0; cut < 2 && letters > 3; cut++, letters--) {
		const char *last = g_utf8_prev_char(end);
		g_autofree char *lower = g_utf8_strdown(last, (gssize)(end - last));
		if (strstr(ENDINGS, lower) == NULL)
			break;
		end = last;
	}
	if (letters < 2)
		return;
	g_string_append(pattern, "|(?<![\\p{L}\\d])");
	add_escaped(pattern, part, (gssize)(end - part));
	/* Short names are words as well ("Ли", "Ан"): they count as they are written. */
	g_string_append(pattern, letters > 3 ? "\\p{L}{0,6}" : "\\p{L}{0,2}");
	g_string_append(pattern, "(?![\\p{L}\\d])");
}

static void
add_name(GString *pattern, const char *name)
{
	const char *at = name;

	while (at != NULL && *at != '\0') {
		const char *start;
		g_autofree char *part = NULL;
		while (*at != '\0' && !g_unichar_isalpha(g_utf8_get_char(at)))
			at = g_utf8_next_char(at);
		start = at;
		while (*at != '\0' && g_unichar_isalpha(g_utf8_get_char(at)))
			at = g_utf8_next_char(at);
		part = g_strndup(start, (gsize)(at - start));
		if (*part != '\0')
			add_name_part(pattern, part);
	}
}

/* The author's own number, however its digits are grouped; without the code before it. */
static void
add_phone(GString *pattern, const char *phone)
{
	g_autoptr(GString) digits = g_string_new(NULL);

	for (; phone != NULL && *phone != '\0'; phone++)
		if (g_ascii_isdigit(*phone))
			g_string_append_c(digits, *phone);
	if (digits->len < 6)
		return;
	g_string_append(pattern, "|(?:\\+?\\d{1,3}" GAP ")?");
	for (gsize i = digits->len > 10 ? digits->len - 10 : 0; i < digits->len; i++) {
		g_string_append_c(pattern, digits->str[i]);
		if (i + 1 < digits->len)
			g_string_append(pattern, GAP);
	}
}

static void
add_labels(GString *pattern, const char *const *labels)
{
	gboolean first = TRUE;

	for (; labels != NULL && *labels != NULL; labels++, first = FALSE) {
		g_string_append(pattern, first ? "|(?<=^|[^\\p{L}])(?:" : "|");
		add_escaped(pattern, *labels, -1);
	}
	/* Only where a number follows: "the address of the site" is no postal address. */
	if (!first)
		g_string_append(pattern, ")(?![\\p{L}])[^\\n\\d]{0,80}\\d[^\\n]{0,60}");
}

Redactor *
redactor_new(const Reading *reading, const char *const *labels, const char *mark)
{
	g_autoptr(GString) pattern = g_string_new(
	    "[\\w.%+\\-]+@[\\p{L}\\d\\-]+(?:\\.[\\p{L}\\d\\-]+)+" /* an e-mail address */
	    "|(?:https?://)?(?:t\\.me|wa\\.me|vk\\.com|instagram\\.com|facebook\\.com)/"
	    "\\S+"
	    "|(?<![\\w@])@[A-Za-z]\\w{3,}" /* an account's name */
	    "|(?:\\+?7|\\b8)" GAP "\\d{3}" GAP "\\d{3}" GAP "\\d{2}" GAP "\\d{2}(?!\\d)"
	    "|\\+\\d[\\d\\s().\\-]{7,16}\\d|(?<!\\d)\\d{10,}(?!\\d)");
	Redactor *redactor = g_new0(Redactor, 1);
	g_autofree char *local = reading->from_address != NULL
	    ? g_strndup(reading->from_address, strcspn(reading->from_address, "@"))
	    : NULL;

	add_name(pattern, reading->name);
	add_name(pattern, reading->from_name);
	add_phone(pattern, reading->phone);
	if (local != NULL && strlen(local) >= 4) {
		g_string_append(pattern, "|(?<![\\p{L}\\d])");
		add_escaped(pattern, local, -1);
		g_string_append(pattern, "(?![\\p{L}\\d])");
	}
	add_labels(pattern, labels);
	redactor->mark = g_strdup(mark);
	redactor->regex = g_regex_new(pattern->str,
	    G_REGEX_CASELESS | G_REGEX_MULTILINE | G_REGEX_NO_AUTO_CAPTURE, 0, NULL);
	g_assert(redactor->regex != NULL);
	return redactor;
}

void
redactor_free(Redactor *redactor)
{
	if (redactor == NULL)
		return;
	g_regex_unref(redactor->regex);
	g_free(redactor->mark);
	g_free(redactor);
}

char *
redactor_apply(const Redactor *redactor, const char *text)
{
	g_autofree char *removed = NULL;
	g_autofree char *twice = NULL;
	g_autofree char *once = NULL;
	g_autoptr(GError) cause = NULL;

	if (text == NULL)
		return NULL;
	removed = g_regex_replace_literal(
	    redactor->regex, text, -1, 0, redactor->mark, 0, &cause);
	/* A letter made to exhaust the matcher tells nothing at all. */
	if (removed == NULL)
		return g_strdup(redactor->mark);
	/* "[removed] [removed]" for name and surname reads better as one. */
	twice = g_strdup_printf("%s %s", redactor->mark, redactor->mark);
	while (strstr(removed, twice) != NULL) {
		g_auto(GStrv) parts = g_strsplit(removed, twice, -1);
		once = g_strjoinv(redactor->mark, parts);
		g_free(removed);
		removed = g_steal_pointer(&once);
	}
	return g_steal_pointer(&removed);
}
