/* SPDX-License-Identifier: MIT */
/*
 * Queries: which tables and columns they name.
 *
 * One pass collects the tables (behind FROM, JOIN, INTO, UPDATE, USING), what
 * they are called, the names of WITH, and every other name; the end puts the
 * names to the tables.  Scopes of sub-queries are not told apart: a column
 * that might be of either of two tables is taken to be of both.
 */
#include "config.h"

#include <string.h>

#include "text/sqlread.h"

/* More than these, and no person has written it. */
enum {
	NESTING_MAX = 64,
	TABLES_MAX = 64,     /* of one statement */
	TOUCHES_MAX = 100000 /* likewise */
};

/* --- collecting ---------------------------------------------------------- */

void rt_scope_table(rt_scope *scope, const char *table, const char *alias)
{
	const char *dot = strrchr(table, '.');

	if (scope->tables.n >= TABLES_MAX)
		return;
	rt_vec_push(&scope->tables, table);
	rt_vec_push(&scope->aliases, (struct rt_alias_of){ table, table });
	if (dot)
		rt_vec_push(&scope->aliases,
			    (struct rt_alias_of){ dot + 1, table });
	if (alias)
		rt_vec_push(&scope->aliases,
			    (struct rt_alias_of){ alias, table });
}

/* Words that no alias is, though some databases would take them. */
static bool ends_table(const rt_reader *r)
{
	static const char *const words[] = {
		"on", "where", "set", "using", "join", "left", "right",
		"inner", "full", "cross", "natural", "values", "default",
		"select", "group", "order", "limit", "returning", "loop",
		"tablesample", "indexed", "not", "when", "then", "do",
		"overriding", "with", "is", "union",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_reader_sees(r, 0, words[i]))
			return true;
	return false;
}

/* [AS] alias; NULL where there is none. */
const char *rt_reader_alias(rt_reader *r)
{
	if (rt_reader_skip(r, "as"))
		return rt_reader_part(r);
	return rt_reader_name_here(r, 0) && !ends_table(r) ? rt_reader_part(r)
							   : NULL;
}

/* A function that is called, and the sequence that a string names. */
static void use_function(rt_reader *r, const char *name)
{
	static const char *const of_sequences[] = { "nextval", "setval",
						    "currval" };
	size_t i;

	rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_FUNCTION, "function",
			name, "");
	for (i = 0; i < 3; i++) {
		const rt_word *w = r->at + 1 < r->n ? &r->v[r->at + 1] : NULL;

		if (strcmp(name, of_sequences[i]) != 0 || !w ||
		    w->kind != RETORT_TOKEN_STRING || w->text.n < 3)
			continue;
		rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_RELATION,
				"sequence",
				rt_arena_strsv(r->arena,
					       rt_sv_sub(w->text, 1,
							 w->text.n - 2)),
				"");
	}
}

/* What stands behind FROM and the like: tables, separated by commas. */
static void read_tables(rt_scope *scope, rt_reader *r, bool many)
{
	const char *name;

	do {
		rt_reader_skip(r, "only");
		rt_reader_skip(r, "lateral");
		if (rt_reader_mark(r, 0, '(')) {
			size_t end = rt_reader_close(r, r->at);
			rt_reader inner = rt_reader_range(r, r->at + 1, end);

			if (++inner.nesting > NESTING_MAX)
				return;
			rt_scope_read(scope, &inner);
			r->at = end;
			rt_reader_alias(r);
			continue;
		}
		if (!rt_reader_name_here(r, 0))
			return;
		name = rt_reader_name(r);
		if (rt_reader_mark(r, 0, '(')) {
			use_function(r, name);
			return; /* its arguments are read like any words */
		}
		rt_reader_skip_mark(r, '*'); /* PostgreSQL: t* */
		rt_scope_table(scope, name, rt_reader_alias(r));
	} while (many && rt_reader_skip_mark(r, ','));
}

