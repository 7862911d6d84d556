/* The wire under libetpan: a socket that keeps to a time and to a number of bytes.
 *
 * libetpan's own streams wait for each byte anew, spin when a plain server closes inside
 * a letter, take any certificate and abort with many open files.  This one gives each
 * command a deadline and a budget, and any end of it is one clear error: the connection
 * is then dead. */
#pragma once

#include <glib.h>
#include <gnutls/gnutls.h>
#include <libetpan/libetpan.h>

typedef struct Stream Stream;

struct Stream {
	int fd;
	int stop_fd;          /* readable: give up; -1 for none */
	gnutls_session_t tls; /* NULL: plain */
	gnutls_certificate_credentials_t credentials;
	gint64 deadline_us;  /* of the monotonic clock */
	gint64 patience_us;  /* without a single byte */
	gint64 budget;       /* bytes that may still come */
	const char *trouble; /* why the stream died, NULL while it lives */
	gboolean rehearsing;
	GByteArray *early; /* sent in a rehearsal, and not written again yet */
	gsize start, end;  /* of what was read ahead */
	guint8 ahead[128 * 1024];
};

/* Takes the socket over.  Waits at most patience_ms for the next byte.  The stream starts
 * with no time and no bytes: call stream_allow(). */
Stream *stream_new(int fd, int stop_fd, gint64 patience_ms);
void stream_free(Stream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stream, stream_free)

/* What the next exchange may take.  A dead stream stays dead. */
void stream_allow(Stream *stream, gint64 milliseconds, gint64 bytes);

/* Marks the stream dead; the first reason stays. */
void stream_kill(Stream *stream, const char *trouble);

/* Waits until the socket is ready (POLLIN, POLLOUT); FALSE at the deadline, after too
 * long a silence, or for a stop. */
gboolean stream_wait(Stream *stream, short events);

/* TRUE when bytes have come that nobody has read. */
gboolean stream_has_input(const Stream *stream);

/* While it rehearses, what is written is sent, and reading fails; afterwards the same
 * bytes, written again, are taken as sent.  Other bytes in their place kill the stream.
 */
void stream_rehearse(Stream *stream, gboolean rehearsing);

/* Makes it libetpan's, which frees it from then on. */
mailstream *stream_hand_over(Stream *stream);
