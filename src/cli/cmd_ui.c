/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "cli/cli.h"

#ifdef HAVE_NCURSES
#include "tui/tui.h"

/* For tests: where the console says that it has nothing left to do. */
static int idle_fd(void)
{
	const char *text = getenv("RETORT_IDLE_FD");

	return text && *text ? (int)strtol(text, NULL, 10) : -1;
}

static int run(rt_cli *cli, retort_error *err)
{
	rt_tui_options options = RT_TUI_OPTIONS_INIT;
	int rc = rt_cli_project(cli, err);

	if (rc)
		return rc;
	options.colour = cli->out.colour;
	options.ascii = rt_cli_has(cli, "ascii");
	options.theme = rt_cli_value(cli, "theme");
	options.idle_fd = idle_fd();
	return rt_tui_run(cli->project, &options, err);
}
#else
static int run(rt_cli *cli, retort_error *err)
{
	(void)cli;
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "'retort status' and 'retort graph' show the same as "
		     "text");
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "this retort was built without the console");
}
#endif

static const rt_opt options[] = {
	{ "ascii", 0, NULL, NULL,
	  "draw with ASCII signs; ~ switches in the console" },
	{ "theme", 0, "NAME", "dark|light|contrast",
	  "colours; else dark, or light where $COLORFGBG says so" },
	RT_OPT_END
};

const rt_cmd rt_cmd_ui = {
	.name = "ui",
	.summary = "open the console",
	.operands = "",
	.group = RT_GROUP_LOOK,
	.help = "Opens the console: the graph of the revisions, where the "
		"database stands in it, the SQL that a revision runs. The key "
		"h shows all keys.\n\n"
		"'retort' alone does the same on a terminal.",
	.options = options,
	.run = run,
};
