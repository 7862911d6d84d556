/* The files of an official's mail, which go along with his answer.
 *
 * Each is decoded and encoded anew under a clean name; of the mail around them, its head,
 * its text and the letters within it, nothing goes along.  Pictures that belong to the
 * HTML of the mail (a logo under the signature) stay behind as well. */
#pragma once

#include "mime.h"

typedef struct {
	char *name; /* the last part of a path, one line, no marks of direction */
	char *type; /* "application/pdf" */
	GBytes *bytes;
} File;

/* An array of File, in their order, at most `most` bytes in all; *ret_cut tells that not
 * all could be taken.  A mail that no parser should see is cut as a whole. */
GPtrArray *enclose_take(GBytes *mail, gint64 most, gboolean *ret_cut);
