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
#include "schema/sqlite_catalog.h"

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

/* What batches rebuild and inspectors ask. */
static retort_schema *table_t(void)
{
	rt_sqlite_catalog catalog = RT_SQLITE_CATALOG_INIT;
	rt_schema_builder *b = rt_schema_begin(RETORT_DIALECT_SQLITE, 3045000);
	retort_schema *out;

	(void)rt_sqlite_catalog_add(&catalog, "table",
				    "CREATE TABLE t (id INTEGER PRIMARY KEY, "
				    "a VARCHAR(20) DEFAULT 'x' NOT NULL, "
				    "b INTEGER CONSTRAINT c CHECK (b > 0), "
				    "CONSTRAINT u UNIQUE (a), FOREIGN KEY(b) "
				    "REFERENCES t (id))");
	(void)rt_sqlite_catalog_add(&catalog, "index",
				    "CREATE INDEX i ON t (a, b)");
	rt_sqlite_catalog_build(&catalog, b);
	out = rt_schema_end(b);
	rt_sqlite_catalog_free(&catalog);
	return out;
}

static const retort_schema *schema(void *self,
				   const rt_alembic_statements *so_far,
				   retort_error *err)
{
	(void)so_far;
	(void)err;
	return self;
}

/* With the table t of SQLite at hand, or offline. */
static void translate(const rt_py_source *src, const rt_py_module *module,
		      retort_dialect dialect, bool upgrade, bool at_hand)
{
	rt_sv text = src->text;
	retort_schema *now = at_hand ? table_t() : NULL;
	const rt_alembic_env env = {
		.dialect = dialect, .upgrade = upgrade, .offline = !at_hand,
		.schema = at_hand ? schema : NULL, .self = now,
		.library = rt_py_library_new(read_file, &text, 1, 1),
	};
	rt_alembic_result result = RT_ALEMBIC_RESULT_INIT;

	if (rt_alembic_translate(src, module, &env, &result, NULL))
		abort();
	check(&result);
	rt_alembic_result_free(&result);
	retort_schema_free(now);
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
	translate(&src, module, RETORT_DIALECT_SQLITE, true, true);
	translate(&src, module, RETORT_DIALECT_POSTGRESQL, true, false);
	translate(&src, module, RETORT_DIALECT_SQLITE, false, false);
	rt_arena_free(&arena);
	return 0;
}
