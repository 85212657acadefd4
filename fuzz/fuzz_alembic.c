/* SPDX-License-Identifier: MIT */
/*
 * An Alembic revision of any bytes: its header is read or refused with a
 * place; what is read has no empty names.
 */
#include "config.h"

#include <stdint.h>

#include "base/alloc.h"
#include "revfmt/alembic.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_names(const retort_names *names)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		RT_ASSERT(*names->v[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_sv text = { (const char *)data, n };
	retort_error err = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	retort_revision rev;
	bool more;

	if (rt_alembic_header(&arena, "x.py", text, true, &rev, &more, &err)) {
		RT_ASSERT(err.message != NULL);
		RT_ASSERT(retort_error_get(&err, RETORT_ERROR_FILE) != NULL);
	} else {
		RT_ASSERT(*rev.id && rev.message && rev.doc && rev.created);
		check_names(&rev.down);
		check_names(&rev.depends_on);
		check_names(&rev.labels);
	}
	RT_ASSERT(!more);
	retort_error_dispose(&err);
	rt_arena_free(&arena);
	return 0;
}
