/* The author's full name.
 *
 * Candidates are runs of two to four words that can be a name.  Each has a quality (how
 * much it is a name) and a standing (how much it is the author's: after "меня зовут", in
 * the signature, beside the telephone, alike to From).  The best one with enough standing
 * wins; else a display name in From that is a full name; else there is none, for an
 * invented name is worse. */
#include "name-private.h"

#include <string.h>

#define MOST_ELEMENTS 5
#define MOST_RUN 30      /* words in a row that can be names: more are a list */
#define MOST_WORDS 1500  /* looked at from either end of a text */
#define MOST_DISPLAY 200 /* bytes of a display name that are looked at */
#define LEAST_STANDING 3.0
#define LEAST_STANDING_UNKNOWN 5.0 /* when no word of it is a known given name */

/* Of several who sign, each with a number, the first one is asked for. */
static gboolean
is_better(const Search *search, const Candidate *name, const Candidate *best)
{
	if (best->where != NULL && best->line < name->line &&
	    best->standing >= LEAST_STANDING_UNKNOWN &&
	    name_leads_to_phone(search, best) && name_leads_to_phone(search, name))
		return name->standing >= best->standing + 1;
	return name->quality + name->standing >= best->quality + best->standing;
}

/* Elements first..first + n of a run of names: are they all of it that has a capital? */
static gboolean
is_whole(const Text *text, const GArray *run, guint first, guint n)
{
	for (guint i = 0; i < run->len; i++)
		if ((i < first || i >= first + n) &&
		    text->words[g_array_index(run, Element, i).first].letter_case !=
			CASE_LOWER)
			return FALSE;
	return TRUE;
}

/* From has two of its words, but not the first one, which is no name: "Ответственная X
 * Y".
 */
static gboolean
has_stranger(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;

	return (search->sight->classes[name->first] & NAME_ANY) == 0 &&
	    name_shared(text, search->from, name->first, name->first + 1) == 0 &&
	    name_shared(text, search->from, name->first, name->end) >= 2;
}

static void
try_window(const Search *search, const GArray *run, guint first, guint n, Candidate *best)
{
	const Text *text = search->sight->text;
	const Element *elements = &g_array_index(run, Element, first);
	Candidate name = { .first = elements[0].first, .end = elements[n - 1].end };
	gboolean lower;

	name.line = text->words[name.first].line;
	name.quality = name_quality(text, elements, n, &name);
	if (name.quality <= 0 ||
	    (name_is_filial(elements, n) &&
		(search->elder || !name_is_signed(search, &name) ||
		    (!is_whole(text, run, first, n) &&
			name_shared(text, search->from, name.first, name.end) < 2))))
		return;
	if (has_stranger(search, &name))
		name.quality -= 1.5;
	/* The same words as in From, all of them. */
	if (n > 2 && name.end - name.first == search->from->n_words &&
	    name_shared(text, search->from, name.first, name.end) == n) {
		name.quality += 1.5;
		name.known = TRUE;
	}
	/* A foreign name of many words is the author's as a whole. */
	if (!text->words[name.first].cyrillic && !is_whole(text, run, first, n))
		name.quality -= 1;
	lower = name_is_lower(text, elements, n);
	if (lower && (!name.known || !name_may_be_lower(search, &name)))
		return;
	name.standing = name_standing(search, &name);
	if (name.standing < (name.known ? LEAST_STANDING : LEAST_STANDING_UNKNOWN))
		return;
	name.where = text->lines[name.line].kind == LINE_SIGNATURE ? "signature" : "text";
	if (is_better(search, &name, best))
		*best = name;
}

static Candidate
best_in_text(const Search *search)
{
	const Text *text = search->sight->text;
	Candidate best = { 0 };
	g_autoptr(GArray) elements = g_array_new(FALSE, FALSE, sizeof(Element));

	for (guint n = 0; n < text->n_words;) {
		guint end;

		/* The middle of a very long text is not where an author gives his name.
		 */
		if (n >= MOST_WORDS && n + MOST_WORDS < text->n_words)
			n = text->n_words - MOST_WORDS;
		g_array_set_size(elements, 0);
		end = name_elements(search, text, search->sight->classes, n,
		    MIN(n + MOST_RUN, text->n_words), elements);
		for (guint i = 0; i + 1 < elements->len; i++)
			for (guint k = 2; k <= MOST_ELEMENTS && i + k <= elements->len;
			     k++)
				try_window(search, elements, i, k, &best);
		n = MAX(end, n + 1);
	}
	return best;
}

