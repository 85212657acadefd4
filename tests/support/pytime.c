/* SPDX-License-Identifier: MIT */
/*
 * How long the readers of Alembic's revisions take.  stdin has, for each
 * file, a line with the number of its bytes, then those; stdout says the
 * seconds of processor time for the header, the parser, the statements for
 * SQLite and those for PostgreSQL, then whether something was opaque.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "revfmt/alembic.h"

static bool header(rt_sv text)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_error err = RETORT_ERROR_INIT;
	retort_revision rev;
	bool more, ok;

	ok = rt_alembic_header(&arena, "x.py", text, true, &rev, &more,
			       &err) == 0;
	retort_error_dispose(&err);
	rt_arena_free(&arena);
	return ok;
}

static bool parse(rt_sv text)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_py_source src;
	bool ok;

	ok = rt_py_source_open("x.py", text, &src, NULL) == 0 &&
	     rt_py_parse(&arena, &src)->n_opaque == 0;
	rt_arena_free(&arena);
	return ok;
}

static bool translate(rt_sv text, retort_dialect dialect)
{
	const rt_alembic_env env = { .dialect = dialect, .upgrade = true };
	rt_alembic_result result = RT_ALEMBIC_RESULT_INIT;
	rt_arena arena = RT_ARENA_INIT;
	rt_py_source src;
	bool ok;

	ok = rt_py_source_open("x.py", text, &src, NULL) == 0 &&
	     rt_alembic_translate(&src, rt_py_parse(&arena, &src), &env,
				  &result, NULL) == 0 &&
	     result.opaques.n == 0;
	rt_alembic_result_free(&result);
	rt_arena_free(&arena);
	return ok;
}

static bool to_sqlite(rt_sv text)
{
	return translate(text, RETORT_DIALECT_SQLITE);
}

static bool to_postgresql(rt_sv text)
{
	return translate(text, RETORT_DIALECT_POSTGRESQL);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void measure(rt_sv text)
{
	static bool (*const stages[])(rt_sv text) = {
		header, parse, to_sqlite, to_postgresql
	};
	bool ok = true;
	size_t i;

	for (i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
		const double before = now();

		ok = stages[i](text);
		printf("%.6f ", now() - before);
	}
	puts(ok ? "known" : "opaque");
	fflush(stdout);
}

int main(void)
{
	char line[32], *text;
	size_t n;

	while (fgets(line, sizeof(line), stdin)) {
		n = strtoul(line, NULL, 10);
		text = rt_alloc(n ? n : 1);
		if (fread(text, 1, n, stdin) != n) {
			free(text);
			return EXIT_FAILURE;
		}
		measure((rt_sv){ text, n });
		free(text);
	}
	return EXIT_SUCCESS;
}
