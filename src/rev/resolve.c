/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "rev/resolve.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/str.h"
#include "rev/ident.h"

/* A prefix finds names of more characters than this. */
#define SHORT_NAME 3
#define CANDIDATES_SHOWN 10

#define SV(s) (int)(s).n, (s).p

/* "can't locate revision identified by 'X': why" */
static int not_found(rt_sv what, const char *why, const char *next,
		     retort_error *err)
{
	int rc = rt_err_set(err, RETORT_ENOTFOUND, "can't locate revision "
			    "identified by '%.*s': %s", SV(what), why);

	if (what.n)
		rt_err_field_sv(err, RETORT_ERROR_REVISION, what);
	rt_err_field(err, RETORT_ERROR_NEXT, "%s", next);
	return rc;
}

/* EAMBIGUOUS: several heads where one is wanted. */
static int several(const rt_ask *ask, rt_sv part, const uint32_t *heads,
		   size_t n, retort_error *err)
{
	rt_sv arg = ask->argument.n ? ask->argument : part;
	char *names = rt_dag_join(ask->g, heads, n);
	int rc;

	if (ask->stamp)
		rc = rt_err_set(err, RETORT_EAMBIGUOUS, "multiple heads are "
				"present; please specify a single target "
				"revision: %s", names);
	else
		rc = rt_err_set(err, RETORT_EAMBIGUOUS, "multiple head "
				"revisions are present for given argument "
				"'%.*s'; please specify a specific target "
				"revision, '<branchname>@%.*s' to narrow to a "
				"specific head, or 'heads' for all heads: %s",
				SV(arg), SV(arg), names);
	rt_err_field(err, RETORT_ERROR_NEXT, "name one of the heads, use "
		     "'heads' for all, or merge them");
	free(names);
	return rc;
}

static size_t count_characters(rt_sv s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

static int ambiguous(const retort_graph *g, rt_sv id, const rt_nodes *found,
		     retort_error *err)
{
	rt_str list = RT_STR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < found->n && i < CANDIDATES_SHOWN; i++) {
		rt_sv key = g->keys.entries[found->v[i]].key;

		rt_str_addf(&list, "%s'%.*s'", i ? ", " : "", SV(key));
	}
	if (found->n > CANDIDATES_SHOWN)
		rt_str_addf(&list, " and %zu more",
			    found->n - CANDIDATES_SHOWN);
	rc = rt_err_set(err, RETORT_EAMBIGUOUS, "can't locate revision "
			"identified by '%.*s': multiple revisions start with "
			"'%.*s': %s", SV(id), SV(id), list.p);
	rt_err_field(err, RETORT_ERROR_NEXT, "give more characters");
	rt_str_free(&list);
	return rc;
}

/* Entries of the key map that `id` begins, only those on the line if any. */
static void find_prefixed(const retort_graph *g, rt_sv id,
			  const unsigned char *line, rt_nodes *out)
{
	size_t i;

	for (i = 0; i < g->keys.n; i++) {
		const rt_map_entry *e = &g->keys.entries[i];

		if (e->key.n < id.n || memcmp(e->key.p, id.p, id.n) != 0 ||
		    count_characters(e->key) <= SHORT_NAME ||
		    (line && !line[e->value]))
			continue;
		rt_vec_push(out, (uint32_t)i);
	}
}

/* A name or prefix, in the whole graph or on one line. */
static int lookup(const retort_graph *g, rt_sv id, const unsigned char *line,
		  uint32_t *out, retort_error *err)
{
	const rt_map_entry *e = rt_map_find(&g->keys, id);
	rt_nodes found = RT_VEC_INIT;
	int rc = 0;

	if (!id.n)
		return not_found(id, "the identifier is empty",
				 "give an id, a label, 'head' or 'heads'",
				 err);
	if (e) {
		*out = (uint32_t)e->value;
		return 0;
	}
	find_prefixed(g, id, line, &found);
	if (found.n == 1)
		*out = (uint32_t)g->keys.entries[found.v[0]].value;
	else if (found.n)
		rc = ambiguous(g, id, &found, err);
	else
		rc = not_found(id, line ? "nothing on that branch is called "
			       "so or begins so" : "no revision or branch is "
			       "called so or begins so",
			       "'retort history' lists the revisions, "
			       "'retort branches' the labels", err);
	rt_vec_free(&found);
	return rc;
}

