#include "session.h"

#include "connect.h"
#include "fault.h"
#include "login.h"
#include "tls.h"

#include <libetpan/mailstream_helper.h>
#include <string.h>

#define TALK_BYTES (256 * 1024)         /* an answer that holds no letters */
#define SEARCH_BYTES (16 * 1024 * 1024) /* room for more than a million UIDs */
#define GOODBYE_MS 2000

void
session_begin(Session *session, gint64 bytes)
{
	gint64 seconds = session->setup->timeout + bytes / session->setup->slowest;

	/* The budget leaves room for servers that count a letter's bytes wrongly. */
	stream_allow(session->stream, seconds * 1000, 2 * bytes + TALK_BYTES);
}

static void
talk(Session *session)
{
	stream_allow(session->stream, session->setup->timeout * 1000, TALK_BYTES);
}

static const char *
explain(const Session *session, int code)
{
	if (session->stream->trouble != NULL)
		return session->stream->trouble;
	switch (code) {
	case MAILIMAP_ERROR_PARSE:
	case MAILIMAP_ERROR_PROTOCOL:
		return "an answer that is no IMAP";
	case MAILIMAP_ERROR_FATAL:
		return "the server ended the session";
	default:
		return "the server refuses";
	}
}

gboolean
session_end(Session *session, int code, const char *what, GError **error)
{
	if (code == MAILIMAP_NO_ERROR)
		return TRUE;
	session->broken = TRUE;
	g_set_error(error, FAULT, FAULT_RETRY, "%s: %s: %s (%d)", session->setup->host,
	    what, explain(session, code), code);
	return FALSE;
}

static gboolean
ask_capabilities(Session *session, GError **error)
{
	struct mailimap_capability_data *list = NULL;
	int code;

	talk(session);
	code = mailimap_capability(session->imap, &list);
	if (list != NULL)
		mailimap_capability_data_free(list);
	return session_end(session, code, "CAPABILITY", error);
}

/* What the server said before TLS proves nothing: nothing of it is kept, and nothing that
 * came with the answer is read. */
static gboolean
start_tls(Session *session, GError **error)
{
	const Setup *setup = session->setup;

	if (!ask_capabilities(session, error))
		return FALSE;
	if (!mailimap_has_extension(session->imap, "STARTTLS")) {
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s: the server offers no STARTTLS", setup->host);
		return FALSE;
	}
	talk(session);
	if (!session_end(session, mailimap_starttls(session->imap), "STARTTLS", error))
		return FALSE;
	if (session->imap->imap_stream->read_buffer_len != 0) {
		g_set_error(error, FAULT, FAULT_RETRY,
		    "%s: TLS: bytes before the handshake", setup->host);
		return FALSE;
	}
	return tls_start(session->stream, setup->host, setup->ca_file, setup->pin, error);
}

