/* Officials: the vice-rectors whose matters the letters are.  They live in the settings,
 * a group each: [official KEY]. */
#pragma once

#include "regulation.h"
#include "settings.h"

typedef struct {
	char *key;
	char *name; /* full name, for the mail's To and for "complains of him" */
	char **
	    posts; /* what his post is called in letters, for the same purpose; or NULL */
	char *address;
	Language language;
	guint32 topics;                   /* a bit per Topic */
	char *deputy;                     /* the key of another official, or NULL */
	char *deputy_from, *deputy_until; /* ISO days, both inclusive */
} Official;

/* All officials, in the order of the file.  Refuses a topic without an official, one with
 * two, an unknown deputy, a deputy without dates. */
GPtrArray *officials_load(const Settings *settings, GError **error);

/* The official with this key, or NULL. */
const Official *officials_find(GPtrArray *officials, const char *key);
/* Whose topic it is on that day, the deputy where he stands in; NULL when deputies run in
 * a circle or nobody has the topic. */
const Official *officials_for(GPtrArray *officials, Topic topic, const char *day);
