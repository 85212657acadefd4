/* SPDX-License-Identifier: MIT */
/*
 * PostgreSQL's schemas against a real server: every file of the corpus is
 * read, dumped, loaded and read again; pairs of them are turned into each
 * other and back, with rows in the tables.
 *
 * RETORT_TEST_PAIRS=n tries n random pairs and all within a family
 * ("column_…"); without it a few of both.
 */
#include "support/rt_test.h"

#include <dirent.h>
#include <stdio.h>

#include "base/fs.h"
#include "base/str.h"
#include "base/vec.h"
#include "db/inspect.h"
#include "schema/alter.h"
#include "schema/pg_rows.h"
#include "support/db.h"
#include "support/pg.h"

enum { DEFAULT_PAIRS = 30 };

typedef struct sample {
	char *name;
	char *sql;
	retort_schema *schema;
} sample;

static struct corpus {
	rt_conn *conn;
	RT_VEC(sample) v;
	rt_str problems; /* of the test that runs, a line each */
} corpus = { .problems = RT_STR_INIT };

static int compare_samples(const void *a, const void *b)
{
	return strcmp(((const sample *)a)->name, ((const sample *)b)->name);
}

static char *corpus_path(const char *name)
{
	const char *top = getenv("top_srcdir");

	return rt_strf("%s/tests/schema/corpus/postgresql/%s",
		       top ? top : ".", name);
}

static retort_schema *inspect(void)
{
	rt_inspect_options options = { "alembic_version", "", false };
	retort_error err = RETORT_ERROR_INIT;
	retort_schema *schema;

	rt_assert_ok(rt_inspect(corpus.conn, &options, &schema, &err), &err);
	return schema;
}

static void begin_with(const char *sql)
{
	db_exec(corpus.conn, "BEGIN");
	if (*sql)
		db_exec(corpus.conn, sql);
}

static void rollback(void)
{
	db_exec(corpus.conn, "ROLLBACK");
}

static int load(void **state)
{
	char *top = corpus_path("");
	DIR *dir = opendir(top);
	struct dirent *entry;
	size_t i;

	(void)state;
	corpus.conn = db_open(pg_url(), NULL);
	db_exec(corpus.conn, "SET client_min_messages = error");
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		sample s = { NULL, NULL, NULL };
		rt_str text = RT_STR_INIT;
		char *path;

		if (!strstr(entry->d_name, ".sql"))
			continue;
		path = corpus_path(entry->d_name);
		assert_int_equal(rt_fs_read(path, 1 << 20, &text, NULL), 0);
		s.name = rt_strf("%.*s", (int)(strlen(entry->d_name) - 4),
				 entry->d_name);
		s.sql = rt_str_take(&text);
		rt_vec_push(&corpus.v, s);
		free(path);
	}
	closedir(dir);
	free(top);
	qsort(corpus.v.v, corpus.v.n, sizeof(sample), compare_samples);
	for (i = 0; i < corpus.v.n; i++) {
		begin_with(corpus.v.v[i].sql);
		corpus.v.v[i].schema = inspect();
		rollback();
	}
	return 0;
}

static int unload(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < corpus.v.n; i++) {
		free(corpus.v.v[i].name);
		free(corpus.v.v[i].sql);
		retort_schema_free(corpus.v.v[i].schema);
	}
	rt_vec_free(&corpus.v);
	rt_str_free(&corpus.problems);
	rt_conn_close(corpus.conn);
	return 0;
}

static char *dump(const retort_schema *schema)
{
	retort_error err = RETORT_ERROR_INIT;
	char *sql;

	rt_assert_ok(retort_schema_dump(schema, &sql, &err), &err);
	return sql;
}

static void expect_no_problems(void)
{
	if (corpus.problems.n) {
		fprintf(stderr, "%s\n", corpus.problems.p);
		fail();
	}
}