/* EXTRACT(… FROM …) */
static bool takes_from(const rt_reader *r)
{
	static const char *const functions[] = { "extract", "substring",
						 "trim", "overlay" };
	size_t i;

	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (rt_reader_sees(r, 0, functions[i]))
			return true;
	return false;
}

/* A FROM that no table follows: IS DISTINCT FROM, and those of functions. */
static bool is_operator(const rt_reader *from)
{
	rt_reader r = *from;
	size_t depth = 0;

	while (r.at > 0) {
		r.at--;
		if (r.at + 1 == from->at && rt_reader_sees(&r, 0, "distinct"))
			return true;
		if (!depth && rt_reader_sees(&r, 0, "select"))
			return false;
		if (rt_reader_mark(&r, 0, ')'))
			depth++;
		if (!rt_reader_mark(&r, 0, '('))
			continue;
		if (!depth--)
			return r.at-- > 0 && takes_from(&r);
	}
	return false;
}

/* Whether tables stand behind this word; *many, several. */
static bool leads_tables(rt_reader *r, bool *many)
{
	static const struct {
		const char *word;
		bool many;
	} words[] = {
		{ "from", true }, { "join", false },  { "into", false },
		{ "using", true }, { "update", false },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!rt_reader_sees(r, 0, words[i].word))
			continue;
		/* JOIN … USING (column); FOR UPDATE; DO UPDATE SET */
		if (!strcmp(words[i].word, "using") &&
		    rt_reader_mark(r, 1, '('))
			return false;
		if (!strcmp(words[i].word, "update") &&
		    !rt_reader_name_here(r, 1))
			return false;
		if (rt_reader_sees(r, 1, "set") ||
		    (!strcmp(words[i].word, "from") && is_operator(r)))
			return false;
		r->at++;
		*many = words[i].many;
		return true;
	}
	return false;
}

/* name [(columns)] AS [NOT] [MATERIALIZED] (SELECT … */
static bool is_cte(const rt_reader *r)
{
	rt_reader p = *r;

	if (!rt_reader_name_here(&p, 0))
		return false;
	p.at++;
	if (rt_reader_mark(&p, 0, '('))
		p.at = rt_reader_close(&p, p.at);
	if (!rt_reader_skip(&p, "as"))
		return false;
	rt_reader_skip(&p, "not");
	rt_reader_skip(&p, "materialized");
	return rt_reader_mark(&p, 0, '(') &&
	       (rt_reader_sees(&p, 1, "select") ||
		rt_reader_sees(&p, 1, "values") ||
		rt_reader_sees(&p, 1, "with") ||
		rt_reader_sees(&p, 1, "insert") ||
		rt_reader_sees(&p, 1, "update") ||
		rt_reader_sees(&p, 1, "delete"));
}

void rt_reader_ctes(const rt_reader *r, rt_ctes *out)
{
	rt_reader p = *r;

	while (p.at < p.n)
		if (is_cte(&p))
			rt_vec_push(out, rt_reader_part(&p));
		else
			p.at++;
}

static bool is_star(const rt_reader *r)
{
	static const char *const before[] = { "select", "distinct", "all" };
	rt_reader p = *r;
	size_t i;

	if (!rt_reader_mark(r, 0, '*') || !r->at)
		return false;
	p.at--;
	for (i = 0; i < 3; i++)
		if (rt_reader_sees(&p, 0, before[i]))
			return true;
	return rt_reader_mark(&p, 0, ',');
}

static void add_column(rt_scope *scope, const char *qualifier,
		       const char *name)
{
	rt_vec_push(&scope->columns, (struct rt_column_of){ qualifier, name });
}

