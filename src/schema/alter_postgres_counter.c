/* SPDX-License-Identifier: MIT */
/*
 * Changing PostgreSQL's schemas: what gives a column its numbers.
 *
 * A column counts by a sequence that serial or identity hides, or by one that
 * is an object and stands in its default.  Where one takes another's place,
 * numbers go on: the sequence is renamed, or the last number is copied from
 * the old one, which is set aside and dropped afterwards.  A column that did
 * not count before goes on behind its rows.
 */
#include "config.h"

#include <string.h>

#include "schema/alter_postgres.h"
#include "schema/dialect.h"

/* --- what becomes of it --- */

typedef struct handover {
	rt_pg_plan *p;
	size_t x, y;     /* the column */
	rt_pg_counter from, to;
	bool is_new;     /* `to` is not there in `before` */
	bool is_same;    /* one sequence, perhaps altered */
	size_t heir;     /* the sequence of `after` that a serial's becomes */
} handover;

static bool owns(const retort_schema *s, size_t column, size_t sequence)
{
	const char *owner = rt_pg_text(s, sequence, RT_PROPERTY_OWNED_BY);
	rt_str name = RT_STR_INIT;
	bool is;

	rt_object_sql(&name, s, s->v[column].parent);
	rt_str_addc(&name, '.');
	rt_pg_name(&name, s, column);
	is = !strcmp(name.p, owner);
	rt_str_free(&name);
	return is;
}

static bool is_heir(const rt_pg_plan *p, size_t y, size_t sequence)
{
	return p->diff->before_of[sequence] == RT_NO_OBJECT &&
	       !strcmp(p->after->v[sequence].schema,
		       p->after->v[p->after->v[y].parent].schema);
}

/* The one in its default, else one that the column owns. */
static size_t heir_of(const handover *h)
{
	const retort_schema *s = h->p->after;
	size_t at = 0, i;

	if (h->from.by != RT_PG_SERIAL || h->to.by == RT_PG_SERIAL)
		return RT_NO_OBJECT;
	if (h->to.by == RT_PG_SEQUENCE && is_heir(h->p, h->y, h->to.sequence))
		return h->to.sequence;
	while ((i = rt_schema_next(s, RT_NO_OBJECT, RETORT_KIND_SEQUENCE,
				   &at)) != RT_NO_OBJECT)
		if (h->to.by == RT_PG_UNCOUNTED && owns(s, h->y, i) &&
		    is_heir(h->p, h->y, i))
			break;
	return i;
}

static handover handover_of(rt_pg_plan *p, size_t x, size_t y)
{
	handover h = { p, x, y, RT_PG_NO_COUNTER, RT_PG_NO_COUNTER, false,
		       false, RT_NO_OBJECT };
	size_t was;

	rt_pg_counter_of(&h.from, p->before, x);
	rt_pg_counter_of(&h.to, p->after, y);
	was = h.to.by == RT_PG_SEQUENCE ? p->diff->before_of[h.to.sequence] :
					  RT_NO_OBJECT;
	h.is_new = h.to.by != RT_PG_UNCOUNTED && was == RT_NO_OBJECT;
	h.is_same = h.from.by == h.to.by &&
		    (h.from.by != RT_PG_SEQUENCE || h.from.sequence == was);
	h.heir = heir_of(&h);
	return h;
}

static void release(handover *h)
{
	rt_pg_counter_free(&h->from);
	rt_pg_counter_free(&h->to);
}

/* A serial's sequence and one that is an object become each other under a
 * new name, if nothing else wants the old one. */
static bool is_renamed(const handover *h)
{
	if (h->from.by == RT_PG_SERIAL)
		return h->heir != RT_NO_OBJECT;
	return h->from.by == RT_PG_SEQUENCE && h->to.by == RT_PG_SERIAL &&
	       h->p->diff->after_of[h->from.sequence] == RT_NO_OBJECT &&
	       owns(h->p->before, h->x, h->from.sequence);
}

/* The old sequence gives its last number to a new one. */
static bool is_copied(const handover *h)
{
	return h->from.by != RT_PG_UNCOUNTED && h->is_new && !h->is_same &&
	       !is_renamed(h);
}

rt_pg_fate rt_pg_sequence_fate(rt_pg_plan *p, size_t sequence)
{
	rt_pg_fate fate = RT_PG_GONE;
	size_t x, y;

	for (x = 0; x < p->before->n && fate == RT_PG_GONE; x++) {
		handover h;

		y = p->diff->after_of[x];
		if (p->before->v[x].kind != RETORT_KIND_COLUMN ||
		    y == RT_NO_OBJECT ||
		    rt_pg_default_sequence(p->before, x) != sequence)
			continue;
		h = handover_of(p, x, y);
		if (is_renamed(&h))
			fate = RT_PG_TAKEN;
		else if (is_copied(&h))
			fate = RT_PG_ASIDE;
		release(&h);
	}
	return fate;
}

