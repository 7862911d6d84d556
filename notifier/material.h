/* What one mail tells: a value for each field of its template, from the notice, its case,
 * its letter and the facts the router gave along. */
#pragma once

#include "case.h"
#include "fields.h"
#include "letter.h"
#include "notice.h"
#include "redact-words.h"
#include "settings.h"
#include "texts.h"

/* What all mails share. */
typedef struct {
	const Texts *texts;
	const University *university;
	const RedactWords *hidden; /* what a confidential author is known by */
	GTimeZone *zone;
	gint64 quote_most;  /* characters of a letter quoted in a mail */
	gint64 attach_most; /* bytes of an original sent along */
} Wording;

/* What one mail is about; item and letter may be NULL where the notice names none. */
typedef struct {
	const Notice *notice;
	const Case *item;
	const Letter *letter;
} About;

typedef struct {
	char *values[N_FIELDS]; /* NULL: none */
} Material;
void material_clear(Material *material);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Material, material_clear)

/* FAULT_LETTER when something is missing that the kind always has. */
gboolean material_fill(
    Material *material, const Wording *wording, const About *about, GError **error);

/* The original goes along whole: to officials, unless the case is confidential, and to
 * the moderator. */
gboolean material_attaches(const Wording *wording, const About *about);

/* The university's name in a language. */
const char *material_university(const University *university, Language language);