static gboolean
greet(Session *session, GError **error)
{
	int code;

	talk(session);
	code = mailimap_connect(session->imap, stream_hand_over(session->stream));
	if (code == MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return TRUE;
	/* A session that is logged in already would be somebody else's. */
	if (code == MAILIMAP_NO_ERROR_AUTHENTICATED)
		code = MAILIMAP_ERROR_PROTOCOL;
	return session_end(session, code, "greeting", error);
}

static gboolean
dial(Session *session, int stop_fd, GError **error)
{
	const Setup *setup = session->setup;
	int fd = connect_to(setup->host, setup->port, setup->security == SECURITY_PLAIN,
	    setup->timeout * 1000, stop_fd, &session->loopback, error);

	if (fd < 0)
		return FALSE;
	session->stream = stream_new(fd, stop_fd, setup->timeout * 1000);
	talk(session);
	if (setup->security == SECURITY_TLS &&
	    !tls_start(session->stream, setup->host, setup->ca_file, setup->pin, error)) {
		g_clear_pointer(&session->stream, stream_free);
		return FALSE;
	}
	session->imap = mailimap_new(0, NULL);
	return greet(session, error);
}

static gboolean
enter(Session *session, GError **error)
{
	g_autoptr(Secret) secret = secret_load(session->setup, error);

	if (secret == NULL || !ask_capabilities(session, error))
		return FALSE;
	talk(session);
	if (!login(session, secret, error) || !ask_capabilities(session, error))
		return FALSE;
	session->can_idle = mailimap_has_idle(session->imap);
	session->can_move = mailimap_has_extension(session->imap, "MOVE");
	return TRUE;
}

Session *
session_open(const Setup *setup, int stop_fd, const char **ret_alarm, GError **error)
{
	g_autoptr(Session) session = g_new0(Session, 1);

	session->setup = setup;
	*ret_alarm = "imap-certificate";
	if (dial(session, stop_fd, error) &&
	    (setup->security != SECURITY_STARTTLS || start_tls(session, error))) {
		*ret_alarm = "imap-login";
		if (enter(session, error))
			return g_steal_pointer(&session);
	}
	session->broken = TRUE;
	return NULL;
}

/* mailimap_free() writes LOGOUT by itself, even to a dead server: a broken stream is
 * killed first, so that nothing waits. */
void
session_close(Session *session)
{
	if (session == NULL)
		return;
	if (session->stream != NULL) {
		stream_allow(session->stream, GOODBYE_MS, TALK_BYTES);
		session->stream->stop_fd = -1;
		if (session->broken)
			stream_kill(session->stream, "closed");
	}
	if (session->imap != NULL)
		mailimap_free(session->imap);
	g_free(session);
}

gboolean
session_select(Session *session, GError **error)
{
	const Setup *setup = session->setup;
	const char *folder = setup->mailbox_name;
	int code;

	talk(session);
	code = setup->then == AFTER_LEAVE ? mailimap_examine(session->imap, folder)
					  : mailimap_select(session->imap, folder);
	if (code == MAILIMAP_ERROR_SELECT || code == MAILIMAP_ERROR_EXAMINE) {
		session->broken = TRUE;
		g_set_error(error, FAULT, FAULT_SETUP,
		    "%s: [fetcher] mailbox: the server has no such folder, or keeps it "
		    "from us",
		    setup->host);
		return FALSE;
	}
	if (!session_end(session, code, "SELECT", error))
		return FALSE;
	session->uidvalidity = session->imap->imap_selection_info->sel_uidvalidity;
	if (session->uidvalidity > 0)
		return TRUE;
	session->broken = TRUE;
	g_set_error(error, FAULT, FAULT_RETRY, "%s: SELECT: no UIDVALIDITY", setup->host);
	return FALSE;
}

gboolean
session_try(const Setup *setup, int stop_fd, GError **error)
{
	const char *alarm;
	g_autoptr(Session) session = session_open(setup, stop_fd, &alarm, error);

	return session != NULL && session_select(session, error);
}

char *
session_tag(Session *session)
{
	return g_strdup_printf("%i ", ++session->imap->imap_tag);
}

gboolean
session_send(Session *session, const char *line)
{
	mailstream *stream = session->imap->imap_stream;

	return mailstream_write(stream, line, strlen(line)) >= 0 &&
	    mailstream_write(stream, "\r\n", 2) >= 0 && mailstream_flush(stream) == 0;
}

const char *
session_read(Session *session)
{
	return mailstream_read_line_remove_eol(
	    session->imap->imap_stream, session->imap->imap_stream_buffer);
}

const char *
session_trouble(const Session *session)
{
	return session->stream->trouble != NULL ? session->stream->trouble
						: "an unexpected answer";
}

gboolean
session_nudge(Session *session, gboolean *ret_news, GError **error)
{
	struct mailimap_selection_info *folder = session->imap->imap_selection_info;

	talk(session);
	folder->sel_has_exists = 0;
	if (!session_end(session, mailimap_noop(session->imap), "NOOP", error))
		return FALSE;
	if (ret_news != NULL)
		*ret_news = folder->sel_has_exists;
	return TRUE;
}

static struct mailimap_search_key *
flag_key(int type)
{
	return mailimap_search_key_new(type, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
	    NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL,
	    NULL, 0, NULL, NULL, NULL);
}

static struct mailimap_search_key *
search_key(guint32 first, guint32 last, Search which)
{
	struct mailimap_search_key *key = mailimap_search_key_new_multiple_empty();

	mailimap_search_key_multiple_add(
	    key, mailimap_search_key_new_uid(mailimap_set_new_interval(first, last)));
	if (which != SEARCH_ALL)
		mailimap_search_key_multiple_add(key,
		    flag_key(which == SEARCH_UNSEEN ? MAILIMAP_SEARCH_KEY_UNSEEN
						    : MAILIMAP_SEARCH_KEY_UNDELETED));
	return key;
}

static int
compare_uids(gconstpointer a, gconstpointer b)
{
	guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;

	return (one > other) - (one < other);
}

/* "n:*" always names the last letter, even where it lies before n: only what was asked
 * for is taken, each once. */
static GArray *
collect_uids(clist *found, guint32 first, guint32 last)
{
	GArray *uids = g_array_new(FALSE, FALSE, sizeof(guint32));
	guint kept = 0;

	for (clistiter *i = clist_begin(found); i != NULL; i = clist_next(i)) {
		guint32 uid = *(guint32 *)clist_content(i);

		if (uid >= first && (last == 0 || uid <= last))
			g_array_append_val(uids, uid);
	}
	g_array_sort(uids, compare_uids);
	for (guint i = 0; i < uids->len; i++) {
		guint32 uid = g_array_index(uids, guint32, i);

		if (kept == 0 || g_array_index(uids, guint32, kept - 1) != uid)
			g_array_index(uids, guint32, kept++) = uid;
	}
	g_array_set_size(uids, kept);
	return uids;
}

GArray *
session_search(
    Session *session, guint32 first, guint32 last, Search which, GError **error)
{
	struct mailimap_search_key *key = search_key(first, last, which);
	clist *found = NULL;
	GArray *uids;
	int code;

	stream_allow(session->stream, session->setup->timeout * 1000, SEARCH_BYTES);
	code = mailimap_uid_search(session->imap, NULL, key, &found);
	mailimap_search_key_free(key);
	if (!session_end(session, code, "SEARCH", error))
		return NULL;
	uids = collect_uids(found, first, last);
	mailimap_search_result_free(found);
	return uids;
}
