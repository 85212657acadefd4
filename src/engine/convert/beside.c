/* SPDX-License-Identifier: MIT */
/*
 * Revisions on different branches that change one table, on SQLite: where
 * one makes the table anew, its SQL has the columns that there were when it
 * was translated.  In another order it would lose the other's, so that is
 * told; the proof knows one order only.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/convert/proof.h"
#include "text/sqltouch.h"

/* The name that a table has while it is made anew. */
static const char fresh[] = "retort_new_";

/* A revision and a table that it changes. */
typedef struct change {
	const retort_revision *rev;
	const char *table;
	bool anew;
} change;

typedef struct finder {
	retort_convert *c;
	size_t dialect;
	size_t *place; /* by index: in the order of the proof */
	RT_VEC(change) changes;
} finder;

static bool is_fresh(const char *name)
{
	return strncmp(name, fresh, sizeof(fresh) - 1) == 0;
}

static void add(finder *f, const retort_revision *rev, const char *table,
		bool anew)
{
	size_t i;

	for (i = f->changes.n; i-- > 0 && f->changes.v[i].rev == rev;)
		if (!strcmp(f->changes.v[i].table, table)) {
			f->changes.v[i].anew |= anew;
			return;
		}
	rt_vec_push(&f->changes, (change){ rev, table, anew });
}

/* Columns, names, triggers and indexes; rows do not matter. */
static void read_statement(finder *f, const retort_revision *rev, rt_sv sql)
{
	rt_touches touches = RT_VEC_INIT;
	bool index = false, anew = false;
	size_t i;

	rt_sql_touches(sql, RETORT_DIALECT_SQLITE, &f->c->arena, &touches);
	for (i = 0; i < touches.n; i++) {
		const rt_touch *t = &touches.v[i];

		index |= t->verb == RT_TOUCH_CREATE &&
			 !strcmp(t->kind, "index");
		anew |= t->verb == RT_TOUCH_RENAME && is_fresh(t->name);
	}
	for (i = 0; i < touches.n; i++) {
		const rt_touch *t = &touches.v[i];
		bool changes = t->verb == RT_TOUCH_ADD ||
			       t->verb == RT_TOUCH_ALTER ||
			       t->verb == RT_TOUCH_RENAME ||
			       t->verb == RT_TOUCH_BECOME ||
			       t->verb == RT_TOUCH_FIRE ||
			       (index && t->verb == RT_TOUCH_USE);

		if (changes && t->space == RT_TOUCH_SPACE_RELATION &&
		    !is_fresh(t->name))
			add(f, rev, t->name,
			    anew && t->verb == RT_TOUCH_BECOME);
	}
	rt_vec_free(&touches);
}

static void read_revision(finder *f, const rt_convert_revision *r)
{
	size_t way, i;

	for (way = 0; way < 2; way++) {
		const retort_script *script =
			r->bodies[f->dialect][way].script;

		for (i = 0; script && i < retort_script_count(script); i++) {
			const retort_statement *s =
				retort_script_statement(script, i);

			read_statement(f, r->from,
				       (rt_sv){ s->sql, s->length });
		}
	}
}

static bool is_behind(const retort_convert *c, const retort_revision *what,
		      const retort_revision *rev)
{
	bool *behind = rt_calloc(c->n + 1, sizeof(*behind));
	bool is = !retort_graph_applied(c->graph,
					&(retort_names){ &rev->id, 1 }, behind,
					NULL) && behind[what->index];

	free(behind);
	return is;
}

static void compare(finder *f, const change *a, const change *b,
		    rt_convert_notes *notes)
{
	bool first = f->place[a->rev->index] < f->place[b->rev->index];

	if (is_behind(f->c, a->rev, b->rev) || is_behind(f->c, b->rev, a->rev))
		return;
	rt_vec_push(notes, rt_arena_strf(&f->c->arena,
		    "keep the order %s, %s, which are on different branches: "
		    "%s makes table %s anew as it %s",
		    first ? a->rev->id : b->rev->id,
		    first ? b->rev->id : a->rev->id, a->rev->id, a->table,
		    first ? "was before the other" : "is behind the other"));
}

/* One line: nothing is beside anything. */
static bool is_line(const retort_graph *graph)
{
	retort_list bases = RETORT_LIST_INIT, points = RETORT_LIST_INIT;
	bool line;

	retort_graph_bases(graph, false, &bases);
	retort_graph_branch_points(graph, &points);
	line = bases.n < 2 && points.n == 0;
	retort_list_dispose(&bases);
	retort_list_dispose(&points);
	return line;
}

void rt_convert_beside(retort_convert *c, size_t dialect,
		       rt_convert_notes *notes)
{
	finder f = { .c = c, .dialect = dialect };
	size_t i, k, limit = notes->n + RT_CONVERT_BESIDE;

	if (is_line(c->graph))
		return;
	f.place = rt_calloc(c->n + 1, sizeof(*f.place));
	for (i = 0; i < c->n; i++) {
		f.place[retort_plan_step(c->plans[0], i)->node->index] = i;
		read_revision(&f, &c->revisions[i]);
	}
	for (i = 0; i < f.changes.n; i++)
		for (k = 0; k < f.changes.n && notes->n < limit; k++) {
			const change *a = &f.changes.v[i];
			const change *b = &f.changes.v[k];

			if (a->anew && a->rev != b->rev &&
			    (!b->anew || i < k) && !strcmp(a->table, b->table))
				compare(&f, a, b, notes);
		}
	rt_vec_free(&f.changes);
	free(f.place);
}
