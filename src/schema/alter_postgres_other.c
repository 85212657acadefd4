/* SPDX-License-Identifier: MIT */
/* Changing PostgreSQL's schemas: all that is not a table, in place. */
#include "config.h"

#include <string.h>

#include "schema/alter_postgres.h"
#include "schema/dialect.h"

/* The next literal of an enum's labels, quotes and all. */
static bool next_label(rt_sv *rest, rt_sv *label)
{
	size_t i = 1;

	*rest = rt_sv_sub(*rest, rt_sv_find(*rest, '\''), rest->n);
	if (!rest->n)
		return false;
	for (; i < rest->n; i++) {
		if (rest->p[i] == '\'' && i + 1 < rest->n &&
		    rest->p[i + 1] == '\'')
			i++;
		else if (rest->p[i] == '\'')
			break;
	}
	*label = rt_sv_sub(*rest, 0, i + 1);
	*rest = rt_sv_sub(*rest, i + 1, rest->n);
	return true;
}

static bool has_label(const char *labels, rt_sv label)
{
	rt_sv rest = rt_sv_from(labels), other;

	while (next_label(&rest, &other))
		if (rt_sv_eq(other, label))
			return true;
	return false;
}

/* Whether anything that needs the type says 'label'::… */
static bool is_label_used(const rt_pg_plan *p, size_t type, rt_sv label)
{
	rt_str want = RT_STR_INIT;
	bool used = false;
	size_t i, k, n;

	rt_str_addsv(&want, label);
	rt_str_add(&want, "::");
	for (i = 0; i < p->after->n && !used; i++) {
		const rt_object *o = &p->after->v[i];

		for (k = 0; k < o->n_needs && o->needs[k] != type; k++)
			;
		for (n = 0; k < o->n_needs && n < o->n_values; n++)
			used |= strstr(o->values[n].text, want.p) != NULL;
	}
	rt_str_free(&want);
	return used;
}

bool rt_pg_can_add_labels(const rt_pg_plan *p, size_t x, size_t y)
{
	const char *a = rt_pg_text(p->before, x, RT_PROPERTY_LABELS);
	rt_sv old = rt_sv_from(a), label, kept = { NULL, 0 };
	rt_sv new = rt_sv_from(rt_pg_text(p->after, y, RT_PROPERTY_LABELS));
	bool more = next_label(&old, &kept);

	while (next_label(&new, &label)) {
		if (more && rt_sv_eq(kept, label))
			more = next_label(&old, &kept);
		else if (has_label(a, label) || is_label_used(p, y, label))
			return false; /* another order; or used at once */
	}
	return !more;
}

/* A new label goes behind the one before it, the first before the next. */
static void add_labels(rt_pg_plan *p, size_t x, size_t y)
{
	const char *a = rt_pg_text(p->before, x, RT_PROPERTY_LABELS);
	rt_sv new = rt_sv_from(rt_pg_text(p->after, y, RT_PROPERTY_LABELS));
	rt_sv first = rt_sv_from(a), label, last = { NULL, 0 };
	rt_str type = RT_STR_INIT;
	rt_ddl *ddl;

	rt_pg_alter(&type, p->after, y);
	while (next_label(&new, &label)) {
		if (has_label(a, label)) {
			last = label;
			continue;
		}
		if (last.n)
			ddl = rt_ddl_add(p->out, "%sADD VALUE %.*s AFTER %.*s",
					 type.p, (int)label.n, label.p,
					 (int)last.n, last.p);
		else if (next_label(&first, &last))
			ddl = rt_ddl_add(p->out, "%sADD VALUE %.*s BEFORE "
					 "%.*s", type.p, (int)label.n,
					 label.p, (int)last.n, last.p);
		else
			ddl = rt_ddl_add(p->out, "%sADD VALUE %.*s", type.p,
					 (int)label.n, label.p);
		ddl->note = "cannot be used before this is committed";
		last = label;
	}
	rt_str_free(&type);
}

/* The words of the options, and what they are by default. */
static const char *const sequence_words[][2] = {
	{ "AS ", "AS bigint" },
	{ "INCREMENT BY ", "INCREMENT BY 1" },
	{ "MINVALUE ", "NO MINVALUE" },
	{ "MAXVALUE ", "NO MAXVALUE" },
	{ "START WITH ", "" },
	{ "CACHE ", "CACHE 1" },
	{ "CYCLE", "NO CYCLE" },
};

static const char *find_word(const char *options, const char *word)
{
	const char *at = strstr(options, word);

	return at && (at == options || at[-1] == ' ') ? at : NULL;
}

static void add_option(rt_str *out, const char *at, const char *word,
		       const char *set)
{
	const char *value = at + strlen(word);

	rt_str_addf(out, "%s%s%s%.*s", out->n ? " " : "", set, word,
		    (int)strcspn(value, " "), value);
}