int rt_resolve_branch(const rt_ask *ask, rt_sv label, uint32_t *out,
		      retort_error *err)
{
	retort_error why = RETORT_ERROR_INIT;
	int rc = lookup(ask->g, label, NULL, out, &why);

	if (rc == RETORT_ENOTFOUND) {
		retort_error_dispose(&why);
		rc = rt_err_set(err, rc, "can't locate revision identified by "
				"'%.*s': no such branch: '%.*s'", SV(label),
				SV(label));
		rt_err_field(err, RETORT_ERROR_NEXT, "'retort heads' shows "
			     "the labels");
	} else if (rc < 0 && err && !err->code) {
		rt_err_move(err, &why);
	}
	retort_error_dispose(&why);
	return rc;
}

static void mark_line(const retort_graph *g, uint32_t node, bool deps,
		      unsigned char *marks)
{
	rt_dag_mark(deps ? &g->all_down : &g->down, &node, 1, marks, 1);
	rt_dag_mark(deps ? &g->all_up : &g->up, &node, 1, marks, 2);
}

/* LABEL@SYMBOL taken apart: nodes for head and heads, else a name. */
typedef struct number {
	rt_sv label, id;
	bool is_name;
	rt_nodes nodes; /* if it is no name */
} number;

/* The heads, or those on one line with the label. */
static int add_heads(const rt_ask *ask, rt_sv label, rt_nodes *out,
		     retort_error *err)
{
	const retort_graph *g = ask->g;
	unsigned char *line = NULL;
	uint32_t u;
	int rc = 0;

	if (label.n && rt_dag_count(g))
		rc = rt_resolve_lineage(ask, label, false, &line, err);
	for (u = 0; u < rt_dag_count(g) && rc >= 0; u++)
		if (g->revs.v[u].is_head && (!line || line[u]))
			rt_vec_push(out, u);
	free(line);
	return rc;
}

static int take_apart(const rt_ask *ask, rt_sv text, number *out,
		      retort_error *err)
{
	const retort_graph *g = ask->g;
	uint32_t u;
	int rc = 0;

	*out = (number){ .nodes = RT_VEC_INIT };
	rt_ident_split(text, &out->label, &out->id);
	if (rt_sv_is(out->id, "heads") && !out->label.n) {
		for (u = 0; u < rt_dag_count(g); u++)
			if (g->revs.v[u].is_real_head)
				rt_vec_push(&out->nodes, u);
	} else if (rt_sv_is(out->id, "heads")) {
		rc = add_heads(ask, out->label, &out->nodes, err);
	} else if (rt_sv_is(out->id, "head")) {
		rc = add_heads(ask, out->label, &out->nodes, err);
		if (rc >= 0 && out->nodes.n > 1)
			rc = several(ask, text, out->nodes.v, out->nodes.n,
				     err);
	} else if (!rt_sv_is(out->id, "base")) {
		out->is_name = true;
	}
	return rc;
}

int rt_resolve_lineage(const rt_ask *ask, rt_sv against, bool deps,
		       unsigned char **marks, retort_error *err)
{
	number num;
	uint32_t node;
	size_t i;
	int rc = take_apart(ask, against, &num, err);

	*marks = NULL;
	if (rc < 0)
		goto out;
	if (!num.label.n && !num.is_name && !num.nodes.n)
		goto out;
	*marks = rt_dag_marks(ask->g);
	if (num.label.n) {
		rc = lookup(ask->g, num.label, NULL, &node, err);
		if (rc < 0)
			goto out;
		mark_line(ask->g, node, deps, *marks);
	}
	if (num.is_name) {
		rc = lookup(ask->g, num.id, NULL, &node, err);
		if (rc < 0)
			goto out;
		mark_line(ask->g, node, deps, *marks);
	}
	for (i = 0; i < num.nodes.n; i++)
		mark_line(ask->g, num.nodes.v[i], deps, *marks);
out:
	if (rc < 0) {
		free(*marks);
		*marks = NULL;
	}
	rt_vec_free(&num.nodes);
	return rc;
}

