/* The evidence of a test: a reason, what all its finds weigh together, and each find with
 * its place and the line around it. */
#include "explain-private.h"

#include <math.h>
#include <string.h>

#define CONTEXT 40 /* letters of the line shown on either side of the words */
#define MOST_FINDS 5
#define INDENT 4
#define HANG 11

/* The finds of a test that count for one reason. */
typedef struct {
	const char *why;
	double weight;
	GPtrArray *finds; /* of Finding, the weightiest first */
} Reason;

static void
reason_free(gpointer data)
{
	Reason *reason = data;

	g_ptr_array_unref(reason->finds);
	g_free(reason);
}

static gboolean
is_given(const char *text)
{
	return text != NULL && *text != '\0';
}

/* --- the words in their line --- */

static gboolean
contains(const char *text, const char *words)
{
	return text != NULL && is_given(words) && strstr(text, words) != NULL;
}

/* What the letter says stands in quotation marks; the rest is our remark. */
static gboolean
is_quoted(const Reading *reading, const Finding *finding)
{
	return contains(reading->text, finding->words) ||
	    contains(reading->subject, finding->words) ||
	    contains(reading->from_name, finding->words);
}

/* The line that "text line 4" names, as first byte and length. */
static const char *
line_of(const Reading *reading, const char *where, gsize *ret_length)
{
	guint64 n = 0;
	const char *line = reading->text;

	if (!is_given(where) || !g_str_has_prefix(where, "text line ") || line == NULL)
		return NULL;
	n = g_ascii_strtoull(where + strlen("text line "), NULL, 10);
	for (; n > 1 && line != NULL; n--) {
		line = strchr(line, '\n');
		line += line != NULL;
	}
	if (line != NULL)
		*ret_length = strcspn(line, "\n");
	return line;
}

/* "… the words amid their line …", cut between words; NULL when they are the line, or it
 * hasn't got them. */
static char *
context_of(const Reading *reading, const Finding *finding)
{
	gsize length = 0;
	const char *line = line_of(reading, finding->where, &length), *end, *first, *last;
	const char *found =
	    line == NULL ? NULL : g_strstr_len(line, (gssize)length, finding->words);

	if (found == NULL || strlen(finding->words) == length)
		return NULL;
	end = line + length;
	first = found;
	last = found + strlen(finding->words);
	for (guint i = 0; i < CONTEXT && first > line; i++)
		first = g_utf8_prev_char(first);
	for (guint i = 0; i < CONTEXT && last < end; i++)
		last = g_utf8_next_char(last);
	while (first > line && first < found && first[-1] != ' ')
		first++;
	while (last < end && last > found + strlen(finding->words) && *last != ' ')
		last--;
	return g_strdup_printf("%s%.*s%s", first > line ? "… " : "", (int)(last - first),
	    first, last < end ? " …" : "");
}

/* --- the reasons --- */

static gboolean
is_learned(const Finding *finding)
{
	return strstr(finding->test, "/learned") != NULL;
}

/* Learned weights count in two degrees by the same words: that is one reason. */
static gboolean
is_same(const Reason *reason, const Finding *finding)
{
	const Finding *first = reason->finds->pdata[0];

	if ((first->score < 0) != (finding->score < 0))
		return FALSE;
	return g_strcmp0(reason->why, finding->why) == 0 ||
	    (is_learned(finding) && is_learned(first) &&
		g_strcmp0(first->words, finding->words) == 0);
}

static void
add_finding(GPtrArray *reasons, const Finding *finding)
{
	Reason *reason = NULL;

	for (guint i = 0; i < reasons->len && reason == NULL; i++)
		if (is_same(reasons->pdata[i], finding))
			reason = reasons->pdata[i];
	if (reason == NULL) {
		reason = g_new0(Reason, 1);
		reason->why = finding->why;
		reason->finds = g_ptr_array_new();
		g_ptr_array_add(reasons, reason);
	}
	reason->weight += finding->score;
	g_ptr_array_add(reason->finds, (gpointer)finding);
}

static int
compare_reasons(gconstpointer a, gconstpointer b)
{
	const Reason *x = *(Reason *const *)a, *y = *(Reason *const *)b;
	double difference = fabs(y->weight) - fabs(x->weight);

	return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

/* "“threat” (text line 2)", and below it the line, for what speaks for the rule; each
 * with its weight when there are several. */
static void
print_find(const Reading *reading, const Reason *reason, guint n)
{
	const Finding *finding = reason->finds->pdata[n];
	const Finding *before = n > 0 ? reason->finds->pdata[n - 1] : NULL;
	gboolean quoted = is_quoted(reading, finding);
	gboolean learned = is_learned(finding);
	g_autofree char *where = NULL, *weight = NULL;
	g_autofree char *context =
	    quoted && finding->score > 0 ? context_of(reading, finding) : NULL;

	if (!is_given(finding->words) ||
	    (before != NULL && g_strcmp0(before->words, finding->words) == 0 &&
		g_strcmp0(before->where, finding->where) == 0))
		return;
	if (is_given(finding->where) && !learned)
		where = g_strdup_printf(" (%s)", finding->where);
	if (reason->finds->len > 1 && !learned)
		weight = g_strdup_printf(" %+.2f", finding->score);
	explain_put(HANG, HANG + 2, quoted ? "“%s”%s%s" : "%s%s%s", finding->words,
	    where != NULL ? where : "", weight != NULL ? weight : "");
	if (context != NULL)
		explain_put(HANG + 2, HANG + 2, "%s", context);
}

static void
print_reason(const Reading *reading, const Reason *reason)
{
	guint n = reason->finds->len;

	explain_put(INDENT, HANG, "%+5.2f  %s%s", reason->weight,
	    reason->weight < 0 ? "speaks against it: " : "", reason->why);
	for (guint i = 0; i < MIN(n, MOST_FINDS); i++)
		print_find(reading, reason, i);
	if (n > MOST_FINDS)
		explain_put(HANG, HANG, "and %u more", n - MOST_FINDS);
}

void
explain_evidence(const Reading *reading, const Verdict *verdict, const char *test)
{
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(reason_free);

	for (guint i = 0; i < verdict->findings->len; i++)
		if (explain_is_of(verdict->findings->pdata[i], test))
			add_finding(reasons, verdict->findings->pdata[i]);
	g_ptr_array_sort(reasons, compare_reasons);
	for (guint i = 0; i < reasons->len; i++)
		print_reason(reading, reasons->pdata[i]);
}
