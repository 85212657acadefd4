/* SPDX-License-Identifier: MIT */
/*
 * New revision files of Alembic, from its Mako template.
 *
 * Mako is Python; what is understood of it is what the templates that
 * `alembic init` writes use: `${…}` with the variables of a revision, repr(),
 * `x if y else z`, strings and the filters `comma` and `n`, and comment lines
 * (##).  A template with more is not for us: EUNSUPPORTED.
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "revfmt/alembic.h"

struct renderer {
	const char *path;
	rt_sv text; /* of the template */
	const retort_revision *rev;
	rt_arena arena;
	retort_error *err;
};

/* The value of an expression. */
struct value {
	bool is_none, is_tuple;
	const char *string; /* where it is one */
	retort_names names; /* of a tuple */
};

rt_sv rt_alembic_template(void)
{
	return RT_SV("\"\"\"${message}\n"
		     "\n"
		     "Revision ID: ${up_revision}\n"
		     "Revises: ${down_revision | comma,n}\n"
		     "Create Date: ${create_date}\n"
		     "\n"
		     "\"\"\"\n"
		     "from alembic import op\n"
		     "import sqlalchemy as sa\n"
		     "\n"
		     "# revision identifiers, used by Alembic.\n"
		     "revision = ${repr(up_revision)}\n"
		     "down_revision = ${repr(down_revision)}\n"
		     "branch_labels = ${repr(branch_labels)}\n"
		     "depends_on = ${repr(depends_on)}\n"
		     "\n"
		     "\n"
		     "def upgrade():\n"
		     "    ${upgrades if upgrades else \"pass\"}\n"
		     "\n"
		     "\n"
		     "def downgrade():\n"
		     "    ${downgrades if downgrades else \"pass\"}\n");
}

static int fail(struct renderer *r, size_t at, const char *what, rt_sv detail)
{
	rt_err_set(r->err, RETORT_EUNSUPPORTED, "%s: '%.*s'", what,
		   (int)(detail.n < 60 ? detail.n : 60), detail.p);
	rt_err_at_offset(r->err, r->path, r->text, at);
	return RETORT_EUNSUPPORTED;
}

/* --- variables --- */

/* Text as it may stand in the docstring of the template. */
static const char *in_docstring(struct renderer *r, const char *text)
{
	rt_str out = RT_STR_INIT;
	const char *p, *kept;

	for (p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '\\' || (c == '"' && (p[1] == '"' || !p[1])))
			rt_str_addf(&out, "\\%c", c);
		else
			rt_str_addc(&out, (c < ' ' && c != '\n') || c == 0x7f ?
				    ' ' : *p);
	}
	kept = rt_arena_strsv(&r->arena, rt_str_sv(&out));
	rt_str_free(&out);
	return kept;
}

/* "2026-01-02T03:04:05Z" as Python prints a datetime. */
static const char *date(struct renderer *r)
{
	char *text = rt_arena_strdup(&r->arena, r->rev->created ?
				     r->rev->created : "");
	size_t n = strlen(text);

	if (n > 10 && text[10] == 'T')
		text[10] = ' ';
	if (n && text[n - 1] == 'Z')
		text[n - 1] = '\0';
	return text;
}

/* None, a string, or from two names on a tuple, as Alembic passes them. */
static struct value scalar(const retort_names *names)
{
	struct value v = { names->n == 0, names->n > 1,
			   names->n ? names->v[0] : NULL, *names };

	return v;
}

static struct value string_value(const char *text)
{
	return (struct value){ false, false, text, { NULL, 0 } };
}

static bool variable(struct renderer *r, rt_sv name, struct value *out)
{
	const retort_revision *rev = r->rev;

	if (rt_sv_is(name, "up_revision"))
		*out = string_value(rev->id);
	else if (rt_sv_is(name, "down_revision"))
		*out = scalar(&rev->down);
	else if (rt_sv_is(name, "depends_on"))
		*out = scalar(&rev->depends_on);
	else if (rt_sv_is(name, "branch_labels"))
		*out = (struct value){ !rev->labels.n, rev->labels.n > 0, NULL,
				       rev->labels };
	else if (rt_sv_is(name, "message"))
		*out = string_value(in_docstring(r, rev->doc && *rev->doc ?
						 rev->doc : rev->message ?
						 rev->message : ""));
	else if (rt_sv_is(name, "create_date"))
		*out = string_value(date(r));
	else if (rt_sv_is(name, "imports") || rt_sv_is(name, "upgrades") ||
		 rt_sv_is(name, "downgrades"))
		*out = string_value("");
	else
		return false;
	return true;
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
		else if (c < ' ' || c == 0x7f)
			rt_str_addf(out, "\\x%02x", c);
		else
			rt_str_addc(out, *p);
	}
	rt_str_addc(out, quote);
}

static void add_tuple(const retort_names *names, char quote, rt_str *out)
{
	size_t i;

	rt_str_addc(out, '(');
	for (i = 0; i < names->n; i++) {
		rt_str_add(out, i ? ", " : "");
		add_repr(names->v[i], quote, out);
	}
	rt_str_add(out, names->n == 1 ? ",)" : ")");
}

void rt_alembic_write_names(const retort_names *names, char quote, rt_str *out)
{
	if (!names->n)
		rt_str_add(out, "None");
	else if (names->n == 1)
		add_repr(names->v[0], quote, out);
	else
		add_tuple(names, quote, out);
}

