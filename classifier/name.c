/* The author's full name.
 *
 * Candidates are runs of two to four words that can be a name.  Each has a quality (how
 * much it is a name) and a standing (how much it is the author's: after "меня зовут", in
 * the signature, beside the telephone, alike to From).  The best one with enough standing
 * wins; else a display name in From that is a full name; else there is none, for an
 * invented name is worse. */
#include "identity-private.h"

#include <string.h>

#define MOST_ELEMENTS 5
#define LEAST_STANDING 3.0
#define LEAST_STANDING_UNKNOWN 5.0 /* when no word of it is a known given name */

/* One part of a name: a word, words joined by a hyphen, or "Серік ұлы". */
typedef struct {
	guint first, end;
	guint class;
	gboolean initial;
} Element;

typedef struct {
	const char *where; /* "signature", "text", "from" */
	guint first, end;
	guint line;
	double quality, standing;
	gboolean known; /* has a known given name */
} Candidate;

typedef struct {
	Sight *sight;
	Text *from;        /* the display name */
	Text *local;       /* the local part of the address */
	gboolean shouting; /* the letter is in capitals: they say nothing */
	guint last_line;   /* the last that is not blank */
} Search;

static gboolean
same_key(const TextWord *a, const TextWord *b)
{
	char key_a[NAME_KEY_SPACE], key_b[NAME_KEY_SPACE];

	names_key(a, key_a);
	names_key(b, key_b);
	return key_a[0] != '\0' && strcmp(key_a, key_b) == 0;
}

/* How many words of a candidate a text has. */
static guint
shared_words(const Text *text, const Text *other, guint first, guint end)
{
	guint shared = 0;

	for (guint n = first; n < end; n++)
		for (guint m = 0; m < other->n_words; m++)
			if (other->words[m].letters > 1 &&
			    same_key(&text->words[n], &other->words[m])) {
				shared++;
				break;
			}
	return shared;
}

static gboolean
is_capital(const TextWord *word)
{
	return word->letter_case == CASE_TITLE || word->letter_case == CASE_UPPER ||
	    word->letter_case == CASE_CAMEL;
}

/* A name may be an ordinary word ("Мамыр"), if From or the address has it too. */
static gboolean
is_in_from(const Search *search, const Text *text, guint n)
{
	return text != search->from && text->words[n].letters > 2 &&
	    (shared_words(text, search->from, n, n + 1) > 0 ||
		shared_words(text, search->local, n, n + 1) > 0) &&
	    (search->sight->classes[n] & (NAME_ROLE | NAME_POST | NAME_HONORIFIC)) == 0;
}

/* May this word be part of a name?  A given name in the list may, whatever else it means.
 */
static gboolean
may_be_name(const Search *search, const Text *text, guint n, guint class)
{
	const TextWord *word = &text->words[n];
	gboolean prose = text->lines[word->line].kind == LINE_PROSE;

	if (word->script == SCRIPT_DIGIT || word->script == SCRIPT_OTHER ||
	    word->linked || word->script == SCRIPT_NONE)
		return FALSE;
	if (word->letters == 1)
		return is_capital(word) && (class & (NAME_ROLE | NAME_NEVER)) == 0;
	if ((class & NAME_GIVEN) == 0 &&
	    !(is_capital(word) && is_in_from(search, text, n)) &&
	    (class &
		(NAME_NEVER | NAME_ROLE | NAME_POST | NAME_HONORIFIC | NAME_OTHER)) != 0)
		return FALSE;
	if (!is_capital(word) ||
	    (search->shouting && prose && !is_in_from(search, text, n)))
		return (class & (NAME_ANY | NAME_PATRONYMIC_WORD | NAME_PARTICLE)) != 0;
	return TRUE;
}

static gboolean
is_hyphen(const Text *text, guint n)
{
	return text->words[n].joined &&
	    text->words[n].start == text->words[n - 1].end + 1;
}

/* Does word n follow the one before in the same name: nothing but a blank, or the dot of
 * an initial, between? */
