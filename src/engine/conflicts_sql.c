/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/conflicts.h"

int rt_contest_sql(rt_contest *c)
{
	(void)c;
	return 0;
}
