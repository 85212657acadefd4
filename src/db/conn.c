/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "db/conn.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/fs.h"
#include "text/url.h"

/* The driver for a URL's scheme, or NULL.  "postgresql+psycopg2" counts as
 * "postgresql", as in SQLAlchemy. */
static const rt_driver *find_driver(const char *url)
{
	rt_sv scheme = rt_url_scheme(rt_sv_from(url));
	size_t i, j;

	for (i = 0; rt_drivers[i]; i++)
		for (j = 0; rt_drivers[i]->schemes[j]; j++)
			if (rt_sv_is_nocase(scheme, rt_drivers[i]->schemes[j]))
				return rt_drivers[i];
	return NULL;
}

static int refuse_scheme(const char *url, retort_error *err)
{
	rt_sv scheme = rt_url_scheme(rt_sv_from(url));
	rt_str known = RT_STR_INIT;
	size_t i, j;
	int rc;

	for (i = 0; rt_drivers[i]; i++)
		for (j = 0; rt_drivers[i]->schemes[j]; j++)
			rt_str_addf(&known, "%s%s", known.n ? ", " : "",
				    rt_drivers[i]->schemes[j]);
	if (scheme.n == 0)
		rc = rt_err_set(err, RETORT_EUNSUPPORTED,
				"the database URL has no scheme");
	else
		rc = rt_err_set(err, RETORT_EUNSUPPORTED,
				"no driver for database URLs of scheme '%.*s'",
				(int)scheme.n, scheme.p);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "use a URL of one of the schemes built in: %s", known.p);
	rt_str_free(&known);
	return rc;
}

rt_conn *rt_conn_start(const char *url, const rt_conn_options *options)
{
	const rt_driver *driver = find_driver(url);
	rt_str plain = RT_STR_INIT;
	rt_conn *conn = NULL;

	if (!driver || !driver->start)
		return NULL;
	rt_url_normalize(rt_sv_from(url), &plain);
	if (driver->start(&conn, plain.p, options, NULL))
		conn = NULL;
	rt_str_free(&plain);
	return conn;
}

int rt_conn_open(rt_conn **out, const char *url,
		 const rt_conn_options *options, retort_error *err)
{
	static const rt_conn_options defaults = { 0 };
	const rt_driver *driver = find_driver(url);
	rt_str plain = RT_STR_INIT;
	int rc;

	*out = NULL;
	if (!driver)
		return refuse_scheme(url, err);
	rt_url_normalize(rt_sv_from(url), &plain);
	rc = driver->open(out, plain.p, options ? options : &defaults, err);
	rt_str_free(&plain);
	return rc;
}

void rt_conn_close(rt_conn *conn)
{
	if (conn)
		conn->driver->close(conn);
}

retort_dialect rt_conn_dialect(const rt_conn *conn)
{
	return conn->driver->dialect;
}

bool rt_conn_in_transaction(const rt_conn *conn)
{
	return conn->driver->in_transaction(conn);
}

int rt_conn_send(rt_conn *conn, const rt_batch_item *items, size_t n,
		 retort_error *err)
{
	int rc;

	RT_ASSERT(!conn->in_batch && n > 0);
	conn->failure = (rt_failure){ .offset = SIZE_MAX };
	conn->trips++;
	rc = conn->driver->send(conn, items, n, err);
	conn->in_batch = rc == 0;
	return rc;
}

int rt_conn_receive(rt_conn *conn, int wait, rt_answer *answer,
		    retort_error *err)
{
	int rc;

	RT_ASSERT(conn->in_batch);
	rc = conn->driver->receive(conn, wait, answer, err);
	if (rc <= 0)
		conn->in_batch = false;
	return rc;
}

/* Takes every answer of the open batch; the last one stays in *answer. */
static int drain(rt_conn *conn, rt_answer *answer, retort_error *err)
{
	int rc;

	do
		rc = rt_conn_receive(conn, -1, answer, err);
	while (rc > 0);
	return rc;
}

int rt_conn_run(rt_conn *conn, const char *const *sql, size_t n,
		retort_error *err)
{
	rt_batch_item *items = rt_calloc(n, sizeof(*items));
	rt_answer answer;
	size_t i;
	int rc;

	for (i = 0; i < n; i++)
		items[i].sql = rt_sv_from(sql[i]);
	rc = rt_conn_send(conn, items, n, err);
	if (rc == 0)
		rc = drain(conn, &answer, err);
	free(items);
	return rc;
}

int rt_conn_exec(rt_conn *conn, const char *sql, retort_error *err)
{
	return rt_conn_run(conn, &sql, 1, err);
}

int rt_conn_query(rt_conn *conn, const char *sql, rt_answer *answer,
		  retort_error *err)
{
	rt_batch_item item = { rt_sv_from(sql), { NULL, 0 } };
	int rc;

	*answer = (rt_answer){ 0 };
	rc = rt_conn_send(conn, &item, 1, err);
	return rc ? rc : drain(conn, answer, err);
}

const char *rt_answer_cell(const rt_answer *answer, size_t row, size_t column)
{
	RT_ASSERT(row < answer->n_rows && column < answer->n_columns);
	return answer->cells[row * answer->n_columns + column];
}

void rt_conn_cancel(rt_conn *conn)
{
	conn->driver->cancel(conn);
}

int rt_conn_lock(rt_conn *conn, uint64_t key, rt_str *holder,
		 retort_error *err)
{
	return conn->driver->lock(conn, key, holder, err);
}

void rt_conn_unlock(rt_conn *conn, uint64_t key)
{
	conn->driver->unlock(conn, key);
}

void rt_conn_environment(rt_conn *conn,
			 void (*add)(void *self, const char *text), void *self)
{
	if (conn->driver->environment)
		conn->driver->environment(conn, add, self);
}

int rt_conn_backup(rt_conn *conn, const char *path, retort_error *err)
{
	if (!conn->driver->backup)
		return rt_err_set(err, RETORT_EUNSUPPORTED,
				  "%s has no backup that retort could make",
				  conn->driver->name);
	if (rt_fs_exists(path)) {
		rt_err_set(err, RETORT_EEXISTS, "the file is there already");
		rt_err_at(err, path, 0, 0);
		return RETORT_EEXISTS;
	}
	return conn->driver->backup(conn, path, err);
}

int rt_conn_blockers(rt_conn *conn, rt_str *out, retort_error *err)
{
	if (!conn->driver->blockers)
		return 0;
	return conn->driver->blockers(conn, out, err);
}
