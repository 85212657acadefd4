/* SPDX-License-Identifier: MIT */
/* The program: reads the arguments, finds the command, runs it, reports. */
#include "config.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <retort/branches.h>

#include "base/err.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "ui/report.h"

/* A reader that went away must not kill a run in the middle.  A handler, not
 * SIG_IGN, because children inherit the latter. */
static void ignore(int number)
{
	(void)number;
}

static void set_signals(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = ignore;
	action.sa_flags = SA_RESTART;
	sigemptyset(&action.sa_mask);
	sigaction(SIGPIPE, &action, NULL);
}

static rt_colour_when colour_when(const rt_args *args)
{
	const char *when = rt_args_value(args, "color");

	if (rt_args_has(args, "no-color"))
		return RT_COLOUR_NEVER;
	if (!when || strcmp(when, "auto") == 0)
		return RT_COLOUR_AUTO;
	return strcmp(when, "always") == 0 ? RT_COLOUR_ALWAYS :
					     RT_COLOUR_NEVER;
}

static int check_operands(rt_cli *cli, retort_error *err)
{
	const rt_cmd *cmd = cli->cmd;
	size_t n = cli->args.operands.n;

	if (n < cmd->min_operands)
		return rt_err_set(err, RETORT_EUSAGE, "%s wants %s",
				  cli->called, cmd->operands);
	if (n > cmd->max_operands)
		return rt_err_set(err, RETORT_EUSAGE,
				  "%s does not know what to do with '%s'",
				  cli->called,
				  cli->args.operands.v[cmd->max_operands]);
	if (cli->json && !(cmd->flags & RT_CMD_JSON))
		return rt_err_set(err, RETORT_EUSAGE,
				  "%s has no JSON form", cli->called);
	return 0;
}

/* Whether a console could be opened here. */
static bool has_console(void)
{
	const char *term = getenv("TERM");

#ifndef HAVE_NCURSES
	return false;
#endif
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term &&
	       *term && strcmp(term, "dumb") != 0;
}

/* Without a command: the console, or what it would show as text. */
static const char *command_without(const rt_args *args)
{
	if (rt_args_has(args, "help"))
		return "help";
	return has_console() ? "ui" : "status";
}

/* Fill cli->cmd, cli->called and cli->args. */
static int read_arguments(rt_cli *cli, int argc, char **argv,
			  retort_error *err)
{
	const rt_opt *tables[2] = { rt_global_options, NULL };
	const rt_alias *alias = NULL;
	rt_args first = RT_ARGS_INIT;
	int at = 1, rc;

	rc = rt_args_read(&first, argc, argv, &at, tables, 1, true, err);
	cli->args.given = first.given;
	cli->bare = first.operands.n == 0;
	cli->called = cli->bare ? command_without(&first) :
				  first.operands.v[0];
	rt_vec_free(&first.operands);
	if (rc == 0)
		rc = rt_cmd_find(cli->called, &cli->cmd, &alias, err);
	if (rc)
		return rc;
	tables[0] = cli->cmd->options;
	tables[1] = rt_global_options;
	rc = rt_args_read(&cli->args, argc, argv, &at, tables, 2, false, err);
	if (rc == 0 && alias && alias->operand && !cli->args.operands.n)
		rt_vec_push(&cli->args.operands, alias->operand);
	return rc;
}

static int run(rt_cli *cli, int argc, char **argv, retort_error *err)
{
	int rc = read_arguments(cli, argc, argv, err);

	rt_out_init(&cli->out, stdout, colour_when(&cli->args));
	rt_out_init(&cli->err, stderr, colour_when(&cli->args));
	if (rc)
		return rc;
	cli->json = rt_cli_has(cli, "json");
	cli->quiet = rt_cli_has(cli, "quiet");
	cli->verbose = rt_cli_has(cli, "verbose");
	cli->yes = rt_cli_has(cli, "yes");
	if (rt_cli_has(cli, "version"))
		return rt_cmd_version.run(cli, err);
	if (rt_cli_has(cli, "help") && !cli->bare)
		return rt_help_command(&cli->out, cli->cmd, cli->called);
	rc = check_operands(cli, err);
	if (rc)
		return rc;
	return cli->cmd->run(cli, err);
}

static bool reader_left(void)
{
	struct pollfd out = { STDOUT_FILENO, POLLOUT, 0 };

	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* A full disk must not look like an empty answer.  A reader that left has
 * what it wanted. */
static int flush_results(const rt_out *o, retort_error *err)
{
	int reason = o->failed;

	errno = 0;
	if ((fflush(stdout) == 0 && !ferror(stdout)) || reader_left())
		return 0;
	if (!reason)
		reason = errno ? errno : EIO;
	return rt_err_set(err, RETORT_EIO, "cannot write standard output: %s",
			  strerror(reason));
}

static int finish(rt_cli *cli, int rc, retort_error *err)
{
	int flushed;

	rt_out_progress_end(&cli->err);
	flushed = flush_results(&cli->out, err);
	if (rc >= 0 && flushed)
		rc = flushed;
	if (rc >= 0)
		return rc;
	if (rc == RETORT_EUSAGE)
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "'retort help%s%s' says how it is called",
			     cli->cmd ? " " : "",
			     cli->cmd ? cli->called : "");
	if (cli->project)
		retort_branches_explain(cli->project, err);
	rt_report_error(&cli->err, err);
	return retort_error_status(rc);
}

int main(int argc, char **argv)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_cli cli = { .args = RT_ARGS_INIT };
	int status;

	/* what is a character; messages are English, numbers are C's */
	setlocale(LC_CTYPE, "");
	set_signals();
	status = finish(&cli, run(&cli, argc, argv, &err), &err);
	retort_error_dispose(&err);
	rt_cli_close(&cli);
	return status;
}
