/* SPDX-License-Identifier: MIT */
/*
 * Cases of tests/data/conformance/cases.json: running one, and what came
 * out as text that can be compared.  Ids are sorted where their order says
 * nothing.
 */
#ifndef RT_TEST_CASES_H
#define RT_TEST_CASES_H

#include "base/vec.h"
#include "rev/graphs.h"

typedef struct answer {
	retort_error err;
	bool failed;
	RT_VEC(char *) steps;  /* "up b: a -> b" */
	RT_VEC(char *) traces; /* the rows after each step */
	char *rows, *start;    /* of a plan: at the end, before */
	char *result;          /* of a query */
} answer;

/* Run a case on its graph, NULL if that could not be built (out->err). */
void case_run(const retort_graph *g, const json_t *c, answer *out);
void answer_free(answer *a);

const char *case_text(const json_t *object, const char *key);

/* All three give memory that the caller frees. */
char *sorted_json(const json_t *array);
char *sorted_names(const retort_names *names);
char *step_json(const json_t *step);

int by_text(const void *a, const void *b); /* for qsort, of char * */

#endif
