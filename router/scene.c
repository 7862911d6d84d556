/* First those who are named, then posts and pronouns: each step reads what the one before
 * it has marked. */
#include "scene.h"

#include <string.h>

const char *const scene_groups[] = { "head", "which", "title", "greeting", "request",
	"request-behind", "oblique", "benign", "praise", "other", "pronoun", "clause",
	"against", "against-behind", "complaint", "deed", "silence", NULL };
G_STATIC_ASSERT(G_N_ELEMENTS(scene_groups) == N_GROUPS + 1);

const Word *
scene_word(const Scene *scene, guint at)
{
	return &g_array_index(scene->words, Word, at);
}

guint
scene_match(const Scene *scene, guint group, guint at)
{
	return at < scene->words->len
	    ? phrases_match(scene->phrases, group, scene->words, at)
	    : 0;
}

gboolean
scene_same_sentence(const Scene *scene, guint one, guint other)
{
	return scene_word(scene, one)->sentence == scene_word(scene, other)->sentence;
}

gboolean
scene_same_clause(const Scene *scene, guint one, guint other)
{
	return scene_same_sentence(scene, one, other) &&
	    scene->places[one].clause == scene->places[other].clause;
}

static void
mark(Scene *scene, guint at, guint end, Who who, gboolean named)
{
	scene->places[at].first = TRUE;
	for (guint i = at; i < end; i++) {
		scene->places[i].who = who;
		scene->places[i].named = named;
	}
}

/* "the vice-rector" with nothing that says which, and nobody else's name behind it. */
static gboolean
is_unspecified(const Scene *scene, guint at, guint end)
{
	const Word *behind;

	if (at > 0 && scene_same_sentence(scene, at - 1, at) &&
	    scene_match(scene, WHICH, at - 1) != 0)
		return FALSE;
	if (end >= scene->words->len || !scene_same_sentence(scene, at, end))
		return TRUE;
	if (scene_match(scene, WHICH, end) != 0)
		return FALSE;
	behind = scene_word(scene, end);
	return behind->clause != scene_word(scene, at)->clause ||
	    scene->places[end].who == HIM ||
	    (scene->places[end].who == NOBODY && (!behind->capital || behind->shouted));
}

/* The surname alone is his, unless the author bears it too or another post stands before
 * it. */
static gboolean
is_his_surname(const Scene *scene, guint at)
{
	gboolean led = at > 0 && scene_same_clause(scene, at - 1, at);

	if (led && scene_match(scene, HEAD, at - 1) != 0)
		return TRUE;
	return !scene->shares_surname && !(led && scene_match(scene, OTHER, at - 1) != 0);
}

static gboolean
is_bare_head(const Scene *scene, guint at)
{
	static const char *const bare[] = { "prorektor", "rektor", "rector", "vicerector",
		NULL };

	return g_strv_contains(bare, scene_word(scene, at)->fold);
}

/* Is he the one who acts, as far as the endings tell?  Russian bends every word of a
 * name, Kazakh the last. */
static gboolean
is_nominative(
    const Scene *scene, const Person *person, gboolean by_post, guint at, guint end)
{
	guint before = at;

	for (guint i = at; i < end; i++) {
		guint head = scene_match(scene, HEAD, i);

		if (head != 0 && !is_bare_head(scene, head - 1))
			return FALSE;
		if (head != 0)
			i = head - 1;
		else if (!by_post && !scene_word(scene, i)->initial &&
		    !person_is_nominative(person, scene_word(scene, i)->fold))
			return FALSE;
	}
	while (before > 0 && scene_same_clause(scene, before - 1, at) &&
	    scene_match(scene, TITLE, before - 1) != 0)
		before--;
	return before == 0 || !scene_same_clause(scene, before - 1, at) ||
	    scene_match(scene, OBLIQUE, before - 1) == 0;
}

/* Somebody named or called by his post at this word; returns the word behind, or 0. */
static guint
find_named(Scene *scene, guint at)
{
	GPtrArray *persons = scene->persons;
	guint end = 0;

	for (guint i = 0; i < persons->len; i++) {
		const Person *person = g_ptr_array_index(persons, i);
		Mention mention = person_named_at(person, scene->words, at, &end);

		if (mention == MENTION_SURNAME && person == scene->person &&
		    !is_his_surname(scene, at))
			mention = MENTION_NONE;
		if (mention == MENTION_NONE)
			mention = person_post_at(person, scene->words, at, &end);
		if (mention == MENTION_NONE)
			continue;
		mark(scene, at, end, person == scene->person ? HIM : ANOTHER, TRUE);
		scene->places[at].nominative =
		    is_nominative(scene, person, mention == MENTION_POST, at, end);
		return end;
	}
	return 0;
}

