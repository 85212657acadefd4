/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/cmd.h"

#include <string.h>

#include "base/err.h"
#include "base/nearest.h"

/* Sorted by name; a test checks it. */
static const rt_cmd *const commands[] = {
	&rt_cmd_bases,
	&rt_cmd_branches,
	&rt_cmd_check,
	&rt_cmd_completion,
	&rt_cmd_conflicts,
	&rt_cmd_convert,
	&rt_cmd_create,
	&rt_cmd_current,
	&rt_cmd_diff,
	&rt_cmd_downgrade,
	&rt_cmd_dump,
	&rt_cmd_edit,
	&rt_cmd_ensure_version,
	&rt_cmd_graph,
	&rt_cmd_heads,
	&rt_cmd_help,
	&rt_cmd_history,
	&rt_cmd_hook,
	&rt_cmd_init,
	&rt_cmd_lint,
	&rt_cmd_list_templates,
	&rt_cmd_log,
	&rt_cmd_merge,
	&rt_cmd_rebase,
	&rt_cmd_revision,
	&rt_cmd_show,
	&rt_cmd_stamp,
	&rt_cmd_status,
	&rt_cmd_switch,
	&rt_cmd_ui,
	&rt_cmd_upgrade,
	&rt_cmd_verify,
	&rt_cmd_version,
};

enum { N_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

const rt_opt rt_global_options[] = {
	{ "config", 'c', "FILE", NULL,
	  "project file; else $RETORT_CONFIG, else retort.ini or alembic.ini "
	  "here or in a folder above" },
	{ "name", 'n', "NAME", NULL,
	  "environment: settings of section [retort:NAME]; else $RETORT_ENV" },
	{ "url", 0, "URL", NULL,
	  "database, in place of the configured one; else $RETORT_URL" },
	{ "set", 'x', "KEY=VALUE", NULL,
	  "a setting, in place of the configured one; may be repeated" },
	{ "json", 0, NULL, NULL,
	  "results as one JSON object; messages and errors stay text" },
	{ "quiet", 'q', NULL, NULL, "no messages but errors" },
	{ "verbose", 'v', NULL, NULL, "more of everything" },
	{ "yes", 'y', NULL, NULL, "answer questions with yes" },
	{ "color", 0, "WHEN", "auto|always|never",
	  "when to colour; auto means on a terminal, unless $NO_COLOR is set" },
	{ "no-color", 0, NULL, NULL, "the same as --color=never" },
	{ "raiseerr", 0, NULL, NULL,
	  "accepted for Alembic's sake; changes nothing" },
	{ "version", 0, NULL, NULL, "print the version and end" },
	{ "help", 'h', NULL, NULL, "print help and end" },
	RT_OPT_END
};

const rt_cmd *const *rt_cmds(size_t *n)
{
	*n = N_COMMANDS;
	return commands;
}

const char *rt_group_title(rt_cmd_group group)
{
	static const char *const titles[RT_GROUP_COUNT] = {
		[RT_GROUP_LOOK] = "Look at the revisions",
		[RT_GROUP_STATE] = "Look at the database",
		[RT_GROUP_CHANGE] = "Change the database",
		[RT_GROUP_WRITE] = "Write files",
		[RT_GROUP_HELP] = "Help",
	};

	return titles[group];
}

static const rt_alias *find_alias(const rt_cmd *cmd, const char *name)
{
	const rt_alias *alias;

	for (alias = cmd->aliases; alias && alias->name; alias++)
		if (strcmp(alias->name, name) == 0)
			return alias;
	return NULL;
}

static const char *nth_name(size_t i, const void *self)
{
	(void)self;
	return i < N_COMMANDS ? commands[i]->name : NULL;
}

int rt_cmd_find(const char *name, const rt_cmd **cmd, const rt_alias **alias,
		retort_error *err)
{
	const char *near;
	size_t i;

	*alias = NULL;
	for (i = 0; i < N_COMMANDS; i++) {
		*cmd = commands[i];
		if (strcmp((*cmd)->name, name) == 0)
			return 0;
		*alias = find_alias(*cmd, name);
		if (*alias)
			return 0;
	}
	near = rt_nearest(rt_sv_from(name), nth_name, NULL);
	if (near)
		rt_err_field(err, RETORT_ERROR_NEXT, "did you mean '%s'?",
			     near);
	else
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "'retort help' lists the commands");
	*cmd = NULL;
	return rt_err_set(err, RETORT_EUSAGE, "unknown command '%s'", name);
}
