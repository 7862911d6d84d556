/* SCRAM (RFC 5802, RFC 7677): proves the password without sending it, and makes the
 * server prove that it knows it too.  Only the texts; login.c carries them. */
#pragma once

#include <glib.h>

typedef enum { SCRAM_SHA_1, SCRAM_SHA_256 } ScramHash;

typedef struct Scram Scram;

/* The nonce is fresh unless given (in tests). */
Scram *scram_new(
    ScramHash hash, const char *user, const char *password, const char *nonce);
void scram_free(Scram *scram);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scram, scram_free)

/* "n,,n=user,r=nonce". */
char *scram_first(Scram *scram);
/* The answer to the server's first message; NULL when that is malformed, does not
 * continue our nonce, or asks for fewer than 4096 or more than a million rounds. */
char *scram_final(Scram *scram, const char *server_first);
/* TRUE when the server's last message proves that it knows the password. */
gboolean scram_verify(const Scram *scram, const char *server_final);
