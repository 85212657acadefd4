/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/standing.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/str.h"

static void add_problem(rt_standing *s, const char *kind, char *text)
{
	rt_problem problem = { kind, text };

	rt_vec_push(&s->problems, problem);
}

/* The database's own words, without what the screen says elsewhere. */
static void add_error(rt_standing *s, const retort_error *err)
{
	const char *next = retort_error_get(err, RETORT_ERROR_NEXT);

	add_problem(s, "database",
		    rt_strf("the database cannot be asked: %s%s%s",
			    err->message ? err->message : "unknown error",
			    next ? "; " : "", next ? next : ""));
}

/* Oldest first: `history` turned round. */
static int find_pending(rt_cli *cli, rt_standing *s, retort_error *err)
{
	retort_names known = rt_cli_names(&s->known);
	retort_list all = RETORT_LIST_INIT;
	size_t n = retort_graph_count(cli->graph), i;
	bool *applied = rt_calloc(n + 1, sizeof(*applied));
	int rc;

	rc = retort_graph_applied(cli->graph, &known, applied, err);
	if (rc == 0)
		rc = retort_graph_history(cli->graph, NULL, NULL, &all, err);
	if (rc == 0) {
		s->pending.v = rt_calloc(n + 1, sizeof(*s->pending.v));
		for (i = all.n; i-- > 0;)
			if (!applied[all.v[i]->index])
				s->pending.v[s->pending.n++] = all.v[i];
	}
	retort_list_dispose(&all);
	free(applied);
	return rc;
}

static int find_findings(rt_cli *cli, rt_standing *s, retort_error *err)
{
	retort_findings *findings = NULL;
	size_t i;
	int rc;

	if (!cli->db) /* no file, no findings */
		return 0;
	rc = retort_verify(cli->project, cli->db, &findings, err);
	if (rc)
		return rc;
	for (i = 0; i < retort_findings_count(findings); i++) {
		const retort_finding *f = retort_findings_at(findings, i);

		if (f->kind == RETORT_FINDING_COMMENTS)
			continue;
		add_problem(s, retort_finding_name(f->kind),
			    rt_strf("%s: %s", f->revision, f->message));
	}
	retort_findings_free(findings);
	return 0;
}

static int ask_database(rt_cli *cli, rt_standing *s, retort_error *err)
{
	retort_names known;
	int rc = rt_cli_rows(cli, &s->rows, err);

	if (rc)
		return rc;
	rt_cli_split_rows(cli, &s->rows, &s->known, &s->unknown);
	known = rt_cli_names(&s->known);
	rc = retort_graph_current(cli->graph, &known, &s->current, err);
	if (rc == 0)
		rc = find_pending(cli, s, err);
	if (rc == 0)
		rc = find_findings(cli, s, err);
	s->asked = rc == 0;
	return rc;
}

int rt_standing_ask(rt_cli *cli, rt_standing *s, retort_error *err)
{
	retort_error own = RETORT_ERROR_INIT;
	int rc = rt_cli_start_database(cli, err);

	if (rc == 0)
		rc = rt_cli_graph(cli, err);
	if (rc)
		return rc;
	retort_graph_heads(cli->graph, false, &s->heads);
	if (s->heads.n > 1)
		add_problem(s, "heads",
			    rt_strf("%zu heads; 'retort merge heads' joins "
				    "them",
				    s->heads.n));
	if (ask_database(cli, s, &own) != 0)
		add_error(s, &own);
	retort_error_dispose(&own);
	return 0;
}

void rt_standing_free(rt_standing *s)
{
	size_t i;

	for (i = 0; i < s->problems.n; i++)
		free(s->problems.v[i].text);
	rt_vec_free(&s->problems);
	rt_vec_free(&s->known);
	rt_vec_free(&s->unknown);
	retort_list_dispose(&s->current);
	retort_list_dispose(&s->pending);
	retort_list_dispose(&s->heads);
}
