/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/lintrevs.h"

#include <stdlib.h>
#include <string.h>

#include <retort/conflicts.h>

#include "base/alloc.h"
#include "cli/standing.h"
#include "cli/symbol.h"

static void mark(bool *wanted, const retort_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		wanted[list->v[i]->index] = true;
}

/* "a:b" is a range of history; anything else is what `show` takes. */
static int mark_operand(rt_cli *cli, const char *operand, bool *wanted,
			retort_error *err)
{
	retort_list list = RETORT_LIST_INIT;
	retort_names rows = { NULL, 0 };
	bool asked = false;
	int rc = 0;

	if (!strchr(operand, ':')) {
		rc = rt_symbol_resolve(cli, operand, &list, &rows, &asked,
				       err);
	} else {
		asked = rt_symbol_range_is_current(operand);
		if (asked)
			rc = rt_cli_rows(cli, &rows, err);
		if (rc == 0)
			rc = retort_graph_history(cli->graph, operand,
						  asked ? &rows : NULL, &list,
						  err);
	}
	if (rc == 0)
		mark(wanted, &list);
	retort_list_dispose(&list);
	return rc;
}

static int mark_own(rt_cli *cli, const char *onto, bool *wanted,
		    retort_error *err)
{
	retort_conflicts_options options = RETORT_CONFLICTS_OPTIONS_INIT;
	const retort_compared *ours;
	retort_conflicts *c = NULL;
	retort_branches *b = NULL;
	size_t i;
	int rc = retort_branches_open(&b, cli->project, err);

	options.onto = onto;
	if (rc == 0)
		rc = retort_conflicts_find(b, &options, &c, err);
	if (rc == 0) {
		ours = retort_conflicts_side(c, RETORT_OURS);
		for (i = 0; i < ours->own.n; i++) {
			const retort_revision *rev = retort_graph_find(
				cli->graph, ours->own.v[i]);

			if (rev)
				wanted[rev->index] = true;
		}
	}
	retort_conflicts_free(c);
	retort_branches_free(b);
	return rc;
}

static void mark_all(rt_cli *cli, bool *wanted)
{
	memset(wanted, true, retort_graph_count(cli->graph));
}

/* Without a database and outside of git there is no telling what is new. */
static int mark_default(rt_cli *cli, bool *wanted, const char **what,
			retort_error *err)
{
	rt_standing standing = RT_STANDING_INIT;
	retort_error own = RETORT_ERROR_INIT;
	int rc = 0;

	if (*retort_project_url_shown(cli->project))
		rc = rt_standing_ask(cli, &standing, err);
	if (rc == 0 && standing.asked) {
		*what = "pending";
		mark(wanted, &standing.pending);
	} else if (rc == 0 && mark_own(cli, NULL, wanted, &own) == 0) {
		*what = "of this branch only";
	} else if (rc == 0) {
		*what = "of the project";
		mark_all(cli, wanted);
	}
	rt_standing_free(&standing);
	retort_error_dispose(&own);
	return rc;
}

static int mark_wanted(rt_cli *cli, bool *wanted, const char **what,
		       retort_error *err)
{
	size_t i;
	int rc = 0;

	*what = "named";
	if (rt_cli_has(cli, "all")) {
		*what = "of the project";
		mark_all(cli, wanted);
		return 0;
	}
	if (rt_cli_has(cli, "onto")) {
		*what = "of this branch only";
		return mark_own(cli, rt_cli_value(cli, "onto"), wanted, err);
	}
	if (!cli->args.operands.n)
		return mark_default(cli, wanted, what, err);
	for (i = 0; i < cli->args.operands.n && rc == 0; i++)
		rc = mark_operand(cli, rt_cli_operand(cli, i), wanted, err);
	return rc;
}

int rt_lintrevs(rt_cli *cli, retort_list *list, const char **what,
		retort_error *err)
{
	retort_list all = RETORT_LIST_INIT;
	bool *wanted;
	size_t i, n;
	int rc = rt_cli_graph(cli, err);

	if (rc)
		return rc;
	n = retort_graph_count(cli->graph);
	wanted = rt_calloc(n + 1, sizeof(*wanted));
	rc = mark_wanted(cli, wanted, what, err);
	if (rc == 0)
		rc = retort_graph_history(cli->graph, NULL, NULL, &all, err);
	if (rc == 0) {
		list->v = rt_calloc(n + 1, sizeof(*list->v));
		for (i = all.n; i-- > 0;)
			if (wanted[all.v[i]->index])
				list->v[list->n++] = all.v[i];
	}
	retort_list_dispose(&all);
	free(wanted);
	return rc;
}
