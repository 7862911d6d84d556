/* Which words can be a full name, from the words alone. */
#include "name-private.h"

#include <string.h>

static gboolean
has_key(const Text *text, const char *key)
{
	char other[NAME_KEY_SPACE];

	for (guint n = 0; n < text->n_words; n++) {
		if (text->words[n].letters <= 1)
			continue;
		names_key(&text->words[n], other);
		if (strcmp(key, other) == 0)
			return TRUE;
	}
	return FALSE;
}

/* How many words of a candidate a text has. */
guint
name_shared(const Text *text, const Text *other, guint first, guint end)
{
	char key[NAME_KEY_SPACE];
	guint shared = 0;

	for (guint n = first; n < end; n++) {
		names_key(&text->words[n], key);
		shared += key[0] != '\0' && has_key(other, key);
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
	    (name_shared(text, search->from, n, n + 1) > 0 ||
		name_shared(text, search->local, n, n + 1) > 0) &&
	    (search->sight->classes[n] & (NAME_ROLE | NAME_POST)) == 0 &&
	    ((search->sight->classes[n] & NAME_HONORIFIC) == 0 ||
		(text->words[n].letter_case == CASE_TITLE &&
		    name_shared(text, search->local, n, n + 1) > 0));
}

static gboolean
is_hyphen(const Text *text, guint n)
{
	return text->words[n].joined &&
	    text->words[n].start == text->words[n - 1].end + 1;
}

/* A word in small letters that is in no list is a name at the side of one: of a given
 * name, or of a sure family name ("слова" in the plural ends like one, behind another).
 */
static gboolean
is_beside_known(const Search *search, guint n)
{
	const Text *text = search->sight->text;
	const guint *classes = search->sight->classes;
	const TextWord *word = &text->words[n];
	guint before = n > 0 && !word[-1].ends ? classes[n - 1] : 0;
	guint after = n + 1 < text->n_words && !word->ends ? classes[n + 1] : 0;

	if ((after & NAME_SURE) != 0 && !g_str_has_suffix(word[1].folded, "а"))
		after &= ~(guint)NAME_SURE;
	return ((before | after) & (NAME_GIVEN | NAME_SURE)) != 0 && word->letters >= 4 &&
	    wordlist_whole(search->sight->identity->languages, word->folded) == 0;
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
	/* "Пак Те Сон" */
	if (is_capital(word) && n > 0 && (class & NAME_LISTED) != 0 &&
	    (names_class(search->sight->identity->names, &text->words[n - 1]) &
		NAME_LISTED) != 0)
		return TRUE;
	if ((class & NAME_GIVEN) == 0 &&
	    !(is_capital(word) && is_in_from(search, text, n)) &&
	    (class &
		(NAME_NEVER | NAME_ROLE | NAME_POST | NAME_HONORIFIC | NAME_OTHER)) != 0)
		return FALSE;
	/* "Park Ji-hoon" */
	if (n > 0 && is_hyphen(text, n) && !word->cyrillic &&
	    text->words[n - 1].letter_case == CASE_TITLE)
		return TRUE;
	if (search->shouting && (class & NAME_ANY) == 0 && text != search->from &&
	    !is_in_from(search, text, n) &&
	    names_is_verb(search->sight->identity->names, word))
		return FALSE;
	if (is_capital(word) &&
	    !(search->shouting && prose && !is_in_from(search, text, n)))
		return TRUE;
	/* In small letters it must be known, or have a known name at its side. */
	return (class & (NAME_ANY | NAME_PATRONYMIC_WORD | NAME_PARTICLE)) != 0 ||
	    (text != search->from && !search->shouting && is_beside_known(search, n) &&
		!names_is_verb(search->sight->identity->names, word));
}

/* A name on two lines: one word alone on its line, and the next line goes on with the
 * part of a name that is missing. */
static gboolean
follows_on_next_line(const Text *text, const guint *classes, guint n)
{
	const guint own = NAME_GIVEN | NAME_COMPOUND, sure = own | NAME_FAMILY;
	const TextWord *before = &text->words[n - 1], *word = &text->words[n];
	const TextLine *line = &text->lines[before->line];
	guint a = classes[n - 1], b = classes[n];

	if (word->line != before->line + 1 || line->kind == LINE_SUBJECT ||
	    line->first_word + 1 != line->end_word || line->end != before->end ||
	    text->lines[word->line].first_word != n ||
	    text->lines[word->line].start != word->start)
		return FALSE;
	/* A family name in capitals may be like a given one. */
	if (before->letter_case == CASE_UPPER && word->letter_case == CASE_TITLE)
		return (a & NAME_ANY) != 0 && (b & own) != 0;
	return ((a & sure) == NAME_FAMILY && (b & own) != 0) ||
	    ((a & own) != 0 && (b & (NAME_FAMILY | NAME_PATRONYMIC)) != 0 &&
		(b & own) == 0);
}

/* Does word n follow the one before in the same name: nothing but a blank, or the dot of
 * an initial, between? */
static gboolean
follows(const Text *text, const guint *classes, guint n)
{
	const TextWord *before = &text->words[n - 1], *word = &text->words[n];

	if (word->line != before->line)
		return follows_on_next_line(text, classes, n);
	if (!before->ends || is_hyphen(text, n))
		return TRUE;
	return before->letters == 1 && text->bytes[before->end] == '.' &&
	    word->start <= before->end + 2;
}

/* A man's patronymic at the beginning, or of a name in no list, may be a family name. */
static gboolean
is_vague(const Search *search, const TextWord *word, guint class, gboolean begins)
{
	return (class & (NAME_PATRONYMIC | NAME_FILIAL | NAME_GIVEN)) ==
	    NAME_PATRONYMIC &&
	    ((begins && word->cyrillic && g_str_has_suffix(word->folded, "ч")) ||
		!names_is_sure_patronymic(search->sight->identity->names, word));
}

/* The elements of the run that begins at word `first`; returns its end. */
guint
name_elements(const Search *search, const Text *text, const guint *classes, guint first,
    guint limit, GArray *elements)
{
	guint n = first;

	while (n < limit && (n == first || follows(text, classes, n)) &&
	    may_be_name(search, text, n, classes[n])) {
		Element element = { n, n + 1, classes[n], text->words[n].letters == 1,
			is_vague(search, &text->words[n], classes[n], n == first) };
		Element *before = elements->len > 0
		    ? &g_array_index(elements, Element, elements->len - 1)
		    : NULL;

		if (before != NULL && is_hyphen(text, n)) {
			before->end = n + 1;
			before->class |= classes[n];
		} else if (before != NULL && (classes[n] & NAME_PATRONYMIC_WORD) != 0) {
			before->end = n + 1;
			before->class = NAME_PATRONYMIC | NAME_FILIAL;
		} else {
			g_array_append_val(elements, element);
		}
		n++;
	}
	return n;
}

typedef struct {
	guint given, compound, family, sure, listed, patronymic, filial, unknown,
	    initials, particles, odd, lower,
	    mere; /* in small letters, and not known as a name */
} Tally;

/* "Савич Пётр", "Пётр Леонидович Савич": a family name, by its place or by the patronymic
 * beside it. */
static gboolean
is_family(const Element *elements, guint n_elements, guint i)
{
	if (!elements[i].vague)
		return FALSE;
	for (guint k = 0; k < n_elements; k++)
		if ((k < i && (elements[k].class & NAME_FAMILY) != 0 &&
			(elements[k].class & (NAME_GIVEN | NAME_PATRONYMIC)) == 0) ||
		    (k > i && i > 0))
			return FALSE;
	for (guint k = 0; k < n_elements; k++)
		if (k != i && (elements[k].class & NAME_PATRONYMIC) != 0 &&
		    !elements[k].vague)
			return TRUE;
	return i == 0;
}

static Tally
tally(const Text *text, const Element *elements, guint n_elements)
{
	Tally sum = { 0 };

	for (guint i = 0; i < n_elements; i++) {
		guint class = elements[i].class;
		/* Either of hyphened words: "аль-Хамви", "Ji-hoon". */
		gboolean lower = !is_capital(&text->words[elements[i].first]) &&
		    !is_capital(&text->words[elements[i].end - 1]);
		gboolean particle = (class & NAME_PARTICLE) != 0 && lower;

		lower = lower && !particle;
		sum.lower += lower;
		sum.mere +=
		    lower && (class & (NAME_GIVEN | (i > 0 ? NAME_FAMILY : 0))) == 0;
		sum.listed += (class & NAME_LISTED) != 0;
		sum.sure += (class & NAME_SURE) != 0;
		sum.odd += (class & (NAME_NEVER | NAME_OTHER)) != 0 &&
		    (class & NAME_LISTED) == 0;
		if (elements[i].initial)
			sum.initials++;
		else if (particle)
			sum.particles++;
		else if ((class & NAME_GIVEN) != 0)
			sum.given++;
		else if (is_family(elements, n_elements, i))
			sum.family++;
		else if ((class & NAME_PATRONYMIC) != 0) {
			sum.patronymic++;
			sum.filial += (class & NAME_FILIAL) != 0;
		} else if ((class & NAME_COMPOUND) != 0)
			sum.compound++;
		else if ((class & NAME_FAMILY) != 0)
			sum.family++;
		else
			sum.unknown++;
	}
	return sum;
}

/* How much these elements are one full name; 0 when they are none.  Given and family name
 * must both be there; a patronymic or an initial stands for neither, but many a Kazakh's
 * family name ends in -ұлы or -қызы. */
double
name_quality(
    const Text *text, const Element *elements, guint n_elements, Candidate *ret_name)
{
	Tally sum = tally(text, elements, n_elements);
	guint full = sum.given + sum.compound + sum.family + sum.unknown;
	gboolean filial = full == 1 && sum.family == 0 && sum.filial == 1;
	gboolean latin = !text->words[elements[0].first].cyrillic;
	double value;

	ret_name->known = sum.given + sum.compound > 0 ||
	    (sum.patronymic > 0 && sum.family > 0) || filial ||
	    (sum.listed > 0 && full == 2) || (sum.listed > 1 && full == 3);
	if (full + filial < 2 || (sum.odd > 0 && sum.given + sum.listed == 0) ||
	    sum.patronymic > 1 || sum.initials > 1 ||
	    (sum.lower > 0 && sum.unknown > 1) ||
	    (sum.mere > 0 && sum.lower < n_elements) ||
	    (sum.lower > 0 && sum.lower < n_elements && n_elements > 2) ||
	    elements[0].initial || elements[n_elements - 1].initial ||
	    ((elements[0].class & NAME_PARTICLE) != 0 &&
		!is_capital(&text->words[elements[0].first])))
		return 0;
	ret_name->unsure = sum.lower > 0 && sum.unknown > 0;
	if (ret_name->unsure && sum.sure > 0 && full == 2)
		ret_name->known = TRUE;
	value = 1.5 * MIN(sum.given, 2) + 1.2 * sum.compound + sum.family +
	    1.5 * sum.patronymic + 0.4 * sum.unknown - 0.3 * sum.initials;
	if ((elements[0].class & NAME_PATRONYMIC) != 0 &&
	    (elements[0].class & NAME_FAMILY) == 0)
		value -= 1;
	if (filial)
		value -= 0.5;
	if (full > 2 && !latin && sum.listed < 2)
		value -= 1.2 * (full - 2);
	if (full > (latin ? 4 : 3))
		value -= 1;
	if (sum.unknown + sum.family > 1 && !latin && !ret_name->known)
		value -= 1;
	return MAX(value, 0.1);
}

gboolean
name_is_filial(const Element *elements, guint n_elements)
{
	return n_elements == 2 &&
	    ((elements[0].class | elements[1].class) & NAME_FILIAL) != 0;
}

gboolean
name_is_lower(const Text *text, const Element *elements, guint n_elements)
{
	return tally(text, elements, n_elements).lower > 0;
}

/* Nobody's sentence: what an author is, where he studies, his group, "тел". */
static gboolean
is_tail_word(const Search *search, guint n)
{
	const Text *text = search->sight->text;
	const TextWord *word = &text->words[n];

	return word->script == SCRIPT_DIGIT || word->letters == 1 ||
	    (search->sight->classes[n] & (NAME_ROLE | NAME_POST | NAME_STUDY)) != 0 ||
	    (word->letter_case == CASE_UPPER && word->letters <= 5 && !search->shouting);
}

/* "Самаркандский университет" */
static gboolean
is_of_place(const Sight *sight, guint n, guint end)
{
	const guint place = NAME_NEVER | NAME_STUDY;

	return sight->text->words[n].letter_case == CASE_TITLE &&
	    ((sight->classes[n] & NAME_NEVER) != 0 ||
		(n + 1 < end && (sight->classes[n + 1] & place) != 0));
}

/* Two words that are in no list may stand there too, when no sentence ends among them. */
static gboolean
is_tail(const Search *search, guint first, guint end)
{
	const Sight *sight = search->sight;
	const TextWord *words = sight->text->words;
	guint strangers = 0;

	for (guint n = first; n < end; n++) {
		const Find *label =
		    sight_find_at(sight, sight->identity->phone, "label", n);

		if (label == NULL)
			label = sight_find_at(sight, sight->identity->phone, "own", n);
		if (label != NULL) {
			n = label->last;
			continue;
		}
		if (is_tail_word(search, n) || is_of_place(sight, n, end))
			continue;
		strangers++;
		if ((sight->classes[n] & (NAME_ANY | NAME_OTHER)) != 0 ||
		    words[n].sentence != words[end].sentence ||
		    words[n].sentence != words[first - 1].sentence ||
		    names_is_verb(sight->identity->names, &words[n]))
			return FALSE;
	}
	return strangers <= 2;
}

gboolean
name_leads_to_phone(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const TextWord *words = sight->text->words;

	for (guint i = 0; i < sight->phones->len; i++) {
		const Phone *phone = &g_array_index(sight->phones, Phone, i);

		if (phone->first < name->end)
			continue;
		return phone->first - name->end < 12 &&
		    words[phone->first].line <= words[name->end - 1].line + 2 &&
		    is_tail(search, name->end, phone->first);
	}
	return FALSE;
}
