/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "alembic/batch.h"

bool rt_am_rebuild(rt_am *am, const struct rt_am_batch *b)
{
	return rt_am_fail_schema(am, "the table %.*s is made anew, which needs "
				 "to know it", (int)b->table.n, b->table.p);
}
