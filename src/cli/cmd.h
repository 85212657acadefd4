/* SPDX-License-Identifier: MIT */
/*
 * Commands: one table, one row and one file each.  The table feeds the
 * dispatcher, `help`, the manual page, the completion and a test.  To add a
 * command: src/cli/cmd_<name>.c with its rt_cmd, and its line in cmd.c.
 */
#ifndef RT_CLI_CMD_H
#define RT_CLI_CMD_H

#include <retort/error.h>

#include "cli/opt.h"

struct rt_cli;

/* What a command is for; the parts of `retort --help`, in this order. */
typedef enum rt_cmd_group {
	RT_GROUP_LOOK,   /* revisions: never opens the database unasked */
	RT_GROUP_STATE,  /* the database, reading */
	RT_GROUP_CHANGE, /* the database, writing */
	RT_GROUP_WRITE,  /* files */
	RT_GROUP_HELP,
	RT_GROUP_COUNT
} rt_cmd_group;

enum { RT_CMD_JSON = 1 /* knows --json */ };

/* What shell completion offers for operands. */
typedef enum rt_cmd_operand {
	RT_OPERAND_NONE,
	RT_OPERAND_TEXT,
	RT_OPERAND_REVISION,
	RT_OPERAND_COMMAND,
	RT_OPERAND_SHELL,
	RT_OPERAND_DIRECTORY
} rt_cmd_operand;

/* Another name of a command, with the operand it stands for alone. */
typedef struct rt_alias {
	const char *name;
	const char *operand; /* when none is given; NULL = none */
} rt_alias;

#define RT_MANY ((size_t)-1)

typedef struct rt_cmd {
	const char *name;
	const char *summary;  /* one line, lower case, no full stop */
	const char *operands; /* as in the synopsis: "REVISION", or "" */
	size_t min_operands, max_operands;
	rt_cmd_operand complete;
	rt_cmd_group group;
	unsigned flags;
	const char *help;        /* paragraphs, "\n\n" between them */
	const rt_opt *options;   /* NULL = none of its own */
	const rt_alias *aliases; /* ends in a NULL name; NULL = none */
	/*
	 * Run it.
	 *   out:  an exit status, 0 or above; negative on an error
	 */
	int (*run)(struct rt_cli *cli, retort_error *err);
} rt_cmd;

/* All commands, sorted by name. */
const rt_cmd *const *rt_cmds(size_t *n);

/*
 * The command of this name or alias.
 *   out:  *alias, the alias row that matched; NULL for the name itself
 *   err:  EUSAGE, NEXT names the nearest command
 */
RETORT_MUST_CHECK int rt_cmd_find(const char *name, const rt_cmd **cmd,
				  const rt_alias **alias, retort_error *err);

/* Options that every command takes. */
extern const rt_opt rt_global_options[];

/* "Look at the revisions": the title of a group. */
const char *rt_group_title(rt_cmd_group group);

extern const rt_cmd rt_cmd_bases;
extern const rt_cmd rt_cmd_branches;
extern const rt_cmd rt_cmd_check;
extern const rt_cmd rt_cmd_completion;
extern const rt_cmd rt_cmd_conflicts;
extern const rt_cmd rt_cmd_convert;
extern const rt_cmd rt_cmd_create;
extern const rt_cmd rt_cmd_current;
extern const rt_cmd rt_cmd_diff;
extern const rt_cmd rt_cmd_downgrade;
extern const rt_cmd rt_cmd_dump;
extern const rt_cmd rt_cmd_edit;
extern const rt_cmd rt_cmd_ensure_version;
extern const rt_cmd rt_cmd_graph;
extern const rt_cmd rt_cmd_heads;
extern const rt_cmd rt_cmd_help;
extern const rt_cmd rt_cmd_history;
extern const rt_cmd rt_cmd_hook;
extern const rt_cmd rt_cmd_init;
extern const rt_cmd rt_cmd_lint;
extern const rt_cmd rt_cmd_list_templates;
extern const rt_cmd rt_cmd_log;
extern const rt_cmd rt_cmd_merge;
extern const rt_cmd rt_cmd_rebase;
extern const rt_cmd rt_cmd_revision;
extern const rt_cmd rt_cmd_show;
extern const rt_cmd rt_cmd_stamp;
extern const rt_cmd rt_cmd_status;
extern const rt_cmd rt_cmd_switch;
extern const rt_cmd rt_cmd_ui;
extern const rt_cmd rt_cmd_upgrade;
extern const rt_cmd rt_cmd_verify;
extern const rt_cmd rt_cmd_version;

#endif
