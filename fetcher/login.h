/* Logging in: the strongest way that the server offers.
 *
 * SCRAM-SHA-256, SCRAM-SHA-1, PLAIN, LOGIN with a password; XOAUTH2 with a token.  The
 * exchange is spoken line by line here, since libetpan's own hides the server's code and
 * takes a login for good before the server has proved itself. */
#pragma once

#include "secret.h"
#include "session.h"

/* FAULT_SETUP when the server refuses the secret or offers no way; FAULT_RETRY when it
 * says that it can't just now, or the connection fails. */
gboolean login(Session *session, const Secret *secret, GError **error);
