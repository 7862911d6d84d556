/* Whose matter a letter is: the official of its topic or his deputy, or the moderator,
 * with the reason.  A complaint never goes to the one of whom it complains, unless a
 * person said so. */
#pragma once

#include "letter.h"
#include "router.h"

typedef struct {
	const Official
	    *official; /* the best guess even when held; NULL when there is none */
	const Official
	    *holder;      /* whose topic it is, when a deputy stands in; else NULL */
	const char *hold; /* why it goes to the moderator ("topic" …), or NULL */
	const Official *accused; /* of whom it complains, and how: "deed" …; or NULL */
	const char *accused_how;
} Choice;

/* `today` is an ISO day: deputies have dates. */
Choice choose_official(const Router *router, const Letter *letter, const char *today);

/* The explanation that a case keeps: one JSON object. */
char *choice_json(const Choice *choice, const Letter *letter);