static gboolean
follows(const Text *text, guint n)
{
	const TextWord *before = &text->words[n - 1], *word = &text->words[n];

	if (word->line != before->line)
		return FALSE;
	if (!before->ends || is_hyphen(text, n))
		return TRUE;
	return before->letters == 1 && text->bytes[before->end] == '.' &&
	    word->start <= before->end + 2;
}

/* The elements of the run that begins at word `first`; returns its end. */
static guint
run_elements(const Search *search, const Text *text, const guint *classes, guint first,
    guint limit, GArray *elements)
{
	guint n = first;

	while (n < limit && (n == first || follows(text, n)) &&
	    may_be_name(search, text, n, classes[n])) {
		Element element = { n, n + 1, classes[n], text->words[n].letters == 1 };
		Element *before = elements->len > 0
		    ? &g_array_index(elements, Element, elements->len - 1)
		    : NULL;

		if (before != NULL && is_hyphen(text, n)) {
			before->end = n + 1;
			before->class |= classes[n];
		} else if (before != NULL && (classes[n] & NAME_PATRONYMIC_WORD) != 0) {
			before->end = n + 1;
			before->class = NAME_PATRONYMIC;
		} else {
			g_array_append_val(elements, element);
		}
		n++;
	}
	return n;
}

typedef struct {
	guint given, compound, family, listed, patronymic, unknown, initials, particles,
	    odd, lower;
} Tally;

static Tally
tally(const Text *text, const Element *elements, guint n_elements)
{
	Tally sum = { 0 };

	for (guint i = 0; i < n_elements; i++) {
		guint class = elements[i].class;

		sum.lower += !is_capital(&text->words[elements[i].first]);
		sum.listed += (class & NAME_LISTED) != 0;
		sum.odd += (class & (NAME_NEVER | NAME_OTHER)) != 0;
		if (elements[i].initial)
			sum.initials++;
		else if ((class & NAME_PARTICLE) != 0 &&
		    !is_capital(&text->words[elements[i].first]))
			sum.particles++;
		else if ((class & NAME_GIVEN) != 0)
			sum.given++;
		else if ((class & NAME_PATRONYMIC) != 0)
			sum.patronymic++;
		else if ((class & NAME_COMPOUND) != 0)
			sum.compound++;
		else if ((class & NAME_FAMILY) != 0)
			sum.family++;
		else
			sum.unknown++;
	}
	return sum;
}

/* How much these elements are one full name; 0 when they are none.  Given and family name
 * must both be there; a patronymic or an initial stands for neither. */
static double
quality(const Text *text, const Element *elements, guint n_elements, gboolean *ret_known)
{
	Tally sum = tally(text, elements, n_elements);
	guint full = sum.given + sum.compound + sum.family + sum.unknown;
	gboolean latin = !text->words[elements[0].first].cyrillic;
	double value;

	*ret_known = sum.given + sum.compound > 0 ||
	    (sum.patronymic > 0 && sum.family > 0) || (sum.listed > 0 && full == 2);
	if (full < 2 || (sum.odd > 0 && sum.given == 0) || sum.patronymic > 1 ||
	    sum.initials > 1 || (sum.lower > 0 && sum.unknown > 0) ||
	    elements[0].initial || elements[n_elements - 1].initial ||
	    ((elements[0].class & NAME_PARTICLE) != 0 &&
		!is_capital(&text->words[elements[0].first])))
		return 0;
	value = 1.5 * MIN(sum.given, 2) + 1.2 * sum.compound + sum.family +
	    1.5 * sum.patronymic + 0.4 * sum.unknown - 0.3 * sum.initials;
	if ((elements[0].class & NAME_PATRONYMIC) != 0 &&
	    (elements[0].class & NAME_FAMILY) == 0)
		value -= 1;
	if (full > 2 && !latin)
		value -= 1.2 * (full - 2);
	if (full > 3)
		value -= 1;
	if (sum.unknown + sum.family > 1 && !latin && !*ret_known)
		value -= 1;
	return MAX(value, 0.1);
}

