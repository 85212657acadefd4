/* SPDX-License-Identifier: MIT */
/* `--sql`: a script leaves what an online run leaves.  Built twice, with
 * ENGINE set; run by SQLite itself, and by psql. */
#include "support/rt_test.h"

#include <stdio.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/fs.h"
#include "base/proc.h"
#include "engine/fixture.h"
#include "support/db.h"
#include "support/pg.h"

static int setup(void **state)
{
	*state = fx_new(ENGINE);
	return 0;
}

static int teardown(void **state)
{
	fx_free(*state);
	return 0;
}

static int keep(void *self, const char *text, size_t n)
{
	rt_str_addn(self, text, n);
	return 0;
}

/* The script of a plan; returns what the call returned. */
static int script(fixture *fx, retort_op op, const char *target, rt_str *out)
{
	retort_plan_request request = RETORT_PLAN_REQUEST_INIT;
	const retort_graph *graph;
	retort_plan *plan;
	int rc;

	fx_open(fx);
	request.op = op;
	request.targets = (retort_names){ &target, 1 };
	request.offline = true;
	rt_assert_ok(retort_project_graph(fx->project, &graph, &fx->err),
		     &fx->err);
	rt_assert_ok(retort_plan_make(&plan, graph, &request, &fx->err),
		     &fx->err);
	rt_str_clear(out);
	rc = retort_apply_write_sql(fx->project, plan,
				    retort_project_dialect(fx->project), keep,
				    out, &fx->err);
	retort_plan_free(plan);
	fx_close(fx);
	return rc;
}

static void run_in_sqlite(fixture *fx, const char *sql)
{
	const char *path = fx->url + strlen("sqlite:///");
	char *why = NULL;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s in\n%s", why, sql);
	sqlite3_close(db);
}

static void print_line(void *self, rt_sv line)
{
	(void)self;
	print_message("# %.*s\n", (int)line.n, line.p);
}

static void run_in_psql(fixture *fx, const char *sql)
{
	char *path = rt_fs_join(fx->dir, "script.sql");
	const char *argv[] = { "psql", "-X", "-q",    "-v", "ON_ERROR_STOP=1",
			       "-f",   path, fx->url, NULL };
	rt_proc proc = { .argv = argv, .line = print_line };
	int status;

	rt_assert_ok(rt_fs_write(path, rt_sv_from(sql), true, 0644, &fx->err),
		     &fx->err);
	rt_assert_ok(rt_proc_run(&proc, &status, &fx->err), &fx->err);
	if (status)
		fail_msg("psql: %d in\n%s", status, sql);
	free(path);
}

static void run_script(fixture *fx, retort_op op, const char *target)
{
	rt_str sql = RT_STR_INIT;

	rt_assert_ok(script(fx, op, target, &sql), &fx->err);
	if (fx_is_sqlite(fx))
		run_in_sqlite(fx, sql.p);
	else
		run_in_psql(fx, sql.p);
	rt_str_free(&sql);
}

/* All there is: tables with their text or columns, version rows, what the
 * journal says but for times and people. */
static char *picture(fixture *fx)
{
	rt_conn *conn = db_open(fx->url, NULL);
	rt_str all = RT_STR_INIT;
	char *schema, *rows, *journal;

	if (fx_is_sqlite(fx))
		schema = db_text(conn, "SELECT type, name, tbl_name, sql FROM "
				       "sqlite_master ORDER BY type, name");
	else
		schema =
		    db_text(conn, "SELECT table_schema, table_name, "
				  "column_name, ordinal_position, data_type, "
				  "is_nullable, column_default FROM "
				  "information_schema.columns WHERE "
				  "table_schema NOT IN ('pg_catalog', "
				  "'information_schema') ORDER BY 1, 2, 4");
	rows = db_text(conn, "SELECT version_num FROM alembic_version "
			     "ORDER BY 1");
	journal =
	    db_text(conn, "SELECT id, revision, direction, down_revision, "
			  "outcome, statements_done, statements_total, "
			  "checksum_raw, checksum_tokens, down_script FROM "
			  "retort_journal ORDER BY id");
	rt_str_addf(&all, "%s\n--\n%s\n--\n%s", schema, rows, journal);
	free(schema);
	free(rows);
	free(journal);
	rt_conn_close(conn);
	return rt_str_take(&all);
}

static void start_over(fixture *fx)
{
	if (fx_is_sqlite(fx))
		unlink(fx->url + strlen("sqlite:///"));
	else
		pg_reset(NULL);
}

/* A project with what makes scripts go wrong. */
static void awkward_project(fixture *fx)
{
	fx_chain(fx, 2);
	fx_revision(fx, "r3", "r2",
		    "CREATE TABLE \"odd ; name\" (\n"
		    "\ta integer, -- not the end;\n"
		    "\tb text DEFAULT 'x;''y' /* nor; this */\n"
		    ") -- a comment ends it\n;\n"
		    "INSERT INTO \"odd ; name\" (a, b) VALUES (1, 'a\\b:c');",
		    "DROP TABLE \"odd ; name\";");
	fx_revision(fx, "r4", "r3",
		    fx_is_sqlite(fx)
			? "CREATE TRIGGER tr AFTER INSERT ON t1 BEGIN\n"
			  "\tUPDATE t1 SET a = CASE a WHEN 1 THEN 2 ELSE 3 "
			  "END;\n\tDELETE FROM t2;\nEND;"
			: "CREATE FUNCTION f() RETURNS integer LANGUAGE sql "
			  "AS $x$ SELECT 1; $x$;\n"
			  "COPY t1 FROM STDIN;\n1\n2\n\\.\n"
			  "ALTER TABLE t1 ADD b integer DEFAULT 7;",
		    fx_is_sqlite(fx) ? "DROP TRIGGER tr;"
				     : "DROP FUNCTION f();\n"
				       "ALTER TABLE t1 DROP b;");
	fx_revision(fx, "r5", "r4",
		    fx_is_sqlite(fx) ? "-- migrate:up transaction:false\n"
				       "CREATE INDEX i1 ON t1 (a);\nVACUUM;"
				     : "-- migrate:up transaction:false\n"
				       "CREATE INDEX CONCURRENTLY i1 "
				       "ON t1 (a);",
		    "DROP INDEX i1;");
}

