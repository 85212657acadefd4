/* SPDX-License-Identifier: MIT */
/* Statements: which there are, and what each does to what it names. */
#include "config.h"

#include "text/sqltouch.h"

#include <string.h>

#include "text/sqlread.h"

/* --- DROP, ALTER --------------------------------------------------------- */

static void read_drop(rt_reader *r)
{
	unsigned flags = 0;
	const rt_kind *kind = rt_reader_kind(r, &flags);
	const char *name, *table;

	if (!kind)
		return;
	rt_reader_skip(r, "concurrently");
	if (rt_reader_skip_if(r))
		flags |= RT_TOUCH_TOLERANT;
	table = rt_reader_on(r);
	while ((name = rt_reader_name(r))) {
		rt_touch *touch = rt_reader_touch(
			r, RT_TOUCH_DROP, kind->space, kind->word,
			rt_kind_name(r, kind, name, table), "");

		touch->flags = flags;
		if (kind->space == RT_TOUCH_SPACE_FUNCTION)
			touch->arity = rt_reader_arity(r);
		if (rt_reader_mark(r, 0, '('))
			r->at = rt_reader_close(r, r->at);
		if (!rt_reader_skip_mark(r, ','))
			break;
	}
	if (table)
		rt_reader_table(r, RT_TOUCH_USE, table, "");
}

/* ALTER DEFAULT PRIVILEGES [IN SCHEMA s, …] GRANT … ON TABLES TO … */
static void alter_defaults(rt_reader *r)
{
	static const char *const in[] = { "in", NULL }, *const on[] = { "on",
									 NULL };
	rt_reader p = *r;
	const char *what, *schema;

	p.at = rt_reader_find(&p, on) + 1;
	what = p.at < p.n ? rt_reader_part(&p) : NULL;
	if (!what)
		return;
	r->at = rt_reader_find(r, in);
	if (!rt_reader_skip(r, "in") || !rt_reader_skip(r, "schema")) {
		rt_reader_touch(r, RT_TOUCH_ALTER, RT_TOUCH_SPACE_DEFAULT,
				"default privileges",
				rt_arena_strf(r->arena, "%s:*", what), "");
		return;
	}
	while ((schema = rt_reader_part(r))) {
		rt_reader_touch(r, RT_TOUCH_ALTER, RT_TOUCH_SPACE_DEFAULT,
				"default privileges",
				rt_arena_strf(r->arena, "%s:%s", what,
					      schema),
				"");
		if (!rt_reader_skip_mark(r, ','))
			break;
	}
}

/* ADD VALUE 'x', RENAME VALUE 'x' TO 'y', DROP ATTRIBUTE a: not twice. */
static bool fails_again(const rt_reader *r)
{
	return (rt_reader_sees(r, 0, "add") || rt_reader_sees(r, 0, "drop") ||
		rt_reader_sees(r, 0, "rename")) &&
	       !rt_reader_sees(r, 2, "if");
}

/* Of a sequence, an index: RESTART, OWNED BY, SET (…). */
static const char *property_here(const rt_reader *r)
{
	rt_reader p = *r;
	const char *word = rt_reader_part(&p);

	return word ? rt_arena_strf(r->arena, "=%s", word) : "";
}

static void alter_other(rt_reader *r, const rt_kind *kind)
{
	const char *name, *table = NULL, *to;

	rt_reader_skip_if(r);
	if (kind->on_table && !rt_kind_is(kind, "index"))
		table = rt_reader_on(r);
	name = rt_reader_name(r);
	if (!name)
		return;
	if (rt_reader_mark(r, 0, '('))
		r->at = rt_reader_close(r, r->at);
	if (table)
		rt_reader_table(r, RT_TOUCH_USE, table, "");
	if ((rt_reader_sees(r, 0, "rename") && rt_reader_sees(r, 1, "to")) ||
	    (rt_reader_sees(r, 0, "set") && rt_reader_sees(r, 1, "schema"))) {
		r->at += 2;
		rt_reader_touch(r, RT_TOUCH_RENAME, kind->space, kind->word,
				rt_kind_name(r, kind, name, table), "");
		to = rt_reader_name(r);
		if (to)
			rt_reader_touch(r, RT_TOUCH_BECOME, kind->space,
					kind->word,
					rt_kind_name(r, kind, to, table), "");
		return;
	}
	rt_reader_touch(r,
			rt_reader_sees(r, 0, "add") ? RT_TOUCH_ADD
						    : RT_TOUCH_ALTER,
			kind->space, kind->word,
			rt_kind_name(r, kind, name, table),
			kind->space == RT_TOUCH_SPACE_RELATION
				? property_here(r)
				: "")
		->flags = fails_again(r) ? RT_TOUCH_ONCE : 0;
	rt_read_definition(r, NULL);
}

static void read_alter(rt_reader *r)
{
	unsigned flags = 0;
	const rt_kind *kind;

	if (rt_reader_skip(r, "default")) {
		alter_defaults(r);
		return;
	}
	kind = rt_reader_kind(r, &flags);
	if (!kind)
		return;
	if (rt_kind_is(kind, "table") || rt_kind_is(kind, "view"))
		rt_read_alter_table(r, kind->word);
	else
		alter_other(r, kind);
}