/* A name, checked to lie on the branch. */
static int name_on_branch(const rt_ask *ask, rt_sv label, rt_sv id,
			  uint32_t *out, retort_error *err)
{
	unsigned char *line;
	uint32_t branch;
	char *why;
	int rc;

	if (!label.n)
		return lookup(ask->g, id, NULL, out, err);
	rc = rt_resolve_branch(ask, label, &branch, err);
	if (rc < 0)
		return rc;
	line = rt_dag_marks(ask->g);
	mark_line(ask->g, branch, false, line);
	rc = lookup(ask->g, id, line, out, err);
	if (rc >= 0 && !line[*out]) {
		why = rt_strf("revision %s is not a member of branch '%.*s'",
			      rt_dag_id(ask->g, *out), SV(label));
		rc = not_found(id, why, "leave the branch name out, or name "
			       "the right one", err);
		free(why);
	}
	free(line);
	return rc;
}

/* -N: so many steps down from every real head, or those with the label. */
static int below_heads(const rt_ask *ask, const number *num, long steps,
		       rt_nodes *out, retort_error *err)
{
	const retort_graph *g = ask->g;
	uint32_t u, node;

	for (u = 0; u < rt_dag_count(g); u++) {
		int rc;

		if (!g->revs.v[u].is_real_head ||
		    (num->label.n && !rt_dag_carries(g, u, num->label)))
			continue;
		rc = rt_walk(ask, u, steps, RT_SV(""), true, &node, err);
		if (rc < 0)
			return rc;
		rt_vec_push(out, node);
	}
	return 0;
}

int rt_resolve_below(const rt_ask *ask, rt_sv text, rt_nodes *out,
		     retort_error *err)
{
	number num;
	uint32_t node;
	size_t i;
	long steps;
	int rc = take_apart(ask, text, &num, err);

	if (rc < 0)
		goto out;
	if (num.is_name && rt_ident_below_heads(num.id, &steps)) {
		rc = below_heads(ask, &num, steps, out, err);
	} else if (num.is_name) {
		rc = name_on_branch(ask, num.label, num.id, &node, err);
		if (rc >= 0)
			rt_vec_push(out, node);
	}
	/* Symbols are no branches: there is no "heads@head". */
	if (rc >= 0 && num.nodes.n && num.label.n)
		rc = rt_resolve_branch(ask, num.label, &node, err);
	for (i = 0; i < num.nodes.n; i++)
		rt_vec_push(out, num.nodes.v[i]);
out:
	rt_vec_free(&num.nodes);
	return rc;
}

int rt_resolve_many(const rt_ask *ask, rt_sv text, rt_nodes *out,
		    retort_error *err)
{
	size_t i = out->n;
	int rc = rt_resolve_below(ask, text, out, err);

	for (; rc >= 0 && i < out->n; i++) {
		if (out->v[i] != RT_NIL && out->v[i] != RT_BASE)
			continue;
		rc = rt_err_set(err, RETORT_ENOTFOUND, "walked too far: "
				"'%.*s' lies below the base", SV(text));
		rt_err_field(err, RETORT_ERROR_NEXT, "count fewer steps, or "
			     "name the revision");
	}
	return rc;
}

int rt_resolve_on_branch(const rt_ask *ask, rt_sv label, rt_sv symbol,
			 uint32_t *out, retort_error *err)
{
	rt_str text = RT_STR_INIT;
	int rc;

	if (!label.n)
		return rt_resolve_one(ask, symbol, out, err);
	rt_str_addsv(&text, label);
	rt_str_addc(&text, '@');
	rt_str_addsv(&text, symbol);
	rc = rt_resolve_one(ask, rt_str_sv(&text), out, err);
	rt_str_free(&text);
	return rc;
}

int rt_resolve_one(const rt_ask *ask, rt_sv text, uint32_t *out,
		   retort_error *err)
{
	number num;
	uint32_t branch;
	int rc = take_apart(ask, text, &num, err);

	*out = RT_NIL;
	if (rc < 0)
		goto out;
	if (num.is_name)
		rc = name_on_branch(ask, num.label, num.id, out, err);
	else if (num.nodes.n > 1)
		rc = several(ask, text, num.nodes.v, num.nodes.n, err);
	else if (num.label.n)
		rc = rt_resolve_branch(ask, num.label, &branch, err);
	if (rc >= 0 && num.nodes.n)
		*out = num.nodes.v[0];
out:
	rt_vec_free(&num.nodes);
	return rc;
}
