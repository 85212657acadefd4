/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/help.h"

#include <string.h>

#include "base/str.h"

enum {
	WIDTH = 79,
	NAME_COLUMN = 2,
	TEXT_COLUMN = 28
};

/* Words of one paragraph between two columns; the cursor stands at `at`. */
static void wrap(rt_out *o, rt_sv text, int column, int at)
{
	rt_sv word;

	while (rt_sv_split(&text, ' ', &word)) {
		if (at + (int)word.n + 1 > WIDTH && at > column) {
			rt_out_printf(o, "\n");
			at = 0;
		}
		if (at < column) {
			rt_out_printf(o, "%*s", column - at, "");
			at = column;
		} else if (at > column) {
			rt_out_printf(o, " ");
			at++;
		}
		rt_out_lines(o, RT_ROLE_PLAIN, word);
		at += (int)word.n;
	}
	rt_out_printf(o, "\n");
}

/* A name in the left column, what it means in the right one. */
static void row(rt_out *o, const char *name, rt_sv text)
{
	int at = NAME_COLUMN + (int)strlen(name);

	rt_out_printf(o, "%*s", NAME_COLUMN, "");
	rt_out_field(o, RT_ROLE_REVISION, name);
	if (at + 2 > TEXT_COLUMN) {
		rt_out_printf(o, "\n");
		at = 0;
	}
	rt_out_printf(o, "%*s", TEXT_COLUMN - at, "");
	wrap(o, text, TEXT_COLUMN, TEXT_COLUMN);
}

static void option(rt_out *o, const rt_opt *opt)
{
	rt_str name = RT_STR_INIT, text = RT_STR_INIT;

	if (opt->letter)
		rt_str_addf(&name, "-%c, ", opt->letter);
	rt_str_addf(&name, "--%s", opt->name);
	if (opt->arg)
		rt_str_addf(&name, " %s", opt->arg);
	rt_str_add(&text, opt->help);
	if (opt->choices)
		rt_str_addf(&text, " (%s)", opt->choices);
	row(o, name.p, rt_str_sv(&text));
	rt_str_free(&name);
	rt_str_free(&text);
}

static void title(rt_out *o, const char *text)
{
	rt_out_printf(o, "\n");
	rt_out_style(o, RT_ROLE_TITLE, "%s:", text);
	rt_out_printf(o, "\n");
}

static void group(rt_out *o, rt_cmd_group which)
{
	const rt_cmd *const *cmds;
	size_t n, i;

	title(o, rt_group_title(which));
	cmds = rt_cmds(&n);
	for (i = 0; i < n; i++)
		if (cmds[i]->group == which)
			row(o, cmds[i]->name, rt_sv_from(cmds[i]->summary));
}

int rt_help_overview(rt_out *o)
{
	const rt_opt *opt;
	int i;

	rt_out_printf(o, "usage: retort [OPTION]... COMMAND [ARGUMENT]...\n");
	for (i = 0; i < (int)RT_GROUP_COUNT; i++)
		group(o, (rt_cmd_group)i);
	title(o, "Options of every command");
	for (opt = rt_global_options; opt->name; opt++)
		option(o, opt);
	rt_out_printf(o, "\n'retort help COMMAND' says more about one; "
			 "'man retort' says all.\n");
	return 0;
}

static void paragraphs(rt_out *o, const char *text)
{
	const char *end;

	for (; *text; text = end + strspn(end, "\n")) {
		rt_sv paragraph;

		end = strstr(text, "\n\n");
		if (!end)
			end = text + strlen(text);
		paragraph.p = text;
		paragraph.n = (size_t)(end - text);
		rt_out_printf(o, "\n");
		wrap(o, paragraph, 0, 0);
	}
}

static void other_names(rt_out *o, const rt_cmd *cmd)
{
	const rt_alias *alias;

	for (alias = cmd->aliases; alias && alias->name; alias++) {
		rt_out_printf(o, "\nAlso called '%s'", alias->name);
		if (alias->operand)
			rt_out_printf(o, "; alone it means '%s %s'",
				      cmd->name, alias->operand);
		rt_out_printf(o, ".\n");
	}
}

int rt_help_command(rt_out *o, const rt_cmd *cmd, const char *called)
{
	const rt_opt *opt;

	rt_out_printf(o, "usage: retort %s [OPTION]...%s%s\n", called,
		      *cmd->operands ? " " : "", cmd->operands);
	paragraphs(o, cmd->help);
	other_names(o, cmd);
	if (cmd->options && cmd->options->name)
		title(o, "Options");
	for (opt = cmd->options; opt && opt->name; opt++)
		option(o, opt);
	title(o, "Options of every command");
	for (opt = rt_global_options; opt->name; opt++)
		option(o, opt);
	return 0;
}
