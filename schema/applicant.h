/* What the authors of cases are known by: name, e-mail, telephone.  The guard on answers
 * asks here whether a text names the author of another case. */
#pragma once

#include "store.h"

typedef enum {
	APPLICANT_NAME,
	APPLICANT_EMAIL,
	APPLICANT_PHONE,
	N_APPLICANT_KINDS
} ApplicantKind;

/* The form in which two spellings are one: a name in lower case, its words in
 * alphabetical order; an address in lower case; the last ten digits of a telephone.  NULL
 * when nothing is left that says whom it means. */
char *applicant_key(ApplicantKind kind, const char *text);

/* Keeps what is given; NULL leaves one out. */
gboolean store_applicant_add(Store *store, gint64 case_id, const char *name,
    const char *email, const char *phone, GError **error);
/* *ret_case is a case of an applicant with this key, other than `case_id`, of an author
 * who is not also the author of `case_id`; else 0. */
gboolean store_applicant_other(Store *store, ApplicantKind kind, const char *key,
    gint64 case_id, gint64 *ret_case, GError **error);

/* The names (keys) of all applicants of other cases, but for those whose name or address
 * is that of an applicant of `case_id`, too.  A function that returns FALSE ends it. */
typedef gboolean (*ApplicantFunc)(const char *key, gpointer data);
gboolean store_applicant_names(
    Store *store, gint64 case_id, ApplicantFunc each, gpointer data, GError **error);
