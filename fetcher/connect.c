/* getaddrinfo() can hang for minutes and takes no time limit: its asynchronous sister
 * does.  The socket keeps itself alive, so that a peer behind a forgetful router is
 * noticed while idle. */
#include "connect.h"

#include "fault.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
	struct gaicb request;
	struct addrinfo hints;
	char *host, *port;
} Lookup;

/* One that is under way can't be freed: the resolver's thread still writes to it. */
static void
lookup_end(Lookup *lookup)
{
	if (gai_error(&lookup->request) == EAI_INPROGRESS &&
	    gai_cancel(&lookup->request) == EAI_NOTCANCELED)
		return;
	if (lookup->request.ar_result != NULL)
		freeaddrinfo(lookup->request.ar_result);
	g_free(lookup->host);
	g_free(lookup->port);
	g_free(lookup);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lookup, lookup_end)

static Lookup *
lookup(const char *host, guint16 port, gint64 deadline_us, GError **error)
{
	g_autoptr(Lookup) look = g_new0(Lookup, 1);
	struct gaicb *list[] = { &look->request };
	gint64 left_us = MAX(deadline_us - g_get_monotonic_time(), 0);
	struct timespec wait = { left_us / G_USEC_PER_SEC,
		left_us % G_USEC_PER_SEC * 1000 };
	int code;

	look->host = g_strdup(host);
	look->port = g_strdup_printf("%u", port);
	look->hints.ai_socktype = SOCK_STREAM;
	look->request.ar_name = look->host;
	look->request.ar_service = look->port;
	look->request.ar_request = &look->hints;
	code = getaddrinfo_a(GAI_NOWAIT, list, 1, NULL);
	if (code == 0) {
		while (
		    gai_suspend((const struct gaicb *const *)list, 1, &wait) == EAI_INTR)
			continue;
		code = gai_error(&look->request);
	}
	if (code == 0)
		return g_steal_pointer(&look);
	g_set_error(error, FAULT, FAULT_RETRY, "%s: %s", host,
	    code == EAI_INPROGRESS ? "the name service does not answer"
				   : gai_strerror(code));
	return NULL;
}

static gboolean
is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)(const void *)address)
				 ->sin_addr.s_addr) >>
		    24 ==
		    127;
	return address->sa_family == AF_INET6 &&
	    IN6_IS_ADDR_LOOPBACK(
		&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

static void
keep_alive(int fd)
{
	static const struct {
		int level, name, value;
	} options[] = {
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, 120 }, /* seconds */
		{ IPPROTO_TCP, TCP_KEEPINTVL, 30 }, /* seconds */
		{ IPPROTO_TCP, TCP_KEEPCNT, 4 },
		{ IPPROTO_TCP, TCP_USER_TIMEOUT, 60000 }, /* milliseconds */
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(options); i++)
		setsockopt(fd, options[i].level, options[i].name, &options[i].value,
		    sizeof(int));
}

/* 0, or what went wrong. */
static int
wait_connected(int fd, int stop_fd, gint64 deadline_us)
{
	struct pollfd fds[] = { { fd, POLLOUT, 0 }, { stop_fd, POLLIN, 0 } };
	int failure = 0;
	socklen_t size = sizeof(failure);

	for (;;) {
		gint64 left_us = deadline_us - g_get_monotonic_time();

		if (left_us <= 0)
			return ETIMEDOUT;
		if (poll(fds, 2, (int)(left_us / 1000) + 1) < 0)
			continue;
		if (fds[1].revents != 0)
			return ECANCELED;
		if (fds[0].revents != 0)
			break;
	}
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size);
	return failure;
}

/* A connected socket, or -1 with errno. */
static int
try(const struct addrinfo *address, int stop_fd, gint64 deadline_us)
{
	int fd =
	    socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int failure = 0;

	if (fd < 0)
		return -1;
	keep_alive(fd);
	if (connect(fd, address->ai_addr, address->ai_addrlen) < 0)
		failure = errno == EINPROGRESS ? wait_connected(fd, stop_fd, deadline_us)
					       : errno;
	if (failure == 0)
		return fd;
	close(fd);
	errno = failure;
	return -1;
}

int
connect_to(const char *host, guint16 port, gboolean this_machine, gint64 timeout_ms,
    int stop_fd, gboolean *ret_loopback, GError **error)
{
	gint64 deadline_us = g_get_monotonic_time() + timeout_ms * 1000;
	g_autoptr(Lookup) found = lookup(host, port, deadline_us, error);
	int failure = ENETUNREACH;

	if (found == NULL)
		return -1;
	for (const struct addrinfo *a = found->request.ar_result; a != NULL;
	     a = a->ai_next) {
		int fd;

		if (this_machine && !is_loopback(a->ai_addr))
			continue;
		fd = try(a, stop_fd, deadline_us);
		if (fd >= 0) {
			*ret_loopback = is_loopback(a->ai_addr);
			return fd;
		}
		failure = errno;
	}
	g_set_error(
	    error, FAULT, FAULT_RETRY, "%s port %u: %s", host, port, g_strerror(failure));
	return -1;
}
