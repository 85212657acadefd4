/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "engine/step/ghost.h"

#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "base/names.h"
#include "base/vec.h"
#include "rev/builder.h"

typedef struct rt_ghosts {
	retort_database *db;
	const retort_graph *files;
	const rt_ghost_finder *finder; /* or NULL */
	retort_graph *graph; /* owns the strings */
	rt_map seen;         /* ids asked for so far */
	RT_VEC(const char *) todo;
	rt_str unknown; /* ids that the journal does not know either */
} rt_ghosts;

static int add_file(retort_graph *graph, const retort_revision *from,
		    retort_error *err)
{
	rt_arena *arena = rt_graph_arena(graph);
	retort_revision rev;

	memset(&rev, 0, sizeof(rev));
	rev.id = rt_arena_strdup(arena, from->id);
	rev.message = rt_arena_strdup(arena, from->message);
	rev.doc = rt_arena_strdup(arena, from->doc);
	rev.created = rt_arena_strdup(arena, from->created);
	rev.path = rt_arena_strdup(arena, from->path);
	rev.down = rt_names_copy(arena, from->down);
	rev.depends_on = rt_names_copy(arena, from->depends_on);
	rev.labels = rt_names_copy(arena, from->labels);
	if (from->problem)
		rev.problem = rt_arena_strdup(arena, from->problem);
	rev.problem_line = from->problem_line;
	rev.problem_column = from->problem_column;
	return rt_graph_add(graph, &rev, err);
}

/* A dependency may be a label; any file's label or id will do. */
static bool files_have(const retort_graph *files, const char *name)
{
	retort_error local = RETORT_ERROR_INIT;
	retort_list list = RETORT_LIST_INIT;
	bool found = retort_graph_find(files, name) != NULL;

	if (!found)
		found =
		    retort_graph_resolve(files, name, NULL, &list, &local) == 0;
	retort_list_dispose(&list);
	retort_error_dispose(&local);
	return found;
}

static void want(rt_ghosts *g, const char *id)
{
	if (!files_have(g->files, id) &&
	    rt_map_add(&g->seen, rt_sv_from(id), 0))
		rt_vec_push(&g->todo, id);
}

/* As the journal has it. */
static int recall(rt_ghosts *g, const char *id, retort_revision *rev,
		  retort_error *err)
{
	rt_arena *arena = rt_graph_arena(g->graph);
	const retort_journal_row *row;
	int rc;

	rc = rt_database_last_run(g->db, id, RETORT_OP_UPGRADE, "ok", arena,
				  &row, err);
	if (rc)
		return rc;
	if (!row)
		rt_str_addf(&g->unknown, "%s%s", g->unknown.n ? ", " : "", id);
	rev->message = rev->doc = "from the journal: its file is gone";
	rev->created = rev->path = "";
	rev->down = rt_names_split(
		arena, rt_sv_from(row ? row->down_revision : ""));
	rev->depends_on = rt_names_split(
		arena, rt_sv_from(row ? row->depends_on : ""));
	return 0;
}

/* As the finder has it.  Its labels may mean something else in the files. */
static void take(rt_ghosts *g, const retort_revision *from,
		 retort_revision *rev)
{
	rt_arena *arena = rt_graph_arena(g->graph);

	rev->message = rt_arena_strdup(arena, from->message);
	rev->doc = rt_arena_strdup(arena, from->doc);
	rev->created = rt_arena_strdup(arena, from->created);
	rev->path = rt_arena_strdup(arena, from->path);
	rev->down = rt_names_copy(arena, from->down);
	rev->depends_on = rt_names_copy(arena, from->depends_on);
}

