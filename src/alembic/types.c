/* SPDX-License-Identifier: MIT */
/* Types to SQL: templates, variants, enums. */
#include "config.h"

#include "alembic/type_table.h"

#include <string.h>

#include "base/alloc.h"
#include "schema/model.h"

rt_py_value *rt_am_type_param(const rt_am_type *type, const char *name)
{
	const char *p = type->row->params;
	size_t place = 0, n = strlen(name);

	if (!type->call)
		return NULL;
	while (*p) {
		size_t len = strcspn(p, " ");

		if (len == n && strncmp(p, name, n) == 0)
			return rt_py_call_arg(type->call, place, name);
		place++;
		p += len;
		p += *p == ' ';
	}
	return rt_py_call_keyword(type->call, name);
}

/* `type.with_variant(other, "postgresql")`: the one for the dialect. */
static const rt_py_value *variant_of(rt_am *am, const rt_py_value *v)
{
	const char *dialect = am->pg ? "postgresql" : "sqlite";
	const rt_py_value *base;
	const rt_py_call *call;
	int hops;
	size_t i;

	for (hops = 0; hops < 16; hops++) {
		if (!rt_am_method_of(v, "with_variant", &base, &call))
			return v;
		v = base;
		for (i = 1; i < call->n; i++)
			if (rt_py_is_str(call->v[i]) &&
			    rt_sv_is(call->v[i]->u.s, dialect))
				v = call->v[0];
		if (v == call->v[0])
			return v;
	}
	return v;
}

bool rt_am_type_of(rt_am *am, const rt_py_value *v, rt_am_type *out)
{
	rt_am_ref ref;

	memset(out, 0, sizeof(*out));
	v = rt_am_type_plain(am, v, &out->decorator);
	if (!v)
		return false;
	v = variant_of(am, v);
	out->v = v;
	if (!rt_am_ref_of(v, &ref))
		return false;
	out->row = rt_am_type_row_find(&ref);
	out->call = ref.call;
	return out->row != NULL;
}

bool rt_am_looks_like_type(const rt_py_value *v)
{
	const rt_py_value *base;
	const rt_py_call *call;
	rt_am_ref ref;

	if (rt_am_method_of(v, "with_variant", &base, &call) ||
	    rt_am_is_type_class(v))
		return true;
	return rt_am_ref_of(v, &ref) && rt_am_type_row_find(&ref);
}

bool rt_am_type_is(const rt_am_type *type, const char *family)
{
	return type && type->row && strcmp(type->row->family, family) == 0;
}

/* ---- templates ---- */

static bool is_number(const rt_py_value *v)
{
	return v && v->kind == RT_PY_V_INT;
}

static bool odd_param(rt_am *am, const rt_py_value *v)
{
	return rt_am_fail(am, v, "an argument of a type is %s",
			  rt_py_kind_noun(v->kind));
}

static bool add_timezone(rt_am *am, const rt_am_type *type, rt_str *out)
{
	bool with;

	if (!rt_am_flag(am, rt_am_type_param(type, "timezone"), false, &with))
		return false;
	rt_str_add(out, with ? " WITH TIME ZONE" : " WITHOUT TIME ZONE");
	return true;
}

static bool add_numeric(rt_am *am, const rt_am_type *type, rt_str *out)
{
	const rt_py_value *p = rt_am_type_param(type, "precision");
	const rt_py_value *s = rt_am_type_param(type, "scale");

	if (rt_am_is_none(p))
		return true;
	if (!is_number(p) || (!rt_am_is_none(s) && !is_number(s)))
		return odd_param(am, is_number(p) ? s : p);
	if (rt_am_is_none(s))
		rt_str_addf(out, "(%lld)", (long long)p->u.i);
	else
		rt_str_addf(out, "(%lld, %lld)", (long long)p->u.i,
			    (long long)s->u.i);
	return true;
}

/* A field of a template, without its braces. */
static bool add_field(rt_am *am, const rt_am_type *type, rt_str *out,
		      const char *field)
{
	const rt_py_value *v;
	char mark = *field == '?' || *field == '+' ? *field : 0;

	if (strcmp(field, "timezone") == 0)
		return add_timezone(am, type, out);
	if (strcmp(field, "precision,scale") == 0)
		return add_numeric(am, type, out);
	v = rt_am_type_param(type, mark ? field + 1 : field);
	if (rt_am_is_none(v))
		return true;
	if (rt_py_is_str(v) && (mark == '+' ||
				strcmp(field, "collation") == 0)) {
		if (mark)
			rt_str_addf(out, " %.*s", (int)v->u.s.n, v->u.s.p);
		else
			rt_str_addf(out, " COLLATE \"%.*s\"", (int)v->u.s.n,
				    v->u.s.p);
		return true;
	}
	if (!is_number(v))
		return odd_param(am, v);
	if (v->u.i == 0 && strcmp(field, "length") == 0)
		return true;
	rt_str_addf(out, mark ? " (%lld)" : "(%lld)", (long long)v->u.i);
	return true;
}

