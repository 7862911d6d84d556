/* Each place where the official stands is held against the words around it: a complaint
 * "of" him, a deed in his clause, silence in his sentence.  Kazakh puts the verb behind,
 * Russian anywhere. */
#include "complaint.h"

#include "scene.h"

#include <string.h>

/* How many words may stand between "complaint about" and the one it is about. */
#define REACH 4
/* How far the eye looks around a name, should the sentence have no end. */
#define SIGHT 60

struct Complaint {
	Phrases *phrases;
	GPtrArray *officials; /* not owned */
	GPtrArray *persons;   /* of Person, the officials in their order */
};

void
complaint_free(Complaint *complaint)
{
	if (complaint == NULL)
		return;
	phrases_free(complaint->phrases);
	g_ptr_array_unref(complaint->persons);
	g_free(complaint);
}

Complaint *
complaint_load(const char *file, GPtrArray *officials, GError **error)
{
	g_autoptr(Complaint) complaint = g_new0(Complaint, 1);

	complaint->officials = officials;
	complaint->persons = g_ptr_array_new_with_free_func((GDestroyNotify)person_free);
	complaint->phrases = phrases_load(file, scene_groups, error);
	if (complaint->phrases == NULL)
		return NULL;
	for (guint i = 0; i < officials->len; i++) {
		const Official *official = g_ptr_array_index(officials, i);

		g_ptr_array_add(
		    complaint->persons, person_new(official->name, official->posts));
	}
	return g_steal_pointer(&complaint);
}

static guint
mention_end(const Scene *scene, guint at)
{
	guint end = at + 1;

	while (end < scene->words->len && scene->places[end].who == HIM &&
	    !scene->places[end].first)
		end++;
	return end;
}

static gboolean
another_between(const Scene *scene, guint from, guint until)
{
	for (guint i = from; i < until; i++)
		if (scene->places[i].who == ANOTHER)
			return TRUE;
	return FALSE;
}

/* "the dean and the vice-rector": both did it. */
static gboolean
is_joined(const Scene *scene, guint end)
{
	static const char *const joints[] = { "i", "jane", "and", "men", "pen", "ben",
		NULL };

	return end < scene->words->len &&
	    g_strv_contains(joints, scene_word(scene, end)->fold);
}

static guint
sentence_start(const Scene *scene, guint at)
{
	guint start = at;

	while (
	    start > 0 && at - start < SIGHT && scene_same_sentence(scene, start - 1, at))
		start--;
	return start;
}

static guint
sentence_end(const Scene *scene, guint at)
{
	guint end = at;

	while (end < scene->words->len && end - at < SIGHT &&
	    scene_same_sentence(scene, end, at))
		end++;
	return end;
}

static gboolean
is_in_sentence(const Scene *scene, guint group, guint at)
{
	guint end = sentence_end(scene, at);

	for (guint i = sentence_start(scene, at); i < end; i++)
		if (scene_match(scene, group, i) != 0)
			return TRUE;
	return FALSE;
}

/* He is greeted, or asked for something. */
static gboolean
is_addressed(const Scene *scene, guint at, guint end)
{
	guint start = sentence_start(scene, at), before = at;
	static const char *const from[] = { "dan", "den", "tan", "ten", "nan", "nen" };

	if (scene_match(scene, GREETING, start) != 0 &&
	    scene_same_clause(scene, start, at))
		return TRUE;
	while (before > 0 && scene_same_clause(scene, before - 1, at) &&
	    (scene->places[before - 1].who == HIM ||
		scene_match(scene, TITLE, before - 1) != 0))
		before--;
	for (guint length = 1; length <= 2 && length <= before; length++)
		if (scene_same_clause(scene, before - length, at) &&
		    scene_match(scene, REQUEST, before - length) == before)
			return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(from); i++) {
		if (!g_str_has_suffix(scene_word(scene, end - 1)->fold, from[i]))
			continue;
		for (guint w = end;
		     w < scene->words->len && scene_same_clause(scene, w, at); w++)
			if (scene_match(scene, REQUEST_BEHIND, w) != 0)
				return TRUE;
	}
	return FALSE;
}

