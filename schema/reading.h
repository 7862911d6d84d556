/* A letter as the classifier understood it: the reading, and the verdict over it.
 *
 * The reading holds what later rooms need, so that none of them opens the bytes to
 * understand a letter.  All strings are valid UTF-8 without NUL; NULL means "none". */
#pragma once

#include "regulation.h"
#include <glib.h>

/* One attachment as listed, never opened. */
typedef struct {
	char *name;  /* the last path component, no control or direction characters */
	char *type;  /* "application/pdf" */
	gint64 size; /* decoded bytes */
} Attachment;

typedef struct {
	/* envelope and header */
	char *from_name;    /* decoded display name */
	char *from_address; /* bare address; NULL when there is none or more than one From
			     */
	char *reply_to;     /* bare address, only when it differs from From */
	char *subject;
	char *message_id;     /* with its angle brackets */
	char *in_reply_to;    /* one Message-ID with brackets */
	char *references;     /* Message-IDs, separated by blanks, at most 100 */
	char *recipients;     /* bare addresses of To, Cc, Delivered-To, X-Original-To, by
				 blanks */
	char *authentication; /* the topmost Authentication-Results, as it stands */
	char *no_answer; /* why no automatic answer may go out ("list", "null-sender",
			  * "auto-submitted", "noreply", "suppress", "own-address",
			  * "forged"…), or NULL when one may */

	/* body */
	char *text; /* the new text: no quotes, no signature stripped, plain, LF lines */
	char *quoted;  /* the quoted text below or between */
	char *charset; /* how it was decoded: "utf-8", "windows-1251 (guessed)" … */
	GPtrArray *attachments; /* of Attachment */

	/* who and what */
	Kind kind;
	Language language;
	char *name, *name_where;   /* the author's full name; where: "signature", "from",
				      "text" … */
	char *email, *email_where; /* where to answer */
	char *phone, *phone_where; /* as the author wrote it */
	gboolean confidential;     /* 5.5, 5.6 */
	char *case_number; /* "2026-000123" named in subject or text, or NULL: a hint only
			    */

	/* kind bounce: what the report says (RFC 3464), or what a non-standard one shows.
	 * Anybody can write such a letter: a hint only until a secret proves it. */
	char *bounce_action;    /* "failed", "delayed" …, the worst of all recipients */
	char *bounce_status;    /* "5.1.1", of that recipient; or NULL */
	char *bounce_recipient; /* his bare address, as first written */
	char *bounce_message_id; /* of the mail that came back, with brackets */
} Reading;

Reading *reading_new(void);
void reading_free(Reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)
void reading_add_attachment(
    Reading *reading, const char *name, const char *type, gint64 size);

/* One piece of evidence: what a test saw, where, and what it weighs.  Negative scores
 * speak against.  `words` quotes the letter and therefore stays in the store. */
typedef struct {
	Rule rule; /* N_RULES for evidence about kind, topic, urgency */
	char *test; /* the module or signal: "capitals", "topic", "urgent", "incomplete" …
		     */
	double score;
	char *words; /* the words of the letter that count */
	char *where; /* "subject", "text line 4", "header List-Id", "attachment 1" … */
	char *why;   /* why they count, in plain English */
} Finding;

typedef struct {
	Outcome outcome;
	int rule;               /* the main Rule, or -1 */
	guint32 rules;          /* a bit per Rule that is broken, 1u << RULE_… */
	double scores[N_RULES]; /* also of those that did not fire */
	gboolean
	    urgent; /* crime, violence, danger, self-harm: never refused by the machine */
	Topic topic, second_topic;
	gboolean topic_sure; /* FALSE: the moderator decides, with the best guess */
	char *missing; /* what 5.4 misses: "name", "phone", "email", by commas, or NULL */
	char *version; /* of rules and data files: the same letter, the same verdict */
	GPtrArray *findings; /* of Finding, the weightiest first */
} Verdict;

Verdict *verdict_new(void);
void verdict_free(Verdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Verdict, verdict_free)
void verdict_add_finding(Verdict *verdict, Rule rule, const char *test, double score,
    const char *words, const char *where, const char *why);

/* One flat value of this GVariant type, to pass between a worker child and its parent and
 * to keep in the store.  It is added to `into`. */
#define READING_PACKED_TYPE G_VARIANT_TYPE("(amsa(ssx)iibiiuadbiibmssa(issmsmss))")
void reading_pack(const Reading *reading, const Verdict *verdict, GByteArray *into);
/* FALSE for anything not in the right form (the child may have been taken over). */
gboolean reading_unpack(
    gconstpointer bytes, gsize size, Reading **ret_reading, Verdict **ret_verdict);

/* Adds the evidence as the JSON array that --explain prints. */
void verdict_add_findings_json(const Verdict *verdict, GString *json);
/* The names of the rules in `rules`, the main one first, separated by commas. */
char *verdict_rules_text(const Verdict *verdict);
