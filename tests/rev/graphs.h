/* SPDX-License-Identifier: MIT */
/* Building graphs in tests: from text, from JSON, by chance. */
#ifndef RT_TEST_GRAPHS_H
#define RT_TEST_GRAPHS_H

#include <jansson.h>

#include <retort/plan.h>

#include "rev/builder.h"

/*
 * Add one revision from words: "id", "id<parent,parent", "id<p+dep,dep#label".
 * An id without "<" is a base.
 */
int graph_add(retort_graph *g, const char *spec, retort_error *err);

/* A sealed graph from words separated by blanks; fails the test on errors. */
retort_graph *graph_from(const char *specs);

/* The same; NULL and the error if it cannot be built. */
retort_graph *graph_try(const char *specs, retort_error *err);

/* From [[id, [down], [depends_on], [labels]], ...]. */
retort_graph *graph_from_json(const json_t *nodes, retort_error *err);

/* A list's ids, separated by blanks; the caller frees the text. */
char *list_text(const retort_list *list);
char *names_text(const retort_names *names);

/* Names from a JSON array; freed with free(names.v). */
retort_names names_from_json(const json_t *array);

/* A generator with a seed of its own: the same numbers everywhere. */
typedef struct dice {
	uint64_t state;
} dice;
unsigned dice_roll(dice *d, unsigned sides); /* 0 to sides - 1 */

/* A random graph of n revisions "r0" ..., added in shuffled order. */
retort_graph *graph_random(dice *d, unsigned n, bool deps);

#endif
