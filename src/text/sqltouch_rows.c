/* SPDX-License-Identifier: MIT */
/* INSERT, UPDATE, DELETE, MERGE. */
#include "config.h"

#include <string.h>

#include "text/sqlread.h"

/* c = …, (a, b) = …: up to the end of the reader. */
static void read_assignments(rt_reader *r, const char *table)
{
	const char *name;
	size_t end;

	while (r->at < r->n) {
		end = rt_reader_item(r);
		if (rt_reader_skip_mark(r, '(')) {
			while ((name = rt_reader_name(r))) {
				rt_reader_table(r, RT_TOUCH_UPDATE, table,
						name);
				rt_reader_skip_mark(r, ',');
			}
		} else {
			name = rt_reader_part(r);
			if (name)
				rt_reader_table(r, RT_TOUCH_UPDATE, table,
						name);
		}
		r->at = end + 1;
	}
}

static const char *const after_set[] = { "from", "where", "returning", NULL };

/* … DO UPDATE SET c = … */
static void read_upsert(const rt_reader *r, const char *table)
{
	rt_reader p = *r;

	for (; p.at < p.n; p.at++) {
		rt_reader set;

		if (!rt_reader_sees(&p, 0, "update") ||
		    !rt_reader_sees(&p, 1, "set"))
			continue;
		p.at += 2;
		set = rt_reader_range(&p, p.at, rt_reader_find(&p, after_set));
		read_assignments(&set, table);
		return;
	}
}

/* (a, b): uses of the columns. */
static const char *read_list(rt_reader *r, const char *table)
{
	rt_str list = RT_STR_INIT;
	const char *column, *out;

	r->at++;
	rt_str_addc(&list, '\n');
	while ((column = rt_reader_name(r))) {
		rt_reader_table(r, RT_TOUCH_USE, table, column);
		rt_str_addf(&list, "%s\n", column);
		if (!rt_reader_skip_mark(r, ','))
			break;
	}
	rt_reader_skip_mark(r, ')');
	out = rt_arena_strsv(r->arena, rt_str_sv(&list));
	rt_str_free(&list);
	return out;
}

void rt_read_insert(rt_reader *r)
{
	static const char *const into[] = { "into", NULL };
	rt_scope scope = { .star = true };
	size_t first = r->out->n;
	const char *table, *list;
	bool listed;

	r->at = rt_reader_find(r, into); /* INSERT OR IGNORE INTO */
	if (!rt_reader_skip(r, "into") || !(table = rt_reader_name(r)))
		return;
	rt_reader_table(r, RT_TOUCH_INSERT, table, "");
	if (rt_reader_skip(r, "as"))
		rt_reader_part(r);
	listed = rt_reader_mark(r, 0, '(') && !rt_reader_sees(r, 1, "select") &&
		 !rt_reader_sees(r, 1, "with") &&
		 !rt_reader_sees(r, 1, "values");
	if (!listed && !rt_reader_sees(r, 0, "default"))
		rt_reader_table(r, RT_TOUCH_USE, table, "*");
	if (listed) {
		list = read_list(r, table);
		for (; first < r->out->n; first++)
			if (r->out->v[first].verb == RT_TOUCH_INSERT)
				r->out->v[first].list = list;
	}
	read_upsert(r, table);
	rt_vec_push(&scope.aliases,
		    (struct rt_alias_of){ "excluded", table });
	rt_scope_read(&scope, r);
	rt_scope_end(&scope, r, RT_TOUCH_READ);
}

/* Whether a word stands anywhere from here on. */
static bool has_word(const rt_reader *r, const char *word)
{
	rt_reader p = *r;

	for (; p.at < p.n; p.at++)
		if (rt_reader_sees(&p, 0, word))
			return true;
	return false;
}

/* WHERE column = literal, and nothing behind it: for what has been said of
 * the table since `first`. */
static void read_where(const rt_reader *r, const char *table, size_t first)
{
	static const char *const where[] = { "where", NULL };
	rt_reader p = *r;
	const char *column;
	const rt_word *w;

	p.at = rt_reader_find(&p, where);
	if (!rt_reader_skip(&p, "where") || !rt_reader_name_here(&p, 0) ||
	    has_word(r, "select"))
		return;
	column = rt_reader_part(&p);
	if (!rt_reader_skip_mark(&p, '=') || p.at + 1 != p.n)
		return;
	w = &p.v[p.at];
	if (w->kind != RETORT_TOKEN_STRING && w->kind != RETORT_TOKEN_NUMBER)
		return;
	for (; first < r->out->n; first++) {
		rt_touch *touch = &r->out->v[first];

		if (strcmp(touch->name, table) != 0)
			continue;
		touch->where_column = column;
		touch->where_value = rt_arena_strsv(r->arena, w->text);
	}
}

void rt_read_update(rt_reader *r)
{
	size_t first = r->out->n;
	rt_scope scope = { .star = false };
	const char *table, *alias;
	rt_reader set;

	if (rt_reader_skip(r, "or"))
		r->at++;
	rt_reader_skip(r, "only");
	if (!(table = rt_reader_name(r)))
		return;
	alias = rt_reader_alias(r);
	if (!rt_reader_skip(r, "set"))
		return;
	set = rt_reader_range(r, r->at, rt_reader_find(r, after_set));
	read_assignments(&set, table);
	scope.self = table;
	rt_scope_table(&scope, table, alias);
	set = *r;
	rt_scope_read(&scope, r);
	rt_scope_end(&scope, r, RT_TOUCH_READ);
	read_where(&set, table, first);
}

void rt_read_delete(rt_reader *r)
{
	size_t first = r->out->n;
	rt_scope scope = { .star = false };
	const char *table;
	rt_reader start;

	if (!rt_reader_skip(r, "from"))
		return;
	rt_reader_skip(r, "only");
	if (!(table = rt_reader_name(r)))
		return;
	rt_reader_table(r, RT_TOUCH_DELETE, table, "");
	scope.self = table;
	rt_scope_table(&scope, table, rt_reader_alias(r));
	start = *r;
	rt_scope_read(&scope, r);
	rt_scope_end(&scope, r, RT_TOUCH_READ);
	read_where(&start, table, first);
}

/* Which of the three it does to a row is not looked at. */
void rt_read_merge(rt_reader *r)
{
	rt_scope scope = { .star = false };
	const char *table;

	if (!rt_reader_skip(r, "into") || !(table = rt_reader_name(r)))
		return;
	rt_reader_table(r, RT_TOUCH_INSERT, table, "");
	rt_reader_table(r, RT_TOUCH_DELETE, table, "");
	scope.self = table;
	rt_scope_table(&scope, table, rt_reader_alias(r));
	read_upsert(r, table);
	rt_scope_read(&scope, r);
	rt_scope_end(&scope, r, RT_TOUCH_READ);
}
