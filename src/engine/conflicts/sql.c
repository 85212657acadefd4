/* SPDX-License-Identifier: MIT */
/* Reading what the revisions of both sides do, and putting it together. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fs.h"
#include "engine/conflicts/sql.h"
#include "revfmt/format.h"

enum {
	PAIRS_MAX = 100000, /* looked at, per object */
	FINDINGS_MAX = 1000
};

struct table {
	rt_contest *c;
	rt_arena arena;
	RT_VEC(rt_act) acts;
	rt_map own[3];  /* by side: what it has made so far */
	size_t order;
	/* while a statement is read */
	unsigned side;
	const rt_leaf *leaf;
	rt_touches touches;
	rt_search_path path;
	size_t found;
};

/* --- order --------------------------------------------------------------- */

struct sorter {
	const rt_side *side;
	rt_map index; /* of the own ids */
	size_t *next; /* the parent that comes next; SIZE_MAX = done */
	RT_VEC(size_t) way;
	rt_vcs_ids *out;
	const retort_names *own;
};

/* Go on with the revision on top of the way: to a parent, or off. */
static void sort_step(struct sorter *s)
{
	size_t at = s->way.v[s->way.n - 1];
	const retort_names *down =
		&rt_side_find(s->side, s->own->v[at])->rev->down;
	const rt_map_entry *e;

	while (s->next[at] < down->n) {
		e = rt_map_find(&s->index,
				rt_sv_from(down->v[s->next[at]++]));
		/* one that is on the way is in a cycle, told elsewhere */
		if (e && !s->next[e->value]) {
			rt_vec_push(&s->way, e->value);
			return;
		}
	}
	rt_vec_push(s->out, s->own->v[at]);
	s->next[at] = SIZE_MAX;
	s->way.n--;
}

/* Own revisions, parents first. */
static void sort_own(const rt_side *side, const retort_names *own,
		     rt_vcs_ids *out)
{
	struct sorter s = { .side = side, .own = own, .out = out };
	size_t i;

	s.next = rt_calloc(own->n + 1, sizeof(*s.next));
	for (i = 0; i < own->n; i++)
		rt_map_add(&s.index, rt_sv_from(own->v[i]), i);
	for (i = 0; i < own->n; i++) {
		if (s.next[i])
			continue;
		rt_vec_push(&s.way, i);
		while (s.way.n)
			sort_step(&s);
	}
	rt_vec_free(&s.way);
	rt_map_free(&s.index);
	free(s.next);
}

/* --- reading ------------------------------------------------------------- */

/* A name is known by its space and the name. */
static rt_sv key_of(struct table *t, const rt_touch *touch)
{
	return rt_sv_from(rt_arena_strf(&t->arena, "%d %s", (int)touch->space,
					touch->name));
}

/*
 * A side's own objects are its own business: no other side can touch what it
 * does not have.  What is made and taken away again (the new table of a
 * rebuild) has never been there.
 */
static void mark_own(struct table *t, rt_act *act)
{
	rt_map *own = &t->own[act->side];
	bool whole = !*act->touch.part;
	rt_sv key = key_of(t, &act->touch);
	rt_map_entry *e = rt_map_find(own, key);
	bool is_own = e && e->value != SIZE_MAX;

	if (whole && (act->touch.verb == RT_TOUCH_CREATE ||
		      act->touch.verb == RT_TOUCH_BECOME)) {
		if (e)
			e->value = t->acts.n;
		else
			rt_map_add(own, key, t->acts.n);
		return;
	}
	act->own = is_own;
	if (is_own && whole && (act->touch.verb == RT_TOUCH_DROP ||
				act->touch.verb == RT_TOUCH_RENAME)) {
		t->acts.v[e->value].own = true;
		e->value = SIZE_MAX;
	}
}

static void add_act(struct table *t, const rt_touch *touch, int line,
		    const char *sql)
{
	rt_act act = { *touch, t->side, t->leaf, line, sql, t->order++,
		       false };

	if (touch->verb == RT_TOUCH_OPAQUE) {
		rt_contest_limit(t->c, "%s runs %s (%s:%d): what that does, "
				 "its text does not tell", t->leaf->rev->id,
				 touch->name, t->leaf->path, line);
		return;
	}
	mark_own(t, &act);
	rt_vec_push(&t->acts, act);
}

static void read_statement(struct table *t, rt_sv text, int line,
			   retort_dialect dialect)
{
	const char *sql = rt_arena_strsv(&t->arena, text);
	size_t i;

	t->touches.n = 0;
	rt_sql_touches(text, dialect, &t->arena, &t->touches);
	if (dialect != RETORT_DIALECT_SQLITE) {
		rt_search_path_read(&t->path, text, &t->arena);
		rt_search_path_apply(&t->path, &t->touches, &t->arena);
	}
	for (i = 0; i < t->touches.n; i++)
		add_act(t, &t->touches.v[i], line, sql);
}

