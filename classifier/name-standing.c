/* Whose a name is: what stands before and after it, and where it stands. */
#include "name-private.h"

#define FAR_BEFORE 24 /* words: no cue stands farther from its name */

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

/* Does this find of a signal introduce the name? */
static gboolean
introduces(
    const Search *search, const char *signal, const Find *find, const Candidate *name)
{
	const Text *text = search->sight->text;
	const TextWord *words = text->words;
	guint after = find->last + 1;

	if (find->last >= name->first || name->first - find->last > 12)
		return FALSE;
	if (g_str_equal(signal, "self") || g_str_equal(signal, "named"))
		return words[find->last].line == name->line &&
		    (name->first == after ||
			(name->first <= after + 5 &&
			    only_roles_between(search, after, name->first)));
	if (g_str_equal(signal, "first"))
		return (text->sentences[words[find->first].sentence].first_word ==
			       find->first ||
			   words[find->last].ends || name->first == after) &&
		    only_roles_between(search, after, name->first);
	if (g_str_equal(signal, "head"))
		return name->line <= 8 &&
		    find->first == text->lines[name->line].first_word &&
		    only_roles_between(search, after, name->first);
	return name->first == after;
}

/* "Мен X Yпін": an "I am" at the end of what follows "I". */
static gboolean
has_person_ending(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	guint n;

	return name->first > 0 &&
	    sight_finds(sight, sight->identity->author, "first", name->first - 1,
		name->first, &n) != NULL &&
	    names_person_ending(
		sight->identity->names, &sight->text->words[name->end - 1]) > 0;
}

/* "I am Jeong Ha-eun from Busan": capitals throughout, and then what he is or whence. */
static gboolean
is_clear_latin(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const TextWord *words = sight->text->words;

	for (guint n = name->first; n < name->end; n++)
		if (words[n].cyrillic ||
		    (words[n].letter_case != CASE_TITLE && !words[n].joined))
			return FALSE;
	return words[name->end - 1].ends ||
	    sight_find_at(sight, sight->identity->author, "origin", name->end) != NULL;
}

/* What stands before the name, by the weight of its signal. */
static double
cue_before(const Search *search, const Candidate *name)
{
	static const struct {
		const char *signal;
		double more; /* what its place adds to its weight */
	} cues[] = { { "named", 3 }, { "self", 1 }, { "first", 1.5 }, { "maybe", 0 },
		{ "head", 3 }, { "close", 1 } };
	const Sight *sight = search->sight;
	const Sheet *sheet = sight->identity->author;
	guint from = name->first > FAR_BEFORE ? name->first - FAR_BEFORE : 0;
	double best = 0;

	for (guint i = 0; i < G_N_ELEMENTS(cues); i++) {
		guint n;
		const Find *find =
		    sight_finds(sight, sheet, cues[i].signal, from, name->first, &n);

		for (guint k = 0; k < n; k++)
			if (introduces(search, cues[i].signal, &find[k], name))
				best = MAX(best,
				    sheet_signal(sheet, cues[i].signal)->weight +
					cues[i].more);
	}
	if (best >= 4 && is_clear_latin(search, name))
		best += 1.5;
	return best + (has_person_ending(search, name) ? 3 : 0);
}

/* "… деген студентпін", "… деген студент едім" */
static gboolean
is_role_of_his(const Search *search, guint n)
{
	const Text *text = search->sight->text;

	return (search->sight->classes[n] & NAME_ROLE) != 0 &&
	    (g_str_has_suffix(text->words[n].folded, "н") ||
		(n + 1 < text->n_words &&
		    (g_str_has_prefix(text->words[n + 1].folded, "еди") ||
			g_str_has_prefix(text->words[n + 1].folded, "бола"))));
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
		if (is_role_of_his(search, n))
			return 4;
		if (sight->text->words[n].ends)
			break;
	}
	return g_str_has_prefix(sight->text->words[find->first].folded, "деген") ? -1 : 2;
}

/* Another name stands before the number in its line: "Студент: X, 8 701 …". */
static gboolean
is_taken(const Search *search, const Phone *phone)
{
	const Text *text = search->sight->text;
	guint names = 0;

	for (guint n = text->lines[text->words[phone->first].line].first_word;
	     n < phone->first; n++)
		names += text->words[n].letter_case != CASE_LOWER &&
		    (search->sight->classes[n] & NAME_ANY) != 0;
	return names > 1;
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
			(text->lines[line].kind != LINE_PROSE &&
			    !is_taken(search, phone))))
			return TRUE;
	}
	return FALSE;
}