/* "complaint about him", "оның үстінен шағым", "Complaint: the vice-rector". */
static gboolean
is_against(const Scene *scene, guint at, guint end)
{
	for (guint back = 1; back <= at && back <= REACH + 3; back++) {
		guint cue = at - back, behind = scene_match(scene, AGAINST, cue);
		gboolean named = FALSE;

		if (!scene_same_sentence(scene, cue, at))
			break;
		if (behind == 0 && scene_word(scene, at)->before != 0)
			named = (behind = scene_match(scene, COMPLAINT, cue)) == at;
		if (named ||
		    (behind != 0 && behind <= at && at - behind <= REACH &&
			scene_match(scene, AGAINST, cue) != 0 &&
			!another_between(scene, behind, at)))
			return TRUE;
	}
	for (guint cue = end; cue < scene->words->len && cue <= end + REACH; cue++) {
		if (!scene_same_clause(scene, cue, at) ||
		    scene->places[cue].who == ANOTHER)
			break;
		if (scene_match(scene, AGAINST_BEHIND, cue) != 0)
			return TRUE;
	}
	return FALSE;
}

/* "He never shouts"; but "he never does not answer" is Russian for "he never answers". */
static gboolean
is_denied(const Scene *scene, guint cue)
{
	static const char *const denials[] = { "ne", "ni", "nikogda", "never", "not",
		NULL };

	return cue > 0 && scene_same_clause(scene, cue - 1, cue) &&
	    strcmp(scene_word(scene, cue)->fold, "ne") != 0 &&
	    g_strv_contains(denials, scene_word(scene, cue - 1)->fold);
}

/* Is it he who did what stands at `cue`, or somebody named nearer to it? */
static gboolean
did_it(const Scene *scene, guint at, guint end, guint cue)
{
	if (cue >= end)
		return !another_between(scene, end, cue) || is_joined(scene, end);
	if (another_between(scene, cue, at))
		return FALSE;
	/* "the teacher shouts before the vice-rector": the doer stood earlier */
	return scene->places[at].nominative ||
	    !another_between(scene, sentence_start(scene, at), cue);
}

static gboolean
has_cue(const Scene *scene, guint group, gboolean whole_sentence, guint at, guint end)
{
	guint last = sentence_end(scene, end - 1);

	for (guint cue = sentence_start(scene, at); cue < last; cue++) {
		if (cue >= at && cue < end)
			continue;
		if (!whole_sentence && !scene_same_clause(scene, cue, at))
			continue;
		if (scene_match(scene, group, cue) != 0 && !is_denied(scene, cue) &&
		    did_it(scene, at, end, cue))
			return TRUE;
	}
	return FALSE;
}

/* An appeal that names him as one who acts, and says nothing harmless of it. */
static gboolean
is_subject(const Scene *scene, guint at, guint end)
{
	const Place *place = &scene->places[at];
	guint others = 0;

	if (!scene->appeals || !place->named || !place->nominative)
		return FALSE;
	for (guint i = sentence_start(scene, at); i < sentence_end(scene, end - 1); i++) {
		if (!scene_same_clause(scene, i, at) || (i >= at && i < end))
			continue;
		others++;
		if (scene_match(scene, BENIGN, i) != 0 &&
		    (i == 0 || strcmp(scene_word(scene, i - 1)->fold, "ne") != 0))
			return FALSE;
	}
	return others > 0; /* a line with his name and post says nothing */
}

static const char *
weigh_mention(const Scene *scene, guint at)
{
	guint end = mention_end(scene, at);

	if (is_against(scene, at, end))
		return "against";
	if (is_in_sentence(scene, PRAISE, at) || is_addressed(scene, at, end))
		return NULL;
	if (has_cue(scene, DEED, FALSE, at, end))
		return "deed";
	if (has_cue(scene, SILENCE, TRUE, at, end))
		return "silence";
	return is_subject(scene, at, end) ? "subject" : NULL;
}

static const Person *
person_of(const Complaint *complaint, const Official *official)
{
	guint at = 0;

	g_assert(g_ptr_array_find(complaint->officials, official, &at));
	return g_ptr_array_index(complaint->persons, at);
}

const char *
complaint_of(const Complaint *complaint, const Official *official, const Reading *reading)
{
	g_auto(Scene) scene = { 0 };
	const char *how = NULL;

	scene_read(&scene, complaint->phrases, complaint->persons,
	    person_of(complaint, official), reading);
	for (guint at = 0; at < scene.words->len && how == NULL; at++)
		if (scene.places[at].who == HIM && scene.places[at].first)
			how = weigh_mention(&scene, at);
	return how;
}
