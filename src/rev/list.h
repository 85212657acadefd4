/* SPDX-License-Identifier: MIT */
/* Turning nodes into the lists that callers get. */
#ifndef RT_REV_LIST_H
#define RT_REV_LIST_H

#include "rev/dag.h"

/* The revisions of `nodes`, in their order; the caller disposes *out. */
void rt_list_from(const retort_graph *g, const uint32_t *nodes, size_t n,
		  retort_list *out);

#endif
