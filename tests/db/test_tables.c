/* SPDX-License-Identifier: MIT */
/* Version table and journal; compiled once per engine. */
#include "support/rt_test.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/proc.h"
#include "base/str.h"
#include "db/journal.h"
#include "db/vertab.h"
#include "support/db.h"
#include "support/pg.h"
#include "support/tmpdir.h"

#ifdef ON_POSTGRES
#define DIALECT RETORT_DIALECT_POSTGRESQL
#define SUITE   "tables_postgres"
#else
#define DIALECT RETORT_DIALECT_SQLITE
#define SUITE   "tables"
#endif

struct box {
	char *dir;
	rt_conn *conn;
	rt_arena arena;
};

static int setup(void **state)
{
	struct box *box = calloc(1, sizeof(*box));

#ifdef ON_POSTGRES
	(void)pg_reset(NULL);
	box->conn = db_open(pg_url(), NULL);
#else
	char *url;

	box->dir = tmpdir_make();
	url = rt_strf("sqlite:///%s/test.db", box->dir);
	box->conn = db_open(url, NULL);
	free(url);
#endif
	*state = box;
	return 0;
}

static int teardown(void **state)
{
	struct box *box = *state;

	rt_conn_close(box->conn);
	rt_arena_free(&box->arena);
	tmpdir_remove(box->dir);
	free(box);
	return 0;
}

static const rt_vertab plain = { NULL, "alembic_version", DIALECT };

static void create(struct box *box, const rt_vertab *t, bool if_missing)
{
	rt_str sql = RT_STR_INIT;

	rt_vertab_create_sql(t, if_missing, &sql);
	db_exec(box->conn, sql.p);
	rt_str_free(&sql);
}

static void change(struct box *box, const rt_vertab *t, int kind,
		   const char *old_id, const char *new_id)
{
	retort_row_change row = { .old_id = old_id, .new_id = new_id };
	rt_str sql = RT_STR_INIT;

	row.kind = kind == '+' ? RETORT_ROW_INSERT :
		   kind == '-' ? RETORT_ROW_DELETE :
				 RETORT_ROW_UPDATE;
	rt_vertab_change_sql(t, &row, &sql);
	db_exec(box->conn, sql.p);
	rt_str_free(&sql);
}

/* The rows joined by commas; "none" without a table. */
static char *rows_of(struct box *box, const rt_vertab *t)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	retort_names rows;
	bool exists;
	size_t i;

	rt_assert_ok(rt_vertab_read(t, box->conn, &box->arena, &rows, &exists,
				    &err), &err);
	if (!exists)
		rt_str_add(&text, "none");
	for (i = 0; i < rows.n; i++)
		rt_str_addf(&text, "%s%s", i ? "," : "", rows.v[i]);
	return rt_str_take(&text);
}

static void expect_rows(struct box *box, const rt_vertab *t, const char *want)
{
	char *rows = rows_of(box, t);

	assert_string_equal(rows, want);
	free(rows);
}

static void rows_come_in_table_order(void **state)
{
	struct box *box = *state;
	unsigned long trips = box->conn->trips;
	rt_str sql = RT_STR_INIT;

	expect_rows(box, &plain, "none");
	assert_int_equal(box->conn->trips - trips, 1);
	create(box, &plain, false);
	create(box, &plain, true);
	expect_rows(box, &plain, "");
	change(box, &plain, '+', NULL, "zz");
	change(box, &plain, '+', NULL, "mm");
	change(box, &plain, '+', NULL, "aa");
	trips = box->conn->trips;
	expect_rows(box, &plain, "zz,mm,aa");
	assert_int_equal(box->conn->trips - trips, 2);
	change(box, &plain, '-', "mm", NULL);
	expect_rows(box, &plain, "zz,aa");
	change(box, &plain, '=', "aa", "it's");
	expect_rows(box, &plain, "zz,it's");
	rt_vertab_delete_all_sql(&plain, &sql);
	db_exec(box->conn, sql.p);
	rt_str_free(&sql);
	expect_rows(box, &plain, "");
}

/* What a change touched is how a run learns that somebody else was here. */
static void changes_are_counted(void **state)
{
	static const retort_row_change row = { RETORT_ROW_UPDATE, "a", "b" };
	retort_error err = RETORT_ERROR_INIT;
	struct box *box = *state;
	rt_str sql = RT_STR_INIT;
	rt_answer answer;

	create(box, &plain, false);
	rt_vertab_change_sql(&plain, &row, &sql);
	rt_assert_ok(rt_conn_query(box->conn, sql.p, &answer, &err), &err);
	assert_int_equal(answer.affected, 0);
	change(box, &plain, '+', NULL, "a");
	rt_assert_ok(rt_conn_query(box->conn, sql.p, &answer, &err), &err);
	assert_int_equal(answer.affected, 1);
	rt_str_free(&sql);
}

