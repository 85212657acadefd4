/* SPDX-License-Identifier: MIT */
/* CREATE of everything but tables, and the kinds of objects there are. */
#include "config.h"

#include <string.h>

#include "text/sqlread.h"

enum { BODIES_MAX = 4 /* in one another */ };

/* --- kinds of objects ---------------------------------------------------- */

static const rt_kind kinds[] = {
	{ "table", RT_TOUCH_SPACE_RELATION, false, "tables" },
	{ "view", RT_TOUCH_SPACE_RELATION, false, "tables" },
	{ "index", RT_TOUCH_SPACE_RELATION, true, NULL },
	{ "sequence", RT_TOUCH_SPACE_RELATION, false, "sequences" },
	{ "type", RT_TOUCH_SPACE_TYPE, false, "types" },
	{ "domain", RT_TOUCH_SPACE_TYPE, false, "types" },
	{ "function", RT_TOUCH_SPACE_FUNCTION, false, "functions" },
	{ "procedure", RT_TOUCH_SPACE_FUNCTION, false, "functions" },
	{ "routine", RT_TOUCH_SPACE_FUNCTION, false, "functions" },
	{ "aggregate", RT_TOUCH_SPACE_FUNCTION, false, "functions" },
	{ "schema", RT_TOUCH_SPACE_SCHEMA, false, "schemas" },
	{ "trigger", RT_TOUCH_SPACE_TRIGGER, true, NULL },
	{ "policy", RT_TOUCH_SPACE_OTHER, true, NULL },
	{ "rule", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "extension", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "role", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "user", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "collation", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "publication", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "statistics", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "operator", RT_TOUCH_SPACE_OTHER, false, NULL },
	{ "cast", RT_TOUCH_SPACE_OTHER, false, NULL },
};

/* The kind that is named here; *flags: OR REPLACE. */
const rt_kind *rt_reader_kind(rt_reader *r, unsigned *flags)
{
	static const char *const adjectives[] = {
		"temp", "temporary", "unlogged", "global", "local", "unique",
		"recursive", "virtual", "constraint", "foreign", "event",
		"materialized",
	};
	size_t i;

	if (rt_reader_sees(r, 0, "or") && rt_reader_sees(r, 1, "replace")) {
		r->at += 2;
		*flags |= RT_TOUCH_TOLERANT;
	}
	for (i = 0; i < sizeof(adjectives) / sizeof(adjectives[0]);)
		i = rt_reader_skip(r, adjectives[i]) ? 0 : i + 1;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (rt_reader_skip(r, kinds[i].word))
			return &kinds[i];
	return NULL;
}

bool rt_kind_is(const rt_kind *kind, const char *word)
{
	return !strcmp(kind->word, word);
}

/* Names of what shares no space with others: "extension x". */
const char *rt_kind_name(rt_reader *r, const rt_kind *kind, const char *name,
			 const char *table)
{
	if (kind->space == RT_TOUCH_SPACE_OTHER)
		return table ? rt_arena_strf(r->arena, "%s %s.%s", kind->word,
					     table, name)
			     : rt_arena_strf(r->arena, "%s %s", kind->word,
					     name);
	/* PostgreSQL's triggers belong to their tables */
	if (kind->space == RT_TOUCH_SPACE_TRIGGER && table &&
	    r->dialect != RETORT_DIALECT_SQLITE)
		return rt_arena_strf(r->arena, "%s.%s", table, name);
	return name;
}

int rt_reader_arity(const rt_reader *r)
{
	rt_reader inner;
	int n = 0;

	if (!rt_reader_mark(r, 0, '('))
		return -1;
	inner = rt_reader_range(r, r->at + 1, rt_reader_close(r, r->at) - 1);
	while (inner.at < inner.n) {
		n++;
		inner.at = rt_reader_item(&inner) + 1;
	}
	return n;
}

/* --- CREATE -------------------------------------------------------------- */

/* What ALTER DEFAULT PRIVILEGES decides about. */
static void use_defaults(rt_reader *r, const rt_kind *kind,
			 const char *name)
{
	const char *dot = strchr(name, '.');
	rt_sv schema = dot ? (rt_sv){ name, (size_t)(dot - name) }
			   : RT_SV("public");

	if (!kind->plural || r->dialect == RETORT_DIALECT_SQLITE)
		return;
	rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_DEFAULT,
			"default privileges",
			rt_arena_strf(r->arena, "%s:*", kind->plural), "");
	rt_reader_touch(r, RT_TOUCH_USE, RT_TOUCH_SPACE_DEFAULT,
			"default privileges",
			rt_arena_strf(r->arena, "%s:%.*s", kind->plural,
				      (int)schema.n, schema.p),
			"");
}