/* Is there nothing between word `from` (exclusive) and the name but what authors say of
 * themselves: "Мен, 3 курс студенті X"? */
static gboolean
only_roles_between(const Search *search, guint from, guint first)
{
	const Text *text = search->sight->text;
	gboolean role = FALSE;

	for (guint n = from; n < first; n++) {
		guint class = search->sight->classes[n];

		if ((class & NAME_OTHER) != 0 ||
		    text->words[n].sentence != text->words[first].sentence)
			return FALSE;
		role |= (class & (NAME_ROLE | NAME_POST)) != 0;
	}
	return role || first == from;
}

static double
cue_before(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const Sheet *sheet = sight->identity->author;
	const TextWord *words = sight->text->words;
	double best = 0;

	for (guint i = 0; i < sight->finds->len; i++) {
		const Find *find = &g_array_index(sight->finds, Find, i);
		const Signal *signal;

		if (find->sheet != sheet->index || find->last >= name->first ||
		    name->first - find->last > 12)
			continue;
		signal = sheet->signals->pdata[find->signal];
		if (g_str_equal(signal->name, "self") &&
		    words[find->last].line == name->line &&
		    (name->first == find->last + 1 ||
			(name->first <= find->last + 6 &&
			    only_roles_between(search, find->last + 1, name->first))))
			best = MAX(best, signal->weight + 1);
		if (g_str_equal(signal->name, "first") &&
		    (find->first ==
			    sight->text->sentences[words[find->first].sentence]
				.first_word ||
			words[find->last].ends || name->first == find->last + 1) &&
		    only_roles_between(search, find->last + 1, name->first))
			best = MAX(best, signal->weight + 1.5);
		if (g_str_equal(signal->name, "maybe") && name->first == find->last + 1)
			best = MAX(best, signal->weight);
		if (g_str_equal(signal->name, "head") && name->line <= 8 &&
		    find->first == sight->text->lines[name->line].first_word &&
		    only_roles_between(search, find->last + 1, name->first))
			best = MAX(best, signal->weight + 3);
		if (g_str_equal(signal->name, "close") && name->first == find->last + 1)
			best = MAX(best, signal->weight + 1);
	}
	return best;
}

static double
cue_after(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const Sheet *sheet = sight->identity->author;
	const Find *find = sight_find_at(sight, sheet, "after", name->end);

	if (find == NULL || sight->text->words[name->end - 1].ends ||
	    sight->text->words[find->last].line != name->line)
		return 0;
	/* "X деген студентпін": who he is must follow, in the first person or as a role.
	 */
	for (guint n = find->last + 1; n < sight->text->n_words && n <= find->last + 6;
	     n++) {
		const TextWord *word = &sight->text->words[n];
		const char *folded = word->folded;

		if ((sight->classes[n] & NAME_ROLE) != 0 && g_str_has_suffix(folded, "н"))
			return 4;
		if (word->ends)
			break;
	}
	return g_str_has_prefix(sight->text->words[find->first].folded, "деген") ? -1 : 2;
}

/* Is a telephone number in the name's line, or in one of the next two that are not blank?
 */
static gboolean
is_beside_phone(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const Text *text = sight->text;

	for (guint i = 0; i < sight->phones->len; i++) {
		const Phone *phone = &g_array_index(sight->phones, Phone, i);
		guint line = text->words[phone->first].line, between = 0;

		if (line == name->line)
			return phone->first >= name->end ? phone->first - name->end < 14
							 : name->first - phone->end < 4;
		for (guint n = name->line + 1; n < line; n++)
			between += text->lines[n].kind != LINE_BLANK;
		if (line > name->line && between < 2 && phone->first - name->end < 14 &&
		    (text->words[phone->first - 1].line != line ||
			text->lines[line].kind != LINE_PROSE))
			return TRUE;
	}
	return FALSE;
}

/* A name with which a sentence goes on ("Ерлан Асанов келмейді") is spoken about; the
 * author's own ends there, or is followed by what he is or by his number. */
