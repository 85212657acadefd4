/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "schema/sqlite_table.h"

#include <string.h>

typedef struct reader {
	rt_sqlite_cursor c;
	rt_sqlite_table *table;
	size_t column;    /* whose definition is read, or NO_COLUMN */
	const char *name; /* CONSTRAINT … of what comes next; "" = none */
} reader;

/* --- small parts --------------------------------------------------------- */

static const char *take_name(reader *r)
{
	return rt_sqlite_name(&r->c, &r->table->arena);
}

/* A word in lower case. */
static const char *take_word(reader *r)
{
	char *word = rt_arena_strsv(&r->table->arena, rt_sqlite_text(&r->c));
	char *p;

	for (p = word; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	rt_sqlite_next(&r->c);
	return word;
}

/* ON CONFLICT …; ABORT is what happens anyway. */
static const char *take_conflict(reader *r)
{
	rt_sqlite_cursor before = r->c;
	const char *word;

	if (!rt_sqlite_skip(&r->c, "on"))
		return "";
	if (!rt_sqlite_skip(&r->c, "conflict")) {
		r->c = before;
		return "";
	}
	word = take_word(r);
	return strcmp(word, "abort") ? word : "";
}

static rt_sqlite_constraint *add(reader *r, rt_sqlite_constraint_kind kind)
{
	rt_sqlite_constraint made = { .kind = kind, .name = r->name,
				      .column = r->column, .conflict = "",
				      .references = "", .on_update = "",
				      .on_delete = "", .match = "" };

	r->name = "";
	rt_vec_push(&r->table->constraints, made);
	return &r->table->constraints.v[r->table->constraints.n - 1];
}

/* --- foreign keys -------------------------------------------------------- */

/* NO ACTION is what happens anyway. */
static const char *take_action(reader *r)
{
	if (rt_sqlite_skip(&r->c, "set"))
		return rt_sqlite_skip(&r->c, "null")	  ? "SET NULL" :
		       rt_sqlite_skip(&r->c, "default") ? "SET DEFAULT" :
							  "";
	if (rt_sqlite_skip(&r->c, "cascade"))
		return "CASCADE";
	if (rt_sqlite_skip(&r->c, "restrict"))
		return "RESTRICT";
	if (rt_sqlite_skip(&r->c, "no"))
		rt_sqlite_skip(&r->c, "action");
	return "";
}

/* Also ON INSERT, which SQLite reads and forgets. */
static bool read_action(reader *r, rt_sqlite_constraint *key)
{
	if (!rt_sqlite_skip(&r->c, "on"))
		return false;
	if (rt_sqlite_skip(&r->c, "delete"))
		key->on_delete = take_action(r);
	else if (rt_sqlite_skip(&r->c, "update"))
		key->on_update = take_action(r);
	else if (rt_sqlite_skip(&r->c, "insert"))
		(void)take_action(r);
	return true;
}

static void read_references(reader *r, rt_sqlite_constraint *key)
{
	key->references = take_name(r);
	if (rt_sqlite_is_mark(&r->c, '('))
		key->columns = rt_sqlite_group(&r->c);
	for (;;) {
		if (rt_sqlite_skip(&r->c, "match"))
			key->match = take_name(r);
		else if (!read_action(r, key))
			break;
	}
}

/* [NOT] DEFERRABLE …, of the foreign key that was read last. */
static bool read_deferrable(reader *r)
{
	rt_sqlite_cursor before = r->c;
	bool not = rt_sqlite_skip(&r->c, "not"), deferred = false;
	size_t i = r->table->constraints.n;

	if (!rt_sqlite_skip(&r->c, "deferrable")) {
		r->c = before;
		return false;
	}
	if (rt_sqlite_skip(&r->c, "initially")) {
		deferred = rt_sqlite_skip(&r->c, "deferred");
		if (!deferred)
			rt_sqlite_skip(&r->c, "immediate");
	}
	while (i-- > 0) {
		rt_sqlite_constraint *key = &r->table->constraints.v[i];

		if (key->kind != RT_SQLITE_FOREIGN_KEY)
			continue;
		key->deferrable = !not;
		key->deferred = !not && deferred;
		break;
	}
	return true;
}

/* --- columns ------------------------------------------------------------- */

static rt_sqlite_column *column(reader *r)
{
	return &r->table->columns.v[r->column];
}

/* A value, a sign with one, a name, or anything in parentheses. */
static void read_default(reader *r)
{
	size_t start = r->c.token.offset;

	if (rt_sqlite_is_mark(&r->c, '(')) {
		(void)rt_sqlite_group(&r->c);
	} else {
		if (r->c.token.kind == RETORT_TOKEN_OPERATOR)
			rt_sqlite_next(&r->c);
		rt_sqlite_next(&r->c);
	}
	column(r)->standard = rt_sv_sub(r->c.text, start,
					r->c.before - start);
}

static void read_generated(reader *r)
{
	column(r)->generated = rt_sqlite_group(&r->c);
	if (rt_sqlite_skip(&r->c, "stored"))
		column(r)->stored = true;
	else
		rt_sqlite_skip(&r->c, "virtual");
}

static void read_column_key(reader *r)
{
	rt_sqlite_constraint *key = add(r, RT_SQLITE_PRIMARY_KEY);

	rt_sqlite_skip(&r->c, "key");
	if (rt_sqlite_skip(&r->c, "desc"))
		key->descending = true;
	else
		rt_sqlite_skip(&r->c, "asc");
	key->conflict = take_conflict(r);
	key->autoincrement = rt_sqlite_skip(&r->c, "autoincrement");
}

static void read_not_null(reader *r)
{
	rt_sqlite_skip(&r->c, "null");
	column(r)->not_null = true;
	column(r)->not_null_name = r->name;
	column(r)->conflict = take_conflict(r);
	r->name = "";
}

static void read_collate(reader *r)
{
	rt_str name = RT_STR_INIT;

	rt_sqlite_unquote(&name, rt_sqlite_text(&r->c));
	if (rt_sv_is_nocase(rt_str_sv(&name), "binary"))
		rt_str_clear(&name);
	column(r)->collation = rt_arena_strsv(&r->table->arena,
					      rt_str_sv(&name));
	rt_str_free(&name);
	rt_sqlite_next(&r->c);
}

/* One constraint of a column; false where none begins. */
static bool read_column_constraint(reader *r)
{
	if (rt_sqlite_skip(&r->c, "constraint"))
		r->name = take_name(r);
	else if (rt_sqlite_skip(&r->c, "default"))
		read_default(r);
	else if (rt_sqlite_skip(&r->c, "null"))
		(void)take_conflict(r);
	else if (read_deferrable(r))
		; /* said of the foreign key before it */
	else if (rt_sqlite_skip(&r->c, "not"))
		read_not_null(r);
	else if (rt_sqlite_skip(&r->c, "primary"))
		read_column_key(r);
	else if (rt_sqlite_skip(&r->c, "unique"))
		add(r, RT_SQLITE_UNIQUE)->conflict = take_conflict(r);
	else if (rt_sqlite_skip(&r->c, "check"))
		add(r, RT_SQLITE_CHECK)->body = rt_sqlite_group(&r->c);
	else if (rt_sqlite_skip(&r->c, "references"))
		read_references(r, add(r, RT_SQLITE_FOREIGN_KEY));
	else if (rt_sqlite_skip(&r->c, "collate"))
		read_collate(r);
	else if (rt_sqlite_skip(&r->c, "as"))
		read_generated(r);
	else if (rt_sqlite_skip(&r->c, "generated"))
		rt_sqlite_skip(&r->c, "always");
	else
		return false;
	return true;
}

/* GENERATED and ALWAYS may be words of a type, but not at its end. */
static bool is_generated(const reader *r)
{
	rt_sqlite_cursor ahead = r->c;

	return rt_sqlite_skip(&ahead, "generated") &&
	       rt_sqlite_skip(&ahead, "always") && rt_sqlite_is(&ahead, "as");
}

/* What no type goes on with. */
static bool ends_type(const reader *r)
{
	static const char *const words[] = {
		"as", "check", "collate", "constraint", "default",
		"deferrable", "foreign", "not", "null", "primary",
		"references", "unique",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sqlite_is(&r->c, words[i]))
			return true;
	return !rt_sqlite_is_name(&r->c) || is_generated(r);
}

static rt_sv take_type(reader *r)
{
	size_t start = r->c.token.offset, end = start;

	while (!ends_type(r)) {
		rt_sqlite_next(&r->c);
		end = r->c.before;
	}
	if (end > start && rt_sqlite_is_mark(&r->c, '(')) {
		(void)rt_sqlite_group(&r->c);
		end = r->c.before;
	}
	return rt_sv_sub(r->c.text, start, end - start);
}

static void read_column(reader *r)
{
	rt_sqlite_column made = { .not_null_name = "", .conflict = "",
				  .collation = "" };

	made.name = take_name(r);
	made.type = take_type(r);
	r->column = r->table->columns.n;
	rt_vec_push(&r->table->columns, made);
	while (read_column_constraint(r))
		;
	r->column = RT_SQLITE_NO_COLUMN;
	r->name = "";
}

/* --- constraints of the table -------------------------------------------- */

/* AUTOINCREMENT may stand behind the columns of the key. */
static void read_table_key(reader *r)
{
	rt_sqlite_constraint *key = add(r, RT_SQLITE_PRIMARY_KEY);
	rt_sqlite_cursor c;

	rt_sqlite_skip(&r->c, "key");
	key->body = rt_sqlite_group(&r->c);
	rt_sqlite_begin(&c, key->body);
	for (; c.token.length; rt_sqlite_next(&c))
		if (rt_sqlite_is(&c, "autoincrement")) {
			key->autoincrement = true;
			key->body = rt_sv_sub(key->body, 0, c.before);
			break;
		}
	key->conflict = take_conflict(r);
}

static void read_foreign_key(reader *r)
{
	rt_sqlite_constraint *key = add(r, RT_SQLITE_FOREIGN_KEY);

	rt_sqlite_skip(&r->c, "key");
	key->body = rt_sqlite_group(&r->c);
	if (rt_sqlite_skip(&r->c, "references"))
		read_references(r, key);
	(void)read_deferrable(r);
}

/* One constraint of the table, with what stands between it and the next:
 * commas are a matter of taste there.  False where none begins. */
static bool read_table_constraint(reader *r)
{
	rt_sqlite_constraint *made;

	if (rt_sqlite_skip(&r->c, "constraint")) {
		r->name = take_name(r);
	} else if (rt_sqlite_skip_mark(&r->c, ',')) {
		r->name = "";
	} else if (rt_sqlite_skip(&r->c, "primary")) {
		read_table_key(r);
	} else if (rt_sqlite_skip(&r->c, "unique")) {
		made = add(r, RT_SQLITE_UNIQUE);
		made->body = rt_sqlite_group(&r->c);
		made->conflict = take_conflict(r);
	} else if (rt_sqlite_skip(&r->c, "check")) {
		made = add(r, RT_SQLITE_CHECK);
		made->body = rt_sqlite_group(&r->c);
		made->conflict = take_conflict(r);
	} else if (rt_sqlite_skip(&r->c, "foreign")) {
		read_foreign_key(r);
	} else {
		return false;
	}
	return true;
}

static bool begins_constraint(const reader *r)
{
	static const char *const words[] = { "constraint", "primary", "unique",
					     "check", "foreign" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sqlite_is(&r->c, words[i]))
			return true;
	return false;
}

static void read_options(reader *r)
{
	do {
		if (rt_sqlite_skip(&r->c, "without"))
			r->table->without_rowid |=
				rt_sqlite_skip(&r->c, "rowid");
		else if (rt_sqlite_skip(&r->c, "strict"))
			r->table->strict = true;
	} while (rt_sqlite_skip_mark(&r->c, ','));
}

static void read_table(reader *r)
{
	if (!rt_sqlite_skip_mark(&r->c, '('))
		return;
	do {
		if (begins_constraint(r) || !rt_sqlite_is_name(&r->c))
			break;
		read_column(r);
	} while (rt_sqlite_skip_mark(&r->c, ','));
	while (read_table_constraint(r))
		;
	if (rt_sqlite_skip_mark(&r->c, ')'))
		read_options(r);
}

/* --- the rest ------------------------------------------------------------ */

static void read_index(reader *r)
{
	if (!rt_sqlite_skip(&r->c, "on"))
		return;
	r->table->on = take_name(r);
	r->table->body = rt_sqlite_group(&r->c);
	if (rt_sqlite_skip(&r->c, "where"))
		r->table->where = rt_sqlite_rest(&r->c);
}

/* Its table stands behind the first ON: the events before it have none. */
static void read_trigger(reader *r)
{
	while (r->c.token.length && !rt_sqlite_is(&r->c, "on"))
		rt_sqlite_next(&r->c);
	rt_sqlite_next(&r->c);
	r->table->on = take_name(r);
}

static rt_sqlite_kind take_kind(reader *r)
{
	rt_sqlite_skip(&r->c, "create");
	if (!rt_sqlite_skip(&r->c, "temp"))
		rt_sqlite_skip(&r->c, "temporary");
	if (rt_sqlite_skip(&r->c, "virtual"))
		return rt_sqlite_skip(&r->c, "table") ?
			       RT_SQLITE_VIRTUAL_TABLE : RT_SQLITE_OTHER;
	r->table->unique = rt_sqlite_skip(&r->c, "unique");
	return rt_sqlite_skip(&r->c, "table")	? RT_SQLITE_TABLE :
	       rt_sqlite_skip(&r->c, "index")	? RT_SQLITE_INDEX :
	       rt_sqlite_skip(&r->c, "view")	? RT_SQLITE_VIEW :
	       rt_sqlite_skip(&r->c, "trigger") ? RT_SQLITE_TRIGGER :
						  RT_SQLITE_OTHER;
}

/* IF NOT EXISTS, and the schema before the name, which SQLite leaves out of
 * what it keeps. */
static void take_object_name(reader *r)
{
	rt_sqlite_cursor before = r->c;

	if (!rt_sqlite_skip(&r->c, "if") || !rt_sqlite_skip(&r->c, "not") ||
	    !rt_sqlite_skip(&r->c, "exists"))
		r->c = before;
	r->table->name = take_name(r);
	if (rt_sqlite_skip_mark(&r->c, '.'))
		r->table->name = take_name(r);
	r->table->rest = rt_sqlite_rest(&r->c);
}

void rt_sqlite_table_read(rt_sqlite_table *table, rt_sv sql)
{
	reader r = { .table = table, .column = RT_SQLITE_NO_COLUMN,
		     .name = "" };

	*table = (rt_sqlite_table){ .arena = RT_ARENA_INIT, .on = "" };
	rt_sqlite_begin(&r.c, sql);
	table->kind = take_kind(&r);
	take_object_name(&r);
	if (table->kind == RT_SQLITE_TABLE)
		read_table(&r);
	else if (table->kind == RT_SQLITE_INDEX)
		read_index(&r);
	else if (table->kind == RT_SQLITE_TRIGGER)
		read_trigger(&r);
}

void rt_sqlite_table_free(rt_sqlite_table *table)
{
	rt_vec_free(&table->columns);
	rt_vec_free(&table->constraints);
	rt_arena_free(&table->arena);
}

/* The one column that a table constraint names, or NO_COLUMN. */
static size_t only_column(const rt_sqlite_table *table, rt_sv body)
{
	size_t found = RT_SQLITE_NO_COLUMN, i;
	rt_str name = RT_STR_INIT;
	rt_sqlite_cursor c;

	rt_sqlite_begin(&c, body);
	rt_sqlite_unquote(&name, rt_sqlite_text(&c));
	for (i = 0; i < table->columns.n; i++)
		if (rt_sv_is_nocase(rt_str_sv(&name),
				    table->columns.v[i].name))
			found = i;
	for (; c.token.length; rt_sqlite_next(&c))
		if (rt_sqlite_is_mark(&c, ','))
			found = RT_SQLITE_NO_COLUMN;
	rt_str_free(&name);
	return found;
}

bool rt_sqlite_is_rowid(const rt_sqlite_table *table,
			const rt_sqlite_constraint *constraint)
{
	size_t at = constraint->column;

	if (constraint->kind != RT_SQLITE_PRIMARY_KEY ||
	    constraint->descending || table->without_rowid)
		return false;
	if (at == RT_SQLITE_NO_COLUMN)
		at = only_column(table, constraint->body);
	return at != RT_SQLITE_NO_COLUMN &&
	       rt_sv_is_nocase(table->columns.v[at].type, "integer");
}