static bool fill(rt_am *am, const rt_am_type *type, const char *template,
		 rt_str *out)
{
	char field[32];
	size_t n;

	while (*template) {
		if (*template != '{') {
			rt_str_addc(out, *template++);
			continue;
		}
		n = strcspn(++template, "}");
		RT_ASSERT(n < sizeof(field));
		memcpy(field, template, n);
		field[n] = '\0';
		template += n + 1;
		if (!add_field(am, type, out, field))
			return false;
	}
	return true;
}

bool rt_am_type_sql(rt_am *am, const rt_py_value *v, rt_str *out)
{
	const char *template;
	rt_am_type type;
	rt_am_ref ref;

	if (rt_am_type_of(am, v, &type)) {
		if (!rt_am_type_keywords(am, type.row->name, type.row->params,
					 type.call))
			return false;
		if (type.row->write)
			return type.row->write(am, &type, out);
		template = am->pg ? type.row->postgresql : type.row->sqlite;
		if (template)
			return fill(am, &type, template, out);
		return rt_am_fail(am, v, "SQLite has no type %s",
				  type.row->name);
	}
	if (v->kind == RT_PY_V_SYMBOL && rt_am_ref_of(type.v, &ref))
		return rt_am_fail(am, v, "the type %.*s is not known here",
				  (int)ref.name.n, ref.name.p);
	return rt_am_fail(am, v, "a type is %s", rt_py_kind_noun(v->kind));
}

/* ---- enums ---- */

/* The names of an Enum class of the file, or what values_callable says. */
static bool class_labels(rt_am *am, rt_py_value *cls, const rt_py_call *call,
			 rt_py_value *labels)
{
	rt_py_value *members = rt_py_iterate(am->ev, cls, &am->at), *name;
	rt_py_value *choose = rt_py_call_keyword(call, "values_callable");
	rt_py_call one = { .v = &cls, .n = 1, .span = call->span };
	size_t i;

	if (members->kind == RT_PY_V_OPAQUE)
		return rt_am_fail(am, members, "the labels are not known");
	if (!rt_am_is_none(choose)) {
		members = rt_py_call_value(am->ev, choose, &one);
		members = rt_py_iterate(am->ev, members, &am->at);
		if (members->kind == RT_PY_V_OPAQUE)
			return rt_am_fail(am, members, "the labels are not "
					  "known");
	}
	for (i = 0; i < members->u.list.n; i++) {
		name = members->u.list.v[i];
		if (name->kind == RT_PY_V_INSTANCE)
			name = rt_py_dict_find(&(rt_py_value){
				.kind = RT_PY_V_DICT,
				.u.dict = name->u.instance.attrs }, "name");
		if (!name || !rt_py_is_str(name))
			return rt_am_fail(am, name, "a label is not known");
		rt_py_list_add(am->ev, labels, name);
	}
	return true;
}

/* The name of an enum of a class: the class's in lower case. */
static rt_sv class_name(rt_am *am, const rt_py_value *cls)
{
	rt_str name = RT_STR_INIT;
	rt_sv out;
	size_t i;

	for (i = 0; i < cls->u.cls.name.n; i++) {
		char c = cls->u.cls.name.p[i];

		rt_str_addc(&name, c >= 'A' && c <= 'Z' ?
				   (char)(c - 'A' + 'a') : c);
	}
	out = rt_py_str_copy(am->ev, rt_str_sv(&name))->u.s;
	rt_str_free(&name);
	return out;
}

static bool enum_labels(rt_am *am, const rt_am_type *type, rt_am_enum *out)
{
	const rt_py_call *call = type->call;
	size_t i;

	for (i = 0; call && i < call->n; i++) {
		rt_py_value *v = call->v[i];

		if (v->kind == RT_PY_V_CLASS && i == 0) {
			if (!class_labels(am, v, call, out->labels))
				return false;
			if (!out->name.p)
				out->name = class_name(am, v);
		} else if (rt_py_is_str(v)) {
			rt_py_list_add(am->ev, out->labels, v);
		} else {
			return rt_am_fail(am, v, "a label of an enum is %s",
					  rt_py_kind_noun(v->kind));
		}
	}
	return true;
}

bool rt_am_enum_of(rt_am *am, const rt_py_value *v, rt_am_enum *out)
{
	rt_am_type type;

	memset(out, 0, sizeof(*out));
	if (!rt_am_type_of(am, v, &type) || !rt_am_type_is(&type, "enum"))
		return false;
	out->labels = rt_py_list_new(am->ev, RT_PY_V_LIST);
	return rt_am_text(am, rt_am_type_param(&type, "name"), &out->name) &&
	       rt_am_text(am, rt_am_type_param(&type, "schema"),
			  &out->schema) &&
	       rt_am_flag(am, rt_am_type_param(&type, "create_type"), true,
			  &out->create) &&
	       rt_am_flag(am, rt_am_type_param(&type, "native_enum"), true,
			  &out->native) &&
	       rt_am_flag(am, rt_am_type_param(&type, "create_constraint"),
			  false, &out->constraint) &&
	       enum_labels(am, &type, out);
}