/* --- COMMENT, GRANT ------------------------------------------------------ */

static void read_comment(rt_reader *r)
{
	static const char *const is[] = { "is", NULL };
	rt_str target = RT_STR_INIT;
	const char *name;
	size_t end;

	if (!rt_reader_skip(r, "on"))
		return;
	end = rt_reader_find(r, is);
	if (rt_reader_sees(r, 0, "table") || rt_reader_sees(r, 0, "view") ||
	    rt_reader_sees(r, 0, "index")) {
		rt_reader p = rt_reader_range(r, r->at + 1, end);

		name = rt_reader_name(&p);
		if (name)
			rt_reader_table(r, RT_TOUCH_USE, name, "");
	} else if (rt_reader_sees(r, 0, "column")) {
		rt_reader p = rt_reader_range(r, r->at + 1, end);
		const char *dot;

		name = rt_reader_name(&p);
		dot = name ? strrchr(name, '.') : NULL;
		if (dot)
			rt_reader_table(
				r, RT_TOUCH_USE,
				rt_arena_strsv(r->arena,
					       (rt_sv){ name, (size_t)(dot -
								       name) }),
				dot + 1);
	}
	while (r->at < end) {
		name = rt_reader_name(r);
		if (name)
			rt_str_addf(&target, "%s%s", target.n ? " " : "",
				    name);
		else
			r->at++;
	}
	rt_reader_touch(r, RT_TOUCH_ALTER, RT_TOUCH_SPACE_COMMENT, "comment",
			rt_arena_strsv(r->arena, rt_str_sv(&target)), "");
	rt_str_free(&target);
}

/* GRANT … ON a, b TO …; of all tables of a schema: whatever there is then. */
static void read_privileges(rt_reader *r, rt_touch_verb verb)
{
	static const char *const on[] = { "on", NULL };
	const char *name;

	r->at = rt_reader_find(r, on);
	if (!rt_reader_skip(r, "on"))
		return;
	if (rt_reader_skip(r, "all")) {
		const char *what = rt_reader_part(r);

		rt_reader_skip(r, "in");
		rt_reader_skip(r, "schema");
		name = rt_reader_part(r);
		if (what && name)
			rt_reader_touch(r, RT_TOUCH_ALTER,
					RT_TOUCH_SPACE_DEFAULT, "privileges",
					rt_arena_strf(r->arena, "%s:%s", what,
						      name),
					"");
		return;
	}
	if (!rt_reader_skip(r, "table") && rt_reader_name_here(r, 1))
		return; /* a schema's, a function's */
	while ((name = rt_reader_name(r))) {
		rt_reader_table(r, RT_TOUCH_USE, name, "");
		rt_reader_touch(r, verb, RT_TOUCH_SPACE_GRANT, "privileges",
				name, "");
		if (!rt_reader_skip_mark(r, ','))
			break;
	}
}

static void read_grant(rt_reader *r)
{
	read_privileges(r, RT_TOUCH_ADD);
}

static void read_revoke(rt_reader *r)
{
	read_privileges(r, RT_TOUCH_DROP);
}

/* --- rows, and the rest -------------------------------------------------- */

static void read_truncate(rt_reader *r)
{
	const char *name;

	rt_reader_skip(r, "table");
	do {
		rt_reader_skip(r, "only");
		name = rt_reader_name(r);
		if (name)
			rt_reader_table(r, RT_TOUCH_DELETE, name, "");
	} while (name && rt_reader_skip_mark(r, ','));
}

static void read_copy(rt_reader *r)
{
	static const char *const from[] = { "from", NULL };
	const char *name;

	if (rt_reader_mark(r, 0, '('))
		return;
	name = rt_reader_name(r);
	if (!name)
		return;
	if (!rt_reader_mark(r, 0, '('))
		rt_reader_table(r, RT_TOUCH_USE, name, "*");
	rt_reader_table(r,
			rt_reader_find(r, from) < r->n ? RT_TOUCH_INSERT
						       : RT_TOUCH_READ,
			name, "");
}

static void read_select(rt_reader *r)
{
	rt_read_query(r, RT_TOUCH_READ, false, 0);
}

static void read_refresh(rt_reader *r)
{
	const char *name;

	rt_reader_skip(r, "materialized");
	rt_reader_skip(r, "view");
	rt_reader_skip(r, "concurrently");
	name = rt_reader_name(r);
	if (name)
		rt_reader_table(r, RT_TOUCH_READ, name, "");
}

/* LOCK TABLE t, ANALYZE (VERBOSE) t, REINDEX INDEX CONCURRENTLY i */
static void read_uses(rt_reader *r)
{
	static const char *const words[] = { "table", "index", "only",
					     "verbose", "full", "freeze",
					     "analyze", "concurrently" };
	const char *name;
	size_t i;

	if (rt_reader_mark(r, 0, '('))
		r->at = rt_reader_close(r, r->at);
	for (i = 0; i < sizeof(words) / sizeof(words[0]);)
		i = rt_reader_skip(r, words[i]) ? 0 : i + 1;
	while ((name = rt_reader_name(r))) {
		rt_reader_table(r, RT_TOUCH_USE, name, "");
		if (!rt_reader_skip_mark(r, ','))
			break;
	}
}

