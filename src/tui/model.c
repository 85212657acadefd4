/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void free_rows(rt_model *m)
{
	while (m->rows.n)
		free(m->rows.v[--m->rows.n]);
	m->unknown.n = 0;
	while (m->troubles.n) {
		m->troubles.n--;
		free(m->troubles.v[m->troubles.n].revision);
		free(m->troubles.v[m->troubles.n].outcome);
	}
}

static void free_states(rt_model *m)
{
	free(m->applied);
	free(m->is_row);
	free(m->trouble);
	m->applied = m->is_row = NULL;
	m->trouble = NULL;
}

void rt_model_free(rt_model *m)
{
	free_rows(m);
	rt_vec_free(&m->rows);
	rt_vec_free(&m->unknown);
	rt_vec_free(&m->troubles);
	free_states(m);
	memset(m, 0, sizeof(*m));
}

void rt_model_begin(rt_model *m)
{
	free_rows(m);
	m->answered = true;
	m->exists = m->has_table = false;
}

void rt_model_add_row(rt_model *m, rt_sv row)
{
	char *id = rt_strndup(row.p, row.n);
	size_t i = m->rows.n;

	rt_vec_push(&m->rows, id);
	for (; i > 0 && strcmp(m->rows.v[i - 1], id) > 0; i--)
		m->rows.v[i] = m->rows.v[i - 1];
	m->rows.v[i] = id;
}

void rt_model_add_trouble(rt_model *m, rt_sv revision, bool up, rt_sv outcome)
{
	rt_vec_push(&m->troubles,
		    (rt_trouble){ rt_strndup(revision.p, revision.n),
				  rt_strndup(outcome.p, outcome.n), up });
}

retort_names rt_model_rows(const rt_model *m)
{
	return (retort_names){ (const char *const *)m->rows.v, m->rows.n };
}

/* A row may be written as a partial id or a label. */
static const retort_revision *find(const retort_graph *graph, const char *row)
{
	const retort_revision *rev = retort_graph_find(graph, row);
	retort_list found = RETORT_LIST_INIT;

	if (rev)
		return rev;
	if (retort_graph_resolve(graph, row, NULL, &found, NULL) == 0 &&
	    found.n == 1)
		rev = found.v[0];
	retort_list_dispose(&found);
	return rev;
}

static void count_pending(rt_model *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		m->pending += !m->applied[i];
}

static const char *trouble_word(const rt_trouble *t)
{
	return strcmp(t->outcome, "partial") == 0   ? "partly applied"
	       : strcmp(t->outcome, "unknown") == 0 ? "outcome unknown"
						    : "failed";
}

/* Where a stamp or another tool has brought about what the run did not,
 * there is no trouble any more. */
static void place_troubles(rt_model *m, const retort_graph *graph)
{
	const retort_revision *rev;
	size_t i;

	for (i = 0; i < m->troubles.n; i++) {
		rev = retort_graph_find(graph, m->troubles.v[i].revision);
		if (rev && m->applied[rev->index] != m->troubles.v[i].up)
			m->trouble[rev->index] =
				trouble_word(&m->troubles.v[i]);
	}
}

void rt_model_update(rt_model *m, const retort_graph *graph)
{
	const retort_revision *rev;
	retort_names rows = rt_model_rows(m);
	size_t i;
	int rc;

	free_states(m);
	m->unknown.n = m->pending = 0;
	m->n = graph ? retort_graph_count(graph) : 0;
	if (!graph || !m->answered)
		return;
	m->applied = rt_calloc(m->n + 1, sizeof(*m->applied));
	m->is_row = rt_calloc(m->n + 1, sizeof(*m->is_row));
	m->trouble = rt_calloc(m->n + 1, sizeof(const char *));
	for (i = 0; i < rows.n; i++) {
		rev = find(graph, rows.v[i]);
		if (rev)
			m->is_row[rev->index] = true;
		else
			rt_vec_push(&m->unknown, rows.v[i]);
	}
	rc = retort_graph_applied(graph, &rows, m->applied, NULL);
	place_troubles(m, graph);
	/* what an unknown row stands upon cannot be told, so then nothing is
	 * surely pending */
	if (rc == 0)
		count_pending(m);
}

rt_state rt_model_state(const rt_model *m, const retort_revision *rev)
{
	if (!m->applied || rev->index >= m->n)
		return RT_STATE_UNSURE;
	if (m->is_row[rev->index])
		return RT_STATE_ROW;
	if (m->applied[rev->index])
		return RT_STATE_APPLIED;
	return m->unknown.n ? RT_STATE_UNSURE : RT_STATE_PENDING;
}

const char *rt_model_trouble(const rt_model *m, const retort_revision *rev)
{
	return m->trouble && rev->index < m->n ? m->trouble[rev->index] : NULL;
}

const char *rt_state_word(rt_state state)
{
	static const char *const words[] = { "unsure", "pending", "applied",
					     "here" };

	return words[state];
}