static void odd_names_are_quoted(void **state)
{
#ifdef ON_POSTGRES
	const rt_vertab odd = { "My \"schema\"", "order", DIALECT };
	const char *make = "CREATE SCHEMA \"My \"\"schema\"\"\"";
#else
	const rt_vertab odd = { "My \"schema\"", "order", DIALECT };
	const char *make = "ATTACH ':memory:' AS \"My \"\"schema\"\"\"";
#endif
	struct box *box = *state;

	db_exec(box->conn, make);
	expect_rows(box, &odd, "none");
	create(box, &odd, true);
	change(box, &odd, '+', NULL, "a");
	change(box, &odd, '=', "a", "b");
	expect_rows(box, &odd, "b");
	change(box, &odd, '-', "b", NULL);
	expect_rows(box, &odd, "");
	expect_rows(box, &plain, "none");
}

static void keys_differ_by_place(void **state)
{
	static const rt_vertab places[] = {
		{ NULL, "alembic_version", DIALECT },
		{ "a", "alembic_version", DIALECT },
		{ "a", "version", DIALECT },
		{ "av", "ersion", DIALECT },
	};
	size_t i, j;

	(void)state;
	/* other versions of retort must find the same lock */
	assert_true(rt_vertab_lock_key(&places[0]) ==
		    UINT64_C(0xc5eff34b6f45cf5b));
	for (i = 0; i < 4; i++)
		for (j = 0; j < i; j++)
			assert_true(rt_vertab_lock_key(&places[i]) !=
				    rt_vertab_lock_key(&places[j]));
}

static const rt_journal_table journal = { NULL, "retort_journal", DIALECT };

static void create_journal(struct box *box, const rt_journal_table *t)
{
	rt_str sql = RT_STR_INIT;
	unsigned i;

	for (i = 0; rt_journal_create_sql(t, i, &sql); i++) {
		db_exec(box->conn, sql.p);
		rt_str_clear(&sql);
	}
	assert_int_equal(i, t->schema && DIALECT == RETORT_DIALECT_POSTGRESQL ?
			 2 : 1);
	rt_str_free(&sql);
}

static void write_row(struct box *box, const rt_journal_table *t,
		      const retort_journal_row *row, bool update)
{
	rt_str sql = RT_STR_INIT;

	if (update)
		rt_journal_update_sql(t, row, &sql);
	else
		rt_journal_insert_sql(t, row, &sql);
	db_exec(box->conn, sql.p);
	rt_str_free(&sql);
}

static size_t read_rows(struct box *box, const rt_journal_table *t,
			const char *revision, size_t limit,
			retort_journal_row **rows)
{
	retort_error err = RETORT_ERROR_INIT;
	size_t n;

	rt_assert_ok(rt_journal_read(t, box->conn, revision, limit,
				     &box->arena, rows, &n, &err), &err);
	return n;
}

static const retort_journal_row full = {
	.revision = "abc", .op = RETORT_OP_DOWNGRADE,
	.down_revision = "x, y", .depends_on = "z",
	.began = "2025-09-16T18:49:48.123Z",
	.ended = "2025-09-16T18:49:49.000Z", .who = "\xc3\xa4nne",
	.host = "h", .tool = "retort 0.1.0", .outcome = "failed",
	.statements_done = 2, .statements_total = 3,
	.error = "it's \\ wrong", .sqlstate = "42P01",
	.checksum_raw = "00", .checksum_tokens = "11",
	.down_script = "DROP TABLE t;\n-- \\n 'x'\n",
};

static void assert_same(const retort_journal_row *a,
			const retort_journal_row *b)
{
	assert_string_equal(a->revision, b->revision);
	assert_int_equal(a->op, b->op);
	assert_string_equal(a->down_revision, b->down_revision);
	assert_string_equal(a->depends_on, b->depends_on);
	assert_string_equal(a->began, b->began);
	assert_string_equal(a->ended, b->ended);
	assert_string_equal(a->who, b->who);
	assert_string_equal(a->host, b->host);
	assert_string_equal(a->tool, b->tool);
	assert_string_equal(a->outcome, b->outcome);
	assert_int_equal(a->statements_done, b->statements_done);
	assert_int_equal(a->statements_total, b->statements_total);
	assert_string_equal(a->error, b->error);
	assert_string_equal(a->sqlstate, b->sqlstate);
	assert_string_equal(a->checksum_raw, b->checksum_raw);
	assert_string_equal(a->checksum_tokens, b->checksum_tokens);
}

