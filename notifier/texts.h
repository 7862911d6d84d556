/* Every text that can be sent, in every language, loaded and checked at the start. */
#pragma once

#include "fields.h"
#include "reading.h"
#include "regulation.h"
#include "template.h"
#include "words.h"

/* The fourteen grounds: 5.2 (no name), 5.4 (something missing) and the twelve of 5.3. */
#define N_GROUNDS (N_RULES + 1)
extern const char
    *const ground_names[N_GROUNDS + 1]; /* "anonymous", "incomplete", "secret" … */

/* The ground a broken rule stands for: `anonymous` is 5.2 where the name is missing
 * (`missing` as in Verdict), else 5.4. */
guint ground_of(Rule rule, const char *missing);

typedef struct Texts Texts;

/* Loads FOLDER/LANGUAGE/KIND.txt, …/ground-NAME.txt and …/words.txt of all languages.
 * FAULT_SETUP as template_parse() and words_load() tell it. */
Texts *texts_load(const char *folder, GError **error);
void texts_free(Texts *texts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Texts, texts_free)

const Words *texts_words(const Texts *texts, Language language);
/* The template of a kind_table row. */
const Template *texts_kind(const Texts *texts, guint kind, Language language);
const Template *texts_ground(const Texts *texts, guint ground, Language language);
