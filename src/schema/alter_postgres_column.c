/* SPDX-License-Identifier: MIT */
/* Changing PostgreSQL's schemas: columns. */
#include "config.h"

#include <string.h>

#include "schema/alter_postgres.h"
#include "schema/dialect.h"

/* A column on its way from x of `before` to y of `after`. */
typedef struct change {
	rt_pg_plan *p;
	size_t x, y;
	const char *table;  /* "ALTER TABLE users " */
	const char *column; /* quoted */
	bool composite;     /* an attribute */
} change;

static const char *old_text(const change *c, rt_property property)
{
	return rt_pg_text(c->p->before, c->x, property);
}

static const char *new_text(const change *c, rt_property property)
{
	return rt_pg_text(c->p->after, c->y, property);
}

static bool differs(const change *c, rt_property property)
{
	return strcmp(old_text(c, property), new_text(c, property)) != 0;
}

static rt_ddl *alter(const change *c, const char *verb, const char *what)
{
	return rt_ddl_add(c->p->out, "%sALTER %s %s %s%s", c->table,
			  c->composite ? "ATTRIBUTE" : "COLUMN", c->column,
			  verb, what);
}

const char *rt_pg_plain_type(const char *type)
{
	if (!strcmp(type, "serial"))
		return "integer";
	if (!strcmp(type, "bigserial"))
		return "bigint";
	if (!strcmp(type, "smallserial"))
		return "smallint";
	return type;
}

static bool is_serial(const char *type)
{
	return rt_pg_plain_type(type) != type;
}

enum { LONGEST_NAME = 63 };

void rt_pg_serial_sequence(rt_str *out, const retort_schema *s, size_t column)
{
	const rt_object *table = &s->v[s->v[column].parent];
	size_t n = strlen(table->name), k = strlen(s->v[column].name);
	rt_str name = RT_STR_INIT;

	while (n + k > LONGEST_NAME - strlen("__seq"))
		*(n > k ? &n : &k) -= 1;
	rt_str_addf(&name, "%.*s_%.*s_seq", (int)n, table->name, (int)k,
		    s->v[column].name);
	if (strcmp(table->schema, "public")) {
		rt_dialect_identifier(out, s->dialect,
				      rt_sv_from(table->schema));
		rt_str_addc(out, '.');
	}
	rt_dialect_identifier(out, s->dialect, rt_str_sv(&name));
	rt_str_free(&name);
}

static void drop_default(const change *c)
{
	alter(c, "DROP DEFAULT", "");
}

/* Where numbers go on behind those that are there. */
static void set_start(const change *c, const char *sequence)
{
	rt_str table = RT_STR_INIT, literal = RT_STR_INIT;

	rt_object_sql(&table, c->p->after, c->p->after->v[c->y].parent);
	rt_dialect_literal(&literal, c->p->after->dialect,
			   rt_sv_from(sequence));
	rt_ddl_add(c->p->out,
		   "SELECT setval(%s, max(%s)) FROM %s HAVING max(%s) > 0",
		   literal.p, c->column, table.p, c->column)
		->note = "numbers of rows that are gone may be given again";
	rt_str_free(&table);
	rt_str_free(&literal);
}

/* The sequence of before that `after` hides behind serial. */
static size_t sequence_for(const change *c)
{
	rt_str owner = RT_STR_INIT;
	size_t at = 0, i;

	rt_object_sql(&owner, c->p->before, c->p->before->v[c->x].parent);
	rt_str_addc(&owner, '.');
	rt_pg_name(&owner, c->p->before, c->x);
	while ((i = rt_schema_next(c->p->before, RT_NO_OBJECT,
				   RETORT_KIND_SEQUENCE, &at)) !=
	       RT_NO_OBJECT)
		if (c->p->fate[i] == RT_PG_TAKEN &&
		    !strcmp(rt_pg_text(c->p->before, i,
				       RT_PROPERTY_OWNED_BY), owner.p))
			break;
	rt_str_free(&owner);
	return i;
}

