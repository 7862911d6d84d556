/* Does a text that is on its way to one applicant tell of another: the number of his
 * case, his name, telephone or address?  Such an answer never leaves without the
 * moderator's word.
 *
 * Names are found in any case of Kazakh and Russian, with initials too.  Made to err on
 * one side: a namesake costs the moderator a look. */
#pragma once

#include "case.h"

/* What `text` (and the names of attachments) tells of other cases than this one: codes of
 * "number", "name", "email", "phone", each once.  An array of const char *, empty when it
 * is clean; NULL on a store's fault. */
GPtrArray *leak_find(Store *store, const Case *item, const char *text,
    const GPtrArray *attachments, GError **error);

/* Keeps what the author of a case is known by, for the guard on the answers to all
 * others. */
gboolean leak_keep_applicant(
    Store *store, const Case *item, const Letter *letter, GError **error);
/* The same for the cases of a store that knew only addresses; done once. */
gboolean leak_fill_applicants(Store *store, gint64 now, GError **error);
