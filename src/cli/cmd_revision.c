/* SPDX-License-Identifier: MIT */
/* `revision`, and `create`: the same with the message as operands. */
#include "config.h"

#include <stdlib.h>

#include <retort/create.h>

#include "base/str.h"
#include "cli/genrev.h"
#include "cli/newrev.h"
#include "ui/editor.h"

static int create(rt_cli *cli, const char *message, retort_error *err)
{
	retort_create_options o = RETORT_CREATE_OPTIONS_INIT;
	bool generate = rt_cli_has(cli, "autogenerate");
	rt_arg_list heads = RT_VEC_INIT, labels = RT_VEC_INIT,
		    depends = RT_VEC_INIT;
	char *path = NULL;
	int rc;

	rt_args_values(&cli->args, "head", &heads);
	rt_args_values(&cli->args, "branch-label", &labels);
	rt_args_values(&cli->args, "depends-on", &depends);
	o.message = message;
	o.heads = rt_cli_names(&heads);
	o.splice = rt_cli_has(cli, "splice");
	o.labels = rt_cli_names(&labels);
	o.depends_on = rt_cli_names(&depends);
	o.rev_id = rt_cli_value(cli, "rev-id");
	o.directory = rt_cli_value(cli, "version-path");
	if (generate)
		rc = rt_genrev(cli, &o, rt_cli_has(cli, "online"), &path, err);
	else
		rc = rt_newrev(cli, &o, &path, err);
	if (rc == 0 && path && rt_cli_has(cli, "edit"))
		rc = rt_editor_open(path, 0, err);
	free(path);
	rt_vec_free(&heads);
	rt_vec_free(&labels);
	rt_vec_free(&depends);
	return rc;
}

/* The message: -m, and what stands behind `create`. */
static int run(rt_cli *cli, retort_error *err)
{
	const char *message = rt_cli_value(cli, "message");
	rt_str words = RT_STR_INIT;
	size_t i;
	int rc;

	for (i = 0; i < cli->args.operands.n; i++)
		rt_str_addf(&words, "%s%s", i ? " " : "",
			    cli->args.operands.v[i]);
	rc = create(cli, words.n ? words.p : message, err);
	rt_str_free(&words);
	return rc;
}

static const rt_opt options[] = {
	{ "message", 'm', "TEXT", NULL, "what the revision does" },
	{ "head", 0, "REVISION", NULL,
	  "build on this one (default: head); may be repeated" },
	{ "splice", 0, NULL, NULL, "allow a --head that is no head" },
	{ "branch-label", 0, "LABEL", NULL,
	  "give the branch a name; may be repeated" },
	{ "depends-on", 0, "REVISION", NULL,
	  "also needs that one; may be repeated" },
	{ "rev-id", 0, "ID", NULL, "the id, in place of a random one" },
	{ "version-path", 0, "DIRECTORY", NULL,
	  "where the file goes, one of version_locations" },
	{ "autogenerate", 0, NULL, NULL,
	  "write the SQL that makes the schema what `schema` or "
	  "`schema_command` say" },
	{ "online", 0, NULL, NULL,
	  "with --autogenerate: the way that locks tables least" },
	{ "edit", 'e', NULL, NULL, "open the file in $VISUAL or $EDITOR" },
	RT_OPT_END
};

#define HELP                                                                  \
	"Writes a new revision file on top of the head and prints its path. " \
	"Then the post-write hooks of the project file run; one that fails "  \
	"is an error, but the file stays.\n\n"                                 \
	"With --autogenerate the file holds the SQL that turns what the "     \
	"revisions make into what the settings schema or schema_command "     \
	"say, and the SQL that goes back. Both are run in a scratch "         \
	"database first; where they do not lead there, nothing is written. "  \
	"Nothing is renamed unless the schema file says so, with a comment "  \
	"'-- retort:renamed from=NAME' before the table or on the column's "  \
	"line, or you say yes when asked.\n\n"                                 \
	"As JSON: {\"version\":1, \"revision\":\"...\", \"path\":\"...\"}."

const rt_cmd rt_cmd_revision = {
	.name = "revision",
	.summary = "write a new revision",
	.operands = "",
	.group = RT_GROUP_WRITE,
	.flags = RT_CMD_JSON,
	.help = HELP,
	.options = options,
	.run = run,
};

const rt_cmd rt_cmd_create = {
	.name = "create",
	.summary = "write a new revision, message first",
	.operands = "MESSAGE...",
	.min_operands = 1,
	.max_operands = RT_MANY,
	.complete = RT_OPERAND_TEXT,
	.group = RT_GROUP_WRITE,
	.flags = RT_CMD_JSON,
	.help = "The same as 'retort revision -m MESSAGE'.\n\n" HELP,
	.options = options,
	.run = run,
};
