/* SPDX-License-Identifier: MIT */
/*
 * The shape of a statement, of any bytes in every dialect: what it names lies
 * in its words, and places are places of the statement.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "text/sqlsplit.h"
#include "text/sqlstatement.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_reader(const rt_sql_shape *shape, const rt_reader *r)
{
	RT_ASSERT(r->n <= shape->words.n && r->at <= r->n + 2);
	RT_ASSERT(rt_reader_where(r, "not null") <= r->n ||
		  r->at > r->n);
}

static void check_shape(rt_sv sql, retort_dialect dialect)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_sql_shape shape;
	size_t i;

	rt_sql_shape_read(&shape, sql, dialect, &arena);
	RT_ASSERT(shape.verb && shape.object && shape.table);
	for (i = 0; i < shape.names.n; i++)
		RT_ASSERT(shape.names.v[i]);
	check_reader(&shape, &shape.rest);
	for (i = 0; i < shape.actions.n; i++) {
		const rt_sql_action *a = &shape.actions.v[i];

		RT_ASSERT(a->name && a->to && a->first < shape.words.n);
		check_reader(&shape, &a->rest);
	}
	rt_sql_shape_dispose(&shape);
	rt_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const retort_dialect dialects[] = { RETORT_DIALECT_ANY,
						   RETORT_DIALECT_SQLITE,
						   RETORT_DIALECT_POSTGRESQL };
	rt_sv text = { n ? (const char *)data : "", n };
	size_t i, k;

	for (i = 0; i < 3; i++) {
		rt_sql_statements list = RT_VEC_INIT;
		size_t at;

		if (rt_sql_split(text, dialects[i], &list, &at, NULL) == 0)
			for (k = 0; k < list.n; k++)
				check_shape(list.v[k].sql, dialects[i]);
		rt_vec_free(&list);
		check_shape(text, dialects[i]);
	}
	return 0;
}