/* A name that is no table's: a column, a function, a type. */
static void read_name(rt_scope *scope, rt_reader *r)
{
	bool cast = r->at && r->v[r->at - 1].kind == RETORT_TOKEN_OPERATOR &&
		    rt_sv_is(r->v[r->at - 1].text, "::");
	const char *first = rt_reader_part(r), *second = NULL;

	while (rt_reader_mark(r, 0, '.')) {
		r->at++;
		if (rt_reader_mark(r, 0, '*')) {
			r->at++;
			add_column(scope, first, "*");
			return;
		}
		if (second)
			first = second;
		second = rt_reader_part(r);
		if (!second)
			return;
	}
	if (cast)
		rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_TYPE, "type",
				second ? second : first, "");
	else if (rt_reader_mark(r, 0, '('))
		use_function(r, second ? rt_arena_strf(r->arena, "%s.%s",
						       first, second)
				       : first);
	else if (second)
		add_column(scope, first, second);
	else
		add_column(scope, "", first);
}

void rt_scope_read(rt_scope *scope, rt_reader *r)
{
	bool many;

	while (r->at < r->n) {
		if (is_cte(r)) {
			rt_vec_push(&scope->ctes, rt_reader_part(r));
		} else if (leads_tables(r, &many)) {
			read_tables(scope, r, many);
		} else if (is_star(r)) {
			r->at++;
			add_column(scope, "", "*");
		} else if (rt_reader_name_here(r, 0)) {
			read_name(scope, r);
		} else {
			r->at++;
		}
	}
}

/* --- saying -------------------------------------------------------------- */

static bool is_in(const char *const *names, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static bool is_hidden(const rt_scope *scope, const rt_reader *r,
		      const char *name)
{
	return is_in(scope->ctes.v, scope->ctes.n, name) ||
	       (r->hidden && is_in(r->hidden->v, r->hidden->n, name));
}

static const char *table_of(const rt_scope *scope, const char *qualifier)
{
	size_t i;

	for (i = scope->aliases.n; i-- > 0;)
		if (!strcmp(scope->aliases.v[i].alias, qualifier))
			return scope->aliases.v[i].table;
	return NULL;
}

static void say_column(const rt_scope *scope, rt_reader *r,
		       rt_touch_verb verb, const char *table,
		       const char *column)
{
	bool star = !strcmp(column, "*");

	if (is_hidden(scope, r, table) || (star && !scope->star))
		return;
	rt_reader_table(r, star ? RT_TOUCH_USE : verb, table, column)->flags =
		scope->flags;
}

static void say_columns(const rt_scope *scope, rt_reader *r,
			rt_touch_verb verb)
{
	const char *table;
	size_t i, k;

	for (i = 0; i < scope->columns.n && r->out->n < TOUCHES_MAX; i++) {
		const struct rt_column_of *c = &scope->columns.v[i];

		if (*c->qualifier) {
			table = table_of(scope, c->qualifier);
			if (table)
				say_column(scope, r, verb, table, c->name);
			continue;
		}
		for (k = 0; k < scope->tables.n; k++)
			if (!is_in(scope->tables.v, k, scope->tables.v[k]))
				say_column(scope, r, verb,
					   scope->tables.v[k], c->name);
	}
}

void rt_scope_end(rt_scope *scope, rt_reader *r, rt_touch_verb verb)
{
	size_t i;

	for (i = 0; i < scope->tables.n; i++) {
		const char *table = scope->tables.v[i];

		if (is_in(scope->tables.v, i, table) ||
		    is_hidden(scope, r, table) ||
		    (scope->self && !strcmp(scope->self, table)))
			continue;
		rt_reader_table(r, verb, table, "")->flags = scope->flags;
	}
	say_columns(scope, r, verb);
	rt_vec_free(&scope->tables);
	rt_vec_free(&scope->aliases);
	rt_vec_free(&scope->columns);
	rt_vec_free(&scope->ctes);
}

void rt_read_query(rt_reader *r, rt_touch_verb verb, bool star,
		   unsigned flags)
{
	rt_scope scope = { .star = star, .flags = flags };

	rt_scope_read(&scope, r);
	rt_scope_end(&scope, r, verb);
}
