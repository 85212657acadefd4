/* SPDX-License-Identifier: MIT */
/*
 * Everything that could be wrong with a new revision is found before its
 * file exists: a file that breaks the graph would disable every command.
 */
#include "config.h"

#include <string.h>
#include <sys/random.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/names.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "engine/create/create.h"
#include "text/header.h"

static int fail(rt_maker *m, int code, const char *next, const char *format,
		...) __attribute__((format(printf, 4, 5)));

static int fail(rt_maker *m, int code, const char *next, const char *format,
		...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	rt_err_set(m->err, code, "%s", text.p);
	if (next)
		rt_err_field(m->err, RETORT_ERROR_NEXT, "%s", next);
	rt_str_free(&text);
	return code;
}

/* Ids and labels are names of one kind: `head`, prefixes and `X@head` find
 * either. */
static int check_free(rt_maker *m, const char *name, const char *what)
{
	const retort_revision *other = retort_graph_find(m->graph, name);
	size_t i, n = retort_graph_count(m->graph);

	if (other)
		return fail(m, RETORT_EEXISTS, NULL,
			    "%s '%s' is taken: revision %s, '%s'", what, name,
			    name, other->path);
	for (i = 0; i < n; i++) {
		other = retort_graph_at(m->graph, i);
		if (rt_names_have(&other->labels, name))
			return fail(m, RETORT_EEXISTS, NULL,
				    "%s '%s' is taken: a branch label of "
				    "revision %s, '%s'", what, name,
				    other->id, other->path);
	}
	return 0;
}

static const char *random_id(rt_maker *m)
{
	unsigned char bytes[6];
	rt_str id = RT_STR_INIT;
	size_t i;

	/* So few bytes come whole once the system has started. */
	RT_ASSERT(getrandom(bytes, sizeof(bytes), 0) == sizeof(bytes));
	for (i = 0; i < sizeof(bytes); i++)
		rt_str_addf(&id, "%02x", bytes[i]);
	m->rev.id = rt_arena_strsv(&m->arena, rt_str_sv(&id));
	rt_str_free(&id);
	return m->rev.id;
}

/* No database is asked: where longer ids are in use, the version table
 * holds them. */
static size_t longest_id(const rt_maker *m)
{
	size_t i, n, longest = RT_ID_LIMIT;

	for (i = 0; i < retort_graph_count(m->graph); i++) {
		n = rt_utf8_count(rt_sv_from(
			retort_graph_at(m->graph, i)->id));
		longest = n > longest ? n : longest;
	}
	return longest;
}

static int check_id(rt_maker *m)
{
	const char *id = m->options->rev_id;
	size_t limit;
	int rc;

	if (!id) {
		while (retort_graph_find(m->graph, random_id(m)))
			;
		return 0;
	}
	m->rev.id = id;
	rc = rt_header_check_id(rt_sv_from(id), false, m->err);
	if (rc)
		return rc;
	limit = longest_id(m);
	if (rt_utf8_count(rt_sv_from(id)) > limit)
		return fail(m, RETORT_EUSAGE, NULL,
			    "revision id '%s' is longer than the %zu "
			    "characters that the version table holds", id,
			    limit);
	return check_free(m, id, "revision id");
}

/*
 * The first paragraph is the summary, as in Alembic, so it becomes the one
 * first line; what comes behind a blank line is the long text, line by line.
 */
static void fold_message(const char *text, rt_str *doc)
{
	rt_sv rest = rt_sv_trim(rt_sv_from(text)), line;
	bool in_summary = true;

	while (rt_sv_line(&rest, &line)) {
		line = rt_sv_trim(line);
		if (line.n == 0)
			in_summary = false;
		if (doc->n)
			rt_str_addc(doc, in_summary ? ' ' : '\n');
		rt_str_addsv(doc, line);
	}
}

static int check_message(rt_maker *m)
{
	const char *text = m->options->message;
	rt_str doc = RT_STR_INIT;
	rt_sv all;

	if (!text)
		text = "empty message";
	if (!rt_utf8_valid(rt_sv_from(text), NULL))
		return fail(m, RETORT_EUSAGE, NULL,
			    "the message is not UTF-8");
	if (m->format->is_python)
		rt_str_add(&doc, text);
	else
		fold_message(text, &doc);
	all = rt_str_sv(&doc);
	m->rev.doc = rt_arena_strsv(&m->arena, all);
	m->rev.message = rt_arena_strsv(
		&m->arena, rt_sv_sub(all, 0, rt_sv_find(all, '\n')));
	rt_str_free(&doc);
	return 0;
}

