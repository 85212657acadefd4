/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/names.h"
#include "revfmt/alembic.h"

/* One file that is being read. */
struct reader {
	rt_arena *arena; /* of what comes out */
	rt_arena scratch;
	const char *path;
	rt_py_source src;
	rt_py_module *module;
	retort_revision *out;
	retort_error *err;
};

static int fail(struct reader *r, const char *variable,
		const rt_alembic_variable *at)
{
	rt_err_set(r->err, RETORT_EPARSE, "%s cannot be known: %s", variable,
		   at->problem);
	rt_err_at(r->err, r->path, at->line, at->column);
	rt_err_field(r->err, RETORT_ERROR_NEXT,
		     "assign a string, a tuple of strings or None, at the top "
		     "level of the file");
	return RETORT_EPARSE;
}

/*
 * The value of a variable.
 *   out:  1 if it has one, 0 if it is not bound
 */
static int read_variable(struct reader *r, const char *name,
			 rt_alembic_value *value, rt_alembic_variable *at)
{
	*value = (rt_alembic_value){ RT_ALEMBIC_NONE, { NULL, 0 } };
	rt_alembic_find(&r->src, r->module, name, r->module->body.n, at);
	if (!at->value)
		return at->problem ? fail(r, name, at) : 0;
	/* The names go into the graph, what makes them does not. */
	if (rt_alembic_evaluate(&r->scratch, &r->src, r->module, at->value,
				at->statement, value, at))
		return 1;
	return fail(r, name, at);
}

static int invalid(struct reader *r, const char *variable,
		   const rt_alembic_variable *at, const char *why)
{
	rt_err_set(r->err, RETORT_EPARSE, "%s %s", variable, why);
	rt_err_at(r->err, r->path, at->value->span.line,
		  at->value->span.column);
	return RETORT_EPARSE;
}

/* Names without those that are there already, as Alembic drops them. */
static int take_names(struct reader *r, const char *variable,
		      const rt_alembic_value *value,
		      const rt_alembic_variable *at, retort_names *out)
{
	const char **v = rt_arena_calloc(r->arena, value->names.n,
					 sizeof(*v));
	size_t i, k, n = 0;

	for (i = 0; i < value->names.n; i++) {
		if (!*value->names.v[i])
			return invalid(r, variable, at, "has an empty name");
		for (k = 0; k < n; k++)
			if (!strcmp(v[k], value->names.v[i]))
				break;
		if (k == n)
			v[n++] = rt_arena_strdup(r->arena, value->names.v[i]);
	}
	*out = (retort_names){ v, n };
	return 0;
}

static bool is_legacy_id(rt_sv name)
{
	return name.n && strspn(name.p, "abcdef0123456789") == name.n;
}

/* Before Alembic 0.2 the id was the file's name. */
static int legacy_id(struct reader *r)
{
	rt_sv name = rt_sv_from(rt_fs_basename(r->path));
	char *id;

	name.n -= name.n >= 3 ? 3 : name.n;
	id = rt_arena_strsv(r->arena, name);
	if (is_legacy_id((rt_sv){ id, name.n })) {
		r->out->id = id;
		return 0;
	}
	rt_err_set(r->err, RETORT_EPARSE, "no variable `revision`: this is no "
		   "revision of Alembic");
	rt_err_at(r->err, r->path, 0, 0);
	rt_err_field(r->err, RETORT_ERROR_NEXT, "what is no revision belongs "
		     "outside the folders of revisions");
	return RETORT_EPARSE;
}

static int read_id(struct reader *r)
{
	rt_alembic_value value;
	rt_alembic_variable at;
	int rc = read_variable(r, "revision", &value, &at);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return legacy_id(r);
	if (value.kind != RT_ALEMBIC_STRING || !*value.names.v[0])
		return invalid(r, "revision", &at, "is no string with an id");
	if (strpbrk(value.names.v[0], "@-+:"))
		return invalid(r, "revision", &at, "has one of @ - + : in it, "
			       "which an id cannot have");
	r->out->id = rt_arena_strdup(r->arena, value.names.v[0]);
	return 0;
}

