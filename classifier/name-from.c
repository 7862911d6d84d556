/* The author's name where no sentence is around it: in From, and in a form whose lines
 * ask for its halves. */
#include "name-private.h"

#include <string.h>

/* --- From --- */

static gboolean
same_word(const Text *text, guint a, guint b)
{
	return g_str_equal(text->words[a].folded, text->words[b].folded);
}

static gboolean
begins_alike(const TextWord *a, const TextWord *b, gsize least)
{
	char key_a[NAME_KEY_SPACE], key_b[NAME_KEY_SPACE];
	gsize length;

	names_key(a, key_a);
	names_key(b, key_b);
	length = MIN(strlen(key_a), strlen(key_b));
	return length >= least && strncmp(key_a, key_b, length) == 0;
}

/* "f.hamwi" is how an office or a person makes an address of a name, never of a nickname:
 * the initial of one word and the beginning of another. */
static gboolean
is_initial_and_name(const Search *search, guint first, guint end)
{
	const Text *from = search->from, *local = search->local;
	gboolean initial = FALSE, name = FALSE;

	for (guint n = first; n < end; n++)
		for (guint k = 0; k < local->n_words; k++)
			if (local->words[k].letters == 1)
				initial |=
				    begins_alike(&from->words[n], &local->words[k], 1);
			else
				name |=
				    begins_alike(&from->words[n], &local->words[k], 6);
	return initial && name;
}

/* Also without a mark between: "shokhratablizov". */
static gboolean
is_in_address(const Search *search, guint first, guint end)
{
	char key[NAME_KEY_SPACE], local[NAME_KEY_SPACE];

	if (name_shared(search->from, search->local, first, end) > 0)
		return TRUE;
	for (guint n = first; n < end; n++)
		for (guint k = 0; k < search->local->n_words; k++) {
			names_key(&search->from->words[n], key);
			names_key(&search->local->words[k], local);
			if (strlen(key) >= 10 && strstr(local, key) != NULL)
				return TRUE;
		}
	return FALSE;
}

/* A display name that nobody knows may be a nickname; one that ends like a family name
 * and is in the address is none. */
static gboolean
is_addressed_so(const Search *search, const Candidate *name, guint seen)
{
	return is_initial_and_name(search, name->first, name->end) ||
	    ((seen & NAME_FAMILY) != 0 && name->end - name->first == 2 &&
		is_in_address(search, name->first, name->end));
}

/* From alone is a full name when it is nothing but one: titles before it aside. */
gboolean
name_in_display(const Search *search, Candidate *ret_name)
{
	const Text *from = search->from;
	g_autofree guint *classes = g_new0(guint, from->n_words + 1);
	g_autoptr(GArray) elements = g_array_new(FALSE, FALSE, sizeof(Element));
	Candidate name = { .where = "from" };
	guint seen = 0;

	for (guint n = 0; n < from->n_words; n++)
		classes[n] = names_class(search->sight->identity->names, &from->words[n]);
	while (name.first < from->n_words &&
	    (classes[name.first] & (NAME_HONORIFIC | NAME_POST)) != 0)
		name.first++;
	name.end =
	    name_elements(search, from, classes, name.first, from->n_words, elements);
	/* What follows a mark is no part of the name: "X (Y)", "X | student". */
	if ((name.end < from->n_words &&
		(name.end == 0 || !from->words[name.end - 1].ends)) ||
	    elements->len < 2 || elements->len > 4)
		return FALSE;
	name.quality =
	    name_quality(from, (Element *)(void *)elements->data, elements->len, &name);
	for (guint n = name.first; n < name.end; n++) {
		seen |= classes[n];
		if ((n > name.first && same_word(from, n - 1, n)) ||
		    (classes[n] & (NAME_GIVEN | NAME_OBLIQUE)) == NAME_OBLIQUE)
			return FALSE;
	}
	if (name.quality <= 0 || (seen & NAME_SPOKEN_OF) != 0 ||
	    !(name.known || is_addressed_so(search, &name, seen)))
		return FALSE;
	*ret_name = name;
	return TRUE;
}

/* --- a form --- */

/* What follows a label up to the next mark: a word or two that can be part of a name;
 * after a colon also in small letters. */
static char *
value_after(const Sight *sight, guint label)
{
	const Text *text = sight->text;
	guint first = label + 1, end = first;
	guint line_end = text->lines[text->words[label].line].end_word;
	gboolean colon = text->bytes[text->words[label].end] == ':';

	while (end < line_end && end < first + 2 &&
	    text->words[end].script != SCRIPT_DIGIT && text->words[end].letters > 1 &&
	    (colon || text->words[end].letter_case != CASE_LOWER) &&
	    (sight->classes[end] &
		(NAME_NEVER | NAME_ROLE | NAME_POST | NAME_OTHER | NAME_STUDY)) == 0 &&
	    (end == first || !text->words[end - 1].ends))
		end++;
	return end > first && (end == line_end || text->words[end - 1].ends)
	    ? text_copy_words(text, first, end)
	    : NULL;
}

static char *
field_value(const Sight *sight, const char *label, guint *ret_at)
{
	const Text *text = sight->text;
	guint n;
	const Find *find = sight_finds(
	    sight, sight->identity->author, label, text->body_word, text->n_words, &n);

	for (guint i = 0; i < n; i++) {
		char *value = value_after(sight, find[i].last);

		*ret_at = find[i].first;
		if (value != NULL)
			return value;
	}
	return NULL;
}

/* Each half behind a label of its own: in a form's lines, or "меня зовут X, фамилия Y".
 */
char *
name_in_form(const Sight *sight)
{
	guint family_at, given_at;
	g_autofree char *family = field_value(sight, "family-field", &family_at);
	g_autofree char *given = field_value(sight, "given-field", &given_at);

	if (given == NULL)
		given = field_value(sight, "named", &given_at);
	if (family == NULL || given == NULL)
		return NULL;
	return family_at < given_at ? g_strdup_printf("%s %s", family, given)
				    : g_strdup_printf("%s %s", given, family);
}
