/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "support/endpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

_Noreturn void endpoint_die(const char *what)
{
	fprintf(stderr, "pgproxy: %s: %s\n", what, strerror(errno));
	exit(1);
}

static bool is_port(const char *where)
{
	return where[0] && strspn(where, "0123456789") == strlen(where);
}

/* Small messages leave at once; on a Unix socket they do anyway. */
static int prepare(int fd)
{
	int one = 1;

	if (fd < 0)
		return fd;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
		endpoint_die("fcntl");
	return fd;
}

/* A socket that is bound (or connected) to `where`; -1 when that fails. */
static int make_socket(const char *where,
		       int (*go)(int, const struct sockaddr *, socklen_t))
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd, rc;

	fd = socket(is_port(where) ? AF_INET : AF_UNIX,
		    SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		endpoint_die("socket");
	if (is_port(where)) {
		in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		in.sin_port = htons((uint16_t)strtoul(where, NULL, 10));
		rc = go(fd, (const void *)&in, sizeof(in));
	} else {
		errno = ENAMETOOLONG;
		if (strlen(where) >= sizeof(un.sun_path))
			endpoint_die(where);
		memcpy(un.sun_path, where, strlen(where) + 1);
		rc = go(fd, (const void *)&un, sizeof(un));
	}
	if (rc == 0)
		return prepare(fd);
	close(fd);
	return -1;
}

int endpoint_listen(const char *where)
{
	struct sockaddr_in in;
	socklen_t size = sizeof(in);
	int fd;

	endpoint_forget(where);
	fd = make_socket(where, bind);
	if (fd < 0 || listen(fd, 64) < 0)
		endpoint_die(where);
	if (!is_port(where)) {
		printf("%s\n", where);
	} else {
		if (getsockname(fd, (void *)&in, &size) < 0)
			endpoint_die("getsockname");
		printf("%d\n", ntohs(in.sin_port));
	}
	fflush(stdout);
	return fd;
}

int endpoint_accept(int listener)
{
	return prepare(accept4(listener, NULL, NULL, SOCK_CLOEXEC));
}

int endpoint_connect(const char *where)
{
	return make_socket(where, connect);
}

void endpoint_forget(const char *where)
{
	if (!is_port(where))
		(void)unlink(where);
}
