/* 5.3 (7): a purely private matter.  The sheet has the words; here is what is missing: a
 * letter in which nothing of the university's studies, work or buildings is named. */
#include "judge-private.h"

#include <string.h>

static gboolean
is_of_university(const Scene *scene, const Sheet *sheet, const Find *find)
{
	const Sheet *concepts = scene->judge->concepts;
	const char *name;

	if (find->sheet == concepts->index) {
		name = ((const Signal *)concepts->signals->pdata[find->signal])->name;
		return !g_str_has_prefix(name, "general-");
	}
	if (find->sheet != sheet->index)
		return FALSE;
	name = ((const Signal *)sheet->signals->pdata[find->signal])->name;
	return g_str_equal(name, "university") || g_str_equal(name, "dorm");
}

void
test_private(const Scene *scene, Weigh *weigh)
{
	for (guint i = 0; i < scene->finds->len; i++)
		if (is_of_university(
			scene, weigh_sheet(weigh), &g_array_index(scene->finds, Find, i)))
			return;
	weigh_remark(weigh, "outside", "no word of the university's matters", "text");
}
