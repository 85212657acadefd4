/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/sqlstatement.h"

#include <string.h>

/* --- words in a row ------------------------------------------------------ */

static bool sees_all(const rt_reader *r, rt_sv words)
{
	size_t ahead = 0;
	rt_sv word;

	while (rt_sv_split(&words, ' ', &word)) {
		const rt_word *w = r->at + ahead < r->n ? &r->v[r->at + ahead]
							: NULL;
		size_t i;

		if (!w || w->kind != RETORT_TOKEN_WORD || w->text.n != word.n)
			return false;
		for (i = 0; i < word.n; i++)
			if ((w->text.p[i] | 0x20) != (word.p[i] | 0x20))
				return false;
		ahead++;
	}
	return true;
}

size_t rt_reader_where(const rt_reader *r, const char *words)
{
	rt_reader p = *r;

	while (p.at < p.n) {
		if (sees_all(&p, rt_sv_from(words)))
			return p.at;
		p.at = rt_reader_mark(&p, 0, '(') ? rt_reader_close(&p, p.at)
						  : p.at + 1;
	}
	return p.n;
}

bool rt_reader_has(const rt_reader *r, const char *words)
{
	return rt_reader_where(r, words) < r->n;
}

/* Go past words in a row. */
static bool skip_all(rt_reader *r, const char *words)
{
	if (!sees_all(r, rt_sv_from(words)))
		return false;
	while (words) {
		r->at++;
		words = strchr(words, ' ');
		words = words ? words + 1 : NULL;
	}
	return true;
}

static const char *or_none(const char *name)
{
	return name ? name : "";
}

/* --- ALTER TABLE --------------------------------------------------------- */

static void read_add(rt_reader *r, rt_sql_action *a)
{
	a->kind = RT_SQL_ADD_COLUMN;
	if (rt_reader_is_constraint(r)) {
		a->kind = RT_SQL_ADD_CONSTRAINT;
		if (rt_reader_skip(r, "constraint"))
			a->name = or_none(rt_reader_part(r));
		return;
	}
	rt_reader_skip(r, "column");
	rt_reader_skip_if(r);
	a->name = or_none(rt_reader_part(r));
}

static void read_drop(rt_reader *r, rt_sql_action *a)
{
	a->kind = RT_SQL_DROP_COLUMN;
	if (rt_reader_skip(r, "constraint"))
		a->kind = RT_SQL_DROP_CONSTRAINT;
	else
		rt_reader_skip(r, "column");
	rt_reader_skip_if(r);
	a->name = or_none(rt_reader_part(r));
}

static void read_alter(rt_reader *r, rt_sql_action *a)
{
	static const struct {
		const char *words;
		rt_sql_action_kind kind;
	} kinds[] = {
		{ "type", RT_SQL_TYPE },
		{ "set data type", RT_SQL_TYPE },
		{ "set not null", RT_SQL_SET_NOT_NULL },
		{ "drop not null", RT_SQL_DROP_NOT_NULL },
	};
	size_t i;

	if (rt_reader_skip(r, "constraint"))
		return;
	rt_reader_skip(r, "column");
	a->name = or_none(rt_reader_part(r));
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (skip_all(r, kinds[i].words)) {
			a->kind = kinds[i].kind;
			return;
		}
}

static void read_rename(rt_reader *r, rt_sql_action *a)
{
	a->kind = RT_SQL_RENAME;
	if (rt_reader_skip(r, "constraint"))
		a->kind = RT_SQL_RENAME_CONSTRAINT;
	else if (!rt_reader_sees(r, 0, "to"))
		a->kind = RT_SQL_RENAME_COLUMN;
	if (a->kind == RT_SQL_RENAME_COLUMN)
		rt_reader_skip(r, "column");
	if (a->kind != RT_SQL_RENAME)
		a->name = or_none(rt_reader_part(r));
	if (rt_reader_skip(r, "to"))
		a->to = or_none(rt_reader_name(r));
}