static void a_script_leaves_what_a_run_leaves(void **state)
{
	fixture *fx = *state;
	char *online, *offline;

	awkward_project(fx);
	fx_up(fx, "head");
	online = picture(fx);
	start_over(fx);
	run_script(fx, RETORT_OP_UPGRADE, "head");
	offline = picture(fx);
	assert_string_equal(offline, online);
	free(online);
	free(offline);
	/* And the one goes on where the other stopped. */
	fx_down(fx, "r3");
	fx_up(fx, "head");
	run_script(fx, RETORT_OP_DOWNGRADE, "r5:r1");
	fx_expect_rows(fx, "r1");
	run_script(fx, RETORT_OP_UPGRADE, "r1:r2");
	fx_expect_rows(fx, "r2");
}

static void a_script_fits_an_empty_version_table(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 2);
	fx_up(fx, "head");
	fx_down(fx, "base");
	run_script(fx, RETORT_OP_UPGRADE, "head");
	fx_expect_rows(fx, "r2");
}

static void branches_and_merges_keep_their_rows(void **state)
{
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "b1", "r1", "CREATE TABLE b (a integer);",
		    "DROP TABLE b;");
	fx_revision(fx, "c1", "r1", "CREATE TABLE c (a integer);",
		    "DROP TABLE c;");
	fx_revision(fx, "m1", "b1, c1", "", "");
	run_script(fx, RETORT_OP_UPGRADE, "m1");
	fx_expect_rows(fx, "m1");
	run_script(fx, RETORT_OP_DOWNGRADE, "m1:r1");
	fx_expect_rows(fx, "r1");
	run_script(fx, RETORT_OP_STAMP, "r1:b1");
	fx_expect_rows(fx, "b1");
}

static void its_text(void **state)
{
	rt_str sql = RT_STR_INIT;
	fixture *fx = *state;

	fx_config(fx, "journal = off\n");
	fx_chain(fx, 1);
	rt_assert_ok(script(fx, RETORT_OP_UPGRADE, "head", &sql), &fx->err);
	assert_string_equal(
	    sql.p, fx_is_sqlite(fx)
		       ? "-- Running upgrade  -> r1, makes r1\n\n"
			 "BEGIN IMMEDIATE;\n\n"
			 "CREATE TABLE IF NOT EXISTS alembic_version (\n"
			 "\tversion_num VARCHAR(32) NOT NULL, \n"
			 "\tCONSTRAINT alembic_version_pkc PRIMARY KEY "
			 "(version_num)\n);\n\n"
			 "CREATE TABLE t1 (a integer);\n\n"
			 "INSERT INTO alembic_version (version_num) VALUES "
			 "('r1');\n\nCOMMIT;\n\n"
		       : "-- Running upgrade  -> r1, makes r1\n\n"
			 "BEGIN;\n\n"
			 "CREATE TABLE IF NOT EXISTS alembic_version (\n"
			 "\tversion_num VARCHAR(32) NOT NULL, \n"
			 "\tCONSTRAINT alembic_version_pkc PRIMARY KEY "
			 "(version_num)\n);\n\n"
			 "CREATE TABLE t1 (a integer);\n\n"
			 "INSERT INTO alembic_version (version_num) VALUES "
			 "('r1');\n\nCOMMIT;\n\n");
	fx_config(fx, "journal = off\ntransaction = all\n");
	fx_chain(fx, 2);
	rt_assert_ok(script(fx, RETORT_OP_UPGRADE, "head", &sql), &fx->err);
	assert_null(strstr(strstr(sql.p, "BEGIN") + 1, "BEGIN"));
	rt_str_free(&sql);
}

static void nothing_is_written_when_a_step_cannot_be(void **state)
{
	rt_str sql = RT_STR_INIT;
	fixture *fx = *state;

	fx_chain(fx, 1);
	fx_revision(fx, "r2", "r1", "SELECT 'open;", NULL);
	assert_int_equal(script(fx, RETORT_OP_UPGRADE, "head", &sql),
			 RETORT_EPARSE);
	assert_int_equal(sql.n, 0);
	retort_error_dispose(&fx->err);
	fx_revision(fx, "r2", "r1", "SELECT 1;", NULL);
	assert_int_equal(script(fx, RETORT_OP_DOWNGRADE, "r2:base", &sql),
			 RETORT_EREFUSED);
	assert_int_equal(sql.n, 0);
	rt_str_free(&sql);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_script_leaves_what_a_run_leaves),
		CASE(a_script_fits_an_empty_version_table),
		CASE(branches_and_merges_keep_their_rows),
		CASE(its_text),
		CASE(nothing_is_written_when_a_step_cannot_be),
	};
	int failed;

	if (strcmp(ENGINE, "sqlite") != 0 && !pg_start())
		return 0;
	failed = cmocka_run_group_tests_name("offline on " ENGINE, tests, NULL,
					     NULL);
	return strcmp(ENGINE, "sqlite") != 0 ? pg_stop(failed) : failed;
}
