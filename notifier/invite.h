/* The entry in an official's calendar for the day on which an answer is due (RFC 5545,
 * 5546).  It names the case and nobody else. */
#pragma once

#include <glib.h>

/* How it is sent: as an invitation that its reader need not answer, as a thing to take
 * over, or not at all. */
typedef enum { INVITE_REQUEST, INVITE_PUBLISH, INVITE_NONE } InviteUse;
extern const char *const invite_names[]; /* "request", "publish", "none", NULL */

typedef struct {
	const char *method; /* "REQUEST", "PUBLISH", "CANCEL": also for the part's type */
	char *text;         /* the whole entry, lines folded and ended by CRLF */
} Invite;
void invite_free(Invite *invite);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Invite, invite_free)

/* What an entry tells. */
typedef struct {
	const char *number;  /* of the case: one case, one entry */
	const char *address; /* the university's, who asks */
	const char *name;    /* and its name */
	const char *reader;  /* the official's address */
	const char *day;     /* the due date, ISO */
	gint64 sequence;     /* counts the changes */
	gint64 now;          /* UTC seconds */
	const char *summary, *description;
} Entry;

/* Sets, or renews, or takes back.  NULL when `day` is no day. */
Invite *invite_new(const Entry *entry, InviteUse use, gboolean cancel);
