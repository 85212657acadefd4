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
		rt_pg_alter_own_sequence(p, x, y);
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