/* PostgreSQL: the rows of a table or view are a type. */
static void create_row_type(rt_reader *r, const char *name, unsigned flags)
{
	rt_touch *touch;

	if (r->dialect == RETORT_DIALECT_SQLITE)
		return;
	touch = rt_reader_touch(r, RT_TOUCH_CREATE, RT_TOUCH_SPACE_TYPE,
				"type", name, "");
	touch->flags = flags;
	touch->of = name;
}

/* The table of ON t, wherever it stands; NULL if there is none. */
const char *rt_reader_on(const rt_reader *r)
{
	static const char *const on[] = { "on", NULL };
	rt_reader p = *r;

	p.at = rt_reader_find(&p, on);
	if (!rt_reader_skip(&p, "on"))
		return NULL;
	rt_reader_skip(&p, "only");
	return rt_reader_name(&p);
}

static void create_index(rt_reader *r, unsigned flags)
{
	const char *name = NULL, *table;

	rt_reader_skip(r, "concurrently");
	if (rt_reader_skip_if(r))
		flags |= RT_TOUCH_TOLERANT;
	table = rt_reader_on(r);
	if (!table)
		return;
	if (!rt_reader_sees(r, 0, "on"))
		name = rt_reader_name(r);
	if (name)
		rt_reader_touch(r, RT_TOUCH_CREATE, RT_TOUCH_SPACE_RELATION,
				"index", name, "")
			->flags = flags;
	while (r->at < r->n && !rt_reader_mark(r, 0, '('))
		r->at++;
	rt_reader_table(r, RT_TOUCH_USE, table, "");
	rt_read_definition(r, table);
}

static void create_view(rt_reader *r, const rt_kind *kind, bool stored,
			unsigned flags)
{
	static const char *const as[] = { "as", NULL };
	bool star = r->dialect != RETORT_DIALECT_SQLITE;
	const char *name;

	if (rt_reader_skip_if(r))
		flags |= RT_TOUCH_TOLERANT;
	name = rt_reader_name(r);
	if (!name)
		return;
	rt_reader_touch(r, RT_TOUCH_CREATE, RT_TOUCH_SPACE_RELATION,
			stored ? "materialized view" : "view", name, "")
		->flags = flags;
	use_defaults(r, kind, name);
	create_row_type(r, name, flags);
	r->at = rt_reader_find(r, as);
	rt_reader_skip(r, "as");
	/* SQLite looks up the columns of * whenever it is asked */
	rt_read_query(r, stored ? RT_TOUCH_READ : RT_TOUCH_USE, star,
		      RT_TOUCH_VIEW);
}

/* What stands in a body belongs to what it says: NEW.x is the table's. */
static void read_deferred(rt_reader *r)
{
	bool before = r->deferred;

	r->deferred = true;
	rt_read_body(r);
	r->deferred = before;
}

/* NEW.a, OLD.a, UPDATE OF a, b: columns of the trigger's table. */
static void use_row(const rt_reader *from, rt_reader *out, const char *table)
{
	rt_reader r = *from;
	const char *column;

	for (; r.at < r.n; r.at++) {
		if ((rt_reader_sees(&r, 0, "new") ||
		     rt_reader_sees(&r, 0, "old")) &&
		    rt_reader_mark(&r, 1, '.')) {
			r.at += 2;
		} else if (rt_reader_sees(&r, 0, "update") &&
			   rt_reader_sees(&r, 1, "of")) {
			r.at += 2;
		} else {
			continue;
		}
		do {
			column = rt_reader_part(&r);
			if (column)
				rt_reader_table(out, RT_TOUCH_USE, table,
						column);
		} while (column && rt_reader_name_here(&r, 1) &&
			 rt_reader_skip_mark(&r, ','));
		r.at--;
	}
}

static void create_trigger(rt_reader *r, const rt_kind *kind,
			   unsigned flags)
{
	const char *name, *table, *function;

	if (rt_reader_skip_if(r))
		flags |= RT_TOUCH_TOLERANT;
	table = rt_reader_on(r);
	name = rt_reader_name(r);
	if (!name)
		return;
	rt_reader_touch(r, RT_TOUCH_CREATE, kind->space, kind->word,
			rt_kind_name(r, kind, name, table), "")
		->flags = flags;
	if (table) {
		rt_reader_table(r, RT_TOUCH_USE, table, "");
		rt_reader_table(r, RT_TOUCH_FIRE, table, "");
		use_row(r, r, table);
	}
	for (; r->at < r->n && !rt_reader_sees(r, 0, "begin"); r->at++) {
		if (!rt_reader_skip(r, "execute"))
			continue;
		r->at++; /* FUNCTION or PROCEDURE */
		function = rt_reader_name(r);
		if (function)
			rt_reader_touch(r, RT_TOUCH_USE,
					RT_TOUCH_SPACE_FUNCTION, "function",
					function, "");
	}
	read_deferred(r);
}