/* The sequence is there; a serial's options are all default. */
static void take_sequence(const change *c, size_t sequence, const char *name)
{
	rt_str old = RT_STR_INIT;
	const char *point = strrchr(name, '.');

	rt_object_sql(&old, c->p->before, sequence);
	if (strcmp(old.p, name))
		rt_ddl_add(c->p->out, "ALTER SEQUENCE %s RENAME TO %s", old.p,
			   point ? point + 1 : name);
	rt_str_clear(&old);
	rt_str_addf(&old, "AS %s", rt_pg_plain_type(
			new_text(c, RT_PROPERTY_TYPE)));
	rt_ddl_add(c->p->out, "ALTER SEQUENCE %s %s INCREMENT BY 1 NO MINVALUE "
		   "NO MAXVALUE CACHE 1 NO CYCLE", name, old.p);
	if (rt_pg_has(c->p->before, sequence, RT_PROPERTY_COMMENT))
		rt_ddl_add(c->p->out, "COMMENT ON SEQUENCE %s IS NULL", name);
	if (strstr(rt_pg_text(c->p->before, sequence,
			      RT_PROPERTY_OPTIONS_SEQUENCE), "START"))
		rt_ddl_add(c->p->out, "ALTER SEQUENCE %s START WITH 1", name);
	rt_str_free(&old);
}

static void begin_serial(const change *c)
{
	rt_str name = RT_STR_INIT, owner = RT_STR_INIT, literal = RT_STR_INIT;
	size_t sequence = sequence_for(c);

	rt_pg_serial_sequence(&name, c->p->after, c->y);
	if (sequence != RT_NO_OBJECT) {
		take_sequence(c, sequence, name.p);
	} else {
		rt_object_sql(&owner, c->p->after,
			      c->p->after->v[c->y].parent);
		rt_str_addf(&owner, ".%s", c->column);
		rt_ddl_add(c->p->out, "CREATE SEQUENCE %s AS %s OWNED BY %s",
			   name.p, rt_pg_plain_type(new_text(
						c, RT_PROPERTY_TYPE)),
			   owner.p);
		set_start(c, name.p);
	}
	rt_dialect_literal(&literal, c->p->after->dialect,
			   rt_str_sv(&name));
	rt_str_clear(&owner);
	rt_str_addf(&owner, "nextval(%s)", literal.p);
	alter(c, "SET DEFAULT ", owner.p);
	rt_str_free(&name);
	rt_str_free(&owner);
	rt_str_free(&literal);
}

/* Whether the sequence lives on as an object of its own. */
static bool sequence_stays(const change *c)
{
	rt_str owner = RT_STR_INIT;
	size_t at = 0, i;

	rt_object_sql(&owner, c->p->after, c->p->after->v[c->y].parent);
	rt_str_addf(&owner, ".%s", c->column);
	while ((i = rt_schema_next(c->p->after, RT_NO_OBJECT,
				   RETORT_KIND_SEQUENCE, &at)) !=
	       RT_NO_OBJECT)
		if (c->p->diff->before_of[i] == RT_NO_OBJECT &&
		    !strcmp(rt_pg_text(c->p->after, i, RT_PROPERTY_OWNED_BY),
			    owner.p))
			break;
	rt_str_free(&owner);
	return i != RT_NO_OBJECT;
}

static void end_serial(const change *c)
{
	rt_str name = RT_STR_INIT;

	if (!sequence_stays(c)) {
		drop_default(c);
		rt_pg_serial_sequence(&name, c->p->before, c->x);
		rt_ddl_add(c->p->out, "DROP SEQUENCE %s", name.p);
	}
	rt_str_free(&name);
}

static void change_serial_type(const change *c)
{
	rt_str name = RT_STR_INIT;

	rt_pg_serial_sequence(&name, c->p->after, c->y);
	rt_ddl_add(c->p->out, "ALTER SEQUENCE %s AS %s", name.p,
		   rt_pg_plain_type(new_text(c, RT_PROPERTY_TYPE)));
	rt_str_free(&name);
}

static void judge(rt_pg_plan *p, rt_ddl *ddl, rt_pg_cast cast)
{
	(void)p;
	ddl->lossy = cast.lossy;
	if (cast.lossy)
		ddl->note = "cuts values off";
	else if (cast.may_fail)
		ddl->note = "fails where a value does not fit";
}

