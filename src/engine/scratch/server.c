/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/scratch/server.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "config/settings.h"
#include "engine/project/project.h"
#include "schema/dialect.h"
#include "text/url.h"

struct rt_scratch_server {
	rt_conn *admin; /* to the database of the URL */
	char *url;      /* with its password: never shown */
	bool own;       /* it is scratch_url, not the database's */
	char *name;     /* of the scratch database; NULL before it is there */
};

#define PREFIX "retort_scratch_"

/* FNV-1a: host names are too long for a database's name. */
static unsigned host_hash(void)
{
	char host[256] = "";
	unsigned hash = 2166136261u;
	const char *p;

	(void)gethostname(host, sizeof(host) - 1);
	for (p = host; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 16777619u;
	return hash;
}

/* "retort_scratch_<host>_<process>_<random>" */
static char *make_name(void)
{
	unsigned random = 0;

	if (getrandom(&random, sizeof(random), 0) != sizeof(random))
		random = (unsigned)getppid();
	return rt_strf(PREFIX "%08x_%ld_%08x", host_hash(), (long)getpid(),
		       random);
}

/* Made by a process of this host that is gone. */
static bool is_left_over(const char *name)
{
	char *end;
	unsigned long host;
	long pid;

	host = strtoul(name + strlen(PREFIX), &end, 16);
	if (host != host_hash() || *end != '_')
		return false;
	pid = strtol(end + 1, &end, 10);
	if (pid <= 0 || *end != '_')
		return false;
	return kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

static int drop(rt_conn *admin, const char *name, retort_error *err)
{
	rt_str sql = RT_STR_INIT;
	int rc;

	rt_str_add(&sql, "DROP DATABASE IF EXISTS ");
	rt_dialect_identifier(&sql, RETORT_DIALECT_POSTGRESQL,
			      rt_sv_from(name));
	rc = rt_conn_exec(admin, sql.p, err);
	rt_str_free(&sql);
	return rc;
}

/* What cannot be dropped is another user's, or in use: not our business. */
static int sweep(rt_conn *admin, retort_error *err)
{
	RT_VEC(char *) names = RT_VEC_INIT;
	rt_answer answer;
	size_t i;
	int rc;

	rc = rt_conn_query(admin,
			   "SELECT datname FROM pg_catalog.pg_database "
			   "WHERE datname LIKE 'retort\\_scratch\\_%'",
			   &answer, err);
	for (i = 0; rc == 0 && i < answer.n_rows; i++) {
		const char *name = rt_answer_cell(&answer, i, 0);

		if (is_left_over(name))
			rt_vec_push(&names, rt_strdup(name));
	}
	for (i = 0; i < names.n; i++) {
		(void)!drop(admin, names.v[i], NULL);
		free(names.v[i]);
	}
	rt_vec_free(&names);
	return rc;
}

static void add_locale(rt_str *sql, const char *word, const char *value)
{
	if (!value || !*value)
		return;
	rt_str_addf(sql, " %s ", word);
	rt_dialect_literal(sql, RETORT_DIALECT_POSTGRESQL, rt_sv_from(value));
}

static int may_not(retort_error *err)
{
	retort_error_dispose(err);
	rt_err_set(err, RETORT_EREFUSED,
		   "a scratch database is needed, and this role may not "
		   "create databases");
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "set `scratch_url` to a server where it may, or GRANT "
		     "it: ALTER ROLE … CREATEDB");
	return RETORT_EREFUSED;
}

/* As the database of the URL is: encoding and locale decide what sorts
 * where, and which text is valid. */
static int create(rt_scratch_server *server, retort_error *err)
{
	static const char asks[] =
		"SELECT pg_catalog.pg_encoding_to_char(d.encoding), "
		"d.datcollate, d.datctype, "
		"CASE j.v->>'datlocprovider' WHEN 'i' THEN 'icu' "
		"WHEN 'b' THEN 'builtin' END, "
		"coalesce(j.v->>'datlocale', j.v->>'daticulocale') "
		"FROM pg_catalog.pg_database d, "
		"LATERAL (SELECT pg_catalog.to_jsonb(d) AS v) j "
		"WHERE d.datname = pg_catalog.current_database()";
	char *name = make_name();
	rt_str sql = RT_STR_INIT;
	rt_answer answer;
	int rc;

	rc = rt_conn_query(server->admin, asks, &answer, err);
	if (rc == 0) {
		const char *provider = rt_answer_cell(&answer, 0, 3);

		rt_str_addf(&sql, "CREATE DATABASE %s TEMPLATE template0",
			    name);
		add_locale(&sql, "ENCODING", rt_answer_cell(&answer, 0, 0));
		add_locale(&sql, "LC_COLLATE", rt_answer_cell(&answer, 0, 1));
		add_locale(&sql, "LC_CTYPE", rt_answer_cell(&answer, 0, 2));
		if (provider)
			rt_str_addf(&sql, " LOCALE_PROVIDER %s", provider);
		add_locale(&sql,
			   provider && !strcmp(provider, "icu")
				   ? "ICU_LOCALE" : "BUILTIN_LOCALE",
			   provider ? rt_answer_cell(&answer, 0, 4) : NULL);
		rc = rt_conn_exec(server->admin, sql.p, err);
		if (rc && !strcmp(server->admin->failure.sqlstate, "42501"))
			rc = may_not(err);
	}
	if (rc == 0)
		server->name = name;
	else
		free(name);
	rt_str_free(&sql);
	return rc;
}

static int find_url(rt_scratch_server *server, retort_project *project,
		    retort_error *err)
{
	const char *url;
	int rc;

	rc = rt_settings_get(project->settings, "scratch_url", &url, err);
	server->own = rc == 0 && url && *url;
	if (rc == 0 && !server->own)
		rc = rt_settings_get(project->settings, "url", &url, err);
	if (rc)
		return rc;
	if (!url || !*url) {
		rt_err_set(err, RETORT_ECONFIG,
			   "no database URL, so there is no saying what SQL "
			   "the scratch database should speak");
		rt_err_at(err, rt_settings_path(project->settings), 0, 0);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "set `url` there, or give --url or RETORT_URL");
		return RETORT_ECONFIG;
	}
	if (!rt_sv_is(rt_url_scheme(rt_sv_from(url)), "postgresql")) {
		rt_err_set(err, RETORT_ECONFIG,
			   server->own ?
				 "`scratch_url` is not of PostgreSQL, but the "
				 "database is" :
				 "no server of PostgreSQL is known: set "
				 "`scratch_url`");
		rt_err_at(err, rt_settings_path(project->settings), 0, 0);
		return RETORT_ECONFIG;
	}
	server->url = rt_strdup(url);
	return 0;
}

