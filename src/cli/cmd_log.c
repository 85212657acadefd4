/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/cli.h"
#include "ui/json.h"
#include "ui/table.h"

static json_t *json_row(const retort_journal_row *row)
{
	json_t *o = json_object();

	rt_json_set_int(o, "id", row->id);
	rt_json_set_string(o, "op", retort_op_name(row->op));
	rt_json_set_string(o, "revision", row->revision);
	rt_json_set_string(o, "down_revision", row->down_revision);
	rt_json_set_string(o, "depends_on", row->depends_on);
	rt_json_set_string(o, "began", row->began);
	rt_json_set_string(o, "ended", row->ended);
	rt_json_set_string(o, "who", row->who);
	rt_json_set_string(o, "host", row->host);
	rt_json_set_string(o, "tool", row->tool);
	rt_json_set_string(o, "outcome", row->outcome);
	rt_json_set_int(o, "statements_done", row->statements_done);
	rt_json_set_int(o, "statements_total", row->statements_total);
	rt_json_set_string(o, "error", row->error);
	rt_json_set_string(o, "sqlstate", row->sqlstate);
	rt_json_set_string(o, "checksum_raw", row->checksum_raw);
	rt_json_set_string(o, "checksum_tokens", row->checksum_tokens);
	rt_json_set_bool(o, "has_down_script", row->down_script != NULL);
	return o;
}

static void print_json(rt_cli *cli, const retort_journal *journal, size_t n)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "runs");
	for (i = 0; i < n; i++)
		rt_json_item(&j, json_row(retort_journal_at(journal, i)));
	rt_json_end_list(&j);
	rt_json_end(&j);
}

static rt_role outcome_role(const char *outcome)
{
	return outcome[0] == 'o' ? RT_ROLE_GOOD : RT_ROLE_ERROR;
}

static void add_row(rt_table *table, const retort_journal_row *row)
{
	rt_table_cell(table, RT_ROLE_DIM, "%s", row->began);
	rt_table_cell(table, RT_ROLE_PLAIN, "%s", retort_op_name(row->op));
	rt_table_cell(table, RT_ROLE_REVISION, "%s",
		      *row->revision ? row->revision : "<base>");
	rt_table_cell(table, outcome_role(row->outcome), "%s", row->outcome);
	rt_table_cell(table, RT_ROLE_PLAIN, "%lld/%lld", row->statements_done,
		      row->statements_total);
	rt_table_cell(table, RT_ROLE_PLAIN, "%s@%s", row->who, row->host);
	rt_table_cell(table, RT_ROLE_ERROR, "%s%s%s", row->sqlstate,
		      *row->sqlstate ? " " : "", row->error);
}

static void print_text(rt_cli *cli, const retort_journal *journal, size_t n)
{
	rt_table table;
	size_t i;

	rt_table_init(&table, 7);
	for (i = 0; i < n; i++)
		add_row(&table, retort_journal_at(journal, i));
	rt_table_print(&table, &cli->out);
	rt_table_free(&table);
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_journal *journal = NULL;
	size_t limit, n;
	int rc;

	rc = rt_cli_number(cli, "limit", 0, &limit, err);
	if (rc == 0)
		rc = rt_cli_ask(cli, err);
	if (rc == 0 && cli->db)
		rc = retort_database_journal(cli->db, rt_cli_operand(cli, 0),
					     limit, &journal, err);
	if (rc)
		return rc;
	n = journal ? retort_journal_count(journal) : 0;
	if (cli->json)
		print_json(cli, journal, n);
	else
		print_text(cli, journal, n);
	if (n == 0)
		rt_cli_say(cli, "the journal holds no run\n");
	retort_journal_free(journal);
	return RT_STATUS_OK;
}

static const rt_opt options[] = {
	{ "limit", 0, "N", NULL, "only the newest N runs" },
	RT_OPT_END
};

const rt_cmd rt_cmd_log = {
	.name = "log",
	.summary = "list what ran on the database, newest first",
	.operands = "[REVISION]",
	.max_operands = 1,
	.complete = RT_OPERAND_REVISION,
	.group = RT_GROUP_STATE,
	.flags = RT_CMD_JSON,
	.help = "Lists the journal: one line per run of a revision with its "
		"time (UTC), what was done, the outcome (ok, failed, partial, "
		"unknown), statements done and in all, who ran it and the "
		"error. With REVISION, a whole id, only its runs.\n\n"
		"As JSON: {\"version\":1, \"runs\":[{\"id\", \"op\", "
		"\"revision\", \"down_revision\", \"depends_on\", \"began\", "
		"\"ended\", \"who\", \"host\", \"tool\", \"outcome\", "
		"\"statements_done\", \"statements_total\", \"error\", "
		"\"sqlstate\", \"checksum_raw\", \"checksum_tokens\", "
		"\"has_down_script\"}]}.",
	.options = options,
	.run = run,
};
