/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "schema/alter_sqlite.h"
#include "schema/create_sqlite.h"
#include "schema/dialect.h"

static const char *text_of(const retort_schema *s, size_t object,
			   rt_property property)
{
	return rt_object_text(&s->v[object], property);
}

static void add_name(rt_str *out, const char *name)
{
	rt_dialect_identifier(out, RETORT_DIALECT_SQLITE, rt_sv_from(name));
}

static void note(rt_sqlite_alter *a, bool lossy, const char *text)
{
	rt_ddl *ddl = &a->out->list.v[a->out->list.n - 1];

	ddl->note = rt_arena_strdup(&a->out->arena, text);
	ddl->lossy = lossy;
}

/* --- ADD COLUMN, DROP COLUMN --------------------------------------------- */

static void add_column(rt_sqlite_alter *a, size_t table, size_t column)
{
	rt_str sql = RT_STR_INIT;
	size_t i;

	rt_str_add(&sql, "ALTER TABLE ");
	rt_object_sql(&sql, a->after, table);
	rt_str_add(&sql, " ADD COLUMN ");
	rt_sqlite_create_column(&sql, a->after, column);
	for (i = column + 1; i < a->after->n; i++)
		if (a->at_column[i] == column)
			rt_sqlite_create_at_column(&sql, a->after, i);
	rt_ddl_add(a->out, "%s", sql.p);
	rt_str_free(&sql);
}

static void drop_column(rt_sqlite_alter *a, size_t table, size_t column)
{
	rt_str sql = RT_STR_INIT, name = RT_STR_INIT;

	rt_object_sql(&sql, a->before, table);
	rt_object_sql(&name, a->before, column);
	rt_ddl_add(a->out, "ALTER TABLE %s DROP COLUMN %s", sql.p, name.p);
	if (!text_of(a->before, column, RT_PROPERTY_GENERATED)) {
		rt_str_clear(&sql);
		rt_str_add(&sql, "the values of ");
		rt_object_name(&sql, a->before, column);
		rt_str_add(&sql, " are lost");
		note(a, true, sql.p);
	}
	rt_str_free(&sql);
	rt_str_free(&name);
}

