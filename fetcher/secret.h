/* The password or token: read anew for each login, kept nowhere else, never logged. */
#pragma once

#include "setup.h"
#include <glib.h>

typedef struct {
	gboolean is_token; /* an OAuth2 token, not a password */
	char *text;
} Secret;

/* From password_file, password_command or token_command, else from the file
 * "imap-password" in $CREDENTIALS_DIRECTORY.  A line end after it is dropped; an empty
 * one, or one with control characters, is FAULT_SETUP. */
Secret *secret_load(const Setup *setup, GError **error);
/* Wipes it. */
void secret_free(Secret *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Secret, secret_free)
