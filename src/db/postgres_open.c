/* SPDX-License-Identifier: MIT */
/* Connecting to PostgreSQL and letting go again. */
#include "config.h"

#include "db/postgres_conn.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "db/drivers.h"

bool rt_pg_wait(const rt_pg_conn *c, bool write, double until)
{
	struct pollfd fd = { .fd = c->pq.PQsocket(c->pg), .events = POLLIN };
	double left = until - rt_clock_ticks();
	int wait = -1;

	if (fd.fd < 0)
		return true; /* what is tried next says why */
	if (write)
		fd.events |= POLLOUT;
	if (until >= 0)
		wait = left <= 0 ? 0 : left < INT_MAX ? (int)left + 1 : INT_MAX;
	return poll(&fd, 1, wait) != 0;
}

enum {
	/* How often a wait looks whether it was cancelled: a signal that comes
	 * just before poll() does not end it. */
	LOOK_MS = 100
};

typedef enum wait_end { WAIT_READY, WAIT_TIME_IS_UP, WAIT_CANCELLED } wait_end;

static bool is_set(const volatile sig_atomic_t *flag)
{
	return flag && *flag;
}

/* While connecting libpq wants the one or the other, not both. */
static wait_end wait_for(const rt_pg_conn *c, double until,
			 const volatile sig_atomic_t *cancelled)
{
	struct pollfd fd = { .fd = c->pq.PQsocket(c->pg) };
	double left;
	int n = 0, wait;

	if (fd.fd < 0)
		return WAIT_READY; /* what is tried next says why */
	fd.events = c->want == PGRES_POLLING_READING ? POLLIN : POLLOUT;
	while (n == 0 || (n < 0 && errno == EINTR)) {
		left = until < 0 ? LOOK_MS : until - rt_clock_ticks();
		if (is_set(cancelled))
			return WAIT_CANCELLED;
		if (left <= 0)
			return WAIT_TIME_IS_UP;
		wait = cancelled || until >= 0 ? LOOK_MS : -1;
		if (wait > 0 && left < wait)
			wait = (int)left + 1;
		n = poll(&fd, 1, wait);
	}
	return WAIT_READY;
}

/* The connect_timeout of URL, service file or environment in ms; 0 = none.
 * libpq heeds it only when it waits itself. */
static double connect_timeout(const rt_pg_conn *c)
{
	PQconninfoOption *options = c->pq.PQconninfo(c->pg), *o;
	long seconds = 0;

	for (o = options; o && o->keyword; o++)
		if (strcmp(o->keyword, "connect_timeout") == 0 && o->val)
			seconds = strtol(o->val, NULL, 10);
	c->pq.PQconninfoFree(options);
	if (seconds <= 0 || seconds > 86400)
		return 0;
	return (double)(seconds < 2 ? 2 : seconds) * 1000; /* as libpq */
}

static int timed_out(double ms, retort_error *err)
{
	rt_err_set(err, RETORT_ECONNECT,
		   "cannot connect to PostgreSQL: no answer within %.0f s",
		   ms / 1000);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "check host and port in the database URL and the "
		     "firewall between, or raise connect_timeout");
	return RETORT_ECONNECT;
}

static int was_cancelled(retort_error *err)
{
	return rt_err_set(err, RETORT_ECANCELLED,
			  "cancelled while waiting for PostgreSQL to answer");
}

/* Each host of the URL has the whole timeout. */
static int finish_connecting(rt_pg_conn *c,
			     const volatile sig_atomic_t *cancelled,
			     retort_error *err)
{
	double timeout = connect_timeout(c), until = -1;
	char *host = NULL;
	wait_end end;
	int rc = 0;

	/* An older cancel meant what came before. */
	if (is_set(cancelled))
		cancelled = NULL;
	while (c->want != PGRES_POLLING_OK) {
		const char *now = c->pq.PQhost(c->pg);

		if (c->want == PGRES_POLLING_FAILED) {
			rc = rt_pg_connect_error(c, err);
			break;
		}
		if (timeout > 0 && (!host || strcmp(host, now) != 0)) {
			free(host);
			host = rt_strdup(now);
			until = rt_clock_ticks() + timeout;
		}
		end = wait_for(c, until, cancelled);
		if (end != WAIT_READY) {
			rc = end == WAIT_CANCELLED ? was_cancelled(err)
						   : timed_out(timeout, err);
			break;
		}
		c->want = c->pq.PQconnectPoll(c->pg);
	}
	free(host);
	return rc;
}

/*
 * libpq ends user and password at the first '@' before any '/'.  Where more
 * of them follow, it would take the end of the password for a host, a port
 * or a database, and say so in its message.
 */
static bool cuts_password(const char *url)
{
	const char *start = strstr(url, "://");
	rt_sv rest = rt_sv_from(start ? start + 3 : NULL);
	size_t at = rt_sv_find(rest, '@'), slash = rt_sv_find(rest, '/');

	rest = rt_sv_sub(rest, (at < slash ? at : slash) + 1, rest.n);
	rest = rt_sv_sub(rest, 0, rt_sv_find(rest, '?'));
	return rt_sv_find(rest, '@') < rest.n;
}

