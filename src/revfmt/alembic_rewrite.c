/* SPDX-License-Identifier: MIT */
/*
 * Changing a Python revision that is there, as a careful person with an
 * editor would: one value; every other byte stays.
 */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "base/vec.h"
#include "revfmt/alembic.h"
#include "text/header.h"

/* A file that is edited: bytes [start, end) give way to `with`. */
struct edit {
	size_t start, end;
	rt_str with;
};

typedef RT_VEC(struct edit) edits;

static struct edit *add_edit(edits *list, size_t start, size_t end)
{
	struct edit e = { start, end, RT_STR_INIT };

	rt_vec_push(list, e);
	return &list->v[list->n - 1];
}

static int refuse(const char *path, const rt_py_span *at, const char *why,
		  retort_error *err)
{
	rt_err_set(err, RETORT_EUNSUPPORTED, "%s", why);
	rt_err_at(err, path, at ? at->line : 0, at ? at->column : 0);
	rt_err_field(err, RETORT_ERROR_NEXT, "change it with an editor");
	return RETORT_EUNSUPPORTED;
}

/* --- down_revision --- */

/* The quotes that the value has now, else the template's. */
static char quote_of(rt_sv text, const rt_py_span *span)
{
	size_t i;

	for (i = span->start; i < span->end; i++)
		if (text.p[i] == '"' || text.p[i] == '\'')
			return text.p[i];
	return '\'';
}

/* As many names as before, each in a string of its own: what stands between
 * them stays, comments too. */
static bool edit_names(rt_sv text, const rt_py_expr *value,
		       const retort_names *parents, edits *list)
{
	const rt_py_list *items = &value->u.list;
	size_t i;

	if ((value->kind != RT_PY_TUPLE && value->kind != RT_PY_LIST) ||
	    items->n != parents->n)
		return false;
	for (i = 0; i < items->n; i++)
		if (items->v[i]->kind != RT_PY_STRING)
			return false;
	for (i = 0; i < items->n; i++) {
		const rt_py_span *span = &items->v[i]->span;
		retort_names one = { &parents->v[i], 1 };

		rt_alembic_write_names(&one, quote_of(text, span),
				       &add_edit(list, span->start,
						 span->end)->with);
	}
	return true;
}

static int edit_value(const char *path, const rt_py_source *src,
		      const rt_py_module *module, const retort_names *parents,
		      edits *list, retort_error *err)
{
	rt_alembic_variable found;
	const rt_py_span *span;
	const rt_py_stmt *st;

	rt_alembic_find(src, module, "down_revision", module->body.n, &found);
	if (!found.value) {
		rt_py_span at = { 0, 0, found.line, found.column, 0 };

		return refuse(path, &at, "down_revision is not assigned in a "
			      "way that can be edited", err);
	}
	st = module->body.v[found.statement];
	if (st->kind == RT_PY_ASSIGN && st->u.assign.targets.n > 1)
		return refuse(path, &st->span, "down_revision is assigned "
			      "together with other variables", err);
	span = &found.value->span;
	if (!edit_names(src->text, found.value, parents, list))
		rt_alembic_write_names(parents, quote_of(src->text, span),
				       &add_edit(list, span->start,
						 span->end)->with);
	return 0;
}

/* The rest of the docstring's line "Revises:", if it has one. */
static void edit_doc(const rt_py_source *src, const rt_py_module *module,
		     const retort_names *parents, edits *list)
{
	static const char key[] = "Revises:";
	const rt_py_expr *doc = rt_py_docstring(&module->body);
	rt_sv rest, line, bare;
	struct edit *edit;
	size_t i;

	if (!doc)
		return;
	rest = rt_sv_sub(src->text, doc->span.start,
			 doc->span.end - doc->span.start);
	while (rt_sv_line(&rest, &line)) {
		bare = rt_sv_trim(line);
		if (!rt_sv_starts(bare, key) || rest.n == 0)
			continue;
		edit = add_edit(list, (size_t)(bare.p - src->text.p) +
				strlen(key),
				(size_t)(line.p - src->text.p) + line.n);
		rt_str_addc(&edit->with, ' ');
		for (i = 0; i < parents->n; i++)
			rt_str_addf(&edit->with, "%s%s", i ? ", " : "",
				    parents->v[i]);
		return;
	}
}

/* What was written must say what was wanted. */
static int check(const char *path, rt_sv text, const retort_names *parents,
		 retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_revision rev;
	bool more, same;
	size_t i;
	int rc = rt_alembic_header(&arena, path, text, true, &rev, &more, err);

	same = !rc && rev.down.n == parents->n;
	for (i = 0; same && i < parents->n; i++)
		same = !strcmp(rev.down.v[i], parents->v[i]);
	if (!rc && !same)
		rc = refuse(path, NULL, "down_revision stands in what cannot "
			    "be edited", err);
	rt_arena_free(&arena);
	return rc;
}

static void apply(rt_sv text, const edits *list, rt_str *out)
{
	size_t at = 0, i;

	for (i = 0; i < list->n; i++) {
		rt_str_addn(out, text.p + at, list->v[i].start - at);
		rt_str_addsv(out, rt_str_sv(&list->v[i].with));
		at = list->v[i].end;
	}
	rt_str_addn(out, text.p + at, text.n - at);
}

static int check_ids(const retort_names *ids, retort_error *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < ids->n && !rc; i++)
		rc = rt_header_check_id(rt_sv_from(ids->v[i]), false, err);
	return rc;
}

int rt_alembic_set_parents(const char *path, rt_sv text,
			   const retort_names *parents, rt_str *out,
			   retort_error *err)
{
	edits list = RT_VEC_INIT;
	rt_arena arena = RT_ARENA_INIT;
	const rt_py_module *module;
	rt_py_source src;
	size_t from, i;
	int rc = check_ids(parents, err);

	if (!rc)
		rc = rt_py_source_open(path, text, &src, err);
	if (rc)
		return rc;
	module = rt_py_parse_outline(&arena, &src, true);
	edit_doc(&src, module, parents, &list);
	rc = edit_value(path, &src, module, parents, &list, err);
	from = out->n;
	if (!rc) {
		apply(text, &list, out);
		rc = check(path, rt_sv_sub(rt_str_sv(out), from, out->n),
			   parents, err);
	}
	for (i = 0; i < list.n; i++)
		rt_str_free(&list.v[i].with);
	rt_vec_free(&list);
	rt_arena_free(&arena);
	return rc;
}
