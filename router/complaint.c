/* A letter is read word by word, once, for the people in it: the official, by name or by
 * post; another person or office; or a pronoun for whoever was named last.  Then each
 * place where the official stands is held against the words around it: a complaint "of"
 * him, a deed in his clause, silence in his sentence.  Kazakh puts the verb behind,
 * Russian anywhere. */
#include "complaint.h"

#include "person.h"
#include "phrases.h"

#include <string.h>

enum {
	HEAD,
	WHICH,
	TITLE,
	GREETING,
	REQUEST,
	REQUEST_BEHIND,
	PRAISE,
	OTHER,
	PRONOUN,
	CLAUSE,
	AGAINST,
	AGAINST_BEHIND,
	COMPLAINT,
	DEED,
	SILENCE,
	N_GROUPS
};
static const char *const groups[] = { "head", "which", "title", "greeting", "request",
	"request-behind", "praise", "other", "pronoun", "clause", "against",
	"against-behind", "complaint", "deed", "silence", NULL };
G_STATIC_ASSERT(G_N_ELEMENTS(groups) == N_GROUPS + 1);

/* How many words may stand between "complaint about" and the one it is about. */
#define REACH 4
/* How far the eye looks around a name: a sentence without an end is no longer than this.
 */
#define SIGHT 60

struct Complaint {
	Phrases *phrases;
	GPtrArray *officials; /* not owned */
	GPtrArray *persons;   /* of Person, the officials in their order */
};

typedef enum { NOBODY, HIM, ANOTHER } Who;

/* What the reader knows of each word. */
typedef struct {
	Who who;
	gboolean first;      /* of its mention */
	gboolean named;      /* by name or full post, not by "the vice-rector" or "he" */
	gboolean nominative; /* the doer, as far as the ending tells */
	guint clause;        /* finer than the words' own: also at "but", "that" */
} Place;

typedef struct {
	const Complaint *complaint;
	const Person *person;
	GArray *words;
	Place *places;
	gboolean shares_surname; /* the author, with him */
} Scene;

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
	complaint->phrases = phrases_load(file, groups, error);
	if (complaint->phrases == NULL)
		return NULL;
	for (guint i = 0; i < officials->len; i++) {
		const Official *official = g_ptr_array_index(officials, i);

		g_ptr_array_add(
		    complaint->persons, person_new(official->name, official->posts));
	}
	return g_steal_pointer(&complaint);
}

static const Word *
word_at(const Scene *scene, guint at)
{
	return &g_array_index(scene->words, Word, at);
}

static guint
match(const Scene *scene, guint group, guint at)
{
	return at < scene->words->len
	    ? phrases_match(scene->complaint->phrases, group, scene->words, at)
	    : 0;
}

static gboolean
same_sentence(const Scene *scene, guint one, guint other)
{
	return word_at(scene, one)->sentence == word_at(scene, other)->sentence;
}

static gboolean
same_clause(const Scene *scene, guint one, guint other)
{
	return same_sentence(scene, one, other) &&
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

/* "the vice-rector" with nothing that says which, and no name behind it. */
static gboolean
is_unspecified(const Scene *scene, guint at, guint end)
{
	if (at > 0 && same_sentence(scene, at - 1, at) &&
	    match(scene, WHICH, at - 1) != 0)
		return FALSE;
	if (end >= scene->words->len || !same_sentence(scene, at, end))
		return TRUE;
	return match(scene, WHICH, end) == 0 &&
	    !(word_at(scene, end)->capital && scene->places[end].who == NOBODY &&
		word_at(scene, end)->clause == word_at(scene, at)->clause);
}

/* The surname alone is his, unless the author bears it too or another post stands before
 * it. */
static gboolean
is_his_surname(const Scene *scene, guint at)
{
	gboolean led = at > 0 && same_clause(scene, at - 1, at);

	if (led && match(scene, HEAD, at - 1) != 0)
		return TRUE;
	return !scene->shares_surname && !(led && match(scene, OTHER, at - 1) != 0);
}

/* Somebody named or called by his post at this word; returns the word behind, or 0. */
static guint
find_named(Scene *scene, guint at)
{
	GPtrArray *persons = scene->complaint->persons;
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
		    person_is_nominative(person, word_at(scene, at)->fold);
		return end;
	}
	return 0;
}