static int read_section(struct table *t, const rt_format *format,
			const char *path, rt_sv text,
			const rt_section *section, retort_error *err)
{
	retort_dialect dialect = section->dialect != RETORT_DIALECT_ANY
					 ? section->dialect
					 : t->c->dialect;
	rt_sql_statements list = RT_VEC_INIT;
	int line, column;
	size_t i;
	int rc = format->statements(path, text, section, dialect, &list, err);

	for (i = 0; i < list.n && !rc; i++) {
		rt_sv_position(text, list.v[i].offset, &line, &column);
		read_statement(t, list.v[i].sql, line, dialect);
	}
	rt_vec_free(&list);
	return rc;
}

/* A file that only says how to make its statements. */
static int read_body(struct table *t, const rt_format *format,
		     const char *path, rt_sv text, retort_error *err)
{
	const rt_alembic_env env = {
		.dialect = t->c->dialect == RETORT_DIALECT_SQLITE ?
			RETORT_DIALECT_SQLITE : RETORT_DIALECT_POSTGRESQL,
		.upgrade = true
	};
	rt_arena arena = RT_ARENA_INIT;
	rt_body_text body;
	size_t i;
	int rc = format->body(&arena, path, text, &env, &body, err);

	for (i = 0; !rc && i < body.n; i++) {
		const retort_statement *from = &body.statements[i];

		read_statement(t, (rt_sv){ from->sql, from->length },
			       from->line, t->c->dialect);
	}
	rt_arena_free(&arena);
	return rc;
}

/* The sections that count: the one of the dialect; all if there is none. */
static int read_sections(struct table *t, const rt_format *format,
			 const char *path, rt_sv text, retort_error *err)
{
	rt_sections sections = RT_VEC_INIT;
	const rt_section *one;
	size_t i;
	int rc;

	if (format->body)
		return read_body(t, format, path, text, err);
	rc = format->sections(path, text, &sections, err);
	one = rt_native_section_for(&sections, true, t->c->dialect);
	if (!rc && (one || t->c->dialect != RETORT_DIALECT_ANY))
		rc = one ? read_section(t, format, path, text, one, err) : 0;
	else
		for (i = 0; i < sections.n && !rc; i++)
			if (sections.v[i].up)
				rc = read_section(t, format, path, text,
						  &sections.v[i], err);
	rt_vec_free(&sections);
	return rc;
}

/* Tables that go with the transaction: behind it they have never been. */
static void forget_passing(struct table *t, size_t first)
{
	rt_map_entry *e;

	for (; first < t->acts.n; first++) {
		rt_act *act = &t->acts.v[first];

		if (!(act->touch.flags & RT_TOUCH_PASSING))
			continue;
		act->own = true;
		e = rt_map_find(&t->own[act->side], key_of(t, &act->touch));
		if (e)
			e->value = SIZE_MAX;
	}
}

/* SQL that cannot be read is no reason to say nothing of the rest. */
static int read_leaf(struct table *t, const rt_leaf *leaf)
{
	const rt_format *format = rt_format_of(rt_fs_basename(leaf->path));
	retort_error own = RETORT_ERROR_INIT;
	rt_str text = RT_STR_INIT;
	size_t first;
	int rc = rt_vcs_read(t->c->b->vcs, leaf->blob, leaf->path, &text,
			     t->c->err);

	t->leaf = leaf;
	t->path.schemas.n = 0;
	first = t->acts.n;
	if (!rc && read_sections(t, format, leaf->path, rt_str_sv(&text),
				 &own))
		rt_contest_limit(t->c, "the SQL of %s (%s:%d) cannot be "
				 "read: %s", leaf->rev->id, leaf->path,
				 own.line, own.message ? own.message : "-");
	forget_passing(t, first);
	retort_error_dispose(&own);
	rt_str_free(&text);
	return rc;
}

static int read_side(struct table *t, const rt_side *side, unsigned which,
		     const retort_names *own)
{
	rt_vcs_ids order = RT_VEC_INIT;
	size_t i;
	int rc = 0;

	t->side = which;
	sort_own(side, own, &order);
	for (i = 0; i < order.n && !rc; i++)
		rc = read_leaf(t, rt_side_find(side, order.v[i]));
	rt_vec_free(&order);
	return rc;
}

/* --- comparing ----------------------------------------------------------- */

