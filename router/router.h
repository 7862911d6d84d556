/* The router's settings and data files, read once: calendar, officials, the words of
 * complaints. */
#pragma once

#include "calendar.h"
#include "complaint.h"
#include "due.h"
#include "official.h"
#include "settings.h"

typedef struct {
	University university; /* its strings belong to the program */
	char *domain;          /* of our Message-IDs: that of the university's address */
	GTimeZone *zone;
	GPtrArray *officials; /* of Official */
	Calendar *calendar;
	Complaint *complaint;
	DueRule rule;
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
