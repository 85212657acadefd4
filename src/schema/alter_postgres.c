/* SPDX-License-Identifier: MIT */
/* Changing PostgreSQL's schemas: the order of the statements. */
#include "config.h"

#include "schema/alter_postgres.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "schema/dialect.h"

bool rt_pg_changed(const rt_pg_plan *p, size_t after, rt_property property)
{
	return (p->changed[after] >> property & 1) != 0;
}

bool rt_pg_is_new(const rt_pg_plan *p, size_t after)
{
	size_t x = p->diff->before_of[after];
	size_t parent = p->after->v[after].parent;

	if (parent != RT_NO_OBJECT && rt_pg_is_new(p, parent))
		return true;
	return x == RT_NO_OBJECT || p->fate[x] != RT_PG_KEEP;
}

void rt_pg_refuse(rt_pg_plan *p, size_t after, rt_property property)
{
	rt_str name = RT_STR_INIT;

	if (p->rc)
		return;
	rt_object_name(&name, p->after, after);
	p->rc = rt_err_set(p->err, RETORT_EUNSUPPORTED,
			   "no statement changes the %s of %s %s",
			   rt_property_word(property),
			   retort_kind_word(p->after->v[after].kind), name.p);
	rt_err_field(p->err, RETORT_ERROR_NEXT,
		     "write the revision by hand: make a new %s and copy what "
		     "the old one holds",
		     retort_kind_word(p->after->v[after].kind));
	rt_str_free(&name);
}

void rt_pg_alter(rt_str *out, const retort_schema *s, size_t object)
{
	rt_str_add(out, "ALTER ");
	rt_pg_whole_name(out, s, object);
	rt_str_addc(out, ' ');
}

enum { LONGEST_NAME = 63 };

void rt_pg_aside_name(rt_str *out, const retort_schema *s, size_t object)
{
	static const char suffix[] = "_before";

	rt_str_addf(out, "%.*s%s", LONGEST_NAME - (int)strlen(suffix),
		    s->v[object].name, suffix);
}

bool rt_pg_owner_goes(const rt_pg_plan *p, size_t sequence)
{
	const char *owner = rt_pg_text(p->before, sequence,
				       RT_PROPERTY_OWNED_BY);
	rt_str name = RT_STR_INIT;
	bool found = false;
	size_t x;

	for (x = 0; *owner && x < p->before->n && !found; x++) {
		if (p->before->v[x].kind != RETORT_KIND_COLUMN ||
		    (p->fate[x] != RT_PG_GONE && p->fate[x] != RT_PG_REDO))
			continue;
		rt_str_clear(&name);
		rt_object_sql(&name, p->before, p->before->v[x].parent);
		rt_str_addc(&name, '.');
		rt_pg_name(&name, p->before, x);
		found = !strcmp(name.p, owner);
	}
	rt_str_free(&name);
	return found;
}

/* Step 1, for one object. */
static void loosen(rt_pg_plan *p, size_t x)
{
	rt_str sql = RT_STR_INIT;

	switch (p->before->v[x].kind) {
	case RETORT_KIND_TABLE:
	case RETORT_KIND_FOREIGN_TABLE:
		if (p->fate[x] == RT_PG_KEEP)
			rt_pg_loosen_table(p, x);
		break;
	case RETORT_KIND_DOMAIN:
		if (p->fate[x] != RT_PG_KEEP || !p->bare[x])
			break;
		rt_pg_alter(&sql, p->before, x);
		rt_ddl_add(p->out, "%sDROP DEFAULT", sql.p);
		break;
	case RETORT_KIND_SEQUENCE:
		if (p->fate[x] != RT_PG_KEEP || !rt_pg_owner_goes(p, x))
			break;
		rt_pg_alter(&sql, p->before, x);
		rt_ddl_add(p->out, "%sOWNED BY NONE", sql.p);
		break;
	default:
		break;
	}
	rt_str_free(&sql);
}