static void
find_clauses(Scene *scene)
{
	guint clause = 0;

	for (guint i = 1; i < scene->words->len; i++) {
		gboolean opens =
		    !scene_word(scene, i)->initial && scene_match(scene, CLAUSE, i) != 0;

		if (opens ||
		    scene_word(scene, i)->clause != scene_word(scene, i - 1)->clause)
			clause++;
		scene->places[i].clause = clause;
	}
}

/* First those who are named, since "the vice-rector for research" is one of them. */
static void
find_people(Scene *scene)
{
	for (guint at = 0; at < scene->words->len;) {
		guint end = find_named(scene, at);

		at = end != 0 ? end : at + 1;
	}
	for (guint at = 0; at < scene->words->len; at++) {
		guint head = scene_match(scene, HEAD, at),
		      other = scene_match(scene, OTHER, at);

		if (scene->places[at].who != NOBODY)
			continue;
		if (head != 0 && is_unspecified(scene, at, head)) {
			mark(scene, at, head, HIM, FALSE);
			scene->places[at].nominative =
			    is_nominative(scene, scene->person, TRUE, at, head);
		} else if (head == 0 && other != 0) {
			mark(scene, at, other, ANOTHER, FALSE);
		}
	}
}

/* "проректор" and "Ахметов" behind it are one mention. */
static void
join_mentions(Scene *scene)
{
	guint head = 0;

	for (guint at = 0; at < scene->words->len; at++) {
		Place *place = &scene->places[at];
		gboolean joins = at > 0 && place->who == HIM && place->first &&
		    scene->places[at - 1].who == HIM &&
		    scene_same_clause(scene, at - 1, at);

		if (joins) {
			scene->places[head].named |= place->named;
			scene->places[head].nominative &= place->nominative;
			place->first = FALSE;
		} else if (place->first) {
			head = at;
		}
	}
}

/* "He" at the head of a clause is whoever was named last, in this sentence or the one
 * before. */
static void
find_pronouns(Scene *scene)
{
	guint last = 0;
	Who who = NOBODY;
	gboolean named = FALSE;

	for (guint at = 0; at < scene->words->len; at++) {
		Place *place = &scene->places[at];
		guint begun =
		    at == 0 || !scene_same_clause(scene, at - 1, at) ? at : at - 1;
		gboolean heads =
		    begun == 0 || !scene_same_clause(scene, begun - 1, begun);

		if (place->who != NOBODY) {
			who = place->who;
			named = place->first ? place->named : named;
			last = at;
		} else if (heads && who != NOBODY &&
		    scene_match(scene, PRONOUN, at) != 0 &&
		    scene_word(scene, at)->sentence - scene_word(scene, last)->sentence <=
			1) {
			mark(scene, at, at + 1, who, named);
			place->nominative = TRUE;
			last = at;
		}
	}
}

static gboolean
calls_itself_complaint(const Scene *scene)
{
	for (guint at = 0; at < scene->words->len; at++)
		if (scene_match(scene, COMPLAINT, at) != 0)
			return TRUE;
	return FALSE;
}

void
scene_read(Scene *scene, const Phrases *phrases, GPtrArray *persons, const Person *person,
    const Reading *reading)
{
	*scene = (Scene){ .phrases = phrases,
		.persons = persons,
		.person = person,
		.words = words_split(reading->subject, reading->text) };
	scene->places = g_new0(Place, scene->words->len + 1);
	scene->shares_surname =
	    reading->name != NULL && person_shares_surname(person, reading->name);
	scene->appeals = reading->kind == KIND_APPEAL || calls_itself_complaint(scene);
	find_clauses(scene);
	find_people(scene);
	join_mentions(scene);
	find_pronouns(scene);
}

void
scene_clear(Scene *scene)
{
	g_clear_pointer(&scene->words, g_array_unref);
	g_clear_pointer(&scene->places, g_free);
}