static void change_type(const change *c)
{
	const char *from = rt_pg_plain_type(old_text(c, RT_PROPERTY_TYPE));
	const char *to = rt_pg_plain_type(new_text(c, RT_PROPERTY_TYPE));
	rt_pg_cast cast = rt_pg_cast_of(from, to);
	rt_str what = RT_STR_INIT;

	if (!strcmp(from, to) && !differs(c, RT_PROPERTY_COLLATION))
		cast = (rt_pg_cast){ true, true, false, true };
	else if (!strcmp(from, to))
		cast = (rt_pg_cast){ false, false, false, false };
	rt_str_add(&what, to);
	if (*new_text(c, RT_PROPERTY_COLLATION))
		rt_str_addf(&what, " COLLATE %s",
			    new_text(c, RT_PROPERTY_COLLATION));
	if (cast.explicit_cast && !c->composite)
		rt_str_addf(&what, " USING %s%s::%s", c->column,
			    cast.by_text ? (strchr(to, '[') ? "::text[]" :
					    "::text") : "", to);
	judge(c->p, alter(c, "TYPE ", what.p), cast);
	rt_str_free(&what);
}

static void drop_not_null(const change *c)
{
	if (rt_pg_has(c->p->before, c->x, RT_PROPERTY_NOT_NULL) &&
	    !rt_pg_has(c->p->after, c->y, RT_PROPERTY_NOT_NULL))
		alter(c, "DROP NOT NULL", "");
}

/*
 * The way that does not read the table under its heaviest lock: a check that
 * is validated first.
 */
static void set_not_null_online(const change *c)
{
	rt_ddl_list *tail = &c->p->tail;
	rt_str name = RT_STR_INIT, quoted = RT_STR_INIT;

	rt_str_addf(&name, "%.*s_not_null", LONGEST_NAME - 9,
		    c->p->after->v[c->y].name);
	rt_dialect_identifier(&quoted, c->p->after->dialect,
			      rt_str_sv(&name));
	rt_ddl_add(c->p->out, "%sADD CONSTRAINT %s CHECK (%s IS NOT NULL) "
		   "NOT VALID", c->table, quoted.p, c->column);
	rt_ddl_add(tail, "%sVALIDATE CONSTRAINT %s", c->table,
		   quoted.p)->autocommit = true;
	rt_ddl_add(tail, "%sALTER COLUMN %s SET NOT NULL", c->table,
		   c->column)->autocommit = true;
	rt_ddl_add(tail, "%sDROP CONSTRAINT %s", c->table,
		   quoted.p)->autocommit = true;
	rt_str_free(&name);
	rt_str_free(&quoted);
}

static void set_not_null(const change *c)
{
	if (rt_pg_has(c->p->before, c->x, RT_PROPERTY_NOT_NULL) ||
	    !rt_pg_has(c->p->after, c->y, RT_PROPERTY_NOT_NULL))
		return;
	if (c->p->online && !*new_text(c, RT_PROPERTY_IDENTITY))
		set_not_null_online(c);
	else
		alter(c, "SET NOT NULL", "")->note =
			"fails where there are nulls";
}

static const char *identity_word(const change *c)
{
	return !strcmp(new_text(c, RT_PROPERTY_IDENTITY), "always") ?
		       "ALWAYS" : "BY DEFAULT";
}

/* A name, or "" where the server chose. */
static rt_sv sequence_name(const char *options)
{
	rt_sv rest = rt_sv_from(options);
	bool quoted = false;
	size_t i;

	if (!rt_sv_starts(rest, "SEQUENCE NAME "))
		return RT_SV("");
	rest = rt_sv_sub(rest, strlen("SEQUENCE NAME "), rest.n);
	for (i = 0; i < rest.n && (quoted || rest.p[i] != ' '); i++)
		quoted ^= rest.p[i] == '"';
	return rt_sv_sub(rest, 0, i);
}

