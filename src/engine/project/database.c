/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/project/database.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "config/settings.h"
#include "engine/project/project.h"

static void pass_notice(void *self, const char *text)
{
	const retort_database *db = self;

	if (db->notice)
		db->notice(db->self, text);
}

/*
 * The journal's place.  Alembic's autogenerate proposes to drop tables that
 * it does not know, so in an Alembic project the journal keeps out of its
 * sight: a schema of its own, or, on SQLite, no journal unless asked for.
 */
static int place_journal(rt_place *place, rt_settings *s, retort_error *err)
{
	bool alembic = rt_settings_is_alembic(s);

	place->journal.table = "retort_journal";
	place->journal.dialect = place->vertab.dialect;
	place->journal.schema = place->vertab.schema;
	if (alembic && place->journal.dialect == RETORT_DIALECT_POSTGRESQL)
		place->journal.schema = "retort";
	if (alembic && place->journal.dialect == RETORT_DIALECT_SQLITE &&
	    !rt_settings_is_set(s, "journal"))
		return 0;
	return rt_settings_bool(s, "journal", &place->journal_on, err);
}

int rt_place_read(retort_project *project, retort_dialect dialect,
		  rt_place *place, retort_error *err)
{
	rt_settings *s = project->settings;
	int rc;

	memset(place, 0, sizeof(*place));
	place->vertab.dialect = dialect;
	rc = rt_settings_get(s, "version_table", &place->vertab.table, err);
	if (!rc && dialect == RETORT_DIALECT_POSTGRESQL)
		rc = rt_settings_get(s, "version_table_schema",
				     &place->vertab.schema, err);
	if (!rc)
		rc = place_journal(place, s, err);
	return rc;
}

static int read_settings(retort_database *db, rt_settings *s, retort_error *err)
{
	const char *url;
	int rc;

	rc = rt_settings_get(s, "url", &url, err);
	if (rc)
		return rc;
	if (!url || !*url) {
		rc = rt_err_set(err, RETORT_ECONFIG, "no database URL");
		rt_err_at(err, rt_settings_path(s), 0, 0);
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "set `url` there, or give --url or RETORT_URL");
		return rc;
	}
	db->url = rt_strdup(url);
	rc = rt_settings_duration(s, "lock_timeout", &db->options.lock_timeout,
				  err);
	if (!rc)
		rc = rt_settings_duration(s, "statement_timeout",
					  &db->options.statement_timeout, err);
	if (!rc)
		rc = rt_place_read(db->project,
				   retort_project_dialect(db->project),
				   &db->place, err);
	return rc;
}

void retort_database_start(retort_project *project)
{
	static const rt_conn_options options = { 0 };
	const char *url;

	if (project->started ||
	    rt_settings_get(project->settings, "url", &url, NULL) || !url)
		return;
	project->started = rt_conn_start(url, &options);
}

int retort_database_open(retort_database **out, retort_project *project,
			 bool create, retort_error *err)
{
	retort_database *db = rt_calloc(1, sizeof(*db));
	int rc;

	db->project = project;
	db->options.create = create;
	db->options.own_process = project->own_process;
	db->options.notice = pass_notice;
	db->options.self = db;
	db->options.cancelled = project->cancelled;
	rc = read_settings(db, project->settings, err);
	if (!rc) {
		db->options.started = project->started;
		project->started = NULL;
		rc = rt_conn_open(&db->conn, db->url, &db->options, err);
		db->options.started = NULL;
	}
	if (rc) {
		retort_database_close(db);
		return rc;
	}
	*out = db;
	return 0;
}

int rt_database_reconnect(retort_database *db, retort_error *err)
{
	rt_conn_close(db->conn);
	db->conn = NULL;
	db->options.create = false;
	return rt_conn_open(&db->conn, db->url, &db->options, err);
}

int rt_database_wake(retort_database *db, retort_error *err)
{
	return db->conn ? 0 : rt_database_reconnect(db, err);
}

void retort_database_close(retort_database *db)
{
	if (!db)
		return;
	rt_conn_close(db->conn);
	rt_arena_free(&db->rows);
	free(db->url);
	free(db);
}

void retort_database_on_notice(retort_database *db,
			       void (*notice)(void *self, const char *text),
			       void *self)
{
	db->notice = notice;
	db->self = self;
}

int retort_database_rows(retort_database *db, retort_names *rows, bool *exists,
			 retort_error *err)
{
	bool there;
	int rc;

	rt_arena_free(&db->rows);
	rc = rt_database_wake(db, err);
	if (rc)
		return rc;
	rc = rt_vertab_read(&db->place.vertab, db->conn, &db->rows, rows,
			    &there, err);
	if (!rc && exists)
		*exists = there;
	return rc;
}

int retort_database_ensure_version(retort_database *db, bool *created,
				   retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	rt_str sql = RT_STR_INIT;
	retort_names rows;
	bool there;
	int rc;

	rc = retort_database_rows(db, &rows, &there, err);
	if (rc)
		return rc;
	if (created)
		*created = !there;
	if (there)
		return 0;
	rt_vertab_create_sql(&db->place.vertab, true, &sql);
	rc = rt_conn_exec(db->conn, sql.p, &local);
	rt_str_free(&sql);
	/* Another runner may have been quicker; PostgreSQL's IF NOT EXISTS
	 * then fails all the same. */
	if (rc && retort_database_rows(db, &rows, &there, NULL) == 0 && there) {
		retort_error_dispose(&local);
		rc = 0;
		if (created)
			*created = false;
	}
	if (rc)
		rt_err_move(err, &local);
	return rc;
}
