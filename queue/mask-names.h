/* Finds the names of people in a letter: the author's, as the classifier read it, in
 * every case and either script; and other people's, by their endings, among common given
 * names, or behind another name. */
#pragma once

#include "invent.h"
#include "reading.h"

typedef struct MaskNames MaskNames;

/* `data` and `inventor` must outlive it. */
MaskNames *mask_names_new(
    const RedactData *data, const Reading *reading, Inventor *inventor);
void mask_names_free(MaskNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MaskNames, mask_names_free)

/* Before the first word of a text; then for each word, in their order: what takes its
 * place, or NULL when it is no name. */
void mask_names_begin(MaskNames *names, const char *text);
char *mask_names_replace(
    MaskNames *names, const char *text, const char *word, const char *at);
