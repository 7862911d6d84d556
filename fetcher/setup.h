/* The fetcher's settings: the group [fetcher], checked and taken apart. */
#pragma once

#include "settings.h"
#include <glib.h>

typedef enum {
	SECURITY_PLAIN,    /* imap://: to this machine only */
	SECURITY_STARTTLS, /* imap+starttls:// */
	SECURITY_TLS,      /* imaps:// */
} Security;

typedef enum { AFTER_LEAVE, AFTER_SEEN, AFTER_MOVE } After;

typedef struct {
	/* as the file says */
	char *server, *user;
	char *password_file, *password_command, *token_command;
	char *ca_file, *pin;
	char *mailbox, *after;
	gint64 batch, batch_bytes, max_size, first;
	gint64 poll, glance, idle_renew;             /* seconds, milliseconds, seconds */
	gint64 timeout, slowest;                     /* seconds, bytes a second */
	gint64 retry_least, retry_most, alarm_after; /* seconds */

	/* what follows from it */
	Security security;
	char *host;
	guint16 port;
	After then;
	char *folder;       /* for AFTER_MOVE, as IMAP spells it */
	char *mailbox_name; /* as IMAP spells it */
	char *name;         /* in the store: "imap://user@host/INBOX" */
} Setup;

/* Reads the group.  An import needs no server, so `with_server` FALSE asks for none. */
gboolean setup_load(
    const Settings *settings, gboolean with_server, Setup *ret_setup, GError **error);
void setup_clear(Setup *setup);

/* Takes a server's URL apart: imaps://host[:993], imap+starttls://host[:143], and
 * imap://host[:143], which is refused unless the host is this machine.  Returns what is
 * wrong, or NULL. */
const char *setup_parse_server(
    const char *url, Security *ret_security, char **ret_host, guint16 *ret_port);

/* TRUE for a text that may go into a command: no control characters, valid UTF-8. */
gboolean setup_is_clean(const char *text);
