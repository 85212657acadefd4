/* SPDX-License-Identifier: MIT */
/*
 * Sockets by name, for pgproxy: a path is a Unix socket, digits are a port of
 * 127.0.0.1.  All sockets are non-blocking.
 */
#ifndef RT_TEST_ENDPOINT_H
#define RT_TEST_ENDPOINT_H

/* Says "pgproxy: what: errno" and ends the program. */
_Noreturn void endpoint_die(const char *what);

/* A socket that listens at `where`; port 0 takes a free one.  Prints one
 * line, the path or the port.  Ends the program when it cannot. */
int endpoint_listen(const char *where);

/* The next client, or -1. */
int endpoint_accept(int listener);

/* A connection to `where`, or -1. */
int endpoint_connect(const char *where);

/* Removes the socket's file, if it has one. */
void endpoint_forget(const char *where);

#endif