static void
find_clauses(Scene *scene)
{
	guint clause = 0;

	for (guint i = 0; i < scene->words->len; i++) {
		if (i > 0 &&
		    (word_at(scene, i)->clause != word_at(scene, i - 1)->clause ||
			match(scene, CLAUSE, i) != 0))
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
		guint head = match(scene, HEAD, at), other = match(scene, OTHER, at);

		if (scene->places[at].who != NOBODY)
			continue;
		if (head != 0 && is_unspecified(scene, at, head)) {
			mark(scene, at, head, HIM, FALSE);
			scene->places[at].nominative =
			    strcmp(word_at(scene, head - 1)->fold, "prorektor") == 0 ||
			    strcmp(word_at(scene, head - 1)->fold, "rektor") == 0 ||
			    strcmp(word_at(scene, head - 1)->fold, "rector") == 0;
		} else if (head == 0 && other != 0) {
			mark(scene, at, other, ANOTHER, FALSE);
		}
	}
}

/* "проректор" and "Ахметов" behind it are one mention. */
static void
join_mentions(Scene *scene)
{
	for (guint at = 1; at < scene->words->len; at++)
		if (scene->places[at].who == HIM && scene->places[at - 1].who == HIM &&
		    same_clause(scene, at - 1, at)) {
			scene->places[at].first = FALSE;
			scene->places[at - 1].named |= scene->places[at].named;
		}
}

/* "He" at the head of a clause is whoever was named last, in this sentence or the one
 * before. */
static void
find_pronouns(Scene *scene)
{
	guint last = 0;
	Who who = NOBODY;

	for (guint at = 0; at < scene->words->len; at++) {
		Place *place = &scene->places[at];
		guint begun = at == 0 || !same_clause(scene, at - 1, at) ? at : at - 1;
		gboolean heads = begun == 0 || !same_clause(scene, begun - 1, begun);

		if (place->who != NOBODY) {
			who = place->who;
			last = at;
		} else if (heads && who != NOBODY && match(scene, PRONOUN, at) != 0 &&
		    word_at(scene, at)->sentence - word_at(scene, last)->sentence <= 1) {
			mark(scene, at, at + 1, who, FALSE);
			place->nominative = TRUE;
			last = at;
		}
	}
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
	    g_strv_contains(joints, word_at(scene, end)->fold);
}

static guint
sentence_start(const Scene *scene, guint at)
{
	guint start = at;

	while (start > 0 && at - start < SIGHT && same_sentence(scene, start - 1, at))
		start--;
	return start;
}

static guint
sentence_end(const Scene *scene, guint at)
{
	guint end = at;

	while (
	    end < scene->words->len && end - at < SIGHT && same_sentence(scene, end, at))
		end++;
	return end;
}

static gboolean
is_in_sentence(const Scene *scene, guint group, guint at)
{
	guint end = sentence_end(scene, at);

	for (guint i = sentence_start(scene, at); i < end; i++)
		if (match(scene, group, i) != 0)
			return TRUE;
	return FALSE;
}