/* DROP …, or ALTER TABLE … DROP CONSTRAINT. */
static void drop(rt_pg_plan *p, size_t x, const char *aside)
{
	const rt_object *o = &p->before->v[x];
	rt_str sql = RT_STR_INIT, name = RT_STR_INIT;
	rt_ddl *ddl;

	if (o->kind >= RETORT_KIND_PRIMARY_KEY &&
	    o->kind <= RETORT_KIND_FOREIGN_KEY) {
		rt_pg_alter(&sql, p->before, o->parent);
		rt_pg_name(&name, p->before, x);
		rt_ddl_add(p->out, "%sDROP CONSTRAINT %s", sql.p, name.p);
	} else if (aside) {
		rt_str_addf(&sql, "%s ", rt_pg_kind_word(o->kind));
		if (strcmp(o->schema, "public")) {
			rt_dialect_identifier(&sql, p->before->dialect,
					      rt_sv_from(o->schema));
			rt_str_addc(&sql, '.');
		}
		rt_dialect_identifier(&sql, p->before->dialect,
				      rt_sv_from(aside));
		rt_ddl_add(p->out, "DROP %s", sql.p);
	} else {
		rt_pg_whole_name(&sql, p->before, x);
		ddl = rt_ddl_add(p->out, "DROP %s", sql.p);
		if (o->kind == RETORT_KIND_TABLE) {
			ddl->lossy = true;
			ddl->note = "drops the table's rows";
		}
	}
	rt_str_free(&sql);
	rt_str_free(&name);
}

static bool in_tail(const rt_pg_plan *p, size_t x)
{
	const rt_object *o = &p->before->v[x];

	return p->online && o->kind == RETORT_KIND_INDEX &&
	       p->fate[o->parent] == RT_PG_KEEP &&
	       !rt_pg_has(p->before, o->parent, RT_PROPERTY_PARTITION_BY);
}

static void drop_concurrently(rt_pg_plan *p, size_t x)
{
	rt_str name = RT_STR_INIT;

	rt_pg_whole_name(&name, p->before, x);
	rt_ddl_add(&p->tail, "DROP INDEX CONCURRENTLY %s",
		   name.p + strlen("INDEX "))->autocommit = true;
	rt_str_free(&name);
}

/* A part of a table that goes is in the way where something that it needs
 * goes before the table: that which stands later in the order. */
static bool holds(const rt_pg_plan *p, size_t x, const size_t *place)
{
	const rt_object *o = &p->before->v[x];
	size_t k;

	if (rt_create_is_inline(p->before, x))
		return false;
	for (k = 0; k < o->n_needs; k++) {
		size_t carrier = rt_create_carrier(p->before, o->needs[k]);

		if (p->fate[o->needs[k]] != RT_PG_KEEP &&
		    place[carrier] > place[o->parent])
			return true;
	}
	return false;
}

/* Step 2, for one object. */
static void drop_early(rt_pg_plan *p, size_t x, const size_t *place)
{
	const rt_object *o = &p->before->v[x];
	bool rides = o->parent != RT_NO_OBJECT &&
		     p->fate[o->parent] != RT_PG_KEEP &&
		     p->fate[o->parent] != RT_PG_ASIDE && !holds(p, x, place);

	if (p->fate[x] == RT_PG_KEEP || p->fate[x] == RT_PG_ASIDE) {
		rt_pg_drop_parts(p, x);
		return;
	}
	if (rides || p->fate[x] == RT_PG_TAKEN || p->late[x] ||
	    (o->kind == RETORT_KIND_SEQUENCE && rt_pg_owner_goes(p, x)))
		return;
	if (in_tail(p, x))
		drop_concurrently(p, x);
	else
		drop(p, x, NULL);
}

/* A type that goes and whose name is wanted by what comes. */
static bool name_is_wanted(const rt_pg_plan *p, size_t x)
{
	const rt_object *o = &p->before->v[x];
	size_t y;

	for (y = 0; y < p->after->n; y++)
		if (p->after->v[y].parent == RT_NO_OBJECT &&
		    p->diff->before_of[y] == RT_NO_OBJECT &&
		    !strcmp(p->after->v[y].name, o->name) &&
		    !strcmp(p->after->v[y].schema, o->schema))
			return true;
	return false;
}

static bool is_renamed(const rt_pg_plan *p, size_t x)
{
	retort_kind kind = p->before->v[x].kind;

	return p->fate[x] == RT_PG_ASIDE ||
	       (p->late[x] && p->before->v[x].parent == RT_NO_OBJECT &&
		kind >= RETORT_KIND_COLLATION && kind <= RETORT_KIND_RANGE &&
		name_is_wanted(p, x));
}

static void set_aside(rt_pg_plan *p, size_t x)
{
	rt_str sql = RT_STR_INIT, name = RT_STR_INIT, quoted = RT_STR_INIT;

	rt_pg_alter(&sql, p->before, x);
	rt_pg_aside_name(&name, p->before, x);
	rt_dialect_identifier(&quoted, p->before->dialect,
			      rt_sv_from(name.p));
	rt_ddl_add(p->out, "%sRENAME TO %s", sql.p, quoted.p);
	rt_str_free(&sql);
	rt_str_free(&name);
	rt_str_free(&quoted);
}

