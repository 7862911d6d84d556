#include "redact.h"

#include <string.h>

#include "redact-names.h"

#define FEWEST_DIGITS 6
#define MOBILE_DIGITS 11 /* of a number with 7 or 8 before it */
#define GAP "[ \\t\\x{a0}\\x{202f}\\x{2009}()./_\\x{2010}-\\x{2015}\\x{2212}\\-]"

/* A row of digits, however they are grouped; over the end of one line as well. */
#define ROW "\\+?[(]?\\d(?:" GAP "{0,4}+\\d|" GAP "{0,2}+\\n" GAP "{0,2}+\\d)*+"

/* What has many digits and is no telephone number. */
#define DAY "(?:0?[1-9]|[12]\\d|3[01])"
#define MONTH "(?:0?[1-9]|1[0-2])"
#define YEAR "(?:19|20)\\d\\d"
#define DATE "(?:" DAY "[./-]" MONTH "[./-]" YEAR "|" YEAR "[./-]" MONTH "[./-]" DAY ")"
#define DASH "\\s?[-\\x{2010}-\\x{2015}]\\s?"
#define TIME "[0-2]?\\d\\.[0-5]\\d"
#define HARMLESS                                                                         \
	"(?<![^\\s(])(?:" DATE "(?:" DASH DATE ")?"                                      \
	"|" YEAR "(?:" DASH "|/)(?:" YEAR "|\\d\\d)"                                     \
	"|" TIME DASH TIME ")(?![^\\s).])"                                               \
	"|^" DAY "[./]" MONTH "[./](?:[0-2]\\d|3[0-5])$"                                 \
	"|^" YEAR "-\\d{6}$"

struct Redactor {
	RedactNames *names;
	GRegex *forms; /* what is known by its form */
	GRegex *row, *harmless, *money;
	char *mark;
};

static GRegex *
compile(const char *pattern)
{
	GRegex *regex = g_regex_new(pattern,
	    G_REGEX_CASELESS | G_REGEX_MULTILINE | G_REGEX_NO_AUTO_CAPTURE |
		G_REGEX_OPTIMIZE,
	    0, NULL);

	g_assert(regex != NULL);
	return regex;
}

/* The part before the @ is a name for many people, and for all the name of an account. */
static void
add_address(
    Redactor *redactor, const RedactWords *words, GString *pattern, const char *address)
{
	g_autofree char *local =
	    address != NULL ? g_strndup(address, strcspn(address, "@")) : g_strdup("");
	g_autofree char *escaped = g_regex_escape_string(local, -1);
	g_autofree char *key = redact_words_key(words, local, strlen(local));

	redact_names_add(redactor->names, local, 4);
	if (strlen(local) >= 4 && !redact_words_is_no_name(words, key))
		g_string_append_printf(
		    pattern, "|(?<![\\p{L}\\d])%s(?![\\p{L}\\d])", escaped);
}

static void
add_author(Redactor *redactor, const Reading *reading, const RedactWords *words,
    GString *pattern)
{
	redact_names_add(redactor->names, reading->name, 2);
	redact_names_add(redactor->names, reading->from_name, 2);
	add_address(redactor, words, pattern, reading->from_address);
	add_address(redactor, words, pattern, reading->email);
	add_address(redactor, words, pattern, reading->reply_to);
}

Redactor *
redactor_new(const Reading *reading, const Reading *also, const RedactWords *words,
    const char *mark)
{
	Redactor *redactor = g_new0(Redactor, 1);
	g_autofree char *labels = redact_words_pattern(words, "address");
	g_autofree char *accounts = redact_words_pattern(words, "account");
	g_autofree char *sums = redact_words_pattern(words, "money");
	g_autofree char *money = g_strdup_printf("^\\s?(?:%s)", sums);
	g_autoptr(GString) forms = g_string_new(
	    "(?<![\\w.%+\\-])[\\w.%+\\-]++ ?@ ?[\\p{L}\\d\\-]+(?:\\.[\\p{L}\\d\\-]+)+"
	    "|(?<![\\w.%+\\-])[\\w.%+\\-]*+ ?[\\[(] ?(?:at|собака|эт) ?[\\])] "
	    "?[\\p{L}\\d.\\-]+"
	    "|(?:https?://)?(?:t\\.me|wa\\.me|vk\\.com|instagram\\.com|facebook\\.com)/"
	    "\\S+"
	    "|(?<![\\w@])@[A-Za-z]\\w{3,}"); /* an account's name */

	redactor->names = redact_names_new(words);
	add_author(redactor, reading, words, forms);
	if (also != NULL)
		add_author(redactor, also, words, forms);
	/* Only where a number follows: "the address of the site" is no postal address. */
	g_string_append_printf(forms,
	    "|(?<=^|[^\\p{L}])(?:%s)(?![\\p{L}])[^\\n\\d]{0,80}\\d[^\\n]{0,60}", labels);
	g_string_append_printf(forms,
	    "|(?<=^|[^\\p{L}])(?:%s)\\p{L}{0,3}"
	    "(?: ?[:=@] ?@?|(?<=\\p{Cyrillic}) @?| "
	    "(?=[A-Za-z.]*[\\d_]))[A-Za-z0-9._]{4,}",
	    accounts);
	redactor->forms = compile(forms->str);
	redactor->row = compile(ROW);
	redactor->harmless = compile(HARMLESS);
	redactor->money = compile(money);
	redactor->mark = g_strdup(mark);
	return redactor;
}

