/* Within the material: what fills the fields of one mail, and its tools. */
#pragma once

#include "material.h"

#include <json-glib/json-glib.h>

typedef struct {
	const Wording *wording;
	const About *about;
	const Words *words;
	const KindInfo *kind;
	JsonObject *facts; /* or NULL */
	char **values;
} Filler;

/* What the router gave along, or NULL. */
const char *filler_fact(const Filler *filler, const char *name);
/* A word of a group, or the group's word for all else. */
const char *filler_word_or(
    const Filler *filler, const char *group, const char *name, const char *otherwise);

/* Gives a field its value, through the gate; the first takes `value`. */
void filler_set(Filler *filler, Field field, char *value);
void filler_set_copy(Filler *filler, Field field, const char *value);
/* The field has something to tell: "yes". */
void filler_mark(Filler *filler, Field field);

/* A list's items come one by one, each one line; the field takes the list. */
void filler_add_item(GString *list, const char *item);
void filler_set_list(Filler *filler, Field field, GString *list);

/* What a moderator or an official reads of the letter itself. */
void filler_author(Filler *filler);
void filler_attachments(Filler *filler, gboolean names);
gboolean filler_is_confidential(const About *about);

/* evidence.c: the list of what was seen; the letter's words for its topic, or NULL; a
 * ground in a few words. */
void filler_evidence(Filler *filler);
char *filler_topic_words(const Filler *filler);
const char *filler_ground_word(const Filler *filler, Rule rule);

/* refusal.c, held.c */
gboolean filler_refusal(Filler *filler, GError **error);
void filler_held(Filler *filler);
