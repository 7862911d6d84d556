/* The notices of the conversation about a case: what officials and citizens hear of what
 * they wrote, and what the moderator has to decide about it. */
#pragma once

#include "answer.h"
#include "case.h"
#include "owe.h"

/* --- to the citizen --- */

/* An answer, an extension and a reopened case reach also those whose mail program asks
 * for silence: the law wants them told.  Whoever has no address at all: a task for a
 * person. */
gboolean owe_answer(
    const Desk *desk, const Case *item, const Letter *answer, GError **error);
gboolean owe_extension(const Desk *desk, const Case *item, const char *old_due,
    const char *reason, GError **error);
gboolean owe_reopened(
    const Desk *desk, const Letter *letter, const Case *item, GError **error);
/* Under his letter, unless it wants no automatic answer. */
gboolean owe_joined(
    const Desk *desk, const Letter *letter, const Case *item, GError **error);
gboolean owe_status(
    const Desk *desk, const Letter *letter, const Case *item, GError **error);
gboolean owe_status_unknown(const Desk *desk, const Letter *letter, GError **error);

/* --- to the official --- */

/* `kind` is "addition" or "objection"; an objection goes up as well, to the moderator and
 * the rector's office. */
gboolean owe_follow_up(const Desk *desk, const char *kind, const Letter *letter,
    const Case *item, GError **error);
/* `why` is "empty", "short", "rude", or "remark" with the moderator's. */
gboolean owe_answer_returned(const Desk *desk, const Case *item, const char *why,
    const char *remark, GError **error);

/* --- to whoever commanded --- */

typedef struct {
	const char *command;
	const char *due, *topic, *to; /* each may be NULL */
	const char *asked; /* the day he wrote, when the due date is a later one */
	const char *rule;
	gboolean pending;     /* an answer that waits for approval */
	const char *calendar; /* "request", "cancel" or NULL */
} Done;
/* To the official who wrote the mail. */
gboolean owe_confirmation(const Desk *desk, const Letter *mail, const Case *item,
    const Done *done, GError **error);
/* To the moderator: about a case or, `item` NULL, about a held letter. */
gboolean owe_confirmation_moderator(const Desk *desk, const Letter *mail,
    const Case *item, gint64 held, const Done *done, GError **error);

typedef struct {
	const char *command;
	const char *why;      /* "no-date" … */
	const char *max, *by; /* the last possible day, who has it; or NULL */
	char purpose;         /* of the moderator's secret, for his next try */
	gint64 id;
} Refused;
/* To the writer of the mail; `item` is NULL for the moderator's about a held letter. */
gboolean owe_command_refused(const Desk *desk, const Letter *mail, gboolean moderator,
    const Case *item, gint64 held, const Refused *refused, GError **error);

/* --- to the moderator --- */

/* `codes` say why he should look twice ("name", "short" …); an array of const char *. */
gboolean owe_approval(const Desk *desk, const Case *item, const Letter *answer, gint64 id,
    GPtrArray *codes, GError **error);
gboolean owe_remark(
    const Desk *desk, const Case *item, const Letter *mail, GError **error);
/* `what` was decided before: "approved", "accept" … */
gboolean owe_already_decided(const Desk *desk, const Letter *mail, const Case *item,
    gint64 held, const char *by, const char *what, GError **error);