/* The line before it ends with ":" and says whose name it is. */
static gboolean
is_announced(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	guint above = name->line;

	while (above > 1 && text->lines[above - 1].kind == LINE_BLANK)
		above--;
	return above > 1 && text->bytes[text->lines[above - 1].end - 1] == ':';
}

/* A name alone on its line, and below it a line with the number: a signature, wherever in
 * the letter it stands. */
static gboolean
is_over_phone(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	guint line = text->words[name->end - 1].line;

	return name->first == text->lines[name->line].first_word &&
	    name->end == text->lines[line].end_word && name->end < text->n_words &&
	    text->words[name->end].line == line + 1 && is_beside_phone(search, name) &&
	    !is_announced(search, name);
}

/* A name with which a sentence goes on ("Ерлан Асанов келмейді") is spoken about; the
 * author's own ends there, or is followed by what he is or by his number. */
static gboolean
is_spoken_about(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	const TextLine *line = &text->lines[name->line];

	if (name->end == line->end_word || text->words[name->end - 1].ends ||
	    search->shouting || name_leads_to_phone(search, name))
		return FALSE;
	return text->words[name->end].script != SCRIPT_DIGIT &&
	    (search->sight->classes[name->end] & (NAME_ROLE | NAME_POST)) == 0;
}

/* "X, моя дочь": but not "X. Моя дочь …", nor "X, мой номер 8 …". */
static gboolean
is_followed_by_mine(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const TextWord *words = sight->text->words;

	return name->end < sight->text->n_words &&
	    (sight->classes[name->end] & NAME_MINE) != 0 &&
	    words[name->end].letter_case != CASE_UPPER &&
	    words[name->end].sentence == words[name->end - 1].sentence &&
	    !name_leads_to_phone(search, name);
}

/* "Фируза" is a name, and "Фируз" in the genitive: From and the place tell. */
static double
oblique_doubt(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	LineKind kind = sight->text->lines[name->line].kind;

	if (name_shared(sight->text, search->from, name->first, name->end) > 0)
		return 0;
	if (kind == LINE_SIGNATURE || name_leads_to_phone(search, name))
		return 1;
	if (kind != LINE_PROSE)
		return 2;
	/* "вдова вашего выпускника X" */
	return name->first > 0 &&
		(sight->classes[name->first - 1] & (NAME_ROLE | NAME_POST)) != 0
	    ? 8
	    : 4;
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
	const Find *other;
	double value = 0;

	if (name->first > line->first_word && text->words[name->first - 1].ends)
		before = 0;
	if (is_followed_by_mine(search, name))
		value += 2.5;
	if (name->end < line->end_word && text->words[name->end - 1].ends)
		after = 0;
	if ((before & (NAME_POST | NAME_HONORIFIC)) != 0 && !signed_line)
		value += 3;
	if ((before & NAME_OTHER) != 0)
		value += 3;
	if ((after & (NAME_HONORIFIC | NAME_OTHER)) != 0 &&
	    !name_leads_to_phone(search, name))
		value += 3;
	if ((after & NAME_POST) != 0 && !signed_line)
		value += 2;
	other = sight_find_before(sight, sight->identity->author, "other", name->first);
	if (other != NULL &&
	    text->words[other->last].sentence == text->words[name->first].sentence)
		value += 4;
	if (text->words[name->first].quoted)
		value += 3;
	if (line->kind == LINE_GREETING &&
	    (name->first != line->first_word || text->bytes[line->end - 1] == '!'))
		value += 3;
	/* "Қайырлы күн, X!" */
	else if (name->first > line->first_word && name->line <= 2 &&
	    text->bytes[text->words[name->end - 1].end] == '!')
		value += 3;
	for (guint n = name->first; n < name->end; n++)
		classes |= sight->classes[n];
	return value + ((classes & NAME_SPOKEN_OF) != 0 ? 4 : 0) +
	    ((classes & NAME_OBLIQUE) != 0 ? oblique_doubt(search, name) : 0);
}

/* "8 747 935 20 61, X" */
static gboolean
is_all_phone(const Search *search, guint first, guint end)
{
	const GArray *phones = search->sight->phones;

	for (guint i = 0; i < phones->len; i++) {
		const Phone *phone = &g_array_index(phones, Phone, i);

		if (phone->first == first && phone->end == end)
			return TRUE;
	}
	return FALSE;
}