static rt_sv unquote(rt_sv text)
{
	size_t tag;

	if (text.n > 2 && text.p[0] == '$') {
		tag = rt_sv_find(rt_sv_sub(text, 1, text.n), '$') + 2;
		if (text.n >= 2 * tag)
			return rt_sv_sub(text, tag, text.n - 2 * tag);
	}
	return text.n > 2 && text.p[0] == '\'' ? rt_sv_sub(text, 1, text.n - 2)
					       : RT_SV("");
}

/* EXCEPTION WHEN duplicate_object, IF NOT EXISTS (SELECT …): it minds what
 * is there already. */
static bool minds(const rt_reader *body)
{
	rt_reader p = *body;

	for (; p.at < p.n; p.at++)
		if ((rt_reader_sees(&p, 0, "exception") &&
		     rt_reader_sees(&p, 1, "when")) ||
		    (rt_reader_sees(&p, 0, "not") &&
		     rt_reader_sees(&p, 1, "exists") &&
		     rt_reader_mark(&p, 2, '(')))
			return true;
	return false;
}

/* The body in a string. */
void rt_read_string(rt_reader *r, rt_sv string)
{
	rt_words words = RT_VEC_INIT;
	rt_reader body = *r;
	size_t first = r->out->n;

	if (r->depth >= BODIES_MAX)
		return;
	rt_words_read(unquote(string), r->dialect, &words);
	body.v = words.v;
	body.at = 0;
	body.n = words.n;
	body.depth++;
	if (!minds(&body))
		first = SIZE_MAX;
	rt_read_body(&body);
	for (; first < r->out->n; first++)
		r->out->v[first].flags |= RT_TOUCH_TOLERANT;
	rt_vec_free(&words);
}

static void create_function(rt_reader *r, const rt_kind *kind,
			    unsigned flags)
{
	const char *name = rt_reader_name(r);
	bool before = r->deferred;
	rt_touch *touch;
	size_t end;

	if (!name)
		return;
	touch = rt_reader_touch(r, RT_TOUCH_CREATE, kind->space, kind->word,
				name, "");
	touch->flags = flags;
	touch->arity = rt_reader_arity(r);
	use_defaults(r, kind, name);
	if (rt_reader_mark(r, 0, '(')) {
		end = rt_reader_close(r, r->at);
		for (; r->at < end; r->at++) {
			rt_reader word = rt_reader_range(r, r->at, r->at + 1);

			rt_read_definition(&word, NULL);
		}
	}
	r->deferred = true;
	for (; r->at < r->n; r->at++)
		if (r->v[r->at].kind == RETORT_TOKEN_STRING) {
			rt_read_string(r, r->v[r->at].text);
		} else if (rt_reader_sees(r, 0, "atomic") ||
			   rt_reader_sees(r, 0, "return")) {
			rt_read_body(r);
			break;
		}
	r->deferred = before;
}

static void create_other(rt_reader *r, const rt_kind *kind,
			 unsigned flags)
{
	const char *name, *table = NULL;

	if (rt_reader_skip_if(r))
		flags |= RT_TOUCH_TOLERANT;
	if (kind->on_table)
		table = rt_reader_on(r);
	name = rt_reader_name(r);
	if (!name)
		return;
	rt_reader_touch(r, RT_TOUCH_CREATE, kind->space, kind->word,
			rt_kind_name(r, kind, name, table), "")
		->flags = flags;
	use_defaults(r, kind, name);
	if (table)
		rt_reader_table(r, RT_TOUCH_USE, table, "");
	rt_read_definition(r, table);
}

void rt_read_create(rt_reader *r)
{
	bool stored = rt_reader_sees(r, 0, "materialized");
	unsigned flags = 0;
	const rt_kind *kind = rt_reader_kind(r, &flags);

	if (!kind)
		return;
	if (rt_kind_is(kind, "table")) {
		rt_reader p = *r;
		const char *name;

		rt_reader_skip_if(&p);
		name = rt_reader_name(&p);
		if (name) {
			use_defaults(r, kind, name);
			create_row_type(r, name, flags);
		}
		rt_read_create_table(r, flags);
	} else if (rt_kind_is(kind, "index")) {
		create_index(r, flags);
	} else if (rt_kind_is(kind, "view")) {
		create_view(r, kind, stored, flags);
	} else if (rt_kind_is(kind, "trigger")) {
		create_trigger(r, kind, flags);
	} else if (kind->space == RT_TOUCH_SPACE_FUNCTION) {
		create_function(r, kind, flags);
	} else {
		create_other(r, kind, flags);
	}
}