static void the_journal_gives_back_what_it_got(void **state)
{
	struct box *box = *state;
	retort_journal_row empty = {
		.revision = "e", .op = RETORT_OP_STAMP, .down_revision = "",
		.depends_on = "", .began = "2025-01-01T00:00:00.000Z",
		.ended = "", .who = "", .host = "", .tool = "",
		.outcome = "ok", .error = "", .sqlstate = "",
		.checksum_raw = "", .checksum_tokens = "",
	};
	retort_journal_row *rows;
	bool exists;

	assert_int_equal(read_rows(box, &journal, NULL, 0, &rows), 0);
	create_journal(box, &journal);
	create_journal(box, &journal);
	rt_assert_ok(rt_journal_exists(&journal, box->conn, &exists, NULL),
		     (retort_error *)NULL);
	assert_true(exists);
	write_row(box, &journal, &full, false);
	write_row(box, &journal, &empty, false);
	empty.down_script = "";
	write_row(box, &journal, &empty, false);
	assert_int_equal(read_rows(box, &journal, NULL, 0, &rows), 3);
	assert_same(&rows[2], &full);
	assert_string_equal(rows[2].down_script, full.down_script);
	assert_same(&rows[1], &empty);
	assert_null(rows[1].down_script);
	assert_string_equal(rows[0].down_script, "");
	assert_true(rows[0].id > rows[1].id && rows[1].id > rows[2].id);
	assert_int_equal(read_rows(box, &journal, "e", 1, &rows), 1);
	assert_string_equal(rows[0].down_script, "");
	assert_int_equal(read_rows(box, &journal, "abc", 0, &rows), 1);
	assert_int_equal(read_rows(box, &journal, "none", 0, &rows), 0);
}

/* Of each revision only the newest run counts. */
static void the_journal_tells_of_troubles(void **state)
{
	static const char *const runs[][2] = {
		{ "a", "failed" }, { "a", "ok" },	{ "b", "ok" },
		{ "b", "partial" }, { "c", "failed" }, { "c", "failed" },
	};
	struct box *box = *state;
	retort_error err = RETORT_ERROR_INIT;
	retort_journal_row row = full, *rows;
	size_t i, n;

	rt_assert_ok(rt_journal_read_troubles(&journal, box->conn,
					      &box->arena, &rows, &n, &err),
		     &err);
	assert_int_equal(n, 0);
	create_journal(box, &journal);
	for (i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		row.revision = runs[i][0];
		row.outcome = runs[i][1];
		write_row(box, &journal, &row, false);
	}
	rt_assert_ok(rt_journal_read_troubles(&journal, box->conn,
					      &box->arena, &rows, &n, &err),
		     &err);
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].revision, "c");
	assert_string_equal(rows[1].revision, "b");
	assert_string_equal(rows[1].outcome, "partial");
}

static bool is_time(const char *text)
{
	static const char shape[] = "0000-00-00T00:00:00.000Z";
	size_t i;

	for (i = 0; shape[i] && text[i]; i++)
		if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' :
				      text[i] != shape[i])
			return false;
	return !shape[i] && !text[i];
}

static void the_server_knows_the_time(void **state)
{
	struct box *box = *state;
	retort_journal_row row = full, *rows;

	create_journal(box, &journal);
	row.began = row.ended = NULL;
	write_row(box, &journal, &row, false);
	assert_int_equal(read_rows(box, &journal, NULL, 0, &rows), 1);
	assert_true(is_time(rows[0].began));
	assert_true(is_time(rows[0].ended));
	assert_true(strcmp(rows[0].began, rows[0].ended) <= 0);
}

static void an_update_changes_the_newest_run(void **state)
{
	struct box *box = *state;
	retort_journal_row row = full, *rows;

	create_journal(box, &journal);
	write_row(box, &journal, &full, false);
	row.ended = "";
	row.error = row.sqlstate = "";
	row.outcome = "partial";
	write_row(box, &journal, &row, false);
	row.revision = "other";
	write_row(box, &journal, &row, false);
	row.revision = "abc";
	row.ended = "2026-01-01T00:00:00.000Z";
	row.outcome = "ok";
	row.statements_done = 3;
	write_row(box, &journal, &row, true);
	assert_int_equal(read_rows(box, &journal, "abc", 0, &rows), 2);
	assert_same(&rows[0], &row);
	assert_same(&rows[1], &full);
	assert_int_equal(read_rows(box, &journal, "other", 0, &rows), 1);
	assert_string_equal(rows[0].outcome, "partial");
	assert_string_equal(rows[0].ended, "");
}

