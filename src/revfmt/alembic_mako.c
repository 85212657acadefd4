/* SPDX-License-Identifier: MIT */
/* Expressions of the template: values, and these as text. */
#include "config.h"

#include "revfmt/alembic_mako.h"

#include <string.h>

#include "base/err.h"

/* The value of an expression. */
struct value {
	enum { NONE, STRING, TUPLE, LIST } kind;
	bool is_message;    /* and may stand in a docstring */
	const char *string; /* of a STRING */
	retort_names names; /* of a TUPLE, a LIST */
};

int rt_mako_fail(rt_mako *m, const char *what, rt_sv where)
{
	rt_sv text = m->what->template_text;

	rt_err_set(m->err, RETORT_EUNSUPPORTED, "%s: '%.*s'", what,
		   (int)(where.n < 60 ? where.n : 60), where.p);
	rt_err_at_offset(m->err, m->what->template_path, text,
			 (size_t)(where.p - text.p));
	return RETORT_EUNSUPPORTED;
}

/* --- variables --- */

static const char *keep(rt_mako *m, rt_str *text)
{
	const char *kept = rt_arena_strsv(&m->arena, rt_str_sv(text));

	rt_str_free(text);
	return kept;
}

/* Text as it may stand in the docstring of the template: unlike Alembic's,
 * one that Python reads back as it was. */
static const char *in_docstring(rt_mako *m, const char *text)
{
	rt_str out = RT_STR_INIT;
	const char *p;

	for (p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;
		char next = p[1] ? p[1] : m->next;

		if (c == '\\' || (c == '"' && next == '"'))
			rt_str_addf(&out, "\\%c", c);
		else
			rt_str_addc(&out, (c < ' ' && c != '\n' &&
					   c != '\t') || c == 0x7f ?
				    ' ' : *p);
	}
	return keep(m, &out);
}

/* "2026-01-02T03:04:05Z" as Python prints a datetime. */
static const char *date(rt_mako *m)
{
	const retort_revision *rev = m->what->rev;
	char *text = rt_arena_strdup(&m->arena,
				     rev->created ? rev->created : "");
	size_t n = strlen(text);

	if (n > 10 && text[10] == 'T')
		text[10] = ' ';
	if (n && text[n - 1] == 'Z')
		text[n - 1] = '\0';
	return text;
}

static struct value string_value(const char *text)
{
	return (struct value){ STRING, false, text, { NULL, 0 } };
}

/* Names as Alembic passes them: None, a string, or from two on `many`. */
static struct value names_value(const retort_names *names, int many)
{
	struct value v = { NONE, false, NULL, *names };

	if (names->n == 1)
		return string_value(names->v[0]);
	if (names->n)
		v.kind = many;
	return v;
}

/* A direction's statements, behind the indentation that its line has. */
static int body(rt_mako *m, retort_op op, struct value *out)
{
	rt_str text = RT_STR_INIT;
	size_t i;
	int rc = 0;

	m->placed[op == RETORT_OP_UPGRADE] = true;
	for (i = 0; i < m->what->n_sections && !rc; i++)
		if (m->what->sections[i].op == op)
			rc = rt_alembic_add_sql(m->what->rev->path,
						&m->what->sections[i],
						m->indent.p, &text, m->err);
	m->failed = rc != 0;
	if (text.n) {
		rt_str_truncate(&text, text.n - 1);
		*out = string_value(rt_arena_strdup(&m->arena,
						    text.p + m->indent.n));
	} else {
		*out = string_value("");
	}
	rt_str_free(&text);
	return rc;
}

static int variable(rt_mako *m, rt_sv name, struct value *out)
{
	const retort_revision *rev = m->what->rev;
	const char *message = rev->doc && *rev->doc ? rev->doc : rev->message;

	if (rt_sv_is(name, "upgrades"))
		return body(m, RETORT_OP_UPGRADE, out);
	if (rt_sv_is(name, "downgrades"))
		return body(m, RETORT_OP_DOWNGRADE, out);
	if (rt_sv_is(name, "up_revision"))
		*out = string_value(rev->id);
	else if (rt_sv_is(name, "down_revision"))
		*out = names_value(&rev->down, TUPLE);
	else if (rt_sv_is(name, "depends_on"))
		*out = names_value(&rev->depends_on, LIST);
	else if (rt_sv_is(name, "branch_labels"))
		*out = (struct value){ rev->labels.n ? TUPLE : NONE, false,
				       NULL, rev->labels };
	else if (rt_sv_is(name, "message"))
		*out = (struct value){ STRING, true, message ? message : "",
				       { NULL, 0 } };
	else if (rt_sv_is(name, "create_date"))
		*out = string_value(date(m));
	else if (rt_sv_is(name, "imports"))
		*out = string_value("");
	else
		return RETORT_EUNSUPPORTED;
	return 0;
}

