/* SPDX-License-Identifier: MIT */
/* Migrations of Alembic, evaluated: an end within the steps that there are,
 * and statements that are whole.  Every module that one imports is the file
 * itself. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alembic/translate.h"
#include "base/alloc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(const rt_alembic_result *r)
{
	size_t i;

	for (i = 0; i < r->statements.n; i++)
		if (r->statements.v[i].sql.n == 0 ||
		    strlen(r->statements.v[i].sql.p) >
			    r->statements.v[i].sql.n)
			abort();
	for (i = 0; i < r->opaques.n; i++)
		if (!r->opaques.v[i].reason[0])
			abort();
}

static rt_py_read read_file(void *self, size_t root, const char *path,
			    size_t limit, rt_str *out, char **shown)
{
	const rt_sv *text = self;

	(void)root;
	if (strlen(path) > 24 || text->n > limit)
		return RT_PY_READ_ABSENT;
	*shown = rt_strdup(path);
	rt_str_addsv(out, *text);
	return RT_PY_READ_DONE;
}

static void translate(const rt_py_source *src, const rt_py_module *module,
		      retort_dialect dialect, bool upgrade)
{
	rt_sv text = src->text;
	const rt_alembic_env env = {
		.dialect = dialect, .upgrade = upgrade,
		.library = rt_py_library_new(read_file, &text, 1, 1),
	};
	rt_alembic_result result = RT_ALEMBIC_RESULT_INIT;

	if (rt_alembic_translate(src, module, &env, &result, NULL))
		abort();
	check(&result);
	rt_alembic_result_free(&result);
	rt_py_library_free(env.library);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const rt_sv text = { (const char *)data, n };
	rt_arena arena = RT_ARENA_INIT;
	rt_py_source src;
	rt_py_module *module;

	if (rt_py_source_open("fuzz.py", text, &src, NULL))
		return 0;
	module = rt_py_parse(&arena, &src);
	translate(&src, module, RETORT_DIALECT_SQLITE, true);
	translate(&src, module, RETORT_DIALECT_POSTGRESQL, true);
	translate(&src, module, RETORT_DIALECT_POSTGRESQL, false);
	rt_arena_free(&arena);
	return 0;
}