typedef RT_VEC(const char *) words;

static int add_parent(rt_maker *m, const retort_revision *parent,
		      words *down)
{
	const retort_names so_far = { down->v, down->n };

	if (rt_names_have(&so_far, parent->id))
		return fail(m, RETORT_EUSAGE, NULL,
			    "revision %s is given twice as a parent",
			    parent->id);
	if (!m->options->splice && !parent->is_head)
		return fail(m, RETORT_ETARGET,
			    "use --splice to begin a new branch there",
			    "revision %s is not a head revision", parent->id);
	if (!down->n)
		m->first_parent_path = rt_arena_strdup(&m->arena,
						       parent->path);
	rt_vec_push(down, rt_arena_strdup(&m->arena, parent->id));
	return 0;
}

static int add_parents(rt_maker *m, const char *symbol, words *down)
{
	retort_list found = RETORT_LIST_INIT;
	size_t i;
	int rc;

	rc = retort_graph_resolve(m->graph, symbol, NULL, &found, m->err);
	for (i = 0; i < found.n && !rc; i++)
		rc = add_parent(m, found.v[i], down);
	retort_list_dispose(&found);
	return rc;
}

static int check_parents(rt_maker *m)
{
	const retort_names *heads = &m->options->heads;
	words down = RT_VEC_INIT;
	size_t i;
	int rc = 0;

	if (!heads->n)
		rc = add_parents(m, m->options->merge ? "heads" : "head",
				 &down);
	for (i = 0; i < heads->n && !rc; i++)
		rc = add_parents(m, heads->v[i], &down);
	if (!rc && m->options->merge && down.n < 2)
		rc = fail(m, RETORT_EUSAGE, NULL,
			  "a merge wants two or more revisions, not %zu",
			  down.n);
	m->rev.down = rt_names_keep(&m->arena, down.v, down.n);
	rt_vec_free(&down);
	return rc;
}

/* A label stays a label, anything else becomes a whole id. */
static int add_dependency(rt_maker *m, const char *symbol, words *list)
{
	retort_list found = RETORT_LIST_INIT;
	int rc;

	rc = retort_graph_resolve(m->graph, symbol, NULL, &found, m->err);
	if (!rc && found.n != 1)
		rc = fail(m, found.n ? RETORT_EAMBIGUOUS : RETORT_ENOTFOUND,
			  "name one revision, or a branch label",
			  "cannot depend on '%s': it stands for %zu "
			  "revisions", symbol, found.n);
	if (!rc && rt_names_have(&found.v[0]->labels, symbol))
		rt_vec_push(list, rt_arena_strdup(&m->arena, symbol));
	else if (!rc)
		rt_vec_push(list, rt_arena_strdup(&m->arena, found.v[0]->id));
	retort_list_dispose(&found);
	return rc;
}

static int check_dependencies(rt_maker *m)
{
	const retort_names *wanted = &m->options->depends_on;
	words list = RT_VEC_INIT;
	size_t i;
	int rc = 0;

	for (i = 0; i < wanted->n && !rc; i++)
		rc = add_dependency(m, wanted->v[i], &list);
	m->rev.depends_on = rt_names_keep(&m->arena, list.v, list.n);
	rt_vec_free(&list);
	return rc;
}

static int check_labels(rt_maker *m)
{
	const retort_names *labels = &m->options->labels;
	size_t i;
	int rc = 0;

	for (i = 0; i < labels->n && !rc; i++) {
		const retort_names before = { labels->v, i };
		const char *label = labels->v[i];

		rc = rt_header_check_id(rt_sv_from(label), true, m->err);
		if (!rc && rt_names_have(&before, label))
			rc = fail(m, RETORT_EUSAGE, NULL,
				  "branch label '%s' is given twice", label);
		if (!rc && !strcmp(label, m->rev.id))
			rc = fail(m, RETORT_EUSAGE, NULL,
				  "branch label '%s' is the revision's own id",
				  label);
		if (!rc)
			rc = check_free(m, label, "branch label");
	}
	m->rev.labels = *labels;
	return rc;
}

int rt_maker_check(rt_maker *m)
{
	int rc = check_id(m);

	if (!rc)
		rc = check_message(m);
	if (!rc)
		rc = check_parents(m);
	if (!rc)
		rc = check_dependencies(m);
	return rc ? rc : check_labels(m);
}