void
redactor_free(Redactor *redactor)
{
	if (redactor == NULL)
		return;
	redact_names_free(redactor->names);
	g_regex_unref(redactor->forms);
	g_regex_unref(redactor->row);
	g_regex_unref(redactor->harmless);
	g_regex_unref(redactor->money);
	g_free(redactor->mark);
	g_free(redactor);
}

static guint
count_digits(const char *text)
{
	guint digits = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text))
		digits += g_unichar_isdigit(g_utf8_get_char(text));
	return digits;
}

/* Whether a row of digits may be someone's number; `behind` is the text after it. */
static gboolean
is_number(const Redactor *redactor, const char *row, const char *behind)
{
	const char *first = row + strcspn(row, "0123456789");
	guint digits = count_digits(row);
	g_autofree char *rest = NULL;

	if (digits < FEWEST_DIGITS)
		return FALSE;
	if (digits == MOBILE_DIGITS && (*first == '7' || *first == '8'))
		return TRUE;
	if (g_regex_match(redactor->money, behind, G_REGEX_MATCH_ANCHORED, NULL))
		return FALSE;
	rest = g_regex_replace_literal(redactor->harmless, row, -1, 0, " ", 0, NULL);
	return rest == NULL || count_digits(rest) >= FEWEST_DIGITS;
}

static void
mark_number(const Redactor *redactor, const char *text, Span row, GArray *spans)
{
	g_autofree char *part = g_strndup(text + row.start, row.end - row.start);

	if (is_number(redactor, g_strstrip(part), text + row.end))
		g_array_append_val(spans, row);
}

/* A row over several lines is one number only when it has a number's length. */
static void
mark_row(const Redactor *redactor, const char *text, Span row, GArray *spans)
{
	g_autofree char *whole = g_strndup(text + row.start, row.end - row.start);
	gboolean one = count_digits(whole) == MOBILE_DIGITS;

	while (!one && row.start < row.end) {
		gsize length = strcspn(text + row.start, "\n");
		Span line = { row.start, MIN(row.start + length, row.end) };
		mark_number(redactor, text, line, spans);
		row.start = line.end + 1;
	}
	if (one)
		mark_number(redactor, text, row, spans);
}

/* Each place the pattern finds, given to mark_row() or taken whole.  FALSE when the text
 * exhausts the matcher. */
static gboolean
mark_pattern(
    const Redactor *redactor, const GRegex *regex, const char *text, GArray *spans)
{
	g_autoptr(GMatchInfo) match = NULL;
	g_autoptr(GError) cause = NULL;

	g_regex_match_full(regex, text, -1, 0, 0, &match, &cause);
	while (cause == NULL && g_match_info_matches(match)) {
		int start, end;
		g_match_info_fetch_pos(match, 0, &start, &end);
		Span span = { (gsize)start, (gsize)end };
		if (regex == redactor->row)
			mark_row(redactor, text, span, spans);
		else
			g_array_append_val(spans, span);
		g_match_info_next(match, &cause);
	}
	return cause == NULL;
}

static int
compare_spans(gconstpointer a, gconstpointer b)
{
	const Span *first = a, *second = b;

	return (first->start > second->start) - (first->start < second->start);
}

/* Name and surname beside each other read better as one. */
static gboolean
is_blank(const char *text, gsize start, gsize end)
{
	for (; start < end; start++)
		if (text[start] != ' ')
			return FALSE;
	return TRUE;
}

static char *
take_out(const Redactor *redactor, const char *text, GArray *spans)
{
	GString *out = g_string_new(NULL);
	gsize at = 0;

	g_array_sort(spans, compare_spans);
	for (guint i = 0; i < spans->len; i++) {
		const Span *span = &g_array_index(spans, Span, i);
		if (i == 0 || !is_blank(text, at, span->start)) {
			g_string_append_len(out, text + at, (gssize)(span->start - at));
			g_string_append(out, redactor->mark);
		}
		at = MAX(at, span->end);
	}
	g_string_append(out, text + at);
	return g_string_free(out, FALSE);
}

char *
redactor_apply(const Redactor *redactor, const char *text)
{
	g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(Span));
	g_autofree char *composed =
	    text != NULL ? g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE) : NULL;

	if (text == NULL)
		return NULL;
	/* A letter made to exhaust the matcher tells nothing at all. */
	if (composed == NULL ||
	    !mark_pattern(redactor, redactor->forms, composed, spans) ||
	    !mark_pattern(redactor, redactor->row, composed, spans))
		return g_strdup(redactor->mark);
	redact_names_mark(redactor->names, composed, spans);
	return take_out(redactor, composed, spans);
}
