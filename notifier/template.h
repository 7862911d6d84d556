/* The small language the mails are written in.
 *
 *     Subject: Your appeal is registered: No. {number}
 *
 *     {?name}Dear {name},{/name}{!name}Dear Sir or Madam,{/name}
 *     it will be answered by {due|date}.
 *
 * {field} stands for its value, {field|filter} for one way of writing it (date, short,
 * time, list, quote, letter); what stands between {?field} and {/field} appears when the
 * field has a value, between {!field} and {/field} when it has none.  A line "#…" before
 * the head is a remark. Lists and quotations have a line to themselves. */
#pragma once

#include <glib.h>

#include "fields.h"
#include "words.h"

typedef struct Template Template;

/* Parses a template of this kind.  FAULT_SETUP, in the form "file:line: what", for a
 * field that is unknown, or may be empty and stands outside of its block, or must be
 * there and is not; for an unknown filter, an open block, a head that lacks a line. */
Template *template_parse(
    const char *file, const char *text, const KindInfo *kind, GError **error);
void template_free(Template *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Template, template_free)

/* A line of the head, and the body, with the values filled in: values[field] or NULL. */
char *template_head(
    const Template *item, const char *header, char *const *values, const Words *words);
char *template_body(const Template *item, char *const *values, const Words *words);
