/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <retort/overlap.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/vec.h"

enum {
	OVERLAPS_MAX = 1000,
	PAIRS_MAX = 100000 /* looked at, per object */
};

/* A touch and what it touches. */
struct entry {
	retort_touch touch;
	const char *object, *name;
	bool relation; /* tables, views, indexes share their names */
};

struct retort_overlaps {
	rt_arena arena;
	RT_VEC(struct entry) entries;
	RT_VEC(retort_overlap) found;
	RT_VEC(const char *) unread;
	/* while reading */
	retort_touch now;
};

/* --- reading ------------------------------------------------------------- */

static bool is_relation(const char *object)
{
	static const char *const words[] = { "table", "view", "index",
					     "materialized view",
					     "sequence" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], object))
			return true;
	return false;
}

static void add_object(void *self, const retort_sql_object *object)
{
	retort_overlaps *o = self;
	struct entry e = { o->now, object->kind, NULL, false };

	e.name = rt_arena_strdup(&o->arena, object->name);
	e.touch.verb = object->verb;
	e.touch.column = rt_arena_strdup(&o->arena, object->column);
	e.relation = is_relation(object->kind);
	rt_vec_push(&o->entries, e);
}

static void read_revision(retort_overlaps *o, retort_project *project,
			  const retort_revision *rev, uint64_t sides)
{
	retort_dialect dialect = retort_project_dialect(project);
	const char *id = rt_arena_strdup(&o->arena, rev->id);
	retort_script *script = NULL;
	size_t i;

	if (retort_project_script(project, rev, RETORT_OP_UPGRADE, dialect,
				  &script, NULL)) {
		rt_vec_push(&o->unread, id);
		return;
	}
	for (i = 0; i < retort_script_count(script); i++) {
		const retort_statement *s = retort_script_statement(script, i);
		rt_sv sql = { s->sql, s->length };

		o->now = (retort_touch){ .revision = id, .sides = sides };
		o->now.sql = rt_arena_strsv(&o->arena, sql);
		retort_sql_objects(s->sql, s->length, dialect, add_object, o);
	}
	retort_script_free(script);
}

/* --- comparing ----------------------------------------------------------- */

static bool is_data(retort_sql_verb verb)
{
	return verb == RETORT_SQL_INSERT || verb == RETORT_SQL_UPDATE ||
	       verb == RETORT_SQL_DELETE;
}

static bool makes(retort_sql_verb verb)
{
	return verb == RETORT_SQL_CREATE || verb == RETORT_SQL_RENAME;
}

/* False where two touches do not get in each other's way. */
static bool judge(const retort_touch *a, const retort_touch *b,
		  retort_overlap_kind *kind)
{
	bool uses = a->verb == RETORT_SQL_USE || b->verb == RETORT_SQL_USE;

	if (a->verb == RETORT_SQL_USE && b->verb == RETORT_SQL_USE)
		return false;
	if (makes(a->verb) && makes(b->verb))
		*kind = RETORT_OVERLAP_NAME;
	else if (a->verb == RETORT_SQL_DROP || b->verb == RETORT_SQL_DROP)
		*kind = RETORT_OVERLAP_DROP;
	else if (is_data(a->verb) || is_data(b->verb))
		*kind = RETORT_OVERLAP_DATA;
	else if (*a->column && !strcmp(a->column, b->column))
		*kind = RETORT_OVERLAP_COLUMN;
	else
		*kind = RETORT_OVERLAP_ORDER;
	return !(uses && *kind == RETORT_OVERLAP_DATA);
}

static int by_object(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int order = strcmp(a->name, b->name);

	if (order == 0 && a->relation != b->relation)
		order = a->relation ? -1 : 1;
	if (order == 0 && !a->relation)
		order = strcmp(a->object, b->object);
	if (order == 0 && a->touch.sides != b->touch.sides)
		order = a->touch.sides < b->touch.sides ? -1 : 1;
	return order ? order : strcmp(a->touch.revision, b->touch.revision);
}

static bool same_object(const struct entry *a, const struct entry *b)
{
	return !strcmp(a->name, b->name) && a->relation == b->relation &&
	       (a->relation || !strcmp(a->object, b->object));
}

