/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/conflicts_all.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/str.h"
#include "ui/conflicttext.h"
#include "ui/json.h"
#include "ui/table.h"

/* Two branches that were compared. */
struct pair {
	char mark;  /* of the matrix */
	char *ids;  /* "heads, object"; or why they could not be compared */
};

struct matrix {
	rt_cli *cli;
	retort_branches *b;
	retort_names names; /* [0] is the target */
	struct pair *pairs; /* names.n × names.n; those below the diagonal */
	rt_json *json;      /* NULL for text */
	bool found;
};

static struct pair *pair_of(const struct matrix *m, size_t i, size_t k)
{
	return &m->pairs[i * m->names.n + k];
}

static char mark_of(const retort_conflicts *c)
{
	char mark = '.';
	size_t i;

	for (i = 0; i < retort_conflicts_count(c); i++) {
		const retort_conflict *found = retort_conflicts_at(c, i);

		if (found->note)
			continue;
		if (found->id != RETORT_CONFLICT_HEADS)
			return 'x';
		mark = 'h';
	}
	return mark;
}

/* Merge branch i into k.  What is wrong with one branch is told of it, and
 * the others are compared all the same. */
static void compare(struct matrix *m, size_t i, size_t k)
{
	retort_conflicts_options options = RETORT_CONFLICTS_OPTIONS_INIT;
	struct pair *pair = pair_of(m, i, k);
	retort_error err = RETORT_ERROR_INIT;
	retort_conflicts *c = NULL;

	options.ref = m->names.v[i];
	options.onto = m->names.v[k];
	if (retort_conflicts_find(m->b, &options, &c, &err)) {
		pair->mark = '?';
		pair->ids = rt_strdup(err.message ? err.message : "");
		m->found = true;
	} else {
		pair->mark = mark_of(c);
		pair->ids = rt_conflicttext_ids(c);
		/* that two branches fork is what branches are for */
		m->found |= pair->mark == 'x' || (pair->mark == 'h' && !k);
		if (m->json)
			rt_json_item(m->json, rt_conflicttext_json(c, NULL));
	}
	retort_error_dispose(&err);
	retort_conflicts_free(c);
}

static void compare_all(struct matrix *m)
{
	size_t i, k;

	for (i = 1; i < m->names.n; i++) {
		rt_out_progress(&m->cli->err, "%s", m->names.v[i]);
		for (k = 0; k < i; k++)
			compare(m, i, k);
	}
	rt_out_progress_end(&m->cli->err);
}

/* --- printing ------------------------------------------------------------ */

static void print_matrix(const struct matrix *m)
{
	rt_table t;
	size_t i, k;

	rt_table_init(&t, m->names.n + 2);
	rt_table_cell(&t, RT_ROLE_PLAIN, "%s", "");
	rt_table_cell(&t, RT_ROLE_PLAIN, "%s", "");
	for (k = 0; k < m->names.n; k++)
		rt_table_cell(&t, RT_ROLE_DIM, "%zu", k);
	for (i = 0; i < m->names.n; i++) {
		rt_table_cell(&t, RT_ROLE_DIM, "%zu", i);
		rt_table_cell(&t, RT_ROLE_LABEL, "%s", m->names.v[i]);
		for (k = 0; k < m->names.n; k++) {
			char mark = k < i ? pair_of(m, i, k)->mark : ' ';

			rt_table_cell(&t,
				      mark == 'x' || mark == '?'
					      ? RT_ROLE_ERROR
				      : mark == 'h' ? RT_ROLE_WARNING
						    : RT_ROLE_PLAIN,
				      "%s%c", "", mark);
		}
	}
	rt_table_print(&t, &m->cli->out);
	rt_table_free(&t);
}

static void print_pairs(const struct matrix *m)
{
	size_t i, k;

	for (i = 0; i < m->names.n; i++)
		for (k = 0; k < i; k++) {
			const struct pair *pair = pair_of(m, i, k);

			if (pair->mark == '.' || (pair->mark == 'h' && k))
				continue;
			rt_out_field(&m->cli->out, RT_ROLE_LABEL,
				     m->names.v[i]);
			rt_out_printf(&m->cli->out, " into ");
			rt_out_field(&m->cli->out, RT_ROLE_LABEL,
				     m->names.v[k]);
			rt_out_printf(&m->cli->out, ": ");
			rt_out_field(&m->cli->out, RT_ROLE_ERROR, pair->ids);
			rt_out_printf(&m->cli->out, "\n");
		}
}

static int find_names(struct matrix *m, const char ***copy, retort_error *err)
{
	const char *target = rt_cli_value(m->cli, "onto");
	retort_names open;
	int rc = 0;

	if (!target)
		rc = retort_branches_target(m->b, NULL, &target, err);
	if (!rc)
		rc = retort_branches_unmerged(m->b, target, &open, err);
	if (rc)
		return rc;
	*copy = rt_calloc(open.n + 1, sizeof(**copy));
	(*copy)[0] = target;
	if (open.n)
		memcpy(*copy + 1, open.v, open.n * sizeof(**copy));
	m->names = (retort_names){ *copy, open.n + 1 };
	m->pairs = rt_calloc(m->names.n * m->names.n, sizeof(*m->pairs));
	return 0;
}

int rt_conflicts_all(rt_cli *cli, retort_branches *b, bool json,
		     retort_error *err)
{
	struct matrix m = { .cli = cli, .b = b };
	const char **copy = NULL;
	rt_json list;
	size_t i;
	int rc = find_names(&m, &copy, err);

	if (rc)
		goto out;
	if (json) {
		rt_json_begin(&list, &cli->out, "comparisons");
		m.json = &list;
	}
	compare_all(&m);
	if (json) {
		rt_json_end_list(&list);
		rt_json_member(&list, "branches", rt_json_names(&m.names));
		rt_json_end(&list);
	} else if (m.names.n == 1) {
		rt_out_printf(&cli->out, "all branches are merged into %s\n",
			      m.names.v[0]);
	} else {
		print_matrix(&m);
		print_pairs(&m);
	}
	rc = m.found ? RT_STATUS_FOUND : RT_STATUS_OK;
out:
	for (i = 0; m.pairs && i < m.names.n * m.names.n; i++)
		free(m.pairs[i].ids);
	free(m.pairs);
	free(copy);
	return rc;
}