static void read_action(rt_reader r, rt_sql_shape *out)
{
	rt_sql_action a = { RT_SQL_OTHER_ACTION, "", "", r.at, r };

	if (rt_reader_skip(&r, "add")) {
		read_add(&r, &a);
	} else if (rt_reader_skip(&r, "drop")) {
		read_drop(&r, &a);
	} else if (rt_reader_skip(&r, "alter")) {
		read_alter(&r, &a);
	} else if (rt_reader_skip(&r, "rename")) {
		read_rename(&r, &a);
	} else if (skip_all(&r, "validate constraint")) {
		a.kind = RT_SQL_VALIDATE;
		a.name = or_none(rt_reader_part(&r));
	} else if (skip_all(&r, "set schema")) {
		a.kind = RT_SQL_SET_SCHEMA;
		a.to = or_none(rt_reader_part(&r));
	}
	a.rest = r;
	rt_vec_push(&out->actions, a);
}

static void read_actions(rt_reader *r, rt_sql_shape *out)
{
	while (r->at < r->n) {
		size_t end = rt_reader_item(r);

		read_action(rt_reader_range(r, r->at, end), out);
		r->at = end + 1;
	}
}

/* --- statements ---------------------------------------------------------- */

static void add_name(rt_reader *r, rt_sql_shape *out)
{
	const char *name = rt_reader_name(r);

	if (name)
		rt_vec_push(&out->names, name);
}

/* a, b, c; each may have a list in parentheses */
static void read_names(rt_reader *r, rt_sql_shape *out)
{
	do {
		rt_reader_skip(r, "only");
		add_name(r, out);
		rt_reader_skip_mark(r, '*');
		if (rt_reader_mark(r, 0, '('))
			r->at = rt_reader_close(r, r->at);
	} while (rt_reader_skip_mark(r, ','));
}

static void read_object(rt_reader *r, rt_sql_shape *out)
{
	size_t from = r->at, i;
	unsigned flags = 0;
	const rt_kind *kind = rt_reader_kind(r, &flags);

	for (i = from; i < r->at; i++) {
		rt_reader p = rt_reader_range(r, i, i + 1);

		if (rt_reader_sees(&p, 0, "unique"))
			out->flags |= RT_SQL_UNIQUE;
		if (rt_reader_sees(&p, 0, "temp") ||
		    rt_reader_sees(&p, 0, "temporary"))
			out->flags |= RT_SQL_TEMPORARY;
	}
	if (flags)
		out->flags |= RT_SQL_IF;
	out->object = kind ? kind->word : or_none(rt_reader_part(r));
}

static void skip_options(rt_reader *r, rt_sql_shape *out)
{
	if (rt_reader_skip(r, "concurrently"))
		out->flags |= RT_SQL_CONCURRENTLY;
	if (rt_reader_skip_if(r))
		out->flags |= RT_SQL_IF;
	rt_reader_skip(r, "only");
}

/* CREATE INDEX ON t has no name. */
static void read_create(rt_reader *r, rt_sql_shape *out)
{
	read_object(r, out);
	skip_options(r, out);
	if (!rt_reader_sees(r, 0, "on"))
		add_name(r, out);
	if (rt_sql_shape_is(out, "create", "index") ||
	    rt_sql_shape_is(out, "create", "trigger")) {
		rt_reader on = *r;

		on.at = rt_reader_where(r, "on") + 1;
		if (rt_reader_skip(&on, "only"))
			out->flags |= RT_SQL_ONLY;
		if (on.at < on.n)
			out->table = or_none(rt_reader_name(&on));
		if (!strcmp(out->object, "index"))
			r->at = on.at < on.n ? on.at : on.n;
	}
}

static void read_alter_statement(rt_reader *r, rt_sql_shape *out)
{
	read_object(r, out);
	skip_options(r, out);
	add_name(r, out);
	rt_reader_skip_mark(r, '*');
	out->rest = *r;
	if (!strcmp(out->object, "table") || !strcmp(out->object, "view"))
		read_actions(r, out);
}