/* --- step 1 --- */

static void drop_default(const rt_pg_change *c)
{
	rt_ddl_add(c->p->out, "%sALTER COLUMN %s DROP DEFAULT", c->table,
		   c->column);
}

static void drop_identity(const rt_pg_change *c)
{
	rt_ddl_add(c->p->out, "%sALTER COLUMN %s DROP IDENTITY", c->table,
		   c->column);
}

/* What the old sequence is called when it is set aside. */
static void aside_name(rt_str *out, const handover *h)
{
	const rt_pg_plan *p = h->p;
	rt_str name = RT_STR_INIT;

	if (h->from.by != RT_PG_SEQUENCE) {
		rt_pg_hidden_name(out, p->before, h->x, "before");
	} else if (p->fate[h->from.sequence] != RT_PG_ASIDE) {
		rt_str_add(out, h->from.name.p);
	} else {
		const char *place = p->before->v[h->from.sequence].schema;

		if (strcmp(place, "public")) {
			rt_dialect_identifier(out, p->before->dialect,
					      rt_sv_from(place));
			rt_str_addc(out, '.');
		}
		rt_pg_aside_name(&name, p->before, h->from.sequence);
		rt_dialect_identifier(out, p->before->dialect,
				      rt_str_sv(&name));
	}
	rt_str_free(&name);
}

static void rename_sequence(const handover *h, const char *from,
			    const char *to)
{
	if (strcmp(from, to))
		rt_ddl_add(h->p->out, "ALTER SEQUENCE %s RENAME TO %s", from,
			   rt_pg_own_name(h->p->after, h->y, to));
}

void rt_pg_loosen_counter(const rt_pg_change *c)
{
	handover h = handover_of(c->p, c->x, c->y);
	rt_str aside = RT_STR_INIT;

	if (is_copied(&h)) {
		aside_name(&aside, &h);
		if (h.from.by != RT_PG_SEQUENCE)
			rename_sequence(&h, h.from.name.p, aside.p);
		if (h.from.by == RT_PG_SERIAL ||
		    (h.to.by == RT_PG_IDENTITY &&
		     h.from.by == RT_PG_SEQUENCE && !c->p->bare[c->x]))
			drop_default(c);
	} else if (h.from.by == RT_PG_IDENTITY && h.to.by != RT_PG_IDENTITY) {
		drop_identity(c); /* its sequence's name is free */
	} else if (h.from.by == RT_PG_SERIAL && h.to.by != RT_PG_SERIAL &&
		   !is_renamed(&h)) {
		drop_default(c);
		rt_ddl_add(c->p->out, "DROP SEQUENCE %s", h.from.name.p);
	}
	release(&h);
	rt_str_free(&aside);
}

/* --- step 3 --- */

/* The column of `before` whose serial becomes this sequence. */
static bool find_heir(rt_pg_plan *p, size_t sequence, handover *h)
{
	size_t x, y;

	for (x = 0; x < p->before->n; x++) {
		y = p->diff->after_of[x];
		if (p->before->v[x].kind != RETORT_KIND_COLUMN ||
		    y == RT_NO_OBJECT || p->fate[x] != RT_PG_KEEP ||
		    !strstr(rt_pg_text(p->before, x, RT_PROPERTY_TYPE),
			    "serial"))
			continue;
		*h = handover_of(p, x, y);
		if (h->heir == sequence)
			return true;
		release(h);
	}
	return false;
}

static void recount(const handover *h, const rt_pg_counter *to)
{
	rt_str alter = RT_STR_INIT;

	rt_str_addf(&alter, "ALTER SEQUENCE %s ", to->name.p);
	if (!rt_pg_recount(h->p->out, alter.p, "", &h->from, to))
		rt_pg_count_rows(h->p, to, h->y);
	rt_str_free(&alter);
}

bool rt_pg_take_from_serial(rt_pg_plan *p, size_t y)
{
	rt_pg_counter to = RT_PG_NO_COUNTER;
	handover h;

	if (!find_heir(p, y, &h))
		return false;
	rt_pg_sequence_counter(&to, p->after, y);
	rename_sequence(&h, h.from.name.p, to.name.p);
	recount(&h, &to);
	if (!owns(p->after, h.y, y))
		rt_ddl_add(p->out, "ALTER SEQUENCE %s OWNED BY NONE",
			   to.name.p);
	rt_pg_comment(p->after, y, false, p->out);
	rt_pg_counter_free(&to);
	release(&h);
	return true;
}

/* A serial's options are all default, and it has no comment. */
static void take_sequence(const handover *h)
{
	rename_sequence(h, h->from.name.p, h->to.name.p);
	recount(h, &h->to);
	if (rt_pg_has(h->p->before, h->from.sequence, RT_PROPERTY_COMMENT))
		rt_ddl_add(h->p->out, "COMMENT ON SEQUENCE %s IS NULL",
			   h->to.name.p);
}

