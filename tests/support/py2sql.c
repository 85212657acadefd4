/* SPDX-License-Identifier: MIT */
/*
 * Print a migration of Alembic as SQL, or run it:
 *
 *     py2sql [-r ROOT]… [-e FOLDER] DIALECT upgrade|downgrade FILE [URL]
 *
 * Statements as Alembic's --sql prints them, each with ";" and an empty line
 * behind it; tabs become four spaces.  With a URL they are run there, and
 * what they need to know of the schema is asked there.  What is opaque goes
 * to stderr, a line each: "line:column: reason: construct", and the exit
 * status is 1.  What the file imports is looked for in the ROOTs; env.py is in
 * FOLDER.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alembic/translate.h"
#include "base/alloc.h"
#include "base/fs.h"
#include "db/conn.h"
#include "db/inspect.h"
#include "text/sqlsplit.h"

typedef struct target {
	rt_conn *conn;
	retort_dialect dialect;
	size_t done; /* statements that have been run */
	retort_schema *schema;
} target;

static int run_text(target *t, rt_sv sql, retort_error *err)
{
	rt_sql_statements list = RT_VEC_INIT;
	size_t at, i;
	int rc = rt_sql_split(sql, t->dialect, &list, &at, err);

	for (i = 0; rc == 0 && i < list.n; i++) {
		char *one = rt_strndup(list.v[i].sql.p, list.v[i].sql.n);

		rc = rt_conn_exec(t->conn, one, err);
		if (rc)
			fprintf(stderr, "%s\n", one);
		free(one);
	}
	rt_vec_free(&list);
	return rc;
}

static int run_to(target *t, const rt_alembic_statements *s, retort_error *err)
{
	int rc = 0;

	while (rc == 0 && t->done < s->n)
		rc = run_text(t, s->v[t->done++].sql, err);
	return rc;
}

static const retort_schema *schema(void *self, const rt_alembic_statements *s,
				   retort_error *err)
{
	static const rt_inspect_options options = {
		.version_table = "alembic_version", .journal = true
	};
	target *t = self;

	retort_schema_free(t->schema);
	t->schema = NULL;
	if (run_to(t, s, err) == 0 &&
	    rt_inspect(t->conn, &options, &t->schema, err) == 0)
		return t->schema;
	return NULL;
}

/* As Alembic prints the transaction that is left and entered again. */
static void print_border(bool transactional, bool leaves)
{
	if (transactional)
		fputs(leaves ? "COMMIT;\n\n" : "BEGIN;\n\n", stdout);
}

static void print(const rt_alembic_result *r, bool transactional)
{
	bool outside = false;
	size_t i, k;

	for (i = 0; i < r->statements.n; i++) {
		const rt_alembic_statement *s = &r->statements.v[i];

		if (s->autocommit != outside)
			print_border(transactional, s->autocommit);
		outside = s->autocommit;
		for (k = 0; k < s->sql.n; k++)
			if (s->sql.p[k] == '\t')
				fputs("    ", stdout);
			else
				putchar(s->sql.p[k]);
		fputs(";\n\n", stdout);
	}
	if (outside)
		print_border(transactional, false);
	for (i = 0; i < r->opaques.n; i++)
		fprintf(stderr, "%d:%d: %s: %s\n", r->opaques.v[i].line,
			r->opaques.v[i].column, r->opaques.v[i].reason,
			r->opaques.v[i].construct);
}

/* A file of a root, for the library; self: the roots. */
static rt_py_read read_module(void *self, size_t root, const char *path,
			      size_t limit, rt_str *out, char **shown)
{
	const char *const *roots = self;
	char *whole = rt_fs_join(roots[root] ? roots[root] : "/dev/null",
				 path);
	rt_py_read is = RT_PY_READ_ABSENT;

	if (rt_fs_is_dir(whole))
		is = RT_PY_READ_FOLDER;
	else if (rt_fs_exists(whole))
		is = rt_fs_read(whole, limit, out, NULL) ? RT_PY_READ_REFUSED :
							   RT_PY_READ_DONE;
	if (is == RT_PY_READ_DONE || is == RT_PY_READ_REFUSED)
		*shown = rt_strdup(path);
	free(whole);
	return is;
}

static int translate(const char *path, rt_alembic_env *env, const char *url,
		     rt_alembic_result *result, retort_error *err)
{
	const rt_conn_options options = { .create = true };
	target t = { .dialect = env->dialect };
	rt_arena arena = RT_ARENA_INIT;
	rt_str text = RT_STR_INIT;
	rt_py_source src;
	int rc = 0;

	if (url) {
		env->schema = schema;
		env->self = &t;
		rc = rt_conn_open(&t.conn, url, &options, err);
	}
	if (rc == 0)
		rc = rt_fs_read(path, RT_FS_LIMIT, &text, err);
	if (rc == 0)
		rc = rt_py_source_open(path, rt_str_sv(&text), &src, err);
	if (rc == 0)
		rc = rt_alembic_translate(&src, rt_py_parse(&arena, &src), env,
					  result, err);
	if (rc == 0 && url && result->opaques.n == 0)
		rc = run_to(&t, &result->statements, err);
	retort_schema_free(t.schema);
	rt_conn_close(t.conn);
	rt_arena_free(&arena);
	rt_str_free(&text);
	return rc;
}

/* Nobody looks; only what it says is taken. */
static bool mentions(void *self, const char *word)
{
	(void)self;
	return getenv("PY2SQL_MENTIONS") && *word;
}

static int run(int argc, char **argv, rt_alembic_env *env)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_alembic_result result = RT_ALEMBIC_RESULT_INIT;
	int status = EXIT_SUCCESS;

	if (argc < 4 || argc > 5) {
		fputs("usage: py2sql DIALECT DIRECTION FILE [URL]\n", stderr);
		return 2;
	}
	env->offline = argc < 5;
	env->dialect = strcmp(argv[1], "sqlite") == 0 ?
			       RETORT_DIALECT_SQLITE :
			       RETORT_DIALECT_POSTGRESQL;
	env->upgrade = strcmp(argv[2], "upgrade") == 0;
	if (translate(argv[3], env, argc == 5 ? argv[4] : NULL, &result,
		      &err)) {
		fprintf(stderr, "%s\n", err.message);
		status = 3;
	}
	print(&result, env->dialect == RETORT_DIALECT_POSTGRESQL);
	if (result.opaques.n)
		status = EXIT_FAILURE;
	retort_error_dispose(&err);
	rt_alembic_result_free(&result);
	return status;
}

int main(int argc, char **argv)
{
	const char *roots[17] = { NULL };
	size_t n = 0;
	rt_alembic_env env = { .upgrade = true };
	int status;

	while (argc > 2 && n < 16 && strcmp(argv[1], "-r") == 0) {
		roots[n++] = argv[2];
		argv += 2;
		argc -= 2;
	}
	if (n)
		env.library = rt_py_library_new(read_module, (void *)roots, 1,
						n);
	if (argc > 2 && n && strcmp(argv[1], "-e") == 0) {
		roots[n] = argv[2];
		argv += 2;
		argc -= 2;
	}
	if (n)
		rt_py_library_search(env.library, mentions);
	status = run(argc, argv, &env);
	rt_py_library_free(env.library);
	return status;
}