#ifdef ON_POSTGRES

static void count_notice(void *self, const char *text)
{
	(void)text;
	++*(int *)self;
}

/* A journal in a schema of its own comes without a notice, and a role that
 * may not create schemas can use one that is there. */
static void a_journal_schema_is_made_quietly(void **state)
{
	const rt_journal_table own = { "retort \"j\"", "retort_journal",
				       DIALECT };
	struct box *box = *state;
	rt_conn *saved = box->conn;
	rt_conn_options options = { .notice = count_notice };
	retort_journal_row *rows;
	int notices = 0;

	options.self = &notices;
	box->conn = db_open(pg_url(), &options);
	assert_int_equal(read_rows(box, &own, NULL, 0, &rows), 0);
	create_journal(box, &own);
	db_exec(box->conn, "DROP TABLE \"retort \"\"j\"\"\".retort_journal");
	db_exec(box->conn, "CREATE ROLE humble");
	db_exec(box->conn, "GRANT ALL ON SCHEMA \"retort \"\"j\"\"\" TO "
			   "humble");
	db_exec(box->conn, "SET ROLE humble");
	create_journal(box, &own);
	write_row(box, &own, &full, false);
	assert_int_equal(read_rows(box, &own, NULL, 0, &rows), 1);
	assert_int_equal(notices, 0);
	rt_conn_close(box->conn);
	box->conn = saved;
}

#else

static void print_line(void *self, rt_sv line)
{
	(void)self;
	printf("# %.*s\n", (int)line.n, line.p);
}

/* Makes alembic_version in a file with Alembic's own code. */
static int run_alembic(const char *file)
{
	static const char script[] =
		"import sys\n"
		"try:\n"
		"    import sqlalchemy\n"
		"    from alembic.migration import MigrationContext\n"
		"except ImportError:\n"
		"    sys.exit(77)\n"
		"e = sqlalchemy.create_engine('sqlite:///' + sys.argv[1])\n"
		"with e.begin() as c:\n"
		"    MigrationContext.configure(c)._ensure_version_table()\n";
	const char *python = getenv("PYTHON");
	const char *argv[] = { python ? python : "python3", "-c", script,
			       file, NULL };
	rt_proc proc = { .argv = argv, .line = print_line };
	retort_error err = RETORT_ERROR_INIT;
	int status = 77;

	if (rt_proc_run(&proc, &status, &err))
		retort_error_dispose(&err);
	return status;
}

static void the_stored_text_is_alembics(void **state)
{
	static const char lookup[] = "SELECT sql FROM sqlite_master WHERE "
				     "name = 'alembic_version'";
	struct box *box = *state;
	char *file = rt_strf("%s/alembic.db", box->dir);
	char *url = rt_strf("sqlite:///%s", file), *text;
	int status = run_alembic(file);
	rt_conn *theirs;

	create(box, &plain, true); /* IF NOT EXISTS leaves no trace */
	db_expect(box->conn, lookup,
		  "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) "
		  "NOT NULL, \n\tCONSTRAINT alembic_version_pkc PRIMARY KEY "
		  "(version_num)\n)");
	if (status == 0) {
		theirs = db_open(url, NULL);
		text = db_text(theirs, lookup);
		db_expect(box->conn, lookup, text);
		free(text);
		rt_conn_close(theirs);
	} else if (status == 77) {
		printf("# Alembic is not installed: compared with its text "
		       "as known\n");
	} else {
		fail_msg("Alembic ended with %d", status);
	}
	free(url);
	free(file);
}

#endif

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_come_in_table_order),
		TEST(changes_are_counted),
		TEST(odd_names_are_quoted),
		TEST(keys_differ_by_place),
		TEST(the_journal_gives_back_what_it_got),
		TEST(the_journal_tells_of_troubles),
		TEST(the_server_knows_the_time),
		TEST(an_update_changes_the_newest_run),
#ifdef ON_POSTGRES
		TEST(a_journal_schema_is_made_quietly),
#else
		TEST(the_stored_text_is_alembics),
#endif
	};

#ifdef ON_POSTGRES
	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name(SUITE, tests, NULL, NULL));
#else
	return cmocka_run_group_tests_name(SUITE, tests, NULL, NULL);
#endif
}
