/* The router's settings and data files, read once: calendar, officials, the words of
 * complaints. */
#pragma once

#include "calendar.h"
#include "complaint.h"
#include "due.h"
#include "keyring.h"
#include "official.h"
#include "phrases.h"
#include "settings.h"

/* When the clock speaks; times are minutes after local midnight. */
typedef struct {
	int reminders[8]; /* working days before the due date */
	guint n_reminders;
	int office_from;    /* reminders go out from then on */
	int overdue_office; /* from this overdue working day on the rector's office hears
			     */
	int held_after; /* working days after which the moderator is asked about a held
			   letter */
	int digest, report; /* the daily digest, and on Mondays the report */
} ClockRule;

/* What comes of mails that answer ours. */
typedef struct {
	Keyring *ring;
	gboolean tagged;       /* the secret stands in the subject, not in the address */
	char *authserv_id;     /* whose word on DMARC is asked for, or NULL */
	gboolean direct;       /* answers go out without the moderator */
	gboolean strict_limit; /* an extension ends within two months of registration */
	int completion_days;   /* in which an incomplete letter may be completed */
	Phrases *commands;     /* command-words.h */
	Phrases *follow_ups;   /* citizen.h */
	const char **keys;     /* of the officials, NULL-terminated */
} ReplyRule;

typedef struct {
	University university; /* its strings belong to the program */
	char *domain;          /* of our Message-IDs: that of the university's address */
	GTimeZone *zone;
	GPtrArray *officials; /* of Official */
	Calendar *calendar;
	Complaint *complaint;
	DueRule rule;
	ClockRule clock;
	ReplyRule reply;
	gboolean hold_unsure;          /* a topic that is not sure: to the moderator */
	gboolean term_from_completion; /* else from the first letter's arrival */
	gboolean silent_adverts;       /* 5.3 (4) is refused without a notice */
} Router;

/* Reads [router] and [official …] and what they name.  `data` is the folder of the data
 * files that are not set.  FAULT_SETUP. */
Router *router_load(const Settings *settings, const University *university,
    const char *data, GError **error);
void router_free(Router *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Router, router_free)

/* A zone by name; its data must know Kazakhstan's change of 2024.  FAULT_SETUP. */
GTimeZone *router_zone(const char *name, GError **error);
