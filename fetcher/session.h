/* One connection to the mailbox: connected, secured, logged in, the folder open.
 *
 * No return code of libetpan's is believed by itself (they say "no error" for letters
 * that never came); after anything strange the session is broken, and the only way on is
 * a new one. */
#pragma once

#include "setup.h"
#include "stream.h"

typedef struct {
	const Setup *setup;
	Stream *stream; /* belongs to imap's stream */
	mailimap *imap;
	gboolean loopback;
	gboolean broken; /* close it and open another */
	gboolean can_idle, can_move;
	gint64 uidvalidity;
} Session;

/* Connects, secures, logs in.  A FAULT_SETUP comes with the alarm's kind that it
 * deserves. */
Session *session_open(
    const Setup *setup, int stop_fd, const char **ret_alarm, GError **error);
/* Says goodbye where that is possible, and never waits for it. */
void session_close(Session *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_close)

/* Opens the folder, read-only unless letters are to be marked or moved. */
gboolean session_select(Session *session, GError **error);

/* Logs in, opens the folder, and leaves: for --check. */
gboolean session_try(const Setup *setup, int stop_fd, GError **error);

/* Before a command: the time for it and the bytes that its answer may have. */
void session_begin(Session *session, gint64 bytes);
/* After it: TRUE for success; else the session is broken and *error says what happened.
 */
gboolean session_end(Session *session, int code, const char *what, GError **error);

/* An exchange line by line, where libetpan's own is not good enough: a fresh tag with a
 * space after it; one line out; one line in, without its end, NULL when the session is
 * dead. */
char *session_tag(Session *session);
gboolean session_send(Session *session, const char *line);
const char *session_read(Session *session);
/* Why it failed, in a few words without personal data. */
const char *session_trouble(const Session *session);

/* Asks the server to look for news; *ret_news, where given, says whether there are any.
 */
gboolean session_nudge(Session *session, gboolean *ret_news, GError **error);
/* The UIDs from first to last (0: no end) that the folder holds, ascending, as guint32;
 * of these only the unseen, or only those not marked for deletion, when asked. */
typedef enum { SEARCH_ALL, SEARCH_UNSEEN, SEARCH_UNDELETED } Search;
GArray *session_search(
    Session *session, guint32 first, guint32 last, Search which, GError **error);