static int read_down(struct reader *r)
{
	rt_alembic_value value;
	rt_alembic_variable at;
	int rc = read_variable(r, "down_revision", &value, &at);

	if (rc == 0) {
		rt_err_set(r->err, RETORT_EPARSE,
			   "no variable `down_revision`");
		rt_err_at(r->err, r->path, 0, 0);
		rt_err_field(r->err, RETORT_ERROR_NEXT, "name the revision "
			     "that this one follows, or assign None for a "
			     "base");
		return RETORT_EPARSE;
	}
	return rc < 0 ? rc : take_names(r, "down_revision", &value, &at,
					&r->out->down);
}

static int read_depends_on(struct reader *r)
{
	rt_alembic_value value;
	rt_alembic_variable at;
	int rc = read_variable(r, "depends_on", &value, &at);

	/* To Alembic an empty string is no dependency. */
	if (rc <= 0 || (value.kind == RT_ALEMBIC_STRING && !*value.names.v[0]))
		return rc < 0 ? rc : 0;
	return take_names(r, "depends_on", &value, &at, &r->out->depends_on);
}

/* A graph without some labels is still a graph. */
static void read_labels(struct reader *r)
{
	retort_error err = RETORT_ERROR_INIT;
	retort_error *outer = r->err;
	retort_names *labels = &r->out->labels;
	rt_alembic_value value;
	rt_alembic_variable at;
	int rc;

	r->err = &err;
	rc = read_variable(r, "branch_labels", &value, &at);
	if (rc > 0)
		rc = take_names(r, "branch_labels", &value, &at, labels);
	r->err = outer;
	if (rc < 0) {
		r->out->problem = rt_arena_strdup(r->arena, err.message);
		r->out->problem_line = err.line;
		*labels = (retort_names){ NULL, 0 };
	}
	retort_error_dispose(&err);
	if (labels->n)
		*labels = rt_names_sorted(r->arena, *labels);
}

/* The value of a line "Key: value" of the docstring; "" if it has none. */
static const char *doc_value(struct reader *r, rt_sv doc, const char *key)
{
	rt_sv line;

	while (rt_sv_line(&doc, &line)) {
		line = rt_sv_trim(line);
		if (rt_sv_starts(line, key))
			return rt_arena_strsv(r->arena, rt_sv_trim(rt_sv_sub(
				line, strlen(key), line.n)));
	}
	return "";
}

static void read_doc(struct reader *r)
{
	const rt_py_expr *e = rt_py_docstring(&r->module->body);
	rt_sv doc = e ? rt_sv_trim(e->u.string.text) : RT_SV(""), rest, line;

	r->out->message = r->out->doc = r->out->created = "";
	if (!doc.n || memchr(doc.p, '\0', doc.n))
		return;
	r->out->doc = rt_arena_strsv(r->arena, doc);
	r->out->created = doc_value(r, doc, "Create Date:");
	rest = doc;
	if (rt_sv_line(&rest, &line) && !rt_sv_starts(line, "Revision ID:"))
		r->out->message = rt_arena_strsv(r->arena,
						 rt_sv_trim(line));
}

int rt_alembic_header(rt_arena *arena, const char *path, rt_sv text,
		      bool whole, retort_revision *out, bool *more,
		      retort_error *err)
{
	struct reader r = { arena, RT_ARENA_INIT, path,
			    { { NULL, 0 }, 0, RT_PY_UTF8, 0 },
			    NULL, out, err };
	int rc;

	memset(out, 0, sizeof(*out));
	*more = !whole;
	if (!whole)
		return 0;
	rc = rt_py_source_open(path, text, &r.src, err);
	if (rc)
		return rc;
	r.module = rt_py_parse_outline(&r.scratch, &r.src, true);
	out->path = rt_arena_strdup(arena, path);
	read_doc(&r);
	rc = read_id(&r);
	if (!rc)
		rc = read_down(&r);
	if (!rc)
		rc = read_depends_on(&r);
	if (!rc)
		read_labels(&r);
	rt_arena_free(&r.scratch);
	return rc;
}
