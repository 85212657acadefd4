/* SPDX-License-Identifier: MIT */
/* CREATE TABLE and ALTER TABLE. */
#include "config.h"

#include <string.h>

#include "text/sqlread.h"
#include "text/sqlwords.h"

/* --- definitions --------------------------------------------------------- */

/* REFERENCES t [(columns)] */
static void read_reference(rt_reader *r)
{
	const char *table = rt_reader_name(r), *column;

	if (!table)
		return;
	rt_reader_table(r, RT_TOUCH_USE, table, "");
	if (!rt_reader_skip_mark(r, '('))
		return;
	while ((column = rt_reader_name(r))) {
		rt_reader_table(r, RT_TOUCH_USE, table, column);
		if (!rt_reader_skip_mark(r, ','))
			break;
	}
	rt_reader_skip_mark(r, ')');
}

/* A word of a definition may be a type, a function, a column; of what it is
 * not, nobody will speak. */
static void read_word(rt_reader *r, const char *table)
{
	const rt_word *w = &r->v[r->at];
	const char *name;

	if (w->kind != RETORT_TOKEN_IDENTIFIER &&
	    (w->kind != RETORT_TOKEN_WORD ||
	     rt_sql_is_reserved(w->text, RETORT_DIALECT_POSTGRESQL))) {
		r->at++;
		return;
	}
	name = rt_reader_name(r);
	rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_TYPE, "type", name,
			"");
	if (rt_reader_mark(r, 0, '('))
		rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_FUNCTION,
				"function", name, "");
	else if (table)
		rt_reader_table(r, RT_TOUCH_USE, table, name);
}

static bool is_sequence_call(const rt_reader *r)
{
	return rt_reader_sees(r, 0, "nextval") && rt_reader_mark(r, 1, '(') &&
	       r->at + 2 < r->n &&
	       r->v[r->at + 2].kind == RETORT_TOKEN_STRING;
}

void rt_read_definition(rt_reader *r, const char *table)
{
	while (r->at < r->n) {
		if (rt_reader_skip(r, "references")) {
			read_reference(r);
		} else if (is_sequence_call(r)) {
			rt_sv text = r->v[r->at + 2].text;

			rt_reader_touch(
				r, RT_TOUCH_USE, RT_TOUCH_SPACE_RELATION,
				"sequence",
				rt_arena_strsv(r->arena,
					       rt_sv_sub(text, 1,
							 text.n - 2)),
				"");
			r->at += 3;
		} else {
			read_word(r, table);
		}
	}
}

/* --- CREATE TABLE -------------------------------------------------------- */

static void read_item(rt_reader *r, const char *table)
{
	const char *other;

	rt_touch_indexes(r, table);
	if (rt_reader_skip(r, "like")) {
		other = rt_reader_name(r);
		if (other) {
			rt_reader_table(r, RT_TOUCH_USE, other, "");
			rt_reader_table(r, RT_TOUCH_USE, other, "*");
		}
		return;
	}
	if (!rt_reader_is_constraint(r))
		r->at++; /* the column's name */
	rt_read_definition(r, NULL);
}

/* INHERITS (a, b), PARTITION OF a */
static void read_ancestors(rt_reader *r)
{
	const char *name;

	if (rt_reader_skip(r, "inherits"))
		rt_reader_skip_mark(r, '(');
	else if (!rt_reader_skip(r, "partition") || !rt_reader_skip(r, "of"))
		return;
	while ((name = rt_reader_name(r))) {
		rt_reader_table(r, RT_TOUCH_USE, name, "");
		rt_reader_table(r, RT_TOUCH_USE, name, "*");
		if (!rt_reader_skip_mark(r, ','))
			break;
	}
}

static void read_items(rt_reader *r, const char *table)
{
	rt_reader inner = rt_reader_range(r, r->at + 1,
					  rt_reader_close(r, r->at) - 1);

	r->at = inner.n + 1;
	while (inner.at < inner.n) {
		rt_reader item = rt_reader_range(&inner, inner.at,
						 rt_reader_item(&inner));

		read_item(&item, table);
		inner.at = item.n + 1;
	}
}

/* ON COMMIT DROP */
static bool is_passing(const rt_reader *r)
{
	static const char *const on[] = { "on", NULL };
	rt_reader p = *r;

	p.at = rt_reader_find(&p, on);
	return rt_reader_sees(&p, 1, "commit") && rt_reader_sees(&p, 2, "drop");
}

