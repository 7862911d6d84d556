/* Within the material: what fills the fields of one mail, and its tools. */
#pragma once

#include "material.h"

#include <json-glib/json-glib.h>

#define FILLER_MOST_LINE 200

typedef struct {
	const Wording *wording;
	const About *about;
	const Words *words;
	const KindInfo *kind;
	JsonObject *facts; /* or NULL */
	char **values;
} Filler;

/* What the router gave along; NULL or 0 for none, and for what is of another type. */
const char *filler_fact(const Filler *filler, const char *name);
gint64 filler_fact_number(const Filler *filler, const char *name);
gboolean filler_fact_is_true(const Filler *filler, const char *name);
JsonArray *filler_fact_list(const Filler *filler, const char *name);
JsonObject *filler_fact_object(const Filler *filler, const char *name);
const char *filler_text_of(JsonNode *node);
gint64 filler_number_of(JsonNode *node);
/* A word of a group, or the group's word for all else. */
const char *filler_word_or(
    const Filler *filler, const char *group, const char *name, const char *otherwise);

/* Gives a field its value, through the gate; the first takes `value`. */
void filler_set(Filler *filler, Field field, char *value);
void filler_set_copy(Filler *filler, Field field, const char *value);
/* One that is longer than what strangers may write into a line. */
void filler_set_sentence(Filler *filler, Field field, const char *text);
void filler_set_number(Filler *filler, Field field, gint64 number);
void filler_set_moment(Filler *filler, Field field, gint64 at);
/* From a fact that is an ISO day, or an instant. */
void filler_set_day(Filler *filler, Field field, const char *name);
/* {text}, and {cut} when it is not all. */
void filler_set_text(Filler *filler, const char *text);
/* The field has something to tell: "yes". */
void filler_mark(Filler *filler, Field field);

/* A list's items come one by one, each one line; the field takes the list. */
void filler_add_item(GString *list, const char *item);
void filler_set_list(Filler *filler, Field field, GString *list);

char *filler_spell_size(const Filler *filler, gint64 bytes);
/* "" for NULL; the forms are those of words_date(). */
char *filler_spell_day(const Filler *filler, const char *form, const char *day);

gboolean filler_is_confidential(const About *about);
/* The same, but for the moderator, who reads all (5.1). */
gboolean filler_hides(const About *about);

/* What fills the fields of one kind of mail.  FAULT_LETTER: it cannot be told. */
typedef gboolean FillKind(Filler *filler, GError **error);

/* author.c: what a moderator or an official reads of a letter itself, and how its author
 * is hidden from an official. */
void filler_author(Filler *filler);
void filler_attachments(Filler *filler, gboolean names);
FillKind filler_forward, filler_addition;
/* A text about a case for its official: without the applicant, where he asked for it. */
char *filler_hide(const Filler *filler, const char *text, gsize most);

/* evidence.c: the list of what was seen; the letter's words for its topic, or NULL; a
 * ground in a few words. */
void filler_evidence(Filler *filler);
char *filler_topic_words(const Filler *filler);
const char *filler_ground_word(const Filler *filler, Rule rule);

/* refusal.c, held.c */
FillKind filler_refusal, filler_held;
/* citizen.c */
FillKind filler_extension, filler_answer, filler_status;
/* orders.c: commands, their forms, what came of them. */
void filler_example(Filler *filler);
void filler_codes(Filler *filler);
FillKind filler_done, filler_decided, filler_refused_command, filler_returned,
    filler_approval, filler_remark;
/* counts.c: lists of what is open. */
FillKind filler_digest, filler_held_reminder, filler_escalation;
/* undelivered.c */
FillKind filler_undelivered;
