/* A TCP relay on loopback that delays each byte by half a round trip, each way.
 *
 *     delay LISTEN-PORT TARGET-PORT ROUND-TRIP-MS
 *
 * Bandwidth is not limited; a process a connection; ends with its parent's signal. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PIECE 65536
#define MOST_UNDER_WAY (16 << 20) /* a large window: only round trips are felt */

typedef struct Piece {
	struct Piece *next;
	double due; /* ms */
	size_t length, sent;
	char bytes[];
} Piece;

typedef struct {
	int from, to, ended;
	size_t under_way;
	Piece *first, **last;
} Way;

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int
open_socket(int port, int is_server)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((unsigned short)port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (is_server ? bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		    listen(fd, 64) < 0
		      : connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		perror("socket");
		exit(1);
	}
	return fd;
}

/* Writes what is due; returns when the next piece is, or -1. */
static double
send_due(Way *way)
{
	while (way->first != NULL && way->first->due <= now_ms()) {
		Piece *piece = way->first;
		ssize_t n = send(way->to, piece->bytes + piece->sent,
		    piece->length - piece->sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EAGAIN)
			return 1;
		if (n < 0)
			exit(0);
		piece->sent += (size_t)n;
		way->under_way -= (size_t)n;
		if (piece->sent < piece->length)
			continue;
		way->first = piece->next;
		if (way->first == NULL)
			way->last = &way->first;
		free(piece);
	}
	if (way->first == NULL && way->ended)
		shutdown(way->to, SHUT_WR);
	return way->first != NULL ? way->first->due - now_ms() : -1;
}

static void
take(Way *way, double delay)
{
	Piece *piece = malloc(sizeof(*piece) + PIECE);
	ssize_t n = read(way->from, piece->bytes, PIECE);

	if (n <= 0) {
		way->ended = n == 0 || errno != EAGAIN;
		free(piece);
		return;
	}
	*piece = (Piece){ .due = now_ms() + delay, .length = (size_t)n };
	way->under_way += (size_t)n;
	*way->last = piece;
	way->last = &piece->next;
}

static void
serve(int client, int target, double delay)
{
	Way ways[2] = { { .from = client, .to = target },
		{ .from = target, .to = client } };

	for (int i = 0; i < 2; i++) {
		ways[i].last = &ways[i].first;
		fcntl(ways[i].from, F_SETFL, O_NONBLOCK);
	}
	while (!(ways[0].ended && ways[1].ended && !ways[0].first && !ways[1].first)) {
		struct pollfd polls[2];
		double wait = 1000;

		for (int i = 0; i < 2; i++) {
			double due = send_due(&ways[i]);

			if (due >= 0 && due < wait)
				wait = due;
			polls[i] = (struct pollfd){ .fd = ways[i].ended ||
					ways[i].under_way > MOST_UNDER_WAY
				    ? -1
				    : ways[i].from,
				.events = POLLIN };
		}
		poll(polls, 2, (int)(wait + 0.999));
		for (int i = 0; i < 2; i++)
			if (polls[i].revents != 0)
				take(&ways[i], delay);
	}
	exit(0);
}

int
main(int argc, char **argv)
{
	int server, client, one = 1;

	if (argc != 4)
		return 2;
	signal(SIGCHLD, SIG_IGN);
	server = open_socket(atoi(argv[1]), 1);
	while ((client = accept(server, NULL, NULL)) >= 0) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGTERM);
			close(server);
			setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
			serve(client, open_socket(atoi(argv[2]), 0), atof(argv[3]) / 2);
		}
		close(client);
	}
	return 0;
}