/* What the sequence of an identity column is called. */
static void add_sequence_name(rt_str *out, const retort_schema *s,
			      size_t column)
{
	rt_sv name = sequence_name(rt_pg_text(s, column,
					      RT_PROPERTY_OPTIONS_SEQUENCE));

	if (name.n)
		rt_str_addsv(out, name);
	else
		rt_pg_serial_sequence(out, s, column);
}

/* "START WITH 5 CYCLE" as ALTER COLUMN wants it: SET before each. */
static void alter_identity_options(const change *c)
{
	const char *old = old_text(c, RT_PROPERTY_OPTIONS_SEQUENCE);
	const char *new = new_text(c, RT_PROPERTY_OPTIONS_SEQUENCE);
	bool anew = rt_pg_sequence_restarts(old, new);
	rt_str options = RT_STR_INIT, sequence = RT_STR_INIT;

	rt_pg_sequence_options(&options, new);
	if (anew)
		rt_str_add(&options, " RESTART");
	alter(c, "", options.p);
	add_sequence_name(&sequence, c->p->after, c->y);
	if (anew && !strstr(new, "INCREMENT BY -"))
		set_start(c, sequence.p);
	rt_str_free(&options);
	rt_str_free(&sequence);
}

static void rename_identity(const change *c)
{
	rt_str old = RT_STR_INIT, new = RT_STR_INIT;

	add_sequence_name(&old, c->p->before, c->x);
	add_sequence_name(&new, c->p->after, c->y);
	if (strcmp(old.p, new.p))
		rt_ddl_add(c->p->out, "ALTER SEQUENCE %s RENAME TO %s", old.p,
			   strrchr(new.p, '.') ? strrchr(new.p, '.') + 1 :
						 new.p);
	rt_str_free(&old);
	rt_str_free(&new);
}

static void add_identity(const change *c)
{
	const char *options = new_text(c, RT_PROPERTY_OPTIONS_SEQUENCE);
	rt_str what = RT_STR_INIT, sequence = RT_STR_INIT;

	rt_str_addf(&what, "GENERATED %s AS IDENTITY", identity_word(c));
	if (*options)
		rt_str_addf(&what, " (%s)", options);
	alter(c, "ADD ", what.p);
	add_sequence_name(&sequence, c->p->after, c->y);
	if (!strstr(options, "INCREMENT BY -"))
		set_start(c, sequence.p);
	rt_str_free(&what);
	rt_str_free(&sequence);
}

static void change_identity(const change *c)
{
	if (differs(c, RT_PROPERTY_IDENTITY))
		alter(c, "SET GENERATED ", identity_word(c));
	if (differs(c, RT_PROPERTY_OPTIONS_SEQUENCE)) {
		rename_identity(c);
		alter_identity_options(c);
	}
}

/* What is in the way of the rest. */
static void begin(const change *c, bool retype)
{
	bool was = is_serial(old_text(c, RT_PROPERTY_TYPE));
	bool is = is_serial(new_text(c, RT_PROPERTY_TYPE));

	if (*old_text(c, RT_PROPERTY_GENERATED) &&
	    !*new_text(c, RT_PROPERTY_GENERATED))
		alter(c, "DROP EXPRESSION", "");
	if (was && !is)
		end_serial(c);
	else if (*old_text(c, RT_PROPERTY_DEFAULT) && !c->p->bare[c->x] &&
		 (retype || !*new_text(c, RT_PROPERTY_DEFAULT)))
		drop_default(c);
}

static void set_default(const change *c, bool retype)
{
	const char *expression = new_text(c, RT_PROPERTY_DEFAULT);

	if (*expression && (retype || c->p->bare[c->x] ||
			    differs(c, RT_PROPERTY_DEFAULT)))
		alter(c, "SET DEFAULT ", expression);
}

