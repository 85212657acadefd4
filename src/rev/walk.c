/* SPDX-License-Identifier: MIT */
/* Walking up and down the lines, step by step. */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "rev/resolve.h"

typedef struct walker {
	const rt_ask *ask;
	rt_sv label;
	unsigned char *line; /* what is on one line with the label */
	bool has_line;
} walker;

static int ambiguous_walk(const rt_ask *ask, uint32_t from,
			  const rt_nodes *ways, bool up, retort_error *err)
{
	char *names = rt_dag_join(ask->g, ways->v, ways->n);
	int rc = rt_err_set(err, RETORT_EAMBIGUOUS, "ambiguous walk: %s "
			    "leads %s to each of %s", from == RT_NIL ?
			    "the base" : rt_dag_id(ask->g, from),
			    up ? "up" : "down", names);

	rt_err_field(err, RETORT_ERROR_NEXT, "%s", up ? "name the branch "
		     "('<branch>@+N') or the revision" : "name the revision");
	free(names);
	return rc;
}

/* Children by down_revision; of a base the bases. */
static int ways_up(walker *w, uint32_t from, rt_nodes *out, retort_error *err)
{
	const retort_graph *g = w->ask->g;
	uint32_t i;
	size_t k, kept = 0;
	int rc;

	if (from == RT_NIL) {
		for (i = 0; i < rt_dag_count(g); i++)
			if (g->revs.v[i].is_base)
				rt_vec_push(out, i);
	} else {
		RT_EDGE_EACH(&g->up, from, i)
			rt_vec_push(out, g->up.to[i]);
	}
	if (!w->label.n || !out->n)
		return 0;
	if (!w->has_line) {
		rc = rt_resolve_lineage(w->ask, w->label, false, &w->line,
					err);
		if (rc < 0)
			return rc;
		w->has_line = true;
	}
	for (k = 0; k < out->n; k++)
		if (!w->line || w->line[out->v[k]])
			out->v[kept++] = out->v[k];
	out->n = kept;
	return 0;
}

/* Parents; RT_BASE below a base; from outside the heads. */
static void ways_down(const retort_graph *g, uint32_t from, rt_nodes *out)
{
	uint32_t i;

	if (from == RT_BASE)
		return;
	if (from == RT_NIL) {
		for (i = 0; i < rt_dag_count(g); i++)
			if (g->revs.v[i].is_head)
				rt_vec_push(out, i);
	} else {
		RT_EDGE_EACH(&g->down, from, i)
			rt_vec_push(out, g->down.to[i]);
	}
	if (!out->n)
		rt_vec_push(out, RT_BASE);
}

int rt_walk(const rt_ask *ask, uint32_t from, long steps, rt_sv label,
	    bool exact, uint32_t *out, retort_error *err)
{
	walker w = { ask, label, NULL, false };
	rt_nodes ways = RT_VEC_INIT;
	bool up = steps > 0;
	long left = up ? steps : -steps;
	int rc = 0;

	*out = from;
	for (; left > 0; left--) {
		ways.n = 0;
		if (up)
			rc = ways_up(&w, *out, &ways, err);
		else
			ways_down(ask->g, *out, &ways);
		if (rc < 0)
			break;
		if (!ways.n) {
			if (exact)
				*out = RT_NIL;
			break;
		}
		if (ways.n > 1) {
			rc = ambiguous_walk(ask, *out, &ways, up, err);
			break;
		}
		*out = ways.v[0];
	}
	free(w.line);
	rt_vec_free(&ways);
	return rc;
}
