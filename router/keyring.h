/* The reply keys as the settings name them, read at first need and again when the day
 * changes: an old key ends on one. */
#pragma once

#include "day.h"
#include "token.h"

typedef struct Keyring Keyring;

/* `file` NULL: "reply.key" beside the store, made when it is not there.  `old_until` is
 * the last day of the old key.  A file that is named must be there: FAULT_SETUP. */
Keyring *keyring_new(
    const char *file, const char *old_file, Day old_until, GError **error);
void keyring_free(Keyring *ring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keyring, keyring_free)

const Keys *keyring_keys(Keyring *ring, const char *store, Day today, GError **error);