static int by_object(const void *x, const void *y)
{
	const rt_act *a = x, *b = y;
	int order = (int)a->touch.space - (int)b->touch.space;

	if (!order)
		order = strcmp(a->touch.name, b->touch.name);
	if (!order)
		order = (int)a->side - (int)b->side;
	return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

static const struct clash_text {
	retort_conflict_id id;
	bool note;
	const char *why, *next;
} texts[] = {
#define TEXT(name, id, note, why, next)                                       \
	{ RETORT_CONFLICT_##id, note, why, next },
	RT_CLASHES(TEXT)
#undef TEXT
};

/* "column users.email", "table users", "index i". */
static const char *describe(struct table *t, const rt_act *a)
{
	const rt_touch *touch = &a->touch;

	if (touch->space == RT_TOUCH_SPACE_DEFAULT ||
	    touch->space == RT_TOUCH_SPACE_GRANT)
		return rt_arena_strf(&t->arena, "%s of %s", touch->kind,
				     touch->name);
	if (touch->space == RT_TOUCH_SPACE_OTHER)
		return touch->name;
	if (*touch->part && touch->part[0] != '=' && touch->part[0] != '*')
		return rt_arena_strf(&t->arena, "column %s.%s", touch->name,
				     touch->part);
	return rt_arena_strf(&t->arena, "%s %s", touch->kind, touch->name);
}

static void say(struct table *t, rt_str *out, const rt_act *a)
{
	rt_str_addf(out, "%s %s %s",
		    a->side == RETORT_OURS ? t->c->us : t->c->them,
		    rt_touch_word(a->touch.verb), describe(t, a));
}

/* One finding of an object: the first pair says what, all name files. */
struct hits {
	RT_VEC(const rt_act *) a, b;
};

static void report(struct table *t, rt_clash clash, const struct hits *hits)
{
	const struct clash_text *text = &texts[clash];
	const rt_act *a = hits->a.v[0], *b = hits->b.v[0];
	rt_finding f;
	size_t i;

	if (t->found++ >= FINDINGS_MAX)
		return;
	rt_finding_begin(&f, text->id);
	f.conflict.note = text->note;
	f.conflict.object = describe(
		t, a->touch.verb == RT_TOUCH_USE ? b : a);
	say(t, &f.message, a);
	rt_str_add(&f.message, ", ");
	say(t, &f.message, b);
	rt_str_addf(&f.message, ": %s", text->why);
	rt_str_add(&f.next, text->next);
	for (i = 0; i < hits->a.n; i++) {
		a = hits->a.v[i];
		b = hits->b.v[i];
		rt_finding_file(&f, a->side, a->leaf->path, a->line,
				a->leaf->rev->id);
		rt_finding_file(&f, b->side, b->leaf->path, b->line,
				b->leaf->rev->id);
	}
	rt_finding_end(&f, t->c);
}

enum { CLASHES = sizeof(texts) / sizeof(texts[0]), HITS_MAX = 16 };

/* Of each conflict id, only the worst of an object is told. */
static void report_all(struct table *t, struct hits *hits)
{
	bool told[RETORT_CONFLICT_COUNT] = { false };
	size_t i;

	for (i = 0; i < CLASHES; i++) {
		if (hits[i].a.n && !told[texts[i].id])
			report(t, (rt_clash)i, &hits[i]);
		told[texts[i].id] |= hits[i].a.n > 0;
		rt_vec_free(&hits[i].a);
		rt_vec_free(&hits[i].b);
	}
}

/* The acts on one object; ours come before theirs. */
static void compare(struct table *t, const rt_act *acts, size_t n)
{
	struct hits hits[CLASHES];
	size_t i, k, split = 0, pairs = 0;

	memset(hits, 0, sizeof(hits));
	while (split < n && acts[split].side == RETORT_OURS)
		split++;
	for (i = 0; i < split; i++)
		for (k = split; k < n && pairs < PAIRS_MAX; k++, pairs++) {
			rt_clash clash;

			if (acts[i].own || acts[k].own)
				continue;
			clash = rt_act_clash(&acts[i], &acts[k],
					     t->c->dialect);
			if (clash == RT_CLASH_NONE ||
			    hits[clash].a.n >= HITS_MAX)
				continue;
			rt_vec_push(&hits[clash].a, &acts[i]);
			rt_vec_push(&hits[clash].b, &acts[k]);
		}
	report_all(t, hits);
}

static void compare_all(struct table *t)
{
	rt_act *a = t->acts.v;
	size_t i, from = 0, n = t->acts.n;

	if (n)
		qsort(a, n, sizeof(*a), by_object);
	for (i = 1; i <= n; i++) {
		if (i < n && a[from].touch.space == a[i].touch.space &&
		    !strcmp(a[from].touch.name, a[i].touch.name))
			continue;
		compare(t, a + from, i - from);
		from = i;
	}
}

int rt_contest_sql(rt_contest *c)
{
	struct table t = { .c = c };
	const retort_names *ours = &c->out->ours.own;
	const retort_names *theirs = &c->out->theirs.own;
	int rc = 0;

	if (ours->n && theirs->n)
		rc = read_side(&t, c->ours, RETORT_OURS, ours);
	if (!rc && ours->n && theirs->n)
		rc = read_side(&t, c->theirs, RETORT_THEIRS, theirs);
	if (!rc)
		compare_all(&t);
	rt_map_free(&t.own[RETORT_OURS]);
	rt_map_free(&t.own[RETORT_THEIRS]);
	rt_vec_free(&t.acts);
	rt_vec_free(&t.touches);
	rt_vec_free(&t.path.schemas);
	rt_arena_free(&t.arena);
	return rc;
}
