/* The floor of an IMAP client: log in, fetch every message in batches, throw it away.
 *
 *     drain PORT USER PASSWORD BATCH
 *
 * Says on standard output how many messages and bytes came. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int server;
static char buffer[1 << 18];
static size_t begin, end;
static long messages, bytes;

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static void
fill(void)
{
	ssize_t n = read(server, buffer, sizeof(buffer));

	if (n <= 0)
		fail("the server went away");
	begin = 0;
	end = (size_t)n;
}

static void
read_line(char *line, size_t size)
{
	size_t length = 0;
	char c = 0;

	while (c != '\n') {
		if (begin == end)
			fill();
		c = buffer[begin++];
		if (length + 1 < size)
			line[length++] = c;
	}
	line[length] = '\0';
}

static void
skip(long length)
{
	while (length > 0) {
		size_t n = end - begin;

		if (n > (size_t)length)
			n = (size_t)length;
		begin += n;
		length -= (long)n;
		if (length > 0)
			fill();
	}
}

/* Sends one command and reads to its end; returns what "* n EXISTS" said, if it did. */
static long
command(const char *format, ...)
{
	char line[4096];
	long exists = 0;
	va_list arguments;
	int n;

	va_start(arguments, format);
	n = vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	if (write(server, line, (size_t)n) != n)
		fail("write");
	do {
		const char *literal;

		read_line(line, sizeof(line));
		if (strstr(line, " EXISTS") != NULL)
			exists = atol(line + 2);
		literal = strrchr(line, '{');
		if (literal != NULL && strstr(line, "FETCH") != NULL) {
			skip(atol(literal + 1));
			messages++;
			bytes += atol(literal + 1);
		}
	} while (strncmp(line, "a ", 2) != 0);
	if (strncmp(line, "a OK", 4) != 0)
		fail(line);
	return exists;
}

int
main(int argc, char **argv)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	long exists, batch;
	char line[4096];

	if (argc != 5)
		return 2;
	address.sin_port = htons((unsigned short)atoi(argv[1]));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	batch = atol(argv[4]);
	server = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(server, (struct sockaddr *)&address, sizeof(address)) < 0)
		fail("connect");
	read_line(line, sizeof(line));
	command("a LOGIN \"%s\" \"%s\"\r\n", argv[2], argv[3]);
	exists = command("a EXAMINE INBOX\r\n");
	for (long first = 1; first <= exists; first += batch)
		command("a FETCH %ld:%ld (UID BODY.PEEK[])\r\n", first,
		    first + batch - 1 < exists ? first + batch - 1 : exists);
	printf("%ld messages, %ld bytes\n", messages, bytes);
	return messages == exists ? 0 : 1;
}
