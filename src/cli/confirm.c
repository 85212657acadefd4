/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/confirm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/sv.h"
#include "ui/dbname.h"

enum { ANSWER_MAX = 256 };

static bool on_terminal(const rt_cli *cli)
{
	return isatty(STDIN_FILENO) && cli->err.terminal;
}

/* One line of standard input, without white space around it. */
static rt_sv read_answer(rt_cli *cli, char *buffer)
{
	fflush(cli->out.file);
	fflush(cli->err.file);
	if (!fgets(buffer, ANSWER_MAX, stdin))
		buffer[0] = '\0';
	return rt_sv_trim(rt_sv_from(buffer));
}

static int type_name(rt_cli *cli, retort_error *err)
{
	rt_sv name = rt_dbname(cli->project);
	char buffer[ANSWER_MAX];

	rt_out_printf(&cli->err,
		      "This database is protected: %s\n"
		      "Type its name, '%.*s', to go on: ",
		      retort_project_url_shown(cli->project), (int)name.n,
		      name.p);
	if (rt_sv_eq(read_answer(cli, buffer), name))
		return 0;
	return rt_err_set(err, RETORT_ECANCELLED,
			  "that is not its name; nothing was changed");
}

static bool yes_or_no(rt_cli *cli, const char *question)
{
	char buffer[ANSWER_MAX];
	rt_sv answer;

	rt_out_printf(&cli->err, "%s [y/N] ", question);
	answer = read_answer(cli, buffer);
	return rt_sv_is_nocase(answer, "y") || rt_sv_is_nocase(answer, "yes");
}

bool rt_confirm_ask(rt_cli *cli, const char *question)
{
	return cli->yes || (on_terminal(cli) && yes_or_no(cli, question));
}

bool rt_confirm_is_due(const rt_cli *cli, bool destroys)
{
	if (cli->yes)
		return false;
	return retort_project_is_protected(cli->project) ||
	       (destroys && on_terminal(cli));
}

int rt_confirm(rt_cli *cli, bool destroys, retort_error *err)
{
	if (!rt_confirm_is_due(cli, destroys))
		return 0;
	if (!retort_project_is_protected(cli->project))
		return yes_or_no(cli, "Go on?")
			       ? 0
			       : rt_err_set(err, RETORT_ECANCELLED,
					    "nothing was changed");
	if (on_terminal(cli))
		return type_name(cli, err);
	rt_err_set(err, RETORT_EREFUSED,
		   "the database is protected, and there is no terminal to "
		   "ask on");
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "add --yes to do it nevertheless");
	return RETORT_EREFUSED;
}
