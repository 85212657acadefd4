/* SPDX-License-Identifier: MIT */
/* What is applied, and what REF's tree says it is. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/names.h"
#include "engine/branch/switch.h"
#include "revfmt/format.h"

enum { EDITS_SHOWN = 8 };

typedef struct rt_comparison {
	retort_switch *sw;
	const retort_graph *graph;
	rt_arena arena;
	retort_journal_row *rows; /* newest first */
	size_t n;
	rt_map ran; /* of a revision: its newest upgrade that went well */
} rt_comparison;

static void add_edit(rt_comparison *c, const rt_holder *holder,
		     const char *reason)
{
	retort_switch_edit edit = { holder->rev.id, holder->shown, reason };

	rt_vec_push(&c->sw->edits, edit);
}

/* --- parents ------------------------------------------------------------- */

/* The ids that parents are named by, sorted. */
static retort_names ids_of(rt_comparison *c, const retort_graph *graph,
			   retort_names names)
{
	const char **v = rt_arena_calloc(&c->arena, names.n + 1, sizeof(*v));
	size_t i;

	for (i = 0; i < names.n; i++)
		v[i] = rt_switch_id_in(graph, names.v[i]);
	rt_names_sort(v, names.n);
	return (retort_names){ v, names.n };
}

/* As it ran, by the journal; where that does not know, as it is here. */
static bool same_parents(rt_comparison *c, const retort_revision *theirs,
			 const retort_journal_row *row)
{
	const retort_revision *here =
		c->sw->here ? retort_graph_find(c->sw->here, theirs->id) : NULL;
	retort_names now = ids_of(c, c->graph, theirs->down), then;

	if (row)
		then = ids_of(c, c->graph,
			      rt_names_split(&c->arena,
					     rt_sv_from(row->down_revision)));
	else if (here)
		then = ids_of(c, c->sw->here, here->down);
	else
		return true;
	return rt_names_equal(&now, &then);
}

/* --- SQL ----------------------------------------------------------------- */

static int sum(rt_comparison *c, const rt_holder *holder,
	       char tokens[RT_CHECKSUM_HEX], char raw[RT_CHECKSUM_HEX],
	       retort_error *err)
{
	rt_str text = RT_STR_INIT;
	int rc = rt_switch_read(c->sw, holder, &text, err);

	if (!rc) {
		rt_checksum_raw(rt_str_sv(&text), raw);
		rt_format_checksum(holder->rev.path, rt_str_sv(&text),
				   c->sw->db->place.vertab.dialect, tokens);
	}
	rt_str_free(&text);
	return rc;
}

static int same_sql(rt_comparison *c, const rt_holder *holder,
		    const retort_journal_row *row, bool *same,
		    retort_error *err)
{
	char tokens[RT_CHECKSUM_HEX], raw[RT_CHECKSUM_HEX];
	char tokens_here[RT_CHECKSUM_HEX], raw_here[RT_CHECKSUM_HEX];
	const rt_holder *here;
	size_t stage = 0;
	int rc = sum(c, holder, tokens, raw, err);

	*same = true;
	if (rc)
		return rc;
	if (row && *row->checksum_raw) {
		*same = !strcmp(raw, row->checksum_raw) ||
			!strcmp(tokens, row->checksum_tokens);
		return 0;
	}
	/* the first that has it is the working tree, or there is none */
	rc = rt_switch_holder(c->sw, holder->rev.id, &stage, &here, err);
	if (rc || !here || here->blob)
		return rc;
	rc = sum(c, here, tokens_here, raw_here, err);
	if (!rc)
		*same = !strcmp(tokens, tokens_here);
	return rc;
}

/* ------------------------------------------------------------------------ */

static int compare(rt_comparison *c, const char *id, bool stays,
		   retort_error *err)
{
	const rt_map_entry *entry = rt_map_find(&c->ran, rt_sv_from(id));
	const retort_journal_row *row = entry ? &c->rows[entry->value] : NULL;
	const rt_holder *theirs;
	bool same = true;
	int rc;

	if (!rt_side_find(c->sw->side, id))
		return 0;
	rc = rt_switch_theirs(c->sw, id, &theirs, err);
	if (rc)
		return rc;
	if (!same_parents(c, &theirs->rev, row)) {
		add_edit(c, theirs, "its parents are others");
		return 0;
	}
	if (stays)
		rc = same_sql(c, theirs, row, &same, err);
	if (!rc && !same)
		add_edit(c, theirs, "its SQL is another");
	return rc;
}

static int read_journal(rt_comparison *c, retort_error *err)
{
	retort_database *db = c->sw->db;
	size_t i;
	int rc = rt_journal_read(&db->place.journal, db->conn, NULL, 0,
				 &c->arena, &c->rows, &c->n, err);

	for (i = 0; !rc && i < c->n; i++)
		if (c->rows[i].op == RETORT_OP_UPGRADE &&
		    !strcmp(c->rows[i].outcome, "ok"))
			rt_map_add(&c->ran, rt_sv_from(c->rows[i].revision), i);
	return rc;
}

static int refuse(const retort_switch *sw, retort_error *err)
{
	rt_str list = RT_STR_INIT;
	size_t i, n = sw->edits.n;
	int rc;

	for (i = 0; i < n && i < EDITS_SHOWN; i++)
		rt_str_addf(&list, "%s%s (%s)", i ? ", " : "",
			    sw->edits.v[i].revision, sw->edits.v[i].reason);
	if (n > EDITS_SHOWN)
		rt_str_addf(&list, " and %zu more", n - EDITS_SHOWN);
	rc = rt_err_set(err, RETORT_EREFUSED,
			"edited: what is applied is not what %s has: %s",
			sw->ref, list.p);
	rt_err_at(err, sw->edits.v[0].path, 0, 0);
	rt_err_field(err, RETORT_ERROR_REVISION, "%s",
		     sw->edits.v[0].revision);
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "step down below %s with the files that it was applied "
		     "from, then switch; or --force to take it as it is "
		     "applied", sw->edits.v[0].revision);
	rt_str_free(&list);
	return rc;
}

int rt_switch_check(retort_switch *sw, const retort_graph *graph,
		    const retort_plan *plan, const retort_names *rows,
		    retort_error *err)
{
	rt_comparison c = { .sw = sw, .graph = graph };
	size_t i, n = retort_graph_count(graph);
	bool *applied = rt_calloc(n + 1, sizeof(*applied));
	bool *goes = rt_calloc(n + 1, sizeof(*goes));
	int rc = retort_graph_applied(graph, rows, applied, err);

	for (i = 0; i < retort_plan_count(plan); i++) {
		const retort_step *step = retort_plan_step(plan, i);

		if (step->op == RETORT_OP_DOWNGRADE)
			goes[step->node->index] = true;
	}
	sw->edits.n = 0;
	if (!rc)
		rc = read_journal(&c, err);
	for (i = 0; i < n && !rc; i++)
		if (applied[i])
			rc = compare(&c, retort_graph_at(graph, i)->id,
				     !goes[i], err);
	if (!rc && sw->edits.n && !sw->force)
		rc = refuse(sw, err);
	free(applied);
	free(goes);
	rt_map_free(&c.ran);
	rt_arena_free(&c.arena);
	return rc;
}
