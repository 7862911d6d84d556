/* What the classifier saw in a letter, in words for people.
 *
 * Its findings speak English and carry weights; a reader gets the letter's own words, and
 * the ground in his language.  What quotes nothing of the letter is told by its ground
 * alone. */
#include "material-private.h"

#include <stdlib.h>
#include <string.h>

#include "gate.h"

#define MOST_WORDS 80
#define MOST_PIECES 5
#define MOST_ITEMS 8

/* "text line 4" → «текст, строка 4». */
static char *
spell_place(const Filler *filler, const char *where)
{
	static const struct {
		const char *prefix, *word, *bare;
	} places[] = {
		{ "subject", "where-subject", "where-subject" },
		{ "text", "where-text", "where-body" },
		{ "header", "where-header", "where-header" },
		{ "attachment", "where-attachment", "where-body" },
		{ "from", "where-from", "where-from" },
	};
	const char *number = where != NULL ? strpbrk(where, "0123456789") : NULL;
	g_autofree char *line =
	    number != NULL ? g_strdup_printf("%d", atoi(number)) : NULL;

	for (guint i = 0; where != NULL && i < G_N_ELEMENTS(places); i++)
		if (g_ascii_strncasecmp(
			where, places[i].prefix, strlen(places[i].prefix)) == 0)
			return words_phrase(filler->words, "evidence",
			    line != NULL ? places[i].word : places[i].bare, "line", line,
			    NULL);
	return g_strdup(words_find(filler->words, "evidence", "where-body"));
}

const char *
filler_ground_word(const Filler *filler, Rule rule)
{
	const Verdict *verdict = filler->about->letter->verdict;

	return words_find(
	    filler->words, "grounds", ground_names[ground_of(rule, verdict->missing)]);
}

/* "жылу +0.2" → "жылу". */
static void
drop_weight(char *piece)
{
	char *sign = strrchr(piece, ' ');

	if (sign != NULL && (sign[1] == '+' || sign[1] == '-') &&
	    g_ascii_isdigit(sign[2]))
		*sign = '\0';
}

/* All that the author wrote, in lower case, to look for words in. */
static char *
fold_letter(const Reading *reading)
{
	g_autofree char *all = reading == NULL
	    ? g_strdup("")
	    : g_strconcat(reading->subject != NULL ? reading->subject : "", "\n",
		  reading->text != NULL ? reading->text : "", NULL);

	return g_utf8_strdown(all, -1);
}

/* The finding's words as far as the letter has them, by commas; NULL for none. */
static char *
own_words(const Finding *finding, const char *folded)
{
	g_autofree char *line = gate_line(finding->words, 400);
	g_auto(GStrv) pieces = g_strsplit(line != NULL ? line : "", ", ", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	guint taken = 0;

	for (char **piece = pieces; *piece != NULL && taken < MOST_PIECES; piece++) {
		g_autofree char *low = NULL;
		drop_weight(*piece);
		low = g_utf8_strdown(*piece, -1);
		if (*low == '\0' || strstr(folded, low) == NULL)
			continue;
		g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", *piece);
		taken++;
	}
	return gate_line(out->str, MOST_WORDS);
}

static const char *
sign_of(const Finding *finding)
{
	if (finding->test == NULL)
		return "sign";
	return g_str_has_prefix(finding->test, "urgent") ? "sign-urgent" : "sign";
}

/* What a letter lacks is not quoted from it: such a finding's words are our own. */
static gboolean
is_of_a_lack(const Finding *finding)
{
	return finding->test != NULL &&
	    (g_str_has_prefix(finding->test, "anonymous") ||
		g_str_has_prefix(finding->test, "incomplete"));
}

/* NULL for what tells a moderator nothing. */
static char *
spell_finding(const Filler *filler, const Finding *finding, const char *folded)
{
	g_autofree char *words =
	    is_of_a_lack(finding) ? NULL : own_words(finding, folded);
	g_autofree char *where = spell_place(filler, finding->where);
	const char *ground =
	    finding->rule < N_RULES ? filler_ground_word(filler, finding->rule) : NULL;

	if (words != NULL)
		return words_phrase(filler->words, "evidence",
		    ground != NULL ? "found" : sign_of(finding), "ground",
		    ground != NULL ? ground : "", "where", where, "words", words, NULL);
	return ground != NULL ? words_phrase(filler->words, "evidence", "found-bare",
				    "ground", ground, NULL)
			      : NULL;
}

void
filler_evidence(Filler *filler)
{
	const Letter *letter = filler->about->letter;
	g_autofree char *folded = fold_letter(letter->reading);
	GString *list = g_string_new(NULL);
	guint taken = 0;

	for (guint i = 0; i < letter->verdict->findings->len && taken < MOST_ITEMS; i++) {
		const Finding *finding = g_ptr_array_index(letter->verdict->findings, i);
		g_autofree char *item =
		    finding->score >= 0 && name_index(topic_names, finding->test) < 0
		    ? spell_finding(filler, finding, folded)
		    : NULL;
		if (item == NULL || strstr(list->str, item) != NULL)
			continue;
		filler_add_item(list, item);
		taken++;
	}
	filler_set_list(filler, FIELD_EVIDENCE, list);
}

char *
filler_topic_words(const Filler *filler)
{
	const Letter *letter = filler->about->letter;

	for (guint i = 0; letter->verdict != NULL && i < letter->verdict->findings->len;
	     i++) {
		const Finding *finding = g_ptr_array_index(letter->verdict->findings, i);
		if (finding->rule == N_RULES &&
		    g_strcmp0(finding->test, topic_names[letter->verdict->topic]) == 0) {
			g_autofree char *folded = fold_letter(letter->reading);
			return own_words(finding, folded);
		}
	}
	return NULL;
}
