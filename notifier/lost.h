/* The mail that a notice of the kind "undelivered" is about: read again, so that it can
 * be read out. */
#pragma once

#include "material.h"

typedef struct {
	Notice *notice;
	Case *item;
	Letter *letter, *first;
	About about;
} Lost;
void lost_free(Lost *lost);

/* From the facts: the notice's id, or that of the task made of it.  *ret_lost is NULL for
 * every other notice, and when nothing is left of the mail. */
gboolean lost_read(Store *store, const Notice *notice, Lost **ret_lost, GError **error);