static gboolean
starts_line(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	guint first = text->lines[name->line].first_word;

	return name->first == first || only_roles_between(search, first, name->first) ||
	    is_all_phone(search, first, name->first);
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

/* What a signature at the letter's end is worth when no line is given to it. */
static double
last_words(const Search *search, const Candidate *name, gboolean leads)
{
	const Text *text = search->sight->text;
	guint before = name->first > text->lines[name->line].first_word
	    ? search->sight->classes[name->first - 1]
	    : 0;

	if (starts_sentence(search, name))
		return leads || text->words[name->end - 1].ends ? 3 : 1.5;
	/* Who writes without full stops signs without one before his name. */
	return leads && (before & (NAME_POST | NAME_HONORIFIC | NAME_OTHER)) == 0 ? 3 : 0;
}

/* A subject that begins with a name and something else after a mark, or is one. */
static gboolean
is_own_subject(const Search *search, const Candidate *name)
{
	const TextLine *line = &search->sight->text->lines[name->line];

	return line->kind == LINE_SUBJECT && name->known &&
	    name->first == line->first_word &&
	    search->sight->text->words[name->end - 1].ends;
}

double
name_standing(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	const Text *text = sight->text;
	const TextLine *line = &text->lines[name->line];
	guint shared = name_shared(text, search->from, name->first, name->end);
	gboolean beside = is_beside_phone(search, name),
		 leads = name_leads_to_phone(search, name);
	double value = cue_before(search, name) + cue_after(search, name);
	gboolean cued = value > 0;

	value += shared >= 2 ? 4 : shared == 1 ? 2.5 : 0;
	if (name_shared(text, search->local, name->first, name->end) > 0)
		value += 1.5;
	if (line->kind == LINE_SIGNATURE)
		value += starts_line(search, name) ? 3.5 : 2;
	else if (name->line == search->last_line)
		value += last_words(search, name, leads);
	if (beside &&
	    (leads || line->kind != LINE_PROSE || starts_sentence(search, name)))
		value += 2;
	if (line->kind != LINE_SIGNATURE && is_over_phone(search, name))
		value += 1.5;
	if (is_own_subject(search, name))
		value += 3;
	/* The head of a letter: who writes, before the greeting. */
	if (name->line <= 4 &&
	    (line->kind == LINE_HEADING || line->kind == LINE_GREETING) &&
	    starts_line(search, name) && (cued || !is_announced(search, name)))
		value += beside ? 2 : 1;
	if (line->kind == LINE_PROSE && name->line != search->last_line && value < 2)
		value -= 1;
	if (line->kind == LINE_LIST || line->kind == LINE_TABLE)
		value -= 1;
	if (!cued && is_spoken_about(search, name))
		value -= 3;
	return value - doubt(search, name);
}

/* "мен X, 11 сынып оқушысымын": after it what he is, or a mark. */
static gboolean
is_introduced(const Search *search, const Candidate *name)
{
	const Sight *sight = search->sight;
	double before = cue_before(search, name);

	if (before < 3.5 || name->end == sight->text->n_words)
		return before >= 3.5;
	return before >= 4 || sight->text->words[name->end - 1].ends ||
	    sight_find_at(sight, sight->identity->author, "origin", name->end) != NULL ||
	    sight->text->words[name->end].script == SCRIPT_DIGIT ||
	    (sight->classes[name->end] & (NAME_ROLE | NAME_POST | NAME_STUDY)) != 0;
}

gboolean
name_is_signed(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	LineKind kind = text->lines[name->line].kind;

	if (kind == LINE_SIGNATURE || kind == LINE_FIELD ||
	    name_shared(text, search->from, name->first, name->end) > 0 ||
	    name_shared(text, search->local, name->first, name->end) > 0 ||
	    cue_before(search, name) > 0 || cue_after(search, name) > 0)
		return TRUE;
	/* "X, 8 701 …" as a sentence of its own. */
	return name_leads_to_phone(search, name) &&
	    text->bytes[text->words[name->end - 1].end] != '.' &&
	    text->sentences[text->words[name->first].sentence].first_word == name->first;
}

gboolean
name_may_be_lower(const Search *search, const Candidate *name)
{
	const Text *text = search->sight->text;
	const TextLine *line = &text->lines[name->line];

	if (name->unsure)
		return is_introduced(search, name) ||
		    (name_leads_to_phone(search, name) &&
			(name->first == line->first_word ||
			    text->words[name->first - 1].ends));
	return name_leads_to_phone(search, name) || is_introduced(search, name) ||
	    cue_after(search, name) > 0 ||
	    (name->first == line->first_word &&
		(name->end == line->end_word || text->words[name->end - 1].ends));
}