bool rt_am_write_enum(rt_am *am, const rt_am_type *type, rt_str *out)
{
	const rt_py_value *length = rt_am_type_param(type, "length");
	size_t i, longest = 0;
	rt_am_enum e;

	if (!rt_am_enum_of(am, type->v, &e))
		return false;
	if (am->pg && e.native) {
		if (!e.name.p)
			return rt_am_fail(am, type->v,
					  "an enum on PostgreSQL needs a "
					  "name");
		rt_am_quote_dotted(am, out, e.schema, e.name);
		return true;
	}
	for (i = 0; i < e.labels->u.list.n; i++) {
		size_t j, n = 0;
		const rt_sv s = e.labels->u.list.v[i]->u.s;

		for (j = 0; j < s.n; j++)
			n += ((unsigned char)s.p[j] & 0xc0) != 0x80;
		if (n > longest)
			longest = n;
	}
	if (is_number(length) && (size_t)length->u.i > longest)
		longest = (size_t)length->u.i;
	rt_str_add(out, "VARCHAR");
	if (longest && !(length && length->kind == RT_PY_V_NONE))
		rt_str_addf(out, "(%zu)", longest);
	return true;
}

/* ---- CREATE TYPE ---- */

/* Whether the database has a type; unknown: as Alembic does offline. */
static bool has_type(rt_am *am, const rt_am_enum *e, bool otherwise)
{
	const retort_schema *schema = rt_am_schema(am);
	size_t i;

	if (!schema) {
		am->out->assumed = true;
		return otherwise;
	}
	for (i = 0; i < schema->n; i++)
		if (schema->v[i].kind == RETORT_KIND_ENUM &&
		    rt_sv_is(e->name, schema->v[i].name) &&
		    (e->schema.n ? rt_sv_is(e->schema, schema->v[i].schema) :
				   strcmp(schema->v[i].schema, "public") == 0))
			return true;
	return false;
}

bool rt_am_enum_create(rt_am *am, const rt_am_enum *e, bool checkfirst)
{
	rt_str sql = RT_STR_INIT;
	size_t i;

	if (!am->pg || !e->native || (checkfirst && has_type(am, e, false)))
		return true;
	if (!e->name.p)
		return rt_am_fail(am, NULL, "an enum has no name");
	rt_str_add(&sql, "CREATE TYPE ");
	rt_am_quote_dotted(am, &sql, e->schema, e->name);
	rt_str_add(&sql, " AS ENUM (");
	for (i = 0; i < e->labels->u.list.n; i++) {
		if (i)
			rt_str_add(&sql, ", ");
		rt_am_literal(am, &sql, e->labels->u.list.v[i]->u.s);
	}
	rt_str_addc(&sql, ')');
	return rt_am_emit(am, &sql, true);
}

bool rt_am_enum_drop(rt_am *am, const rt_am_enum *e, bool checkfirst)
{
	rt_str sql = RT_STR_INIT;

	if (!am->pg || !e->native || (checkfirst && !has_type(am, e, true)))
		return true;
	if (!e->name.p)
		return rt_am_fail(am, NULL, "an enum has no name");
	rt_str_add(&sql, "DROP TYPE ");
	rt_am_quote_dotted(am, &sql, e->schema, e->name);
	return rt_am_emit(am, &sql, true);
}

/* Whether this run has not made it yet; it counts as made from now on. */
static bool is_first(rt_am *am, const rt_am_enum *e)
{
	char *key = rt_arena_strf(rt_py_eval_arena(am->ev), "%.*s\x1f%.*s",
				  (int)e->schema.n,
				  e->schema.p ? e->schema.p : "",
				  (int)e->name.n, e->name.p ? e->name.p : "");

	return rt_map_add(&am->enums, rt_sv_from(key), 0);
}

bool rt_am_enum_before_table(rt_am *am, const rt_py_value *v)
{
	rt_am_type type;
	rt_am_enum e;
	bool inherit;

	if (!am->pg || !rt_am_type_of(am, v, &type))
		return true;
	if (rt_am_type_is(&type, "array")) {
		v = rt_am_type_param(&type, "item_type");
		if (!v || !rt_am_type_of(am, v, &type))
			return true;
	}
	if (!rt_am_type_is(&type, "enum"))
		return true;
	if (!rt_am_enum_of(am, v, &e))
		return false;
	/* A type of the MetaData's is made with that, not with the table. */
	inherit = rt_py_call_keyword(type.call, "metadata") != NULL;
	if (!e.native || !e.create || inherit || !is_first(am, &e))
		return true;
	return rt_am_enum_create(am, &e, false);
}
