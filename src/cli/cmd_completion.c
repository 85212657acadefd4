/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "cli/cli.h"
#include "cli/complete.h"

static void put(rt_cli *cli, const char *word)
{
	rt_out_field(&cli->out, RT_ROLE_PLAIN, word);
	rt_out_text(&cli->out, "\n");
}

/* For the scripts: what stands for a revision, the newest first. */
static int put_revisions(rt_cli *cli, retort_error *err)
{
	static const char *const words[] = { "head", "heads", "base",
					     "current" };
	retort_list list = RETORT_LIST_INIT;
	size_t i, j;
	int rc;

	rc = rt_cli_graph(cli, err);
	if (rc == 0)
		rc = retort_graph_history(cli->graph, NULL, NULL, &list, err);
	for (i = 0; i < sizeof(words) / sizeof(words[0]) && rc == 0; i++)
		put(cli, words[i]);
	for (i = 0; i < list.n && rc == 0; i++) {
		put(cli, list.v[i]->id);
		for (j = 0; j < list.v[i]->labels.n; j++)
			put(cli, list.v[i]->labels.v[j]);
	}
	retort_list_dispose(&list);
	return rc;
}

static int run(rt_cli *cli, retort_error *err)
{
	const char *shell = rt_cli_operand(cli, 0);
	const rt_shell *s;

	if (strcmp(shell, "revisions") == 0)
		return put_revisions(cli, err);
	for (s = rt_shells; s->name; s++) {
		if (strcmp(s->name, shell) != 0)
			continue;
		s->write(&cli->out);
		return RT_STATUS_OK;
	}
	return rt_err_set(err, RETORT_EUSAGE,
			  "there is no completion for '%s', only for bash, "
			  "zsh and fish",
			  shell);
}

const rt_cmd rt_cmd_completion = {
	.name = "completion",
	.summary = "print a completion script for a shell",
	.operands = "bash|zsh|fish|revisions",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_SHELL,
	.group = RT_GROUP_HELP,
	.help = "Prints a script that completes commands, options, and the "
		"ids and labels of the project's revisions.\n\n"
		"bash: 'eval \"$(retort completion bash)\"' in ~/.bashrc. "
		"zsh: 'retort completion zsh' into a file _retort of $fpath. "
		"fish: into ~/.config/fish/completions/retort.fish.\n\n"
		"'revisions' is what these scripts call: it prints all that "
		"stands for a revision here, one a line.",
	.run = run,
};