static int forget_problems(void **state)
{
	(void)state;
	rt_str_clear(&corpus.problems);
	return 0;
}

/* A problem with all that differs. */
static void expect_same(const retort_schema *a, const retort_schema *b,
			const char *what, const char *name, const char *other)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_diff *diff;
	rt_str *text = &corpus.problems;
	size_t i;

	rt_assert_ok(retort_diff_make(&diff, a, b, &err), &err);
	if (!retort_diff_is_empty(diff))
		rt_str_addf(text, "\n%s, %s, %s:", what, name, other);
	for (i = 0; !retort_diff_is_empty(diff) &&
		    i < retort_diff_count(diff); i++) {
		const retort_diff_entry *e = retort_diff_at(diff, i);

		rt_str_addf(text, "\n  %s %s %s %s: %s => %s",
			    retort_diff_word(e->diff),
			    retort_kind_word(e->kind), e->name, e->property,
			    e->before, e->after);
	}
	retort_diff_free(diff);
}

/* A server that is needed is no part of a schema. */
static const char *preamble(const sample *s)
{
	return strcmp(s->name, "foreign_table") ? "" :
	       "CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA "
	       "WRAPPER file_fdw; ";
}

static void test_round_trip(void **state)
{
	size_t i;

	(void)state;
	assert_true(corpus.v.n >= 100);
	for (i = 0; i < corpus.v.n; i++) {
		const sample *s = &corpus.v.v[i];
		char *first = dump(s->schema), *second, *sql;
		const char *rest = first;
		retort_schema *again;

		if (*preamble(s))
			rest = strchr(first, ';') + 1;
		sql = rt_strf("%s%s", preamble(s), rest);
		begin_with(sql);
		again = inspect();
		second = dump(again);
		assert_string_equal(first, second);
		expect_same(s->schema, again, "round trip", s->name, "-");
		rollback();
		retort_schema_free(again);
		free(first);
		free(second);
		free(sql);
	}
	expect_no_problems();
}

static void test_self(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < corpus.v.n; i++)
		expect_same(corpus.v.v[i].schema, corpus.v.v[i].schema,
			    "itself", corpus.v.v[i].name, "-");
	expect_no_problems();
}

static rt_ddl_list statements(const retort_schema *from,
			      const retort_schema *to, bool online,
			      bool *refused)
{
	rt_alter_options options = { online };
	retort_error err = RETORT_ERROR_INIT;
	rt_ddl_list list = RT_DDL_LIST_INIT;
	retort_diff *diff;
	int rc;

	rt_assert_ok(retort_diff_make(&diff, from, to, &err), &err);
	rc = rt_alter(diff, &options, &list, &err);
	*refused = rc == RETORT_EUNSUPPORTED;
	if (rc && !*refused)
		fail_msg("%s", err.message);
	retort_error_dispose(&err);
	retort_diff_free(diff);
	return list;
}

/* How running statements went. */
typedef enum outcome {
	DONE,
	ROWS_IN_THE_WAY, /* rows that are there do not let it */
	BROKEN           /* a problem was added */
} outcome;

static outcome run(const rt_ddl_list *list, bool rows, const char *from,
		   const char *to)
{
	retort_error err = RETORT_ERROR_INIT;
	outcome out = DONE;
	size_t i;

	for (i = 0; out == DONE && i < list->list.n; i++) {
		const char *state = corpus.conn->failure.sqlstate;

		if (!rt_conn_exec(corpus.conn, list->list.v[i].sql, &err))
			continue;
		out = ROWS_IN_THE_WAY;
		if (!rows || (strncmp(state, "22", 2) &&
			      strncmp(state, "23", 2))) {
			rt_str_addf(&corpus.problems, "\n%s to %s: %s: %s",
				    from, to, list->list.v[i].sql,
				    err.message);
			out = BROKEN;
		}
		retort_error_dispose(&err);
	}
	return out;
}