static void drop_late(rt_pg_plan *p, size_t x)
{
	rt_str name = RT_STR_INIT;

	if (is_renamed(p, x)) {
		rt_pg_aside_name(&name, p->before, x);
		drop(p, x, name.p);
	} else if (p->late[x]) {
		drop(p, x, NULL);
	}
	rt_str_free(&name);
}

/* Step 3, for one object that is no inline part. */
static void make_or_alter(rt_pg_plan *p, size_t y)
{
	size_t parent = p->after->v[y].parent;
	retort_kind kind = p->after->v[y].kind;

	if (!rt_pg_is_new(p, y)) {
		if (kind == RETORT_KIND_TABLE ||
		    kind == RETORT_KIND_FOREIGN_TABLE)
			rt_pg_alter_table(p, p->diff->before_of[y], y);
		else
			rt_pg_alter_other(p, p->diff->before_of[y], y);
	} else if (parent != RT_NO_OBJECT && !rt_pg_is_new(p, parent)) {
		rt_pg_make(p, y);
	} else if (kind != RETORT_KIND_SEQUENCE ||
		   !rt_pg_take_from_serial(p, y)) {
		rt_create(p->after, y, p->out);
	}
}

static void write_statements(rt_pg_plan *p)
{
	size_t n_before, n_after, i;
	size_t *old = rt_create_order(p->before, &n_before);
	size_t *new = rt_create_order(p->after, &n_after);
	size_t *place = rt_calloc(p->before->n + 1, sizeof(*place));

	for (i = 0; i < n_before; i++)
		place[old[i]] = i;
	for (i = 0; i < n_before; i++)
		loosen(p, old[i]);
	for (i = n_before; i-- > 0;)
		drop_early(p, old[i], place);
	for (i = 0; i < n_before; i++)
		if (is_renamed(p, old[i]))
			set_aside(p, old[i]);
	for (i = 0; i < n_after; i++)
		make_or_alter(p, new[i]);
	for (i = n_before; i-- > 0;)
		drop_late(p, old[i]);
	free(old);
	free(new);
	free(place);
}

/* The statements that come last: a note or a text is in the arena of its
 * list. */
static void append_tail(rt_pg_plan *p)
{
	size_t i;

	for (i = 0; i < p->tail.list.n; i++) {
		const rt_ddl *from = &p->tail.list.v[i];
		rt_ddl *to = rt_ddl_add(p->out, "%s", from->sql);

		to->autocommit = from->autocommit;
		to->lossy = from->lossy;
		if (from->note)
			to->note = rt_arena_strdup(&p->out->arena, from->note);
	}
}

static void fill_changed(rt_pg_plan *p)
{
	size_t i;

	for (i = 0; i < p->diff->n; i++)
		if (p->diff->v[i].before != RT_NO_OBJECT &&
		    p->diff->v[i].after != RT_NO_OBJECT)
			p->changed[p->diff->v[i].after] =
				p->diff->v[i].changed;
}

static int pg_alter(const retort_diff *diff, const rt_alter_options *options,
		    rt_ddl_list *out, retort_error *err)
{
	size_t n = diff->before->n + 1, m = diff->after->n + 1;
	rt_pg_plan p = {
		.diff = diff,
		.before = diff->before,
		.after = diff->after,
		.online = options && options->online,
		.out = out,
		.tail = RT_DDL_LIST_INIT,
		.err = err,
	};

	p.fate = rt_calloc(n, sizeof(*p.fate));
	p.disturbed = rt_calloc(n, sizeof(*p.disturbed));
	p.bare = rt_calloc(n, sizeof(*p.bare));
	p.late = rt_calloc(n, sizeof(*p.late));
	p.changed = rt_calloc(m, sizeof(*p.changed));
	fill_changed(&p);
	rt_pg_decide(&p);
	if (p.rc == 0)
		write_statements(&p);
	if (p.rc == 0)
		append_tail(&p);
	free(p.fate);
	free(p.disturbed);
	free(p.bare);
	free(p.late);
	free(p.changed);
	rt_ddl_list_free(&p.tail);
	return p.rc;
}

const rt_alterer rt_alterer_postgres = {
	.dialect = RETORT_DIALECT_POSTGRESQL,
	.alter = pg_alter,
};