static Text *
local_part(const char *address)
{
	g_autofree char *local = g_strndup(
	    address != NULL ? address : "", address != NULL ? strcspn(address, "@") : 0);

	g_strdelimit(local, "._-+0123456789", ' ');
	return text_parse(local, NULL);
}

static gboolean
is_shouting(const Text *text)
{
	guint upper = 0, words = 0;

	for (guint n = text->body_word; n < text->n_words; n++) {
		const TextWord *word = &text->words[n];

		if (word->letters < 3 || word->letter_case == CASE_NONE)
			continue;
		words++;
		upper += word->letter_case == CASE_UPPER;
	}
	return words > 8 && upper * 10 > words * 6;
}

/* "Мен X Yпін": what comes off the last word. */
static gsize
person_ending(const Search *search, const Text *text, const Candidate *name)
{
	guint n;

	if (text != search->sight->text || name->first == 0 ||
	    sight_finds(search->sight, search->sight->identity->author, "first",
		name->first - 1, name->first, &n) == NULL)
		return 0;
	return names_person_ending(
	    search->sight->identity->names, &text->words[name->end - 1]);
}

static char *
spell_name(const Search *search, const Text *text, const Candidate *name)
{
	const TextWord *last = &text->words[name->end - 1];
	gsize off = names_case_ending(search->sight->identity->names, last);

	if (off == 0)
		off = person_ending(search, text, name);
	return g_strdelimit(
	    text_copy(text, text->words[name->first].start, last->end - off), "\r\n",
	    ' ');
}

static char *
cut_display(const char *display)
{
	const char *end;

	if (display == NULL)
		return g_strdup("");
	if (strlen(display) <= MOST_DISPLAY)
		return g_strdup(display);
	end = g_utf8_find_prev_char(display, display + MOST_DISPLAY);
	return g_strndup(display, (gsize)(end - display));
}

static gboolean
is_elder(const Names *names, const Text *from)
{
	for (guint n = 0; n < from->n_words; n++)
		if ((names_class(names, &from->words[n]) & NAME_HONORIFIC) != 0)
			return TRUE;
	return FALSE;
}

/* Below it there is at most a number. */
static guint
last_line(const Sight *sight)
{
	const Text *text = sight->text;
	guint last = 0;

	for (guint n = text->body_word; n < text->n_words; n++)
		if (text->words[n].script != SCRIPT_DIGIT && !text->words[n].linked &&
		    (sight->classes[n] & NAME_NEVER) == 0)
			last = text->words[n].line;
	return last;
}

void
name_search_open(Search *search, const Sight *sight, const Reading *reading)
{
	g_autofree char *display = cut_display(reading->from_name);

	search->sight = sight;
	search->from = text_parse(g_strdelimit(display, "_.", ' '), NULL);
	search->local = local_part(reading->from_address);
	search->shouting = is_shouting(sight->text);
	search->elder = is_elder(sight->identity->names, search->from);
	search->last_line = last_line(sight);
}

void
name_search_close(Search *search)
{
	text_free(search->from);
	text_free(search->local);
}

static gboolean
is_spoken_of(const Sight *sight, const Candidate *name)
{
	return (sight->classes[name->end - 1] & NAME_SPOKEN_OF) != 0;
}

/* The best name in the text, else one in a form's two lines, else From. */
static void
fill(const Search *search, Sight *sight)
{
	Reading *reading = sight->reading;
	const Text *text = sight->text;
	Candidate name = best_in_text(search);

	sight->name_first = name.first;
	sight->name_end = name.end;
	if (!name.known || name.quality < 2)
		reading->name = name_in_form(sight);
	if (reading->name != NULL) {
		reading->name_where = g_strdup("text");
		return;
	}
	/* He may be spoken of in his own letter: "X-ға хабарласыңыз". */
	if ((name.where == NULL || is_spoken_of(sight, &name)) &&
	    name_in_display(search, &name))
		text = search->from;
	if (name.where == NULL)
		return;
	reading->name = spell_name(search, text, &name);
	reading->name_where = g_strdup(name.where);
}

void
name_fill(Sight *sight)
{
	Search search;

	g_clear_pointer(&sight->reading->name, g_free);
	g_clear_pointer(&sight->reading->name_where, g_free);
	name_search_open(&search, sight, sight->reading);
	fill(&search, sight);
	name_search_close(&search);
}