static gboolean
is_spoken_about(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	const TextLine *line = &text->lines[name->line];

	if (name->end == line->end_word || text->words[name->end - 1].ends ||
	    search->shouting)
		return FALSE;
	return text->words[name->end].script != SCRIPT_DIGIT &&
	    (search->sight->classes[name->end] & (NAME_ROLE | NAME_POST)) == 0;
}

/* Words before the name in its line that say it is somebody else's. */
static double
doubt(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const Text *text = sight->text;
	const TextLine *line = &text->lines[name->line];
	gboolean signed_line = line->kind == LINE_SIGNATURE || line->kind == LINE_FIELD ||
	    is_beside_phone(search, name);
	guint before =
	    name->first > line->first_word ? sight->classes[name->first - 1] : 0;
	guint after = name->end < line->end_word ? sight->classes[name->end] : 0;
	guint classes = 0;
	double value = 0;

	if (name->first > line->first_word && text->words[name->first - 1].ends)
		before = 0;
	if (name->end < line->end_word && text->words[name->end - 1].ends)
		after = 0;
	if ((before & (NAME_POST | NAME_HONORIFIC)) != 0 && !signed_line)
		value += 3;
	if ((before & NAME_OTHER) != 0)
		value += 3;
	if ((after & (NAME_HONORIFIC | NAME_OTHER)) != 0)
		value += 3;
	if ((after & NAME_POST) != 0 && !signed_line)
		value += 2;
	if (sight_find_before(sight, sight->identity->author, "other", name->first) !=
	    NULL)
		value += 4;
	if (text->words[name->first].quoted)
		value += 3;
	if (line->kind == LINE_GREETING &&
	    (name->first != line->first_word || text->bytes[line->end - 1] == '!'))
		value += 3;
	for (guint n = name->first; n < name->end; n++)
		classes |= sight->classes[n];
	return value + ((classes & NAME_SPOKEN_OF) != 0 ? 4 : 0) +
	    ((classes & NAME_OBLIQUE) != 0 ? 2 : 0);
}

static gboolean
starts_line(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	guint first = text->lines[name->line].first_word;

	return name->first == first || only_roles_between(search, first, name->first);
}

/* A name that is a sentence by itself, or with what the author is and his number. */
static gboolean
starts_sentence(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	const TextSentence *sentence =
	    &text->sentences[text->words[name->first].sentence];

	if (sentence->first_word == name->first)
		return TRUE;
	return only_roles_between(search, sentence->first_word, name->first) ||
	    text->words[name->first - 1].ends;
}

static double
standing(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const Text *text = sight->text;
	const TextLine *line = &text->lines[name->line];
	guint shared = shared_words(text, search->from, name->first, name->end);
	gboolean beside = is_beside_phone(search, name);
	double value = cue_before(search, name) + cue_after(search, name);
	gboolean cued = value > 0;

	value += shared >= 2 ? 4 : shared == 1 ? 2.5 : 0;
	if (shared_words(text, search->local, name->first, name->end) > 0)
		value += 1.5;
	if (line->kind == LINE_SIGNATURE)
		value += starts_line(search, name) ? 3.5 : 2;
	else if (name->line == search->last_line && starts_sentence(search, name))
		value += text->words[name->end - 1].ends ||
			(name->end < text->n_words &&
			    text->words[name->end].script == SCRIPT_DIGIT)
		    ? 3
		    : 1.5;
	if (beside && (line->kind != LINE_PROSE || starts_sentence(search, name)))
		value += 2;
	/* The head of a letter: who writes, before the greeting. */
	if (name->line <= 4 &&
	    (line->kind == LINE_HEADING || line->kind == LINE_GREETING) &&
	    starts_line(search, name))
		value += beside ? 2 : 1;
	if (line->kind == LINE_PROSE && name->line != search->last_line && value < 2)
		value -= 1;
	if (line->kind == LINE_LIST)
		value -= 1;
	if (!cued && is_spoken_about(search, name))
		value -= 3;
	return value - doubt(search, name);
}

