/* Invented people: what stands in a redacted letter in place of names, numbers and
 * addresses.
 *
 * The same author gets the same inventions in every letter and every run, and the same
 * original the same invention within a letter.  They follow from twelve bits of the
 * author's address, so that nobody can be found again by trying addresses.  Numbers keep
 * their form: a telephone stays one, and what had a right check digit has one again. */
#pragma once

#include "regulation.h"

#include <glib.h>

typedef struct RedactData RedactData;

/* redact.conf; a mistake names file, group and name (FAULT_SETUP). */
RedactData *redact_data_load(const char *file, GError **error);
void redact_data_free(RedactData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RedactData, redact_data_free)

/* A list: "endings" "family" and so on. */
const char *const *redact_data_list(
    const RedactData *data, const char *group, const char *name);
/* Whether the list has the text, in whatever case. */
gboolean redact_data_has(
    const RedactData *data, const char *group, const char *name, const char *text);

typedef struct Inventor Inventor;

/* `data` must outlive it. */
Inventor *inventor_new(const RedactData *data, const char *author, Language language);
void inventor_free(Inventor *inventor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Inventor, inventor_free)

typedef enum { NAME_GIVEN, NAME_FAMILY, NAME_PATRONYMIC } NameKind;

/* A name of that kind for the person with this key, in the script of `like`. */
const char *invent_name(
    Inventor *inventor, NameKind kind, const char *key, const char *like);
/* A number in the form of this one; the same digits give the same number. */
char *invent_number(Inventor *inventor, const char *number);
/* A postal address in the letter's language. */
const char *invent_place(const Inventor *inventor);
/* How often something not seen before has been asked for: numbers mailboxes, accounts. */
guint invent_index(Inventor *inventor, const char *key);
guint invent_author(const Inventor *inventor);