void rt_read_create_table(rt_reader *r, unsigned flags)
{
	static const char *const ancestors[] = { "inherits", "partition",
						 NULL };
	static const char *const as[] = { "as", NULL };
	const char *name;
	size_t at;

	if (rt_reader_skip_if(r))
		flags |= RT_TOUCH_TOLERANT;
	if (!(name = rt_reader_name(r)))
		return;
	if (is_passing(r))
		flags |= RT_TOUCH_PASSING;
	rt_reader_table(r, RT_TOUCH_CREATE, name, "")->flags = flags;
	if (rt_reader_sees(r, 0, "partition"))
		read_ancestors(r);
	if (rt_reader_mark(r, 0, '('))
		read_items(r, name);
	at = rt_reader_find(r, as);
	if (at < r->n) {
		r->at = at + 1;
		rt_read_query(r, RT_TOUCH_READ, true, 0);
		return;
	}
	r->at = rt_reader_find(r, ancestors);
	read_ancestors(r);
}

/* --- ALTER TABLE --------------------------------------------------------- */

/* NOT NULL, and nothing that gives it a value. */
static bool needs_value(const rt_reader *from)
{
	static const char *const gives[] = {
		"default", "generated", "as", "identity",
		"serial",  "bigserial", "smallserial",
	};
	rt_reader r = *from;
	bool needs = false;
	size_t i;

	for (; r.at < r.n; r.at++) {
		needs |= rt_reader_sees(&r, 0, "not") &&
			 rt_reader_sees(&r, 1, "null");
		for (i = 0; i < sizeof(gives) / sizeof(gives[0]); i++)
			if (rt_reader_sees(&r, 0, gives[i]))
				return false;
	}
	return needs;
}

/* A column's definition; GENERATED … AS (a + b) and CHECK (a > b) name other
 * columns. */
static void read_column(rt_reader *r, const char *table)
{
	static const char *const words[] = { "as", "check", NULL };
	size_t at;

	while (r->at < r->n) {
		rt_reader part;

		at = rt_reader_find(r, words);
		part = rt_reader_range(r, r->at, at);
		rt_read_definition(&part, NULL);
		r->at = at + 1;
		if (!rt_reader_mark(r, 0, '('))
			continue;
		at = rt_reader_close(r, r->at);
		part = rt_reader_range(r, r->at, at);
		rt_read_definition(&part, table);
		r->at = at;
	}
}

static void add_column(rt_reader *r, const char *table)
{
	unsigned flags;
	const char *column;

	rt_reader_skip(r, "column");
	flags = rt_reader_skip_if(r) ? RT_TOUCH_TOLERANT : 0;
	column = rt_reader_part(r);
	if (!column)
		return;
	if (needs_value(r))
		flags |= RT_TOUCH_NEEDS;
	rt_reader_table(r, RT_TOUCH_ADD, table, column)->flags = flags;
	rt_touch_indexes(r, table);
	read_column(r, table);
}

static void drop_part(rt_reader *r, const char *table)
{
	bool constraint = rt_reader_skip(r, "constraint");
	const char *name;
	unsigned flags;

	if (!constraint)
		rt_reader_skip(r, "column");
	flags = rt_reader_skip_if(r) ? RT_TOUCH_TOLERANT : 0;
	name = rt_reader_part(r);
	if (!name)
		return;
	if (constraint)
		rt_touch_constraint(r, RT_TOUCH_DROP, table, name, flags);
	else
		rt_reader_table(r, RT_TOUCH_DROP, table, name)->flags = flags;
}

/* What of a column changes. */
static unsigned aspect_here(const rt_reader *r)
{
	bool set = rt_reader_sees(r, 0, "set");

	if (rt_reader_sees(r, 0, "type") ||
	    (set && rt_reader_sees(r, 1, "data")))
		return RT_TOUCH_TYPE;
	if (rt_reader_sees(r, 1, "default"))
		return RT_TOUCH_VALUE;
	if (rt_reader_sees(r, 1, "not") && rt_reader_sees(r, 2, "null"))
		return RT_TOUCH_NULLS | (set ? RT_TOUCH_NEEDS : 0u);
	return 0;
}

static void alter_part(rt_reader *r, const char *table)
{
	const char *column;

	if (rt_reader_skip(r, "constraint")) {
		rt_touch_constraint(r, RT_TOUCH_ALTER, table, rt_reader_part(r),
				 0);
		return;
	}
	rt_reader_skip(r, "column");
	column = rt_reader_part(r);
	if (!column)
		return;
	rt_reader_table(r, RT_TOUCH_ALTER, table, column)->flags =
		aspect_here(r);
	rt_read_definition(r, table);
}

