/* SPDX-License-Identifier: MIT */
/*
 * A PostgreSQL of a test program's own, started once.
 *
 *     int main(void)
 *     {
 *             const struct CMUnitTest tests[] = { … };
 *
 *             if (!pg_start())
 *                     return 0; (it printed the reason as a skip)
 *             return pg_stop(cmocka_run_group_tests_name(…));
 *     }
 *
 * A watcher process stops and removes the cluster when the program ends,
 * however it ends.
 */
#ifndef RT_TEST_PG_H
#define RT_TEST_PG_H

#include <stdbool.h>
#include <sys/types.h>

/* False, with the whole program reported as skipped, where PostgreSQL is not
 * installed; a cluster that does not start ends the program. */
bool pg_start(void);

/* Stops the cluster; returns `status`, for the return of main(). */
int pg_stop(int status);

/* The URL of its database postgres, over its Unix socket; its loopback TCP
 * port; its folder. */
const char *pg_url(void);
int pg_port(void);
const char *pg_dir(void);

/* Empties the database: the schema public new, all others gone.  Also fits
 * as a cmocka setup. */
int pg_reset(void **state);

/* "kill" (as after a crash) or "restart". */
void pg_control(const char *verb);

/*
 * A proxy in front of the cluster (tests/support/pgproxy.c).
 *   in:   options, its options but --listen and --to, NULL-ended
 */
typedef struct pg_proxy {
	pid_t pid;
	int input;  /* its standard input: it ends with it */
	char *url;  /* through it, to the database postgres */
	char *path; /* its socket */
} pg_proxy;

void pg_proxy_start(pg_proxy *proxy, const char *const *options);
void pg_proxy_stop(pg_proxy *proxy);

#endif