/* The start that goes with the others. */
static void add_start(rt_str *out, const char *options, const char *set)
{
	bool down = find_word(options, "INCREMENT BY -") != NULL;
	const char *bound = find_word(options, down ? "MAXVALUE " :
						      "MINVALUE ");

	rt_str_addf(out, " %sSTART WITH ", set);
	if (bound)
		rt_str_addf(out, "%.*s",
			    (int)strcspn(bound + strlen("MINVALUE "), " "),
			    bound + strlen("MINVALUE "));
	else
		rt_str_add(out, down ? "-1" : "1");
}

static void all_options(rt_str *out, const char *options, const char *set)
{
	size_t i, n = sizeof(sequence_words) / sizeof(sequence_words[0]);

	for (i = *set ? 1 : 0; i < n; i++) {
		const char *at = find_word(options, sequence_words[i][0]);

		if (at)
			add_option(out, at, sequence_words[i][0], set);
		else if (*sequence_words[i][1])
			rt_str_addf(out, "%s%s%s", out->n ? " " : "", set,
				    sequence_words[i][1]);
		else
			add_start(out, options, set);
	}
}

void rt_pg_sequence_options(rt_str *out, const char *options)
{
	all_options(out, options, "SET ");
}

static bool same_option(const char *a, const char *b, const char *word)
{
	rt_str x = RT_STR_INIT, y = RT_STR_INIT;
	bool same;

	a = find_word(a, word);
	b = find_word(b, word);
	if (a)
		add_option(&x, a, word, "");
	if (b)
		add_option(&y, b, word, "");
	same = !strcmp(x.p, y.p);
	rt_str_free(&x);
	rt_str_free(&y);
	return same;
}

bool rt_pg_sequence_restarts(const char *old, const char *new)
{
	return !same_option(old, new, "MINVALUE ") ||
	       !same_option(old, new, "MAXVALUE ") ||
	       !find_word(old, "INCREMENT BY -") !=
		       !find_word(new, "INCREMENT BY -");
}

static void alter_sequence_options(rt_pg_plan *p, const char *sequence,
				   const char *old, const char *options)
{
	bool anew = rt_pg_sequence_restarts(old, options);
	rt_str all = RT_STR_INIT;
	rt_ddl *ddl;

	all_options(&all, options, "");
	ddl = rt_ddl_add(p->out, "ALTER SEQUENCE %s %s%s", sequence, all.p,
			 anew ? " RESTART" : "");
	if (anew)
		ddl->note = "the sequence begins anew";
	rt_str_free(&all);
}

static void alter_sequence(rt_pg_plan *p, size_t x, size_t y)
{
	rt_str name = RT_STR_INIT;

	rt_object_sql(&name, p->after, y);
	if (rt_pg_changed(p, y, RT_PROPERTY_OPTIONS_SEQUENCE))
		alter_sequence_options(p, name.p,
				       rt_pg_text(p->before, x,
					RT_PROPERTY_OPTIONS_SEQUENCE),
				       rt_pg_text(p->after, y,
					RT_PROPERTY_OPTIONS_SEQUENCE));
	if (rt_pg_changed(p, y, RT_PROPERTY_UNLOGGED))
		rt_ddl_add(p->out, "ALTER SEQUENCE %s SET %s", name.p,
			   rt_pg_has(p->after, y, RT_PROPERTY_UNLOGGED) ?
				   "UNLOGGED" : "LOGGED");
	if (rt_pg_changed(p, y, RT_PROPERTY_OWNED_BY) &&
	    !rt_pg_has(p->after, y, RT_PROPERTY_OWNED_BY))
		rt_ddl_add(p->out, "ALTER SEQUENCE %s OWNED BY NONE", name.p);
	rt_str_free(&name);
}

void rt_pg_own_again(rt_pg_plan *p, size_t table)
{
	rt_str prefix = RT_STR_INIT, name = RT_STR_INIT;
	size_t at = 0, y, x;

	rt_object_sql(&prefix, p->after, table);
	rt_str_addc(&prefix, '.');
	while ((y = rt_schema_next(p->after, RT_NO_OBJECT,
				   RETORT_KIND_SEQUENCE, &at)) !=
	       RT_NO_OBJECT) {
		const char *owner = rt_pg_text(p->after, y,
					       RT_PROPERTY_OWNED_BY);

		x = p->diff->before_of[y];
		if (strncmp(owner, prefix.p, prefix.n) ||
		    (!rt_pg_is_new(p, y) && !rt_pg_owner_goes(p, x) &&
		     !rt_pg_changed(p, y, RT_PROPERTY_OWNED_BY)))
			continue;
		rt_str_clear(&name);
		rt_object_sql(&name, p->after, y);
		rt_ddl_add(p->out, "ALTER SEQUENCE %s OWNED BY %s", name.p,
			   owner);
	}
	rt_str_free(&prefix);
	rt_str_free(&name);
}

