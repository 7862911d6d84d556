/* What a citizen is told of his case after its registration. */
#include "material-private.h"

#include "enclose.h"
#include "fault.h"
#include "gate.h"

gboolean
filler_extension(Filler *filler, GError **error)
{
	/* The law wants the reason told, all of it. */
	filler_set_sentence(filler, FIELD_REASON, filler_fact(filler, "reason"));
	return TRUE;
}

gboolean
filler_status(Filler *filler, GError **error)
{
	filler_set_copy(filler, FIELD_STATE,
	    filler_word_or(filler, "states", filler_fact(filler, "state"), "open"));
	filler_set_day(filler, FIELD_ENDED, "ended");
	return TRUE;
}

/* 3.4: the official's own words and files, and nothing else of his mail. */
gboolean
filler_answer(Filler *filler, GError **error)
{
	const About *about = filler->about;
	GString *list = g_string_new(NULL);
	gboolean cut = FALSE;

	filler_set_copy(filler, FIELD_OFFICIAL, about->item->official_name);
	/* All of it: a quotation may end early, an answer not. */
	if (about->letter->reading != NULL)
		filler->values[FIELD_TEXT] =
		    gate_text(about->letter->reading->text, G_MAXINT, &cut);
	for (guint i = 0; about->files != NULL && i < about->files->len; i++) {
		const File *file = g_ptr_array_index(about->files, i);
		g_autofree char *size =
		    filler_spell_size(filler, (gint64)g_bytes_get_size(file->bytes));
		g_autofree char *item = g_strdup_printf("%s (%s)", file->name, size);
		filler_add_item(list, item);
	}
	filler_set_list(filler, FIELD_ATTACHMENTS, list);
	if (about->files_cut || !about->letter->whole)
		filler_mark(filler, FIELD_CUT);
	if (filler->values[FIELD_TEXT] != NULL ||
	    filler->values[FIELD_ATTACHMENTS] != NULL)
		return TRUE;
	g_set_error(error, FAULT, FAULT_LETTER, "the answer says nothing");
	return FALSE;
}
