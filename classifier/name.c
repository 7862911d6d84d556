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

static void
try_window(
    const Search *search, const Element *elements, guint n_elements, Candidate *best)
{
	const Text *text = search->sight->text;
	Candidate name = { .first = elements[0].first,
		.end = elements[n_elements - 1].end };
	gboolean lower;

	name.line = text->words[name.first].line;
	name.quality = name_quality(text, elements, n_elements, &name.known);
	if (name.quality <= 0)
		return;
	lower = name_is_lower(text, elements, n_elements);
	if (lower && (!name.known || !name_may_be_lower(search, &name)))
		return;
	name.standing = name_standing(search, &name);
	if (name.standing < (name.known ? LEAST_STANDING : LEAST_STANDING_UNKNOWN))
		return;
	name.where = text->lines[name.line].kind == LINE_SIGNATURE ? "signature" : "text";
	if (name.quality + name.standing >= best->quality + best->standing)
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
				try_window(search, &g_array_index(elements, Element, i),
				    k, &best);
		n = MAX(end, n + 1);
	}
	return best;
}

static gboolean
same_word(const Text *text, guint a, guint b)
{
	return g_str_equal(text->words[a].folded, text->words[b].folded);
}

/* From alone is a full name when it is nothing but one: titles before it aside. */
static gboolean
full_display_name(const Search *search, Candidate *ret_name)
{
	const Text *from = search->from;
	g_autofree guint *classes = g_new0(guint, from->n_words + 1);
	g_autoptr(GArray) elements = g_array_new(FALSE, FALSE, sizeof(Element));
	guint first = 0, end;
	guint seen = 0;

	for (guint n = 0; n < from->n_words; n++)
		classes[n] = names_class(search->sight->identity->names, &from->words[n]);
	while (
	    first < from->n_words && (classes[first] & (NAME_HONORIFIC | NAME_POST)) != 0)
		first++;
	end = name_elements(search, from, classes, first, from->n_words, elements);
	/* What follows a mark is no part of the name: "X (Y)", "X | student". */
	if ((end < from->n_words && (end == 0 || !from->words[end - 1].ends)) ||
	    elements->len < 2 || elements->len > 4)
		return FALSE;
	*ret_name = (Candidate){ .first = first, .end = end, .where = "from" };
	ret_name->quality = name_quality(
	    from, (Element *)(void *)elements->data, elements->len, &ret_name->known);
	for (guint n = first; n < end; n++) {
		seen |= classes[n];
		if (n > first && same_word(from, n - 1, n))
			return FALSE;
	}
	/* A display name that nobody knows may be a nickname; one that ends like a family
	 * name and is in the address is none. */
	return ret_name->quality > 0 && (seen & (NAME_OBLIQUE | NAME_SPOKEN_OF)) == 0 &&
	    (ret_name->known ||
		((seen & NAME_FAMILY) != 0 && elements->len == 2 &&
		    name_shared(from, search->local, first, end) > 0));
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

static char *
spell_name(const Search *search, const Text *text, const Candidate *name)
{
	gsize off = names_case_ending(
	    search->sight->identity->names, &text->words[name->end - 1]);

	return g_strdelimit(text_copy(text, text->words[name->first].start,
				text->words[name->end - 1].end - off),
	    "\r\n", ' ');
}

/* The value of a form's line whose label is a signal: the one word behind it, or NULL. */
static char *
field_value(const Sight *sight, const char *label)
{
	const Text *text = sight->text;
	guint n;
	const Find *find = sight_finds(
	    sight, sight->identity->author, label, text->body_word, text->n_words, &n);

	for (guint i = 0; i < n; i++) {
		guint value = find[i].last + 1;
		const TextLine *line = &text->lines[text->words[find[i].first].line];

		if (value + 1 == line->end_word &&
		    text->bytes[text->words[find[i].last].end] == ':' &&
		    text->words[value].letters > 1)
			return text_copy_words(text, value, value + 1);
	}
	return NULL;
}

static char *
name_from_form(const Sight *sight)
{
	g_autofree char *family = field_value(sight, "family-field");
	g_autofree char *given = field_value(sight, "given-field");

	return family != NULL && given != NULL ? g_strdup_printf("%s %s", family, given)
					       : NULL;
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

void
name_fill(Sight *sight)
{
	Reading *reading = sight->reading;
	g_autofree char *display = cut_display(reading->from_name);
	g_autoptr(Text) from = text_parse(g_strdelimit(display, "_.", ' '), NULL);
	g_autoptr(Text) local = local_part(reading->from_address);
	Search search = { sight, from, local, is_shouting(sight->text), 0 };
	const Text *text = sight->text;
	Candidate name, display_name;

	/* Below it there is at most a number. */
	for (guint n = text->body_word; n < text->n_words; n++)
		if (text->words[n].script != SCRIPT_DIGIT && !text->words[n].linked &&
		    (sight->classes[n] & NAME_NEVER) == 0)
			search.last_line = text->words[n].line;
	name = best_in_text(&search);
	sight->name_first = name.first;
	sight->name_end = name.end;
	g_clear_pointer(&reading->name, g_free);
	g_clear_pointer(&reading->name_where, g_free);
	if (name.where == NULL) {
		reading->name = name_from_form(sight);
		reading->name_where = reading->name != NULL ? g_strdup("text") : NULL;
		if (reading->name != NULL || !full_display_name(&search, &display_name))
			return;
		name = display_name;
		text = from;
	}
	reading->name = spell_name(&search, text, &name);
	reading->name_where = g_strdup(name.where);
}
