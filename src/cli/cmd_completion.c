/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "cli/cli.h"
#include "cli/complete.h"

static int run(rt_cli *cli, retort_error *err)
{
	const char *shell = rt_cli_operand(cli, 0);
	const rt_shell *s;

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
	.operands = "bash|zsh|fish",
	.min_operands = 1,
	.max_operands = 1,
	.complete = RT_OPERAND_SHELL,
	.group = RT_GROUP_HELP,
	.help = "Prints a script that completes commands, options, and the "
		"ids and labels of the project's revisions.\n\n"
		"bash: 'eval \"$(retort completion bash)\"' in ~/.bashrc. "
		"zsh: 'retort completion zsh' into a file _retort of $fpath. "
		"fish: into ~/.config/fish/completions/retort.fish.",
	.run = run,
};
