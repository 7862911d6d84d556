/* A mail that reached nobody: whom to call, and what to read out to him. */
#include "material-private.h"

#include <string.h>

#include "layout.h"

static void
fill_person(Filler *filler, const About *lost)
{
	const Notice *notice = lost->notice;
	const Letter *letter = lost->first != NULL ? lost->first : lost->letter;

	filler_set_copy(filler, FIELD_APPLICANT, notice->recipient_name);
	filler_set_copy(filler, FIELD_EMAIL, notice->recipient);
	if (filler->values[FIELD_PHONE] == NULL && letter != NULL &&
	    letter->reading != NULL && strcmp(notice->role, "citizen") == 0)
		filler_set_copy(filler, FIELD_PHONE, letter->reading->phone);
}

/* The mail anew, in the language of its reader.  An official needs no reading out: he
 * can be sent it again. */
static void
fill_words(Filler *filler, const About *lost)
{
	g_auto(Material) material = { 0 };
	g_autofree char *body = NULL, *text = NULL;

	if (strcmp(lost->notice->role, "citizen") != 0 ||
	    !material_fill(
		&material, filler->wording, lost, lost->notice->created_at, NULL))
		return;
	body = material_body(&material, filler->wording, lost);
	text = layout_plain(body);
	filler_set_text(filler, g_strchomp(text));
}

gboolean
filler_undelivered(Filler *filler, GError **error)
{
	const About *lost = filler->about->lost;
	const char *kind = filler_fact(filler, "notice_kind");
	gint64 task = filler_fact_number(filler, "task");

	if (kind == NULL && lost != NULL)
		kind = lost->notice->kind;
	filler_set_copy(
	    filler, FIELD_KIND, filler_word_or(filler, "kinds", kind, "other"));
	filler_set_copy(filler, FIELD_DETAIL, filler_fact(filler, "code"));
	filler_set_copy(filler, FIELD_PHONE, filler_fact(filler, "phone"));
	if (task > 0)
		filler_set_number(filler, FIELD_TASK, task);
	if (lost == NULL)
		return TRUE;
	fill_person(filler, lost);
	fill_words(filler, lost);
	return TRUE;
}