/* One way; the database stands at `from`, and then at `to`. */
static outcome step(const sample *from, const sample *to, bool rows)
{
	bool refused;
	rt_ddl_list list = statements(from->schema, to->schema, false,
				      &refused);
	char *before = pg_rows_common(corpus.conn, from->schema, to->schema,
				      from->schema);
	retort_schema *now;
	outcome out;
	char *after;

	out = run(&list, rows, from->name, to->name);
	rt_ddl_list_free(&list);
	if (out == DONE) {
		now = inspect();
		expect_same(now, to->schema, "after", from->name, to->name);
		after = pg_rows_common(corpus.conn, from->schema, to->schema,
				       to->schema);
		if (strcmp(before, after))
			rt_str_addf(&corpus.problems,
				    "\n%s to %s: rows: %s => %s", from->name,
				    to->name, before, after);
		retort_schema_free(now);
		free(after);
	}
	free(before);
	return out;
}

static bool is_refused(const sample *from, const sample *to)
{
	bool refused;
	rt_ddl_list list = statements(from->schema, to->schema, false,
				      &refused);

	rt_ddl_list_free(&list);
	return refused;
}

/* There and back; where rows are in the way, without them. */
static void try_pair(const sample *a, const sample *b)
{
	bool rows = true;
	outcome out;

	if (is_refused(a, b) || is_refused(b, a))
		return;
	do {
		begin_with(a->sql);
		if (rows)
			pg_rows_fill(corpus.conn, a->schema);
		out = step(a, b, rows);
		if (out == DONE)
			out = step(b, a, rows);
		rollback();
		rows = false;
	} while (out == ROWS_IN_THE_WAY);
}

/* All pairs of a family would take a minute. */
static size_t family_reach(void)
{
	return getenv("RETORT_TEST_PAIRS") ? corpus.v.n : 1;
}

static bool same_family(const char *a, const char *b)
{
	size_t n = strcspn(a, "_"), m = strcspn(b, "_");

	return n == m && !strncmp(a, b, n);
}

static bool is_excluded(const sample *s)
{
	return !strcmp(s->name, "foreign_table"); /* wants a server */
}

static void test_families(void **state)
{
	size_t reach = family_reach(), i, k;

	(void)state;
	for (i = 0; i < corpus.v.n; i++)
		for (k = i + 1; k < corpus.v.n && k <= i + reach; k++)
			if (same_family(corpus.v.v[i].name,
					corpus.v.v[k].name) &&
			    !is_excluded(&corpus.v.v[i]) &&
			    !is_excluded(&corpus.v.v[k]))
				try_pair(&corpus.v.v[i], &corpus.v.v[k]);
	expect_no_problems();
}

static void test_random_pairs(void **state)
{
	const char *wish = getenv("RETORT_TEST_PAIRS");
	long pairs = wish ? strtol(wish, NULL, 10) : DEFAULT_PAIRS;
	unsigned long seed = 12345;
	size_t picked[2];
	int k;

	(void)state;
	for (; pairs > 0; pairs--) {
		for (k = 0; k < 2; k++) {
			seed = (seed * 1103515245 + 12345) & 0x7fffffff;
			picked[k] = (seed >> 8) % corpus.v.n;
		}
		if (picked[0] != picked[1] &&
		    !is_excluded(&corpus.v.v[picked[0]]) &&
		    !is_excluded(&corpus.v.v[picked[1]]))
			try_pair(&corpus.v.v[picked[0]],
				 &corpus.v.v[picked[1]]);
	}
	expect_no_problems();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_round_trip, forget_problems),
		cmocka_unit_test_setup(test_self, forget_problems),
		cmocka_unit_test_setup(test_families, forget_problems),
		cmocka_unit_test_setup(test_random_pairs, forget_problems),
	};

	if (!pg_start())
		return 0;
	return pg_stop(cmocka_run_group_tests_name("schema/postgres", tests,
						   load, unload));
}