/* He is greeted, or asked for something. */
static gboolean
is_addressed(const Scene *scene, guint at, guint end)
{
	guint start = sentence_start(scene, at), before = at;
	static const char *const from[] = { "dan", "den", "tan", "ten", "nan", "nen" };

	if (match(scene, GREETING, start) != 0 && same_clause(scene, start, at))
		return TRUE;
	while (before > 0 && same_clause(scene, before - 1, at) &&
	    (scene->places[before - 1].who == HIM ||
		match(scene, TITLE, before - 1) != 0))
		before--;
	for (guint length = 1; length <= 2 && length <= before; length++)
		if (same_clause(scene, before - length, at) &&
		    match(scene, REQUEST, before - length) == before)
			return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(from); i++) {
		if (!g_str_has_suffix(word_at(scene, end - 1)->fold, from[i]))
			continue;
		for (guint w = end; w < scene->words->len && same_clause(scene, w, at);
		     w++)
			if (match(scene, REQUEST_BEHIND, w) != 0)
				return TRUE;
	}
	return FALSE;
}

/* "complaint about him", "оның үстінен шағым", "Complaint: the vice-rector". */
static gboolean
is_against(const Scene *scene, guint at, guint end)
{
	for (guint back = 1; back <= at && back <= REACH + 3; back++) {
		guint cue = at - back, behind = match(scene, AGAINST, cue);
		gboolean named = FALSE;

		if (!same_sentence(scene, cue, at))
			break;
		if (behind == 0 && word_at(scene, at)->before != 0)
			named = (behind = match(scene, COMPLAINT, cue)) == at;
		if (named ||
		    (behind != 0 && behind <= at && at - behind <= REACH &&
			match(scene, AGAINST, cue) != 0 &&
			!another_between(scene, behind, at)))
			return TRUE;
	}
	for (guint cue = end; cue < scene->words->len && cue <= end + REACH; cue++) {
		if (!same_clause(scene, cue, at) || scene->places[cue].who == ANOTHER)
			break;
		if (match(scene, AGAINST_BEHIND, cue) != 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_denied(const Scene *scene, guint cue)
{
	static const char *const denials[] = { "ne", "ni", "nikogda", "never", "not",
		NULL };

	return cue > 0 && same_clause(scene, cue - 1, cue) &&
	    g_strv_contains(denials, word_at(scene, cue - 1)->fold);
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
		if (!whole_sentence && !same_clause(scene, cue, at))
			continue;
		if (match(scene, group, cue) != 0 && !is_denied(scene, cue) &&
		    did_it(scene, at, end, cue))
			return TRUE;
	}
	return FALSE;
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
	return has_cue(scene, SILENCE, TRUE, at, end) ? "silence" : NULL;
}

/* A letter that calls itself a complaint, names him as one who does things, and nobody
 * else. */
static gboolean
is_subject(const Scene *scene)
{
	gboolean complains = FALSE, acts = FALSE;

	for (guint at = 0; at < scene->words->len; at++) {
		const Place *place = &scene->places[at];

		if (place->who == ANOTHER)
			return FALSE;
		complains = complains || match(scene, COMPLAINT, at) != 0;
		if (place->who == HIM && place->first && place->named &&
		    place->nominative)
			acts = acts || !is_addressed(scene, at, mention_end(scene, at));
	}
	return complains && acts;
}

static const Person *
person_of(const Complaint *complaint, const Official *official)
{
	guint at = 0;

	g_assert(g_ptr_array_find(complaint->officials, official, &at));
	return g_ptr_array_index(complaint->persons, at);
}

const char *
complaint_of(const Complaint *complaint, const Official *official, const char *subject,
    const char *text, const char *author)
{
	g_autoptr(GArray) words = words_split(subject, text);
	g_autofree Place *places = g_new0(Place, words->len + 1);
	Scene scene = { .complaint = complaint,
		.person = person_of(complaint, official),
		.words = words,
		.places = places };
	const char *how = NULL;

	scene.shares_surname =
	    author != NULL && person_shares_surname(scene.person, author);
	find_clauses(&scene);
	find_people(&scene);
	join_mentions(&scene);
	find_pronouns(&scene);
	for (guint at = 0; at < words->len && how == NULL; at++)
		if (places[at].who == HIM && places[at].first)
			how = weigh_mention(&scene, at);
	return how != NULL || !is_subject(&scene) ? how : "subject";
}
