/* SPDX-License-Identifier: MIT */
#include "support/rt_test.h"

#include "engine/fixture.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fs.h"
#include "engine/project/database.h"
#include "support/db.h"
#include "support/pg.h"
#include "support/tmpdir.h"

static void write_file(fixture *fx, const char *name, const char *text)
{
	char *path = rt_fs_join(fx->dir, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	free(path);
}

fixture *fx_new(const char *engine)
{
	static const retort_apply_options defaults = RETORT_APPLY_OPTIONS_INIT;
	fixture *fx = rt_calloc(1, sizeof(*fx));
	rt_str path = RT_STR_INIT;

	fx->dir = tmpdir_make();
	fx->options = defaults;
	fx->log = (rt_str)RT_STR_INIT;
	if (strcmp(engine, "sqlite") == 0)
		fx->url = rt_strf("sqlite:///%s/test.db", fx->dir);
	else
		fx->url = rt_strdup(pg_url());
	if (!fx_is_sqlite(fx))
		pg_reset(NULL);
	rt_str_addf(&path, "%s/migrations", fx->dir);
	rt_assert_ok(rt_fs_make_dirs(path.p, NULL), &fx->err);
	rt_str_free(&path);
	fx_config(fx, "");
	return fx;
}

void fx_free(fixture *fx)
{
	if (!fx)
		return;
	fx_close(fx);
	rt_conn_close(fx->other);
	tmpdir_remove(fx->dir);
	retort_error_dispose(&fx->err);
	rt_str_free(&fx->log);
	free(fx->url);
	free(fx);
}

bool fx_is_sqlite(const fixture *fx)
{
	return strncmp(fx->url, "sqlite", 6) == 0;
}

void fx_config(fixture *fx, const char *more)
{
	rt_str text = RT_STR_INIT;
	const char *p;

	rt_str_add(&text, "[retort]\nurl = ");
	for (p = fx->url; *p; p++) /* % stands for itself when doubled */
		rt_str_addf(&text, "%s%c", *p == '%' ? "%" : "", *p);
	rt_str_addf(&text, "\n%s", more);
	write_file(fx, "retort.ini", text.p);
	rt_str_free(&text);
}

static void add_section(rt_str *text, const char *marker, const char *sql)
{
	if (!sql)
		return;
	if (strncmp(sql, "-- migrate:", 11) != 0)
		rt_str_addf(text, "\n-- migrate:%s\n", marker);
	rt_str_addf(text, "%s\n", sql);
}

void fx_revision(fixture *fx, const char *id, const char *parent,
		 const char *up, const char *down)
{
	char *name = rt_strf("migrations/%s_x.sql", id);
	rt_str text = RT_STR_INIT;

	rt_str_addf(&text, "-- revision: %s\n-- down_revision: %s\n", id,
		    parent);
	rt_str_addf(&text, "-- message: makes %s\n", id);
	add_section(&text, "up", up);
	add_section(&text, "down", down);
	write_file(fx, name, text.p);
	rt_str_free(&text);
	free(name);
}

void fx_remove(fixture *fx, const char *id)
{
	char *path = rt_strf("%s/migrations/%s_x.sql", fx->dir, id);

	assert_int_equal(unlink(path), 0);
	free(path);
}

void fx_chain(fixture *fx, int n)
{
	char id[16], parent[16] = "", up[64], down[64];
	int i;

	for (i = 1; i <= n; i++) {
		snprintf(id, sizeof(id), "r%d", i);
		snprintf(up, sizeof(up), "CREATE TABLE t%d (a integer);", i);
		snprintf(down, sizeof(down), "DROP TABLE t%d;", i);
		fx_revision(fx, id, parent, up, down);
		memcpy(parent, id, sizeof(parent));
	}
}

void fx_open(fixture *fx)
{
	retort_project_options options = RETORT_PROJECT_OPTIONS_INIT;
	char *config = rt_fs_join(fx->dir, "retort.ini");

	fx_close(fx);
	retort_error_dispose(&fx->err);
	options.config = config;
	rt_assert_ok(retort_project_open(&fx->project, &options, &fx->err),
		     &fx->err);
	rt_assert_ok(retort_database_open(&fx->db, fx->project, true, &fx->err),
		     &fx->err);
	free(config);
}

void fx_close(fixture *fx)
{
	retort_database_close(fx->db);
	retort_project_free(fx->project);
	fx->db = NULL;
	fx->project = NULL;
}

static void log_event(fixture *fx, const retort_event *ev)
{
	static const char *const words[] = {
		[RETORT_EVENT_WAITING] = "waiting",
		[RETORT_EVENT_PLANNED] = "planned",
		[RETORT_EVENT_STEP] = "step",
		[RETORT_EVENT_RUNNING] = NULL,
		[RETORT_EVENT_STATEMENT] = "statement",
		[RETORT_EVENT_RETRY] = "retry",
		[RETORT_EVENT_STEP_DONE] = "done",
	};

	if (!words[ev->kind])
		return;
	rt_str_add(&fx->log, words[ev->kind]);
	if (ev->step)
		rt_str_addf(&fx->log, " %s", ev->step->revision);
	if (ev->kind == RETORT_EVENT_STATEMENT)
		rt_str_addf(&fx->log, " %zu/%zu", ev->statement,
			    ev->statements);
	rt_str_addc(&fx->log, '\n');
}

static int pull(fixture *fx, const retort_plan_request *request)
{
	unsigned long before = fx->db->conn->trips;
	retort_apply *run;
	retort_event ev;
	int rc;

	rc = retort_apply_begin(&run, fx->project, fx->db, request,
				&fx->options, &fx->err);
	if (rc)
		return rc;
	while ((rc = retort_apply_next(run, &ev, &fx->err)) > 0) {
		log_event(fx, &ev);
		if (fx->on_event)
			fx->on_event(fx, run, &ev);
	}
	retort_apply_free(run);
	if (fx->db->conn)
		fx->trips = fx->db->conn->trips - before;
	return rc;
}

int fx_run(fixture *fx, retort_op op, const char *target)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	int rc;

	fx_open(fx);
	rt_str_clear(&fx->log);
	request.op = op;
	request.targets = (retort_names){ &target, 1 };
	request.purge = fx->purge;
	rc = pull(fx, &request);
	fx_close(fx);
	return rc;
}

