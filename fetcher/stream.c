#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* libetpan moves its whole buffer down after each line; ours does the reading ahead, so
 * that one stays small. */
#define ETPAN_BUFFER 4096

Stream *
stream_new(int fd, int stop_fd, gint64 patience_ms)
{
	Stream *stream = g_new(Stream, 1);

	memset(stream, 0, offsetof(Stream, ahead));
	stream->fd = fd;
	stream->stop_fd = stop_fd;
	stream->patience_us = patience_ms * 1000;
	stream->early = g_byte_array_new();
	return stream;
}

void
stream_free(Stream *stream)
{
	if (stream == NULL)
		return;
	if (stream->tls != NULL)
		gnutls_deinit(stream->tls);
	if (stream->credentials != NULL)
		gnutls_certificate_free_credentials(stream->credentials);
	if (stream->fd >= 0)
		close(stream->fd);
	g_byte_array_unref(stream->early);
	g_free(stream);
}

void
stream_allow(Stream *stream, gint64 milliseconds, gint64 bytes)
{
	stream->deadline_us = g_get_monotonic_time() + milliseconds * 1000;
	stream->budget = bytes;
}

void
stream_kill(Stream *stream, const char *trouble)
{
	if (stream->trouble == NULL)
		stream->trouble = trouble;
}

static gboolean
die(Stream *stream, const char *trouble)
{
	stream_kill(stream, trouble);
	return FALSE;
}

gboolean
stream_wait(Stream *stream, short events)
{
	struct pollfd fds[] = { { stream->fd, events, 0 },
		{ stream->stop_fd, POLLIN, 0 } };
	gint64 until_us =
	    MIN(stream->deadline_us, g_get_monotonic_time() + stream->patience_us);

	if (stream->trouble != NULL)
		return FALSE;
	for (;;) {
		gint64 left_us = until_us - g_get_monotonic_time();
		int n;

		if (left_us <= 0)
			return die(stream, "the time for an answer is over");
		n = poll(fds, 2, (int)MIN((left_us + 999) / 1000, G_MAXINT));
		if (n < 0 && errno != EINTR)
			return die(stream, g_strerror(errno));
		if (n > 0 && fds[1].revents != 0)
			return die(stream, "asked to stop");
		if (n > 0)
			return TRUE;
	}
}

gboolean
stream_has_input(const Stream *stream)
{
	return stream->end > stream->start ||
	    (stream->tls != NULL && gnutls_record_check_pending(stream->tls) > 0);
}

static short
wanted_events(const Stream *stream)
{
	return gnutls_record_get_direction(stream->tls) ? POLLOUT : POLLIN;
}

/* One read of what has come, without waiting: > 0, 0 for "not yet", -1 for dead. */
static ssize_t
read_some(Stream *stream)
{
	ssize_t n;

	if (stream->tls == NULL) {
		n = recv(stream->fd, stream->ahead, sizeof(stream->ahead), MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return 0;
		if (n < 0)
			stream_kill(stream, g_strerror(errno));
	} else {
		n = gnutls_record_recv(stream->tls, stream->ahead, sizeof(stream->ahead));
		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
			return 0;
		if (n < 0)
			stream_kill(stream, gnutls_strerror((int)n));
	}
	if (n == 0)
		stream_kill(stream, "the server closed the connection");
	return n > 0 ? n : -1;
}

/* The deadline is absolute, so it is looked at even while bytes keep dripping in. */
static gboolean
fill(Stream *stream)
{
	for (;;) {
		ssize_t n;

		if (stream->trouble != NULL)
			return FALSE;
		if (stream->budget <= 0)
			return die(stream, "the answer is too long");
		if (g_get_monotonic_time() >= stream->deadline_us)
			return die(stream, "the time for an answer is over");
		n = read_some(stream);
		if (n < 0)
			return FALSE;
		if (n > 0) {
			stream->start = 0;
			stream->end = (gsize)n;
			stream->budget -= n;
			return TRUE;
		}
		if (!stream_wait(
			stream, stream->tls != NULL ? wanted_events(stream) : POLLIN))
			return FALSE;
	}
}

/* Never 0: libetpan takes that for "try again", for ever. */
static ssize_t
low_read(mailstream_low *low, void *buffer, size_t size)
{
	Stream *stream = low->data;

	if (stream->rehearsing || (stream->start == stream->end && !fill(stream)))
		return -1;
	size = MIN(size, stream->end - stream->start);
	memcpy(buffer, stream->ahead + stream->start, size);
	stream->start += size;
	return (ssize_t)size;
}

/* One write without waiting: > 0, 0 for "not yet", -1 for dead. */
static ssize_t
write_some(Stream *stream, const void *bytes, size_t size)
{
	ssize_t n;

	if (stream->tls == NULL) {
		n = send(stream->fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return 0;
		if (n < 0)
			stream_kill(stream, g_strerror(errno));
	} else {
		n = gnutls_record_send(stream->tls, bytes, size);
		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
			return 0;
		if (n < 0)
			stream_kill(stream, gnutls_strerror((int)n));
	}
	return n > 0 ? n : -1;
}

void
stream_rehearse(Stream *stream, gboolean rehearsing)
{
	stream->rehearsing = rehearsing;
}

static ssize_t
take_as_sent(Stream *stream, const void *bytes, size_t size)
{
	size = MIN(size, stream->early->len);
	if (memcmp(stream->early->data, bytes, size) != 0) {
		stream_kill(stream, "another command than the one sent early");
		return -1;
	}
	g_byte_array_remove_range(stream->early, 0, (guint)size);
	return (ssize_t)size;
}

static ssize_t
low_write(mailstream_low *low, const void *bytes, size_t size)
{
	Stream *stream = low->data;
	ssize_t n;

	if (stream->trouble != NULL)
		return -1;
	if (stream->early->len > 0 && !stream->rehearsing)
		return take_as_sent(stream, bytes, size);
	while ((n = write_some(stream, bytes, size)) == 0)
		if (!stream_wait(
			stream, stream->tls != NULL ? wanted_events(stream) : POLLOUT))
			return -1;
	if (n > 0 && stream->rehearsing)
		g_byte_array_append(stream->early, bytes, (guint)n);
	return n;
}

static int
low_close(mailstream_low *low)
{
	Stream *stream = low->data;

	if (stream->tls != NULL && stream->trouble == NULL)
		gnutls_bye(stream->tls, GNUTLS_SHUT_WR);
	return 0;
}

static int
low_fd(mailstream_low *low)
{
	return ((Stream *)low->data)->fd;
}

static void
low_free(mailstream_low *low)
{
	stream_free(low->data);
	free(low);
}

static void
low_cancel(mailstream_low *low)
{
}

static struct mailstream_cancel *
low_get_cancel(mailstream_low *low)
{
	return NULL;
}

static carray *
low_chain(mailstream_low *low)
{
	return NULL;
}

static int
low_no_idle(mailstream_low *low)
{
	return -1;
}

mailstream *
stream_hand_over(Stream *stream)
{
	static mailstream_low_driver driver = { low_read, low_write, low_close, low_fd,
		low_free, low_cancel, low_get_cancel, low_chain, low_no_idle, low_no_idle,
		low_no_idle };

	return mailstream_new(mailstream_low_new(stream, &driver), ETPAN_BUFFER);
}