static struct value repr_of(struct renderer *r, const struct value *v)
{
	rt_str out = RT_STR_INIT;
	struct value text;

	if (v->is_none)
		rt_str_add(&out, "None");
	else if (v->is_tuple)
		add_tuple(&v->names, '\'', &out);
	else
		add_repr(v->string, '\'', &out);
	text = string_value(rt_arena_strsv(&r->arena, rt_str_sv(&out)));
	rt_str_free(&out);
	return text;
}

static bool is_true(const struct value *v)
{
	return !v->is_none && (v->is_tuple || *v->string);
}

/* What Mako's str() prints, or with the filter `comma` a list. */
static void add_value(struct renderer *r, const struct value *v, bool comma,
		      rt_str *out)
{
	size_t i;

	if (comma && v->is_tuple)
		for (i = 0; i < v->names.n; i++)
			rt_str_addf(out, "%s%s", i ? ", " : "",
				    v->names.v[i]);
	else if (v->is_none)
		rt_str_add(out, comma ? "" : "None");
	else if (v->is_tuple)
		rt_str_add(out, repr_of(r, v).string);
	else
		rt_str_add(out, v->string);
}

/* --- expressions --- */

static bool evaluate(struct renderer *r, const rt_py_expr *e,
		     struct value *out);

static bool repr_call(struct renderer *r, const rt_py_expr *e,
		      struct value *out)
{
	const rt_py_args *args = &e->u.call.args;
	struct value v;

	if (e->u.call.callee->kind != RT_PY_NAME || args->n != 1 ||
	    args->v[0].kind != RT_PY_ARG_PLAIN ||
	    !rt_sv_is(e->u.call.callee->u.name, "repr") ||
	    !evaluate(r, args->v[0].value, &v))
		return false;
	*out = repr_of(r, &v);
	return true;
}

static bool evaluate(struct renderer *r, const rt_py_expr *e,
		     struct value *out)
{
	switch (e->kind) {
	case RT_PY_NAME:
		return variable(r, e->u.name, out);
	case RT_PY_STRING:
		*out = string_value(e->u.string.text.p);
		return !e->u.string.is_bytes && !e->u.string.unknown;
	case RT_PY_NONE:
		*out = (struct value){ true, false, NULL, { NULL, 0 } };
		return true;
	case RT_PY_CALL:
		return repr_call(r, e, out);
	case RT_PY_COND:
		return evaluate(r, e->u.cond.test, out) &&
		       evaluate(r, is_true(out) ? e->u.cond.body :
				e->u.cond.orelse, out);
	default:
		return false;
	}
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

/* The inside of `${…}`. */
static int expression(struct renderer *r, rt_sv inside, rt_str *out)
{
	size_t bar = rt_sv_find(inside, '|');
	rt_py_source src = { rt_sv_trim(rt_sv_sub(inside, 0, bar)), 0,
			     RT_PY_UTF8 };
	const rt_py_module *module = rt_py_parse(&r->arena, &src);
	bool comma = false;
	struct value v;

	if ((bar < inside.n && !read_filters(rt_sv_sub(inside, bar + 1,
						       inside.n), &comma)) ||
	    module->body.n != 1 || module->body.v[0]->kind != RT_PY_EXPR ||
	    !evaluate(r, module->body.v[0]->u.value, &v))
		return fail(r, (size_t)(inside.p - r->text.p),
			    "the template computes what only Mako can",
			    inside);
	add_value(r, &v, comma, out);
	return 0;
}

/* --- the template --- */

static int line(struct renderer *r, rt_sv text, rt_str *out)
{
	size_t at = 0, end;
	int rc;

	while (at < text.n) {
		rt_sv rest = rt_sv_sub(text, at, text.n);

		if (rt_sv_starts(rest, "${")) {
			end = rt_sv_find(rest, '}');
			if (end == rest.n)
				return fail(r, (size_t)(rest.p - r->text.p),
					    "an expression is not closed on "
					    "its line", rest);
			rc = expression(r, rt_sv_sub(rest, 2, end - 2), out);
			if (rc)
				return rc;
			at += end + 1;
		} else {
			rt_str_addc(out, text.p[at++]);
		}
	}
	return 0;
}

/* Whether a line is Mako's own rather than text. */
static bool is_code(rt_sv text)
{
	rt_sv bare = rt_sv_trim(text);
	size_t at;

	for (at = 0; at + 1 < text.n; at++)
		if (text.p[at] == '<' && (text.p[at + 1] == '%' ||
		    rt_sv_starts(rt_sv_sub(text, at, text.n), "</%")))
			return true;
	return bare.n && bare.p[0] == '%';
}

int rt_alembic_render(const char *template_path, rt_sv template_text,
		      const retort_revision *rev, rt_str *out,
		      retort_error *err)
{
	struct renderer r = { template_path, template_text, rev,
			      RT_ARENA_INIT, err };
	rt_sv rest = template_text, text;
	int rc = 0;

	while (!rc && rt_sv_line(&rest, &text)) {
		bool joined = text.n && text.p[text.n - 1] == '\\';

		if (rt_sv_starts(rt_sv_trim(text), "##"))
			continue;
		if (is_code(text)) {
			rc = fail(&r, (size_t)(text.p - template_text.p),
				  "the template has Mako's code", text);
			break;
		}
		if (joined)
			text.n--;
		rc = line(&r, text, out);
		if (!joined && !rc)
			rt_str_addc(out, '\n');
	}
	rt_arena_free(&r.arena);
	return rc;
}