static void rename_part(rt_reader *r, const char *table, const char *kind)
{
	const char *from, *to;

	if (rt_reader_skip(r, "to")) {
		to = rt_reader_name(r);
		rt_reader_table(r, RT_TOUCH_RENAME, table, "")->kind = kind;
		if (to)
			rt_reader_table(r, RT_TOUCH_BECOME, to, "")->kind =
				kind;
		return;
	}
	if (rt_reader_skip(r, "constraint")) {
		from = rt_reader_part(r);
		rt_touch_constraint(r, RT_TOUCH_RENAME, table, from, 0);
		rt_reader_skip(r, "to");
		to = rt_reader_part(r);
		rt_touch_constraint(r, RT_TOUCH_BECOME, table, to, 0);
		return;
	}
	rt_reader_skip(r, "column");
	from = rt_reader_part(r);
	if (from)
		rt_reader_table(r, RT_TOUCH_RENAME, table, from);
	to = rt_reader_skip(r, "to") ? rt_reader_part(r) : NULL;
	if (to)
		rt_reader_table(r, RT_TOUCH_BECOME, table, to);
}

/* ENABLE, DISABLE [ALWAYS | REPLICA] TRIGGER g, RULE x, ROW LEVEL SECURITY;
 * [NO] FORCE ROW LEVEL SECURITY */
static bool switch_part(rt_reader *r, const char *table)
{
	rt_reader p = *r;
	const char *what, *which;

	if (!rt_reader_skip(&p, "enable") && !rt_reader_skip(&p, "disable") &&
	    !rt_reader_sees(&p, 0, "force") && !rt_reader_sees(&p, 1, "force"))
		return false;
	if (!rt_reader_skip(&p, "always") && !rt_reader_skip(&p, "replica"))
		rt_reader_skip(&p, "no");
	what = rt_reader_part(&p);
	which = what ? rt_reader_part(&p) : NULL;
	rt_reader_table(r, RT_TOUCH_ALTER, table,
			rt_arena_strf(r->arena, "=switch %s %s",
				      what ? what : "", which ? which : ""));
	return true;
}

/* OWNER TO, SET (…): a property of the table. */
static void other_action(rt_reader *r, const char *table)
{
	const char *word, *second;
	size_t at = r->at;

	if (switch_part(r, table))
		return;

	if (rt_reader_sees(r, 0, "set") && rt_reader_sees(r, 1, "schema")) {
		rt_reader_table(r, RT_TOUCH_RENAME, table, "");
		return;
	}
	word = rt_reader_part(r);
	if (!word)
		return;
	second = rt_reader_part(r);
	rt_reader_table(r, RT_TOUCH_ALTER, table,
			rt_arena_strf(r->arena, "=%s %s", word,
				      second ? second : ""));
	/* ATTACH PARTITION p, INHERIT p, VALIDATE CONSTRAINT k */
	r->at = at;
	if ((rt_reader_skip(r, "attach") || rt_reader_skip(r, "detach")) &&
	    rt_reader_skip(r, "partition") && (word = rt_reader_name(r)))
		rt_reader_table(r, RT_TOUCH_USE, word, "");
	else if (rt_reader_skip(r, "validate") &&
		 rt_reader_skip(r, "constraint"))
		rt_touch_constraint(r, RT_TOUCH_USE, table, rt_reader_part(r),
				 0);
}

static void read_action(rt_reader *r, const char *table, const char *kind)
{
	if (rt_reader_skip(r, "add")) {
		if (rt_reader_is_constraint(r))
			rt_read_constraint(r, table);
		else
			add_column(r, table);
	} else if (rt_reader_skip(r, "drop")) {
		drop_part(r, table);
	} else if (rt_reader_skip(r, "alter")) {
		alter_part(r, table);
	} else if (rt_reader_skip(r, "rename")) {
		rename_part(r, table, kind);
	} else {
		other_action(r, table);
	}
}

void rt_read_alter_table(rt_reader *r, const char *kind)
{
	const char *table;

	rt_reader_skip_if(r);
	rt_reader_skip(r, "only");
	table = rt_reader_name(r);
	if (!table)
		return;
	rt_reader_skip_mark(r, '*');
	rt_reader_table(r, RT_TOUCH_USE, table, "")->kind = kind;
	while (r->at < r->n) {
		rt_reader action = rt_reader_range(r, r->at,
						   rt_reader_item(r));

		read_action(&action, table, kind);
		r->at = action.n + 1;
	}
}