static int check_url(const rt_pg_conn *c, retort_error *err)
{
	PQconninfoOption *options;
	char *why = NULL;
	int rc = 0;

	if (cuts_password(c->url))
		return rt_pg_url_error(c->url, NULL, err);
	options = c->pq.PQconninfoParse(c->url, &why);
	if (!options)
		rc = rt_pg_url_error(c->url, why, err);
	c->pq.PQconninfoFree(options);
	c->pq.PQfreemem(why);
	return rc;
}

static int begin_connecting(rt_pg_conn *c, const rt_conn_options *wanted,
			    retort_error *err)
{
	/* libpq takes a URL as the first `dbname`; what comes behind it
	 * wins, NULL excepted. */
	const char *const keywords[] = { "dbname", "client_encoding",
					 "fallback_application_name", "dbname",
					 NULL };
	const char *const values[] = { c->url, "UTF8", "retort",
				       wanted->database, NULL };
	int rc;

	rc = check_url(c, err);
	if (rc)
		return rc;
	c->pg = c->pq.PQconnectStartParams(keywords, values, 1);
	if (!c->pg)
		rt_alloc_exhausted();
	if (c->pq.PQstatus(c->pg) == CONNECTION_BAD)
		return rt_pg_connect_error(c, err);
	/* so that the text has the SQLSTATE, the one thing that is the same
	 * in every language */
	c->pq.PQsetErrorVerbosity(c->pg, PQERRORS_VERBOSE);
	c->pq.PQsetNoticeReceiver(c->pg, rt_pg_on_notice, c);
	c->want = PGRES_POLLING_WRITING;
	return 0;
}

static void add_setting(rt_pg_conn *c, const char *name, long ms)
{
	if (ms <= 0)
		return;
	rt_str_addf(&c->settings, "SET %s = %ld\n;\n", name, ms);
	c->n_settings++;
}

static int start(rt_pg_conn **out, const char *url,
		 const rt_conn_options *options, retort_error *err)
{
	rt_pg_conn *c = rt_calloc(1, sizeof(*c));
	int rc;

	c->base.driver = &rt_driver_postgres;
	c->settings = c->message = (rt_str)RT_STR_INIT;
	c->url = rt_strdup(url);
	rc = rt_pq_load(&c->pq, err);
	if (rc == 0)
		rc = begin_connecting(c, options, err);
	if (rc)
		rt_pg_close(&c->base);
	else
		*out = c;
	return rc;
}

/* Over a socket the server is there at once, and learns who is there by the
 * first step; over a network that step is for later. */
int rt_pg_start(rt_conn **out, const char *url, const rt_conn_options *options,
		retort_error *err)
{
	rt_pg_conn *c;
	int rc = start(&c, url, options, err);

	if (rc)
		return rc;
	if (rt_pg_wait(c, true, 0))
		c->want = c->pq.PQconnectPoll(c->pg);
	*out = &c->base;
	return 0;
}

int rt_pg_open(rt_conn **out, const char *url, const rt_conn_options *options,
	       retort_error *err)
{
	rt_pg_conn *c = NULL;
	int rc = 0;

	if (options->started)
		c = rt_pg_conn_of(options->started);
	else
		rc = start(&c, url, options, err);
	if (rc)
		return rc;
	c->notice = options->notice;
	c->self = options->self;
	rc = finish_connecting(c, options->cancelled, err);
	if (rc) {
		rt_pg_close(&c->base);
		return rc;
	}
	c->cancel = c->pq.PQgetCancel(c->pg);
	c->pq.PQsetErrorVerbosity(c->pg, PQERRORS_DEFAULT);
	(void)c->pq.PQsetnonblocking(c->pg, 1); /* fails on no connection */
	add_setting(c, "lock_timeout", options->lock_timeout);
	add_setting(c, "statement_timeout", options->statement_timeout);
	*out = &c->base;
	return 0;
}

/* libpq names the variable of each of its parameters itself. */
void rt_pg_environment(rt_conn *conn,
		       void (*add)(void *self, const char *text), void *self)
{
	rt_pg_conn *c = rt_pg_conn_of(conn);
	PQconninfoOption *options = c->pq.PQconninfo(c->pg), *o;

	for (o = options; o && o->keyword; o++) {
		char *text;

		if (!o->envvar || !o->val || !*o->val)
			continue;
		text = rt_strf("%s=%s", o->envvar, o->val);
		add(self, text);
		free(text);
	}
	c->pq.PQconninfoFree(options);
}

void rt_pg_close(rt_conn *conn)
{
	rt_pg_conn *c = rt_pg_conn_of(conn);

	if (c->result)
		c->pq.PQclear(c->result);
	if (c->cancel)
		c->pq.PQfreeCancel(c->cancel);
	if (c->pg)
		c->pq.PQfinish(c->pg);
	rt_str_free(&c->settings);
	rt_str_free(&c->message);
	rt_vec_free(&c->items);
	rt_vec_free(&c->cells);
	free(c->url);
	free(c);
}
