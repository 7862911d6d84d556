/* What a letter must keep to before any parser sees it: the measures of Postfix and
 * common sense, far above any honest letter.  They keep time and memory in bounds where
 * GMime's would grow with the square of the input. */
#pragma once

#include <glib.h>

#define LIMIT_LETTER (100 << 20) /* bytes */
#define LIMIT_HEADER (256 << 10) /* bytes of the header block */
#define LIMIT_FIELD (64 << 10)   /* bytes of one header field, also of a part's */
#define LIMIT_BOUNDARIES 10000   /* lines that begin with "--" */
#define LIMIT_PARAMETERS 200     /* ";" in one Content-… field */

/* While reading; what lies beyond is left unread, and that is no fault, but shows: the
 * part, or the first of many, is listed as an attachment. */
#define LIMIT_DEPTH 32
#define LIMIT_PARTS 1000
#define LIMIT_TEXT (256 << 10) /* bytes of text kept, new and quoted each */
#define LIMIT_HTML (2 << 20)   /* bytes of one HTML part */
#define LIMIT_TAG (4 << 10)    /* bytes of one HTML tag */
#define LIMIT_ATTACHMENTS 200  /* listed */

/* FAULT_LETTER, its text naming the limit, when the bytes break one of the first group.
 */
gboolean limit_check(const char *bytes, gsize length, GError **error);
