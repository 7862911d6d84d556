/* A letter as a scene with people: at which words the official stands, at which ones
 * somebody else, and who is meant by "he".  What is said of them is complaint.c's. */
#pragma once

#include "person.h"
#include "phrases.h"
#include "reading.h"

/* The groups of phrases in complaint.txt. */
typedef enum {
	HEAD,
	WHICH,
	TITLE,
	GREETING,
	REQUEST,
	REQUEST_BEHIND,
	OBLIQUE,
	BENIGN,
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
} Group;
extern const char *const scene_groups[];

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
	const Phrases *phrases;
	GPtrArray *persons;      /* of Person: all officials */
	const Person *person;    /* one of them, whom it is about */
	GArray *words;           /* of Word */
	Place *places;           /* one a word */
	gboolean shares_surname; /* the author, with him */
	gboolean appeals;        /* the letter wants something put right */
} Scene;

/* Reads the letter for this person; scene_clear() gives it back. */
void scene_read(Scene *scene, const Phrases *phrases, GPtrArray *persons,
    const Person *person, const Reading *reading);
void scene_clear(Scene *scene);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scene, scene_clear)

const Word *scene_word(const Scene *scene, guint at);
/* The word behind the group's phrase that begins at this word, or 0. */
guint scene_match(const Scene *scene, guint group, guint at);
gboolean scene_same_sentence(const Scene *scene, guint one, guint other);
gboolean scene_same_clause(const Scene *scene, guint one, guint other);
