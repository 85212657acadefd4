/* SPDX-License-Identifier: MIT */
/* Lists of names, as <retort/common.h> has them. */
#ifndef RT_BASE_NAMES_H
#define RT_BASE_NAMES_H

#include <retort/common.h>

/* The same names in the same order. */
bool rt_names_equal(const retort_names *a, const retort_names *b);

#endif