/* From the old sequence, or from the rows. */
static void find_last(const handover *h)
{
	rt_pg_counter from = h->from;
	bool carried = false;

	from.name = (rt_str)RT_STR_INIT;
	if (h->from.by != RT_PG_UNCOUNTED) {
		aside_name(&from.name, h);
		carried = rt_pg_carry(h->p->out, &from, &h->to);
	}
	if (!carried)
		rt_pg_count_rows(h->p, &h->to, h->y);
	rt_pg_counter_free(&from);
}

static void create_sequence(const handover *h, const rt_pg_change *c)
{
	rt_str owner = RT_STR_INIT;

	rt_object_sql(&owner, c->p->after, c->p->after->v[c->y].parent);
	rt_ddl_add(c->p->out, "CREATE SEQUENCE %s AS %s OWNED BY %s.%s",
		   h->to.name.p, h->to.type, owner.p, c->column);
	rt_str_free(&owner);
}

void rt_pg_end_identity(const rt_pg_change *c)
{
	handover h = handover_of(c->p, c->x, c->y);

	if (h.from.by == RT_PG_IDENTITY && is_copied(&h)) {
		if (h.to.by == RT_PG_SERIAL)
			create_sequence(&h, c);
		find_last(&h);
		drop_identity(c);
	}
	release(&h);
}

static const char *identity_word(const rt_pg_change *c)
{
	const char *identity = rt_pg_text(c->p->after, c->y,
					  RT_PROPERTY_IDENTITY);

	return !strcmp(identity, "always") ? "ALWAYS" : "BY DEFAULT";
}

static void add_identity(const handover *h, const rt_pg_change *c)
{
	rt_str options = RT_STR_INIT;

	if (*h->to.options)
		rt_str_addf(&options, " (%s)", h->to.options);
	rt_ddl_add(c->p->out, "%sALTER COLUMN %s ADD GENERATED %s AS IDENTITY"
		   "%s", c->table, c->column, identity_word(c), options.p);
	rt_str_free(&options);
}

static void change_identity(const handover *h, const rt_pg_change *c)
{
	rt_str alter = RT_STR_INIT;

	rt_str_addf(&alter, "%sALTER COLUMN %s ", c->table, c->column);
	if (rt_pg_changed(c->p, c->y, RT_PROPERTY_IDENTITY))
		rt_ddl_add(c->p->out, "%sSET GENERATED %s", alter.p,
			   identity_word(c));
	rename_sequence(h, h->from.name.p, h->to.name.p);
	if (rt_pg_changed(c->p, c->y, RT_PROPERTY_OPTIONS_SEQUENCE) &&
	    !rt_pg_recount(c->p->out, alter.p, "SET ", &h->from, &h->to))
		rt_pg_count_rows(c->p, &h->to, c->y);
	rt_str_free(&alter);
}

static void set_nextval(const handover *h, const rt_pg_change *c)
{
	rt_str literal = RT_STR_INIT;

	rt_dialect_literal(&literal, c->p->after->dialect,
			   rt_str_sv(&h->to.name));
	rt_ddl_add(c->p->out, "%sALTER COLUMN %s SET DEFAULT nextval(%s)",
		   c->table, c->column, literal.p);
	rt_str_free(&literal);
}

static void begin_serial(const handover *h, const rt_pg_change *c)
{
	if (is_renamed(h)) {
		take_sequence(h);
	} else if (h->from.by != RT_PG_IDENTITY) {
		create_sequence(h, c);
		find_last(h);
	}
	set_nextval(h, c);
}

/* Objects are dropped with all the others, an identity's with it. */
static void drop_hidden(const handover *h)
{
	rt_str aside = RT_STR_INIT;

	aside_name(&aside, h);
	if (h->from.by == RT_PG_SERIAL)
		rt_ddl_add(h->p->out, "DROP SEQUENCE %s", aside.p);
	rt_str_free(&aside);
}

static void begin_identity(const handover *h, const rt_pg_change *c)
{
	add_identity(h, c);
	find_last(h);
	drop_hidden(h);
}

static void begin_sequence(const handover *h)
{
	find_last(h);
	drop_hidden(h);
}

void rt_pg_alter_counter(const rt_pg_change *c)
{
	handover h = handover_of(c->p, c->x, c->y);

	if (h.is_same && h.to.by == RT_PG_IDENTITY)
		change_identity(&h, c);
	else if (h.is_same && h.to.by == RT_PG_SERIAL &&
		 strcmp(h.from.type, h.to.type))
		rt_ddl_add(c->p->out, "ALTER SEQUENCE %s AS %s", h.to.name.p,
			   h.to.type);
	else if (!h.is_same && h.to.by == RT_PG_SERIAL)
		begin_serial(&h, c);
	else if (!h.is_same && h.to.by == RT_PG_IDENTITY)
		begin_identity(&h, c);
	else if (is_copied(&h) && h.from.by != RT_PG_IDENTITY)
		begin_sequence(&h);
	release(&h);
}