/* --- values as text --- */

static void add_repr(const char *text, char quote, rt_str *out)
{
	const char *p;

	if (quote == '\'' && strchr(text, '\'') && !strchr(text, '"'))
		quote = '"';
	rt_str_addc(out, quote);
	for (p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (*p == quote || *p == '\\')
			rt_str_addf(out, "\\%c", *p);
		else if (c == '\n')
			rt_str_add(out, "\\n");
		else if (c < ' ' || c == 0x7f)
			rt_str_addf(out, "\\x%02x", c);
		else
			rt_str_addc(out, *p);
	}
	rt_str_addc(out, quote);
}

static void add_names(const retort_names *names, const char *brackets,
		      char quote, rt_str *out)
{
	size_t i;

	rt_str_addc(out, brackets[0]);
	for (i = 0; i < names->n; i++) {
		rt_str_add(out, i ? ", " : "");
		add_repr(names->v[i], quote, out);
	}
	if (names->n == 1 && brackets[0] == '(')
		rt_str_addc(out, ',');
	rt_str_addc(out, brackets[1]);
}

void rt_alembic_write_names(const retort_names *names, char quote, rt_str *out)
{
	if (!names->n)
		rt_str_add(out, "None");
	else if (names->n == 1)
		add_repr(names->v[0], quote, out);
	else
		add_names(names, "()", quote, out);
}

static struct value repr_of(rt_mako *m, const struct value *v)
{
	rt_str out = RT_STR_INIT;

	if (v->kind == NONE)
		rt_str_add(&out, "None");
	else if (v->kind == STRING)
		add_repr(v->string, '\'', &out);
	else
		add_names(&v->names, v->kind == LIST ? "[]" : "()", '\'',
			  &out);
	return string_value(keep(m, &out));
}

static bool is_true(const struct value *v)
{
	return v->kind == STRING ? *v->string != '\0' : v->kind != NONE;
}

/* What Mako's str() prints, or with the filter `comma` a list. */
static void add_value(rt_mako *m, const struct value *v, bool comma,
		      rt_str *out)
{
	size_t i;

	if (comma && v->kind >= TUPLE)
		for (i = 0; i < v->names.n; i++)
			rt_str_addf(out, "%s%s", i ? ", " : "",
				    v->names.v[i]);
	else if (v->kind >= TUPLE)
		rt_str_add(out, repr_of(m, v).string);
	else if (v->kind == NONE)
		rt_str_add(out, comma ? "" : "None");
	else
		rt_str_add(out, v->is_message ? in_docstring(m, v->string) :
			   v->string);
}

/* --- expressions --- */

static int evaluate(rt_mako *m, const rt_py_expr *e, struct value *out);

static int call(rt_mako *m, const rt_py_expr *e, struct value *out)
{
	const rt_py_args *args = &e->u.call.args;
	struct value v;
	int rc;

	if (e->u.call.callee->kind != RT_PY_NAME || args->n != 1 ||
	    args->v[0].kind != RT_PY_ARG_PLAIN ||
	    !rt_sv_is(e->u.call.callee->u.name, "repr"))
		return RETORT_EUNSUPPORTED;
	rc = evaluate(m, args->v[0].value, &v);
	if (!rc)
		*out = repr_of(m, &v);
	return rc;
}

/* Python's True and False, as far as a template can tell. */
static struct value truth(bool yes)
{
	return yes ? string_value("True") : (struct value){ .kind = NONE };
}

static int boolean(rt_mako *m, const rt_py_expr *e, struct value *out)
{
	const rt_py_list *values = &e->u.boolean.values;
	size_t i;
	int rc = 0;

	for (i = 0; i < values->n && !rc; i++) {
		rc = evaluate(m, values->v[i], out);
		if (!rc && is_true(out) == (e->u.boolean.op == RT_PY_OR))
			break;
	}
	return rc;
}

