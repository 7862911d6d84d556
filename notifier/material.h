/* What one mail tells: a value for each field of its template, from the notice, its case,
 * its letter and the facts the router gave along; and what its head and its calendar
 * entry say. */
#pragma once

#include "case.h"
#include "fields.h"
#include "invite.h"
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
	InviteUse calendar;
} Wording;

/* What one mail is about; item and letter may be NULL where the notice names none. */
typedef struct About About;
struct About {
	const Notice *notice;
	const Case *item;
	const Letter *letter;
	const Letter *first; /* the case's own letter, where `letter` is another, or NULL
			      */
	const About *lost;   /* the mail that came back, or NULL */
	GPtrArray *files;    /* of File: what goes along with an answer, or NULL */
	gboolean files_cut;  /* and not all of it does */
};

typedef struct {
	char *values[N_FIELDS]; /* NULL: none */
	char *reply_to;         /* an address with a secret, or NULL */
	char *tag;              /* the same for the subject: "[c123.k7f3…]", or NULL */
	Invite *invite;         /* the calendar entry, or NULL */
} Material;
void material_clear(Material *material);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Material, material_clear)

/* FAULT_LETTER when something is missing that the kind always has. */
gboolean material_fill(Material *material, const Wording *wording, const About *about,
    gint64 now, GError **error);
/* Its template with the values in it; the body is not laid out yet. */
char *material_subject(
    const Material *material, const Wording *wording, const About *about);
char *material_body(const Material *material, const Wording *wording, const About *about);

/* The original goes along whole: to officials, unless the case is confidential, and to
 * the moderator. */
gboolean material_attaches(const Wording *wording, const About *about);
/* The attachments of the original go along, and nothing else of it: to a citizen. */
gboolean material_encloses(const Notice *notice);

/* A text, or a number, among the facts of a notice; NULL or 0 for none. */
char *material_fact(const Notice *notice, const char *name);
gint64 material_fact_number(const Notice *notice, const char *name);

/* The university's name in a language. */
const char *material_university(const University *university, Language language);
