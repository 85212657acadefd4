/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/complete.h"

#include <string.h>

#include "cli/cmd.h"

/* What stands for a revision in the project at hand; nothing on an error. */
#define LIST_REVISIONS "retort completion revisions 2>/dev/null"

static void each_name(const rt_cmd *cmd, void *self,
		      void (*use)(void *self, const rt_cmd *cmd,
				  const char *name))
{
	const rt_alias *alias;

	use(self, cmd, cmd->name);
	for (alias = cmd->aliases; alias && alias->name; alias++)
		use(self, cmd, alias->name);
}

static void every_name(void *self, void (*use)(void *self, const rt_cmd *cmd,
					       const char *name))
{
	size_t n, i;
	const rt_cmd *const *cmds = rt_cmds(&n);

	for (i = 0; i < n; i++)
		each_name(cmds[i], self, use);
}

static void put_name(void *self, const rt_cmd *cmd, const char *name)
{
	(void)cmd;
	rt_out_printf(self, " %s", name);
}

static void put_options(rt_out *o, const rt_opt *opt)
{
	for (; opt && opt->name; opt++) {
		rt_out_printf(o, " --%s", opt->name);
		if (opt->letter)
			rt_out_printf(o, " -%c", opt->letter);
	}
}

/* What a bash or zsh script offers for the operands of a command. */
static const char *shell_words(rt_cmd_operand operand)
{
	switch (operand) {
	case RT_OPERAND_REVISION:
		return " $(" LIST_REVISIONS ")";
	case RT_OPERAND_COMMAND:
		return " $commands";
	case RT_OPERAND_SHELL:
		return " bash zsh fish";
	case RT_OPERAND_NONE:
	case RT_OPERAND_TEXT:
	case RT_OPERAND_DIRECTORY:
		break;
	}
	return "";
}

static void bash_case(void *self, const rt_cmd *cmd, const char *name)
{
	rt_out *o = self;

	rt_out_printf(o, "\t%s) words=\"$global", name);
	put_options(o, cmd->options);
	rt_out_printf(o, "%s\" ;;\n", shell_words(cmd->complete));
}

/* The body is the same for bash and zsh: sets $words for $command. */
static void put_cases(rt_out *o)
{
	rt_out_printf(o, "\tcommands=\"");
	every_name(o, put_name);
	rt_out_printf(o, "\"\n\tglobal=\"");
	put_options(o, rt_global_options);
	rt_out_printf(o, "\"\n\tcase $command in\n");
	every_name(o, bash_case);
	rt_out_printf(o, "\t*) words=\"$global $commands\" ;;\n\tesac\n");
}

static void write_bash(rt_out *o)
{
	rt_out_printf(
		o, "# bash completion for retort\n"
		   "_retort()\n"
		   "{\n"
		   "\tlocal command='' word commands global words i\n"
		   "\tword=${COMP_WORDS[COMP_CWORD]}\n"
		   "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		   "\t\tcase ${COMP_WORDS[i]} in\n"
		   "\t\t-c|-n|-x|--config|--name|--url|--set|--color) "
		   "((i++)) ;;\n"
		   "\t\t-*) ;;\n"
		   "\t\t*) command=${COMP_WORDS[i]}; break ;;\n"
		   "\t\tesac\n"
		   "\tdone\n");
	put_cases(o);
	/* not compgen -W, which runs what it finds in the words */
	rt_out_printf(
		o, "\tread -r -d '' -a words <<<\"$words\"\n"
		   "\tCOMPREPLY=()\n"
		   "\tfor i in \"${words[@]}\"; do\n"
		   "\t\t[[ $i == \"$word\"* ]] || continue\n"
		   "\t\tprintf -v i %%q \"$i\"\n"
		   "\t\tCOMPREPLY+=(\"$i\")\n"
		   "\tdone\n"
		   "}\n"
		   "complete -o default -F _retort retort\n");
}

static void write_zsh(rt_out *o)
{
	rt_out_printf(
		o, "#compdef retort\n"
		   "# zsh completion for retort\n"
		   "_retort()\n"
		   "{\n"
		   "\tlocal command= commands global i\n"
		   "\tlocal -a found\n"
		   "\tlocal words_given=(\"${words[@]}\") words\n"
		   "\tfor ((i = 2; i < CURRENT; i++)); do\n"
		   "\t\tcase ${words_given[i]} in\n"
		   "\t\t-c|-n|-x|--config|--name|--url|--set|--color) "
		   "((i++)) ;;\n"
		   "\t\t-*) ;;\n"
		   "\t\t*) command=${words_given[i]}; break ;;\n"
		   "\t\tesac\n"
		   "\tdone\n");
	put_cases(o);
	rt_out_printf(o, "\tfound=(${=words})\n"
			 "\tcompadd -a found\n"
			 "\t_files\n"
			 "}\n"
			 "if [ \"$funcstack[1]\" = _retort ]; then\n"
			 "\t_retort \"$@\"\n"
			 "else\n"
			 "\tcompdef _retort retort\n"
			 "fi\n");
}

/* In '…' of fish, a quote and a backslash want a backslash. */
static void fish_quoted(rt_out *o, const char *text)
{
	rt_out_printf(o, "'");
	for (; *text; text++)
		rt_out_printf(o, "%s%c",
			      *text == '\'' || *text == '\\' ? "\\" : "",
			      *text);
	rt_out_printf(o, "'");
}

static void fish_options(rt_out *o, const char *condition, const rt_opt *opt)
{
	for (; opt && opt->name; opt++) {
		rt_out_printf(o, "complete -c retort%s -l %s", condition,
			      opt->name);
		if (opt->letter)
			rt_out_printf(o, " -s %c", opt->letter);
		if (opt->arg)
			rt_out_printf(o, " -r");
		rt_out_printf(o, " -d ");
		fish_quoted(o, opt->help);
		rt_out_printf(o, "\n");
	}
}

static void fish_command(void *self, const rt_cmd *cmd, const char *name)
{
	rt_out *o = self;
	char condition[96];

	rt_out_printf(o,
		      "complete -c retort -n __fish_use_subcommand -f -a %s "
		      "-d ",
		      name);
	fish_quoted(o, cmd->summary);
	rt_out_printf(o, "\n");
	snprintf(condition, sizeof(condition),
		 " -n '__fish_seen_subcommand_from %s'", name);
	fish_options(o, condition, cmd->options);
	if (cmd->complete == RT_OPERAND_REVISION)
		rt_out_printf(o,
			      "complete -c retort%s -f -a "
			      "'(" LIST_REVISIONS ")'\n",
			      condition);
	if (cmd->complete == RT_OPERAND_SHELL)
		rt_out_printf(o, "complete -c retort%s -f -a 'bash zsh fish'\n",
			      condition);
}

static void write_fish(rt_out *o)
{
	rt_out_printf(o, "# fish completion for retort\n");
	fish_options(o, "", rt_global_options);
	every_name(o, fish_command);
}

const rt_shell rt_shells[] = {
	{ "bash", write_bash },
	{ "fish", write_fish },
	{ "zsh", write_zsh },
	{ NULL, NULL },
};