void fx_up(fixture *fx, const char *target)
{
	rt_assert_ok(fx_run(fx, RETORT_OP_UPGRADE, target), &fx->err);
}

void fx_down(fixture *fx, const char *target)
{
	rt_assert_ok(fx_run(fx, RETORT_OP_DOWNGRADE, target), &fx->err);
}

void fx_expect(fixture *fx, const char *sql, const char *want)
{
	rt_conn *conn = db_open(fx->url, NULL);

	db_expect(conn, sql, want);
	rt_conn_close(conn);
}

void fx_exec(fixture *fx, const char *sql)
{
	rt_conn *conn = db_open(fx->url, NULL);

	db_exec(conn, sql);
	rt_conn_close(conn);
}

void fx_expect_rows(fixture *fx, const char *want)
{
	rt_conn *conn = db_open(fx->url, NULL);
	char *text = db_text(conn, "SELECT version_num FROM alembic_version "
				   "ORDER BY version_num"),
	     *p;

	for (p = text; *p; p++)
		if (*p == '\n')
			*p = ',';
	assert_string_equal(text, want);
	free(text);
	rt_conn_close(conn);
}

void fx_expect_log(fixture *fx, const char *want)
{
	assert_string_equal(fx->log.p, want);
}

void fx_expect_error(fixture *fx, int code, const char *part)
{
	rt_assert_rc(fx->err.code, code, &fx->err);
	if (!strstr(fx->err.message, part))
		fail_msg("no \"%s\" in: %s", part, fx->err.message);
	assert_non_null(retort_error_get(&fx->err, RETORT_ERROR_NEXT));
}

void fx_expect_field(fixture *fx, retort_error_field field, const char *part)
{
	const char *text = retort_error_get(&fx->err, field);

	if (!text || !strstr(text, part))
		fail_msg("no \"%s\" in %s: %s", part,
			 retort_error_field_name(field), text ? text : "-");
}

void fx_expect_findings(fixture *fx, const char *want)
{
	retort_findings *findings;
	rt_str text = RT_STR_INIT;
	size_t i;

	fx_open(fx);
	rt_assert_ok(retort_verify(fx->project, fx->db, &findings, &fx->err),
		     &fx->err);
	for (i = 0; i < retort_findings_count(findings); i++) {
		const retort_finding *f = retort_findings_at(findings, i);

		rt_str_addf(&text, "%s %s\n", f->revision,
			    retort_finding_name(f->kind));
	}
	assert_string_equal(text.p, want);
	retort_findings_free(findings);
	rt_str_free(&text);
	fx_close(fx);
}
