/* SPDX-License-Identifier: MIT */
/*
 * Print a migration of Alembic as SQL, without a database:
 *
 *     py2sql sqlite|postgresql upgrade|downgrade FILE
 *
 * Statements as Alembic's --sql prints them, each with ";" and an empty line
 * behind it; tabs become four spaces.  What is opaque goes to stderr, a line
 * each: "line:column: reason: construct", and the exit status is 1.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alembic/translate.h"
#include "base/fs.h"

static void print(const rt_alembic_result *r)
{
	size_t i, k;

	for (i = 0; i < r->statements.n; i++) {
		const rt_alembic_statement *s = &r->statements.v[i];

		for (k = 0; k < s->sql.n; k++)
			if (s->sql.p[k] == '\t')
				fputs("    ", stdout);
			else
				putchar(s->sql.p[k]);
		fputs(";\n\n", stdout);
	}
	for (i = 0; i < r->opaques.n; i++)
		fprintf(stderr, "%d:%d: %s: %s\n", r->opaques.v[i].line,
			r->opaques.v[i].column, r->opaques.v[i].reason,
			r->opaques.v[i].construct);
}

int main(int argc, char **argv)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_alembic_result result = RT_ALEMBIC_RESULT_INIT;
	rt_alembic_env env = { .offline = true };
	rt_arena arena = RT_ARENA_INIT;
	rt_str text = RT_STR_INIT;
	rt_py_source src;
	int status = EXIT_SUCCESS;

	if (argc != 4) {
		fputs("usage: py2sql DIALECT DIRECTION FILE\n", stderr);
		return 2;
	}
	env.dialect = strcmp(argv[1], "sqlite") == 0 ?
			      RETORT_DIALECT_SQLITE :
			      RETORT_DIALECT_POSTGRESQL;
	env.upgrade = strcmp(argv[2], "upgrade") == 0;
	if (rt_fs_read(argv[3], RT_FS_LIMIT, &text, &err) ||
	    rt_py_source_open(argv[3], rt_str_sv(&text), &src, &err) ||
	    rt_alembic_translate(&src, rt_py_parse(&arena, &src), &env,
				 &result, &err)) {
		fprintf(stderr, "%s\n", err.message);
		status = 3;
	} else {
		print(&result);
		if (result.opaques.n)
			status = EXIT_FAILURE;
	}
	retort_error_dispose(&err);
	rt_alembic_result_free(&result);
	rt_arena_free(&arena);
	rt_str_free(&text);
	return status;
}