static void add_opaque(rt_reader *r, const char *what)
{
	if (!r->deferred)
		rt_reader_touch(r, RT_TOUCH_OPAQUE, RT_TOUCH_SPACE_OTHER,
				"statement", what, "");
}

static void read_do(rt_reader *r)
{
	for (; r->at < r->n; r->at++)
		if (r->v[r->at].kind == RETORT_TOKEN_STRING)
			rt_read_string(r, r->v[r->at].text);
}

static void read_call(rt_reader *r)
{
	const char *name = rt_reader_name(r);

	if (!name)
		return;
	rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_FUNCTION, "function",
			name, "");
	add_opaque(r, name);
}

static void read_execute(rt_reader *r)
{
	add_opaque(r, "EXECUTE");
	rt_read_query(r, RT_TOUCH_USE, false, 0);
}

static void read_statement(rt_reader *r);

/* WITH … stands before any of the others; what counts is in it too. */
static void read_with(rt_reader *r)
{
	static const char *const verbs[] = { "insert", "update", "delete",
					     "merge", "select", NULL };
	rt_ctes hidden = RT_VEC_INIT;
	rt_reader all = *r;
	size_t at;

	for (at = 0; r->hidden && at < r->hidden->n; at++)
		rt_vec_push(&hidden, r->hidden->v[at]);
	rt_reader_ctes(r, &hidden);
	r->hidden = all.hidden = &hidden;
	/* changes inside the parentheses */
	for (at = r->at; at < r->n; at++) {
		rt_reader inner = rt_reader_range(r, at, r->n);

		if (!rt_reader_skip_mark(&inner, '(') ||
		    (!rt_reader_sees(&inner, 0, "insert") &&
		     !rt_reader_sees(&inner, 0, "update") &&
		     !rt_reader_sees(&inner, 0, "delete")))
			continue;
		inner.n = rt_reader_close(r, at) - 1;
		read_statement(&inner);
	}
	r->at = rt_reader_find(r, verbs);
	if (!rt_reader_sees(r, 0, "select"))
		read_statement(r);
	rt_read_query(&all, RT_TOUCH_READ, false, 0);
	r->hidden = NULL;
	rt_vec_free(&hidden);
}

static const struct statement {
	const char *word;
	void (*read)(rt_reader *r);
} statements[] = {
	{ "create", rt_read_create },     { "alter", read_alter },
	{ "drop", read_drop },	       { "insert", rt_read_insert },
	{ "replace", rt_read_insert }, { "update", rt_read_update },
	{ "delete", rt_read_delete },  { "merge", rt_read_merge },
	{ "copy", read_copy },	       { "truncate", read_truncate },
	{ "comment", read_comment },   { "grant", read_grant },
	{ "revoke", read_revoke },     { "select", read_select },
	{ "with", read_with },	       { "refresh", read_refresh },
	{ "do", read_do },	       { "call", read_call },
	{ "perform", read_select },    { "execute", read_execute },
	{ "lock", read_uses },	       { "analyze", read_uses },
	{ "vacuum", read_uses },       { "reindex", read_uses },
	{ "cluster", read_uses },
};

static const struct statement *statement_here(const rt_reader *r)
{
	size_t i;

	for (i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
		if (rt_reader_sees(r, 0, statements[i].word))
			return &statements[i];
	return NULL;
}

/* One statement, from here to the end. */
static void read_statement(rt_reader *r)
{
	const struct statement *s = statement_here(r);

	if (!s)
		return;
	r->at++;
	s->read(r);
}

/* Whether a statement may begin behind the word before this place. */
static bool may_begin(const rt_reader *r)
{
	static const char *const words[] = { "begin", "then",	"else", "loop",
					     "in",    "atomic", "return",
					     "query" };
	rt_reader p = *r;
	size_t i;

	if (!r->at)
		return true;
	p.at--;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_reader_sees(&p, 0, words[i]))
			return true;
	return rt_reader_mark(&p, 0, ';');
}

void rt_read_body(rt_reader *r)
{
	size_t end;

	for (; r->at < r->n; r->at++) {
		rt_reader one;

		if (!statement_here(r) || !may_begin(r))
			continue;
		for (end = r->at; end < r->n; end++) {
			one = rt_reader_range(r, end, r->n);
			if (rt_reader_mark(&one, 0, ';') ||
			    rt_reader_sees(&one, 0, "loop"))
				break;
		}
		one = rt_reader_range(r, r->at, end);
		read_statement(&one);
		r->at = end;
	}
}

void rt_sql_touches(rt_sv sql, retort_dialect dialect, rt_arena *arena,
		    rt_touches *out)
{
	rt_words words = RT_VEC_INIT;
	rt_reader r = { .dialect = dialect, .arena = arena, .out = out };

	rt_words_read(sql, dialect, &words);
	r.v = words.v;
	r.n = words.n;
	read_statement(&r);
	rt_vec_free(&words);
}
