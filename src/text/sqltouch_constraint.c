/* SPDX-License-Identifier: MIT */
/* Constraints of tables, and the indexes that they bring along. */
#include "config.h"

#include <string.h>

#include "text/sqlread.h"

bool rt_reader_is_constraint(const rt_reader *r)
{
	static const char *const words[] = { "constraint", "primary",
					     "foreign", "unique", "check",
					     "exclude" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_reader_sees(r, 0, words[i]))
			return true;
	return false;
}

/* The name beside a table's, in its schema. */
static const char *name_beside(rt_reader *r, const char *table,
			       const char *name)
{
	const char *dot = strrchr(table, '.');

	return dot ? rt_arena_strf(r->arena, "%.*s.%s", (int)(dot - table),
				   table, name)
		   : name;
}

/* PostgreSQL: CONSTRAINT k UNIQUE and the like make an index k. */
void rt_touch_indexes(rt_reader *out, const char *table)
{
	static const char *const using[] = { "using", NULL };
	rt_reader r = *out, p;
	const char *name;

	while (r.at < r.n && r.dialect != RETORT_DIALECT_SQLITE) {
		if (!rt_reader_skip(&r, "constraint")) {
			r.at++;
			continue;
		}
		name = rt_reader_part(&r);
		p = r;
		p.at = rt_reader_find(&p, using);
		if (name && (rt_reader_sees(&r, 0, "unique") ||
			     rt_reader_sees(&r, 0, "primary") ||
			     rt_reader_sees(&r, 0, "exclude")) &&
		    !rt_reader_sees(&p, 1, "index"))
			rt_reader_touch(out, RT_TOUCH_CREATE,
					RT_TOUCH_SPACE_RELATION, "index",
					name_beside(out, table, name), "")
				->of = table;
	}
}

/* The columns in the parentheses that come next: "a_b"; those of a check
 * only if it is about one. */
static const char *columns_of(const rt_reader *from, bool one)
{
	rt_reader r = *from;
	const char *out = "", *name;
	size_t end;

	while (r.at < r.n && !rt_reader_mark(&r, 0, '('))
		r.at++;
	end = rt_reader_close(&r, r.at);
	while (r.at < end) {
		if (!rt_reader_name_here(&r, 0)) {
			r.at++;
			continue;
		}
		name = rt_reader_part(&r);
		if (rt_reader_mark(&r, 0, '('))
			continue; /* a function */
		if (one && *out && strcmp(out, name) != 0)
			return "";
		out = !*out || one ? name
				   : rt_arena_strf(r.arena, "%s_%s", out,
						   name);
	}
	return out;
}

/* The name that PostgreSQL makes for a constraint that has none. */
static const char *make_name(const rt_reader *r, const char *table)
{
	static const struct {
		const char *word, *ending;
		bool one;
	} kinds[] = {
		{ "check", "check", true },   { "unique", "key", false },
		{ "foreign", "fkey", false }, { "exclude", "excl", false },
		{ "primary", "pkey", false },
	};
	const char *dot = strrchr(table, '.'), *columns = "";
	size_t i;

	table = dot ? dot + 1 : table;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!rt_reader_sees(r, 0, kinds[i].word))
			continue;
		if (strcmp(kinds[i].word, "primary") != 0)
			columns = columns_of(r, kinds[i].one);
		return rt_arena_strf(r->arena, "%s%s%s_%s", table,
				     *columns ? "_" : "", columns,
				     kinds[i].ending);
	}
	return NULL;
}

void rt_touch_constraint(rt_reader *r, rt_touch_verb verb, const char *table,
			 const char *name, unsigned flags)
{
	if (!name)
		return;
	rt_reader_touch(r, verb, RT_TOUCH_SPACE_CONSTRAINT, "constraint",
			rt_arena_strf(r->arena, "%s.%s", table, name), "")
		->flags = flags;
}

void rt_read_constraint(rt_reader *r, const char *table)
{
	const char *name = NULL;

	rt_touch_indexes(r, table);
	if (rt_reader_skip(r, "constraint"))
		name = rt_reader_part(r);
	if (!name)
		name = make_name(r, table);
	rt_touch_constraint(r, RT_TOUCH_ADD, table, name, 0);
	rt_read_definition(r, table);
}
