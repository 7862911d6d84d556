#include "idle.h"

#include "after.h"
#include "fault.h"
#include "reconcile.h"
#include "trouble.h"

#include <poll.h>
#include <string.h>

#define DONE_S 30 /* for the answer to DONE: a mute peer is noticed here */

typedef enum { WOKEN_BY_NEWS, WOKEN_BY_TIME, WOKEN_BY_STOP } Woken;

/* Sleeps until the socket (-1: none) has something, the time is over, or a stop is asked
 * for. */
static Woken
sleep_on(int fd, gint64 milliseconds)
{
	struct pollfd fds[] = { { program_stop_fd(), POLLIN, 0 }, { fd, POLLIN, 0 } };
	int n = poll(fds, 2, (int)CLAMP(milliseconds, 0, G_MAXINT));

	if (program_stopping())
		return WOKEN_BY_STOP;
	return n > 0 && fds[1].revents != 0 ? WOKEN_BY_NEWS : WOKEN_BY_TIME;
}

static gboolean
fail(Session *session, const char *what, GError **error)
{
	session->broken = TRUE;
	g_set_error(error, FAULT, FAULT_RETRY, "%s: %s: %s", session->setup->host, what,
	    session_trouble(session));
	return FALSE;
}

static gboolean
is_news(const char *line)
{
	return g_str_has_suffix(line, " EXISTS") || g_str_has_suffix(line, " RECENT");
}

/* Sends IDLE and reads up to the "+": news may come before it, with it and after it. */
static gboolean
begin_idle(Session *session, const char *tag, gboolean *ret_news, GError **error)
{
	g_autofree char *command = g_strconcat(tag, "IDLE", NULL);
	const char *line;

	session_begin(session, 0);
	if (!session_send(session, command))
		return fail(session, "IDLE", error);
	while ((line = session_read(session)) != NULL) {
		if (line[0] == '+')
			return TRUE;
		if (g_str_has_prefix(line, tag)) {
			session->can_idle = FALSE;
			*ret_news = TRUE;
			return TRUE;
		}
		*ret_news = *ret_news || is_news(line);
		if (line[0] != '*' || g_str_has_prefix(line, "* BYE"))
			break;
	}
	return fail(session, "IDLE", error);
}

static gboolean
end_idle(Session *session, const char *tag, GError **error)
{
	const char *line;

	session_begin(session, 0);
	stream_allow(session->stream, MIN(session->setup->timeout, DONE_S) * 1000, 65536);
	if (!session_send(session, "DONE"))
		return fail(session, "IDLE", error);
	while ((line = session_read(session)) != NULL) {
		if (g_str_has_prefix(line, tag))
			return TRUE;
		if (line[0] != '*' || g_str_has_prefix(line, "* BYE"))
			break;
	}
	return fail(session, "IDLE", error);
}

static gboolean
wait_idle(Session *session, GError **error)
{
	g_autofree char *tag = session_tag(session);
	gboolean news = FALSE;

	if (!begin_idle(session, tag, &news, error))
		return FALSE;
	if (!session->can_idle) /* it was refused; from now on a look every `poll` */
		return TRUE;
	/* What has been read ahead never wakes poll(). */
	if (!news && session->imap->imap_stream->read_buffer_len == 0 &&
	    !stream_has_input(session->stream))
		sleep_on(session->stream->fd, session->setup->idle_renew * 1000);
	return end_idle(session, tag, error);
}

static gboolean
wait_glancing(Session *session, GError **error)
{
	gint64 until_us =
	    g_get_monotonic_time() + session->setup->idle_renew * G_USEC_PER_SEC;
	gboolean news = FALSE;

	while (!news && g_get_monotonic_time() < until_us &&
	    sleep_on(session->stream->fd, session->setup->glance) != WOKEN_BY_STOP)
		if (!session_nudge(session, &news, error))
			return FALSE;
	return TRUE;
}

static gboolean
wait_for_news(Fetcher *fetcher, GError **error)
{
	Session *session = fetcher->session;

	if (session->broken)
		return TRUE;
	if (session->loopback && fetcher->setup->glance > 0)
		return wait_glancing(session, error);
	if (session->can_idle)
		return wait_idle(session, error);
	sleep_on(session->stream->fd, fetcher->setup->poll * 1000);
	return TRUE;
}

static gboolean
pass(Fetcher *fetcher, GError **error)
{
	return fetch_pass(fetcher, error) && after_repeat(fetcher, error) &&
	    reconcile_daily(fetcher, error) && trouble_over(fetcher, error);
}

/* Waiting cures the world's failures, and the mailbox's refusals; nothing else. */
static gboolean
is_bearable(const Fetcher *fetcher, const GError *failure)
{
	return g_error_matches(failure, FAULT, FAULT_RETRY) ||
	    (g_error_matches(failure, FAULT, FAULT_SETUP) && fetcher->alarm != NULL);
}

/* Tells, hangs up and waits; FALSE for what a person or a restart must cure.  Telling may
 * fail by what is to be told, as on a full disk. */
static gboolean
bear(Fetcher *fetcher, const GError *failure, guint n_failures, GError **error)
{
	gboolean refused = g_error_matches(failure, FAULT, FAULT_SETUP);
	g_autoptr(GError) untold = NULL;

	if (program_stopping())
		return TRUE;
	if (!is_bearable(fetcher, failure)) {
		g_propagate_error(error, g_error_copy(failure));
		return FALSE;
	}
	g_warning("%s", failure->message);
	if (!trouble_tell(fetcher, failure, &untold)) {
		if (!g_error_matches(untold, FAULT, FAULT_RETRY)) {
			g_propagate_error(error, g_steal_pointer(&untold));
			return FALSE;
		}
		g_warning("%s", untold->message);
	}
	fetch_hang_up(fetcher);
	sleep_on(-1, trouble_wait_ms(fetcher->setup, n_failures, refused));
	return TRUE;
}

gboolean
idle_once(const Program *program, const Setup *setup, GError **error)
{
	g_autoptr(Fetcher) fetcher = fetcher_new(program, setup);
	g_autoptr(GError) failure = NULL;

	if (!store_hold_room(program->store, error))
		return FALSE;
	if (pass(fetcher, &failure) || program_stopping())
		return TRUE;
	trouble_tell(fetcher, failure, NULL);
	g_propagate_error(error, g_steal_pointer(&failure));
	return FALSE;
}

gboolean
idle_run(const Program *program, const Setup *setup, GError **error)
{
	g_autoptr(Fetcher) fetcher = fetcher_new(program, setup);
	guint n_failures = 0;

	if (!store_hold_room(program->store, error))
		return FALSE;
	while (!program_stopping()) {
		g_autoptr(GError) failure = NULL;

		fetcher->alarm = NULL;
		if (!pass(fetcher, &failure))
			n_failures++;
		else if (wait_for_news(fetcher, &failure))
			n_failures = 0;
		else
			n_failures = 1;
		if (failure != NULL && !bear(fetcher, failure, n_failures, error))
			return FALSE;
	}
	return TRUE;
}