static int summon(rt_ghosts *g, const char *id, retort_error *err)
{
	const retort_revision *known = NULL;
	retort_revision rev;
	size_t i;
	int rc = 0;

	memset(&rev, 0, sizeof(rev));
	rev.id = id;
	if (g->finder)
		rc = g->finder->find(g->finder->self, id, &known, err);
	if (!rc && known)
		take(g, known, &rev);
	else if (!rc)
		rc = recall(g, id, &rev, err);
	if (rc)
		return rc;
	for (i = 0; i < rev.down.n; i++)
		want(g, rev.down.v[i]);
	for (i = 0; i < rev.depends_on.n; i++)
		want(g, rev.depends_on.v[i]);
	return rt_graph_add(g->graph, &rev, err);
}

/* What could not be read is not known to this graph either. */
static void copy_problems(rt_ghosts *g)
{
	rt_arena *arena = rt_graph_arena(g->graph);
	const retort_problem *list;
	size_t i, n;

	list = retort_graph_problems(g->files, &n);
	for (i = 0; i < n; i++) {
		retort_problem p = list[i];

		p.path = rt_arena_strdup(arena, p.path);
		p.message = rt_arena_strdup(arena, p.message);
		if (p.revision)
			p.revision = rt_arena_strdup(arena, p.revision);
		rt_graph_add_problem(g->graph, &p);
	}
}

static int build(rt_ghosts *g, const retort_names *rows, bool strict,
		 retort_error *err)
{
	rt_arena *arena = rt_graph_arena(g->graph);
	size_t i;
	int rc = 0;

	for (i = 0; !rc && i < retort_graph_count(g->files); i++)
		rc = add_file(g->graph, retort_graph_at(g->files, i), err);
	copy_problems(g);
	for (i = 0; i < rows->n; i++)
		want(g, rt_arena_strdup(arena, rows->v[i]));
	for (i = 0; !rc && i < g->todo.n; i++)
		rc = summon(g, g->todo.v[i], err);
	if (!rc && strict && g->unknown.n)
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"applied, but neither a file nor the journal "
				"has it: %s",
				g->unknown.p);
	if (!rc)
		rc = rt_graph_seal(g->graph, err);
	return rc;
}

int rt_ghost_graph(retort_database *db, const retort_graph *files,
		   const retort_names *rows, const rt_ghost_finder *finder,
		   bool strict, retort_graph **graph, retort_error *err)
{
	rt_ghosts g = { db,          files,       finder,     rt_graph_new(),
			RT_MAP_INIT, RT_VEC_INIT, RT_STR_INIT };
	int rc;

	rc = build(&g, rows, strict, err);
	if (rc)
		retort_graph_free(g.graph);
	else
		*graph = g.graph;
	rt_map_free(&g.seen);
	rt_vec_free(&g.todo);
	rt_str_free(&g.unknown);
	return rc;
}

/* The first row without a file; rows->n if there is none. */
static size_t first_unknown(const retort_graph *files, const retort_names *rows)
{
	size_t i;

	for (i = 0; i < rows->n; i++)
		if (!files_have(files, rows->v[i]))
			break;
	return i;
}

bool rt_ghost_wanted(const retort_graph *files, const retort_names *rows)
{
	return first_unknown(files, rows) < rows->n;
}

void rt_ghost_explain(retort_database *db, const retort_graph *files,
		      const retort_names *rows, retort_error *err)
{
	retort_error local = RETORT_ERROR_INIT;
	rt_arena arena = RT_ARENA_INIT;
	const retort_journal_row *row;
	size_t i = first_unknown(files, rows);

	if (i == rows->n)
		return;
	rt_err_forget(err, RETORT_ERROR_NEXT);
	if (rt_database_last_run(db, rows->v[i], RETORT_OP_UPGRADE, "ok",
				 &arena, &row, &local) == 0 &&
	    row)
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "bring the file of %s back, or step back over it "
			     "with `retort downgrade` (the journal has its "
			     "down script, applied %s by %s), or set the rows "
			     "anew with `retort stamp --purge`",
			     rows->v[i], row->ended, row->who);
	else
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "bring the file of %s back (another branch has "
			     "it?), or set the rows anew with `retort stamp "
			     "--purge`; the journal does not know it",
			     rows->v[i]);
	retort_error_dispose(&local);
	rt_arena_free(&arena);
}
