/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "base/err.h"
#include "cli/effects.h"
#include "cli/revlist.h"
#include "cli/symbol.h"
#include "ui/sqltext.h"

/* What only Python can tell is a fact about the revision, no failure. */
static void print_opaque(rt_cli *cli, const retort_revision *rev, retort_op op,
			 const retort_error *why)
{
	rt_out_style(&cli->out, RT_ROLE_DIM, "-- %s %s", retort_op_name(op),
		     rev->id);
	rt_out_printf(&cli->out, "\n-- opaque: ");
	rt_out_text(&cli->out, rev->path);
	rt_out_printf(&cli->out, ":%d ", why->line);
	rt_out_text(&cli->out, why->message);
	rt_out_printf(&cli->out, "\n\n");
}

static int print_section(rt_cli *cli, const retort_revision *rev, retort_op op,
			 retort_error *err)
{
	retort_dialect dialect = retort_project_dialect(cli->project);
	retort_script *script = NULL;
	retort_error own = RETORT_ERROR_INIT;
	int rc;

	rc = retort_project_script(cli->project, rev, op, dialect, &script,
				   &own);
	if (rc == RETORT_EUNSUPPORTED)
		print_opaque(cli, rev, op, &own);
	/* no such section: say nothing */
	if (rc == RETORT_EREFUSED || rc == RETORT_EUNSUPPORTED) {
		retort_error_dispose(&own);
		return 0;
	}
	if (rc) {
		rt_err_move(err, &own);
		return rc;
	}
	rt_out_style(&cli->out, RT_ROLE_DIM, "-- %s %s%s",
		     retort_op_name(op), rev->id,
		     retort_script_in_transaction(script) ?
			     "" :
			     " (outside a transaction)");
	rt_out_printf(&cli->out, "\n");
	rt_sqltext(&cli->out, retort_script_text(script), dialect);
	rt_out_printf(&cli->out, "\n\n");
	retort_script_free(script);
	return 0;
}

static int print_sql(rt_cli *cli, const retort_list *list, retort_error *err)
{
	size_t i;
	int rc = 0;

	for (i = 0; i < list->n && rc == 0; i++) {
		rc = print_section(cli, list->v[i], RETORT_OP_UPGRADE, err);
		if (rc == 0)
			rc = print_section(cli, list->v[i],
					   RETORT_OP_DOWNGRADE, err);
	}
	return rc;
}

/* Measured from the oldest up, so that one scratch database serves all. */
static int print_effects(rt_cli *cli, const retort_list *list,
			 retort_error *err)
{
	retort_measure *measure;
	size_t i;
	int rc = 0;

	rt_effects_open(cli, &measure);
	for (i = list->n; i-- > 0 && rc == 0;)
		rc = rt_effects_print(cli, measure, list->v[i],
				      rt_cli_has(cli, "down")
					      ? RETORT_OP_DOWNGRADE
					      : RETORT_OP_UPGRADE,
				      err);
	retort_measure_close(measure);
	return rc;
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_list list = RETORT_LIST_INIT;
	retort_names rows;
	bool asked = false;
	int rc;

	if (cli->json && (rt_cli_has(cli, "sql") || rt_cli_has(cli, "effects")))
		return rt_err_set(err, RETORT_EUSAGE,
				  "SQL and effects have no JSON form");
	rc = rt_symbol_resolve(cli, rt_cli_operand(cli, 0), &list, &rows,
			       &asked, err);
	if (rc)
		goto out;
	cli->verbose = true; /* show always prints blocks */
	rt_revlist_print(cli, &list, 0, asked && cli->json ? &rows : NULL);
	if (rt_cli_has(cli, "effects"))
		rc = print_effects(cli, &list, err);
	else if (!cli->json && (cli->out.terminal || rt_cli_has(cli, "sql")))
		rc = print_sql(cli, &list, err);
out:
	retort_list_dispose(&list);
	return rc;
}

static const rt_opt options[] = {
	{ "sql", 0, NULL, NULL,
	  "the SQL too; on a terminal that is the default" },
	{ "effects", 0, NULL, NULL,
	  "what each statement does, tried in a scratch database" },
	{ "down", 0, NULL, NULL, "with --effects: of the way down" },
	RT_OPT_END
};

const rt_cmd rt_cmd_show = {
	.name = "show",
	.summary = "show a revision",
	.operands = "REVISION",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_LOOK,
	.flags = RT_CMD_JSON,
	.help = "Shows all that is known about a revision.\n\n"
		"REVISION is an id or a unique beginning of one, a branch "
		"label, 'head', 'heads', 'base', 'LABEL@head', -N (steps down "
		"from the heads), or 'current': what the database is at.\n\n"
		"With --effects every statement is run in a scratch database "
		"that stands where the revision begins: what it adds (+), "
		"removes (-) and changes (~), and on PostgreSQL the tables "
		"that it locks or writes anew (!), as the server says. "
		"Results are kept below ~/.cache/retort.\n\n"
		"As JSON: as 'retort history', without SQL and effects.",
	.options = options,
	.run = run,
};
