/* A letter as a moderator or an official reads it.  An official reads nothing of an
 * author who asked for that (5.5, 5.6) but his words, and those without his name. */
#include "material-private.h"

#include <string.h>

#include "gate.h"
#include "redact.h"

gboolean
filler_is_confidential(const About *about)
{
	if (about->item != NULL)
		return about->item->confidential;
	return about->letter != NULL && about->letter->reading != NULL &&
	    about->letter->reading->confidential;
}

gboolean
filler_hides(const About *about)
{
	return filler_is_confidential(about) &&
	    strcmp(about->notice->role, "moderator") != 0;
}

void
filler_author(Filler *filler)
{
	const Reading *reading = filler->about->letter->reading;

	if (reading == NULL)
		return;
	filler_set_copy(filler, FIELD_APPLICANT,
	    reading->name != NULL ? reading->name : reading->from_name);
	if (filler->values[FIELD_APPLICANT] == NULL)
		filler_set_copy(filler, FIELD_APPLICANT,
		    words_find(filler->words, "marks", "no-name"));
	filler_set_copy(filler, FIELD_EMAIL,
	    reading->email != NULL ? reading->email : reading->from_address);
	filler_set_copy(filler, FIELD_PHONE, reading->phone);
	filler_set_copy(filler, FIELD_SUBJECT, reading->subject);
	filler_set_text(filler, reading->text);
	if (!filler->about->letter->whole)
		filler_mark(filler, FIELD_CUT);
}

void
filler_attachments(Filler *filler, gboolean names)
{
	const Reading *reading = filler->about->letter->reading;
	GString *list = g_string_new(NULL);

	for (guint i = 0; reading != NULL && i < reading->attachments->len; i++) {
		const Attachment *attachment = g_ptr_array_index(reading->attachments, i);
		g_autofree char *size = filler_spell_size(filler, attachment->size);
		g_autofree char *item = g_strdup_printf("%s (%s)",
		    names && attachment->name != NULL ? attachment->name
						      : attachment->type,
		    size);
		filler_add_item(list, item);
	}
	filler_set_list(filler, FIELD_ATTACHMENTS, list);
}

/* --- the hiding --- */

static const Reading *
reading_of(const Letter *letter)
{
	return letter != NULL ? letter->reading : NULL;
}

/* Knows the author by the letter in hand, and by the first of his case; NULL when there
 * is no trace of him. */
static Redactor *
new_redactor(const Filler *filler, const Letter *letter)
{
	const Reading *own = reading_of(letter);
	const Reading *first = reading_of(filler->about->first);

	if (own == NULL && first == NULL)
		return NULL;
	return redactor_new(own != NULL ? own : first, own != NULL ? first : NULL,
	    filler->wording->hidden, words_find(filler->words, "marks", "removed"));
}

/* The text is shortened only then: half a name is no longer recognised.  What lies far
 * behind the end that is shown need not be looked at. */
static char *
hide(const Redactor *redactor, const char *text, gsize most)
{
	gboolean cut;
	g_autofree char *gated = gate_text(text, 4 * most, &cut);
	g_autofree char *hidden = redactor_apply(redactor, gated);

	return gate_text(hidden, most, &cut);
}

char *
filler_hide(const Filler *filler, const char *text, gsize most)
{
	g_autoptr(Redactor) redactor = NULL;
	gboolean cut;

	if (!filler_hides(filler->about))
		return gate_text(text, most, &cut);
	redactor = new_redactor(filler, NULL);
	/* Without his letter nobody knows whom to hide. */
	return redactor != NULL ? hide(redactor, text, most) : NULL;
}

static void
hide_author(Filler *filler)
{
	const Reading *reading = filler->about->letter->reading;
	gsize most = (gsize)filler->wording->quote_most;
	g_autoptr(Redactor) redactor = new_redactor(filler, filler->about->letter);

	filler_set(filler, FIELD_APPLICANT,
	    words_phrase(filler->words, "marks", "applicant", "number",
		filler->values[FIELD_NUMBER], NULL));
	filler_set(filler, FIELD_EMAIL, NULL);
	filler_set(filler, FIELD_PHONE, NULL);
	filler_mark(filler, FIELD_CONFIDENTIAL);
	if (reading == NULL)
		return;
	filler_set(filler, FIELD_SUBJECT, hide(redactor, reading->subject, most));
	g_free(filler->values[FIELD_TEXT]);
	filler->values[FIELD_TEXT] = hide(redactor, reading->text, most);
}

/* --- the mails --- */

static void
add_phrase(
    Filler *filler, GString *list, const char *name, const char *place, const char *value)
{
	g_autofree char *text = words_phrase(
	    filler->words, "evidence", name, place, value != NULL ? value : "", NULL);

	filler_add_item(list, text);
}

/* Why this official: never with the words of a confidential letter. */
static void
fill_why(Filler *filler)
{
	const Letter *letter = filler->about->letter;
	const Verdict *verdict = letter->verdict;
	GString *list = g_string_new(NULL);
	g_autofree char *found = verdict != NULL && !filler_is_confidential(filler->about)
	    ? filler_topic_words(filler)
	    : NULL;

	if (letter->decided_by != NULL)
		add_phrase(filler, list, "decided", "topic", NULL);
	else if (found != NULL)
		add_phrase(filler, list, "weighed", "words", found);
	if (letter->decided_by == NULL && verdict != NULL &&
	    verdict->second_topic != verdict->topic)
		add_phrase(filler, list, "second", "topic",
		    words_find(
			filler->words, "topics", topic_names[verdict->second_topic]));
	if (filler_fact(filler, "deputy_for") != NULL) {
		const char *until = filler_fact(filler, "deputy_until");
		g_autofree char *date = filler_spell_day(filler, "date", until);
		add_phrase(filler, list, "deputy", "until", date);
	}
	filler_set_list(filler, FIELD_WHY, list);
}

/* An objection goes up as well: those above read who is to answer. */
gboolean
filler_addition(Filler *filler, GError **error)
{
	gboolean confidential = filler_hides(filler->about);

	if (strcmp(filler->about->notice->role, "official") != 0)
		filler_set_copy(
		    filler, FIELD_OFFICIAL, filler->about->item->official_name);
	filler_author(filler);
	filler_attachments(filler, !confidential);
	if (confidential)
		hide_author(filler);
	if (material_attaches(filler->wording, filler->about))
		filler_mark(filler, FIELD_ATTACHED);
	return TRUE;
}

gboolean
filler_forward(Filler *filler, GError **error)
{
	fill_why(filler);
	filler_example(filler);
	filler_codes(filler);
	return filler_addition(filler, error);
}
