/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/cli.h"
#include "ui/json.h"

/* Comments that changed are told, but nothing is wrong with them. */
static bool matters(const retort_finding *f)
{
	return f->kind != RETORT_FINDING_COMMENTS;
}

static void print_text(rt_cli *cli, const retort_finding *f)
{
	rt_out_style(&cli->out,
		     matters(f) ? RT_ROLE_ERROR : RT_ROLE_WARNING, "%s",
		     retort_finding_name(f->kind));
	rt_out_printf(&cli->out, " ");
	rt_out_field(&cli->out, RT_ROLE_REVISION, f->revision);
	rt_out_printf(&cli->out, ": ");
	rt_out_field(&cli->out, RT_ROLE_PLAIN, f->message);
	rt_out_printf(&cli->out, "\n");
	if (*f->path) {
		rt_out_printf(&cli->out, "  ");
		rt_out_field(&cli->out, RT_ROLE_DIM, f->path);
		rt_out_printf(&cli->out, "\n");
	}
}

static json_t *json_finding(const retort_finding *f)
{
	json_t *o = json_object();

	rt_json_set_string(o, "kind", retort_finding_name(f->kind));
	rt_json_set_string(o, "revision", f->revision);
	rt_json_set_string(o, "path", f->path);
	rt_json_set_string(o, "message", f->message);
	return o;
}

static void print_json(rt_cli *cli, const retort_findings *findings, size_t n)
{
	rt_json j;
	size_t i;

	rt_json_begin(&j, &cli->out, "findings");
	for (i = 0; i < n; i++)
		rt_json_item(&j, json_finding(retort_findings_at(findings, i)));
	rt_json_end_list(&j);
	rt_json_end(&j);
}

static int run(rt_cli *cli, retort_error *err)
{
	retort_findings *findings = NULL;
	int status = RT_STATUS_OK, rc;
	size_t i, n;

	rc = rt_cli_graph(cli, err);
	if (rc == 0)
		rc = rt_cli_ask(cli, err);
	if (rc == 0 && cli->db)
		rc = retort_verify(cli->project, cli->db, &findings, err);
	if (rc)
		return rc;
	n = findings ? retort_findings_count(findings) : 0;
	for (i = 0; i < n; i++) {
		const retort_finding *f = retort_findings_at(findings, i);

		if (matters(f))
			status = RT_STATUS_FOUND;
		if (!cli->json)
			print_text(cli, f);
	}
	if (cli->json)
		print_json(cli, findings, n);
	else if (n == 0)
		rt_cli_say(cli, "files, version table and journal agree\n");
	retort_findings_free(findings);
	return status;
}

const rt_cmd rt_cmd_verify = {
	.name = "verify",
	.summary = "compare files, version table and journal",
	.operands = "",
	.group = RT_GROUP_STATE,
	.flags = RT_CMD_JSON,
	.help = "Finds revisions that were edited after they ran, whose file "
		"is gone, that the version table holds but nobody knows, and "
		"those whose last run stopped half way. Exits with 1 if there "
		"is one. Files where only comments or white space changed are "
		"listed, but do not count.\n\n"
		"As JSON: {\"version\":1, \"findings\":[{\"kind\", "
		"\"revision\", \"path\", \"message\"}]}, kind being edited, "
		"comments, deleted, unknown or partial.",
	.run = run,
};