static void read_drop_statement(rt_reader *r, rt_sql_shape *out)
{
	read_object(r, out);
	skip_options(r, out);
	read_names(r, out);
	if (rt_reader_has(r, "cascade"))
		out->flags |= RT_SQL_CASCADE;
	if (rt_reader_skip(r, "on"))
		out->table = or_none(rt_reader_name(r));
}

static void read_truncate(rt_reader *r, rt_sql_shape *out)
{
	rt_reader_skip(r, "table");
	out->object = "table";
	read_names(r, out);
	if (rt_reader_has(r, "cascade"))
		out->flags |= RT_SQL_CASCADE;
}

/* INSERT [OR IGNORE] INTO t, UPDATE [OR FAIL] [ONLY] t, DELETE FROM t,
 * COPY t, LOCK [TABLE] t, CLUSTER t, REINDEX … t, VACUUM … t */
static void read_rows(rt_reader *r, rt_sql_shape *out)
{
	static const char *const before[] = { "into", "from", "table", "only",
					      "verbose", "full" };
	size_t i;

	out->object = "table";
	if (rt_reader_skip(r, "or"))
		r->at++;
	if (rt_reader_mark(r, 0, '(')) /* VACUUM (FULL) t */
		r->at = rt_reader_close(r, r->at);
	for (i = 0; i < sizeof(before) / sizeof(before[0]);)
		i = rt_reader_skip(r, before[i]) ? 0 : i + 1;
	add_name(r, out);
}

static void read_reindex(rt_reader *r, rt_sql_shape *out)
{
	if (rt_reader_mark(r, 0, '('))
		r->at = rt_reader_close(r, r->at);
	read_object(r, out);
	skip_options(r, out);
	add_name(r, out);
}

static const struct reading {
	const char *verb;
	void (*read)(rt_reader *r, rt_sql_shape *out);
} readings[] = {
	{ "create", read_create },   { "alter", read_alter_statement },
	{ "drop", read_drop_statement }, { "truncate", read_truncate },
	{ "insert", read_rows },     { "replace", read_rows },
	{ "update", read_rows },     { "delete", read_rows },
	{ "merge", read_rows },      { "copy", read_rows },
	{ "lock", read_rows },       { "cluster", read_rows },
	{ "vacuum", read_rows },     { "reindex", read_reindex },
};

rt_reader rt_sql_shape_reader(const rt_sql_shape *shape)
{
	return rt_reader_range(&shape->rest, 0, shape->words.n);
}

/* Go to the verb of WITH … UPDATE. */
static void skip_with(rt_reader *r)
{
	static const char *const verbs[] = { "insert", "update", "delete",
					     "merge", "select", "values",
					     NULL };

	if (rt_reader_sees(r, 0, "with"))
		r->at = rt_reader_find(r, verbs);
}

void rt_sql_shape_read(rt_sql_shape *out, rt_sv sql, retort_dialect dialect,
		       rt_arena *arena)
{
	rt_reader r = { .dialect = dialect, .arena = arena };
	size_t i;

	*out = (rt_sql_shape){ .verb = "", .object = "", .table = "" };
	rt_words_read(sql, dialect, &out->words);
	r.v = out->words.v;
	r.n = out->words.n;
	out->rest = r;
	skip_with(&r);
	if (r.at < r.n && r.v[r.at].kind == RETORT_TOKEN_WORD)
		out->verb = or_none(rt_reader_part(&r));
	out->rest = r;
	for (i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
		if (strcmp(out->verb, readings[i].verb) != 0)
			continue;
		readings[i].read(&r, out);
		if (!out->actions.n)
			out->rest = r;
		break;
	}
	if (!*out->table && out->names.n && !strcmp(out->object, "table"))
		out->table = out->names.v[0];
}

void rt_sql_shape_dispose(rt_sql_shape *shape)
{
	rt_vec_free(&shape->words);
	rt_vec_free(&shape->names);
	rt_vec_free(&shape->actions);
}

bool rt_sql_shape_is(const rt_sql_shape *shape, const char *verb,
		     const char *object)
{
	return !strcmp(shape->verb, verb) &&
	       (!object || !strcmp(shape->object, object));
}
