/* SPDX-License-Identifier: MIT */
/* The words and lists of <retort/common.h>. */
#include "config.h"

#include "base/names.h"

#include <string.h>

const char *retort_version(void)
{
	return RETORT_VERSION;
}

const char *retort_dialect_name(retort_dialect dialect)
{
	static const char *const names[] = { "any", "sqlite", "postgresql" };

	return names[dialect];
}

const char *retort_op_name(retort_op op)
{
	static const char *const names[] = { "upgrade", "downgrade", "stamp" };

	return names[op];
}

bool rt_names_equal(const retort_names *a, const retort_names *b)
{
	size_t i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return a->n == b->n;
}