/* Rows stay as they are stored. */
static void change_storage(const change *c)
{
	const char *storage = new_text(c, RT_PROPERTY_STORAGE);
	const char *compression = new_text(c, RT_PROPERTY_COMPRESSION);

	if (differs(c, RT_PROPERTY_STORAGE) && *storage)
		alter(c, "SET STORAGE ", storage);
	else if (differs(c, RT_PROPERTY_STORAGE))
		rt_pg_refuse(c->p, c->y, RT_PROPERTY_STORAGE);
	if (differs(c, RT_PROPERTY_COMPRESSION))
		alter(c, "SET COMPRESSION ",
		      *compression ? compression : "default");
	if (differs(c, RT_PROPERTY_OPTIONS))
		rt_pg_refuse(c->p, c->y, RT_PROPERTY_OPTIONS);
}

/* What overrides the parent's is told again: its parent may have spread. */
static void change_override(const change *c)
{
	if (*old_text(c, RT_PROPERTY_DEFAULT) &&
	    !*new_text(c, RT_PROPERTY_DEFAULT))
		drop_default(c);
	drop_not_null(c);
	rt_pg_override(c->p->after, c->y, c->p->out);
}

static void change_column(const change *c)
{
	bool was = is_serial(old_text(c, RT_PROPERTY_TYPE));
	bool is = is_serial(new_text(c, RT_PROPERTY_TYPE));
	bool retype = c->p->disturbed[c->x] ||
		      differs(c, RT_PROPERTY_COLLATION) ||
		      strcmp(rt_pg_plain_type(old_text(c, RT_PROPERTY_TYPE)),
			     rt_pg_plain_type(new_text(c, RT_PROPERTY_TYPE)));

	begin(c, retype);
	if (retype)
		change_type(c);
	if (was && is && retype)
		change_serial_type(c);
	drop_not_null(c);
	set_not_null(c);
	if (is && !was)
		begin_serial(c);
	if (*new_text(c, RT_PROPERTY_IDENTITY)) {
		if (*old_text(c, RT_PROPERTY_IDENTITY))
			change_identity(c);
		else
			add_identity(c);
	}
	set_default(c, retype);
	change_storage(c);
}

void rt_pg_alter_column(rt_pg_plan *p, size_t x, size_t y)
{
	size_t parent = p->after->v[y].parent;
	rt_str table = RT_STR_INIT, column = RT_STR_INIT;
	change c = { p, x, y, NULL, NULL, false };

	rt_pg_alter(&table, p->after, parent);
	rt_pg_name(&column, p->after, y);
	c.table = table.p;
	c.column = column.p;
	c.composite = p->after->v[parent].kind == RETORT_KIND_COMPOSITE;
	if (rt_pg_is_override(p->after, y))
		change_override(&c);
	else
		change_column(&c);
	if (differs(&c, RT_PROPERTY_COMMENT))
		rt_pg_comment(p->after, y, true, p->out);
	rt_str_free(&table);
	rt_str_free(&column);
}

/* A column that may be null, has a default or numbers itself fits rows that
 * are there. */
static bool wants_empty_table(const retort_schema *s, size_t y)
{
	return rt_pg_has(s, y, RT_PROPERTY_NOT_NULL) &&
	       !rt_pg_has(s, y, RT_PROPERTY_DEFAULT) &&
	       !rt_pg_has(s, y, RT_PROPERTY_IDENTITY) &&
	       !rt_pg_has(s, y, RT_PROPERTY_GENERATED) &&
	       !is_serial(rt_pg_text(s, y, RT_PROPERTY_TYPE));
}

void rt_pg_add_column(rt_pg_plan *p, size_t y)
{
	size_t parent = p->after->v[y].parent;
	bool composite = p->after->v[parent].kind == RETORT_KIND_COMPOSITE;
	rt_str sql = RT_STR_INIT;
	rt_ddl *ddl;

	rt_pg_alter(&sql, p->after, parent);
	rt_str_addf(&sql, "ADD %s ", composite ? "ATTRIBUTE" : "COLUMN");
	rt_pg_column(&sql, p->after, y);
	ddl = rt_ddl_add(p->out, "%s", sql.p);
	if (wants_empty_table(p->after, y))
		ddl->note = "fails where there are rows: they have no value "
			    "for it";
	rt_pg_column_extras(p->after, y, p->out);
	rt_pg_comment(p->after, y, false, p->out);
	rt_str_free(&sql);
}