/* `x == 'y'`, `x is None`. */
static int compare(rt_mako *m, const rt_py_expr *e, struct value *out)
{
	const rt_py_list *values = &e->u.compare.values;
	rt_py_op op = e->u.compare.ops[0];
	struct value a, b;
	bool equal;
	int rc = values->n == 2 ? 0 : RETORT_EUNSUPPORTED;

	if (!rc)
		rc = evaluate(m, values->v[0], &a);
	if (!rc)
		rc = evaluate(m, values->v[1], &b);
	if (rc || (a.kind >= TUPLE && b.kind >= TUPLE) ||
	    (op != RT_PY_EQ && op != RT_PY_NE &&
	     ((op != RT_PY_IS && op != RT_PY_IS_NOT) || b.kind != NONE)))
		return RETORT_EUNSUPPORTED;
	equal = a.kind == b.kind && (a.kind != STRING ||
				     !strcmp(a.string, b.string));
	*out = truth(equal == (op == RT_PY_EQ || op == RT_PY_IS));
	return 0;
}

static int evaluate(rt_mako *m, const rt_py_expr *e, struct value *out)
{
	int rc;

	switch (e->kind) {
	case RT_PY_NAME:
		return variable(m, e->u.name, out);
	case RT_PY_STRING:
		*out = string_value(e->u.string.text.p);
		return e->u.string.is_bytes || e->u.string.unknown ?
		       RETORT_EUNSUPPORTED : 0;
	case RT_PY_NONE:
		*out = (struct value){ .kind = NONE };
		return 0;
	case RT_PY_CALL:
		return call(m, e, out);
	case RT_PY_BOOL:
		return boolean(m, e, out);
	case RT_PY_COMPARE:
		return compare(m, e, out);
	case RT_PY_UNARY:
		rc = e->u.unary.op == RT_PY_NOT ?
		     evaluate(m, e->u.unary.operand, out) :
		     RETORT_EUNSUPPORTED;
		if (!rc)
			*out = truth(!is_true(out));
		return rc;
	case RT_PY_COND:
		rc = evaluate(m, e->u.cond.test, out);
		return rc ? rc : evaluate(m, is_true(out) ? e->u.cond.body :
					  e->u.cond.orelse, out);
	default:
		return RETORT_EUNSUPPORTED;
	}
}

static int evaluate_text(rt_mako *m, rt_sv text, struct value *out)
{
	rt_py_source src = { rt_sv_trim(text), 0, RT_PY_UTF8, 0 };
	const rt_py_module *module = rt_py_parse(&m->arena, &src);

	if (module->body.n != 1 || module->body.v[0]->kind != RT_PY_EXPR)
		return RETORT_EUNSUPPORTED;
	return evaluate(m, module->body.v[0]->u.value, out);
}

/* Filters behind `|`; `comma` is the one that does something. */
static bool read_filters(rt_sv list, bool *comma)
{
	static const char *const harmless[] = { "n", "str", "trim" };
	rt_sv name;
	size_t i;

	while (rt_sv_split(&list, ',', &name)) {
		name = rt_sv_trim(name);
		if (rt_sv_is(name, "comma")) {
			*comma = true;
			continue;
		}
		for (i = 0; i < 3 && !rt_sv_is(name, harmless[i]); i++)
			;
		if (i == 3)
			return false;
	}
	return true;
}

int rt_mako_expression(rt_mako *m, rt_sv inside, rt_str *out)
{
	size_t bar = rt_sv_find(inside, '|');
	bool comma = false;
	struct value v;
	int rc = 0;

	if (bar < inside.n &&
	    !read_filters(rt_sv_sub(inside, bar + 1, inside.n), &comma))
		rc = RETORT_EUNSUPPORTED;
	if (!rc)
		rc = evaluate_text(m, rt_sv_sub(inside, 0, bar), &v);
	if (!rc)
		add_value(m, &v, comma, out);
	else if (!m->failed)
		rt_mako_fail(m, "the template computes what only Mako can",
			     inside);
	return rc;
}

int rt_mako_test(rt_mako *m, rt_sv test, bool *yes)
{
	struct value v = { .kind = NONE };
	int rc = evaluate_text(m, test, &v);

	*yes = !rc && is_true(&v);
	if (rc && !m->failed)
		rt_mako_fail(m, "the template asks what only Mako knows",
			     test);
	return rc;
}
