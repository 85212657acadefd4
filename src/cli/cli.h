/* SPDX-License-Identifier: MIT */
/*
 * What a running command has at hand: its arguments, the two ways out, and
 * the project, graph and database, each opened when first asked for.
 */
#ifndef RT_CLI_CLI_H
#define RT_CLI_CLI_H

#include <retort/database.h>
#include <retort/graph.h>
#include <retort/project.h>

#include "cli/cmd.h"
#include "ui/out.h"

/* Exit statuses besides those of errors (retort_error_status). */
enum {
	RT_STATUS_OK = 0,
	RT_STATUS_FOUND = 1 /* a check found something */
};

typedef struct rt_cli {
	const rt_cmd *cmd;   /* NULL before one is known */
	const char *called;  /* as typed: its name or an alias */
	bool bare;           /* nothing was typed */
	rt_args args;
	bool json, quiet, verbose, yes;
	rt_out out; /* results: standard output */
	rt_out err; /* messages: standard error */
	retort_project *project;
	const retort_graph *graph; /* the project's */
	retort_database *db;
} rt_cli;

/* Shorthands for the arguments of the command. */
bool rt_cli_has(const rt_cli *cli, const char *option);
const char *rt_cli_value(const rt_cli *cli, const char *option);
const char *rt_cli_operand(const rt_cli *cli, size_t i); /* NULL if not so
							     many */
/* A non-negative number, `fallback` when not given; EUSAGE otherwise. */
RETORT_MUST_CHECK int rt_cli_number(const rt_cli *cli, const char *option,
				    size_t fallback, size_t *value,
				    retort_error *err);

/* For the library's script writers: self is the rt_cli, text goes out raw. */
int rt_cli_write_piece(void *self, const char *text, size_t n);

/* Each opens what it needs first; a second call does nothing. */
RETORT_MUST_CHECK int rt_cli_project(rt_cli *cli, retort_error *err);
/* As rt_cli_project; in a bare repository by the project file of a commit
 * (retort_project_open_at). */
RETORT_MUST_CHECK int rt_cli_project_at(rt_cli *cli, const char *ref,
					retort_error *err);
RETORT_MUST_CHECK int rt_cli_graph(rt_cli *cli, retort_error *err);

/* For a command that is going to ask the database, before it reads the
 * revisions: a server is greeted, and works while they are read. */
RETORT_MUST_CHECK int rt_cli_start_database(rt_cli *cli, retort_error *err);

/* in: create, whether a SQLite file may be made */
RETORT_MUST_CHECK int rt_cli_database(rt_cli *cli, bool create,
				      retort_error *err);

/*
 * For reading: a SQLite file that is not there is a database at base, not an
 * error; cli->db stays NULL then, and a message says so.
 */
RETORT_MUST_CHECK int rt_cli_ask(rt_cli *cli, retort_error *err);

/* The version rows, read again at every call; valid until the next one. */
RETORT_MUST_CHECK int rt_cli_rows(rt_cli *cli, retort_names *rows,
				  retort_error *err);

/*
 * Which rows the graph knows (a row may be a partial id or a label).
 *   out:  known and unknown, texts borrowed from rows
 */
void rt_cli_split_rows(rt_cli *cli, const retort_names *rows,
		       rt_arg_list *known, rt_arg_list *unknown);

/* A view of a list as the library takes it. */
retort_names rt_cli_names(const rt_arg_list *list);

/* A message line on standard error; nothing with --quiet. */
void rt_cli_say(rt_cli *cli, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same as a callback of the library: self is the rt_cli. */
void rt_cli_say_line(void *self, const char *line);

void rt_cli_close(rt_cli *cli);

#endif
