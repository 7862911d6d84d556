/* Mails as files: a Maildir a recipient below one folder, or one for all.  A file's name
 * comes from its notice, so a mail put twice is there once. */
#pragma once

#include "carrier.h"

void maildir_put(const Post *post, const Parcel *parcel, Answer *ret_answer);
/* The folder can be written to; it is made when it is not there.  FAULT_SETUP. */
gboolean maildir_check(const Post *post, GError **error);