static int connect_admin(rt_scratch_server *server, retort_error *err)
{
	rt_conn_options options = { 0 };
	int rc = rt_conn_open(&server->admin, server->url, &options, err);

	if (rc && server->own)
		rt_err_prefix(err, "`scratch_url`");
	return rc;
}

/*
 * A revision may wait for ever, and who asked for it may be killed: the
 * server looks whether we are still there.  One that cannot (before 14) does
 * not.
 */
static void let_server_look(rt_conn *conn)
{
	rt_answer answer;

	(void)!rt_conn_query(conn,
			     "SELECT pg_catalog.set_config(name, '1000', "
			     "false) FROM pg_catalog.pg_settings WHERE name = "
			     "'client_connection_check_interval'",
			     &answer, NULL);
}

static int connect_scratch(rt_scratch_server *server, retort_project *project,
			   rt_conn **conn, retort_error *err)
{
	rt_conn_options options = { .database = server->name };
	int rc;

	rc = rt_settings_duration(project->settings, "statement_timeout",
				  &options.statement_timeout, err);
	if (rc == 0)
		rc = rt_conn_open(conn, server->url, &options, err);
	if (rc == 0)
		let_server_look(*conn);
	return rc;
}

int rt_scratch_server_open(rt_scratch_server **out, rt_conn **conn,
			   retort_project *project, retort_error *err)
{
	rt_scratch_server *server = rt_calloc(1, sizeof(*server));
	int rc;

	rc = find_url(server, project, err);
	if (rc == 0)
		rc = connect_admin(server, err);
	if (rc == 0)
		rc = sweep(server->admin, err);
	if (rc == 0)
		rc = create(server, err);
	if (rc == 0)
		rc = connect_scratch(server, project, conn, err);
	if (rc) {
		rt_scratch_server_close(server);
		return rc;
	}
	*out = server;
	return 0;
}

void rt_scratch_server_close(rt_scratch_server *server)
{
	if (!server)
		return;
	if (server->name)
		(void)!drop(server->admin, server->name, NULL);
	rt_conn_close(server->admin);
	free(server->name);
	free(server->url);
	free(server);
}