/* The kept serial column of `before` by its SQL name, or RT_NO_OBJECT. */
static size_t find_serial(const rt_pg_plan *p, const char *owner)
{
	rt_str name = RT_STR_INIT;
	size_t x, found = RT_NO_OBJECT;

	for (x = 0; x < p->before->n && found == RT_NO_OBJECT; x++) {
		if (p->before->v[x].kind != RETORT_KIND_COLUMN ||
		    p->fate[x] != RT_PG_KEEP ||
		    !strstr(rt_pg_text(p->before, x, RT_PROPERTY_TYPE),
			    "serial"))
			continue;
		rt_str_clear(&name);
		rt_object_sql(&name, p->before, p->before->v[x].parent);
		rt_str_addc(&name, '.');
		rt_pg_name(&name, p->before, x);
		if (!strcmp(name.p, owner))
			found = x;
	}
	rt_str_free(&name);
	return found;
}

bool rt_pg_take_from_serial(rt_pg_plan *p, size_t y)
{
	size_t x = find_serial(p, rt_pg_text(p->after, y,
					     RT_PROPERTY_OWNED_BY));
	rt_str old = RT_STR_INIT, new = RT_STR_INIT, name = RT_STR_INIT;

	if (x == RT_NO_OBJECT)
		return false;
	rt_pg_serial_sequence(&old, p->before, x);
	rt_object_sql(&new, p->after, y);
	rt_pg_name(&name, p->after, y);
	if (strcmp(old.p, new.p))
		rt_ddl_add(p->out, "ALTER SEQUENCE %s RENAME TO %s", old.p,
			   name.p);
	alter_sequence_options(p, new.p, "",
			       rt_pg_text(p->after, y,
					  RT_PROPERTY_OPTIONS_SEQUENCE));
	rt_pg_comment(p->after, y, false, p->out);
	rt_str_free(&old);
	rt_str_free(&new);
	rt_str_free(&name);
	return true;
}

/* Its checks are parts, and handled as such. */
static void alter_domain(rt_pg_plan *p, size_t x, size_t y)
{
	const char *expression = rt_pg_text(p->after, y, RT_PROPERTY_DEFAULT);
	rt_str domain = RT_STR_INIT;
	size_t at = 0, i;

	rt_pg_alter(&domain, p->after, y);
	if (rt_pg_changed(p, y, RT_PROPERTY_DEFAULT) || p->bare[x])
		rt_ddl_add(p->out, "%s%s%s", domain.p,
			   *expression ? "SET DEFAULT " : "DROP DEFAULT",
			   expression);
	if (rt_pg_changed(p, y, RT_PROPERTY_NOT_NULL))
		rt_ddl_add(p->out, "%s%s NOT NULL", domain.p,
			   rt_pg_has(p->after, y, RT_PROPERTY_NOT_NULL) ?
				   "SET" : "DROP");
	while ((i = rt_schema_next(p->after, y, RETORT_KIND_CHECK, &at)) !=
	       RT_NO_OBJECT) {
		if (!rt_create_is_inline(p->after, i))
			continue;
		if (rt_pg_is_new(p, i))
			rt_pg_make(p, i);
		else
			rt_pg_alter_other(p, p->diff->before_of[i], i);
	}
	rt_str_free(&domain);
}