/* The object's own kind rather than that of one who refers to it. */
static const char *object_of(const struct entry *a, const struct entry *b)
{
	return a->touch.verb == RETORT_SQL_USE ? b->object : a->object;
}

/* Remember it, unless these two revisions have a worse one there. */
static void add_overlap(retort_overlaps *o, size_t first,
			const struct entry *a, const struct entry *b,
			retort_overlap_kind kind)
{
	retort_overlap found = { kind, object_of(a, b), a->name, a->touch,
				 b->touch };
	size_t i;

	for (i = first; i < o->found.n; i++) {
		retort_overlap *old = &o->found.v[i];

		if (old->a.revision != a->touch.revision ||
		    old->b.revision != b->touch.revision)
			continue;
		if (kind < old->kind)
			*old = found;
		return;
	}
	if (o->found.n < OVERLAPS_MAX)
		rt_vec_push(&o->found, found);
}

/* All pairs of one object's entries that are on different sides. */
static void compare(retort_overlaps *o, const struct entry *e, size_t n)
{
	size_t first = o->found.n, i, k, pairs = 0;
	retort_overlap_kind kind;

	for (i = 0; i < n; i++)
		for (k = i + 1; k < n && pairs < PAIRS_MAX; k++, pairs++)
			if (!(e[i].touch.sides & e[k].touch.sides) &&
			    judge(&e[i].touch, &e[k].touch, &kind))
				add_overlap(o, first, &e[i], &e[k], kind);
}

static int by_kind(const void *x, const void *y)
{
	const retort_overlap *a = x, *b = y;
	int order = (int)a->kind - (int)b->kind;

	if (order == 0)
		order = strcmp(a->name, b->name);
	if (order == 0)
		order = strcmp(a->a.revision, b->a.revision);
	return order ? order : strcmp(a->b.revision, b->b.revision);
}

static void compare_all(retort_overlaps *o)
{
	struct entry *e = o->entries.v;
	size_t i, from = 0, n = o->entries.n;

	if (n)
		qsort(e, n, sizeof(*e), by_object);
	for (i = 1; i <= n; i++) {
		if (i < n && same_object(&e[from], &e[i]))
			continue;
		compare(o, e + from, i - from);
		from = i;
	}
	if (o->found.n)
		qsort(o->found.v, o->found.n, sizeof(*o->found.v), by_kind);
}

int retort_overlaps_find(retort_project *project, const retort_names *heads,
			 retort_overlaps **overlaps, retort_error *err)
{
	retort_divergence d = RETORT_DIVERGENCE_INIT;
	const retort_graph *graph;
	size_t i;
	int rc;

	*overlaps = NULL;
	rc = retort_project_graph(project, &graph, err);
	if (!rc)
		rc = retort_graph_divergence(graph, heads, &d, err);
	if (rc)
		return rc;
	*overlaps = rt_calloc(1, sizeof(**overlaps));
	for (i = 0; i < d.own.n; i++)
		read_revision(*overlaps, project, d.own.v[i], d.sides[i]);
	compare_all(*overlaps);
	retort_divergence_dispose(&d);
	return 0;
}

void retort_overlaps_free(retort_overlaps *overlaps)
{
	if (!overlaps)
		return;
	rt_vec_free(&overlaps->entries);
	rt_vec_free(&overlaps->found);
	rt_vec_free(&overlaps->unread);
	rt_arena_free(&overlaps->arena);
	free(overlaps);
}

size_t retort_overlaps_count(const retort_overlaps *overlaps)
{
	return overlaps->found.n;
}

const retort_overlap *retort_overlaps_at(const retort_overlaps *overlaps,
					 size_t i)
{
	return i < overlaps->found.n ? &overlaps->found.v[i] : NULL;
}

retort_names retort_overlaps_unread(const retort_overlaps *overlaps)
{
	return (retort_names){ overlaps->unread.v, overlaps->unread.n };
}

const char *retort_overlap_word(retort_overlap_kind kind)
{
	static const char *const words[] = {
#define WORD(name, word, text) word,
		RETORT_OVERLAPS(WORD)
#undef WORD
	};

	return words[kind];
}

const char *retort_overlap_text(retort_overlap_kind kind)
{
	static const char *const texts[] = {
#define TEXT(name, word, text) text,
		RETORT_OVERLAPS(TEXT)
#undef TEXT
	};

	return texts[kind];
}