/* A name in small letters must have a number right behind it, or the line for itself. */
static gboolean
may_be_lower(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	const TextLine *line = &text->lines[name->line];

	if (name->end < line->end_word && text->words[name->end].script == SCRIPT_DIGIT)
		return is_beside_phone(search, name);
	if (cue_before(search, name) >= 4)
		return TRUE;
	return name->first == line->first_word &&
	    (name->end == line->end_word || text->words[name->end - 1].ends);
}

static void
try_window(
    const Search *search, const Element *elements, guint n_elements, Candidate *best)
{
	const Text *text = search->sight->text;
	Candidate name = { .first = elements[0].first,
		.end = elements[n_elements - 1].end };
	gboolean lower;

	name.line = text->words[name.first].line;
	name.quality = quality(text, elements, n_elements, &name.known);
	if (name.quality <= 0)
		return;
	lower = tally(text, elements, n_elements).lower > 0;
	if (lower && (!name.known || !may_be_lower(search, &name)))
		return;
	name.standing = standing(search, &name);
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

		g_array_set_size(elements, 0);
		end = run_elements(
		    search, text, search->sight->classes, n, text->n_words, elements);
		for (guint i = 0; i + 1 < elements->len; i++)
			for (guint k = 2; k <= MOST_ELEMENTS && i + k <= elements->len;
			     k++)
				try_window(search, &g_array_index(elements, Element, i),
				    k, &best);
		n = MAX(end, n + 1);
	}
	return best;
}

/* From alone is a full name when it is nothing but one: titles before it aside. */
static gboolean
full_display_name(const Search *search, Candidate *ret_name)
{
	const Text *from = search->from;
	g_autofree guint *classes = g_new0(guint, from->n_words + 1);
	g_autoptr(GArray) elements = g_array_new(FALSE, FALSE, sizeof(Element));
	guint first = 0, end;
	gboolean family = FALSE;

	for (guint n = 0; n < from->n_words; n++)
		classes[n] = names_class(search->sight->identity->names, &from->words[n]);
	while (
	    first < from->n_words && (classes[first] & (NAME_HONORIFIC | NAME_POST)) != 0)
		first++;
	end = run_elements(search, from, classes, first, from->n_words, elements);
	if (end < from->n_words || elements->len < 2 || elements->len > 4)
		return FALSE;
	*ret_name = (Candidate){ .first = first, .end = end, .where = "from" };
	ret_name->quality = quality(
	    from, (Element *)(void *)elements->data, elements->len, &ret_name->known);
	for (guint n = first; n < end; n++)
		family |= (classes[n] & NAME_FAMILY) != 0;
	/* A display name that nobody knows may be a nickname; one that ends like a family
	 * name and is in the address is none. */
	return ret_name->quality > 0 &&
	    (ret_name->known ||
		(family && shared_words(from, search->local, first, end) > 0));
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

	return text_copy(
	    text, text->words[name->first].start, text->words[name->end - 1].end - off);
}

void
name_fill(Sight *sight)
{
	Reading *reading = sight->reading;
	g_autofree char *display =
	    g_strdup(reading->from_name != NULL ? reading->from_name : "");
	g_autoptr(Text) from = text_parse(g_strdelimit(display, "_.", ' '), NULL);
	g_autoptr(Text) local = local_part(reading->from_address);
	Search search = { sight, from, local, is_shouting(sight->text), 0 };
	const Text *text = sight->text;
	Candidate name, display_name;

	/* Below it there is at most a number. */
	for (guint n = text->body_word; n < text->n_words; n++)
		if (text->words[n].script != SCRIPT_DIGIT && !text->words[n].linked)
			search.last_line = text->words[n].line;
	name = best_in_text(&search);
	sight->name_first = name.first;
	sight->name_end = name.end;
	g_clear_pointer(&reading->name, g_free);
	g_clear_pointer(&reading->name_where, g_free);
	if (name.where == NULL) {
		if (!full_display_name(&search, &display_name))
			return;
		name = display_name;
		text = from;
	}
	reading->name = spell_name(&search, text, &name);
	reading->name_where = g_strdup(name.where);
}
