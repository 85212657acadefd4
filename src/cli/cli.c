/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <retort/branches.h>

#include "base/err.h"
#include "base/str.h"
#include "ui/report.h"

int rt_cli_write_piece(void *self, const char *text, size_t n)
{
	rt_cli *cli = self;

	rt_out_raw(&cli->out, text, n);
	return 0;
}

bool rt_cli_has(const rt_cli *cli, const char *option)
{
	return rt_args_has(&cli->args, option);
}

const char *rt_cli_value(const rt_cli *cli, const char *option)
{
	return rt_args_value(&cli->args, option);
}

const char *rt_cli_operand(const rt_cli *cli, size_t i)
{
	return i < cli->args.operands.n ? cli->args.operands.v[i] : NULL;
}

int rt_cli_number(const rt_cli *cli, const char *option, size_t fallback,
		  size_t *value, retort_error *err)
{
	const char *text = rt_cli_value(cli, option);
	unsigned long number;
	char *end;

	*value = fallback;
	if (!text)
		return 0;
	errno = 0;
	number = strtoul(text, &end, 10);
	if (errno || *end || end == text || text[0] < '0' || text[0] > '9')
		return rt_err_set(err, RETORT_EUSAGE,
				  "--%s wants a number, not '%s'", option,
				  text);
	*value = number;
	return 0;
}

retort_names rt_cli_names(const rt_arg_list *list)
{
	retort_names names = { list->v, list->n };

	return names;
}

static int open_project(rt_cli *cli, bool at, const char *ref,
			retort_error *err)
{
	retort_project_options options = RETORT_PROJECT_OPTIONS_INIT;
	rt_arg_list set = RT_VEC_INIT;
	int rc;

	if (cli->project)
		return 0;
	rt_args_values(&cli->args, "set", &set);
	options.config = rt_cli_value(cli, "config");
	options.environment = rt_cli_value(cli, "name");
	options.url = rt_cli_value(cli, "url");
	options.set = rt_cli_names(&set);
	options.own_process = true;
	rc = at ? retort_project_open_at(&cli->project, &options, ref, err)
		: retort_project_open(&cli->project, &options, err);
	rt_vec_free(&set);
	return rc;
}

int rt_cli_project(rt_cli *cli, retort_error *err)
{
	return open_project(cli, false, NULL, err);
}

int rt_cli_project_at(rt_cli *cli, const char *ref, retort_error *err)
{
	return open_project(cli, true, ref, err);
}

/* Files that could not be read, so that nobody takes the rest for all. */
static void warn_of_problems(rt_cli *cli)
{
	const retort_problem *list;
	rt_str text = RT_STR_INIT;
	size_t i, n;

	list = retort_graph_problems(cli->graph, &n);
	for (i = 0; i < n && !cli->quiet; i++) {
		const retort_problem *p = &list[i];

		rt_str_clear(&text);
		rt_str_add(&text, p->path);
		if (p->line)
			rt_str_addf(&text, ":%d", p->line);
		if (p->line && p->column)
			rt_str_addf(&text, ":%d", p->column);
		rt_str_addf(&text, ": %s", p->message);
		rt_report_warning(&cli->err, text.p);
	}
	rt_str_free(&text);
}

int rt_cli_graph(rt_cli *cli, retort_error *err)
{
	int rc = rt_cli_project(cli, err);

	if (rc || cli->graph)
		return rc;
	rc = retort_project_graph(cli->project, &cli->graph, err);
	if (!rc)
		warn_of_problems(cli);
	return rc;
}

static void show_notice(void *self, const char *text)
{
	rt_cli_say(self, "%s\n", text);
}

int rt_cli_start_database(rt_cli *cli, retort_error *err)
{
	int rc = rt_cli_project(cli, err);

	if (rc == 0)
		retort_database_start(cli->project);
	return rc;
}

int rt_cli_database(rt_cli *cli, bool create, retort_error *err)
{
	int rc = rt_cli_project(cli, err);

	if (rc || cli->db)
		return rc;
	rc = retort_database_open(&cli->db, cli->project, create, err);
	if (rc == 0)
		retort_database_on_notice(cli->db, show_notice, cli);
	return rc;
}

int rt_cli_ask(rt_cli *cli, retort_error *err)
{
	retort_error own = RETORT_ERROR_INIT;
	int rc = rt_cli_database(cli, false, &own);

	if (rc == RETORT_ENOTFOUND) {
		rt_cli_say(cli, "%s\n", own.message);
		retort_error_dispose(&own);
		return 0;
	}
	if (rc)
		rt_err_move(err, &own);
	return rc;
}

int rt_cli_rows(rt_cli *cli, retort_names *rows, retort_error *err)
{
	int rc = rt_cli_ask(cli, err);

	rows->v = NULL;
	rows->n = 0;
	if (rc || !cli->db)
		return rc;
	return retort_database_rows(cli->db, rows, NULL, err);
}

void rt_cli_split_rows(rt_cli *cli, const retort_names *rows,
		       rt_arg_list *known, rt_arg_list *unknown)
{
	size_t i;

	for (i = 0; i < rows->n; i++) {
		retort_list found = RETORT_LIST_INIT;
		const char *row = rows->v[i];
		bool is_known = retort_graph_find(cli->graph, row) ||
				retort_graph_resolve(cli->graph, row, NULL,
						     &found, NULL) == 0;

		retort_list_dispose(&found);
		if (is_known)
			rt_vec_push(known, row);
		else
			rt_vec_push(unknown, row);
	}
}

void rt_cli_say(rt_cli *cli, const char *format, ...)
{
	rt_str text = RT_STR_INIT;
	va_list ap;

	if (cli->quiet)
		return;
	va_start(ap, format);
	rt_str_addv(&text, format, ap);
	va_end(ap);
	rt_out_lines(&cli->err, RT_ROLE_PLAIN, rt_str_sv(&text));
	rt_str_free(&text);
}

void rt_cli_say_line(void *self, const char *line)
{
	rt_cli_say(self, "%s\n", line);
}

void rt_cli_close(rt_cli *cli)
{
	retort_database_close(cli->db);
	retort_project_free(cli->project);
	rt_args_free(&cli->args);
}
