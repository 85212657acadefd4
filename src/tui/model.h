/* SPDX-License-Identifier: MIT */
/*
 * What the database says about the revisions: which are applied, which row
 * stands where, which rows no file knows, whose last run did not end well.
 */
#ifndef RT_TUI_MODEL_H
#define RT_TUI_MODEL_H

#include <retort/graph.h>

#include "base/sv.h"
#include "base/vec.h"

typedef enum rt_state {
	RT_STATE_UNSURE, /* the database has not answered, or a row of it that
			    no file has may stand above */
	RT_STATE_PENDING,
	RT_STATE_APPLIED,
	RT_STATE_ROW      /* applied, and a version row names it */
} rt_state;

/* The last run of a revision, which did not end well. */
typedef struct rt_trouble {
	char *revision, *outcome; /* "failed", "partial", "unknown" */
	bool up;                  /* it was an upgrade */
} rt_trouble;

typedef struct rt_model {
	bool answered;   /* rows are known */
	bool exists;     /* the database is there */
	bool has_table;
	RT_VEC(char *) rows;
	RT_VEC(const char *) unknown; /* rows that no file has; of `rows` */
	RT_VEC(rt_trouble) troubles;
	const char **trouble; /* by revision index: its word, or NULL */
	bool *applied;   /* by revision index, of the graph last seen */
	bool *is_row;
	size_t n;
	size_t pending;
} rt_model;

void rt_model_free(rt_model *m); /* leaves it empty */

/* New rows, kept sorted; call rt_model_update afterwards. */
void rt_model_begin(rt_model *m);
void rt_model_add_row(rt_model *m, rt_sv row);
void rt_model_add_trouble(rt_model *m, rt_sv revision, bool up,
			  rt_sv outcome);

/* Work out the states; graph NULL = there is none. */
void rt_model_update(rt_model *m, const retort_graph *graph);

rt_state rt_model_state(const rt_model *m, const retort_revision *rev);

/* How its last run ended if not well ("failed", "partly applied", "outcome
 * unknown"), else NULL; static. */
const char *rt_model_trouble(const rt_model *m, const retort_revision *rev);

/* "unsure", "pending", "applied", "here"; static. */
const char *rt_state_word(rt_state state);

/* Its rows as the library takes them; valid until they change. */
retort_names rt_model_rows(const rt_model *m);

#endif
