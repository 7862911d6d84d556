/* The password or token for the server: from a file, a command or the service manager,
 * never from the settings themselves.  The caller wipes it. */
#pragma once

#include "post.h"

/* NULL without an error when no user is set.  FAULT_SETUP when it cannot be had,
 * FAULT_RETRY when a command fails, which may be a token service that is away. */
char *secret_get(const Post *post, GError **error);
void secret_wipe(char *secret);