static void alter_composite(rt_pg_plan *p, size_t y)
{
	size_t at = 0, i;

	while ((i = rt_schema_next(p->after, y, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		if (rt_pg_is_new(p, i))
			rt_pg_add_column(p, i);
		else
			rt_pg_alter_column(p, p->diff->before_of[i], i);
	}
}

static void replace(rt_pg_plan *p, size_t y)
{
	rt_ddl_list made = RT_DDL_LIST_INIT;

	rt_create(p->after, y, &made);
	rt_ddl_add(p->out, "CREATE OR REPLACE %s",
		   made.list.v[0].sql + strlen("CREATE "));
	rt_ddl_list_free(&made);
}

static void alter_view(rt_pg_plan *p, size_t x, size_t y)
{
	const char *a, *b;
	rt_str name = RT_STR_INIT;
	size_t at = 0, i, was;

	if (rt_pg_changed(p, y, RT_PROPERTY_DEFINITION) ||
	    rt_pg_changed(p, y, RT_PROPERTY_OPTIONS))
		replace(p, y);
	while ((i = rt_schema_next(p->after, y, RETORT_KIND_COLUMN, &at)) !=
	       RT_NO_OBJECT) {
		was = rt_schema_child(p->before, x, RETORT_KIND_COLUMN,
				      p->after->v[i].name);
		a = was == RT_NO_OBJECT ? "" :
			rt_pg_text(p->before, was, RT_PROPERTY_DEFAULT);
		b = rt_pg_text(p->after, i, RT_PROPERTY_DEFAULT);
		rt_str_clear(&name);
		rt_pg_alter(&name, p->after, y);
		rt_str_add(&name, "ALTER COLUMN ");
		rt_pg_name(&name, p->after, i);
		if (strcmp(a, b))
			rt_ddl_add(p->out, "%s %s%s", name.p,
				   *b ? "SET DEFAULT " : "DROP DEFAULT", b);
		if (was == RT_NO_OBJECT ||
		    rt_pg_changed(p, i, RT_PROPERTY_COMMENT))
			rt_pg_comment(p->after, i, was != RT_NO_OBJECT,
				      p->out);
	}
	rt_str_free(&name);
}

static void alter_extension(rt_pg_plan *p, size_t y)
{
	const char *options = rt_pg_text(p->after, y, RT_PROPERTY_OPTIONS);
	const char *version = rt_pg_text(p->after, y, RT_PROPERTY_VERSION);
	rt_str name = RT_STR_INIT, literal = RT_STR_INIT;

	rt_pg_alter(&name, p->after, y);
	if (rt_pg_changed(p, y, RT_PROPERTY_OPTIONS))
		rt_ddl_add(p->out, "%sSET %s", name.p,
			   *options ? options : "SCHEMA public");
	rt_dialect_literal(&literal, p->after->dialect, rt_sv_from(version));
	if (rt_pg_changed(p, y, RT_PROPERTY_VERSION))
		rt_ddl_add(p->out, "%sUPDATE TO %s", name.p, literal.p);
	rt_str_free(&name);
	rt_str_free(&literal);
}

static void alter_constraint(rt_pg_plan *p, size_t y)
{
	const char *wait = rt_pg_text(p->after, y, RT_PROPERTY_DEFERRABLE);
	rt_str table = RT_STR_INIT, name = RT_STR_INIT;
	rt_ddl_list *to = p->online ? &p->tail : p->out;

	rt_pg_alter(&table, p->after, p->after->v[y].parent);
	rt_pg_name(&name, p->after, y);
	if (rt_pg_changed(p, y, RT_PROPERTY_DEFERRABLE))
		rt_ddl_add(p->out, "%sALTER CONSTRAINT %s %s", table.p, name.p,
			   !*wait ? "NOT DEFERRABLE" :
			   strstr(wait, "deferred") ?
				    "DEFERRABLE INITIALLY DEFERRED" :
				    "DEFERRABLE INITIALLY IMMEDIATE");
	if (rt_pg_changed(p, y, RT_PROPERTY_NOT_VALID))
		rt_ddl_add(to, "%sVALIDATE CONSTRAINT %s", table.p,
			   name.p)->autocommit = p->online;
	rt_str_free(&table);
	rt_str_free(&name);
}

void rt_pg_alter_other(rt_pg_plan *p, size_t x, size_t y)
{
	switch (p->after->v[y].kind) {
	case RETORT_KIND_EXTENSION:
		alter_extension(p, y);
		break;
	case RETORT_KIND_ENUM:
		if (rt_pg_changed(p, y, RT_PROPERTY_LABELS))
			add_labels(p, x, y);
		break;
	case RETORT_KIND_DOMAIN:
		alter_domain(p, x, y);
		break;
	case RETORT_KIND_COMPOSITE:
		alter_composite(p, y);
		break;
	case RETORT_KIND_SEQUENCE:
		alter_sequence(p, x, y);
		break;
	case RETORT_KIND_FUNCTION:
	case RETORT_KIND_PROCEDURE:
		if (rt_pg_changed(p, y, RT_PROPERTY_DEFINITION))
			replace(p, y);
		break;
	case RETORT_KIND_VIEW:
		alter_view(p, x, y);
		break;
	case RETORT_KIND_TRIGGER:
	case RETORT_KIND_RULE:
	case RETORT_KIND_EVENT_TRIGGER:
		if (rt_pg_changed(p, y, RT_PROPERTY_ENABLED))
			rt_pg_enable(p->after, y, p->out);
		break;
	case RETORT_KIND_PRIMARY_KEY:
	case RETORT_KIND_UNIQUE:
	case RETORT_KIND_CHECK:
	case RETORT_KIND_EXCLUSION:
	case RETORT_KIND_FOREIGN_KEY:
		alter_constraint(p, y);
		break;
	default:
		break;
	}
	if (rt_pg_changed(p, y, RT_PROPERTY_COMMENT))
		rt_pg_comment(p->after, y, true, p->out);
}
