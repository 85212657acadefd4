/* SPDX-License-Identifier: MIT */
/* The words of <retort/common.h>. */
#include "config.h"

#include <retort/common.h>

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