/* New ones first: a table cannot be without columns. */
void rt_sqlite_alter_columns(rt_sqlite_alter *a, size_t table)
{
	size_t before = a->diff->before_of[table], at = 0, i;

	while ((i = rt_schema_next(a->after, table, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT)
		if (a->diff->before_of[i] == RT_NO_OBJECT)
			add_column(a, table, i);
	at = 0;
	while ((i = rt_schema_next(a->before, before, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT)
		if (a->diff->after_of[i] == RT_NO_OBJECT)
			drop_column(a, before, i);
}

/* --- rebuild ------------------------------------------------------------- */

typedef struct rebuild {
	rt_sqlite_alter *a;
	size_t before, after;   /* the table */
	rt_str name, old, now;  /* plain; quoted; the new one's, quoted */
	rt_str now_plain;
	rt_str lost;            /* the columns whose values go */
} rebuild;

static bool is_taken(const retort_schema *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (rt_sv_is_nocase(rt_sv_from(s->v[i].name), name))
			return true;
	return false;
}

static void choose_names(rebuild *r)
{
	rt_str_add(&r->name, r->a->after->v[r->after].name);
	add_name(&r->old, r->name.p);
	rt_str_addf(&r->now_plain, "retort_new_%s", r->name.p);
	while (is_taken(r->a->before, r->now_plain.p) ||
	       is_taken(r->a->after, r->now_plain.p))
		rt_str_addc(&r->now_plain, '_');
	add_name(&r->now, r->now_plain.p);
}

/* A name of the rowid that no column has taken; NULL where all are. */
static const char *rowid_name(const rebuild *r)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };
	const retort_schema *b = r->a->before, *a = r->a->after;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (rt_schema_child(b, r->before, RETORT_KIND_COLUMN,
				    names[i]) == RT_NO_OBJECT &&
		    rt_schema_child(a, r->after, RETORT_KIND_COLUMN,
				    names[i]) == RT_NO_OBJECT)
			return names[i];
	return NULL;
}

/* The columns to fill, and what with. */
typedef struct copy {
	rt_str into, from;
	const char *separator;
} copy;

static void add_pair(copy *c, const char *into, const char *from)
{
	rt_str_add(&c->into, c->separator);
	rt_str_add(&c->from, c->separator);
	add_name(&c->into, into);
	add_name(&c->from, from);
	c->separator = ", ";
}

/*
 * The rowid is nobody's column, but full text indexes and the like know rows
 * by it.  Where a column is the rowid, that column brings it; a new one gets
 * what it was before.
 */
static void add_rowid(rebuild *r, copy *c)
{
	const retort_schema *b = r->a->before, *a = r->a->after;
	const char *name = rowid_name(r), *into = name;
	size_t key;

	if (!name || text_of(b, r->before, RT_PROPERTY_WITHOUT_ROWID) ||
	    text_of(a, r->after, RT_PROPERTY_WITHOUT_ROWID))
		return;
	if (rt_sqlite_has_rowid_column(a, r->after)) {
		key = rt_sqlite_key_column(a, r->after, &key);
		if (r->a->diff->before_of[key] != RT_NO_OBJECT)
			return;
		into = a->v[key].name;
	}
	add_pair(c, into, name);
}

/* Where no column is carried over, the rows are, with the first column's
 * default. */
static void add_filler(rebuild *r, copy *c)
{
	const char *standard;
	size_t at = 0, i;

	while ((i = rt_schema_next(r->a->after, r->after, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT)
		if (!text_of(r->a->after, i, RT_PROPERTY_GENERATED))
			break;
	if (i == RT_NO_OBJECT)
		return;
	standard = text_of(r->a->after, i, RT_PROPERTY_DEFAULT);
	add_name(&c->into, r->a->after->v[i].name);
	rt_str_add(&c->from, standard ? standard : "NULL");
}

static void pick_columns(rebuild *r, copy *c)
{
	size_t at = 0, i;

	add_rowid(r, c);
	while ((i = rt_schema_next(r->a->after, r->after, RETORT_KIND_COLUMN,
				   &at)) != RT_NO_OBJECT) {
		size_t old = r->a->diff->before_of[i];

		if (old != RT_NO_OBJECT &&
		    !text_of(r->a->after, i, RT_PROPERTY_GENERATED))
			add_pair(c, r->a->after->v[i].name,
				 r->a->before->v[old].name);
	}
	if (!*c->separator)
		add_filler(r, c);
}

/* ON CONFLICT IGNORE and REPLACE would let rows go without a word. */
static bool has_conflict_clause(const rebuild *r)
{
	const retort_schema *s = r->a->after;
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->v[i].parent == r->after &&
		    text_of(s, i, RT_PROPERTY_ON_CONFLICT))
			return true;
	return false;
}

/* What only rows can tell, and a scratch database has none. */
static const char *demand_of(const rebuild *r, size_t old, size_t now)
{
	const retort_schema *b = r->a->before, *a = r->a->after;

	if (!text_of(a, now, RT_PROPERTY_NOT_NULL))
		return NULL;
	if (old == RT_NO_OBJECT)
		return text_of(a, now, RT_PROPERTY_DEFAULT) ?
			       NULL :
			       "fails if there are rows: what should it be in "
			       "them?";
	return text_of(b, old, RT_PROPERTY_NOT_NULL) ? NULL :
						       "fails where it is NULL";
}

static void add_remark(rt_str *text, const char *column, const char *remark)
{
	if (remark)
		rt_str_addf(text, "%s%s: %s", text->n ? "; " : "", column,
			    remark);
}

static void note_copy(rebuild *r)
{
	const retort_schema *b = r->a->before, *a = r->a->after;
	rt_str text = RT_STR_INIT;
	size_t at = 0, i;
	bool lossy = false;

	while ((i = rt_schema_next(a, r->after, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		size_t old = r->a->diff->before_of[i];
		const char *loss = NULL;

		if (text_of(a, i, RT_PROPERTY_GENERATED))
			continue;
		if (old != RT_NO_OBJECT &&
		    !text_of(b, old, RT_PROPERTY_GENERATED))
			loss = rt_sqlite_type_loss(b, old, a, i);
		lossy |= loss != NULL;
		add_remark(&text, a->v[i].name, loss);
		add_remark(&text, a->v[i].name, demand_of(r, old, i));
	}
	if (text.n)
		note(r->a, lossy, text.p);
	rt_str_free(&text);
}

static void copy_rows(rebuild *r)
{
	copy c = { RT_STR_INIT, RT_STR_INIT, "" };

	pick_columns(r, &c);
	rt_ddl_add(r->a->out, "INSERT %sINTO %s (%s)\nSELECT %s FROM %s",
		   has_conflict_clause(r) ? "OR ABORT " : "", r->now.p,
		   c.into.p, c.from.p, r->old.p);
	note_copy(r);
	rt_str_free(&c.into);
	rt_str_free(&c.from);
}

static bool counts(const retort_schema *s, size_t table)
{
	return text_of(s, table, RT_PROPERTY_AUTOINCREMENT) != NULL;
}

/* Ids that were given once are not given again, even if their rows are
 * gone; RENAME takes the counter along. */
static void copy_counter(rebuild *r)
{
	rt_str old = RT_STR_INIT, now = RT_STR_INIT;

	if (!counts(r->a->before, r->before) || !counts(r->a->after, r->after))
		return;
	rt_dialect_literal(&old, RETORT_DIALECT_SQLITE,
			   rt_sv_from(r->a->before->v[r->before].name));
	rt_dialect_literal(&now, RETORT_DIALECT_SQLITE,
			   rt_str_sv(&r->now_plain));
	rt_ddl_add(r->a->out, "DELETE FROM sqlite_sequence WHERE name = %s",
		   now.p);
	rt_ddl_add(r->a->out,
		   "INSERT INTO sqlite_sequence (name, seq)\n"
		   "SELECT %s, seq FROM sqlite_sequence WHERE name = %s",
		   now.p, old.p);
	rt_str_free(&old);
	rt_str_free(&now);
}

/* Columns whose values are not carried over. */
static void find_losses(rebuild *r)
{
	size_t at = 0, i;

	while ((i = rt_schema_next(r->a->before, r->before,
				   RETORT_KIND_COLUMN, &at)) != RT_NO_OBJECT) {
		size_t now = r->a->diff->after_of[i];

		if (text_of(r->a->before, i, RT_PROPERTY_GENERATED) ||
		    (now != RT_NO_OBJECT &&
		     !text_of(r->a->after, now, RT_PROPERTY_GENERATED)))
			continue;
		rt_str_addf(&r->lost, "%s%s.%s", r->lost.n ? ", " : "",
			    r->name.p, r->a->before->v[i].name);
	}
}

static void create_new(rebuild *r)
{
	rt_str sql = RT_STR_INIT, text = RT_STR_INIT;

	rt_sqlite_create_table(&sql, r->a->after, r->after, r->now_plain.p);
	rt_ddl_add(r->a->out, "%s", sql.p);
	rt_str_addf(&text, "ALTER TABLE cannot do this to %s: make it anew",
		    r->name.p);
	note(r->a, false, text.p);
	rt_str_free(&sql);
	rt_str_free(&text);
}

static void drop_old(rebuild *r)
{
	bool forgets = counts(r->a->before, r->before) &&
		       !counts(r->a->after, r->after);
	rt_str text = RT_STR_INIT;

	rt_ddl_add(r->a->out, "DROP TABLE %s", r->old.p);
	find_losses(r);
	if (r->lost.n)
		rt_str_addf(&text, "the values of %s are lost", r->lost.p);
	if (forgets)
		rt_str_addf(&text, "%sthe AUTOINCREMENT counter of %s is lost",
			    text.n ? "; " : "", r->name.p);
	if (text.n)
		note(r->a, true, text.p);
	rt_str_free(&text);
}

/* Views and triggers that are there while the table is not. */
static bool has_onlookers(const rebuild *r)
{
	const retort_schema *s = r->a->before;
	size_t i;

	for (i = 0; i < s->n; i++)
		if ((s->v[i].kind == RETORT_KIND_VIEW ||
		     s->v[i].kind == RETORT_KIND_TRIGGER) &&
		    s->v[i].parent != r->before && !r->a->goes[i])
			return true;
	return false;
}

/* RENAME looks into all views and triggers, whoever they are about, and
 * fails where they name a table that is missing at the moment; unless it is
 * told to behave as it did before 3.25. */
static void take_name(rebuild *r)
{
	bool legacy = has_onlookers(r);

	if (legacy)
		rt_ddl_add(r->a->out, "PRAGMA legacy_alter_table = ON");
	rt_ddl_add(r->a->out, "ALTER TABLE %s RENAME TO %s", r->now.p,
		   r->old.p);
	if (legacy)
		rt_ddl_add(r->a->out, "PRAGMA legacy_alter_table = OFF");
}

/* Whether another table's rows refer to this one's. */
static bool is_referred(const rebuild *r)
{
	const retort_schema *s = r->a->before;
	size_t i, k;

	for (i = 0; i < s->n; i++)
		for (k = 0; k < s->v[i].n_needs; k++)
			if (s->v[i].kind == RETORT_KIND_FOREIGN_KEY &&
			    s->v[i].needs[k] == r->before)
				return true;
	return false;
}

/* Where foreign keys are enforced, DROP TABLE deletes what refers to its
 * rows.  They are not while retort runs this; should they be, the statement
 * comes too late, and fails. */
static void guard(rebuild *r)
{
	if (r->a->guarded || !is_referred(r))
		return;
	rt_ddl_add(r->a->out, "PRAGMA foreign_keys = OFF");
	r->a->guarded = true;
}

void rt_sqlite_rebuild(rt_sqlite_alter *a, size_t table)
{
	rebuild r = { a, a->diff->before_of[table], table, RT_STR_INIT,
		      RT_STR_INIT, RT_STR_INIT, RT_STR_INIT, RT_STR_INIT };

	choose_names(&r);
	guard(&r);
	create_new(&r);
	copy_rows(&r);
	copy_counter(&r);
	drop_old(&r);
	take_name(&r);
	rt_str_free(&r.name);
	rt_str_free(&r.old);
	rt_str_free(&r.now);
	rt_str_free(&r.now_plain);
	rt_str_free(&r.lost);
}
