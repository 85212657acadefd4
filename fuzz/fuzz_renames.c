/* SPDX-License-Identifier: MIT */
/* What a schema file says of renames, of any bytes and in both dialects:
 * each has both names, and a column a table. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/create/renames.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(rt_sv sql, retort_dialect dialect)
{
	rt_renames renames = RT_VEC_INIT;
	rt_arena arena = RT_ARENA_INIT;
	size_t i;

	rt_renames_read(sql, dialect, &arena, &renames);
	for (i = 0; i < renames.n; i++) {
		const retort_rename *r = &renames.v[i];

		RT_ASSERT(r->from && r->to && r->table);
		RT_ASSERT(strlen(r->from) <= sql.n && strlen(r->to) <= sql.n);
		RT_ASSERT(r->kind == RETORT_KIND_COLUMN || !*r->table);
	}
	rt_vec_free(&renames);
	rt_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_sv sql = { (const char *)data, n };

	check(sql, RETORT_DIALECT_SQLITE);
	check(sql, RETORT_DIALECT_POSTGRESQL);
	return 0;
}
